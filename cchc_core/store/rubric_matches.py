"""What people said of which criterion of one version continues which of another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cchc_core.store import kept
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.store.log import Actor

CONFIRMED: Final = "confirmed"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A row: an empty code means that there is none on that side."""

    id: str
    old_sha256: str
    new_sha256: str
    old_code: str
    new_code: str
    is_confirmed: bool
    version: int
    changed_by_name: str
    changed_at_utc: datetime


State = tuple[int, int, datetime | None]


def state(connection: Connection) -> State:
    """Give what tells whether anybody has decided anything since: one small query instead of all decisions."""
    row = connection.row(
        "SELECT COUNT(*) AS decisions, CAST(COALESCE(SUM(version), 0) AS BIGINT) AS versions, "
        "MAX(changed_utc) AS latest FROM rubric_matches"
    )
    return (0, 0, None) if row is None else (row["decisions"], row["versions"], row["latest"])


def of_sets(connection: Connection, old_id: str, new_id: str) -> tuple[StoredMatch, ...]:
    """Give what holds between any version of one criteria set and any of another, what was said last first."""
    rows = connection.rows(
        "SELECT m.* FROM rubric_matches m JOIN rubrics o ON o.sha256 = m.old_sha256 "
        "JOIN rubrics n ON n.sha256 = m.new_sha256 "
        "WHERE o.rubric_id = :old_id AND n.rubric_id = :new_id AND m.ended_utc IS NULL "
        "ORDER BY m.changed_utc DESC, m.id",
        old_id=old_id,
        new_id=new_id,
    )
    return tuple(_stored(connection, row) for row in rows) if rows else ()


def of_versions(connection: Connection, old_sha256: str, new_sha256: str) -> tuple[StoredMatch, ...]:
    """Give what holds between these two versions, what was said last first."""
    rows = connection.rows(
        "SELECT * FROM rubric_matches WHERE old_sha256 = :old AND new_sha256 = :new AND ended_utc IS NULL "
        "ORDER BY changed_utc DESC, id",
        old=old_sha256,
        new=new_sha256,
    )
    return tuple(_stored(connection, row) for row in rows)


def add(
    connection: Connection,
    actor: Actor,
    old_sha256: str,
    new_sha256: str,
    pairs: Iterable[tuple[str, str]],
    *,
    is_confirmed: bool,
) -> tuple[str, ...]:
    """Add what a person says of pairs of codes, logged, and give the rows' ids."""
    about = {"old_sha256": old_sha256, "new_sha256": new_sha256, "ended_utc": None}
    state = CONFIRMED if is_confirmed else REFUSED
    rows: list[Row] = [{**about, "old_code": one, "new_code": other, "state": state} for one, other in pairs]
    return kept.add(connection, kept.RUBRIC_MATCHES, rows, actor) if rows else ()


def end(connection: Connection, actor: Actor, match_id: str) -> bool:
    """Take back what was said, logged; tell False where it was taken back before, or never said."""
    before = kept.find(connection, kept.RUBRIC_MATCHES, match_id)
    if before is None or before["ended_utc"] is not None:
        return False
    return kept.change(connection, kept.RUBRIC_MATCHES, before, {"ended_utc": now_utc()}, actor)


def _stored(connection: Connection, row: Row) -> StoredMatch:
    person = directory(connection).users.get(row["changed_by"])
    return StoredMatch(
        row["id"],
        row["old_sha256"],
        row["new_sha256"],
        row["old_code"],
        row["new_code"],
        row["state"] == CONFIRMED,
        row["version"],
        "" if person is None else person["name"],
        row["changed_utc"],
    )
