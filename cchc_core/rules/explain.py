"""The words in which a score explains itself: rule, inputs, arithmetic, cap, in one Vietnamese line."""

from decimal import Decimal

from cchc_core.rules.decimals import format_number, format_points
from cchc_core.rules.kinds import Band, Rule, screen_name

LONGEST_QUOTE = 90


def explained(rule: Rule, arithmetic: str, max_points: Decimal) -> str:
    """Join the rule's name, the arithmetic and the maximum."""
    return f"{screen_name(rule)}: {arithmetic} (tối đa {format_points(max_points)})."


def quote(text: str) -> str:
    """Quote a printed or typed text on one line, shortened where it is long."""
    line = " ".join(text.split())
    return f"«{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + '…'}»"


def range_of(band: Band, unit: str) -> str:
    """Say a band in words: "từ 80 đến dưới 100 %"."""
    if band.lower is not None and band.lower == band.upper:
        return f"đúng {format_number(band.lower)} {unit}"
    words = []
    if band.lower is not None:
        words.append(f"{'từ' if band.includes_lower else 'trên'} {format_number(band.lower)}")
    if band.upper is not None:
        words.append(f"{'đến' if band.includes_upper else 'đến dưới'} {format_number(band.upper)}")
    return " ".join([*words, unit]) if words else "mọi giá trị"


def added(parts: list[str], total: Decimal) -> str:
    """Write a sum: "0,1250 + 0,1250 = 0,2500 điểm"."""
    points = f"{format_points(total)} điểm"
    if not parts:
        return points
    return f"{' + '.join(parts)} = {points}" if len(parts) > 1 or parts[0] != format_points(total) else points
