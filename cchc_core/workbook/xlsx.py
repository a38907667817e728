"""The one place that knows which library writes workbooks (it has no types of its own)."""

from typing import Any, TypeAlias

import xlsxwriter
from xlsxwriter.worksheet import Worksheet as _LibraryWorksheet

Book: TypeAlias = Any
Worksheet: TypeAlias = Any
Format: TypeAlias = Any

FONT = "Times New Roman"
_OPTIONS = {
    "in_memory": True,
    # People's text is never read as anything else.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": FONT, "font_size": 11, "font_scheme": False},
}


class _Worksheet(_LibraryWorksheet):  # type: ignore[misc]
    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # The library looks for thirty new functions in every formula, a third of the whole time. There are none in
        # ours. Should the library rename this method, its own works as well, only slower.
        return formula.removeprefix("=")


def new_book(out: object) -> Book:
    """Start a workbook that is written to a binary stream when it is closed."""
    return xlsxwriter.Workbook(out, _OPTIONS)


def add_sheet(book: Book, name: str) -> Worksheet:
    """Add a worksheet at the end."""
    return book.add_worksheet(name, worksheet_class=_Worksheet)
