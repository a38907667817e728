"""What the head of a paper says: number, date, issuing body, type, abstract, and whether it bears a mark of secrecy.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II; the marks of secrecy: Luật Bảo vệ bí mật nhà nước 2018, Điều 8.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc_core.evidence.reading.issuers import issuer_in
from cchc_core.evidence.reading.lines import Line, Side, of_side
from cchc_core.evidence.reading.numbers import Number, day_in, number_in
from cchc_core.text import fold

MOST_ABSTRACT: Final = 1_000
_MOST_HEAD_LINES: Final = 60
_MOST_ABSTRACT_LINES: Final = 8
# The kinds of administrative papers that stand above an abstract; the longer name first.
TYPE_NAMES: Final = (
    "kế hoạch", "báo cáo", "quyết định", "tờ trình", "thông báo", "biên bản", "danh sách", "nghị quyết", "chỉ thị",
    "quy chế", "quy định", "hướng dẫn", "chương trình", "phương án", "đề án", "dự án", "hợp đồng", "giấy mời",
    "thông tư", "nghị định", "phiếu trình", "phiếu gửi", "phiếu khảo sát", "thư công", "công điện", "bản ghi nhớ",
    "bản thỏa thuận", "giấy ủy quyền", "giấy giới thiệu", "thông cáo", "kết luận", "bảng tổng hợp", "biểu tổng hợp",
    "biểu mẫu", "phụ lục",
)  # fmt: skip
# What the sign of a number begins with tells the type too (Nghị định 30/2020, Phụ lục III).
_BY_SIGN: Final = {
    "KH": "kế hoạch", "BC": "báo cáo", "QĐ": "quyết định", "TTR": "tờ trình", "TB": "thông báo", "BB": "biên bản",
    "DS": "danh sách", "NQ": "nghị quyết", "CT": "chỉ thị", "QC": "quy chế", "QYĐ": "quy định", "HD": "hướng dẫn",
    "CTR": "chương trình", "PA": "phương án", "ĐA": "đề án", "GM": "giấy mời", "TT": "thông tư", "CĐ": "công điện",
}  # fmt: skip
LETTER: Final = "công văn"
_FOLDED_TYPES: Final = {fold(name): name for name in TYPE_NAMES}
_SECRECY: Final = {"MẬT": "Mật", "TỐI MẬT": "Tối mật", "TUYỆT MẬT": "Tuyệt mật"}
_MARK: Final = re.compile(r"^\W*(?:ĐỘ MẬT\W*)?(TUYỆT MẬT|TỐI MẬT|MẬT)\W*$")
_ABOUT: Final = re.compile(r"^(?:V\s*/\s*v|Về việc)\s*[:.]?\s*(.*)$", re.IGNORECASE)
_BODY_BEGINS: Final = re.compile(
    r"^(?:kinh gui|can cu|phan (?:thu )?[\dIVXivx]+|[ivx]+\s*[.)]|\d+\s*[.)]|giam doc|chu tich|bo truong|"
    r"[-_=*.\s]{3,}$|can bo|dieu \d)"
)
_DRAFT: Final = "chỗ ghi số còn trống: dự thảo, hoặc số do phần mềm ký số đóng lên"
_NO_DAY: Final = "chưa đọc được ngày ban hành: chỗ ghi ngày còn trống hoặc sai"


@dataclass(frozen=True, slots=True)
class Head:
    """What was found; "" and None for what was not. ``classification`` is Mật, Tối mật or Tuyệt mật."""

    number: str = ""
    doc_date: date | None = None
    issuer: str = ""
    type_name: str = ""
    abstract: str = ""
    classification: str = ""
    warnings: tuple[str, ...] = ()


def read_head(lines: Sequence[Line]) -> Head:
    """Read the head of a paper from its first page's lines, in reading order."""
    top, rest = _split(lines[:_MOST_HEAD_LINES])
    left = [*of_side(top, Side.LEFT), *of_side(top, Side.WHOLE)]
    number = number_in(left)
    day = day_in([*of_side(top, Side.RIGHT), *of_side(top, Side.WHOLE)])
    type_name, abstract = _title(rest)
    about = _about(of_side(top, Side.LEFT)) or _about(of_side(top, Side.WHOLE))
    if not type_name:
        type_name = _type_by_sign(number, bool(about))
    warnings = [_DRAFT] if number is not None and not number.text else []
    warnings += [_NO_DAY] if day is not None and day.day is None else []
    return Head(
        number.text if number else "",
        day.day if day else None,
        issuer_in(_above_the_number(left)),
        type_name,
        (abstract or about)[:MOST_ABSTRACT],
        secrecy_in(line.text for line in lines),
        tuple(warnings),
    )


