"""What lies in the folder of files: one row for each content, kept also when the content was destroyed."""

from datetime import datetime

from cchc_core.store import kept, log
from cchc_core.store.connection import Connection, Row


def find(connection: Connection, sha256: str) -> Row | None:
    """Read the row of a content; None where it was never stored."""
    return kept.find(connection, kept.STORED_FILES, sha256)


def keep(connection: Connection, sha256: str, size_bytes: int, actor: log.Actor) -> None:
    """Take note that a content lies in the folder, logged; one that is known already stays as it is."""
    if find(connection, sha256) is None:
        row = {"sha256": sha256, "size_bytes": size_bytes, "purge_reason": "", "purged_utc": None}
        kept.add(connection, kept.STORED_FILES, [row], actor)


def mark_purged(connection: Connection, before: Row, reason: str, actor: log.Actor, at_utc: datetime) -> None:
    """Take note, logged, that a content is destroyed and why; its hash stays."""
    kept.change(connection, kept.STORED_FILES, before, {"purge_reason": reason, "purged_utc": at_utc}, actor)


def used_bytes(connection: Connection, unit_id: str) -> int:
    """Add up the contents of a unit's documents, each content once, destroyed ones not."""
    row = connection.row(
        "SELECT sum(c.size_bytes) AS used FROM (SELECT DISTINCT s.sha256, s.size_bytes FROM document_files f "
        "JOIN documents d ON d.id = f.document_id JOIN stored_files s ON s.sha256 = f.sha256 "
        "WHERE d.unit_id = :unit_id AND s.purged_utc IS NULL) c",
        unit_id=unit_id,
    )
    return int(row["used"] or 0) if row is not None else 0


def unit_has(connection: Connection, unit_id: str, sha256: str) -> bool:
    """Tell whether a content counts among a unit's files already."""
    row = connection.row(
        "SELECT f.id FROM document_files f JOIN documents d ON d.id = f.document_id "
        "WHERE d.unit_id = :unit_id AND f.sha256 = :sha256 LIMIT 1",
        unit_id=unit_id,
        sha256=sha256,
    )
    return row is not None


def contents(connection: Connection) -> dict[str, bool]:
    """List every content that was ever stored, with whether it was destroyed."""
    rows = connection.rows("SELECT sha256, purged_utc IS NOT NULL AS is_purged FROM stored_files ORDER BY sha256")
    return {row["sha256"]: row["is_purged"] for row in rows}


def names_of(connection: Connection, sha256: str) -> tuple[str, ...]:
    """List the names that a content was given, for messages about it."""
    rows = connection.rows(
        "SELECT DISTINCT file_name FROM document_files WHERE sha256 = :sha256 ORDER BY file_name", sha256=sha256
    )
    return tuple(row["file_name"] for row in rows)
