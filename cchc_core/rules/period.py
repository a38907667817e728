"""What scoring must know of a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PeriodView:
    """What scoring must know of a period: whether it is provisional, and which due periods it has reached.

    ``reached`` of None means all of them. Nothing is ever "not due" in a period that is not provisional.
    """

    code: str | None = None
    is_provisional: bool = False
    reached: frozenset[str] | None = None

    def has_reached(self, due_period: str | None) -> bool:
        """Tell whether what falls due in that period can be earned by now."""
        if due_period is None or self.reached is None or not self.is_provisional:
            return True
        return due_period in self.reached


YEAR_END = PeriodView()


PERIOD_NAMES: Final[Mapping[str, str]] = {"q1": "quý I", "h1": "6 tháng", "q3": "quý III", "year": "năm"}


def period_name(code: str) -> str:
    """Name a period of the year within a sentence; one that is not of the national pattern keeps its code.

    >>> period_name("q3"), period_name("thang10")
    ('quý III', 'thang10')
    """
    return PERIOD_NAMES.get(code, code)
