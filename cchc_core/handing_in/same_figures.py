"""Figures of a criterion beside the indicator of the same name: where both are known and differ, one of them is wrong.

Only equal names count, with abbreviations written out and without words that add nothing ("trong năm", "đã tiếp
nhận"): a name that is merely alike may speak of something else ("đúng hạn", "trễ hạn").
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cchc_core.handing_in.model import Clash
from cchc_core.indicators.model import FigureKind, Indicator, IndicatorSet
from cchc_core.indicators.values import Values, result_of
from cchc_core.likeness import words
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import CountAnswer, RatioAnswer, TickAnswer, ValueAnswer
from cchc_core.rules.decimals import format_number, format_percent, percent_of
from cchc_core.rules.kinds import Bands, Checklist, Count, Ratio
from cchc_core.sheet import Sheet

_ADDS_NOTHING: Final = re.compile(
    r"\b(?:da tiep nhan (?:da |duoc )*(?=giai quyet)|trong nam\b|hang nam\b|cua (?:don vi|co quan)$|da (?=duoc )|"
    r"duoc (?=giai quyet)|tong (?=so\b))"
)
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    value: Decimal
    is_percent: bool
    shown_name: str


def clashes(sheet: Sheet, indicators: IndicatorSet, values: Callable[[str], Values]) -> tuple[Clash, ...]:
    """Find the criteria whose figures differ from the indicator of the same name; ``values`` gives those by code."""
    counted = [known for indicator in indicators.indicators for known in _of_indicator(indicator, values)]
    by_name = {(known.name, known.is_percent): known for known in counted}
    found = []
    for leaf in sheet.rubric.leaves:
        for typed in _of_leaf(sheet, leaf):
            known = by_name.get((typed.name, typed.is_percent))
            if known is not None and not _is_equal(typed, known):
                found.append(Clash(leaf.code, _told(typed, known, sheet.assessment.year)))
                break
    return tuple(found)


def same_name(text: str) -> str:
    """Give the form in which two names of one figure are equal.

    >>> same_name("Tỷ lệ hồ sơ TTHC giải quyết đúng hạn trong năm")
    'ty le ho so thu tuc hanh chinh giai quyet dung han'
    """
    return " ".join(_ADDS_NOTHING.sub("", " ".join(words(text))).split())


def _of_indicator(indicator: Indicator, values: Callable[[str], Values]) -> Iterator[_Known]:
    entered = values(indicator.code)
    shown = f"«{indicator.title}» ({indicator.code})"
    name = same_name(indicator.title)
    computed = result_of(indicator, entered)
    if computed is not None and indicator.result_unit == "%":
        yield _Known(name, computed, True, shown)
    for figure, value in zip(indicator.figures, entered, strict=True):
        is_percent = figure.kind is FigureKind.PERCENT
        # Of several figures only the percent is what the title names; their labels ("Số hồ sơ") say too little.
        if value is not None and (is_percent or (len(indicator.figures) == 1 and figure.kind is FigureKind.WHOLE)):
            yield _Known(name, value, is_percent, shown)


def _of_leaf(sheet: Sheet, leaf: Criterion) -> Iterator[_Known]:
    stored = sheet.answers.get(leaf.code)
    if stored is None:
        return
    match leaf.scored.rule, stored.entry.answer:
        case Ratio() as rule, RatioAnswer(numerator, denominator):
            yield _typed(rule.numerator, numerator)
            yield _typed(rule.denominator, denominator)
            percent = percent_of(numerator, denominator)
            if percent is not None:
                yield _typed(leaf.title, percent, is_percent=True)
        case Bands() as rule, ValueAnswer(value) if rule.is_percent:
            yield _typed(rule.measure, value, is_percent=True)
            yield _typed(leaf.title, value, is_percent=True)
        case Count() as rule, CountAnswer(count):
            yield _typed(rule.of, Decimal(count))
        case Checklist() as rule, TickAnswer(_, percents):
            for index, percent in percents.items():
                yield _typed(rule.items[index].text, percent, is_percent=True)


def _typed(name: str, value: Decimal, *, is_percent: bool = False) -> _Known:
    return _Known(same_name(name), value, is_percent, f"«{' '.join(name.split())}»")


def _is_equal(one: _Known, other: _Known) -> bool:
    if not one.is_percent:
        return one.value == other.value
    return abs(one.value - other.value) < _HUNDREDTH


def _told(typed: _Known, known: _Known, year: int) -> str:
    return (
        f"Phiếu chấm ghi {typed.shown_name} là {_shown(typed)}, "
        f"số liệu thống kê năm {year} {known.shown_name} là {_shown(known)}."
    )


def _shown(known: _Known) -> str:
    return format_percent(known.value) if known.is_percent else format_number(known.value)
