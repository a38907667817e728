"""Official points taken to a workbook and brought back: a row a code, an empty column for what the document says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO, Final

from cchc_core.rubric_drafts.model import Draft, DraftNode
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rules.decimals import format_number, parse_plain, parse_vietnamese
from cchc_core.rules.problems import AmbiguousNumber, NotANumber
from cchc_core.text import fold
from cchc_core.workbook_in.model import Cell, Mark, Problem, Row, SheetIn

SHEET: Final = "Điểm chính thức"
_DOCUMENT: Final = "Văn bản"
_COLUMNS: Final = (("Mã", 12), ("Nội dung", 70), ("Điểm đang dùng", 16), ("Điểm chính thức", 18))
_CODES: Final = frozenset({"ma", "stt", "tt", "so tt", "ma tieu chi", "ma so"})
_POINTS: Final = ("diem chinh thuc", "diem chuan", "diem toi da", "thang diem", "diem")
_HEADER: Final = 4
_LINE, _TITLE_CHARACTERS = 15.0, 78
_RETYPE: Final = "Hãy gõ lại mã dạng văn bản (Text), đúng như trong bản soạn."


@dataclass(frozen=True, slots=True)
class PointsRead:
    """What a workbook of points holds; as long as there is a problem nothing of it may be put into a draft."""

    points: dict[str, Decimal]
    document: str
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def points_template(draft: Draft, stream: BinaryIO) -> None:
    """Write a workbook with every code of a draft, its title and its points, and room for the official ones."""
    from cchc_core.workbook.texts import cell_text
    from cchc_core.workbook.xlsx import add_sheet, new_book

    book = new_book(stream)
    sheet = add_sheet(book, SHEET)
    edge = {"border": 1, "valign": "top", "text_wrap": True}
    head = book.add_format({"border": 1, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E6EEF7"})
    styles = {name: book.add_format({**edge, **more}) for name, more in _STYLES.items()}
    sheet.write_string(0, 0, cell_text(f"Điểm chính thức: {draft.head.title}"), book.add_format({"bold": True}))
    sheet.write_string(1, 0, "Ghi số, ngày của văn bản vào ô B3 và điểm vào cột D; dòng không có điểm thì để trống.")
    sheet.write_string(2, 0, _DOCUMENT)
    sheet.write_blank(2, 1, None, styles["document"])
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER, column, name, head)
    for row, node in enumerate(draft.nodes, start=_HEADER + 1):
        _write_row(sheet, row, node, styles)
    last = _HEADER + max(1, len(draft.nodes))
    sheet.data_validation(_HEADER + 1, 3, last, 3, _VALIDATION)
    sheet.freeze_panes(_HEADER + 1, 2)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    book.close()


_STYLES: Final[dict[str, dict[str, Any]]] = {
    "text": {"num_format": "@"},
    "group": {"num_format": "@", "bold": True},
    "points": {"num_format": "0.0000", "align": "right"},
    "input": {"num_format": "0.0000", "align": "right", "bg_color": "#FFF8DC"},
    "document": {"num_format": "@", "bg_color": "#FFF8DC"},
}
_VALIDATION: Final[dict[str, Any]] = {
    "validate": "decimal",
    "criteria": ">",
    "value": 0,
    "error_title": "Điểm chính thức",
    "error_message": "Điểm là số lớn hơn 0.",
}


def _write_row(sheet: Any, row: int, node: DraftNode, styles: dict[str, Any]) -> None:
    from cchc_core.workbook.texts import cell_text, lines_of

    sheet.set_row(row, _LINE * lines_of(node.title, _TITLE_CHARACTERS))
    words = styles["text" if is_leaf(node) else "group"]
    sheet.write_string(row, 0, cell_text(node.code), words)
    sheet.write_string(row, 1, cell_text(node.title), words)
    points = node.fields.get("max_points", node.fields.get("declared_max"))
    if points is None:
        sheet.write_blank(row, 2, None, styles["points"])
    else:
        sheet.write_number(row, 2, float(Decimal(points)), styles["points"])
    sheet.write_blank(row, 3, None, styles["input"])


def read_points_file(content: bytes, name: str, draft: Draft) -> PointsRead:
    """Read points by code from a workbook or CSV file: the template filled in, or any table with codes and points.

    Raises BadText for a file that is none, or too large; what is wrong inside is named by sheet, row and column.
    """
    from cchc_core.workbook_in.reading import read_workbook

    book = read_workbook(content, name)
    known = _Codes(draft)
    read = _Read()
    for sheet in book.sheets:
        _read_sheet(sheet, known, read)
    if not read.headers:
        to_do = "Hãy dùng mẫu tải về từ bản soạn, hoặc đặt tên cột là «Mã» và «Điểm chính thức»."
        read.problems.append(Problem(f"Tệp {name}", "không thấy bảng có cột mã và cột điểm", to_do))
    elif not read.points and not read.problems:
        read.problems.append(Problem(f"Tệp {name}", "chưa có điểm nào được ghi", "Hãy ghi điểm vào cột điểm."))
    return PointsRead(read.points, read.document, tuple(read.problems), tuple(_missing(draft, read)))


@dataclass
class _Read:
    points: dict[str, Decimal] = field(default_factory=dict)
    document: str = ""
    problems: list[Problem] = field(default_factory=list)
    headers: int = 0


class _Codes:
    """The codes of a draft, also as they are printed: without the part in front, where that is plain."""

    def __init__(self, draft: Draft) -> None:
        self.all = {node.code for node in draft.nodes}
        parts = [node.code for node in draft.nodes if node.kind is NodeKind.PART]
        self._short: dict[str, list[str]] = {}
        for code in sorted(self.all):
            for part in parts:
                if code.startswith(f"{part}."):
                    self._short.setdefault(code.removeprefix(f"{part}."), []).append(code)

    def find(self, printed: str) -> Sequence[str]:
        """Give the codes that a printed one can mean."""
        code = printed.strip().rstrip(".")
        return [code] if code in self.all else self._short.get(code, [])


def _read_sheet(sheet: SheetIn, known: _Codes, read: _Read) -> None:
    columns: tuple[int, int] | None = None
    for row in sheet.rows:
        found = _columns(row)
        if found is not None:
            columns, read.headers = found, read.headers + 1
        elif columns is not None:
            _read_row(sheet, row, columns, known, read)
        else:
            read.document = read.document or _document_in(row)


def _columns(row: Row) -> tuple[int, int] | None:
    names = {column: " ".join(fold(cell.text).split()) for column, cell in row.filled()}
    codes = [column for column, text in names.items() if text in _CODES]
    points = [column for wanted in _POINTS for column, text in names.items() if text.startswith(wanted)]
    return (codes[0], points[0]) if codes and points else None


def _document_in(row: Row) -> str:
    cells = [cell.text for _column, cell in row.filled()]
    return cells[1].strip() if len(cells) > 1 and fold(cells[0]).startswith("van ban") else ""


def _read_row(sheet: SheetIn, row: Row, columns: tuple[int, int], known: _Codes, read: _Read) -> None:
    code_cell, points_cell = row.cell(columns[0]), row.cell(columns[1])
    if not points_cell.text.strip() and points_cell.mark is Mark.NONE:
        return
    problem = _code_problem(code_cell, known, read)
    if problem is not None:
        read.problems.append(Problem(sheet.place(row.number, columns[0]), *problem, row.number))
        return
    value = _value(points_cell)
    if isinstance(value, Decimal):
        read.points[known.find(code_cell.text)[0]] = value
    else:
        read.problems.append(Problem(sheet.place(row.number, columns[1]), *value, row.number))


def _code_problem(cell: Cell, known: _Codes, read: _Read) -> tuple[str, str] | None:
    if not cell.text.strip():
        return "có điểm nhưng không có mã", "Hãy ghi mã, hoặc xoá điểm ở dòng này."
    if cell.mark is Mark.DATE:
        return f"Excel đã đổi mã thành ngày «{cell.text}»", _RETYPE
    found = known.find(cell.text)
    if cell.mark is Mark.NUMBER and known.find(f"{cell.text}0"):
        return f"mã {cell.text} lưu dạng số nên lẫn với {cell.text}0", _RETYPE
    if not found:
        return f"bản soạn không có mã «{cell.text[:40]}»", "Hãy sửa mã, hoặc xoá dòng này."
    if len(found) > 1:
        return f"mã «{cell.text[:40]}» có ở {', '.join(found)}", "Hãy ghi cả mã của phần ở phía trước."
    return (f"mã {found[0]} đã có ở trên", "Mỗi mã chỉ một dòng.") if found[0] in read.points else None


def _value(cell: Cell) -> Decimal | tuple[str, str]:
    if cell.mark in (Mark.FORMULA, Mark.ERROR, Mark.DATE):
        return f"ô điểm không phải một số («{cell.text[:40]}»)", "Hãy gõ điểm vào ô, không dùng công thức hay ngày."
    try:
        return parse_plain(cell.text) if cell.mark is Mark.NUMBER else parse_vietnamese(cell.text)
    except AmbiguousNumber as why:
        readings = " hoặc ".join(map(format_number, why.readings))
        return f"«{cell.text}» có hai cách đọc: {readings}", "Hãy ghi rõ bằng dấu phẩy thập phân, ví dụ 0,5000."
    except NotANumber as why:
        return f"«{cell.text[:40]}»: {why}", "Hãy ghi một số, ví dụ 0,5000."


def _missing(draft: Draft, read: _Read) -> Iterator[str]:
    left = [node.code for node in draft.nodes if is_leaf(node) and node.code not in read.points]
    if left and read.points:
        some = ", ".join(left[:10]) + (" …" if len(left) > 10 else "")
        yield f"{len(left)} tiêu chí không có điểm trong tệp: {some}."
