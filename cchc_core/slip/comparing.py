"""A slip beside what is stored now: what it changes, what somebody else changed meanwhile, what cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cchc_core.errors import BadText
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.rubric.capping import capped
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.entries import EMPTY, Entry
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import PeriodView, score
from cchc_core.scoring import MOST_NOTE_CHARACTERS
from cchc_core.sheet import read_answer
from cchc_core.slip.meaning import MEND, Meaning, mean
from cchc_core.slip.model import Change, Comparison, CriterionIn, Part, Problem, Side, Slip
from cchc_core.store import answers, rubrics
from cchc_core.store.answers import AnswerRow
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User


def compare_slip(database: Database, user: User, slip: Slip, expected: str | None = None) -> Comparison:
    """Hold a slip against what is stored; nothing is changed.

    ``expected`` is the assessment that the person has open: a slip of another one is refused by name. Raises NotFound,
    NotAllowed, BadText for a slip of another assessment or of another version of the criteria set.
    """
    if expected not in (None, slip.assessment_id):
        # Before anything else: whether the other one may be scored is not what the person has to be told.
        raise BadText(
            _where(slip),
            problem=f"phiếu này là của bảng khác: {slip.about or 'không rõ bảng nào'}",
            to_do="Hãy mở đúng bảng ấy rồi tải phiếu lên, hoặc chọn tệp phiếu của bảng đang mở.",
        )
    with database.read() as connection:
        return compare_in(connection, permitted(connection, user, Action.ANSWER, slip.assessment_id), slip)


def compare_in(connection: Connection, assessment: Assessment, slip: Slip) -> Comparison:
    """Compare within a transaction that has settled the rights. Raises BadText as :func:`compare_slip` does."""
    if slip.rubric_sha256 != assessment.rubric_sha256:
        raise BadText(
            _where(slip),
            problem="phiếu tạo theo một phiên bản khác của bộ tiêu chí, không phải phiên bản của bảng này",
            to_do="Hãy tải phiếu mới từ bảng này rồi nhập lại.",
        )
    rubric = rubrics.pinned(connection, assessment.rubric_sha256)
    stored = {row.code: row for row in answers.of_assessment(connection, assessment.id)}
    found = _Found(problems=list(slip.problems))
    for given in slip.criteria:
        leaf = _leaf(rubric, given.code)
        if leaf is None:
            why = f"bộ tiêu chí của bảng không có tiêu chí {given.code[:40]}"
            found.problems.append(Problem(_where(slip), why, "Hãy tải phiếu mới từ bảng này rồi nhập lại."))
        elif given.cells:  # else told already as rows that are not there
            _sort_in(found, leaf, assessment.period, given, stored.get(given.code))
    changes = _counted(rubric, assessment.period, stored, found.changes)
    return Comparison(slip, assessment, changes, tuple(found.problems), tuple(found.there), tuple(found.left))


@dataclass(frozen=True, slots=True)
class _Found:
    problems: list[Problem]
    changes: list[Change] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def _sort_in(found: _Found, leaf: Criterion, period: PeriodView, given: CriterionIn, row: AnswerRow | None) -> None:
    meaning = mean(leaf, period, given)
    if meaning.problems:
        found.problems.extend(meaning.problems)
    elif not (parts := _parts(meaning)):
        if _has_moved(leaf, period, meaning, row):
            found.left.append(leaf.code)
    elif (change := _change(leaf, period, meaning, parts, row)) is None:
        found.there.append(leaf.code)
    elif wrong := _unfit(leaf, period, change, given):
        found.problems.extend(wrong)
    else:
        found.changes.append(change)


_Parts = dict[Part, object]


def _where(slip: Slip) -> str:
    return f"Tệp «{' '.join(slip.name.split())[:80]}»"


def _leaf(rubric: Rubric, code: str) -> Criterion | None:
    try:
        criterion = rubric.criterion(code)
    except KeyError:
        return None
    return criterion if criterion.is_leaf else None


def _parts(meaning: Meaning) -> frozenset[Part]:
    entry = {Part.ENTRY} if meaning.entry != meaning.before else set()
    note = {Part.NOTE} if meaning.note != meaning.before_note else set()
    # Whoever changes an answer stands for it anyway.
    confirmed = {Part.CONFIRMED} if meaning.confirms and not entry else set()
    return frozenset(entry | note | confirmed)


def _has_moved(leaf: Criterion, period: PeriodView, meaning: Meaning, row: AnswerRow | None) -> bool:
    now = None if row is None else read_answer(row, leaf.scored, period)[0]
    return ((EMPTY, "") if now is None else (now.entry, now.self_note)) != (meaning.before, meaning.before_note)


def _change(
    leaf: Criterion, period: PeriodView, meaning: Meaning, parts: frozenset[Part], row: AnswerRow | None
) -> Change | None:
    """Give what the slip changes, None where all of it is stored just so already."""
    now = None if row is None else read_answer(row, leaf.scored, period)[0]
    entry, note = (EMPTY, "") if now is None else (now.entry, now.self_note)
    before: _Parts = {Part.ENTRY: meaning.before, Part.NOTE: meaning.before_note}
    mine: _Parts = {Part.ENTRY: meaning.entry, Part.NOTE: meaning.note, Part.CONFIRMED: True}
    there: _Parts = {Part.ENTRY: entry, Part.NOTE: note}
    there[Part.CONFIRMED] = row is None or row.carried_from is None
    wanted = frozenset(part for part in parts if mine[part] != there[part])
    if not wanted:
        return None
    conflicts = frozenset(part for part in wanted if part in before and there[part] != before[part])
    new_entry = meaning.entry if Part.ENTRY in wanted else entry
    new_note = meaning.note if Part.NOTE in wanted else note
    return Change(
        leaf.code,
        leaf.title,
        wanted,
        conflicts,
        _side(leaf, period, meaning.before, meaning.before_note),
        _side(leaf, period, entry, note),
        _side(leaf, period, new_entry, new_note),
        version=0 if now is None else now.version,
        stored_by="" if now is None else now.changed_by_name,
        stored_at_utc=None if now is None else now.changed_at_utc,
    )


def _counted(
    rubric: Rubric, period: PeriodView, rows: Mapping[str, AnswerRow], changes: Sequence[Change]
) -> tuple[Change, ...]:
    """Show bonuses and penalties as far as caps count them: now, and once all changes are taken over."""
    if not rubric.caps:
        return tuple(changes)
    of_rows = ((leaf, rows.get(leaf.code)) for leaf in rubric.adjustments)
    now = {leaf.code: read_answer(row, leaf.scored, period)[1] for leaf, row in of_rows if row is not None}
    then = capped(rubric, {**now, **{change.code: change.mine.score for change in changes}})
    now = {**now, **capped(rubric, now)}
    return tuple(
        replace(
            change,
            stored=replace(change.stored, score=now.get(change.code, change.stored.score)),
            mine=replace(change.mine, score=then[change.code]),
        )
        for change in changes
    )


def _side(leaf: Criterion, period: PeriodView, entry: Entry, note: str) -> Side:
    try:
        return Side(entry, note, score(leaf.scored, entry, period))
    except AnswerRefused:
        # Told by _unfit for what the slip says; what was stored before the rules changed counts as nothing.
        return Side(entry, note, score(leaf.scored, EMPTY, period))


def _unfit(leaf: Criterion, period: PeriodView, change: Change, given: CriterionIn) -> list[Problem]:
    """Name what the core refuses of a slip's answer, by the first cell in which something stands."""
    problems: list[str] = []
    try:
        score(leaf.scored, change.mine.entry, period)
    except AnswerRefused as refused:
        problems.extend(refused.problems)
    if len(change.mine.note) > MOST_NOTE_CHARACTERS:
        problems.append(f"thuyết minh dài quá {MOST_NOTE_CHARACTERS} ký tự")
    places = [cell.place for cell in given.cells.values() if cell.cell.text] or [
        cell.place for cell in given.cells.values()
    ]
    return [Problem(places[0], problem.rstrip("."), MEND, leaf.code) for problem in problems]
