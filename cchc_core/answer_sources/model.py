"""What a criterion can take its inputs from, by the kind of its rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.indicators.model import IndicatorSet
from cchc_core.indicators.picking import Pick, picks
from cchc_core.rules.kinds import Bands, Compare, Count, Ratio, Rule
from cchc_core.tasks.totals import Figures


class SourceKind(StrEnum):
    """Where the inputs of a criterion come from."""

    NONE = ""
    INDICATOR = "indicator"
    PLAN = "plan"
    ASSIGNED = "assigned"


SOURCE_NAMES: Final[Mapping[SourceKind, str]] = {
    SourceKind.NONE: "Tự nhập, không lấy từ đâu",
    SourceKind.INDICATOR: "Chỉ tiêu thống kê",
    SourceKind.PLAN: "Kết quả thực hiện kế hoạch",
    SourceKind.ASSIGNED: "Nhiệm vụ được giao",
}

PLAN_ID, ASSIGNING, FIGURE = "plan", "assigning", "figure"
"""Names of inputs: the kept plan; words of the body that assigned the work, '' for all; which figure of the tasks."""


@dataclass(frozen=True, slots=True)
class TaskMeasure:
    """A figure of tasks: what it is called, and how many of them it counts."""

    name: str
    attributes: tuple[str, ...]

    def of(self, figures: Figures) -> Decimal:
        """Count the tasks."""
        return Decimal(sum(getattr(figures, attribute) for attribute in self.attributes))


SHARES: Final[Mapping[str, TaskMeasure]] = {
    "done": TaskMeasure("nhiệm vụ đã hoàn thành", ("done",)),
    "on_time": TaskMeasure("nhiệm vụ hoàn thành đúng hạn và sớm hạn", ("on_time", "early")),
    "early": TaskMeasure("nhiệm vụ hoàn thành sớm hạn", ("early",)),
}
"""What stands over all tasks in a ratio or a percent."""

COUNTS: Final[Mapping[str, TaskMeasure]] = {
    "late_or_not_done": TaskMeasure("nhiệm vụ chậm trễ, quá hạn hoặc không thực hiện", ("late_or_not_done",)),
    "late": TaskMeasure("nhiệm vụ hoàn thành quá hạn", ("late",)),
    "overdue": TaskMeasure("nhiệm vụ quá hạn chưa hoàn thành", ("overdue",)),
    "total": TaskMeasure("tất cả nhiệm vụ", ("tasks",)),
}
"""What a criterion that counts cases can count."""

_INPUTS: Final[Mapping[type, tuple[str, ...]]] = {
    Ratio: ("numerator", "denominator"),
    Bands: ("value",),
    Count: ("count",),
    Compare: ("this_year",),
}


def indicator_inputs(rule: Rule) -> tuple[str, ...]:
    """Name the inputs of a rule that indicators fill; last year's figure of a comparison is the same indicator's."""
    return _INPUTS.get(type(rule), ())


def task_measures(rule: Rule) -> Mapping[str, TaskMeasure]:
    """Give the figures of tasks that a rule can take; none for a comparison or a value that is no percent."""
    if isinstance(rule, Count):
        return COUNTS
    is_share = isinstance(rule, Ratio) or (isinstance(rule, Bands) and rule.is_percent)
    return SHARES if is_share else {}


def source_kinds(rule: Rule) -> tuple[SourceKind, ...]:
    """List where the inputs of a rule may come from; nothing for a rule that is answered by people alone."""
    if not indicator_inputs(rule):
        return ()
    of_tasks = (SourceKind.PLAN, SourceKind.ASSIGNED) if task_measures(rule) else ()
    return (SourceKind.NONE, SourceKind.INDICATOR, *of_tasks)


def pickable(rule: Rule, form: IndicatorSet) -> tuple[Pick, ...]:
    """Give the figures of a form that can fill an input of a rule: counts, percents, or any for a comparison."""
    listed = tuple(picks(form))
    if isinstance(rule, Ratio | Count):
        return tuple(each for each in listed if each.place is not None and not each.is_percent)
    if isinstance(rule, Bands):
        return tuple(each for each in listed if each.is_percent == rule.is_percent)
    return listed
