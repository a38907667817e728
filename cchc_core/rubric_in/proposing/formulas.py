"""Formulas in words: "(Tỷ lệ % … x 1,0 điểm):100%", "(a/b) x điểm tối đa; a là …", "Số X / tổng số Y x 0,5"."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_core.rubric_in.proposing.inline_points import NUMBER, number
from cchc_core.rubric_in.proposing.wording import Words

_TIMES = r"(?:\s+x\s+|\s*[×*]\s*|\s*x\s*(?=\d))"
_FACTOR = rf"(?:(?P<factor>{NUMBER})\s*(?:diem|d)?|(?:so )?(?P<full>diem) (?:toi da|chuan|so))"
_RATE = re.compile(
    rf"\(?\s*(?:ty|ti) le ?(?:%|phan tram)?(?P<rate>[^x×*():]{{0,200}}?){_TIMES}\(?{_FACTOR}\s*\)?"
    r"(?:\s*[:/]\s*100\s*%?)?"
)
_SHARE = r"\(?\s*\b(?P<top>[a-z])\s*[/:]\s*(?P<below>[a-z])\b\s*\)?"
_LETTERS = re.compile(rf"{_SHARE}(?:{_TIMES}\(?{_FACTOR})?")
_LETTERS_LAST = re.compile(rf"\b(?:(?P<factor>{NUMBER})|(?P<full>diem) (?:toi da|chuan))\s*(?:diem)?{_TIMES}{_SHARE}")
_COUNTED = re.compile(
    r"\(?\s*(?P<numerator>\b(?:tong )?so [^/:x×*=]{3,200}?)\s*[/:÷]\s*"
    rf"(?P<denominator>(?:tong )?so [^/:×*()]{{3,200}}?)\s*\)?{_TIMES}\(?{_FACTOR}"
)
_DIVISOR = re.compile(rf"\s*\)?\s*[:/]\s*(?P<divisor>{NUMBER})\s*%")
_SAYS_FORMULA = re.compile(r"\bcong thuc\b|\btinh (?:diem )?(?:nhu sau|theo)\b|=")
_DEFINED = (
    r"\b{letter}\s*(?:la|:|=)\s*(?P<said>.{{3,250}}?)\s*"
    r"(?:[;.,]?\s*(?:\bva\s+)?(?:-\s*|\+\s*)?\b[a-z]\s*(?:la\b|:|=)|[;.]|$)"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A proportion: ``factor`` is None for "điểm tối đa"; the names are None where the print does not give them."""

    factor: Decimal | None
    numerator: str | None
    denominator: str | None
    rate: str | None
    printed: str
    divisor: Decimal | None = None

    @property
    def is_rate(self) -> bool:
        """Tell whether it speaks of a rate, not of letters or of two counts."""
        return self.rate is not None or self.printed.casefold().lstrip("( ").startswith(("tỷ", "tỉ"))


def formula_in(said: Words) -> Formula | None:
    """Find a proportion in a text; None where there is none or its factor can be read two ways."""
    for read in (_by_letters, _by_counts, _by_rate):
        if found := read(said):
            return _with_divisor(found, said)
    return None


def _with_divisor(found: Formula, said: Words) -> Formula:
    """Add what the product is divided by: "(tỷ lệ % x 2)/50%" reaches the maximum at 50 % already."""
    start = said.text.find(found.printed)
    end = start + len(found.printed) if start >= 0 else len(said.plain)
    below = _DIVISOR.match(said.plain, end)
    if below is None:
        return found
    return replace(found, printed=said.said(start, below.end()), divisor=number(below["divisor"]))


def _factor(found: re.Match[str]) -> tuple[bool, Decimal | None]:
    """Tell whether the factor can be read, and what it is."""
    if not found["factor"]:
        return True, None
    value = number(found["factor"])
    return value is not None, value


def _by_letters(said: Words) -> Formula | None:
    found = _LETTERS_LAST.search(said.plain) or _LETTERS.search(said.plain)
    if found is None or not (found["factor"] or found["full"] or _SAYS_FORMULA.search(said.plain[: found.start()])):
        return None
    readable, factor = _factor(found)
    top, below = (_definition(said, found[name], *found.span()) for name in ("top", "below"))
    return Formula(factor, top, below, None, said.said(*found.span())) if readable else None


def _definition(said: Words, letter: str, start: int, end: int) -> str | None:
    """Find what a letter stands for: behind the formula or, as some print it, in front."""
    pattern = re.compile(_DEFINED.format(letter=letter))
    found = pattern.search(said.plain, end) or pattern.search(said.plain, 0, start)
    return None if found is None else said.said(*found.span("said"))


def _by_counts(said: Words) -> Formula | None:
    found = _COUNTED.search(said.plain)
    if found is None:
        return None
    readable, factor = _factor(found)
    top, below = (said.said(*found.span(name)) for name in ("numerator", "denominator"))
    return Formula(factor, top, below, None, said.said(*found.span())) if readable else None


def _by_rate(said: Words) -> Formula | None:
    found = _RATE.search(said.plain)
    if found is None:
        return None
    readable, factor = _factor(found)
    rate = said.said(*found.span("rate"))
    return Formula(factor, None, None, rate or None, said.said(*found.span())) if readable else None
