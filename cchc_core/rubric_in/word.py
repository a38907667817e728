"""Word files as a book: every table like a sheet, read in a child process with limits."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cchc_core.confined import Confined, Reason, run
from cchc_core.errors import BadText
from cchc_core.text import clean_line
from cchc_core.workbook_in.model import Book, Cell, Mark, Row, SheetIn
from cchc_core.workbook_in.refusals import MOST_BYTES

_CHILD: Final = "cchc_core.rubric_in.word_child"
_SECONDS, _MEGABYTES = 25.0, 768
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_LONGEST_NAME = 80
_SAVE_AGAIN: Final = "Hãy mở tệp bằng Word, chọn «Lưu thành» (Save As) kiểu «Word Document (*.docx)» rồi tải tệp mới."
_COPY: Final = "Hãy chép riêng bảng tiêu chí sang một tệp Word hoặc Excel mới rồi tải tệp đó."
_TO_DO: Final[Mapping[Reason, tuple[str, str]]] = {
    Reason.TIME: ("tệp quá phức tạp, đọc quá lâu nên đã dừng", _COPY),
    Reason.MEMORY: ("tệp quá lớn khi mở ra nên đã dừng", _COPY),
    Reason.CRASH: ("tệp hỏng, hoặc không phải là tệp Word (.docx)", _SAVE_AGAIN),
}


def is_word(content: bytes, name: str) -> bool:
    """Tell whether a file is to be read as a Word file: by its name, or by what a workbook never has."""
    if name.lower().endswith((".docx", ".docm", ".doc")):
        return True
    return content.startswith(_ZIP) and b"word/document.xml" in content and b"xl/workbook.xml" not in content


def read_word(content: bytes, name: str) -> Book:
    """Read the tables of a Word file into text cells. Raises BadText, which names the reason and what to do."""
    if not content.strip():
        raise _refused(name, "tệp rỗng, không có nội dung", "Hãy kiểm tra lại tệp rồi tải lên lần nữa.")
    if len(content) > MOST_BYTES:
        raise _refused(name, f"tệp lớn hơn {MOST_BYTES >> 20} MB", _COPY)
    if content.startswith(_OLE):
        raise _refused(name, *_old_file(content))
    if not content.startswith(_ZIP):
        raise _refused(name, "tệp mang tên văn bản Word nhưng bên trong không phải .docx", _SAVE_AGAIN)
    return _book(_from_child(content, name), name)


def _old_file(content: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return (
            "tệp đang đặt mật khẩu mở nên không đọc được",
            "Hãy mở tệp bằng Word, bỏ mật khẩu (File, Info, Protect Document) rồi lưu và tải lại.",
        )
    return "tệp ở định dạng Word cũ (.doc, từ năm 2003 trở về trước)", _SAVE_AGAIN


def _from_child(content: bytes, name: str) -> Mapping[str, Any]:
    with tempfile.TemporaryDirectory(prefix="cchc-van-ban-") as folder:
        path = Path(folder) / "in.docx"
        path.write_bytes(content)
        try:
            answer: Mapping[str, Any] = run(_CHILD, {"path": str(path)}, seconds=_SECONDS, megabytes=_MEGABYTES)
        except Confined as why:
            problem, to_do = _TO_DO.get(why.reason, (why.words, _SAVE_AGAIN))
            raise _refused(name, problem, to_do) from why
    return answer


def _book(answer: Mapping[str, Any], name: str) -> Book:
    sheets = tuple(_sheet(number, table) for number, table in enumerate(answer["tables"], start=1))
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise _refused(
            name,
            "tệp Word không có bảng nào",
            "Hãy kẻ các tiêu chí thành bảng; nếu là văn bản thường thì dùng ô «Dán văn bản».",
        )
    return Book(name, filled)


def _sheet(number: int, table: Mapping[str, Any]) -> SheetIn:
    called = f"Bảng {number}"
    rows = tuple(
        Row(row, {column: Cell(text, Mark(mark), is_below) for column, text, mark, is_below in cells})
        for row, cells in table["rows"]
    )
    return SheetIn(called, rows, called=called, above=tuple(table["above"]))


def _refused(name: str, problem: str, to_do: str) -> BadText:
    shown = " ".join(clean_line(name).split())[:_LONGEST_NAME]
    return BadText(f"Tệp «{shown}»", problem=problem, to_do=to_do)
