"""The tables, brought up to date by numbered ``.sql`` files, each applied once and as a whole."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_core.errors import NewerDatabase
from cchc_core.store.backup import backup_before, table_names
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection

if TYPE_CHECKING:
    from cchc_core.store.database import Database

MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"
_FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file; ``statements`` in the order they run."""

    version: int
    name: str
    statements: tuple[str, ...]


@lru_cache(maxsize=8)
def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """Read the migrations of a folder in the order of their numbers, which run from 1 without gaps."""
    found: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        name = _FILE_NAME.fullmatch(path.name)
        if name is None or int(name[1]) != len(found) + 1:
            raise ValueError(f"migrations are numbered 0001, 0002, … without gaps: {path.name}")
        bare = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        statements = tuple(text.strip() for text in bare.split(";") if text.strip())
        found.append(Migration(int(name[1]), name[2], statements))
    return tuple(found)


def migrate(database: "Database", folder: Path = MIGRATIONS_FOLDER) -> None:
    """Apply what is missing, after a backup when the database holds tables already.

    Raises NewerDatabase when the database knows more than this product; then nothing is changed.
    """
    migrations = read_migrations(folder)
    with database.read() as connection:
        done = version(connection)
    if done > len(migrations):
        raise NewerDatabase(f"Cơ sở dữ liệu {database.path.name}", found=done, known=len(migrations))
    if 0 < done < len(migrations):
        backup_before(database, done + 1)
    for migration in migrations[done:]:
        with database.write() as connection:
            _apply(connection, migration)


def version(connection: Connection) -> int:
    """Give the number of the last migration that was applied; 0 for an empty database."""
    if "schema_migrations" not in table_names(connection):
        return 0
    row = connection.row("SELECT max(version) AS version FROM schema_migrations")
    return int(row["version"]) if row and row["version"] is not None else 0


def database_id(connection: Connection) -> str:
    """Give the id that the database was born with; its mark carries it too."""
    row = connection.row("SELECT value FROM settings WHERE name = 'database_id'")
    return "" if row is None else str(row["value"])


def _apply(connection: Connection, migration: Migration) -> None:
    if migration.version == 1:
        connection.run(
            "CREATE TABLE schema_migrations "
            "(version INTEGER PRIMARY KEY, name VARCHAR NOT NULL, applied_utc TIMESTAMP NOT NULL)"
        )
    for statement in migration.statements:
        connection.run(statement)
    if migration.version == 1:
        connection.run("INSERT INTO settings (name, value) VALUES ('database_id', :id)", id=new_id())
    connection.run(
        "INSERT INTO schema_migrations (version, name, applied_utc) VALUES (:version, :name, :now)",
        version=migration.version,
        name=migration.name,
        now=now_utc(),
    )
