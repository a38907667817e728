"""What stands above a table of criteria: the title, which document it came with, who issued it, for which year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from cchc_core.rubric_in.texts import one_line
from cchc_core.text import fold

_TITLE: Final = re.compile(r"tieu chi|chi so|bang (cham )?diem|cham diem|noi dung|danh gia|nhiem vu")
_DOCUMENT: Final = re.compile(
    r"\(?\s*((?:phụ lục\s*(?:số\s*)?[\dIVX]*\s*)?(?:được\s+)?(?:ban hành\s+)?kèm theo\b.*?"
    # A line that is nothing but the document's name tells it as well.
    r"|(?:quyết định|kế hoạch|công văn|hướng dẫn|nghị quyết|thông báo)\s+số\b.*?)\)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_OF: Final = re.compile(r"\bcủa\s+((?:Chủ tịch\s+)?(?:UBND|Ủy ban|Uỷ ban|Sở|Bộ|Ban|Cục|HĐND)\b.*)", re.DOTALL)
_BODY: Final = re.compile(r"(uy ban nhan dan|ubnd|so|bo|cuc|ban quan ly|thanh tra)\b")
_NOT_A_BODY: Final = re.compile(r"cong hoa xa hoi|doc lap")
_ANNEX: Final = re.compile(r"phu luc( so)?( \d{1,2}| [ivx]+)?[:.]?")
_YEAR: Final = re.compile(r"\b(20\d\d)\b")
_LONGEST_TITLE, _LONGEST_BODY, _LONGEST_DOCUMENT = 300, 120, 500


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a set as far as the file names it; '' for what it does not."""

    title: str
    issuer: str
    year: int
    document: str


def read_head(above: Sequence[str], file_name: str, year: int) -> Head:
    """Read the lines above a table; ``year`` counts where neither title nor document names one.

    >>> head = read_head(["UBND TỈNH BẮC AN", "BỘ TIÊU CHÍ", "CẢI CÁCH HÀNH CHÍNH NĂM 2026",
    ...     "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND tỉnh Bắc An)"], "a.xlsx", 2025)
    >>> head.title, head.issuer, head.year
    ('BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH NĂM 2026', 'UBND tỉnh Bắc An', 2026)
    """
    lines = [line for text in above for part in text.split("\n") if (line := one_line(part))]
    document = _document(lines)
    title = _title(lines) or PurePath(file_name).stem
    issuer = _issuer(lines, document)
    named = [int(found) for text in (title, document, *lines, file_name) for found in _YEAR.findall(text)]
    return Head(title, issuer, next(iter(named), year), document)


def _title(lines: Sequence[str]) -> str:
    """Join the capitals of a title that goes over several lines."""
    start = next((place for place, line in enumerate(lines) if _is_title(line)), None)
    if start is None:
        return ""
    parts = [lines[start]]
    for line in lines[start + 1 :]:
        if _DOCUMENT.fullmatch(line) or not (line.isupper() and lines[start].isupper()):
            break
        parts.append(line)
    return " ".join(parts)[:_LONGEST_TITLE]


def _is_title(line: str) -> bool:
    folded = fold(line)
    if _DOCUMENT.fullmatch(line) or _ANNEX.fullmatch(folded) or len(line) > _LONGEST_TITLE:
        return False
    return _TITLE.search(folded) is not None


def _document(lines: Sequence[str]) -> str:
    for place, line in enumerate(lines):
        found = _DOCUMENT.fullmatch(line)
        if found is None:
            continue
        # A long name goes on in the next line until its bracket is closed.
        is_open = line.startswith("(") and ")" not in line
        rest = f" {lines[place + 1].rstrip(')')}" if is_open and place + 1 < len(lines) else ""
        annex = next((one_line(each).rstrip(":.") for each in lines[:place] if _ANNEX.fullmatch(fold(each))), "")
        text = f"{found[1]}{rest}"
        text = f"{annex.capitalize()} {text[:1].lower()}{text[1:]}" if annex else f"{text[:1].upper()}{text[1:]}"
        return text[:_LONGEST_DOCUMENT]
    return ""


def _issuer(lines: Sequence[str], document: str) -> str:
    if found := _OF.search(document):
        return re.split(r"\s+(?:về|v/v)\s+|\s*\(", found[1])[0].strip(" .,;")[:_LONGEST_BODY]
    bodies = (line for line in lines if _BODY.match(fold(line)) and not _NOT_A_BODY.match(fold(line)))
    return next((line for line in bodies if len(line) <= _LONGEST_BODY and not _TITLE.search(fold(line))), "")
