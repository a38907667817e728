"""Where the year is heading: four sums that add up to its effective maximum and what bonuses add to it at best, and a
low, expected and high total.

Earned (đã đạt), within reach (còn có thể đạt), lost for good (đã mất) and what others score (bên ngoài chấm);
each figure is the sum of the criteria's own (see :mod:`cchc_core.leaf_forecast`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_core.forecast_rate import Rate
from cchc_core.leaf_forecast import BASIS_NAMES, Basis, Known, LeafForecast, forecast_leaf, is_past_due
from cchc_core.rubric.capping import Rooms, cap_words
from cchc_core.rubric.model import Cap
from cchc_core.rules.decimals import ZERO, percent_of
from cchc_core.rules.explain import signed
from cchc_core.rules.scoring import Score, Status
from cchc_core.sheet import Sheet

__all__ = ["BASIS_NAMES", "Basis", "Forecast", "LeafForecast", "Sums", "forecast", "is_past_due"]


@dataclass(frozen=True, slots=True)
class Sums:
    """The year's end of a set of criteria: earned + within_reach + lost + external = effective_max + bonus.

    ``external_points`` is what others have given so far, ``external_expected`` what they are expected to give in all;
    ``applicable`` counts the criteria that have an effective maximum.
    """

    effective_max: Decimal
    earned: Decimal
    within_reach: Decimal
    lost: Decimal
    external: Decimal
    external_points: Decimal
    external_expected: Decimal
    low: Decimal
    expected: Decimal
    high: Decimal
    applicable: int
    bonus: Decimal = ZERO

    @property
    def low_percent(self) -> Decimal | None:
        """Give the low total in percent of the effective maximum."""
        return percent_of(self.low, self.effective_max)

    @property
    def expected_percent(self) -> Decimal | None:
        """Give the expected total in percent of the effective maximum."""
        return percent_of(self.expected, self.effective_max)

    @property
    def high_percent(self) -> Decimal | None:
        """Give the high total in percent of the effective maximum."""
        return percent_of(self.high, self.effective_max)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of an assessment: every criterion in printed order, the sections, the total.

    ``rate`` is what the unit's own scored criteria have reached so far of what was due of them, in percent; None while
    none is scored.
    """

    leaves: Mapping[str, LeafForecast]
    total: Sums
    sections: Mapping[str, Sums]
    rate: Decimal | None

    def sums(self, section: str | None = None) -> Sums:
        """Give the sums of a section, or of the whole set (KeyError when there is no such section)."""
        return self.total if section is None else self.sections[section]


def forecast(sheet: Sheet, last_year: Mapping[str, Score] | None = None) -> Forecast:
    """Forecast the year's end from what is stored now.

    ``last_year`` holds the scores of the year before, by the codes that the two years have in common. One that was
    not scored then tells nothing and is passed over.
    """
    before = {} if last_year is None else last_year
    rate = _rate_so_far(sheet)
    leaves = {
        leaf.code: forecast_leaf(
            Known(
                leaf.code,
                leaf.scored,
                sheet.period,
                sheet.scores[leaf.code],
                sheet.answers.get(leaf.code),
                sheet.outlooks.get(leaf.code),
                before.get(leaf.code),
                rate,
            )
        )
        for leaf in sheet.rubric.leaves
    }
    leaves |= _held_by_caps(sheet, leaves)
    sections = {
        section.code: _sum(sheet, (leaves[leaf.code] for leaf in sheet.rubric.leaves_of(section.code)))
        for section in sheet.rubric.sections
    }
    return Forecast(leaves, _total(sections.values()), sections, None if rate is None else rate.percent)


def _held_by_caps(sheet: Sheet, leaves: Mapping[str, LeafForecast]) -> Mapping[str, LeafForecast]:
    """Give those of which caps count less than is expected: what counts now keeps its room."""
    held: dict[str, LeafForecast] = {}
    if not sheet.rubric.caps:
        return held
    rooms = Rooms(sheet.rubric)
    for leaf in sheet.rubric.adjustments:
        rooms.take(leaf, sheet.scores[leaf.code].points)
    for leaf in sheet.rubric.adjustments:
        now, each = sheet.scores[leaf.code].points, leaves[leaf.code]
        if abs(each.expected) > abs(now):
            more, full = rooms.take(leaf, each.expected - now)
            if full is not None:
                held[leaf.code] = _held(each, now, now + more, full)
    return held


def _held(leaf: LeafForecast, now: Decimal, expected: Decimal, cap: Cap) -> LeafForecast:
    too_much = leaf.bonus - expected if leaf.bonus else ZERO
    return replace(
        leaf,
        low=min(now, expected),
        expected=expected,
        high=leaf.high - too_much,
        bonus=leaf.bonus - too_much,
        within_reach=leaf.within_reach and leaf.within_reach - too_much,
        external=leaf.external and leaf.external - too_much,
        explanation=f"{leaf.explanation} Chỉ tính {signed(expected)} điểm vì {cap_words((cap,))}.",
    )


def _rate_so_far(sheet: Sheet) -> Rate | None:
    own = (one for one in sheet.scores.values() if not one.is_external and one.effective_max)
    scored = [one for one in own if one.status is Status.SCORED]
    # What could not be earned yet says nothing about how well the unit does.
    due_max = sum((one.effective_max - one.not_due_points for one in scored), ZERO)
    return Rate(sum((one.points for one in scored), ZERO), due_max) if due_max else None


def _sum(sheet: Sheet, leaves: Iterable[LeafForecast]) -> Sums:
    sums = dict.fromkeys(_OF_LEAVES, ZERO)
    external_points = external_expected = ZERO
    applicable = 0
    for leaf in leaves:
        for name in _OF_LEAVES:
            sums[name] += getattr(leaf, name)
        applicable += leaf.effective_max > 0
        if sheet.scores[leaf.code].is_external:
            external_points += sheet.scores[leaf.code].points
            external_expected += leaf.expected
    return Sums(external_points=external_points, external_expected=external_expected, applicable=applicable, **sums)


def _total(sections: Collection[Sums]) -> Sums:
    points = {name: sum((getattr(each, name) for each in sections), ZERO) for name in _OF_SECTIONS}
    return Sums(applicable=sum(each.applicable for each in sections), **points)


_OF_LEAVES = ("effective_max", "bonus", "earned", "within_reach", "lost", "external", "low", "expected", "high")
_OF_SECTIONS = (*_OF_LEAVES, "external_points", "external_expected")
