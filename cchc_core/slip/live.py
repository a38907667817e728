"""Texts and points that a workbook computes itself, each with the value that it has when it is written."""

from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rules.decimals import decimals_of, round_points

_LONGEST_LITERAL = 250


@dataclass(frozen=True, slots=True)
class Live:
    """A formula without its "=", and what it gives now."""

    formula: str
    value: str


def quoted(text: str) -> str:
    """Write a text into a formula, in pieces where it is longer than a formula takes.

    >>> quoted('Mức "tốt"')
    '"Mức ""tốt\"""'
    """
    pieces = [text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def said(*parts: "str | Live") -> Live:
    """Join texts that stand fast and texts that live."""
    formulas = (quoted(part) if isinstance(part, str) else part.formula for part in parts)
    return Live("&".join(formulas), "".join(part if isinstance(part, str) else part.value for part in parts))


def chosen(condition: str, holds: bool, then: Live, otherwise: Live) -> Live:
    """Choose between two texts by a condition, which ``holds`` now or not."""
    formula = f"IF({condition},{then.formula},{otherwise.formula})"
    return Live(formula, then.value if holds else otherwise.value)


def shown_points(cell: str, points: Decimal) -> Live:
    """Print points with four decimals and a comma, whatever language the spreadsheet program speaks."""
    return Live(f'SUBSTITUTE(FIXED({cell},4,TRUE),".",",")', f"{round_points(points):.4f}".replace(".", ","))


def shown_percent(cell: str, percent: Decimal | None) -> Live:
    """Print a percent with two decimals and a comma."""
    value = "" if percent is None else f"{percent:.2f}".replace(".", ",")
    return Live(f'SUBSTITUTE(FIXED({cell},2,TRUE),".",",")', value)


def shown_number(cell: str, number: Decimal | int | None) -> Live:
    """Print a number that somebody typed, with a comma."""
    value = "" if number is None else plain_number(Decimal(number)).replace(".", ",")
    return Live(f'SUBSTITUTE({cell}&"",".",",")', value)


def plain_number(number: Decimal) -> str:
    """Write a number as formulas do: no needless zeros, no groups.

    >>> plain_number(Decimal("0.5000")), plain_number(Decimal("100"))
    ('0.5', '100')
    """
    return f"{number:.{decimals_of(number)}f}"


def rounded(exact: str) -> str:
    """Round half up to four decimals where a rule ends; the inner rounding takes what binary numbers add away."""
    return f"ROUND(ROUND({exact},12),4)"


def is_filled(cell: str) -> str:
    """Tell whether something other than spaces stands in a cell."""
    return f"LEN(TRIM({cell}))>0"


def how_many_filled(first: str, last: str) -> str:
    """Count the cells of a range in which something stands."""
    return f"SUMPRODUCT(--(LEN(TRIM({first}:{last}))>0))"
