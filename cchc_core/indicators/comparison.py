"""This year beside last year: Năm n−1 | Năm n | chênh lệch."""

from dataclasses import dataclass
from decimal import Decimal

from cchc_core.indicators.model import Indicator
from cchc_core.indicators.values import Values, result_of

RESULT_LABEL = "Kết quả"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure, or the computed result of a ratio, in both years; None where there is none."""

    label: str
    unit: str
    this: Decimal | None
    last: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """This year less last year, of the numbers as they are shown; None where either is missing."""
        return None if self.this is None or self.last is None else self.this - self.last


def compare_years(indicator: Indicator, this: Values | None, last: Values | None) -> tuple[Difference, ...]:
    """Put the values of two years side by side, a line for each figure, then one for what is computed from them.

    A year of which nothing is known is None. A ratio over 0 has no result, and so no difference.
    """
    nothing: Values = (None,) * len(indicator.figures)
    this, last = nothing if this is None else this, nothing if last is None else last
    lines = [
        Difference(figure.label, figure.unit, now, before)
        for figure, now, before in zip(indicator.figures, this, last, strict=True)
    ]
    if indicator.result_unit is not None:
        results = result_of(indicator, this), result_of(indicator, last)
        lines.append(Difference(RESULT_LABEL, indicator.result_unit, *results))
    return tuple(lines)
