"""Where the points of a section stand, in parts that add up to its maximum; what others score stands apart.

What bonuses add is earned too, so the parts can be longer than the maximum. What penalties take off is lost, and where
they take off more than was earned, what is earned is negative.
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
    numerator and denominator. ``bonus`` says how much of what is earned or given comes on top of the maximum.
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
        """All parts together but for what comes on top."""
        return self.effective_max + self.not_applicable

    @property
    def effective_max(self) -> Decimal:
        """All parts that apply but for what comes on top."""
        own = self.earned + self.lost + self.missing + self.not_due
        return own + self.external_given + self.external_lost + self.awaiting - self.bonus

    @property
    def points(self) -> Decimal:
        """What is earned, by whomever it was scored."""
        return self.earned + self.external_given

    @property
    def percent(self) -> Decimal | None:
        """Points in percent of the effective maximum; None where there is none."""
        return percent_of(self.points, self.effective_max)


def shares(totals: Totals) -> Shares:
    """Split the maximum that lies behind some totals; the parts add up to ``max_points`` and the bonus exactly."""
    external_lost = totals.external_max + totals.external_bonus - totals.external_points - totals.awaiting
    return Shares(
        earned=totals.self_points,
        lost=totals.lost - external_lost,
        missing=totals.at_risk,
        not_due=totals.not_due,
        external_given=totals.external_points,
        external_lost=external_lost,
        awaiting=totals.awaiting,
        not_applicable=totals.max_points - totals.effective_max,
        bonus=totals.bonus,
    )


def joined(many: Iterable[Shares]) -> Shares:
    """Add up the parts of several sections."""
    listed = tuple(many)
    return Shares(**{field.name: sum((getattr(each, field.name) for each in listed), ZERO) for field in fields(Shares)})
