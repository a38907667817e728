"""Opens a Phiếu Excel in the child process of :mod:`cchc_core.confined`.

What people see is read as any workbook is; the hidden sheet of ids is read beside it, within limits of its own.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cchc_core.slip.names import HIDDEN
from cchc_core.workbook_in import child
from cchc_core.workbook_in.cells import Found, read_cell
from cchc_core.workbook_in.model import Mark

# What stands in quotes or after a backslash is shown as it is.
_SHOWN_AS_IT_IS: Final = re.compile(r'"[^"]*"|\\.')
_MOST_ROWS, _MOST_COLUMNS, _MOST_CHARACTERS = 3_000, 40, 20_000


def answer(request: dict[str, Any]) -> object:
    """Give the sheets with their cells and, as rows of texts, the hidden ids; or why the file is refused."""
    read = child.answer(request, _read)
    if not isinstance(read, dict) or "refused" in read:
        return read
    return {**read, "ids": _ids(Path(request["path"]))}


def _read(cell: Any, formula: Any) -> Found | None:
    found = read_cell(cell, formula)
    if found is None or found.mark is not Mark.NUMBER:
        return found
    # «95%» that is typed into a cell is kept as 0.95; only the format of the cell tells.
    return replace(found, mark=Mark.PERCENT) if "%" in _SHOWN_AS_IT_IS.sub("", cell.number_format or "") else found


def _ids(path: Path) -> list[list[str]] | None:
    """Read the hidden sheet; None where there is none, or one that no slip has."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    if HIDDEN not in book.sheetnames:
        return None
    sheet = book[HIDDEN]
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    for row in sheet.iter_rows(max_col=_MOST_COLUMNS):
        if len(rows) >= _MOST_ROWS:
            return None
        rows.append([_text(cell) for cell in row])
    return rows


def _text(cell: Any) -> str:
    # Written by the product and cut into pieces: not a space of it is to be lost.
    return "" if cell.value is None else str(cell.value)[:_MOST_CHARACTERS]
