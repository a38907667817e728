"""The one function behind every total on every screen and in every export.

For any set of criteria: points + lost + at_risk + not_due + awaiting = effective_max.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO, percent_of
from cchc_core.rules.scoring import Score, Status


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a set of criteria; points in four decimals, counts of criteria by status.

    ``met`` counts the criteria that reach their full points.
    """

    points: Decimal
    max_points: Decimal
    effective_max: Decimal
    self_points: Decimal
    self_max: Decimal
    external_points: Decimal
    external_max: Decimal
    due_max: Decimal
    lost: Decimal
    at_risk: Decimal
    not_due: Decimal
    awaiting: Decimal
    counts: Mapping[Status, int]
    met: int

    @property
    def percent(self) -> Decimal | None:
        """Points in percent of the effective maximum."""
        return percent_of(self.points, self.effective_max)

    @property
    def self_percent(self) -> Decimal | None:
        """What the department scored itself, in percent of what it scores itself."""
        return percent_of(self.self_points, self.self_max)

    @property
    def due_percent(self) -> Decimal | None:
        """What the department scored itself, in percent of what could be earned by now."""
        return percent_of(self.self_points, self.due_max)

    @property
    def leaves(self) -> int:
        """How many criteria were counted."""
        return sum(self.counts.values())

    @property
    def applicable(self) -> int:
        """How many criteria apply: the others leave numerator and denominator."""
        return self.leaves - self.counts[Status.NOT_APPLICABLE]


@dataclass(frozen=True, slots=True)
class RubricTotals:
    """The totals of a whole criteria set and of its parts, sections and groups, each by code in printed order."""

    total: Totals
    parts: Mapping[str, Totals]
    sections: Mapping[str, Totals]
    groups: Mapping[str, Totals]


def tally(scored: Iterable[tuple[Criterion, Score]]) -> Totals:
    """Add up any set of scored criteria. Sums are exact; nothing is rounded here."""
    # Run for every node of a criteria set at every click, so without a helper for each criterion: half the time.
    sums = dict.fromkeys(_SUMS, ZERO)
    counts = dict.fromkeys(_STATUSES, 0)
    met = 0
    for criterion, score in scored:
        points, effective_max = score.points, score.effective_max
        points_of_side, max_of_side = _SIDES[score.is_external]
        counts[score.status] += 1
        met += points == effective_max > 0
        sums["points"] += points
        sums["max_points"] += criterion.max_points
        sums["effective_max"] += effective_max
        sums[points_of_side] += points
        sums[max_of_side] += effective_max
        sums["not_due"] += score.not_due_points
        sums[_WHERE_OPEN_POINTS_GO[score.status]] += score.open_points
    return Totals(due_max=sums["self_max"] - sums["not_due"], counts=counts, met=met, **sums)


_STATUSES = tuple(Status)
_SIDES = {False: ("self_points", "self_max"), True: ("external_points", "external_max")}
_SUMS = (
    "points",
    "max_points",
    "effective_max",
    "self_points",
    "self_max",
    "external_points",
    "external_max",
    "lost",
    "at_risk",
    "not_due",
    "awaiting",
)
_WHERE_OPEN_POINTS_GO = {
    Status.SCORED: "lost",
    Status.VOIDED: "lost",
    Status.MISSING: "at_risk",
    Status.AWAITING: "awaiting",
    Status.NOT_DUE: "not_due",
    Status.NOT_APPLICABLE: "lost",
}


def total_rubric(rubric: Rubric, scores: Mapping[str, Score]) -> RubricTotals:
    """Add up a criteria set from the score of each of its leaves (all of them, by code)."""
    pairs = [(leaf, scores[leaf.code]) for leaf in rubric.leaves]
    by_node: dict[str, list[tuple[Criterion, Score]]] = {}
    for pair in pairs:
        for node in rubric.above(pair[0].code):
            by_node.setdefault(node, []).append(pair)
    return RubricTotals(
        total=tally(pairs),
        parts={part.code: tally(by_node.get(f"part {part.code}", ())) for part in rubric.parts},
        sections={section.code: tally(by_node.get(section.code, ())) for section in rubric.sections},
        groups={group.code: tally(by_node.get(group.code, ())) for group in rubric.criteria if not group.is_leaf},
    )
