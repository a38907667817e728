"""A consistent copy of everything as a zip of JSON lines, made while people work.

One read transaction sees one state; copying the database file instead would miss what is still in its log. JSON lines
keep NULL apart from the empty text, which CSV does not.
"""

import hashlib
import json
import os
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.failures import failure_of

if TYPE_CHECKING:
    from cchc_core.store.database import Database

MANIFEST = "manifest.json"
_FORMAT = 1


def backup_before(database: "Database", version: int) -> Path:
    """Back up into the ``backups`` folder beside the database, before a migration changes its tables."""
    stamp = now_utc().strftime("%Y%m%dT%H%M%S%f")
    folder = database.path.parent / "backups"
    target = folder / f"{database.path.stem}-{stamp}-before-{version:04d}.zip"
    write_backup(database, target)
    return target


def write_backup(database: "Database", target: Path) -> None:
    """Write all tables into a zip that appears only when it is complete. Raises a StorageError."""
    unfinished = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with database.read() as connection, unfinished.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                _write_tables(connection, archive)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as cause:
        unfinished.unlink(missing_ok=True)
        raise failure_of(cause, f"Sao lưu vào {target.name}") from cause


def _write_tables(connection: Connection, archive: zipfile.ZipFile) -> None:
    tables = {}
    for name in table_names(connection):
        lines = [_line(row) for row in connection.rows(f"SELECT * FROM {name}")]  # noqa: S608 (a table's own name)
        content = "".join(lines).encode()
        archive.writestr(f"{name}.jsonl", content)
        tables[name] = {"rows": len(lines), "sha256": hashlib.sha256(content).hexdigest()}
    manifest = {"format": _FORMAT, "made_utc": now_utc().isoformat(), "tables": tables}
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def table_names(connection: Connection) -> list[str]:
    """List the tables of the product."""
    rows = connection.rows(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY table_name"
    )
    return [row["table_name"] for row in rows]


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no column type of ours: {type(value).__name__}")
