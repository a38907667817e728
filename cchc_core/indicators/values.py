"""What people type for an indicator, read into exact numbers or refused with what to do.

One text a figure; an empty text is a figure that is not there yet, so that a form can be saved field by field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc_core.indicators.model import Figure, FigureKind, Indicator, Result
from cchc_core.rules.decimals import (
    HUNDRED,
    decimals_of,
    exact_percent_of,
    format_number,
    parse_vietnamese,
    percent_of,
    round_points,
)
from cchc_core.rules.explain import quote
from cchc_core.rules.problems import AmbiguousNumber, NotANumber
from cchc_core.text import fold

Values = tuple[Decimal | None, ...]
"""One number a figure, None where it is missing."""

_YES_NO = {"1": Decimal(1), "co": Decimal(1), "0": Decimal(0), "khong": Decimal(0)}


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """What is wrong with one figure (``position`` from 0; None: with all of them together), in Vietnamese.

    ``readings`` are the numbers that an ambiguous text can mean, each written so that it reads in one way only.
    """

    position: int | None
    message: str
    readings: tuple[str, ...] = ()


class ValuesRefused(ValueError):
    """Texts that an indicator cannot take; ``problems`` names every one, and nothing was read."""

    def __init__(self, *problems: ValueProblem) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.message for problem in problems))


class _Wrong(ValueError):
    """Why one figure is refused."""

    def __init__(self, message: str, readings: tuple[str, ...] = ()) -> None:
        self.readings = readings
        super().__init__(message)


def read_values(indicator: Indicator, texts: Sequence[str]) -> Values:
    """Read what was typed for each figure of an indicator; raises ValuesRefused with every problem.

    Counts are whole and not negative, percents lie between 0 and 100 (or below 0 where a cut may be growth), a yes or
    no is 1, 0, "có" or "không". The first figure of a share is at most the second.

    >>> from cchc_core.indicators.model import Kind
    >>> machines = Figure("Số máy", "máy", FigureKind.WHOLE)
    >>> ratio = Indicator("1", "I", None, "1", "Máy/người", "Máy/người", Kind.RATIO, (machines, machines))
    >>> read_values(ratio, ["1 200", ""])
    (Decimal('1200'), None)
    """
    if len(texts) != len(indicator.figures):
        wanted = ", ".join(figure.label for figure in indicator.figures)
        message = f"Cần {len(indicator.figures)} số ({wanted}), đã nhận {len(texts)}; hãy ghi mỗi số vào một ô."
        raise ValuesRefused(ValueProblem(None, message))
    values: list[Decimal | None] = []
    problems: list[ValueProblem] = []
    for position, (figure, text) in enumerate(zip(indicator.figures, texts, strict=True)):
        try:
            values.append(_read(figure, text))
        except _Wrong as why:
            problems.append(ValueProblem(position, f"{figure.label}: {why}", why.readings))
    problems = problems or list(_contradictions(indicator, tuple(values)))
    if problems:
        raise ValuesRefused(*problems)
    return tuple(values)


def result_of(indicator: Indicator, values: Values) -> Decimal | None:
    """Compute the ratio of an indicator's two figures; None for other kinds, for a missing figure, and over 0.

    Percents are rounded half up to two decimals, quotients to four.
    """
    if indicator.result is None:
        return None
    counted, whole = values
    if counted is None or whole is None or whole == 0:
        return None
    if indicator.result is Result.QUOTIENT:
        return round_points(Fraction(counted) / Fraction(whole))
    return percent_of(counted, whole)


def exact_result_of(indicator: Indicator, values: Values) -> Decimal | None:
    """Compute the same for what measures it: a percent that is not rounded, so that 99,996 % does not reach 100 %."""
    result = result_of(indicator, values)
    if result is None or indicator.result is Result.QUOTIENT:
        return result
    counted, whole = values
    return None if counted is None or whole is None else exact_percent_of(counted, whole)


def text_of(value: Decimal | None) -> str:
    """Write a value as a field holds it, so that :func:`read_values` reads the same again: 1234,5; empty if missing."""
    return "" if value is None else format_number(value).replace(".", "")


def _read(figure: Figure, text: str) -> Decimal | None:
    typed = text.strip()
    if not typed:
        return None
    if figure.kind is FigureKind.YES_NO:
        return _read_yes_no(typed)
    bare = typed.removesuffix("%") if figure.kind is FigureKind.PERCENT else typed
    try:
        return _within(figure, typed, parse_vietnamese(bare))
    except AmbiguousNumber as why:
        raise _of_two_readings(figure, typed, why.readings) from None
    except NotANumber as why:
        raise _Wrong(f"{why}; đã nhập {quote(typed)}.") from None


def _within(figure: Figure, typed: str, number: Decimal) -> Decimal:
    if number < 0 and not figure.may_be_negative:
        raise _Wrong(f"đã nhập {quote(typed)}, số âm; hãy nhập số từ 0 trở lên.")
    if figure.kind is FigureKind.WHOLE and decimals_of(number):
        raise _Wrong(f"đã nhập {quote(typed)}, số lẻ; đơn vị tính là {quote(figure.unit)}, hãy nhập số nguyên.")
    if figure.kind is FigureKind.PERCENT and number > HUNDRED:
        bounds = "không quá 100" if figure.may_be_negative else "từ 0 đến 100"
        raise _Wrong(f"đã nhập {quote(typed)}, quá 100 %; hãy nhập số {bounds}.")
    return number


def _read_yes_no(typed: str) -> Decimal:
    try:
        return _YES_NO[fold(typed)]
    except KeyError:
        raise _Wrong(f"đã nhập {quote(typed)}; hãy nhập 1 (có) hoặc 0 (không).") from None


def _of_two_readings(figure: Figure, typed: str, readings: Sequence[Decimal]) -> _Wrong:
    """Offer the readings that the figure takes; a button that leads to the next refusal helps nobody."""
    taken = tuple(text_of(reading) for reading in readings if _is_taken(figure, reading))
    both = " hoặc ".join(text_of(reading) for reading in readings)
    if not taken:
        return _Wrong(f"{quote(typed)} có thể là {both}, ô này không nhận cả hai; hãy nhập lại.")
    if len(taken) == 1:
        kind = "số nguyên" if figure.kind is FigureKind.WHOLE else "số không quá 100"
        message = f"{quote(typed)} có thể là {both}; ô này chỉ nhận {kind}, hãy chọn {taken[0]} hoặc nhập lại."
        return _Wrong(message, taken)
    return _Wrong(f"{quote(typed)} có thể là {both}; hãy chọn một cách đọc.", taken)


def _is_taken(figure: Figure, number: Decimal) -> bool:
    try:
        _within(figure, "", number)
    except _Wrong:
        return False
    return True


def _contradictions(indicator: Indicator, values: Values) -> Iterator[ValueProblem]:
    if indicator.result is not Result.SHARE:
        return
    part, whole = values
    if part is not None and whole is not None and part > whole:
        first, second = (figure.label for figure in indicator.figures)
        message = f"{first} ({format_number(part)}) nhiều hơn {second} ({format_number(whole)}); hãy xem lại hai số."
        yield ValueProblem(None, message)
