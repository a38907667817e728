"""The one function behind every total on every screen and in every export.

For any set of criteria: points + lost + at_risk + not_due + awaiting = effective_max + bonus. Bonuses (điểm thưởng) and
penalties (điểm trừ) stand beside the maximum: what is added is counted in ``bonus``, what is taken off is lost.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_core.rubric.capping import capped
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO, percent_of
from cchc_core.rules.scoring import Score, Status


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a set of criteria; points in four decimals, counts of criteria by status.

    ``met`` counts the criteria that reach their full points. ``bonus`` and ``penalty`` are what bonuses add and
    penalties take off, both positive and both part of ``points``; the penalties are part of ``lost`` too. ``counts``
    leaves these criteria out: ``adjustments`` says how many they are, ``adjustments_done`` how many are settled.
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
    bonus: Decimal = ZERO
    penalty: Decimal = ZERO
    external_bonus: Decimal = ZERO
    adjustments: int = 0
    adjustments_done: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Points in percent of the effective maximum; only bonuses take it above 100."""
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
        """How many criteria were counted, bonuses and penalties left out."""
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
    adjusted: list[Score] = []
    met = 0
    for criterion, score in scored:
        points, effective_max = score.points, score.effective_max
        if not effective_max and criterion.is_adjustment:
            adjusted.append(score)
            continue
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
    due_max = sums["self_max"] - sums["not_due"]
    totals = Totals(due_max=due_max, counts=counts, met=met, adjustments=0, adjustments_done=0, **sums)
    return _adjusted(totals, adjusted) if adjusted else totals


def _adjusted(totals: Totals, scores: Collection[Score]) -> Totals:
    """Add bonuses and penalties, which have no maximum that anything could be missing of."""
    own, others = ([score.points for score in scores if score.is_external == side] for side in (False, True))
    external_bonus = sum((points for points in others if points > 0), ZERO)
    penalty = sum((score.open_points for score in scores), ZERO)
    return replace(
        totals,
        points=totals.points + sum(own, ZERO) + sum(others, ZERO),
        self_points=totals.self_points + sum(own, ZERO),
        external_points=totals.external_points + sum(others, ZERO),
        lost=totals.lost + penalty,
        bonus=sum((points for points in own if points > 0), external_bonus),
        penalty=penalty,
        external_bonus=external_bonus,
        adjustments=len(scores),
        adjustments_done=sum(score.status in _SETTLED for score in scores),
    )


def joined(many: Iterable[Totals]) -> Totals:
    """Add up totals of criteria that have none in common."""
    listed = tuple(many)
    counts = {status: sum(totals.counts[status] for totals in listed) for status in _STATUSES}
    every = (*_SUMS, "bonus", "penalty", "external_bonus")
    sums: dict[str, Decimal] = {name: sum((getattr(totals, name) for totals in listed), ZERO) for name in every}
    return Totals(
        due_max=sums["self_max"] - sums["not_due"],
        counts=counts,
        met=sum(totals.met for totals in listed),
        adjustments=sum(totals.adjustments for totals in listed),
        adjustments_done=sum(totals.adjustments_done for totals in listed),
        **sums,
    )


_SETTLED = frozenset({Status.SCORED, Status.VOIDED, Status.NOT_APPLICABLE})
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
    """Add up a criteria set from the score of each of its leaves (all of them, by code), as far as its caps count."""
    scores = capped(rubric, scores)
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
