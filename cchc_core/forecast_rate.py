"""How well criteria have done so far, to guess others by."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from cchc_core.rules.decimals import percent_of, round_points


@dataclass(frozen=True, slots=True)
class Rate:
    """How well the criteria that are scored so far have done: points of what was due, which is not 0."""

    points: Decimal
    effective_max: Decimal

    @property
    def percent(self) -> Decimal | None:
        """Give the rate in percent, half up to two decimals."""
        return percent_of(self.points, self.effective_max)

    def of(self, effective_max: Decimal) -> Decimal:
        """Give the same share of another maximum, never above it; rounded half up once.

        >>> Rate(Decimal("2.0000"), Decimal("3.0000")).of(Decimal("0.5000"))
        Decimal('0.3333')
        """
        return _share_of(self, effective_max)


@lru_cache(maxsize=4096)  # a set has few different maxima, and a fraction takes more time than all else of a criterion
def _share_of(rate: Rate, effective_max: Decimal) -> Decimal:
    exact = Fraction(effective_max) * Fraction(rate.points) / Fraction(rate.effective_max)
    return min(round_points(exact), effective_max)
