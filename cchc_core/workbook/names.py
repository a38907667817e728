"""The names and words of a workbook: its file, its sheets, the agency's head, statuses, reasons."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from cchc_core.rules.decimals import format_points
from cchc_core.text import fold, nfc
from cchc_core.unconfirmed import Unconfirmed

if TYPE_CHECKING:
    from cchc_core.scoring import Assessment, Sheet

VIETNAM = timezone(timedelta(hours=7))

BOARD, SUMMARY, LOST, HIDDEN = "Bảng điểm", "Tổng hợp", "Tiêu chí mất điểm", "_cchc"
TITLE = "BẢNG TỰ ĐÁNH GIÁ, CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH"
NOT_APPLICABLE_MARK = "x"
UNCONFIRMED_MARK = "(chưa xác nhận)"

# Around "87/121", wherever points are illustrative.
MET_WORDS = ("Đạt ", " tiêu chí; mọi điểm trong tệp này là điểm minh hoạ")

_PLACE = re.compile(r"\s*,?\s*\b(?P<kind>tỉnh|thành phố|tp\.?)\s+(?P<name>[^(,;]+)", re.IGNORECASE)
_DEPARTMENTS = ("sở ", "văn phòng ", "ban ", "thanh tra ")
_BLANK = "……………"


def file_name(sheet: "Sheet") -> str:
    """Name the file for people: what, whose, for when; only signs that every file system takes."""
    unit, period = plain_name(sheet.assessment.unit_name), plain_name(period_name(sheet.assessment))
    return f"Bảng điểm CCHC - {unit} - {period}.xlsx"


def table_file_name(title: str, assessment: "Assessment", ending: str) -> str:
    """Name the file of a single table: which, whose, for when."""
    what, unit, period = (plain_name(text) for text in (title, assessment.unit_name, period_name(assessment)))
    return f"{what} - {unit} - {period}.{ending}"


def plain_name(text: str) -> str:
    """Give a text as part of a file's name: only signs that every file system takes, not too long."""
    kept = (letter if letter.isalnum() or letter in "-.()&" else " " for letter in nfc(text))
    return " ".join("".join(kept).split())[:80].rstrip(". ")


def met_words(met: str) -> str:
    """Say how many criteria are met, with the word for the points beside it.

    >>> met_words("87/121")
    'Đạt 87/121 tiêu chí; mọi điểm trong tệp này là điểm minh hoạ'
    """
    before, after = MET_WORDS
    return before + met + after


def unconfirmed_words(unconfirmed: Unconfirmed, *, is_illustrative: bool) -> str:
    """Say how much was carried forward and nobody stands for yet; nothing where there is none."""
    if not unconfirmed.count:
        return ""
    unit = "điểm minh hoạ" if is_illustrative else "điểm"
    points = format_points(unconfirmed.points)
    return f"Chưa xác nhận: {unconfirmed.count} tiêu chí, {points} {unit} chép từ kỳ trước."


def period_name(assessment: "Assessment") -> str:
    """Name a period with its year: "Quý III năm 2024", "Năm 2024"."""
    title = assessment.period_title.strip()
    if str(assessment.year) in title:
        return title
    return f"{title} {assessment.year}" if fold(title).endswith("nam") else f"{title} năm {assessment.year}"


@dataclass(frozen=True, slots=True)
class AgencyHead:
    """What stands top left of an official paper, and the place before its date."""

    parent: str
    agency: str
    place: str


def agency_head(unit_name: str, issuer: str) -> AgencyHead:
    """Split a unit's name into the body above it and its own, as Nghị định 30/2020/NĐ-CP prints them.

    The criteria set's issuer helps where the unit's name does not tell the province or the department.

    >>> agency_head("Sở Nội vụ tỉnh A", "Sở Nội vụ tỉnh A")
    AgencyHead(parent='UBND TỈNH A', agency='SỞ NỘI VỤ', place='A')
    """
    found = _PLACE.search(unit_name) or _PLACE.search(issuer)
    kind, place = (found["kind"].upper().rstrip("."), found["name"].strip()) if found else ("TỈNH", _BLANK)
    kind = "THÀNH PHỐ" if kind == "TP" else kind
    above = f"UBND {kind} {place.upper()}"
    own, department = (" ".join(_PLACE.sub(" ", name, count=1).split()) for name in (unit_name, issuer))
    if own.casefold().startswith("ubnd"):
        return AgencyHead("", unit_name.upper(), place)
    is_below = not own.casefold().startswith(_DEPARTMENTS) and department.casefold().startswith("sở ")
    return AgencyHead(department.upper() if is_below else above, own.upper(), place)


def in_vietnam(moment_utc: datetime) -> datetime:
    """Turn a moment (naive means UTC) into Vietnam's clock time without a zone, as a cell wants it."""
    offset = VIETNAM.utcoffset(None)
    aware = moment_utc.tzinfo is not None
    return moment_utc.astimezone(VIETNAM).replace(tzinfo=None) if aware else moment_utc + offset
