"""Opens a Phiếu Excel in the child process of :mod:`cchc_core.confined`.

What people see is read as any workbook is; the hidden sheet of ids is read beside it, within limits of its own.
"""

from pathlib import Path
from typing import Any

from cchc_core.slip.names import HIDDEN
from cchc_core.workbook_in import child

_MOST_ROWS, _MOST_COLUMNS, _MOST_CHARACTERS = 3_000, 40, 20_000


def answer(request: dict[str, Any]) -> object:
    """Give the sheets with their cells and, as rows of texts, the hidden ids; or why the file is refused."""
    read = child.answer(request)
    if not isinstance(read, dict) or "refused" in read:
        return read
    return {**read, "ids": _ids(Path(request["path"]))}


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
