"""An assessment as it stands: its criteria set, what is stored, every score and total.

A page asks for it at every rerun, so what was computed is kept until the assessment's change number moves on, and a
save of this process moves it along.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from weakref import WeakKeyDictionary

from cchc_core.rubric.capping import capped
from cchc_core.rubric.model import Exclusion, Rubric
from cchc_core.rules.answers import LevelAnswer
from cchc_core.rules.kinds import Leaf
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import PeriodView, Score, score
from cchc_core.store import answers, attached_counts, outlooks, rubrics
from cchc_core.store.answers import AnswerRow, StoredAnswer
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.outlooks import Outlook
from cchc_core.store.year_lines import YearLine
from cchc_core.totals import RubricTotals, total_rubric

_KEPT_SHEETS = 64
_KEPT_VERSIONS = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """One assessment with everything that a screen or an export shows of it.

    ``scores`` are as the caps on bonuses and penalties leave them; ``attached`` counts the documents attached to each
    criterion that has any.
    """

    assessment: Assessment
    rubric: Rubric
    period: PeriodView
    answers: Mapping[str, StoredAnswer]
    scores: Mapping[str, Score]
    totals: RubricTotals
    outlooks: Mapping[str, Outlook] = field(default_factory=dict)
    attached: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Content:
    change_number: int
    period: PeriodView
    answers: Mapping[str, StoredAnswer]
    scores: Mapping[str, Score]
    totals: RubricTotals
    outlooks: Mapping[str, Outlook]
    attached: Mapping[str, int]


_Versions = OrderedDict[str, tuple[_Content, ...]]
_kept: WeakKeyDictionary[Database, _Versions] = WeakKeyDictionary()
_lock = Lock()


def read_sheet(database: Database, connection: Connection, assessment: Assessment) -> Sheet:
    """Read an assessment's answers and scores, or take them as kept if nothing has changed since."""
    rubric = rubrics.pinned(connection, assessment.rubric_sha256)
    content = _remembered(database, assessment)
    if content is None:
        content = _read(connection, assessment, rubric)
        _remember(database, assessment.id, content)
    return Sheet(
        assessment,
        rubric,
        content.period,
        content.answers,
        content.scores,
        content.totals,
        content.outlooks,
        content.attached,
    )


def follow_save(
    database: Database,
    connection: Connection,
    assessment: Assessment,
    rubric: Rubric,
    saved: tuple[StoredAnswer, Score],
) -> None:
    """Bring the kept sheet up to a save, once it is committed: a fifth of the work of reading it all again.

    ``assessment`` is as the save found it. Where no sheet of that moment is kept, the next one who asks reads it.
    """
    before = _remembered(database, assessment)
    if before is None:
        return
    stored, scored = saved
    scores = capped(rubric, {**before.scores, stored.code: scored})
    after = _Content(
        assessment.change_number + 1,
        before.period,
        {**before.answers, stored.code: stored},
        scores,
        total_rubric(rubric, scores),
        before.outlooks,
        before.attached,
    )
    connection.once_committed(lambda: _remember(database, assessment.id, after))


def _remembered(database: Database, assessment: Assessment) -> _Content | None:
    wanted = (assessment.change_number, assessment.period)
    with _lock:
        versions = _kept.get(database, _Versions()).get(assessment.id, ())
    return next((content for content in versions if (content.change_number, content.period) == wanted), None)


def _remember(database: Database, assessment_id: str, content: _Content) -> None:
    with _lock:
        sheets = _kept.setdefault(database, _Versions())
        versions = {kept.change_number: kept for kept in (*sheets.pop(assessment_id, ()), content)}
        # Not only the newest: a reader may have begun before the last save.
        sheets[assessment_id] = tuple(versions[number] for number in sorted(versions)[-_KEPT_VERSIONS:])
        while len(sheets) > _KEPT_SHEETS:
            sheets.popitem(last=False)


def _read(connection: Connection, assessment: Assessment, rubric: Rubric) -> _Content:
    stored: dict[str, StoredAnswer] = {}
    given = dict(_blank_scores(rubric, assessment.rubric_sha256, assessment.period))
    for row in answers.of_assessment(connection, assessment.id):
        stored[row.code], given[row.code] = read_answer(row, rubric.criterion(row.code).scored, assessment.period)
    expected = outlooks.of_assessment(connection, assessment.id, {leaf.code: leaf.scored for leaf in rubric.leaves})
    line = YearLine(assessment.unit_id, assessment.rubric_id, assessment.year)
    attached = attached_counts.of_period(connection, line, assessment.period_order)
    scores = capped(rubric, given)
    totals = total_rubric(rubric, scores)
    return _Content(assessment.change_number, assessment.period, stored, scores, totals, expected, attached)


def read_answer(row: AnswerRow, leaf: Leaf, period: PeriodView) -> tuple[StoredAnswer, Score]:
    """Give a stored answer and its score: the cached one, or a new one when the rules have changed since.

    What the rules of today refuse stays stored and counts as missing, with the reason.
    """
    try:
        stored = row.read(leaf)
        return stored, row.score or score(leaf, stored.entry, period)
    except AnswerRefused as refused:
        missing = score(leaf, None, period)
        why = f"Kết quả đã lưu không còn hợp với cách tính: {refused} Hãy chấm lại."
        return row.as_empty(), replace(missing, explanation=why)


def _blank_scores(rubric: Rubric, sha256: str, period: PeriodView) -> Mapping[str, Score]:
    known = _blank.get((sha256, period))
    if known is None:
        known = _blank[sha256, period] = {leaf.code: score(leaf.scored, None, period) for leaf in rubric.leaves}
    return known


_blank: dict[tuple[str, PeriodView], Mapping[str, Score]] = {}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two criteria whose answers tell one fact in two ways that cannot both be true."""

    codes: tuple[str, str]
    fact: str
    message: str


def contradictions(sheet: Sheet) -> tuple[Contradiction, ...]:
    """Flag the answers that contradict each other; nothing is changed or refused."""
    return tuple(
        Contradiction(
            exclusion.criteria,
            exclusion.fact,
            f"Tiêu chí {exclusion.criteria[0]} và {exclusion.criteria[1]} trả lời trái nhau về một việc "
            f"({exclusion.fact}). Hãy kiểm tra và sửa một trong hai.",
        )
        for exclusion in sheet.rubric.exclusions
        if _is_contradicted(exclusion, sheet.answers)
    )


def _is_contradicted(exclusion: Exclusion, stored: Mapping[str, StoredAnswer]) -> bool:
    first, second = (_level(stored.get(code)) for code in exclusion.criteria)
    return first is not None and second is not None and (first, second) in exclusion.contradictions


def _level(stored: StoredAnswer | None) -> int | None:
    answer = None if stored is None else stored.entry.answer
    return answer.level if isinstance(answer, LevelAnswer) else None
