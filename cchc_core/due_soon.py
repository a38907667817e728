"""What falls due: the days of the periods, the remedies, and the criteria that can be earned from the next period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cchc_core.permissions import State
from cchc_core.rubric.model import Criterion
from cchc_core.rules.kinds import Checklist
from cchc_core.rules.scoring import Status
from cchc_core.sheet import Sheet
from cchc_core.store.periods import PeriodLike
from cchc_core.store.remedies import Remedy

WITHIN_DAYS = 30
_BEFORE_HANDING_IN = (State.DRAFT, State.AWAITING_APPROVAL)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: the day, what it is in Vietnamese, and the criterion it is about, if it is about one.

    ``days`` counts from today and is negative for what is overdue.
    """

    day: date
    what: str
    code: str | None
    is_overdue: bool
    days: int


_Line = tuple[date | None, str, str | None]


def due_soon(
    sheet: Sheet,
    periods_of_year: Sequence[PeriodLike],
    remedies: Mapping[str, Remedy],
    today: date,
    within_days: int = WITHIN_DAYS,
) -> tuple[Due, ...]:
    """List what falls due within so many days and what is overdue, the earliest day first.

    The days of the assessment's own period count until it is handed on; those of later periods only while they come,
    because their assessments tell themselves when they are late.
    """
    coming = [period for period in periods_of_year if period.order > sheet.assessment.period_order]
    coming.sort(key=lambda period: period.order)
    may_be_late = [*_own_days(sheet), *_remedies(sheet, remedies)]
    only_ahead = [line for period in coming for line in _days_of(period)]
    only_ahead += [line for period in coming[:1] for line in _falling_due(sheet, period)]
    ahead = [due for line in only_ahead for due in _due(line, today, within_days) if not due.is_overdue]
    late_too = [due for line in may_be_late for due in _due(line, today, within_days)]
    return tuple(sorted([*late_too, *ahead], key=lambda due: due.day))


def _due(line: _Line, today: date, within_days: int) -> Iterator[Due]:
    day, what, code = line
    if day is None:
        return
    days = (day - today).days
    if days <= within_days:
        yield Due(day, what, code, days < 0, days)


def _own_days(sheet: Sheet) -> Iterator[_Line]:
    a = sheet.assessment
    if a.state is State.DRAFT:
        yield a.internal_due, f"Hạn nội bộ của kỳ {a.period_title}", None
    if a.state in _BEFORE_HANDING_IN:
        yield a.outward_due, f"Hạn gửi đi của kỳ {a.period_title}", None


def _days_of(period: PeriodLike) -> Iterator[_Line]:
    yield period.internal_due, f"Hạn nội bộ của kỳ {period.title}", None
    yield period.outward_due, f"Hạn gửi đi của kỳ {period.title}", None


def _remedies(sheet: Sheet, remedies: Mapping[str, Remedy]) -> Iterator[_Line]:
    for leaf in sheet.rubric.leaves:
        remedy, score = remedies.get(leaf.code), sheet.scores[leaf.code]
        if remedy is not None and not remedy.is_settled and score.points < score.effective_max:
            who = f" ({remedy.responsible})" if remedy.responsible else ""
            yield remedy.due, f"Việc khắc phục: {remedy.action_text}{who}", leaf.code


def _falling_due(sheet: Sheet, period: PeriodLike) -> Iterator[_Line]:
    """Give the criteria that can be earned from a period on, by the day when the office wants them."""
    day = period.internal_due or period.outward_due
    for leaf in sheet.rubric.leaves:
        if sheet.scores[leaf.code].status is not Status.NOT_APPLICABLE:
            yield from ((day, what, leaf.code) for what in _what_falls_due(sheet, leaf, period))


def _what_falls_due(sheet: Sheet, leaf: Criterion, period: PeriodLike) -> Iterator[str]:
    scored = leaf.scored
    if scored.due_period == period.code:
        yield f"Đến kỳ {period.title}: {leaf.title}"
    elif isinstance(scored.rule, Checklist) and sheet.period.has_reached(scored.due_period):
        due = sum(item.due_period == period.code and item.points > 0 for item in scored.rule.items)
        if due:
            yield f"{due} ý đến kỳ {period.title}: {leaf.title}"
