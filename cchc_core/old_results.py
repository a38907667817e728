"""Kết quả cũ: what was answered to a criterion before it changed, in words beside it until somebody puts it away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cchc_core.errors import NotFound
from cchc_core.permissions import Action
from cchc_core.reaching import may_view_planning, permitted
from cchc_core.rubric.changes import Pair
from cchc_core.rubric_diff.comparing import compare
from cchc_core.rubric_diff.model import CHANGE_NAMES
from cchc_core.rules.decimals import format_points
from cchc_core.rules.scoring import Status
from cchc_core.sheet import Sheet
from cchc_core.store import assessments, carried_notes
from cchc_core.store.carried_notes import CarriedNote, NewNote
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.text import clean_line

_UNANSWERED = (Status.MISSING, Status.AWAITING)


@dataclass(frozen=True, slots=True)
class OldResult:
    """A note as it is shown; ``whence`` names the period that it comes from."""

    note: CarriedNote
    whence: str


def old_results(database: Database, user: User, assessment_id: str, code: str) -> tuple[OldResult, ...]:
    """Give what is known of a criterion from before it changed; nothing to who may not look at the planning.

    Raises NotFound, NotAllowed.
    """
    with database.read() as connection:
        assessment = permitted(connection, user, Action.VIEW, assessment_id)
        if not may_view_planning(connection, user, assessment):
            return ()
        found = carried_notes.of_criterion(connection, assessment_id, code)
        return tuple(OldResult(note, _whence(connection, note)) for note in found)


def put_away(database: Database, user: User, note_id: str) -> None:
    """Put an old result away; a second time it changes nothing. Raises NotFound, NotAllowed for who may not answer."""
    with database.write() as connection:
        note = carried_notes.find(connection, note_id)
        if note is None:
            raise NotFound("Kết quả cũ", thing="kết quả cũ", key=clean_line(note_id)[:40])
        permitted(connection, user, Action.ANSWER, note.assessment_id)
        carried_notes.put_away(connection, user.actor, note)


def notes_to_leave(before: Sheet, now: Sheet, pairs: Iterable[Pair]) -> tuple[NewNote, ...]:
    """Word what the earlier assessment knows of criteria that read differently now; nothing where it knows nothing."""
    told = {pair: _told(before, pair[0]) for pair in pairs}
    changes = _changes(before, now, [pair for pair, text in told.items() if text])
    return tuple(
        NewNote(other, before.assessment.id, one, f"{told[one, other]}\n{changes[other]}")
        for one, other in told
        if told[one, other]
    )


def notes_to_pass_on(connection: Connection, before: Sheet, pairs: Iterable[Pair]) -> tuple[NewNote, ...]:
    """Give the notes of the earlier assessment that nobody put away, at the criteria that go on."""
    new_codes = dict(pairs)
    return tuple(
        NewNote(new_codes[note.code], note.source_assessment_id, note.source_code, note.note_text)
        for note in carried_notes.of_assessment(connection, before.assessment.id)
        if note.code in new_codes and not note.is_put_away
    )


def _told(before: Sheet, code: str) -> str:
    stored = before.answers.get(code)
    if stored is None or not (stored.entry_json or stored.self_note):
        return ""
    return "\n".join(_sentences(before, code))


def _sentences(before: Sheet, code: str) -> Iterator[str]:
    criterion, stored, score = before.rubric.criterion(code), before.answers[code], before.scores[code]
    kind = "điểm chuẩn minh hoạ" if before.rubric.is_illustrative else "điểm chuẩn"
    yield f"Tiêu chí {code} «{criterion.title}», {kind} {format_points(criterion.max_points)}."
    if stored.entry_json and score.status not in _UNANSWERED:
        yield score.explanation
    if stored.self_note:
        yield f"Thuyết minh: {stored.self_note.rstrip()}"


def _changes(before: Sheet, now: Sheet, pairs: list[Pair]) -> dict[str, str]:
    if not pairs:
        return {}
    lines = compare(before.rubric, now.rubric, dict(pairs)).lines
    kinds = {line.new.code: line.kinds for line in lines if line.old is not None and line.new is not None}
    return {other: _change_words(kinds[other]) for _, other in pairs}


def _change_words(kinds: Iterable[str]) -> str:
    names = [name.lower() for kind, name in CHANGE_NAMES.items() if kind in set(kinds)]
    return f"Bộ tiêu chí mới: {', '.join(names)}."


def _whence(connection: Connection, note: CarriedNote) -> str:
    found = assessments.find(connection, note.source_assessment_id)
    return "" if found is None else f"{found.period_title} {found.year}"
