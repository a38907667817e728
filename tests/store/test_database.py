import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread

import pytest

from cchc_core.errors import NewerDatabase, StorageClosed, StorageDamaged, StorageFailed, StorageInUse
from cchc_core.store import checkpoint, log
from cchc_core.store.checkpoint import SAVES_BETWEEN
from cchc_core.store.connection import any_of
from cchc_core.store.database import Database
from cchc_core.store.engine import write_ahead_log


def _count(database: Database, table: str = "settings") -> int:
    with database.read() as connection:
        row = connection.row(f"SELECT count(*) AS n FROM {table}")
    assert row is not None
    return int(row["n"])


def _put(database: Database, name: str, value: str = "x") -> None:
    with database.write() as connection:
        connection.run("INSERT INTO settings (name, value) VALUES (:name, :value)", name=name, value=value)


def test_a_block_that_fails_stores_nothing(database: Database) -> None:
    before = _count(database)
    with pytest.raises(RuntimeError), database.write() as connection:
        connection.run("INSERT INTO settings (name, value) VALUES ('a', 'b')")
        log.append(connection, [log.Line(log.LogAction.ADD_UNIT, "x", new={})])
        raise RuntimeError
    assert _count(database) == before
    with database.write() as connection:
        log.append(connection, [log.Line(log.LogAction.ADD_UNIT, "x", new={})])
        assert log.read_tail(connection).seq == 1


def test_a_statement_that_fails_undoes_its_block_and_the_next_block_works(database: Database) -> None:
    before = _count(database)
    with pytest.raises(StorageFailed), database.write() as connection:
        connection.run("INSERT INTO settings (name, value) VALUES ('a', 'b')")
        connection.run("INSERT INTO settings (name, value) VALUES ('a', 'b')")
    _put(database, "a")
    assert _count(database) == before + 1


def test_writers_queue_and_all_of_them_are_stored(database: Database) -> None:
    def write(number: int) -> None:
        for step in range(5):
            with database.write() as connection:
                log.append(connection, [log.Line(log.LogAction.ADD_UNIT, f"{number} {step}", new={})])

    threads = [Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        numbers = [row["seq"] for row in connection.rows("SELECT seq FROM change_log ORDER BY seq")]
    assert numbers == list(range(1, 31))


def test_a_reader_sees_one_state_however_long_it_reads(database: Database) -> None:
    with database.read() as connection:
        before = connection.rows("SELECT name FROM settings")
        writer = Thread(target=_put, args=(database, "later"))
        writer.start()
        writer.join()
        assert connection.rows("SELECT name FROM settings") == before
    assert _count(database) == len(before) + 1


def test_parameters_are_named_casts_stay_and_names_must_fit(database: Database) -> None:
    with database.read() as connection:
        row = connection.row("SELECT CAST(:a AS INTEGER) + 1 AS b, '1.5'::decimal(12, 4) AS c, :a AS a", a=1)
        assert row == {"b": 2, "c": Decimal("1.5000"), "a": 1}
        for params in ({}, {"a": 1, "b": 2}):
            with pytest.raises(ValueError, match="parameters"):
                connection.rows("SELECT :a", **params)


def test_many_rows_go_in_at_once_whatever_they_hold(database: Database) -> None:
    hostile = "'); DROP TABLE settings; -- :name $name"
    with database.write() as connection:
        connection.run_many("settings", [{"name": f"{number}", "value": hostile} for number in range(1_234)])
        connection.run_many("settings", [])
    with database.read() as connection:
        rows = connection.rows("SELECT name FROM settings WHERE value = :value", value=hostile)
    assert len(rows) == 1_234
    with pytest.raises(ValueError, match="identifiers"), database.write() as connection:
        connection.run_many("settings (name) --", [{"name": "x"}])


@pytest.mark.parametrize("many", [1, 2, 200, 201, 5_000])
def test_rows_are_found_by_few_values_and_by_thousands_of_them(database: Database, many: int) -> None:
    rows = [{"id": f"{number:05d}", "said": "có 'nháy', ngoặc] và {số}"} for number in range(many)]
    with database.write() as connection:
        connection.run("CREATE TABLE sayings (id VARCHAR, said VARCHAR)")
        connection.run_many("sayings", [*rows, {"id": "none of them", "said": "khác"}])
        for column, values in (("s.id", [row["id"] for row in rows]), ("said", [rows[0]["said"]] * many)):
            among, params = any_of(column, values)
            found = connection.rows(
                f"SELECT * FROM sayings s WHERE s.id <> :other AND {among} ORDER BY id", other="x", **params
            )
            assert found == rows


def test_the_engine_reaches_nothing_outside_and_its_settings_stay(database: Database, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    for sql in (
        f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')",
        f"COPY settings TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{tmp_path / 'other.duckdb'}' AS other",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
    ):
        with pytest.raises(StorageFailed), database.write() as connection:
            connection.run(sql)
    with database.read() as connection:
        row = connection.row("SELECT current_setting('memory_limit') AS memory, current_setting('threads') AS threads")
    assert row == {"memory": "488.2 MiB", "threads": 1}


def test_what_was_saved_is_there_after_closing_and_opening(database: Database) -> None:
    _put(database, "a", "đ")
    database.close()
    again = Database.open(database.path)
    with again.read() as connection:
        assert connection.row("SELECT value FROM settings WHERE name = 'a'") == {"value": "đ"}
    again.close()


def test_a_closed_database_says_so_and_closes_twice_without_complaint(database: Database) -> None:
    database.close()
    database.close()
    with pytest.raises(StorageClosed, match="tải lại trang"), database.read():
        pass
    with pytest.raises(StorageClosed), database.write():
        pass


def test_another_process_is_told_that_the_database_is_in_use(database: Database) -> None:
    program = (
        "import sys; from pathlib import Path; from cchc_core.store.database import Database\n"
        "try: Database.open(Path(sys.argv[1]))\n"
        "except Exception as refused:\n"
        "    sys.stdout.reconfigure(encoding='utf-8'); print(type(refused).__name__, refused)\n"
    )
    arguments = [sys.executable, "-c", program, str(database.path)]
    answer = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=True)
    assert answer.stdout.startswith(StorageInUse.__name__), answer
    assert "chương trình khác" in answer.stdout
    _put(database, "still writable")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "cchc.duckdb"
    path.write_bytes(b"junk" * 5_000)
    with pytest.raises(StorageDamaged, match="Đừng xoá"):
        Database.open(path)
    assert path.read_bytes() == b"junk" * 5_000


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database: Database) -> None:
    with database.write() as connection:
        connection.run("INSERT INTO schema_migrations VALUES (9001, 'future', TIMESTAMP '2030-01-01 00:00:00')")
    database.close()
    before = database.path.read_bytes()
    with pytest.raises(NewerDatabase, match="9001"):
        Database.open(database.path)
    assert database.path.read_bytes() == before