def secrecy_in(texts: Iterable[str]) -> str:
    """Give the mark of secrecy that stands on a line of its own, in capitals, or "".

    >>> secrecy_in(["Số: 05/BC-STTTT", "TỐI MẬT"]), secrecy_in(["Bảo vệ bí mật nhà nước"])
    ('Tối mật', '')
    """
    for text in texts:
        if found := _MARK.match(text):
            return _SECRECY[found[1]]
    return ""


def _split(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Part the two columns on top from what stands below: the type's name, or the first line after the date."""
    for index, line in enumerate(lines):
        if line.side is Side.WHOLE and (_type_of(line.text) or fold(line.text).startswith("kinh gui")):
            return lines[:index], lines[index:]
    with_columns = [index for index, line in enumerate(lines) if line.side is not Side.WHOLE]
    end = with_columns[-1] + 1 if with_columns else min(len(lines), 12)
    return lines[:end], lines[end:]


def _type_of(text: str) -> str:
    """Give the type that a line names, in capitals and maybe with more words: «BÁO CÁO», «BÁO CÁO TỰ KIỂM TRA»."""
    if not text.isupper():
        return ""
    folded = fold(text)
    return next((name for key, name in _FOLDED_TYPES.items() if folded == key or folded.startswith(f"{key} ")), "")


def _title(lines: Sequence[Line]) -> tuple[str, str]:
    """Give the type and the abstract of the lines that begin with the type's name."""
    if not lines or not (name := _type_of(lines[0].text)):
        return "", ""
    said = [lines[0].text[len(name) :].strip(" :")]
    for line in lines[1 : 1 + _MOST_ABSTRACT_LINES]:
        if _ends_an_abstract(line, lines[0], is_first=not any(said)):
            break
        said.append(line.text)
    abstract = " ".join(filter(None, said))
    about = _ABOUT.match(abstract)
    return name, _as_a_sentence(about[1] if about and about[1] else abstract)


def _ends_an_abstract(line: Line, name: Line, *, is_first: bool) -> bool:
    looks_other = (line.side, line.is_centred) != (Side.WHOLE, True) or (name.is_bold and not line.is_bold)
    folded = fold(line.text)
    # «KẾ HOẠCH / Thực hiện công tác …» is an abstract; below one, «Thực hiện Kế hoạch số …» begins the body.
    begins_body = folded.startswith("thuc hien ") and not (is_first or line.is_bold)
    return not line.text or looks_other or begins_body or bool(_BODY_BEGINS.match(folded))


def _about(left: Sequence[str]) -> str:
    """Give what a letter is about: from «V/v» to the end of its column."""
    for index, text in enumerate(left):
        if (found := _ABOUT.match(text)) and "/" in text[:4]:
            more = [each for each in left[index + 1 : index + _MOST_ABSTRACT_LINES] if not secrecy_in([each])]
            return _as_a_sentence(" ".join(filter(None, [found[1], *more])))
    return ""


def _as_a_sentence(text: str) -> str:
    told = text.strip(" .:;-_")
    told = told.lower() if told.isupper() else told
    return told[:1].upper() + told[1:]


def _type_by_sign(number: Number | None, has_about: bool) -> str:
    if number is None:
        return ""
    found = _BY_SIGN.get(number.sign.split("-")[0].upper(), "")
    return found or (LETTER if has_about or number.text else "")


def _above_the_number(left: Sequence[str]) -> Sequence[str]:
    for index, text in enumerate(left):
        if number_in([text]) is not None:
            return left[:index]
    return ()
