"""What the figures say about a criterion: the inputs they give, the points these come to, and whether that is new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from cchc_core.answer_sources.model import (
    ASSIGNING,
    FIGURE,
    PLAN_ID,
    SourceKind,
    indicator_inputs,
    task_measures,
)
from cchc_core.indicators.keeping import two_years
from cchc_core.indicators.picking import Pick, pick
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import EMPTY, FIELD_NAMES, Entry, read_entry
from cchc_core.rules.decimals import exact_percent_of, format_number
from cchc_core.rules.kinds import Compare, Count, Ratio
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import Score, score
from cchc_core.sheet import Sheet
from cchc_core.store import plans
from cchc_core.store.answer_sources import StoredSource
from cchc_core.store.connection import Connection
from cchc_core.tasks.totals import Figures, assigned_figures, assigning_bodies, is_named_by, plan_figures

LAST_YEAR = "last_year"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the figures say: ``raw`` is the answer they make and ``score`` its points, None where they make none.

    ``lines`` tell each figure in words, ``problem`` why there is no answer; ``differs`` tells whether the answer that
    is stored is another one. A criterion that somebody has put aside (không áp dụng, chưa đến kỳ) does not differ.
    """

    source: StoredSource
    lines: tuple[str, ...]
    raw: Mapping[str, object] | None
    score: Score | None
    problem: str
    differs: bool


@dataclass(frozen=True, slots=True)
class _Taken:
    """The inputs that a source gives, what is said of them, and what is missing."""

    raw: Mapping[str, object]
    lines: tuple[str, ...]
    missing: tuple[str, ...] = ()


def propose(
    connection: Connection, sheet: Sheet, criterion: Criterion, source: StoredSource, department_id: str, today: date
) -> Proposal:
    """Read what the source of a criterion gives at this moment."""
    taken = _take(connection, sheet, criterion, source, department_id, today)
    stored = sheet.answers.get(criterion.code)
    entry = EMPTY if stored is None else stored.entry
    if taken.missing:
        return Proposal(source, taken.lines, None, None, f"Chưa có {'; '.join(taken.missing)}.", False)
    raw = {**taken.raw, **({"voided": entry.voided} if entry.voided is not None else {})}
    try:
        wanted = read_entry(criterion.scored, raw)
        scored = score(criterion.scored, wanted, sheet.period)
    except AnswerRefused as why:
        return Proposal(source, taken.lines, None, None, str(why), False)
    return Proposal(source, taken.lines, raw, scored, "", _differs(wanted, entry))


def _differs(wanted: Entry, stored: Entry) -> bool:
    is_put_aside = stored.not_applicable is not None or stored.not_due
    return not is_put_aside and wanted.answer != stored.answer


def _take(
    connection: Connection, sheet: Sheet, criterion: Criterion, source: StoredSource, department_id: str, today: date
) -> _Taken:
    year = sheet.assessment.year
    if source.source == SourceKind.INDICATOR:
        taken = _from_indicators(connection, criterion, source, department_id, year)
        return replace(taken, lines=(*taken.lines, _OF_THE_YEAR)) if sheet.period.is_provisional else taken
    until = last_day(sheet, today)
    is_past, told = until < today, f", tính đến hết ngày {until:%d/%m/%Y}"
    if source.source == SourceKind.PLAN:
        plan = plans.find(connection, source.inputs.get(PLAN_ID, ""))
        if plan is None:
            return _Taken({}, (), ("kế hoạch đã chọn (kế hoạch không còn)",))
        figures: Figures = plan_figures(connection, plan.id, until, is_past=is_past)
        return _from_tasks(criterion, source, figures, f"kế hoạch «{plan.title}»{told}")
    assigning = source.inputs.get(ASSIGNING, "")
    whose = f"nhiệm vụ được giao năm {year}" + (f", cơ quan giao có chữ «{assigning}»" if assigning else "")
    figures = assigned_figures(connection, department_id, year, until, assigning, is_past=is_past)
    taken = _from_tasks(criterion, source, figures, f"{whose}{told}")
    if not assigning:
        return taken
    bodies = assigning_bodies(connection, department_id, year, until, is_past=is_past)
    return replace(taken, lines=(*taken.lines, *_told_bodies(bodies, assigning)))


_OF_THE_YEAR: Final = "Số liệu thống kê là của cả năm, như đang ghi hôm nay, không tách theo kỳ."


def last_day(sheet: Sheet, today: date) -> date:
    """Give the day up to which tasks count: a quarter's last day once it has passed, else today.

    The year has no such end: what is done late in December, or overdue by its end, counts until somebody confirms.
    """
    end = sheet.assessment.data_to
    return today if end is None or not sheet.period.is_provisional else min(end, today)


def _told_bodies(bodies: Mapping[str, int], assigning: str) -> Iterator[str]:
    for is_counted, words in ((True, "Cơ quan giao được tính"), (False, "Cơ quan giao không tính")):
        named = [
            f"{body or 'không ghi tên'} ({many} nhiệm vụ)"
            for body, many in sorted(bodies.items())
            if is_named_by(body, assigning) is is_counted
        ]
        if named:
            yield f"{words}: {', '.join(named)}"


def _from_indicators(
    connection: Connection, criterion: Criterion, source: StoredSource, department_id: str, year: int
) -> _Taken:
    raw: dict[str, object] = {}
    lines: list[str] = []
    missing: list[str] = []
    for name, picked, in_year in _wanted_figures(criterion, source, year):
        if picked is None:
            missing.append(f"{FIELD_NAMES[name].lower()} (chỉ tiêu đã chọn không còn)")
            continue
        years = two_years(connection, department_id, in_year, picked.form)
        value = picked.value_in(years.values(picked.indicator.code))
        label = f"{FIELD_NAMES[name]}: {picked.label}, năm {in_year}"
        if value is None:
            missing.append(f"số liệu {picked.indicator.code} năm {in_year}")
        else:
            raw[name] = f"{value:f}"
            lines.append(f"{label} = {format_number(value)}")
    return _Taken(raw, tuple(lines), tuple(missing))


def _wanted_figures(criterion: Criterion, source: StoredSource, year: int) -> Iterator[tuple[str, Pick | None, int]]:
    rule = criterion.scored.rule
    for name in indicator_inputs(rule):
        picked = pick(source.inputs.get(name, ""))
        yield name, picked, year
        if isinstance(rule, Compare):
            yield LAST_YEAR, picked, year - 1


def _from_tasks(criterion: Criterion, source: StoredSource, figures: Figures, whose: str) -> _Taken:
    rule = criterion.scored.rule
    measure = task_measures(rule).get(source.inputs.get(FIGURE, ""))
    if measure is None:
        return _Taken({}, (), ("số liệu nhiệm vụ đã chọn",))
    counted, whole = measure.of(figures), Decimal(figures.total)
    line = f"{whose[0].upper()}{whose[1:]}: {format_number(counted)}/{format_number(whole)} {measure.name}"
    if isinstance(rule, Count):
        # No work assigned at all is not the same as none that is late.
        return _Taken({"count": f"{counted:f}"}, (line,), () if whole else (whose,))
    if isinstance(rule, Ratio):
        return _Taken({"numerator": f"{counted:f}", "denominator": f"{whole:f}"}, (line,), () if whole else (whose,))
    percent = exact_percent_of(counted, whole)
    if percent is None:
        return _Taken({}, (line,), (whose,))
    return _Taken({"value": f"{percent:f}"}, (f"{line} = {format_number(percent)} %",))
