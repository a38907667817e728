"""The texts of cells: one line or many, lines that stand in one paragraph, documents that are asked for."""

import re
from typing import Final

from cchc_core.rubric.model import Evidence
from cchc_core.text import fold

_BULLET: Final = re.compile(r"^\s*[-–—+*•●○▪\uf0b7]\s*")
_MARKS: Final = (
    # The front of a line that was printed on its own and now stands within a paragraph.
    re.compile(r"(?<=\S)\s+(?=\d{1,2}[.)]\s+\S)"),
    re.compile(r"(?<=\S)\s+(?=[-–•]\s+\S)"),
    re.compile(r"(?<=\S)\s+(?=\+\s+\S)"),
    re.compile(r"(?<=\S)\s+(?=[a-zđ]\)\s+\S)"),
)
_DATES: Final = re.compile(r"\b(?:năm|quý|tháng|ngày|định kỳ|giai đoạn)\b|\b\d{1,2}/\d{1,2}(?:/\d{4})?", re.IGNORECASE)
_NO_DATES: Final = re.compile(r"nếu|trừ|đối với|kèm|theo (?:quy định|mẫu)", re.IGNORECASE)
_LONGEST_DATES = 90
_IN_BRACKETS_AT_END: Final = re.compile(r"(.*\S)\s*\(([^()]+)\)[.;]?", re.DOTALL)
_OF_OTHERS: Final = re.compile(
    r"(?:can cu |dua tren |theo |ket qua |so lieu |du lieu |kiem tra, )*(?:theo doi|do|trich xuat)\b.*"
    r"\b(?:so|ubnd|van phong ubnd|bo|cuc|trung tam|hoi dong)\b"
)


def one_line(text: str) -> str:
    """Give a text without line breaks and double spaces."""
    return " ".join(text.split())


def lines_of(text: str) -> list[str]:
    """Give the lines of a cell; one that goes on with a small letter belongs to the one above.

    >>> lines_of("Có ban hành kế hoạch\\nđúng thời hạn\\nKhông ban hành")
    ['Có ban hành kế hoạch đúng thời hạn', 'Không ban hành']
    """
    found: list[str] = []
    for line in filter(None, map(one_line, text.split("\n"))):
        if found and line[0].islower() and not re.match(r"[a-zđ][).]\s", line):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def parts_of(text: str, count: int) -> list[str] | None:
    """Part a text into so many lines: as it is broken, or by the numbers and dashes in front; None where it cannot be.

    >>> parts_of("1. Đúng hạn 2. Trễ hạn", 2)
    ['1. Đúng hạn', '2. Trễ hạn']
    """
    broken = [one_line(line) for line in text.split("\n") if line.strip()]
    if len(broken) == count:
        return broken
    joined = lines_of(text)
    if len(joined) == count:
        return joined
    for mark in _MARKS:
        parts = [part.strip() for line in broken for part in mark.split(line) if part.strip()]
        if len(parts) == count:
            return parts
    return _by_all_marks(broken, count)


def _by_all_marks(broken: list[str], count: int) -> list[str] | None:
    parts = broken
    for mark in _MARKS:
        parts = [part.strip() for line in parts for part in mark.split(line) if part.strip()]
    return parts if len(parts) == count else None


def evidence_in(text: str) -> tuple[Evidence, ...]:
    """Part a cell into the documents it asks for; what brackets at the end say of their dates is kept apart.

    >>> evidence_in("- Kế hoạch CCHC (năm 2024);\\n- Báo cáo năm; biên bản kiểm tra")[0]
    Evidence(text='Kế hoạch CCHC', dates='năm 2024', brought_by_unit=True)
    >>> [each.text for each in evidence_in("Báo cáo năm; biên bản kiểm tra")]
    ['Báo cáo năm', 'biên bản kiểm tra']
    """
    pieces: list[str] = []
    for line in text.split("\n"):
        bare = one_line(_BULLET.sub("", line))
        goes_on = bool(pieces) and bare == one_line(line) and bare[:1].islower() and not pieces[-1].endswith(";")
        if goes_on:
            pieces[-1] += f" {bare}"
        elif bare:
            pieces.append(bare)
    parts = [part.strip() for piece in pieces for part in _at_semicolons(piece)]
    return tuple(_evidence(part) for part in parts if part.strip(" .,;"))


def _at_semicolons(text: str) -> list[str]:
    """Part a line at its semicolons, but not within brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if letter == ";" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _evidence(text: str) -> Evidence:
    found = _IN_BRACKETS_AT_END.fullmatch(text)
    dates = found[2].strip() if found and _speaks_of_dates(found[2]) else None
    shown = found[1].strip() if found and dates else text
    is_ours = _OF_OTHERS.match(fold(shown)) is None
    return Evidence(shown, dates, is_ours)


def _speaks_of_dates(text: str) -> bool:
    return len(text) <= _LONGEST_DATES and _DATES.search(text) is not None and _NO_DATES.search(text) is None
