"""Texts that people type about tasks: cleaned, in one line where it is one, within what is kept."""

from datetime import date
from typing import Final

from cchc_core.errors import BadText
from cchc_core.text import clean_line

MOST_TITLE: Final = 2_000
MOST_TEXT: Final = 4_000
MOST_NAME: Final = 300
MOST_NUMBER: Final = 100
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


def line(where: str, what: str, text: str, most: int, *, is_wanted: bool = False) -> str:
    """Give a text as it is kept, on one line. Raises BadText for one that is too long, or empty where it is wanted."""
    return _checked(where, what, " ".join(clean_line(text).split()), most, is_wanted=is_wanted)


def lines(where: str, what: str, text: str, most: int, *, is_wanted: bool = False) -> str:
    """Give a text of several lines as it is kept. Raises BadText as :func:`line` does."""
    kept = clean_line(text.replace("\r\n", "\n").replace("\r", "\n"))
    return _checked(where, what, kept, most, is_wanted=is_wanted)


def _checked(where: str, what: str, text: str, most: int, *, is_wanted: bool) -> str:
    if is_wanted and not text:
        raise BadText(where, problem=f"chưa ghi {what}", to_do=f"Hãy ghi {what} rồi lưu lại.")
    if len(text) > most:
        raise BadText(where, problem=f"{what} dài {len(text)} ký tự, quá {most} ký tự", to_do="Hãy viết gọn lại.")
    return text


def year(where: str, number: int) -> int:
    """Give a year that plans are made for. Raises BadText for any other."""
    if not EARLIEST_YEAR <= number <= LATEST_YEAR:
        raise BadText(
            where,
            problem=f"năm {number} nằm ngoài khoảng {EARLIEST_YEAR} đến {LATEST_YEAR}",
            to_do="Hãy ghi lại năm của kế hoạch.",
        )
    return number


def past_day(where: str, what: str, day: date | None, today: date) -> date | None:
    """Give a day that has come already. Raises BadText for one in the future or before anybody kept such records."""
    if day is not None and day > today:
        raise BadText(where, problem=f"{what} {day:%d/%m/%Y} ở sau hôm nay", to_do="Hãy ghi ngày đã qua hoặc hôm nay.")
    return known_day(where, what, day)


def known_day(where: str, what: str, day: date | None) -> date | None:
    """Give a day of a year that plans are made for. Raises BadText for any other."""
    if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        problem = f"{what} thuộc năm {day.year}, ngoài khoảng {EARLIEST_YEAR} đến {LATEST_YEAR}"
        raise BadText(where, problem=problem, to_do="Hãy ghi lại ngày.")
    return day
