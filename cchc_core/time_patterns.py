"""How times are worded in plans, over folded text (no diacritics, no case), and the days that periods end on.

What :mod:`cchc_core.time_reading` reads with. A date that belongs to the number of a document ("Kế hoạch số 43/KH-STTTT
ngày 31/12/2021") is no deadline.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_LEAD = r"(?:(?:hoan thanh|thuc hien|den|trong|het|cuoi) )*"
_YEAR = r"(?: ?/ ?| nam )"
_BREAKS = re.compile(r"(?:^|(?<=[.;:])|(?<=[.;:] ))\s*-\s+|;\s*|\s+và\s+(?=thực hiện )", re.IGNORECASE)
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<d1>\d{1,2}) ?[/.-] ?(?P<m1>\d{1,2}) ?[/.-] ?(?P<y1>\d{4})(?![\d/])"
    r"|(?P<d2>\d{1,2}) thang (?P<m2>\d{1,2})(?: nam (?P<y2>\d{4}))?(?!\d)"
    r"|(?<=ngay )(?P<d3>\d{1,2})/(?P<m3>\d{1,2})(?![\d/])|(?<=truoc )(?P<d4>\d{1,2})/(?P<m4>\d{1,2})(?![\d/]))"
)
_NO_DEADLINE = re.compile(r"(?:\d\S*/\S*[a-z]\S*(?: nam \d{4})?|\btu|\bsau|\bkhoang)(?: ngay)? ?$")
_BEFORE = re.compile(r"(?:truoc|<)(?: ngay)? ?$")
_ON_OR_BEFORE = re.compile(r"truoc (?:va|hoac) (?:trong|dung|vao)(?: ngay)? ?$|truoc het(?: ngay)? ?$")

DAY_OF_LAST_MONTH = re.compile(r"(?:ngay )?(?P<day>\d{1,2}) (?:cua )?thang cuoi (?:cua )?(?:moi )?(?:ky|quy)\b")
LATEST_DAY = re.compile(r"cham nhat (?:la )?(?:vao )?(?:truoc )?(?:ngay )?\d")
TERM = re.compile(
    r"(?:(?:trong (?:vong|thoi han|thoi gian)|khong qua|cham nhat|toi da) (?:la )?(?P<within>\d{1,4})"
    r"|(?P<after>\d{1,4})(?=(?: ?\([^)]*\))? ngay(?: lam viec)? (?:ke tu|tinh tu|tu khi|tu ngay|sau khi)))"
    r"(?: ?\([^)]*\))? ngay(?P<working> lam viec)?(?! ?\d)"
)
MONTH = re.compile(rf"{_LEAD}(?P<before>truoc )?{_LEAD}thang (?P<month>\d{{1,2}})(?:{_YEAR}(?P<year>\d{{4}}))?\.?")
QUARTER = re.compile(
    rf"{_LEAD}(?P<before>truoc )?{_LEAD}quy (?P<quarters>(?:i{{1,3}}|iv|[1-4])"
    rf"(?:(?: ?- ?| den |, ?| va )(?:quy )?(?:i{{1,3}}|iv|[1-4]))*)(?:{_YEAR}(?P<year>\d{{4}}))?\.?"
)
HALF_YEAR = re.compile(rf"{_LEAD}(?:0?6|sau) thang (?P<half>dau|cuoi) nam(?: (?P<year>\d{{4}}))?\.?")
_DAY_OF_MONTH = re.compile(r"ngay (?P<day>\d{1,2})\b")
_DAY_ALONE = re.compile(r"(?:(?:dinh ky|truoc|cham nhat|vao|la) )*ngay \d{1,2} (?:cua )?(?:hang|moi) thang\.?")
_CYCLE = re.compile(r"\b(?:hang|moi|dinh ky(?: hang| moi)?) (?P<cycle>ngay|tuan|thang|quy|6 thang|nam)\b")
_ONLY_YEAR = re.compile(rf"{_LEAD}nam(?: (?P<year>\d{{4}}))?\.?")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS_OF = {"thang": tuple(range(1, 13)), "quy": (3, 6, 9, 12), "6 thang": (6, 12), "nam": (12,)}
_CYCLE_NAMES = {"ngay": "ngày", "tuan": "tuần", "thang": "tháng", "quy": "quý", "6 thang": "6 tháng", "nam": "năm"}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text; ``day`` is None for one that no calendar has."""

    day: date | None
    before: bool


