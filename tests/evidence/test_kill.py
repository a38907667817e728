"""A process that is killed in the middle of keeping a file: a rest may lie there, a row without its file never."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cchc_core.evidence.keeping import document_for
from cchc_core.evidence.sweeping import sweep
from cchc_core.evidence.vault import vault_of
from cchc_core.store.vault import DAY_SECONDS
from cchc_core.store.verify import verify
from tests.evidence.office import Office, reopen

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 6


@contextmanager
def _child(office: Office, what: str) -> Iterator["subprocess.Popen[str]"]:
    office.database.close()
    arguments = [str(office.database.path), office.people["officer"].id, office.department, what]
    command = [sys.executable, "-m", "tests.evidence.child_uploading", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as child:
        try:
            yield child
        finally:
            child.kill()


def _kill(child: "subprocess.Popen[str]") -> list[str]:
    os.kill(child.pid, signal.SIGKILL)
    assert child.stdout is not None
    told = child.stdout.read().splitlines()
    assert child.wait() == -signal.SIGKILL
    return told


def _files(office: Office) -> list[Path]:
    return [path for path in vault_of(office.database).folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("what", ["half", "unnamed"])
def test_a_file_that_no_row_names_is_left_over_and_swept_after_a_day(office: Office, what: str) -> None:
    with _child(office, what) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "waiting\n"
        _kill(child)
    office = reopen(office, office.database.path.parent)
    (left,) = _files(office)
    assert (left.suffix == ".part") == (what == "half")
    with office.database.read() as connection:
        for table in ("documents", "document_files", "stored_files"):
            assert connection.rows(f"SELECT * FROM {table}") == []
    assert verify(office.database).findings == ()
    assert sweep(office.database) == 0
    old = time.time() - DAY_SECONDS - 60
    os.utime(left, (old, old))
    assert sweep(office.database) == 1
    assert _files(office) == []
    office.database.close()


def test_after_any_kill_every_row_has_its_file_and_everything_that_was_told_is_there(office: Office) -> None:
    chance, told = random.Random(7), list[str]()
    for _ in range(ROUNDS):
        with _child(office, "until-killed") as child:
            assert child.stdout is not None
            told += [child.stdout.readline().strip() for _ in range(chance.randint(1, 4))]
            time.sleep(chance.random() * 0.1)
            told += _kill(child)
        office = reopen(office, office.database.path.parent)
        assert verify(office.database).findings == ()
    for document_id in told:
        assert document_for(office.database, office.people["officer"], document_id).file is not None
    with office.database.read() as connection:
        rows = connection.rows("SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM document_files)")
    assert rows == []
    office.database.close()
