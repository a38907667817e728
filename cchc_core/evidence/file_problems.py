"""Why a file is not taken: one catalogue of reasons, each with what to do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cchc_core.errors import Refused


class Reason(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OVER_QUOTA = "over_quota"
    PURGED = "purged"
    BAD_NAME = "bad_name"
    UNKNOWN_KIND = "unknown_kind"
    OTHER_CONTENT = "other_content"
    EXECUTABLE = "executable"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    NESTED = "nested"
    BOMB = "bomb"
    DAMAGED = "damaged"
    HUGE_PICTURE = "huge_picture"


KINDS_TEXT: Final = "pdf, doc, docx, xls, xlsx, pptx, png, jpg, zip"
_TEXTS: Final[Mapping[Reason, tuple[str, str]]] = {
    Reason.EMPTY: ("tệp rỗng, không có nội dung", "Hãy mở tệp kiểm tra rồi chọn lại."),
    Reason.TOO_LARGE: ("tệp lớn quá giới hạn", "Hãy nén ảnh trong tệp, hoặc tách thành nhiều tệp."),
    Reason.OVER_QUOTA: (
        "đơn vị đã dùng hết hạn mức lưu trữ",
        "Hãy nhờ quản trị tăng hạn mức, hoặc dùng liên kết thay cho tệp.",
    ),
    Reason.PURGED: (
        "nội dung tệp này đã bị quản trị huỷ nên không lưu lại được",
        "Hãy hỏi quản trị, hoặc tải lên bản đã bỏ phần không được lưu.",
    ),
    Reason.BAD_NAME: (
        "tên tệp có đường dẫn hoặc ký tự không được phép",
        "Hãy đổi tên tệp, chỉ dùng chữ, số, dấu cách, gạch nối rồi tải lại.",
    ),
    Reason.UNKNOWN_KIND: ("không nhận loại tệp này", f"Hãy dùng một trong các loại: {KINDS_TEXT}."),
    Reason.OTHER_CONTENT: (
        "nội dung tệp không đúng với phần mở rộng của tên",
        "Hãy mở tệp bằng phần mềm đã tạo ra nó và lưu lại đúng loại.",
    ),
    Reason.EXECUTABLE: ("tệp là chương trình hoặc có chứa chương trình", "Hãy bỏ chương trình khỏi tệp rồi tải lại."),
    Reason.MACROS: ("tệp có chứa macro", "Hãy lưu lại thành loại không có macro (docx, xlsx, pptx) hoặc PDF."),
    Reason.ENCRYPTED: (
        "tệp được đặt mật khẩu nên không ai đọc được",
        "Hãy bỏ mật khẩu (Tệp › Thông tin › Bảo vệ), lưu lại rồi tải lên.",
    ),
    Reason.NESTED: ("gói nén có gói nén khác bên trong", "Hãy giải nén gói bên trong rồi nén lại một lần."),
    Reason.BOMB: ("gói nén giải ra quá lớn hoặc có quá nhiều tệp", "Hãy tách thành nhiều gói nhỏ hơn."),
    Reason.DAMAGED: ("tệp bị hỏng, không đọc được", "Hãy mở tệp kiểm tra, lưu lại rồi tải lên."),
    Reason.HUGE_PICTURE: ("ảnh có quá nhiều điểm ảnh", "Hãy thu nhỏ ảnh, chiều dài nhất không quá 10.000 điểm."),
}


class FileRefused(Refused):
    """A file that is not taken; ``reason`` tells why, ``file_name`` which one as far as it can be printed."""

    code = "TL-10"
    what = "tệp «{name}»: {problem}{more}"
    remedy = "{to_do}"

    def __init__(self, where: str, reason: Reason, file_name: str, detail: str = "") -> None:
        self.reason = reason
        self.file_name = printable(file_name)
        problem, to_do = _TEXTS[reason]
        more = f" ({detail})" if detail else ""
        super().__init__(where, name=self.file_name, problem=problem, more=more, to_do=to_do)


def printable(name: str) -> str:
    """Give a name as a message may hold it: nothing invisible in it, not too long.

    >>> printable("a\\u202efdp.exe")
    'a_fdp.exe'
    """
    shown = "".join(letter if letter.isprintable() else "_" for letter in name)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
