"""The rows below a header: headings, tasks and further products of a task, and every problem by its cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from cchc_core.plans.model import Product
from cchc_core.tasks import texts
from cchc_core.tasks.draft import TaskDraft
from cchc_core.tasks.import_columns import FIELD_NAMES, Field, Header
from cchc_core.text import fold
from cchc_core.workbook_in.model import Cell, Mark, Problem, Row, SheetIn

MOST_CHARACTERS: Final = {
    Field.NUMBER: 30,
    Field.PRODUCTS: texts.MOST_TEXT,
    Field.HOW: texts.MOST_TEXT,
    Field.NOTE: texts.MOST_TEXT,
}
_ROMAN: Final = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
_PART: Final = re.compile(r"[A-HK-UY]")
_CODE: Final = re.compile(r"[0-9A-Za-zĐđ]+([.\-/][0-9A-Za-zĐđ]+)*")
_HEADED: Final = re.compile(r"((?:[A-H]|[IVX]+)(?:\.[IVX]+)*)\s*[.)\-–:]\s+(\S.*)", re.DOTALL)
_FOOTER: Final = re.compile(
    r"(noi nhan|nguoi lap|thu truong|giam doc|pho giam doc|lanh dao|(?:tm|kt|tl)\.|tong cong|tong so|cong:|ghi chu:)"
)
_BULLET: Final = re.compile(r"^\s*[-–+*•●]\s*")
_MISREAD: Final = {
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


@dataclass
class Rows:
    """What has been read so far."""

    sheet: SheetIn
    header: Header
    tasks: list[TaskDraft] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    part: str = ""
    group_code: str = ""
    group_title: str = ""

    def complain(self, row: Row, column: Field | None, problem: str, to_do: str) -> None:
        """Note a problem at a cell, or at a row as a whole."""
        place = self.sheet.place(row.number, self.header.columns.get(column) if column else None)
        self.problems.append(Problem(place, problem, to_do, row.number))


@dataclass(frozen=True)
class _Line:
    """A row by its fields; ``own`` are those that stand in this very row and not in a merged cell above."""

    row: Row
    texts: dict[Field, str]
    own: frozenset[Field]

    def has_only(self, *fields: Field) -> bool:
        return self.own <= {*fields, Field.NOTE}

    def text(self, name: Field) -> str:
        return self.texts.get(name, "")


def read_rows(sheet: SheetIn, header: Header, rows: Iterable[Row]) -> Rows:
    """Read the rows of a table, all of them, so that every problem is named at once."""
    read, lines = Rows(sheet, header), [_line(row, header) for row in rows]
    for place, line in enumerate(lines):
        if _is_numbering(line):
            continue
        if _is_footer(line):
            read.notes.append(f"{sheet.place(line.row.number)}: coi là hết bảng; các dòng từ đây không nhập.")
            break
        following = lines[place + 1] if place + 1 < len(lines) else None
        _read_line(read, line, following)
    return read


def _line(row: Row, header: Header) -> _Line:
    cells = {name: row.cell(column) for name, column in header.columns.items()}
    texts = {name: _text(name, cell) for name, cell in cells.items()}
    marked = {name for name, cell in cells.items() if cell.text or cell.mark in _MISREAD}
    return _Line(row, texts, frozenset(name for name in marked if not cells[name].is_below))


def _text(name: Field, cell: Cell) -> str:
    text = cell.text.strip()
    if cell.mark is Mark.NUMBER:
        if name is Field.TIME and re.fullmatch(r"20\d\d", text):
            return f"Năm {text}"
        # A code keeps its dot, a number is printed as people here write it.
        return text if name is Field.NUMBER else text.replace(".", ",")
    return text if name in (Field.PRODUCTS, Field.HOW, Field.NOTE) else " ".join(text.split())


def _is_numbering(line: _Line) -> bool:
    """Tell whether a row numbers the columns: (1), (2), (3) …"""
    numbers = [re.sub(r"\W", "", cell.text) for _, cell in line.row.filled()]
    first = int(numbers[0]) if len(numbers) >= 3 and numbers[0].isdecimal() else None
    return first is not None and numbers == [str(first + step) for step in range(len(numbers))]


def _is_footer(line: _Line) -> bool:
    filled = [cell.text for _, cell in line.row.filled()]
    is_code = bool(_CODE.fullmatch(line.text(Field.NUMBER).rstrip(".)")))
    return bool(filled) and not is_code and len(filled) <= 3 and _FOOTER.match(fold(filled[0])) is not None


def _read_line(read: Rows, line: _Line, following: _Line | None) -> None:
    if not line.own:
        if any(True for _ in line.row.filled()):
            read.notes.append(f"{read.sheet.place(line.row.number)}: chỉ có chữ ngoài các cột của bảng, không nhập.")
        return
    if _complain_of_cells(read, line):
        return
    for kind in (_read_heading, _read_continued, _read_empty, _read_task):
        if kind(read, line, following):
            return


def _complain_of_cells(read: Rows, line: _Line) -> bool:
    before = len(read.problems)
    for name in Field:
        if name in line.own:
            _complain_of_cell(read, line, name)
    return len(read.problems) > before


def _complain_of_cell(read: Rows, line: _Line, name: Field) -> None:
    cell = line.row.cell(read.header.columns[name])
    most = MOST_CHARACTERS.get(name, texts.MOST_TITLE)
    if cell.mark in _MISREAD:
        read.complain(line.row, name, *_MISREAD[cell.mark])
    elif name is Field.NUMBER and cell.mark is Mark.DATE:
        read.complain(
            line.row,
            name,
            f"Excel đã đổi số thứ tự thành ngày ({cell.text})",
            "Hãy định dạng ô là Text (văn bản) rồi gõ lại số thứ tự, ví dụ 1.2.",
        )
    elif len(cell.text) > most and not (name is Field.NUMBER and not line.text(Field.TITLE)):
        read.complain(
            line.row,
            name,
            f"«{FIELD_NAMES[name]}» dài {len(cell.text)} ký tự, quá {most}",
            "Hãy rút gọn nội dung của ô.",
        )


def _read_heading(read: Rows, line: _Line, following: _Line | None) -> bool:
    if not line.has_only(Field.NUMBER, Field.TITLE):
        return False
    number, title = _heading_parts(line)
    if not title:
        return False
    if _ROMAN.fullmatch(number):
        read.group_code = f"{read.part}.{number}" if read.part else number
    elif _PART.fullmatch(number):
        read.part = read.group_code = number
    elif number and following is not None and following.text(Field.NUMBER).startswith(f"{number}."):
        read.group_code = number
    elif not number and title.isupper():
        read.group_code = ""
    elif number.count(".") and _HEADED.fullmatch(f"{number}. {title}"):
        read.group_code = number
    else:
        return False
    read.group_title = title
    return True


def _heading_parts(line: _Line) -> tuple[str, str]:
    number, title = line.text(Field.NUMBER).rstrip(".) "), line.text(Field.TITLE)
    alone = number or title
    if (number and title) or not alone:
        return number, title
    found = _HEADED.fullmatch(line.text(Field.NUMBER) or title)
    return (found[1], " ".join(found[2].split())) if found else ("", alone)


def _read_continued(read: Rows, line: _Line, _following: _Line | None) -> bool:
    if line.own & {Field.NUMBER, Field.TITLE}:
        return False
    if not read.tasks:
        read.complain(
            line.row,
            Field.TITLE,
            "dòng không có STT và tên nhiệm vụ, phía trên cũng chưa có nhiệm vụ nào",
            "Hãy ghi STT và tên nhiệm vụ, hoặc xoá dòng này.",
        )
        return True
    read.tasks[-1] = _continued(read.tasks[-1], line)
    return True


def _continued(task: TaskDraft, line: _Line) -> TaskDraft:
    """Add what a further row says: a product with its own time, a time alone, or more of another column."""
    time = line.text(Field.TIME) if Field.TIME in line.own else ""
    products: tuple[Product, ...] = ()
    times = task.title_times
    if Field.PRODUCTS in line.own:
        products = _products(line.text(Field.PRODUCTS), time)
    elif time:
        times = (*times, time)

    def more(name: Field, before: str) -> str:
        return _joined(before, line.text(name)) if name in line.own else before

    return replace(
        task,
        products=(*task.products, *products),
        title_times=times,
        lead_text=more(Field.LEAD, task.lead_text),
        coordinating=more(Field.COORDINATING, task.coordinating),
        funding=more(Field.FUNDING, task.funding),
        how=more(Field.HOW, task.how),
        note=more(Field.NOTE, task.note),
    )


def _joined(before: str, text: str) -> str:
    return text if not before or before == text else f"{before}; {text}"


def _read_empty(read: Rows, line: _Line, _following: _Line | None) -> bool:
    if line.own != {Field.NUMBER}:
        return False
    read.notes.append(f"{read.sheet.place(line.row.number)}: chỉ có STT, không nhập.")
    return True


def _read_task(read: Rows, line: _Line, _following: _Line | None) -> bool:
    number, title = line.text(Field.NUMBER).rstrip(".) "), line.text(Field.TITLE)
    has_numbers = Field.NUMBER in read.header.columns
    if not title:
        read.complain(line.row, Field.TITLE, "thiếu tên nhiệm vụ", "Hãy ghi tên nhiệm vụ, hoặc xoá dòng này.")
    elif has_numbers and not number:
        read.complain(
            line.row,
            Field.NUMBER,
            f"thiếu số thứ tự của nhiệm vụ «{_short(title)}»",
            "Hãy ghi STT; tên nhóm thì ghi số La Mã (I, II …); ý tiếp của nhiệm vụ trên thì gộp vào ô của dòng trên.",
        )
    elif number and not _CODE.fullmatch(number):
        read.complain(
            line.row,
            Field.NUMBER,
            f"«{_short(number)}» không phải là số thứ tự",
            "Hãy ghi số hoặc mã không có dấu cách, ví dụ 7 hoặc 3.1.",
        )
    else:
        read.tasks.append(_task(read, line, number or str(len(read.tasks) + 1)))
        read.places.append(line.row.number)
    return True


def _task(read: Rows, line: _Line, number: str) -> TaskDraft:
    return TaskDraft(
        code=number,
        title=line.text(Field.TITLE),
        group_code=read.group_code,
        group_title=read.group_title,
        products=_products(line.text(Field.PRODUCTS)),
        lead_text=line.text(Field.LEAD),
        coordinating=line.text(Field.COORDINATING),
        time_text=line.text(Field.TIME),
        funding=line.text(Field.FUNDING),
        how=line.text(Field.HOW),
        note=line.text(Field.NOTE),
        source=read.sheet.place(line.row.number),
    )


def _products(text: str, time: str = "") -> tuple[Product, ...]:
    """Split a cell into products, one a line; a line that goes on with a small letter belongs to the one above."""
    products: list[str] = []
    for line in filter(None, (part.strip() for part in text.split("\n"))):
        bare = _BULLET.sub("", line)
        if products and bare == line and line[:1].islower():
            products[-1] += f" {line}"
        elif bare:
            products.append(bare)
    return tuple(Product(product, time or None) for product in products)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rstrip()}…"
