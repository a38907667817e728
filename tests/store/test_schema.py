import json
import shutil
import zipfile
from pathlib import Path

import pytest

from cchc_core.errors import StorageError
from cchc_core.store import schema
from cchc_core.store.backup import MANIFEST, table_names, write_backup
from cchc_core.store.database import Database
from cchc_core.store.schema import MIGRATIONS_FOLDER, read_migrations
from tests.store.world import World

KNOWN = len(read_migrations(MIGRATIONS_FOLDER))
NEXT = f"{KNOWN + 1:04}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS_FOLDER, copy)
    return copy


def _version(database: Database) -> int:
    with database.read() as connection:
        return schema.version(connection)


def test_a_new_database_has_every_migration_and_no_backup(database: Database) -> None:
    assert _version(database) == len(read_migrations(MIGRATIONS_FOLDER))
    assert not (database.path.parent / "backups").exists()


def test_opening_again_applies_nothing_and_backs_nothing_up(database: Database) -> None:
    with database.read() as connection:
        applied = connection.rows("SELECT * FROM schema_migrations")
    database.close()
    again = Database.open(database.path)
    with again.read() as connection:
        assert connection.rows("SELECT * FROM schema_migrations") == applied
    assert not (database.path.parent / "backups").exists()
    again.close()


def test_a_later_migration_is_applied_once_after_a_backup(world: World, folder: Path) -> None:
    department = world.department
    (folder / f"{NEXT}_more.sql").write_text(
        "-- a rebuild; by rename and copy\nCREATE TABLE units_new (id VARCHAR PRIMARY KEY, name VARCHAR);\n"
        "INSERT INTO units_new SELECT id, name FROM units;\nDROP TABLE units;\n"
        "ALTER TABLE units_new RENAME TO units;\n"
    )
    database = world.database
    for _ in range(2):
        schema.migrate(database, folder)
    assert _version(database) == KNOWN + 1
    (backup,) = (database.path.parent / "backups").iterdir()
    assert backup.name.endswith(f"-before-{NEXT}.zip")
    with zipfile.ZipFile(backup) as archive:
        units = [json.loads(line) for line in archive.read("units.jsonl").splitlines()]
    assert {"Sở Thử nghiệm", "Văn phòng"} < {unit["name"] for unit in units}
    assert {unit["parent_id"] for unit in units} == {None, department.id}


def test_a_migration_that_fails_half_way_leaves_no_trace(world: World, folder: Path) -> None:
    (folder / f"{NEXT}_bad.sql").write_text("CREATE TABLE extra (a INTEGER);\nINSERT INTO missing VALUES (1);\n")
    with pytest.raises(StorageError):
        schema.migrate(world.database, folder)
    assert _version(world.database) == KNOWN
    with world.database.read() as connection:
        assert "extra" not in table_names(connection)
    assert world.save("1.1", {"level": 0}).version == 1


def test_a_database_of_the_first_version_keeps_its_answers_confirmed(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(MIGRATIONS_FOLDER / "0001_foundation.sql", first)
    database = Database.open(tmp_path / "data" / "old.duckdb", first)
    with database.write() as connection:
        connection.run(
            "INSERT INTO answers VALUES ('a1', '1.1', 3, :entry, 'ghi chú', 'u1', TIMESTAMP '2026-03-01 00:00:00')",
            entry='{"level":0}',
        )
    database.close()
    database = Database.open(tmp_path / "data" / "old.duckdb")
    assert _version(database) == KNOWN
    with database.read() as connection:
        (row,) = connection.rows("SELECT * FROM answers")
    assert (row["version"], row["entry"], row["carried_from"]) == (3, '{"level":0}', None)
    assert [backup.name[-8:] for backup in (tmp_path / "data" / "backups").iterdir()] == ["0002.zip"]
    database.close()


def test_migrations_are_numbered_without_gaps(folder: Path) -> None:
    (folder / "0099_gap.sql").write_text("SELECT 1;")
    with pytest.raises(ValueError, match="0099_gap"):
        read_migrations(folder)


def test_no_migration_uses_what_another_engine_or_a_later_version_lacks() -> None:
    for migration in read_migrations(MIGRATIONS_FOLDER):
        text = " ".join(migration.statements).upper()
        for word in ("FOREIGN KEY", "REFERENCES", " INDEX", "COLLATE", "SEQUENCE", "TIMESTAMPTZ", "JSON", "HUGEINT"):
            assert word not in text


def test_a_backup_holds_every_row_exactly_and_the_sum_of_each_file(world: World, tmp_path: Path) -> None:
    world.save("1.3", {"numerator": "1", "denominator": "3"})
    target = tmp_path / "copies" / "one.zip"
    write_backup(world.database, target)
    assert [path.name for path in target.parent.iterdir()] == ["one.zip"]
    with zipfile.ZipFile(target) as archive, world.database.read() as connection:
        tables = json.loads(archive.read(MANIFEST))["tables"]
        assert sorted(tables) == table_names(connection)
        for table, facts in tables.items():
            assert facts["rows"] == len(connection.rows(f"SELECT * FROM {table}"))
        (score,) = [json.loads(line) for line in archive.read("scores.jsonl").splitlines()]
        (answer,) = [json.loads(line) for line in archive.read("answers.jsonl").splitlines()]
    assert (score["points"], answer["self_note"]) == ("0.3333", "")


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(world: World, tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    (target / "x").touch()
    with pytest.raises(StorageError):
        write_backup(world.database, target)
    assert not target.with_name("taken.part").exists()
