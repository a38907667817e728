"""The printed time of a task, read into days: what is not known for sure stays open, with the reason, never a guess.

"Trước ngày 15/01/2024" ends the day before; a month, a quarter, a year end on their last day. A term that runs from an
event is kept as an :class:`Offset`; :func:`cchc_core.working_days.end_of_term` counts it when the day is known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cchc_core import time_patterns as patterns
from cchc_core.text import fold, nfc


class TimeKind(StrEnum):
    """How a printed time says when."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RECURRING = "recurring"
    RELATIVE = "relative"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is to be done, that day included."""

    date: date
    kind: TimeKind


@dataclass(frozen=True, slots=True)
class Offset:
    """A term that runs from an event: so many days, of work or of the calendar; None for "ngay sau khi"."""

    days: int | None
    working: bool
    since: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed time and how it is read; ``due`` is in order, empty where no day follows from the print."""

    text: str
    kind: TimeKind
    due: tuple[Due, ...]
    sentence: str
    offset: Offset | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    kind: TimeKind
    sentence: str
    days: tuple[date, ...] = ()
    offset: Offset | None = None


def read_time(text: str | None, year: int) -> Reading:
    """Read a printed time of a plan of ``year``; what is unknown is open and says why.

    >>> read_time("Trước ngày 15/01/2024", 2024).due
    (Due(date=datetime.date(2024, 1, 14), kind=<TimeKind.DATE: 'date'>),)
    >>> read_time("Quý I-II năm 2022", 2022).sentence
    'Hết quý II năm 2022: hạn 30/06/2022.'
    >>> read_time("Theo kế hoạch thanh tra, kiểm tra năm 2024", 2024).kind
    <TimeKind.OPEN: 'open'>
    """
    printed = " ".join(nfc(text or "").split())
    if not printed:
        return Reading("", TimeKind.OPEN, (), "Bản in không ghi thời gian; cần ghi hạn.")
    if not 1 < year < 9999:
        return Reading(printed, TimeKind.OPEN, (), f"Không đọc được cho năm {year}; cần ghi hạn.")
    parts = [_read_part(piece, year) for piece in patterns.pieces_of(printed)]
    first = next((part for part in parts if part.days), parts[0])
    due = {Due(day, part.kind) for part in parts for day in part.days}
    offset = next((part.offset for part in parts if part.offset), None)
    sentence = " ".join(dict.fromkeys(part.sentence for part in parts))
    return Reading(printed, first.kind, tuple(sorted(due, key=lambda d: (d.date, d.kind))), sentence, offset)


def _read_part(piece: str, year: int) -> _Part:
    folded = fold(piece)
    if len(folded) == len(piece):
        for reader in _READERS:
            part = reader(piece, folded, year)
            if part is not None:
                return part
    return _Part(TimeKind.OPEN, f"«{piece}»: chưa đọc được ra ngày; cần ghi hạn.")


def _day_of_period_end(_piece: str, folded: str, year: int) -> _Part | None:
    found = patterns.DAY_OF_LAST_MONTH.search(folded)
    if found is None or not 1 <= int(found["day"]) <= 28:
        return None
    before = patterns.is_exclusive(folded, found.start())
    months = (3, 6, 9, 12)
    days = tuple(patterns.day_or_before(date(year, month, int(found["day"])), before) for month in months)
    shown = ", ".join(f"{day:%d/%m}" for day in days)
    word = "trước ngày" if before else "chậm nhất ngày"
    periods = "quý I, 6 tháng, quý III, năm"
    sentence = f"Định kỳ, {word} {int(found['day'])} tháng cuối kỳ báo cáo ({periods}): {shown}/{year}."
    return _Part(TimeKind.RECURRING, sentence, days)


def _date(piece: str, folded: str, year: int) -> _Part | None:
    if patterns.TERM.search(folded) and not patterns.LATEST_DAY.search(folded):
        return None
    found = patterns.dates_in(folded, year)
    if not found:
        return None
    if any(one.day is None for one in found):
        return _Part(TimeKind.OPEN, f"«{piece}»: có ngày không có trên lịch; cần ghi hạn.")
    days = tuple(dict.fromkeys(patterns.day_or_before(one.day, one.before) for one in found if one.day))
    shown = ", ".join(f"{day:%d/%m/%Y}" for day in days)
    if any(one.before for one in found):
        return _Part(TimeKind.DATE, f"«{piece}»: hạn hết ngày {shown} (trước ngày in trong kế hoạch).", days)
    return _Part(TimeKind.DATE, f"«{piece}»: hạn hết ngày {shown}.", days)


