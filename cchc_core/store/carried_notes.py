"""What was answered to a criterion before it changed, kept in words beside it until somebody puts it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_core.store import kept
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.store.log import Actor


@dataclass(frozen=True, slots=True)
class CarriedNote:
    """A note at a criterion: from which assessment and criterion it comes, and what stood there."""

    id: str
    assessment_id: str
    code: str
    source_assessment_id: str
    source_code: str
    note_text: str
    is_put_away: bool
    version: int
    changed_by_name: str
    changed_at_utc: datetime


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note that is to stand at a criterion."""

    code: str
    source_assessment_id: str
    source_code: str
    note_text: str


def of_assessment(connection: Connection, assessment_id: str) -> tuple[CarriedNote, ...]:
    """Give the notes of an assessment, the oldest first; also those that were put away."""
    rows = connection.rows(
        "SELECT * FROM carried_notes WHERE assessment_id = :id ORDER BY code, changed_utc, id", id=assessment_id
    )
    return tuple(_note(connection, row) for row in rows)


def of_criterion(connection: Connection, assessment_id: str, code: str) -> tuple[CarriedNote, ...]:
    """Give the notes that stand at a criterion, the oldest first."""
    rows = connection.rows(
        "SELECT * FROM carried_notes WHERE assessment_id = :id AND code = :code AND ended_utc IS NULL "
        "ORDER BY changed_utc, id",
        id=assessment_id,
        code=code,
    )
    return tuple(_note(connection, row) for row in rows)


def find(connection: Connection, note_id: str) -> CarriedNote | None:
    """Find a note, also one that was put away."""
    row = kept.find(connection, kept.CARRIED_NOTES, note_id)
    return None if row is None else _note(connection, row)


def store(connection: Connection, actor: Actor, assessment_id: str, wanted: Sequence[NewNote]) -> tuple[str, ...]:
    """Let notes stand in an assessment, logged, and give the codes that something was stored for.

    One from the same criterion of the same assessment says what is true now; one that was put away stays away.
    """
    rows = connection.rows("SELECT * FROM carried_notes WHERE assessment_id = :id", id=assessment_id)
    there = {(row["code"], row["source_assessment_id"], row["source_code"]): row for row in rows}
    new = [note for note in wanted if _key(note) not in there]
    changed = [note for note in wanted if _key(note) in there and there[_key(note)]["ended_utc"] is None]
    if new:
        kept.add(
            connection,
            kept.CARRIED_NOTES,
            [_row(assessment_id, note) for note in new],
            actor,
            assessment_id=assessment_id,
        )
    said = [
        note
        for note in changed
        if kept.change(
            connection,
            kept.CARRIED_NOTES,
            there[_key(note)],
            {"note_text": note.note_text},
            actor,
            assessment_id=assessment_id,
        )
    ]
    return tuple(note.code for note in (*new, *said))


def put_away(connection: Connection, actor: Actor, note: CarriedNote) -> bool:
    """Put a note away, logged; tell False where it was away already."""
    before = kept.find(connection, kept.CARRIED_NOTES, note.id)
    if before is None or before["ended_utc"] is not None:
        return False
    ended = {"ended_utc": now_utc()}
    return kept.change(connection, kept.CARRIED_NOTES, before, ended, actor, assessment_id=note.assessment_id)


def _key(note: NewNote) -> tuple[str, str, str]:
    return note.code, note.source_assessment_id, note.source_code


def _row(assessment_id: str, note: NewNote) -> Row:
    return {
        "assessment_id": assessment_id,
        "code": note.code,
        "source_assessment_id": note.source_assessment_id,
        "source_code": note.source_code,
        "note_text": note.note_text,
        "ended_utc": None,
    }


def _note(connection: Connection, row: Row) -> CarriedNote:
    person = directory(connection).users.get(row["changed_by"])
    return CarriedNote(
        row["id"],
        row["assessment_id"],
        row["code"],
        row["source_assessment_id"],
        row["source_code"],
        row["note_text"],
        row["ended_utc"] is not None,
        row["version"],
        "" if person is None else person["name"],
        row["changed_utc"],
    )
