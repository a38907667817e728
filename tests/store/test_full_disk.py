import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cchc_core.store.database import Database
from cchc_core.store.verify import verify
from tests.store.world import World, people_of

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES = 6


def _meet_a_full_disk(folder: Path, way: str) -> dict[str, Any]:
    arguments = [sys.executable, "-m", "tests.store.child_full_disk", str(folder), way]
    ended = subprocess.run(arguments, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def _check(folder: Path, told: dict[str, Any]) -> None:
    for refusal in told["refusals"]:
        assert "ổ đĩa đã đầy" in refusal
        assert "dữ liệu đã lưu trước đó vẫn nguyên vẹn" in refusal
    assert told["while_full"] == {"1.1": 1, "1.2": 1}
    assert told["checkpointed"] is False
    assert told["saved"] == [1, 2]
    database = Database.open(folder / "cchc.duckdb")
    world = World(database, people_of(database), told["assessment_id"])
    stored = world.sheet().answers
    assert {code: answer.version for code, answer in stored.items()} == {"1.1": 2, "1.2": 1, "1.3": 1}
    assert stored["1.2"].self_note == "trước khi đầy"
    assert stored["1.3"].self_note.startswith("Thuyết minh dài")
    assert database.loss is None
    assert verify(database).findings == ()
    database.close()


def test_a_save_that_meets_a_file_limit_is_refused_and_the_next_one_with_room_is_kept(tmp_path: Path) -> None:
    told = _meet_a_full_disk(tmp_path, "limit")
    _check(tmp_path, told)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    subprocess.run(["mount", *options], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _can_mount() -> bool:
    # Needs root with the right to mount; without it the file limit above stands for the full disk.
    probe = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


if _can_mount():

    def test_a_save_that_meets_a_full_disk_is_refused_and_the_next_one_with_room_is_kept(small_disk: Path) -> None:
        told = _meet_a_full_disk(small_disk, "disk")
        _check(small_disk, told)
