import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cchc_core import scoring
from cchc_core.store.verify import verify
from tests.store.world import World, make_world, reopen

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 50

Acknowledged = dict[str, dict[int, dict[str, Any]]]


def test_no_acknowledged_save_is_lost_and_none_is_half_after_fifty_kills(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    acknowledged: Acknowledged = {}
    chance = random.Random(2024)
    with _forking_program() as program:
        for number in range(ROUNDS):
            # Every tenth round lasts beyond a checkpoint.
            wanted = 60 if number % 10 == 9 else chance.randint(1, 15)
            before = _versions(world)
            told = _save_and_kill(program, world, wanted, chance.random() * 0.02, acknowledged)
            world = reopen(world)
            _check(world, acknowledged)
            # One save may have been stored and its process killed before it told of it.
            assert _versions(world) - before - told in (0, 1)
    assert sum(map(len, acknowledged.values())) > ROUNDS * 5
    world.database.close()


def _versions(world: World) -> int:
    return sum(stored.version for stored in world.sheet().answers.values())


def _save_and_kill(
    program: "subprocess.Popen[str]", world: World, wanted: int, delay: float, acknowledged: Acknowledged
) -> int:
    world.database.close()
    told = 0
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{world.database.path} {world.assessment_id}\n")
    program.stdin.flush()
    child = int(program.stdout.readline())
    for _ in range(wanted):
        told += _note(program.stdout.readline(), acknowledged)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    while not (line := program.stdout.readline()).startswith("ended"):
        told += _note(line, acknowledged)
    assert line.split() == ["ended", str(-signal.SIGKILL)]
    return told


def _note(line: str, acknowledged: Acknowledged) -> int:
    told = json.loads(line)
    acknowledged.setdefault(told["code"], {})[told["version"]] = {"entry": told["entry"], "note": told["note"]}
    return 1


def _check(world: World, acknowledged: Acknowledged) -> None:
    assert world.database.loss is None
    # Gapless log, unbroken seals, and for every criterion: answer, score and last log line agree with each other.
    assert verify(world.database).findings == ()
    sheet = world.sheet()
    for code, saves in acknowledged.items():
        assert sheet.answers[code].version >= max(saves)
        logged = {
            change.new["version"]: {"entry": change.new["entry"], "note": change.new["note"]}
            for change in scoring.history(world.database, world.officer, world.assessment_id, code)
            if change.new is not None
        }
        assert saves.items() <= logged.items()


@contextmanager
def _forking_program() -> Iterator["subprocess.Popen[str]"]:
    arguments = [sys.executable, "-m", "tests.store.child_saving"]
    with subprocess.Popen(
        arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as program:
        yield program
