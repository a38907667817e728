"""A promised figure against what was reached: đạt, chưa đạt, chưa có số liệu, and by how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeAlias

from cchc_core.rules.decimals import decimals_of, format_number
from cchc_core.text import fold

Reached: TypeAlias = Decimal | str
"""A number, or a grade such as "Tốt"."""

PERCENT: Final = "%"
_MOST_SHOWN: Final = 4
GRADES: Final = ("Kém", "Yếu", "Trung bình", "Khá", "Tốt", "Xuất sắc")
"""Grades as reports give them, from the lowest to the highest."""

OPERATORS: Final[Mapping[str, str]] = {"=": "đạt", ">": "trên", ">=": "từ", "<": "dưới", "<=": "không quá"}
"""How each comparison is read before the value: "từ 30 %"."""


class Outcome(StrEnum):
    """How a promised figure stands."""

    MET = "met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"


OUTCOME_NAMES: Final[Mapping[Outcome, str]] = {
    Outcome.MET: "Đạt",
    Outcome.NOT_MET: "Chưa đạt",
    Outcome.NO_DATA: "Chưa có số liệu",
}


@dataclass(frozen=True, slots=True)
class Goal:
    """What is promised: ``operator`` to ``value``; ``unit`` is % for a percent."""

    operator: str
    value: Reached
    unit: str

    @property
    def is_percent(self) -> bool:
        """Tell whether a percent is promised."""
        return self.unit == PERCENT

    @property
    def is_ceiling(self) -> bool:
        """Tell whether less is better: not above a value, or none at all ("không có công việc trễ hạn").

        "Đạt 40 %" is a floor: more of it breaks no promise.
        """
        return self.operator in ("<", "<=") or (self.operator == "=" and self.value == 0)


def goal_of(operator: str, value: str, unit: str) -> Goal:
    """Read a stored goal; a value that is no number is a grade."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return Goal(operator, value, unit)
    return Goal(operator, number if number.is_finite() else value, unit)


def outcome(goal: Goal, actual: Reached | None) -> Outcome:
    """Tell how a figure stands against its goal.

    >>> outcome(Goal(">=", Decimal(30), "%"), Decimal("29.99")), outcome(Goal("=", Decimal(0), "việc"), Decimal(1))
    (<Outcome.NOT_MET: 'not_met'>, <Outcome.NOT_MET: 'not_met'>)
    >>> outcome(Goal("=", Decimal(40), "%"), Decimal(55)), outcome(Goal(">=", "Tốt", "loại"), "khá")
    (<Outcome.MET: 'met'>, <Outcome.NOT_MET: 'not_met'>)
    """
    sides = _sides(goal, actual)
    if sides is None:
        return Outcome.NO_DATA
    reached, wanted = sides
    if goal.operator == ">":
        is_met = reached > wanted
    elif goal.operator == "<":
        is_met = reached < wanted
    else:
        is_met = reached <= wanted if goal.is_ceiling else reached >= wanted
    return Outcome.MET if is_met else Outcome.NOT_MET


def distance(goal: Goal, actual: Reached | None) -> Decimal | None:
    """Give how far a figure is beyond its goal on the good side (below 0: what is lacking); None between grades."""
    if not isinstance(actual, Decimal) or not isinstance(goal.value, Decimal):
        return None
    return goal.value - actual if goal.is_ceiling else actual - goal.value


def distance_words(goal: Goal, actual: Reached | None) -> str:
    """Say the distance: "còn thiếu 0,5 %", "vượt 12 %", "vừa đủ"; empty where there is none.

    >>> distance_words(Goal(">=", Decimal(30), "%"), Decimal("29.5"))
    'còn thiếu 0,5 %'
    >>> distance_words(Goal("<=", Decimal(1), "lần"), Decimal(3))
    'vượt mức cho phép 2 lần'
    >>> distance_words(Goal(">", Decimal(70), "%"), Decimal(70))
    'bằng mức 70 %, cần cao hơn'
    """
    apart = distance(goal, None if actual is None else _shortened(goal, actual))
    if apart is None:
        return ""
    if apart == 0:
        if goal.operator in (">", "<"):
            return f"bằng mức {_with_unit(goal, goal.value)}, cần {'cao' if goal.operator == '>' else 'thấp'} hơn"
        return "vừa đủ" if goal.value else "không có trường hợp nào"
    size = _with_unit(goal, abs(apart))
    if goal.is_ceiling:
        return f"thấp hơn mức cho phép {size}" if apart > 0 else f"vượt mức cho phép {size}"
    return f"vượt {size}" if apart > 0 else f"còn thiếu {size}"


def goal_words(goal: Goal) -> str:
    """Say what is promised: "từ 30 %", "trên 87 %", "từ loại Tốt", "không có công việc trễ hạn".

    >>> goal_words(Goal(">=", Decimal(30), "%")), goal_words(Goal(">=", "Tốt", "loại"))
    ('từ 30 %', 'từ loại Tốt trở lên')
    """
    if isinstance(goal.value, str):
        ending = {">=": " trở lên", "<=": " trở xuống"}.get(goal.operator, "")
        return f"{OPERATORS[goal.operator]} {goal.unit} {goal.value}{ending}"
    if goal.operator == "=" and goal.value == 0 and not goal.is_percent:
        return f"không có {goal.unit}"
    return f"{OPERATORS[goal.operator]} {_with_unit(goal, goal.value)}"


def shown(goal: Goal, actual: Reached) -> str:
    """Print a reached figure with the unit of its goal; a long one shortly, unless that would tell another outcome.

    >>> hundred = Goal(">=", Decimal(100), "%")
    >>> shown(hundred, Decimal("66.6666666667")), shown(hundred, Decimal("99.9960000001"))
    ('66,67 %', '99,9960000001 %')
    """
    return _with_unit(goal, _shortened(goal, actual))


def grade_of(text: str) -> str | None:
    """Find the grade that a text names; None for none."""
    return next((grade for grade in GRADES if fold(grade) == fold(text.strip())), None)


def _sides(goal: Goal, actual: Reached | None) -> tuple[Decimal, Decimal] | None:
    if isinstance(goal.value, str):
        wanted, reached = grade_of(goal.value), grade_of(actual) if isinstance(actual, str) else None
        if wanted is None or reached is None:
            return None
        return Decimal(GRADES.index(reached)), Decimal(GRADES.index(wanted))
    return (actual, goal.value) if isinstance(actual, Decimal) else None


def _shortened(goal: Goal, value: Reached) -> Reached:
    if not isinstance(value, Decimal) or decimals_of(value) <= _MOST_SHOWN:
        return value
    short = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return short if outcome(goal, short) is outcome(goal, value) else value


def _with_unit(goal: Goal, value: Reached) -> str:
    if isinstance(value, str):
        return f"{goal.unit} {value}".strip()
    return f"{format_number(value)} {goal.unit}".strip()
