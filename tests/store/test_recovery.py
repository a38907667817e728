import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_core.errors import StorageDamaged
from cchc_core.store import log
from cchc_core.store.connection import Tail
from cchc_core.store.database import Database
from cchc_core.store.engine import write_ahead_log
from cchc_core.store.highwater import Mark, MarkFile
from cchc_core.store.recovery import mark_path
from cchc_core.store.verify import verify
from tests.store.world import make_world

ROOT = Path(__file__).resolve().parents[2]
SAVES = 30
_PROGRAM = """
import os, sys
from pathlib import Path
from cchc_core.store import log
from cchc_core.store.database import Database
database = Database.open(Path(sys.argv[1]))
database.checkpoint()
for number in range(int(sys.argv[2])):
    with database.write() as connection:
        log.append(connection, [log.Line(log.LogAction.ADD_UNIT, str(number), new={"name": "x" * 200})])
os._exit(0)
"""


@pytest.fixture(scope="module")
def crash_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crash")
    arguments = [sys.executable, "-c", _PROGRAM, str(folder / "cchc.duckdb"), str(SAVES)]
    subprocess.run(arguments, cwd=ROOT, check=True)
    assert write_ahead_log(folder / "cchc.duckdb").stat().st_size > SAVES * 100
    return folder


@pytest.fixture
def crashed(crash_site: Path, tmp_path: Path) -> Path:
    """Give a database whose process ended without closing it, with its last saves in the write-ahead log."""
    shutil.copytree(crash_site, tmp_path / "data")
    return tmp_path / "data" / "cchc.duckdb"


def _lines(database: Database) -> int:
    with database.read() as connection:
        return log.read_tail(connection).seq


def _set_aside(path: Path) -> list[Path]:
    folder = path.parent / "set-aside"
    return sorted(folder.glob("*/*")) if folder.exists() else []


def test_after_a_crash_everything_is_there_and_no_copy_is_left(crashed: Path) -> None:
    database = Database.open(crashed)
    assert (_lines(database), database.loss, _set_aside(crashed)) == (SAVES, None, [])
    database.close()


