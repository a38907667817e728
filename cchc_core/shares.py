"""Where the points of a section stand, in parts that add up to its maximum; what others score stands apart.

Bonuses stand on top of the maximum. What penalties take off is lost, and where they take off more than the other
criteria earn, what is earned is negative.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from cchc_core.rules.decimals import ZERO, percent_of
from cchc_core.totals import Totals


@dataclass(frozen=True, slots=True)
class Shares:
    """The maximum of a section in parts, in points; each point stands in one of them.

    The first four are the department's own, the next three lie with those outside who score, the last one left
    numerator and denominator. ``bonus`` comes on top, by whomever it was scored.
    """

    earned: Decimal
    lost: Decimal
    missing: Decimal
    not_due: Decimal
    external_given: Decimal
    external_lost: Decimal
    awaiting: Decimal
    not_applicable: Decimal
    bonus: Decimal = ZERO

    @property
    def max_points(self) -> Decimal:
        """All parts together, without what comes on top."""
        return self.effective_max + self.not_applicable

    @property
    def effective_max(self) -> Decimal:
        """All parts that apply."""
        own = self.earned + self.lost + self.missing + self.not_due
        return own + self.external_given + self.external_lost + self.awaiting

    @property
    def points(self) -> Decimal:
        """What is earned, by whomever it was scored."""
        return self.earned + self.external_given + self.bonus

    @property
    def percent(self) -> Decimal | None:
        """Points in percent of the effective maximum; None where there is none."""
        return percent_of(self.points, self.effective_max)


def shares(totals: Totals) -> Shares:
    """Split the maximum that lies behind some totals; the parts without the bonus add up to ``max_points`` exactly."""
    external_given = totals.external_points - totals.external_bonus
    external_lost = totals.external_max - external_given - totals.awaiting
    return Shares(
        earned=totals.self_points - totals.bonus + totals.external_bonus,
        lost=totals.lost - external_lost,
        missing=totals.at_risk,
        not_due=totals.not_due,
        external_given=external_given,
        external_lost=external_lost,
        awaiting=totals.awaiting,
        not_applicable=totals.max_points - totals.effective_max,
        bonus=totals.bonus,
    )


def joined(many: Iterable[Shares]) -> Shares:
    """Add up the parts of several sections."""
    listed = tuple(many)
    return Shares(**{field.name: sum((getattr(each, field.name) for each in listed), ZERO) for field in fields(Shares)})
