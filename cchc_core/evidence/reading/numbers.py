"""The number of a paper («Số: 05/BC-STTTT») and its date («Sóc Trăng, ngày 05 tháng 01 năm 2022»).

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3 and 4.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

_BLANK: Final = r"[\s.…_\u2026]*"
_SIGN: Final = r"[A-ZĐ][A-Za-zĐđƯưÂâÊêÔô0-9]*(?:\s?[-–&.]\s?[A-ZĐƯ][A-Za-zĐđƯưÂâÊêÔô0-9]*)*"
_NUMBER: Final = re.compile(
    rf"^S[ốÓố]\s*[:.]?{_BLANK}(?P<count>\d{{1,6}}[a-zA-Z]?)?{_BLANK}(?:/\s*(?P<year>(?:19|20)\d\d)\s*)?/\s*(?P<sign>{_SIGN})",
    re.IGNORECASE,
)
# The Party's papers: «Số 05-BC/ĐU».
_PARTY: Final = re.compile(
    rf"^S[ốÓố]\s*[:.]?{_BLANK}(?P<count>\d{{1,6}})?{_BLANK}-\s*(?P<sign>[A-ZĐ][A-Za-zĐđ]*\s*/\s*[A-ZĐ][\w.-]*)",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"ngày\s*(?P<day>\d{1,2})?[\s.…_]*tháng\s*(?P<month>\d{1,2})?[\s.…_]*năm\s*(?P<year>\d{4})?", re.IGNORECASE
)
_EARLIEST: Final = 1945


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written in full, "" for a draft, and its signs («BC-STTTT»)."""

    text: str
    sign: str


@dataclass(frozen=True, slots=True)
class Day:
    """A printed date; ``day`` is None where the print leaves a part open or names a day that there is none."""

    day: date | None
    printed: str


def number_in(lines: Iterable[str]) -> Number | None:
    """Find the number in the first line that has one.

    >>> number_in(["SỞ NỘI VỤ", "Số: 05 /BC- STTTT"])
    Number(text='05/BC-STTTT', sign='BC-STTTT')
    >>> number_in(["Số: ……/KH-SXD"])
    Number(text='', sign='KH-SXD')
    """
    for line in lines:
        if found := _NUMBER.match(line):
            sign = re.sub(r"\s", "", found["sign"])
            parts = (found["count"], found["year"], sign)
            return Number("/".join(filter(None, parts)) if found["count"] else "", sign)
        if found := _PARTY.match(line):
            sign = re.sub(r"\s", "", found["sign"])
            return Number(f"{found['count']}-{sign}" if found["count"] else "", sign)
    return None


def day_in(lines: Iterable[str]) -> Day | None:
    """Find the date in the first line that has one.

    >>> day_in(["Sóc Trăng, ngày 05 tháng 01 năm 2022"])
    Day(day=datetime.date(2022, 1, 5), printed='ngày 05 tháng 01 năm 2022')
    >>> day_in(["Nam Định, ngày    tháng 01 năm 2024"]).day is None
    True
    """
    for line in lines:
        if found := _DAY.search(line):
            return Day(_date(found["day"], found["month"], found["year"]), " ".join(found[0].split()))
    return None


def _date(*parts: str | None) -> date | None:
    day, month, year = (int(part) if part else 0 for part in parts)
    try:
        return date(year, month, day) if year >= _EARLIEST else None
    except ValueError:
        return None
