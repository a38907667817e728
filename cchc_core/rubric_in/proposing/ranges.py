"""Ranges of a figure in words: "Từ 80% đến dưới 100%", "95% ≤ tỷ lệ < 100%", "4 trường hợp trở lên"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rubric_in.proposing.inline_points import NUMBER, number

_N = rf"({NUMBER})\s*(%)?"
_BETWEEN = re.compile(
    rf"\b(tu|tren|lon hon)\s*(?:muc )?{_N}[^\d]{{0,30}}?(?:\bden|-|–|—|\bva)\s*(duoi|nho hon|<)?\s*{_N}"
)
_MATHS = re.compile(rf"{_N}\s*(<=|≤|<)[^\d<>≤≥]{{1,60}}(<=|≤|<)\s*{_N}")
_PLAIN = re.compile(rf"(?:^|\b(?:dat|khoang)\s*){_N}\s*(?:den|-|–|—)\s*(duoi|<)?\s*{_N}")
_AND_MORE = re.compile(rf"(?:\btu|\bit nhat|\btoi thieu|>=|≥)\s*{_N}|{_N}[^\d;]{{0,40}}?\btro len\b")
_ABOVE = re.compile(rf"(?:\btren|\blon hon|\bcao hon|\bvuot|\bhon|>)\s*{_N}")
_BELOW = re.compile(rf"(?:\bduoi|\bnho hon|\bthap hon|\bchua dat|\bkhong dat|\bchua den|<)\s*(?:muc )?{_N}")
_UP_TO = re.compile(rf"(?:\bden|\btoi da|\bkhong qua|<=|≤)\s*{_N}|{_N}[^\d;]{{0,40}}?\btro xuong\b")
_EXACTLY = re.compile(rf"(?:^|\b(?:dat|dung|bang|la|co|hoan thanh|thuc hien)\s*(?:ty le\s*)?){_N}")


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of figures; a bound of None is open. ``end`` is where its words end, ``is_percent`` when it bears %."""

    lower: Decimal | None
    upper: Decimal | None
    includes_lower: bool
    includes_upper: bool
    is_percent: bool
    end: int

    @property
    def is_one_value(self) -> bool:
        """Tell whether only one figure lies in it."""
        return self.lower is not None and self.lower == self.upper


def range_in(plain: str) -> Range | None:
    """Find the first range that folded words name; None where there is none or a figure can be read two ways.

    >>> range_in("tu 80% den duoi 100%").includes_upper
    False
    >>> range_in("duoi 70 %").upper
    Decimal('70')
    """
    for read in (_maths, _between, _one_sided, _exactly):
        if found := read(plain):
            return found
    return None


def _maths(plain: str) -> Range | None:
    found = _MATHS.search(plain)
    if found is None:
        return None
    low, low_percent, low_sign, high_sign, high, high_percent = found.groups()
    return _made(found, low, high, low_sign != "<", high_sign != "<", bool(low_percent or high_percent))


def _between(plain: str) -> Range | None:
    found = _BETWEEN.search(plain)
    if found is not None:
        start, low, low_percent, below, high, high_percent = found.groups()
        return _made(found, low, high, start == "tu", below is None, bool(low_percent or high_percent))
    found = _PLAIN.search(plain)
    if found is None:
        return None
    low, low_percent, below, high, high_percent = found.groups()
    return _made(found, low, high, True, below is None, bool(low_percent or high_percent))


def _one_sided(plain: str) -> Range | None:
    for pattern, is_lower, includes in (
        (_BELOW, False, False),
        (_AND_MORE, True, True),
        (_UP_TO, False, True),
        (_ABOVE, True, False),
    ):
        if found := pattern.search(plain):
            figure, percent = _of(found)
            low, high = (figure, None) if is_lower else (None, figure)
            return _made(found, low, high, is_lower and includes, not is_lower and includes, percent)
    return None


def _of(found: re.Match[str]) -> tuple[str, bool]:
    groups = found.groups()
    at = next(index for index, text in enumerate(groups) if text and text != "%")
    return groups[at], groups[at + 1] == "%"


def _exactly(plain: str) -> Range | None:
    found = _EXACTLY.search(plain)
    return None if found is None else _made(found, found[1], found[1], True, True, found[2] == "%")


def _made(
    found: re.Match[str], low: str | None, high: str | None, with_low: bool, with_high: bool, percent: bool
) -> Range | None:
    lower, upper = (None if text is None else number(text) for text in (low, high))
    if (low is not None and lower is None) or (high is not None and upper is None):
        return None
    if lower is not None and upper is not None and lower > upper:
        return None
    return Range(lower, upper, with_low, with_high, percent, found.end())
