"""Which days a document may bear, read from what the print says of dates; what cannot be read for sure is open.

"Trước ngày 15/01/2024" ends the day before. A plan of a year may be issued in the year before it. What speaks of the
content of a document ("quyết toán năm 2023", "niêm yết từ đầu năm") names no day that the document bears.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from cchc_core import time_patterns as patterns
from cchc_core.text import fold, nfc
from cchc_core.time_reading import TimeKind, read_time

NEAR: Final = timedelta(days=92)
"""So far outside, a document may still be of the right year: signed shortly before it or after it."""

_ENDING = frozenset({TimeKind.DATE, TimeKind.MONTH, TimeKind.QUARTER, TimeKind.YEAR})
_OF_A_PLAN = re.compile(r"(?:rieng )?(?:ke hoach|kh)\b(?: ban hanh| duoc ban hanh)? ?")
_NAMED_YEAR = re.compile(r"nam (\d{4})")
_LAST_YEARS = re.compile(r"(?:trong )?(\d{1,2}) nam (?:gan nhat|gan day|lien ke)")
_JOINED = re.compile(r" va |, | hoac ")
_WHOLE_YEAR = frozenset({"nam danh gia", "trong nam", "trong nam danh gia", "dinh ky hang quy, nam", "nam nay"})
_YEAR_BEFORE = frozenset({"nam truoc lien ke", "nam lien ke truoc", "nam truoc"})
_EVERY_YEAR = frozenset({"hang nam", "ban hanh tu dau nam"})
_UNTIL_NOW = frozenset({"tinh den thoi diem danh gia", "den thoi diem danh gia"})


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both included; None leaves that side open."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies within."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def distance(self, day: date) -> timedelta:
        """Tell how far outside a day lies; nothing for one within."""
        if self.first is not None and day < self.first:
            return self.first - day
        return day - self.last if self.last is not None and day > self.last else timedelta(0)

    @property
    def words(self) -> str:
        """Say the days in Vietnamese.

        >>> Span(None, date(2024, 1, 14)).words
        'đến hết ngày 14/01/2024'
        """
        if self.first is None:
            return "ngày nào cũng được" if self.last is None else f"đến hết ngày {self.last:%d/%m/%Y}"
        end = "" if self.last is None else f" đến ngày {self.last:%d/%m/%Y}"
        return f"từ ngày {self.first:%d/%m/%Y}{end}"


@dataclass(frozen=True, slots=True)
class AllowedDates:
    """The days that documents may bear by a printed text: ``of_plans`` for plans, ``of_others`` for all else.

    None says that the text does not tell; then no day is held against anybody.
    """

    text: str
    of_plans: Span | None = None
    of_others: Span | None = None

    def for_kind(self, *, is_plan: bool) -> Span | None:
        """Give the days for a plan or for any other document."""
        return self.of_plans if is_plan else self.of_others

    @property
    def is_open(self) -> bool:
        """Tell whether the text names no days at all."""
        return self.of_plans is None and self.of_others is None


@dataclass(frozen=True, slots=True)
class _Piece:
    is_of_plans: bool
    span: Span | None


@lru_cache(maxsize=1_024)
def read_dates(text: str | None, year: int) -> AllowedDates:
    """Read what an evidence line says of dates, for an assessment of ``year``.

    >>> read_dates("năm trước liền kề", 2024).of_others
    Span(first=datetime.date(2023, 1, 1), last=datetime.date(2023, 12, 31))
    >>> read_dates("niêm yết, công khai từ đầu năm", 2024).is_open
    True
    """
    printed = " ".join(nfc(text or "").split())
    folded = fold(printed).strip(" .;")
    pieces = list(_pieces(folded, year))
    general = next((piece for piece in pieces if not piece.is_of_plans), None)
    of_plans = next((piece for piece in pieces if piece.is_of_plans), general)
    return AllowedDates(printed, of_plans.span if of_plans else None, general.span if general else None)


@lru_cache(maxsize=1_024)
def read_deadline(text: str | None, year: int) -> AllowedDates:
    """Read the deadline that a criterion names; only a text that ends on one day says anything.

    >>> read_deadline("Kế hoạch ban hành trước ngày 15/01/2024", 2024).of_plans
    Span(first=None, last=datetime.date(2024, 1, 14))
    >>> read_deadline("Thường xuyên", 2024).is_open
    True
    """
    reading = read_time(text, year)
    if reading.kind not in _ENDING or not reading.due:
        return AllowedDates(reading.text)
    until = Span(None, reading.due[-1].date)
    return AllowedDates(reading.text, until, None if _OF_A_PLAN.match(fold(reading.text)) else until)


def _pieces(folded: str, year: int) -> Iterator[_Piece]:
    of_year = _NAMED_YEAR.search(folded)
    named = int(of_year[1]) if of_year and 1 < int(of_year[1]) < 9999 else None
    for piece in filter(None, (part.strip() for part in folded.split(";"))):
        about_plans = _OF_A_PLAN.match(piece)
        rest = piece[about_plans.end() :] if about_plans else piece
        yield _Piece(about_plans is not None, _before_a_day(rest, year, named) or _years(rest, year))


def _before_a_day(piece: str, year: int, named: int | None) -> Span | None:
    found = patterns.dates_in(piece, year)
    if len(found) != 1 or found[0].day is None or not found[0].before:
        return None
    first = None if named is None else date(named - 1, 1, 1)
    return Span(first, patterns.day_or_before(found[0].day, before=True))


def _years(piece: str, year: int) -> Span | None:
    if piece in _WHOLE_YEAR:
        return _of_years(year, year)
    spans = [_one_term(term.strip(), year) for term in _JOINED.split(piece)]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None
    firsts, lasts = [span.first for span in known], [span.last for span in known if span.last is not None]
    return Span(None if None in firsts else min(day for day in firsts if day is not None), max(lasts))


def _one_term(term: str, year: int) -> Span | None:
    if term in _WHOLE_YEAR:
        return _of_years(year, year)
    if term in _YEAR_BEFORE:
        return _of_years(year - 1, year - 1)
    if term in _EVERY_YEAR:
        return _of_years(year - 1, year)
    if term in _UNTIL_NOW:
        return Span(None, date(year, 12, 31))
    if several := _LAST_YEARS.fullmatch(term):
        # Whether the year itself is one of them is not said: the wider reading accuses nobody wrongly.
        return _of_years(year - int(several[1]), year)
    named = re.fullmatch(r"(?:trong )?nam (\d{4})", term)
    return _of_years(int(named[1]), int(named[1])) if named and 1 < int(named[1]) < 9999 else None


def _of_years(first: int, last: int) -> Span:
    return Span(date(first, 1, 1), date(last, 12, 31))
