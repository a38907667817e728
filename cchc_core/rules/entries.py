"""What a scorer enters for one criterion, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LevelAnswer:
    """The chosen level, counted from 0."""

    level: int


@dataclass(frozen=True, slots=True)
class TickAnswer:
    """The ticked items, and a percent for each ratio item that has one."""

    ticked: frozenset[int]
    percents: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatioAnswer:
    """The two figures of a ratio."""

    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True, slots=True)
class ValueAnswer:
    """One measured value."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """How many cases."""

    count: int


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """This year's figure and last year's."""

    this_year: Decimal
    last_year: Decimal


@dataclass(frozen=True, slots=True)
class PointsAnswer:
    """Points given by hand or by others; others name their source."""

    points: Decimal
    source: str | None = None


@dataclass(frozen=True, slots=True)
class PercentAnswer:
    """A percent of the maximum given by others."""

    percent: Decimal
    source: str


Answer = (
    LevelAnswer | TickAnswer | RatioAnswer | ValueAnswer | CountAnswer | CompareAnswer | PointsAnswer | PercentAnswer
)


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is entered for a criterion: an answer, or why there is none."""

    answer: Answer | None = None
    not_applicable: str | None = None
    voided: str | None = None
    not_due: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is entered."""
        return self == EMPTY


EMPTY = Entry()
