"""The scored workbook of 121 leaves, against openpyxl writing the same cells with the same looks.

The alternative is made from the product's own file: every cell, formula, font, fill, border, width, height and merge of
its visible sheets is read once, outside the timing, and written anew by openpyxl.
"""

from copy import copy
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Any

from openpyxl import Workbook, load_workbook

from benchmarks.results import Row, median_ratio, ms, timed, times
from benchmarks.world import sample_sheet
from cchc_core.workbook import write_workbook

_ROUNDS = 7
_LOOKS = ("font", "fill", "border", "alignment", "number_format", "protection")


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    column: int
    value: Any
    looks: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    cells: tuple[_Cell, ...]
    widths: dict[str, float]
    heights: dict[int, float]
    merged: tuple[str, ...]


def measure() -> list[Row]:
    """Write both workbooks in turn and compare."""
    sheet = sample_sheet()
    written = BytesIO()
    write_workbook(sheet, written)
    same = _read(written)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(_ROUNDS):
        ours.append(timed(lambda: write_workbook(sheet, BytesIO())))
        theirs.append(timed(lambda: _write_with_openpyxl(same)))
    ratio = median_ratio(ours, theirs)
    cells = sum(len(each.cells) for each in same)
    what = f"Workbook of {len(sheet.rubric.leaves)} leaves, {cells:,} cells with looks"
    return [Row(what, ms(median(ours)), f"{ms(median(theirs))} (openpyxl)", times(ratio), "≤ 0.5×", ratio <= 0.5)]


def _read(written: BytesIO) -> tuple[_Sheet, ...]:
    book = load_workbook(written)
    return tuple(
        _Sheet(
            sheet.title,
            tuple(
                _Cell(cell.row, cell.column, cell.value, {name: copy(getattr(cell, name)) for name in _LOOKS})
                for row in sheet.iter_rows()
                for cell in row
                if cell.has_style or cell.value is not None
            ),
            {letter: column.width for letter, column in sheet.column_dimensions.items()},
            {number: row.height for number, row in sheet.row_dimensions.items() if row.height},
            tuple(str(merged) for merged in sheet.merged_cells.ranges),
        )
        for sheet in book.worksheets
    )


def _write_with_openpyxl(sheets: tuple[_Sheet, ...]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for wanted in sheets:
        sheet = book.create_sheet(wanted.title)
        for each in wanted.cells:
            cell = sheet.cell(each.row, each.column, each.value)
            for name, look in each.looks.items():
                setattr(cell, name, look)
        for letter, width in wanted.widths.items():
            sheet.column_dimensions[letter].width = width
        for number, height in wanted.heights.items():
            sheet.row_dimensions[number].height = height
        for merged in wanted.merged:
            sheet.merge_cells(merged)
    book.save(BytesIO())
