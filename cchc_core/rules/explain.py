"""The words in which a score explains itself: rule, inputs, arithmetic, cap, in one Vietnamese line."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cchc_core.rules.decimals import format_number, format_points, round_points
from cchc_core.rules.kinds import EFFECT_NAMES, Band, Effect, Leaf, screen_name

LONGEST_QUOTE = 90
_NOT_ON_ONE_LINE = ("Cc", "Cs", "Zl", "Zp")


def heading(leaf: Leaf) -> str:
    """Name the rule of a criterion, and before it that the criterion is a bonus or a penalty."""
    name = screen_name(leaf.rule)
    effect = EFFECT_NAMES.get(leaf.effect)
    return f"{name}:" if effect is None else f"{effect}, {name[0].lower()}{name[1:]}:"


def most(leaf: Leaf) -> str:
    """Say the most that a criterion gives, or takes off: "(tối đa 1,0000)"."""
    return f"({_MOST[leaf.effect]} {format_points(leaf.max_points)})"


_MOST: Final[Mapping[Effect, str]] = {
    Effect.NORMAL: "tối đa",
    Effect.BONUS: "thưởng tối đa",
    Effect.PENALTY: "trừ tối đa",
}


def signed(points: Decimal) -> str:
    """Print points with their sign, as bonuses and penalties are shown: +0,5000 and −0,5000; nothing has none."""
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{format_points(abs(points))}"


def explained(leaf: Leaf, arithmetic: str, points: Decimal) -> str:
    """Join the rule's name, the arithmetic and the maximum, and how a bonus or a penalty is counted."""
    counted = f", tính {signed(points)} điểm" if leaf.is_adjustment else ""
    return f"{heading(leaf)} {arithmetic} {most(leaf)}{counted}."


def one_line(text: str) -> str:
    """Put a typed text on one line: no line breaks, no control characters, single spaces."""
    kept = (" " if unicodedata.category(letter) in _NOT_ON_ONE_LINE else letter for letter in text)
    return " ".join("".join(kept).split())


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing: only spaces, control and invisible characters."""
    return all(unicodedata.category(letter)[0] in "CZ" for letter in text)


def quote(text: str) -> str:
    """Quote a printed or typed text on one line, shortened where it is long."""
    line = one_line(text)
    return f"«{line if len(line) <= LONGEST_QUOTE else _cut(line)}»"


def _cut(line: str) -> str:
    """Cut a line between two words; a word that fills the whole line is cut through."""
    whole_words, space, _ = line[:LONGEST_QUOTE].rpartition(" ")
    return (whole_words if space else line[: LONGEST_QUOTE - 1]).rstrip() + "…"


def range_of(band: Band, unit: str) -> str:
    """Say a band in words: "từ 80 đến dưới 100 %"."""
    if band.lower is not None and band.lower == band.upper:
        return f"đúng {format_number(band.lower)} {unit}"
    words = []
    if band.lower is not None:
        words.append(f"{'từ' if band.includes_lower else 'trên'} {format_number(band.lower)}")
    if band.upper is not None:
        below = "dưới" if band.lower is None else "đến dưới"
        words.append(f"{'đến' if band.includes_upper else below} {format_number(band.upper)}")
    return " ".join([*words, unit]) if words else "mọi giá trị"


def added(parts: list[str], exact: Fraction, points: Decimal) -> str:
    """Write a sum before any cap: "0,1250 + 0,1250 = 0,2500 điểm"."""
    total = round_points(exact)
    cap = f", lấy mức tối đa {format_points(points)} điểm" if total > points else ""
    shown = f"{format_points(total)} điểm"
    if parts and parts != [format_points(total)]:
        shown = f"{' + '.join(parts)} = {shown}"
    return shown + cap
