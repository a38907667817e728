"""A cell of openpyxl as text: days as people here write them, numbers plainly, and what cannot be trusted marked."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cchc_core.text import clean_line
from cchc_core.workbook_in.model import Mark

# What stands in quotes or brackets, or after a backslash, is no part of a day in a number format.
_NOT_OF_THE_DAY: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
# TCVN3 and VNI keep their letters in the places of other letters; only the font's name tells.
_OLD_FONT: Final = re.compile(r"\.vn|vni-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell holds."""

    text: str
    mark: Mark = Mark.NONE
    is_below: bool = False


def read_cell(cell: Any, formula: Any) -> Found | None:
    """Read a cell, given with stored values and again with formulas; None for an empty one."""
    value = cell.value
    if value is None:
        is_formula = formula is not None and formula.data_type == "f"
        return Found("", Mark.FORMULA) if is_formula else None
    if cell.data_type == "e":
        return Found(str(value), Mark.ERROR)
    if isinstance(value, date):
        return Found(_printed_day(value, cell.number_format or ""), Mark.DATE)
    if isinstance(value, bool):
        return Found("Có" if value else "Không")
    if isinstance(value, int | float):
        return Found(_printed_number(value), Mark.NUMBER)
    return _words(cell, str(value))


def _words(cell: Any, value: str) -> Found | None:
    text = clean_line(value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", ""))
    if not text:
        return None
    is_old = not text.isascii() and _OLD_FONT.match(_font(cell)) is not None
    return Found(text, Mark.OLD_FONT if is_old else Mark.NONE)


def _font(cell: Any) -> str:
    try:
        return str(cell.font.name or "")
    except (AttributeError, IndexError):
        return ""


def _printed_day(value: date, number_format: str) -> str:
    """Print a day, or the month or year alone where the cell shows no more: «9/2024» is kept as a day of Excel.

    >>> _printed_day(date(2024, 9, 1), "mm/yyyy"), _printed_day(date(2024, 9, 1), "dd/mm/yyyy")
    ('Tháng 9/2024', '01/09/2024')
    """
    shown = _NOT_OF_THE_DAY.sub("", number_format).lower()
    if "y" in shown and "d" not in shown:
        return f"Tháng {value.month}/{value.year}" if "m" in shown else f"Năm {value.year}"
    clock = f" {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else ""
    return f"{value:%d/%m/%Y}{clock}"


def _printed_number(value: float) -> str:
    """Print a number as a code would be written.

    >>> _printed_number(15.0), _printed_number(1.2), _printed_number(7)
    ('15', '1.2', '7')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
