"""What scoring must know of a period."""

from dataclasses import dataclass


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
