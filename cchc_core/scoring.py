"""What people do with an assessment: open it, read it, save a criterion, look at its history.

Every use case asks the one table of permissions itself and stores all of a change or nothing. An answer that its rule
cannot take passes through as :class:`cchc_core.rules.problems.AnswerRefused`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cchc_core.errors import BadText, StaleAnswer
from cchc_core.permissions import Action
from cchc_core.reaching import hidden_changes, leaf_of, permitted, sheet_for, unknown_assessment
from cchc_core.rights import permits
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.answers import Entry, entry_to_json, read_entry
from cchc_core.rules.scoring import Score, score
from cchc_core.setting_up import create_assessment, create_department, list_departments
from cchc_core.sheet import Contradiction, Sheet, contradictions, follow_save, read_answer
from cchc_core.store import answers, assessments, log, rubrics
from cchc_core.store.answers import AnswerRow, Save, StoredAnswer
from cchc_core.store.assessments import Assessment
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.log import Change, LogAction
from cchc_core.store.users import User
from cchc_core.text import clean_line, cleaned

__all__ = [
    "Assessment",
    "Change",
    "Contradiction",
    "Sheet",
    "StoredAnswer",
    "change_number",
    "contradictions",
    "create_assessment",
    "create_department",
    "history",
    "list_assessments",
    "list_departments",
    "open_sheet",
    "save_entry",
    "save_note",
]

MOST_NOTE_CHARACTERS = 20_000


def list_assessments(database: Database, user: User) -> tuple[Assessment, ...]:
    """List the assessments that a person may look at, by unit, year, criteria set and period."""
    with database.read() as connection:
        department_of = directory(connection).department_of
        every = assessments.every(connection)
    return tuple(assessment for assessment in every if permits(user, Action.VIEW, assessment, department_of))


def open_sheet(database: Database, user: User, assessment_id: str) -> Sheet:
    """Read an assessment with all its answers, scores and totals; outlooks for who may look at the planning.

    Raises NotFound for an unknown one, NotAllowed for one that this person may not look at.
    """
    with database.read() as connection:
        assessment = permitted(connection, user, Action.VIEW, assessment_id)
        return sheet_for(database, connection, user, assessment)


def change_number(database: Database, assessment_id: str) -> int:
    """Tell how often an assessment has changed: a board draws anew only when this has grown. Raises NotFound."""
    with database.read() as connection:
        number = assessments.change_number(connection, assessment_id)
    if number is None:
        raise unknown_assessment(assessment_id)
    return number


def save_entry(
    database: Database,
    user: User,
    *,
    assessment_id: str,
    code: str,
    raw: Mapping[str, object],
    expected_version: int,
    check: Callable[[Connection], None] | None = None,
) -> StoredAnswer:
    """Score and store what is entered for a criterion, given in the form of ANSWERS.json; ``{}`` clears it.

    ``check`` may refuse by raising; nothing that it has read can change before the answer is stored.

    ``expected_version`` is the version that the person saw, 0 for nothing. Saving what is stored already changes
    nothing. Raises AnswerRefused, StaleAnswer, NotAllowed, NotFound or a StorageError; then nothing is stored.
    """
    with database.write() as connection:
        place = _writable(database, connection, user, assessment_id, code)
        if check is not None:
            check(connection)
        entry = read_entry(place.criterion.scored, cleaned(raw))
        return _save(connection, user, place, expected_version, _Wanted(entry=entry, action=LogAction.ANSWER))


def save_note(
    database: Database, user: User, *, assessment_id: str, code: str, note: str, expected_version: int
) -> StoredAnswer:
    """Store the self note (thuyết minh) of a criterion; the empty text takes it out.

    Raises BadText for one that is too long, and as :func:`save_entry` does.
    """
    cleaned = clean_line(note.replace("\r\n", "\n").replace("\r", "\n"))
    if len(cleaned) > MOST_NOTE_CHARACTERS:
        raise BadText(
            f"Thuyết minh tiêu chí {clean_line(code)[:40]}",
            problem=f"dài {len(cleaned)} ký tự, quá mức {MOST_NOTE_CHARACTERS} ký tự",
            to_do="Hãy rút gọn, hoặc đưa phần chi tiết vào tài liệu kiểm chứng.",
        )
    with database.write() as connection:
        place = _writable(database, connection, user, assessment_id, code)
        return _save(connection, user, place, expected_version, _Wanted(note=cleaned, action=LogAction.NOTE))


def history(database: Database, user: User, assessment_id: str, code: str) -> tuple[Change, ...]:
    """Give every change of one criterion that a person may know of, newest first. Raises NotFound, NotAllowed."""
    with database.read() as connection:
        assessment = permitted(connection, user, Action.VIEW, assessment_id)
        leaf_of(rubrics.pinned(connection, assessment.rubric_sha256), code)
        hidden = hidden_changes(connection, user, assessment)
        return tuple(c for c in log.of_criterion(connection, assessment_id, code) if c.action not in hidden)


@dataclass(frozen=True, slots=True)
class _Place:
    database: Database
    assessment: Assessment
    rubric: Rubric
    criterion: Criterion

    @property
    def title(self) -> str:
        return f"Tiêu chí {self.criterion.code}"

    def score(self, entry: Entry) -> Score:
        return score(self.criterion.scored, entry, self.assessment.period)


@dataclass(frozen=True, slots=True)
class _Wanted:
    action: LogAction
    entry: Entry | None = None
    note: str | None = None


def _save(connection: Connection, user: User, place: _Place, expected_version: int, wanted: _Wanted) -> StoredAnswer:
    row = answers.of_criterion(connection, place.assessment.id, place.criterion.code)
    before = row or _nothing(place.criterion.code, user)
    old, old_score = read_answer(before, place.criterion.scored, place.assessment.period)
    new_score = old_score if wanted.entry is None else place.score(wanted.entry)
    entry_json = before.entry_json if wanted.entry is None else entry_to_json(wanted.entry)
    note = before.self_note if wanted.note is None else wanted.note
    if (entry_json, note) == (before.entry_json, before.self_note):
        return old
    if before.version != expected_version:
        raise _stale(place, old, old_score, wanted, new_score)
    # Whoever changes the answer stands for it; a note alone says nothing about the answer that it goes with.
    carried_from = before.carried_from if wanted.entry is None else None
    save = Save(
        place.criterion.code,
        before.version + 1,
        entry_json,
        note,
        new_score,
        wanted.action,
        carried_from=carried_from,
    )
    at_utc = answers.store(connection, place.assessment.id, save, row, user.actor)
    entry = old.entry if wanted.entry is None else wanted.entry
    stored = StoredAnswer(save.code, save.version, entry, entry_json, note, user.name, at_utc, carried_from)
    follow_save(place.database, connection, place.assessment, place.rubric, (stored, new_score))
    return stored


def _nothing(code: str, user: User) -> AnswerRow:
    return AnswerRow(code, 0, {}, "", user.name, now_utc(), score=None, scored_version=None)


def _stale(place: _Place, old: StoredAnswer, old_score: Score, wanted: _Wanted, new_score: Score) -> StaleAnswer:
    return StaleAnswer(
        place.title,
        version=old.version,
        who=old.changed_by_name,
        when_utc=old.changed_at_utc,
        stored=old.entry,
        stored_note=old.self_note,
        stored_explanation=old_score.explanation,
        mine=wanted.entry,
        mine_note=wanted.note,
        mine_explanation="" if wanted.entry is None else new_score.explanation,
    )


def _writable(database: Database, connection: Connection, user: User, assessment_id: str, code: str) -> _Place:
    assessment = permitted(connection, user, Action.ANSWER, assessment_id)
    rubric = rubrics.pinned(connection, assessment.rubric_sha256)
    return _Place(database, assessment, rubric, leaf_of(rubric, code))
