"""Why a file as a whole is not read, in one catalogue: what is wrong, and what to do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cchc_core.errors import BadText
from cchc_core.text import clean_line

MOST_BYTES: Final = 10 << 20
MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_CHARACTERS = 20_000, 100, 200_000, 20_000
_LONGEST_NAME = 80


class Why(StrEnum):
    """A reason to refuse a file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    LEGACY_XLS = "legacy_xls"
    OLD_OFFICE = "old_office"
    WEB_PAGE = "web_page"
    NOT_A_WORKBOOK = "not_a_workbook"
    WORD_FILE = "word_file"
    OTHER_FORMAT = "other_format"
    MACROS = "macros"
    BOMB = "bomb"
    DAMAGED = "damaged"
    SLOW = "slow"
    MEMORY = "memory"
    FAR_CELL = "far_cell"
    MANY_ROWS = "many_rows"
    MANY_CELLS = "many_cells"
    LONG_CELL = "long_cell"
    BAD_LETTERS = "bad_letters"
    NO_SHEET = "no_sheet"


_SAVE_AGAIN: Final = "Hãy mở tệp bằng Excel, chọn «Lưu thành» (Save As) kiểu «Excel Workbook (*.xlsx)» rồi tải tệp mới."
_COPY_THE_TABLE: Final = "Hãy chép riêng bảng cần đọc sang một tệp Excel mới, lưu kiểu .xlsx rồi tải tệp đó."
_SENTENCES: Final[Mapping[Why, tuple[str, str]]] = {
    Why.EMPTY: ("tệp rỗng, không có nội dung", "Hãy kiểm tra lại tệp rồi tải lên lần nữa."),
    Why.TOO_LARGE: (f"tệp lớn hơn {MOST_BYTES >> 20} MB", _COPY_THE_TABLE),
    Why.ENCRYPTED: (
        "tệp đang đặt mật khẩu mở nên không đọc được",
        "Hãy mở tệp bằng Excel, bỏ mật khẩu (File, Info, Protect Workbook) rồi lưu và tải lại.",
    ),
    Why.LEGACY_XLS: ("tệp ở định dạng Excel cũ (.xls, từ năm 2003 trở về trước)", _SAVE_AGAIN),
    Why.OLD_OFFICE: ("tệp ở định dạng Office cũ, không phải bảng tính .xlsx", _SAVE_AGAIN),
    Why.WEB_PAGE: ("tệp mang tên bảng tính nhưng bên trong là trang web (HTML)", _SAVE_AGAIN),
    Why.NOT_A_WORKBOOK: ("tệp không phải bảng tính Excel (.xlsx) và cũng không phải tệp CSV", _SAVE_AGAIN),
    Why.WORD_FILE: (
        "tệp là văn bản Word, không phải bảng tính",
        "Hãy chép bảng từ Word sang Excel, lưu kiểu .xlsx rồi tải tệp đó.",
    ),
    Why.OTHER_FORMAT: ("tệp là bảng tính ở định dạng khác (.ods, .xlsb), không phải .xlsx", _SAVE_AGAIN),
    Why.MACROS: ("tệp có mã macro", _SAVE_AGAIN),
    Why.BOMB: ("nội dung nén trong tệp lớn bất thường so với bản thân tệp nên không mở", _COPY_THE_TABLE),
    Why.DAMAGED: ("tệp hỏng, hoặc chưa tải lên trọn vẹn", _SAVE_AGAIN),
    Why.SLOW: ("tệp quá phức tạp, đọc quá lâu nên đã dừng", _COPY_THE_TABLE),
    Why.MEMORY: ("tệp quá lớn khi mở ra nên đã dừng", _COPY_THE_TABLE),
    Why.FAR_CELL: (
        "{place} có nội dung, nằm quá xa bảng (bảng rộng tối đa 100 cột, dài tối đa 20.000 dòng)",
        "Hãy xoá nội dung ở ô đó (xoá hẳn cột hoặc dòng), rồi lưu và tải lại.",
    ),
    Why.MANY_ROWS: ("{place}: bảng dài quá 20.000 dòng", "Hãy xoá các dòng thừa, hoặc chia bảng thành nhiều tệp."),
    Why.MANY_CELLS: ("tệp có quá 200.000 ô có nội dung", _COPY_THE_TABLE),
    Why.LONG_CELL: ("{place} dài quá 20.000 ký tự", "Hãy rút gọn nội dung của ô đó rồi lưu và tải lại."),
    Why.BAD_LETTERS: (
        "không nhận ra bảng mã chữ của tệp CSV",
        "Hãy mở tệp bằng Excel, lưu kiểu «CSV UTF-8» hoặc «Excel Workbook (*.xlsx)» rồi tải lại.",
    ),
    Why.NO_SHEET: ("tệp không có trang tính nào đang hiện mà có nội dung", "Hãy bỏ ẩn trang tính rồi lưu và tải lại."),
}


def refused(file_name: str, why: Why, place: str = "") -> BadText:
    """Make the refusal of a file; ``place`` names where in it, for the reasons that have a place."""
    problem, to_do = _SENTENCES[why]
    shown = " ".join(clean_line(file_name).split())[:_LONGEST_NAME]
    return BadText(f"Tệp «{shown}»", problem=problem.format(place=place), to_do=to_do)
