"""Opens a workbook in the child process of :mod:`cchc_core.confined`: sizes first, then openpyxl in read-only mode."""

import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from cchc_core.workbook_in.cells import Found, read_cell
from cchc_core.workbook_in.refusals import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Why

_MOST_ENTRIES, _MOST_INFLATED, _MOST_RATIO, _RATIO_FROM = 2_000, 150 << 20, 150, 20 << 20
_MOST_MERGED = 5_000
_LAST_ROW = 1_048_576
_MERGED_TAG: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"

# A formula's tag, also one with a name before it.
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_BLOCK, _LONGEST_TAG = 1 << 20, 64

_Rows = dict[int, dict[int, Found]]
Read = Callable[[Any, Any], Found | None]
"""Reads a cell of openpyxl, given with its stored value and again with its formula."""


class _Refused(Exception):
    def __init__(self, why: Why, at: tuple[str, int, int | None] | None = None) -> None:
        self.why = why
        self.at = at
        super().__init__(why.value)


def answer(request: dict[str, Any], read: Read = read_cell) -> object:
    """Give the sheets with their cells, or why the file is refused and where; ``read`` reads a cell."""
    path = Path(request["path"])
    try:
        _check_container(path)
        return _sheets(path, read)
    except _Refused as why:
        return {"refused": why.why.value, "at": _at(why.at)}
    except zipfile.BadZipFile:
        return {"refused": Why.DAMAGED.value}


def _at(at: tuple[str, int, int | None] | None) -> dict[str, object] | None:
    return None if at is None else dict(zip(("sheet", "row", "column"), at, strict=True))


def _check_container(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        inflated = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        if len(entries) > _MOST_ENTRIES or inflated > _MOST_INFLATED:
            raise _Refused(Why.BOMB)
        if inflated > _RATIO_FROM and inflated / packed > _MOST_RATIO:
            raise _Refused(Why.BOMB)
        if any(entry.flag_bits & 1 for entry in entries):
            raise _Refused(Why.ENCRYPTED)
        _check_kind(names)


def _check_kind(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _Refused(Why.MACROS)
    if "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise _Refused(Why.WORD_FILE)
    is_other = "xl/workbook.bin" in names or {"mimetype", "content.xml"} <= names
    raise _Refused(Why.OTHER_FORMAT if is_other else Why.NOT_A_WORKBOOK)


def _sheets(path: Path, read: Read) -> dict[str, object]:
    # The library looks for it alone to know its numbers, and half of its start is spent on it.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    from openpyxl import load_workbook

    # Once as stored values, once as formulas: a formula without a stored value looks like an empty cell.
    values = load_workbook(path, read_only=True, data_only=True)
    has_formulas = any(_has_formulas(path, sheet._worksheet_path) for sheet in values.worksheets)
    formulas = load_workbook(path, read_only=True).worksheets if has_formulas else [None] * len(values.worksheets)
    sheets, hidden, cells = [], [], 0
    for sheet, same in zip(values.worksheets, formulas, strict=True):
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        rows = _cells(sheet, same, read)
        cells += sum(len(row) for row in rows.values())
        if cells > MOST_CELLS:
            raise _Refused(Why.MANY_CELLS)
        _fill_merged(rows, path, sheet._worksheet_path)
        sheets.append({"name": sheet.title, "rows": [[number, _listed(row)] for number, row in sorted(rows.items())]})
    return {"sheets": sheets, "hidden": hidden}


def _has_formulas(path: Path, part: str) -> bool:
    with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as source:
        end = b""
        while block := source.read(_BLOCK):
            if _FORMULA.search(end + block):
                return True
            end = block[-_LONGEST_TAG:]
    return False


def _listed(row: dict[int, Found]) -> list[list[object]]:
    return [[column, found.text, found.mark.value, found.is_below] for column, found in sorted(row.items())]


def _cells(sheet: Any, formulas: Any, read: Read) -> _Rows:
    rows: _Rows = {}
    # What a sheet says of its own size may be wrong, or be made to ask for all memory.
    sheet.reset_dimensions()
    if formulas is not None:
        formulas.reset_dimensions()
    same_rows = formulas.iter_rows() if formulas is not None else ()
    for number, (row, same) in enumerate(zip_longest(sheet.iter_rows(), same_rows, fillvalue=()), start=1):
        if number > _LAST_ROW:
            raise _Refused(Why.DAMAGED)
        if found := dict(_row(row, same, read)):
            _check_place(sheet.title, number, found)
            rows[number] = found
    return rows


def _row(row: Any, same: Any, read: Read) -> Iterator[tuple[int, Found]]:
    for column, (cell, formula) in enumerate(zip_longest(row, same), start=1):
        if cell is not None and (found := read(cell, formula)) is not None:
            yield column, found


def _check_place(title: str, number: int, found: dict[int, Found]) -> None:
    furthest = max(found)
    if furthest > MOST_COLUMNS:
        raise _Refused(Why.FAR_CELL, (title, number, furthest))
    if number > MOST_ROWS:
        raise _Refused(Why.FAR_CELL if len(found) == 1 else Why.MANY_ROWS, (title, number, furthest))
    for column, each in found.items():
        if len(each.text) > MOST_CHARACTERS:
            raise _Refused(Why.LONG_CELL, (title, number, column))


def _fill_merged(rows: _Rows, path: Path, part: str) -> None:
    """Let what is merged downwards stand in each of its rows that holds something of its own."""
    for first_row, column, last_row in _merged(path, part):
        above = rows.get(first_row, {}).get(column)
        if above is None:
            continue
        for number in (
            [n for n in rows if first_row < n <= last_row]
            if last_row - first_row > len(rows)
            else range(first_row + 1, last_row + 1)
        ):
            if number in rows:
                rows[number].setdefault(column, Found(above.text, above.mark, is_below=True))


def _merged(path: Path, part: str) -> Iterator[tuple[int, int, int]]:
    from openpyxl.utils import range_boundaries

    found = 0
    with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as source:
        for _, element in ElementTree.iterparse(source):  # noqa: S314 (see the import)
            if element.tag == _MERGED_TAG and found < _MOST_MERGED:
                first_column, first_row, _, last_row = range_boundaries(element.get("ref", "A1"))
                found += 1
                if None not in (first_column, first_row, last_row) and last_row > first_row:
                    yield first_row, first_column, last_row
            element.clear()
