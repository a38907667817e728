"""Counting days as Vietnamese law does: the day of the event is not counted, weekends and public holidays are no work.

Bộ luật Dân sự 2015, Điều 147 (the term begins with the next day) and Điều 148 khoản 5 (a term that ends on a weekend or
a holiday ends with the next working day). A year without a calendar is refused, never guessed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


class NoCalendar(ValueError):
    """A year whose public holidays are not known."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"Chưa có lịch nghỉ lễ năm {year}; hãy thêm data/holidays/{year}.yaml.")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off by law, and the weekend days that are worked in exchange; ``years`` are those that are known."""

    years: Collection[int]
    holidays: Mapping[date, str]
    worked_weekends: Mapping[date, str]

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on a day (NoCalendar for a year that is not known)."""
        if day.year not in self.years:
            raise NoCalendar(day.year)
        if day in self.holidays:
            return False
        return day.weekday() < SATURDAY or day in self.worked_weekends


def end_of_term(start: date, days: int, calendar: Calendar, *, working: bool) -> date:
    """Give the last day of a term of so many days from an event on ``start``.

    Raises NoCalendar for a year whose holidays are not known, ValueError for less than a day.
    """
    if days < 1:
        raise ValueError("a term has at least one day")
    if not working:
        return _next_working(start + timedelta(days=days), calendar)
    day, left = start, days
    while left:
        day = _next_working(day + timedelta(days=1), calendar)
        left -= 1
    return day


def _next_working(day: date, calendar: Calendar) -> date:
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day
