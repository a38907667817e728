import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_core.store.database import Database
from tests.store.world import make_world

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    # pytest's own folders are closed to everybody else; the program under test has given up its rights.
    made = Path(tempfile.mkdtemp())
    made.chmod(0o555)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def _open_without_rights(folder: Path, assessment_id: str = "none") -> list[str]:
    arguments = [sys.executable, "-m", "tests.store.child_without_rights", str(folder), assessment_id]
    ended = subprocess.run(arguments, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    told: list[str] = json.loads(ended.stdout)
    return told


def _closed_world(folder: Path) -> str:
    folder.chmod(0o755)
    world = make_world(folder)
    world.save("1.1", {"level": 0})
    world.database.close()
    folder.chmod(0o555)
    return world.assessment_id


def test_a_database_is_not_created_in_a_read_only_folder(folder: Path) -> None:
    where, kind, text = _open_without_rights(folder)
    assert (where, kind) == ("opening", "StorageReadOnly")
    assert "không có quyền ghi" in text
    assert "--data" in text


def test_a_database_that_cannot_be_written_is_not_opened(folder: Path) -> None:
    _closed_world(folder)
    for file in folder.iterdir():
        file.chmod(0o444)
    assert _open_without_rights(folder)[:2] == ["opening", "StorageReadOnly"]


def test_a_save_into_a_folder_that_became_read_only_is_refused_and_reading_goes_on(folder: Path) -> None:
    assessment_id = _closed_world(folder)
    for file in folder.iterdir():
        file.chmod(0o666)
    where, kind, text, answers_read = _open_without_rights(folder, assessment_id)
    assert (where, kind, answers_read) == ("saving", "StorageReadOnly", "1")
    assert "không có quyền ghi" in text
    Database.open(folder / "cchc.duckdb").close()
