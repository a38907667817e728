"""The kinds of rules that provinces print, as values.

Source: the points tables of Sóc Trăng (Kế hoạch CCHC 2022, Phụ lục 02) and Nam Định (Sở TN&MT, 2024).
A changed year is new data; nothing here knows a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never

from cchc_core.rules.decimals import ZERO


@dataclass(frozen=True, slots=True)
class Level:
    """One of the levels a scorer chooses from."""

    text: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Levels:
    """Chọn một mức: exactly one level."""

    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist; a ratio item earns its points in proportion to a percent (0 to 100)."""

    text: str
    points: Decimal
    is_ratio: bool = False
    due_period: str | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """Đánh dấu các ý đạt: the points of the lines that are met are added."""

    items: tuple[Item, ...]


class EmptyDenominator(StrEnum):
    """What a ratio with nothing to count means."""

    FULL = "full"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Ratio:
    """Theo tỷ lệ: maximum × numerator ÷ denominator; below ``floor_percent`` nothing."""

    numerator: str
    denominator: str
    floor_percent: Decimal | None = None
    empty_denominator: EmptyDenominator = EmptyDenominator.REFUSE


@dataclass(frozen=True, slots=True)
class Linear:
    """Points as factor × value + constant."""

    factor: Decimal
    constant: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A range of measured values (a bound of None is open) with fixed points or a line."""

    lower: Decimal | None
    upper: Decimal | None
    includes_lower: bool
    includes_upper: bool
    points: Decimal | None = None
    linear: Linear | None = None

    def holds(self, value: Decimal) -> bool:
        """Tell whether a value falls in this band."""
        above = self.lower is None or value > self.lower or (self.includes_lower and value == self.lower)
        below = self.upper is None or value < self.upper or (self.includes_upper and value == self.upper)
        return above and below


PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Bands:
    """Theo khoảng: the points of the band that one measured value falls in.

    ``known_gaps`` are single values that the print itself leaves without a band (0,3 in 6.4 of Sóc Trăng).
    """

    measure: str
    unit: str
    bands: tuple[Band, ...]
    known_gaps: tuple[Decimal, ...] = ()

    @property
    def is_percent(self) -> bool:
        """Tell whether the measured value is a percent, which lies between 0 and 100."""
        return self.unit == PERCENT


@dataclass(frozen=True, slots=True)
class Count:
    """Theo số trường hợp: points by how many cases, the last for "and more"."""

    of: str
    points_by_count: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """So với năm trước: points when this year's figure is higher, equal or lower."""

    of: str
    higher: Decimal
    equal: Decimal
    lower: Decimal


@dataclass(frozen=True, slots=True)
class External:
    """Do bên ngoài chấm: a survey or another body gives the points."""

    source: str


@dataclass(frozen=True, slots=True)
class Manual:
    """Nhập điểm: points typed by hand in steps, for rules that the print lost; the reason is shown."""

    step: Decimal
    reason: str


Rule = Levels | Checklist | Ratio | Bands | Count | Compare | External | Manual


class Effect(StrEnum):
    """What a criterion's points do to a total: most are part of the maximum, some come on top or are taken off."""

    NORMAL = "normal"
    BONUS = "bonus"
    PENALTY = "penalty"


EFFECT_NAMES: Final[Mapping[Effect, str]] = {Effect.BONUS: "Điểm thưởng", Effect.PENALTY: "Điểm trừ"}
"""What people call the criteria that stand beside the maximum; the others bear no such name."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What scoring must know of a criterion that is scored.

    ``max_points`` of a bonus (điểm thưởng) is the most that it adds, of a penalty (điểm trừ) what it takes off at most.
    """

    max_points: Decimal
    rule: Rule
    not_applicable_clause: str | None = None
    void_condition: str | None = None
    due_period: str | None = None
    effect: Effect = Effect.NORMAL

    @property
    def is_external(self) -> bool:
        """Tell whether others score this criterion."""
        return isinstance(self.rule, External)

    @property
    def is_adjustment(self) -> bool:
        """Tell whether this is a bonus or a penalty: it stands beside the maximum and is no part of it."""
        return self.effect is not Effect.NORMAL

    @property
    def counted_max(self) -> Decimal:
        """Give what this adds to the maximum of its group: nothing where it is a bonus or a penalty."""
        return ZERO if self.is_adjustment else self.max_points


def kind_of(rule: Rule) -> str:
    """Name the kind of a rule as the data files and the JSON contract spell it."""
    return type(rule).__name__.lower()


def screen_name(rule: Rule) -> str:  # noqa: C901 (one line a kind)
    """Name the kind of a rule as people see it."""
    match rule:
        case Levels():
            return "Chọn một mức"
        case Checklist():
            return "Đánh dấu các ý đạt"
        case Ratio():
            return "Theo tỷ lệ"
        case Bands():
            return "Theo khoảng"
        case Count():
            return "Theo số trường hợp"
        case Compare():
            return "So với năm trước"
        case External():
            return "Do bên ngoài chấm"
        case Manual():
            return "Nhập điểm"
    assert_never(rule)