def test_a_log_that_was_cut_is_reported_with_the_number_missing_and_set_aside(crashed: Path) -> None:
    wal = write_ahead_log(crashed)
    whole = wal.read_bytes()
    os.truncate(wal, len(whole) // 2)
    database = Database.open(crashed)
    loss = database.loss
    assert loss is not None
    assert (loss.expected, loss.missing) == (SAVES, SAVES - loss.found)
    assert 0 < loss.found < SAVES
    assert f"thiếu {loss.missing} thay đổi" in loss.message
    kept = {path.name: path for path in _set_aside(crashed)}
    assert set(kept) == {crashed.name, wal.name, mark_path(crashed).name}
    assert kept[wal.name].read_bytes() == whole[: len(whole) // 2]
    database.close()


def test_after_a_loss_saving_goes_on_and_the_loss_stays_on_record(crashed: Path) -> None:
    os.truncate(write_ahead_log(crashed), 1_000)
    Database.open(crashed).close()
    again = Database.open(crashed)
    assert again.loss is None
    report = verify(again)
    assert [finding.code for finding in report.findings] == ["KT-04"]
    assert "thiếu" in report.findings[0].message
    with again.write() as connection:
        log.append(connection, [log.Line(log.LogAction.ADD_UNIT, "x", new={})])
    assert [finding.code for finding in verify(again).findings] == ["KT-04"]
    again.close()


def test_a_log_that_the_engine_refuses_is_cut_where_it_is_damaged_and_set_aside_whole(crashed: Path) -> None:
    wal = write_ahead_log(crashed)
    damaged = bytearray(wal.read_bytes())
    damaged[len(damaged) // 2 + 40] ^= 0x10
    wal.write_bytes(damaged)
    database = Database.open(crashed)
    assert database.loss is not None
    assert SAVES // 4 < database.loss.found < SAVES
    assert bytes(damaged) in [path.read_bytes() for path in _set_aside(crashed)]
    database.close()


@pytest.mark.parametrize("place", range(0, 100, 3))
def test_wherever_a_bit_of_the_log_flips_nothing_is_lost_in_silence(crashed: Path, place: int) -> None:
    wal = write_ahead_log(crashed)
    damaged = bytearray(wal.read_bytes())
    damaged[len(damaged) * place // 100] ^= 1
    wal.write_bytes(damaged)
    database = Database.open(crashed)
    assert database.loss is not None
    assert bytes(damaged) in [path.read_bytes() for path in _set_aside(crashed)]
    database.close()


def test_a_damaged_database_leaves_its_log_untouched_and_no_copies_behind(crashed: Path) -> None:
    wal = write_ahead_log(crashed).read_bytes()
    with crashed.open("r+b") as file:
        file.write(b"\0" * 20_000)
    for _attempt in range(2):
        with pytest.raises(StorageDamaged):
            Database.open(crashed)
    assert write_ahead_log(crashed).read_bytes() == wal
    assert _set_aside(crashed) == []


def test_a_log_that_is_refused_whole_is_set_aside_whole(crashed: Path) -> None:
    wal = write_ahead_log(crashed)
    damaged = b"\xff" * 64 + wal.read_bytes()[64:]
    wal.write_bytes(damaged)
    database = Database.open(crashed)
    assert database.loss is not None
    assert damaged in [file.read_bytes() for file in _set_aside(crashed)]
    database.close()


def test_a_database_that_vanished_is_reported(crashed: Path) -> None:
    Database.open(crashed).close()
    crashed.unlink()
    write_ahead_log(crashed).unlink(missing_ok=True)
    database = Database.open(crashed)
    assert database.loss is not None
    assert (database.loss.missing, _lines(database)) == (SAVES, 1)
    database.close()


def test_an_older_copy_of_the_database_is_reported(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    world.save("1.1", {"level": 0})
    path = world.database.path
    world.database.close()
    shutil.copy(path, tmp_path / "older")
    again = Database.open(path)
    with again.write() as connection:
        log.append(connection, [log.Line(log.LogAction.ADD_UNIT, str(number), new={}) for number in range(3)])
    again.close()
    shutil.copy(tmp_path / "older", path)
    older = Database.open(path)
    assert older.loss is not None
    assert older.loss.missing == 3
    older.close()


def test_a_log_that_was_rewritten_does_not_fit_its_mark(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    with world.database.write() as connection:
        connection.run("UPDATE change_log SET hash = 'x' WHERE seq = (SELECT max(seq) FROM change_log)")
    world.database.close()
    again = Database.open(world.database.path)
    assert again.loss is not None
    assert again.loss.is_other
    assert "không khớp" in again.loss.message
    again.close()


def test_a_mark_cut_short_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "mark"
    file = MarkFile(path)
    assert file.read() is None
    marks = [Mark("0123456789abcdef", Tail(number, "f" * 64)) for number in (7, 8)]
    for mark in marks:
        file.write(mark)
    file.close()
    content = bytearray(path.read_bytes())
    # The second mark went to the first slot.
    content[40] ^= 1
    path.write_bytes(content)
    again = MarkFile(path)
    assert again.read() in marks
    again.write(Mark("0123456789abcdef", Tail(9, "e" * 64)))
    assert again.read() == Mark("0123456789abcdef", Tail(9, "e" * 64))
    again.close()
    assert len(path.read_bytes()) == len(content)


def test_a_mark_file_full_of_rubbish_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "mark"
    for content in (b"", b"\x00" * 700, json.dumps([1, 2]).encode(), b"\xff" * 512):
        path.write_bytes(content)
        file = MarkFile(path)
        assert file.read() is None
        file.write(Mark("a", Tail(1, "b")))
        assert file.read() == Mark("a", Tail(1, "b"))
        file.close()
