"""The words in which a score explains itself: rule, inputs, arithmetic, cap, in one Vietnamese line."""

import unicodedata
from decimal import Decimal
from fractions import Fraction

from cchc_core.rules.decimals import format_number, format_points, round_points
from cchc_core.rules.kinds import Band, Rule, screen_name

LONGEST_QUOTE = 90
_NOT_ON_ONE_LINE = ("Cc", "Cs", "Zl", "Zp")


def explained(rule: Rule, arithmetic: str, max_points: Decimal) -> str:
    """Join the rule's name, the arithmetic and the maximum."""
    return f"{screen_name(rule)}: {arithmetic} (tối đa {format_points(max_points)})."


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
