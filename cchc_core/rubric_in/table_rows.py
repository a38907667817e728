"""The rows of a table by their fields, and the cells that cannot be trusted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.headers import Header, is_numbering
from cchc_core.rubric_in.texts import one_line
from cchc_core.text import fold
from cchc_core.workbook_in.model import Cell, Mark, Problem, Row, SheetIn

_FOOTER: Final = re.compile(
    r"(noi nhan|nguoi lap|nguoi cham|thu truong|giam doc|pho giam doc|chu tich|pho chu tich|truong phong|lanh dao|"
    r"(?:tm|kt|tl|tuq)\.)"
)
_LONGEST_FOOTER = 60
ABOVE = 0
_BROKEN: Final = frozenset({Field.CODE, Field.TITLE, Field.EVIDENCE, Field.HOW, Field.OPTIONS, Field.POINTS})
MISREAD: Final[Mapping[Mark, tuple[str, str]]] = {
    Mark.FORMULA: (
        "ô là công thức nhưng tệp không lưu giá trị của nó",
        "Hãy mở tệp bằng Excel, bấm F9 rồi lưu; hoặc chép và dán ô thành giá trị (Paste Values).",
    ),
    Mark.ERROR: ("ô đang báo lỗi của Excel", "Hãy sửa công thức, hoặc gõ thẳng nội dung vào ô."),
    Mark.OLD_FONT: (
        "chữ gõ bằng phông cũ (.Vn… hoặc VNI-…), không phải Unicode",
        "Hãy chuyển mã sang Unicode (Unikey, Vietkey) rồi lưu và tải lại.",
    ),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A stretch of rows under one header; ``name`` is what people choose it by."""

    name: str
    sheet: SheetIn
    header: Header
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row by its fields; ``own`` are those that stand in this very row and not in a merged cell above."""

    table: Table
    row: Row
    texts: Mapping[Field, str]
    own: frozenset[Field]

    def text(self, field: Field) -> str:
        """Give the text of a field, also one that stands in a merged cell above; '' where there is none."""
        return self.texts.get(field, "")

    def own_text(self, field: Field) -> str:
        """Give the text of a field that stands in this very row."""
        return self.texts.get(field, "") if field in self.own else ""

    def cell(self, field: Field) -> Cell:
        """Give the first cell of a field as it stands."""
        return self.row.cell(self.table.header.column(field) or 0)

    def place(self, field: Field | None = None) -> str:
        """Name the row, or a cell of it, as people find it; a heading over a table of a Word file has no row."""
        if self.row.number == ABOVE:
            return f"{self.table.sheet.place()}, phía trên bảng"
        return self.table.sheet.place(self.row.number, self.table.header.column(field) if field else None)

    def problem(self, field: Field | None, problem: str, to_do: str) -> Problem:
        """Say what is wrong here."""
        return Problem(self.place(field), problem, to_do, self.row.number)


def lines_of_table(table: Table) -> list[Line]:
    """Give the rows of a table that hold something, without the one that numbers the columns."""
    return [line_of(table, row) for row in table.rows if not is_numbering(row)]


def line_of(table: Table, row: Row) -> Line:
    """Sort the cells of a row by field; of several columns of one field the texts are put together."""
    texts, own = {}, set()
    for field, columns in table.header.columns.items():
        cells = [row.cell(column) for column in columns]
        # What is merged downwards has been said; only what stands in the row adds to it.
        said = [cell for cell in cells if not cell.is_below] if field is Field.TITLE else cells
        text = ("\n" if field in _BROKEN else "; ").join(filter(None, (cell.text.strip() for cell in said)))
        texts[field] = text if field in _BROKEN else one_line(text)
        if any((cell.text or cell.mark in MISREAD) and not cell.is_below for cell in cells):
            own.add(field)
    return Line(table, row, texts, frozenset(own))


def cell_problems(line: Line) -> list[Problem]:
    """Name the cells of a row whose content cannot be trusted."""
    found = []
    for field, columns in line.table.header.columns.items():
        for column in columns if field is not Field.GIVEN else ():
            cell = line.row.cell(column)
            if cell.mark in MISREAD and not cell.is_below:
                place = line.table.sheet.place(line.row.number, column)
                found.append(Problem(place, *MISREAD[cell.mark], line.row.number))
            elif field is Field.POINTS and cell.mark is Mark.DATE:
                found.append(
                    line.problem(
                        field,
                        f"Excel đã đổi điểm thành ngày ({cell.text})",
                        "Hãy định dạng ô là Text (văn bản) rồi gõ lại điểm, ví dụ 0,5.",
                    )
                )
    return found


def footer_from(lines: Sequence[Line], start: int) -> bool:
    """Tell whether what stands from here on is no table any more: signatures, «Nơi nhận»."""
    first = _words(lines[start])
    is_short = 0 < len(first) <= _LONGEST_FOOTER and (first.isupper() or fold(first).startswith("noi nhan"))
    if not is_short or not _FOOTER.match(fold(first)):
        return False
    return not any(line.own_text(Field.POINTS) for line in lines[start:])


def _words(line: Line) -> str:
    return next((one_line(cell.text) for _, cell in line.row.filled() if cell.text), "")