def pieces_of(text: str) -> list[str]:
    """Split a time into the pieces that are read by themselves: dashed lines, semicolons, "… và thực hiện …".

    >>> pieces_of("- BC rà soát trước 15/12. - BC theo dõi trước 05/12.")
    ['BC rà soát trước 15/12.', 'BC theo dõi trước 05/12.']
    """
    return [piece for part in _BREAKS.split(text) if (piece := part.strip())] or [text]


def dates_in(folded: str, year: int) -> list[FoundDate]:
    """Find the dates of a text that end something: of "từ ngày … đến ngày …" the second, of a document's number none.

    >>> [found.day for found in dates_in("theo ke hoach so 43/kh-stttt ngay 31/12/2021", 2022)]
    []
    """
    return [
        FoundDate(_real_day(match, year), is_exclusive(folded, match.start()))
        for match in _DATE.finditer(folded)
        if not _NO_DEADLINE.search(folded[: match.start()])
    ]


def _real_day(match: re.Match[str], year: int) -> date | None:
    day, month = (next(filter(None, (match[f"{name}{form}"] for form in "1234"))) for name in "dm")
    try:
        return date(year_of(match["y1"] or match["y2"], year), int(month), int(day))
    except ValueError:
        return None


def is_exclusive(folded: str, start: int) -> bool:
    """Tell whether "trước" stands before the day that starts there, so that the day itself is too late."""
    ahead = folded[:start]
    return bool(_BEFORE.search(ahead)) and not _ON_OR_BEFORE.search(ahead)


def day_or_before(day: date, before: bool) -> date:
    """Give the day itself, or the day before it."""
    return day - timedelta(days=1) if before and day > date.min else day


def year_of(named: str | None, year: int) -> int:
    """Give the year that is named, or else the plan's."""
    return int(named) if named and int(named) > 1 else year


def only_year(folded: str, year: int) -> int | None:
    """Give the year of "Trong năm 2024", "trong năm"; None for any other text."""
    found = _ONLY_YEAR.fullmatch(folded)
    return None if found is None else year_of(found["year"], year)


def end_of_month(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def day_before_month(last: date) -> date:
    """Give the last day of the month before the one that ends on ``last``."""
    return last.replace(day=1) - timedelta(days=1)


def quarters_of(folded: str) -> tuple[int, ...]:
    """Read "I", "I-II" (a stretch: its end alone), "I, III" (each).

    >>> quarters_of("i-ii"), quarters_of("i, iii")
    ((2,), (1, 3))
    """
    if re.search(r"-| den ", folded):
        words = [_QUARTERS[word] for word in re.findall(r"iv|i{1,3}|[1-4]", folded)]
        is_stretch = len(words) == 2 and words[0] < words[1]
        return (words[1],) if is_stretch else ()
    return tuple(sorted({_QUARTERS[word] for word in re.findall(r"iv|i{1,3}|[1-4]", folded)}))


def roman(quarter: int) -> str:
    """Give a quarter as it is written on the screen."""
    return ("I", "II", "III", "IV")[quarter - 1]


def cycle_of(folded: str) -> str | None:
    """Give how often "hàng tháng", "định kỳ hằng quý" come round (folded), None for a text without a cycle."""
    found = _CYCLE.search(folded)
    return None if found is None else found["cycle"]


def ends_of(cycle: str, year: int) -> tuple[date, ...]:
    """Give the last days of the months, quarters, halves of a year; none for days and weeks."""
    return tuple(end_of_month(year, month) for month in _MONTHS_OF.get(cycle, ()))


def days_of_cycle(cycle: str, folded: str, year: int) -> tuple[date, ...] | None:
    """Give the days of "hàng quý", "ngày 25 hàng tháng"; None where the text names days in a way that is not known."""
    named = _DAY_OF_MONTH.search(folded)
    if named is None:
        return None if re.search(r"\d", folded.replace("6 thang", "")) else ends_of(cycle, year)
    if cycle != "thang" or not _DAY_ALONE.fullmatch(folded) or not 1 <= int(named["day"]) <= 28:
        return None
    before = is_exclusive(folded, named.start())
    return tuple(day_or_before(date(year, month, int(named["day"])), before) for month in range(1, 13))


def sentence_of_cycle(cycle: str, days: tuple[date, ...]) -> str:
    """Say a cycle in words, with its days."""
    if not days:
        return f"Việc hằng {_CYCLE_NAMES[cycle]}: làm đều trong năm, không lập hạn từng lần."
    return f"Việc hằng {_CYCLE_NAMES[cycle]}: hạn {', '.join(_shown(days))}/{days[-1].year}."


def _shown(days: tuple[date, ...]) -> Iterator[str]:
    return (f"{day:%d/%m}" if day.year == days[-1].year else f"{day:%d/%m/%Y}" for day in days)
