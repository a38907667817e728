"""Slips as an officer handles them: written, typed into with a spreadsheet library, handed back."""

from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_core.scoring import Sheet
from cchc_core.slip.model import ProofLink, Slip
from cchc_core.slip.reading import read_slip
from cchc_core.slip.writing import write_slip

FORM = "Phiếu chấm"
KEY_COLUMN, INPUT_COLUMN, TITLE_COLUMN = 10, 4, 2
EFFECTIVE, POINTS, STATE, SAID, SIDE = 5, 6, 7, 8, 11


def slip_of(
    sheet: Sheet, codes: Collection[str] | None = None, attached: Mapping[str, list[ProofLink]] | None = None
) -> bytes:
    """Write a slip into memory."""
    out = BytesIO()
    write_slip(sheet, out, codes, attached or {})
    return out.getvalue()


def book_of(content: bytes, *, values: bool = False) -> Workbook:
    """Open a workbook: its formulas, or its stored values."""
    return load_workbook(BytesIO(content), data_only=values)


def saved(book: Workbook) -> bytes:
    """Save a workbook into memory, without any value of a formula."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(form: Worksheet) -> dict[str, int]:
    """Find the row of every input cell by its key."""
    keyed = ((form.cell(row, KEY_COLUMN).value, row) for row in range(1, form.max_row + 1))
    return {str(key): row for key, row in keyed if key}


def leaf_rows(form: Worksheet) -> dict[str, int]:
    """Find the row of every criterion: the one above the first of its input cells."""
    found: dict[str, int] = {}
    for key, row in rows_of(form).items():
        found.setdefault(key.partition("|")[0], row - 1)
    return found


def typed(content: bytes, cells: Mapping[str, Any]) -> bytes:
    """Type into the input cells of a slip, by their keys."""
    book = book_of(content)
    form, rows = book[FORM], rows_of(book[FORM])
    for key, value in cells.items():
        form.cell(rows[key], INPUT_COLUMN).value = value
    return saved(book)


def back(content: bytes, name: str = "phieu.xlsx") -> Slip:
    """Bring a slip back."""
    return read_slip(content, name)
