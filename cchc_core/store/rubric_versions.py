"""Versions of criteria sets that were issued here; the sets themselves are the canonical copies in ``rubrics``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cchc_core.store import kept
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.store.log import Actor

SHIPPED: Final = "shipped"


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A row of the shelf. One whose ``origin`` is SHIPPED only tells whether the product's own set was put away."""

    id: str
    rubric_id: str
    number: int
    sha256: str
    draft_id: str | None
    origin: str
    file_sha256: str
    note: str
    is_ended: bool
    version: int
    issued_by_name: str
    issued_at_utc: datetime


def every(connection: Connection, rubric_id: str | None = None) -> tuple[StoredVersion, ...]:
    """List the versions, or those of one set, by set and number; also those that were put away."""
    of_set, params = ("", {}) if rubric_id is None else ("WHERE rubric_id = :rubric_id ", {"rubric_id": rubric_id})
    rows = connection.rows(f"SELECT * FROM rubric_versions {of_set}ORDER BY rubric_id, number, id", **params)  # noqa: S608
    names = directory(connection)
    return tuple(_version(row, names.person_name(row["issued_by"])) for row in rows)


def add(
    connection: Connection,
    actor: Actor,
    *,
    rubric_id: str,
    number: int,
    sha256: str,
    origin: str,
    note: str = "",
    draft_id: str | None = None,
    file_sha256: str = "",
) -> str:
    """Add a version of a set whose canonical copy is kept already, logged, and give its id."""
    row: Row = {
        "rubric_id": rubric_id,
        "number": number,
        "sha256": sha256,
        "draft_id": draft_id,
        "origin": origin,
        "file_sha256": file_sha256,
        "note": note,
        "issued_by": actor.id,
        "issued_utc": now_utc(),
        "ended_utc": None,
    }
    (version_id,) = kept.add(connection, kept.RUBRIC_VERSIONS, [row], actor)
    return version_id


def put_away(connection: Connection, version_id: str, actor: Actor, *, is_ended: bool) -> bool:
    """Put a version away so that nothing new is opened with it, or take it back; logged. False where it is so."""
    row = kept.find(connection, kept.RUBRIC_VERSIONS, version_id)
    if row is None or (row["ended_utc"] is not None) == is_ended:
        return False
    return kept.change(connection, kept.RUBRIC_VERSIONS, row, {"ended_utc": now_utc() if is_ended else None}, actor)


def uses(connection: Connection) -> dict[str, int]:
    """Count the assessments that pin each canonical copy, by its SHA-256."""
    rows = connection.rows("SELECT rubric_sha256, count(*) AS many FROM assessments GROUP BY rubric_sha256")
    return {row["rubric_sha256"]: row["many"] for row in rows}


def _version(row: Row, issued_by_name: str) -> StoredVersion:
    return StoredVersion(
        id=row["id"],
        rubric_id=row["rubric_id"],
        number=row["number"],
        sha256=row["sha256"],
        draft_id=row["draft_id"],
        origin=row["origin"],
        file_sha256=row["file_sha256"],
        note=row["note"],
        is_ended=row["ended_utc"] is not None,
        version=row["version"],
        issued_by_name=issued_by_name,
        issued_at_utc=row["issued_utc"],
    )
