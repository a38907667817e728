"""Opens a Word file in the child process of :mod:`cchc_core.confined`: sizes first, then its tables as rows."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from cchc_core.confined import ChildRefuses
from cchc_core.rubric_in.word_cells import Numbering, has_old_font, is_part_of_cell, text_of_cell, text_of_paragraph
from cchc_core.text import clean_line
from cchc_core.workbook_in.model import Mark

_MOST_ENTRIES, _MOST_UNPACKED, _MOST_TEXT = 3_000, 150 << 20, 40 << 20
_MOST_RATIO, _RATIO_FROM = 150, 4 << 20
_MOST_ROWS, _MOST_CELLS, _MOST_COLUMNS, _MOST_CHARACTERS = 20_000, 200_000, 100, 20_000
_MOST_ABOVE, _LONGEST_ABOVE = 15, 600
_MOST_NESTED: Final = 20

_Listed = list[list[object]]


def answer(request: dict[str, Any]) -> object:
    """Give the tables with their cells, and the lines that stand above each."""
    path = Path(request["path"])
    _check_container(path)
    return {"tables": list(_tables(_opened(path)))}


def _check_container(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as why:
        raise ChildRefuses("tệp hỏng, hoặc không phải là tệp Word (.docx)") from why
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    texts = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    is_dense = unpacked > _RATIO_FROM and unpacked > _MOST_RATIO * path.stat().st_size
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or texts > _MOST_TEXT or is_dense:
        raise ChildRefuses("nội dung nén trong tệp lớn bất thường so với bản thân tệp nên không mở")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ChildRefuses("tệp đang đặt mật khẩu nên không đọc được")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ChildRefuses("tệp có mã macro")
    if "word/document.xml" not in names:
        raise ChildRefuses("tệp không phải là văn bản Word (.docx)")


def _opened(path: Path) -> Any:
    import docx

    try:
        with path.open("rb") as file:
            return docx.Document(file)
    except (MemoryError, RecursionError):
        raise
    except Exception as why:  # the library raises whatever its parts raise
        raise ChildRefuses("tệp hỏng, hoặc không phải là tệp Word (.docx)") from why


def _tables(opened: Any) -> Iterator[dict[str, object]]:
    from docx.oxml.ns import qn

    numbering, above, cells = Numbering(opened), list[str](), 0
    for block in _blocks(opened.element.body, qn):
        if block.tag == qn("w:p"):
            line = clean_line(text_of_paragraph(block, numbering))
            if line:
                above = [*above, line[:_LONGEST_ABOVE]][-_MOST_ABOVE:]
            continue
        for table in (block, *_nested(block, qn)):
            rows = list(_rows(table, numbering, qn))
            cells += sum(len(row) for _, row in rows)
            if cells > _MOST_CELLS:
                raise ChildRefuses("tệp có quá 200.000 ô có nội dung")
            if rows:
                yield {"above": above, "rows": rows}
                above = []


def _blocks(body: Any, qn: Any) -> Iterator[Any]:
    """Give paragraphs and tables in reading order, also those within a control."""
    for element in body:
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag == qn("w:sdt"):
            for content in element.iterchildren(qn("w:sdtContent")):
                yield from _blocks(content, qn)


def _nested(table: Any, qn: Any) -> list[Any]:
    """Give the tables that stand within the cells of one that only lays out the page."""
    inner = [each for each in table.iter(qn("w:tbl")) if each is not table and not is_part_of_cell(each, qn)]
    return inner if len(inner) <= _MOST_NESTED else []


def _rows(table: Any, numbering: Numbering, qn: Any) -> Iterator[tuple[int, _Listed]]:
    """Give the rows of a table that hold something; what is merged downwards stands in each of its rows."""
    above: dict[int, tuple[str, str]] = {}
    for number, row in enumerate(_own_rows(table, qn), start=1):
        if number > _MOST_ROWS:
            raise ChildRefuses("bảng dài quá 20.000 dòng")
        listed: _Listed = []
        column = 1 + _grid_before(row, qn)
        for cell in _own_cells(row, qn):
            if column > _MOST_COLUMNS:
                raise ChildRefuses("bảng rộng quá 100 cột")
            found = _cell(cell, numbering, above, column, qn)
            if found is not None:
                listed.append([column, *found])
            column += _span(cell, qn)
        if listed:
            yield number, listed


def _cell(
    cell: Any, numbering: Numbering, above: dict[int, tuple[str, str]], column: int, qn: Any
) -> tuple[str, str, bool] | None:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merge is not None and merge.get(qn("w:val")) in (None, "continue"):
        known = above.get(column)
        own = clean_line(text_of_cell(cell, numbering))
        if known is None and not own:
            return None
        return (*known, True) if known is not None else (own, Mark.NONE.value, False)
    text = clean_line(text_of_cell(cell, numbering))
    if len(text) > _MOST_CHARACTERS:
        raise ChildRefuses("một ô của bảng dài quá 20.000 ký tự")
    mark = Mark.OLD_FONT if text and not text.isascii() and has_old_font(cell) else Mark.NONE
    above.pop(column, None)
    if merge is not None and text:
        above[column] = (text, mark.value)
    return (text, mark.value, False) if text else None


def _own_rows(table: Any, qn: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == qn("w:tr"):
            yield element
        elif element.tag == qn("w:sdt"):
            yield from element.iterfind(f"{qn('w:sdtContent')}/{qn('w:tr')}")


def _own_cells(row: Any, qn: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == qn("w:tc"):
            yield element
        elif element.tag == qn("w:sdt"):
            yield from element.iterfind(f"{qn('w:sdtContent')}/{qn('w:tc')}")


def _grid_before(row: Any, qn: Any) -> int:
    return _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), qn, 0)


def _span(cell: Any, qn: Any) -> int:
    return max(1, _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), qn, 1))


def _number(element: Any, qn: Any, otherwise: int) -> int:
    text = "" if element is None else str(element.get(qn("w:val"), ""))
    return min(int(text), _MOST_COLUMNS + 1) if text.isdecimal() else otherwise
