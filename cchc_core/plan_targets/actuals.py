"""Where the actual value of a promised figure comes from: typed, an indicator, or the tasks' own figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from cchc_core.indicators.keeping import TwoYears, two_years
from cchc_core.indicators.model import IndicatorSet
from cchc_core.indicators.picking import pick, picks
from cchc_core.indicators.values import ValueProblem, ValuesRefused, text_of
from cchc_core.plan_targets.measuring import GRADES, Goal, Reached, grade_of
from cchc_core.plan_targets.task_figures import TASK_FIGURES, task_figures
from cchc_core.rules.decimals import HUNDRED, format_number, parse_vietnamese
from cchc_core.rules.explain import quote
from cchc_core.rules.problems import AmbiguousNumber, NotANumber
from cchc_core.store.connection import Connection
from cchc_core.store.plan_targets import StoredTarget
from cchc_core.text import clean_line


class Source(StrEnum):
    """Where an actual value comes from."""

    NONE = ""
    TYPED = "typed"
    INDICATOR = "indicator"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class Actual:
    """What was reached, None where it is not known, and in words where that comes from."""

    value: Reached | None
    whence: str


class Actuals:
    """Reads actual values of one department's year; what several targets ask for is read once."""

    def __init__(self, connection: Connection, department_id: str, year: int, today: date) -> None:
        self._connection, self._department_id, self._year, self._today = connection, department_id, year, today
        self._years: dict[str, TwoYears] = {}
        self._tasks: dict[str, Mapping[str, Decimal]] = {}

    def of(self, target: StoredTarget) -> Actual:
        """Give the actual value of a target from where it was chosen to come from."""
        match target.source:
            case Source.TYPED:
                return Actual(_stored(target.actual), "nhập tay")
            case Source.INDICATOR:
                return self._indicator(target.source_key)
            case Source.TASKS:
                return self._task_figure(target.plan_id, target.source_key)
            case _:
                return Actual(None, "")

    def _indicator(self, key: str) -> Actual:
        picked = pick(key)
        if picked is None:
            return Actual(None, f"chỉ tiêu thống kê «{key}» không còn")
        form = picked.form
        if form.id not in self._years:
            self._years[form.id] = two_years(self._connection, self._department_id, self._year, form)
        value = picked.value_in(self._years[form.id].values(picked.indicator.code))
        return Actual(value, f"chỉ tiêu thống kê {picked.label}")

    def _task_figure(self, plan_id: str, key: str) -> Actual:
        if plan_id not in self._tasks:
            self._tasks[plan_id] = task_figures(self._connection, self._department_id, plan_id, self._year, self._today)
        known = TASK_FIGURES.get(key)
        return Actual(self._tasks[plan_id].get(key), "" if known is None else f"nhiệm vụ: {known.name}")


def choices(goal: Goal, form: IndicatorSet) -> Iterator[tuple[str, str]]:
    """Give where the actual value of a goal may come from, as stored (``source:key``) and in words.

    A percent takes percents, a number takes numbers; a grade is typed.
    """
    yield Source.NONE, "Chưa chọn"
    yield f"{Source.TYPED}:", "Nhập tay"
    if isinstance(goal.value, str):
        return
    for key, figure in TASK_FIGURES.items():
        if figure.is_percent == goal.is_percent:
            yield f"{Source.TASKS}:{key}", f"Nhiệm vụ: {figure.name}"
    for picked in picks(form):
        if picked.is_percent == goal.is_percent:
            yield f"{Source.INDICATOR}:{picked.key}", f"Thống kê: {picked.label}"


def read_actual(goal: Goal, text: str) -> str:
    """Read what was typed as the actual value of a goal, and give it as it is stored; the empty text is none.

    Raises ValuesRefused: not a number, two readings, below 0, above 100 % where no more than that is promised, or none
    of the grades.
    """
    typed = clean_line(text).strip()
    if not typed:
        return ""
    if isinstance(goal.value, str):
        grade = grade_of(typed)
        if grade is None:
            raise _refused(f"đã nhập {quote(typed)}; hãy nhập một trong các loại: {', '.join(GRADES)}.")
        return grade
    number = _number(typed.removesuffix("%") if goal.is_percent else typed)
    if number < 0:
        raise _refused(f"đã nhập {quote(typed)}, số âm; hãy nhập số từ 0 trở lên.")
    if goal.is_percent and number > max(HUNDRED, goal.value):
        most = format_number(max(HUNDRED, goal.value))
        raise _refused(f"đã nhập {quote(typed)}, quá {most} %; hãy nhập số từ 0 đến {most}.")
    return f"{number:f}"


def typed_again(stored: str) -> str:
    """Write a stored actual value as a field holds it."""
    value = _stored(stored)
    return text_of(value) if isinstance(value, Decimal) else stored


def _stored(text: str) -> Reached | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return text


def _number(typed: str) -> Decimal:
    try:
        return parse_vietnamese(typed)
    except AmbiguousNumber as why:
        readings = tuple(text_of(reading) for reading in why.readings)
        message = f"{quote(typed)} có thể là {' hoặc '.join(readings)}; hãy chọn một cách đọc."
        raise _refused(message, readings) from None
    except NotANumber as why:
        raise _refused(f"{why}; đã nhập {quote(typed)}.") from None


def _refused(message: str, readings: tuple[str, ...] = ()) -> ValuesRefused:
    return ValuesRefused(ValueProblem(0, f"Kết quả: {message}", readings))