def _log_bytes(database: Database) -> int:
    file = write_ahead_log(database.path)
    return file.stat().st_size if file.exists() else 0


def _wait_for(condition: Callable[[], bool]) -> bool:
    for _ in range(400):
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_checkpoint_empties_the_log_and_loses_nothing(database: Database) -> None:
    _put(database, "a")
    assert _log_bytes(database) > 0
    assert database.checkpoint()
    assert _log_bytes(database) == 0
    assert _count(database) == 2


def test_a_checkpoint_does_not_disturb_a_reader(database: Database) -> None:
    with database.read() as connection:
        before = connection.rows("SELECT name FROM settings")
        _put(database, "a")
        database.checkpoint()
        assert connection.rows("SELECT name FROM settings") == before
    assert _count(database) == len(before) + 1


def test_fifty_saves_bring_about_a_checkpoint(database: Database) -> None:
    assert database.checkpoint()
    _put(database, "first")
    one_save = _log_bytes(database)
    for number in range(SAVES_BETWEEN):
        _put(database, f"{number}")
    assert _wait_for(lambda: _log_bytes(database) < 5 * one_save)


def test_a_while_without_saves_brings_about_a_checkpoint(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "IDLE_SECONDS", 0.1)
    database.close()
    again = Database.open(database.path)
    _put(again, "a")
    assert _wait_for(lambda: _log_bytes(again) == 0)
    again.close()


def test_closing_waits_for_a_reader(database: Database) -> None:
    reading, may_end = Event(), Event()
    seen: list[int] = []

    def read() -> None:
        with database.read() as connection:
            reading.set()
            may_end.wait()
            seen.append(len(connection.rows("SELECT name FROM settings")))

    reader = Thread(target=read)
    reader.start()
    reading.wait()
    closer = Thread(target=database.close)
    closer.start()
    may_end.set()
    closer.join()
    reader.join()
    assert seen == [1]