def _term(piece: str, folded: str, _year: int) -> _Part | None:
    found = patterns.TERM.search(folded)
    if found is not None:
        working = found["working"] is not None
        since = piece[found.end() :].strip(" ,.;()") or None
        if since and fold(since).startswith("truoc"):
            return None
        days = int(found["within"] or found["after"])
        name = f"{days} ngày {'làm việc' if working else '(ngày lịch)'}"
        sentence = f"Trong {name}, {since or 'kể từ ngày phát sinh việc'}: cần biết ngày bắt đầu mới có hạn."
        return _Part(TimeKind.RELATIVE, sentence, offset=Offset(days, working, since))
    if folded.startswith(("ngay sau khi ", "ngay khi ")):
        sentence = f"«{piece}»: làm ngay khi việc đó xảy ra; cần biết ngày đó mới có hạn."
        return _Part(TimeKind.RELATIVE, sentence, offset=Offset(None, False, piece))
    return None


def _recurring(piece: str, folded: str, year: int) -> _Part | None:
    cycle = None if folded.startswith("theo ") else patterns.cycle_of(folded)
    if cycle is not None:
        days = patterns.days_of_cycle(cycle, folded, year)
        if days is None:
            return _Part(TimeKind.RECURRING, f"«{piece}»: việc định kỳ, chưa đọc được ngày; cần ghi hạn từng kỳ.")
        return _Part(TimeKind.RECURRING, patterns.sentence_of_cycle(cycle, days), days)
    if folded.startswith("thuong xuyen"):
        named = patterns.only_year(folded.removeprefix("thuong xuyen").strip(" ,"), year)
        if named is None:
            return _Part(TimeKind.RECURRING, "Việc thường xuyên: bản in không nêu ngày kết thúc.")
        return _Part(TimeKind.RECURRING, f"Việc thường xuyên, hết ngày 31/12/{named}.", (date(named, 12, 31),))
    if "dinh ky" in folded:
        return _Part(TimeKind.RECURRING, f"«{piece}»: việc định kỳ, bản in không nêu ngày; cần ghi hạn từng kỳ.")
    return None


def _on_demand(piece: str, folded: str, _year: int) -> _Part | None:
    if folded.startswith("theo ") or " theo thoi gian yeu cau" in folded:
        return _Part(TimeKind.OPEN, f"«{piece}»: bản in dẫn tới quy định, kế hoạch hoặc yêu cầu khác; cần ghi hạn.")
    return None


def _month(_piece: str, folded: str, year: int) -> _Part | None:
    found = patterns.MONTH.fullmatch(folded)
    if found is None or not 1 <= int(found["month"]) <= 12:
        return None
    last = patterns.end_of_month(patterns.year_of(found["year"], year), int(found["month"]))
    if found["before"]:
        last = patterns.day_before_month(last)
    return _Part(TimeKind.MONTH, f"Hết tháng {last.month} năm {last.year}: hạn {last:%d/%m/%Y}.", (last,))


def _quarter(_piece: str, folded: str, year: int) -> _Part | None:
    found = patterns.QUARTER.fullmatch(folded)
    if found is None:
        return None
    quarters = patterns.quarters_of(found["quarters"])
    named = patterns.year_of(found["year"], year)
    if found["before"] and len(quarters) == 1:
        first = patterns.end_of_month(named, 3 * quarters[0] - 2)
        last = patterns.day_before_month(first)
        sentence = f"Trước quý {patterns.roman(quarters[0])} năm {named}: hạn {last:%d/%m/%Y}."
        return _Part(TimeKind.QUARTER, sentence, (last,))
    if found["before"] or not quarters:
        return None
    days = tuple(patterns.end_of_month(named, 3 * quarter) for quarter in quarters)
    names = ", ".join(patterns.roman(quarter) for quarter in quarters)
    shown = ", ".join(f"{day:%d/%m/%Y}" for day in days)
    return _Part(TimeKind.QUARTER, f"Hết quý {names} năm {named}: hạn {shown}.", days)


def _half_year(_piece: str, folded: str, year: int) -> _Part | None:
    found = patterns.HALF_YEAR.fullmatch(folded)
    if found is None:
        return None
    last = patterns.end_of_month(patterns.year_of(found["year"], year), 6 if found["half"] == "dau" else 12)
    return _Part(TimeKind.MONTH, f"Hết tháng {last.month} năm {last.year}: hạn {last:%d/%m/%Y}.", (last,))


def _year(_piece: str, folded: str, year: int) -> _Part | None:
    named = patterns.only_year(folded, year)
    if named is None:
        return None
    return _Part(TimeKind.YEAR, f"Trong năm {named}: hạn 31/12/{named}.", (date(named, 12, 31),))


_READERS: tuple[Callable[[str, str, int], _Part | None], ...] = (
    _day_of_period_end,
    _date,
    _term,
    _recurring,
    _on_demand,
    _month,
    _quarter,
    _half_year,
    _year,
)
