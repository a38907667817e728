"""Vietnam's public holidays, from ``data/holidays/<year>.yaml``: days off, and Saturdays worked in exchange."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from cchc_core.data_files import DataFile, DataFileError, FileProblem
from cchc_core.rule_schema import Strict, Text
from cchc_core.working_days import SATURDAY, Calendar

HOLIDAYS_DIR = Path(__file__).resolve().parent.parent / "data" / "holidays"


class HolidayFileError(DataFileError):
    """Holiday files with problems; ``problems`` names every one."""


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"«{str(value)[:40]}» không phải một ngày có thật; hãy viết kiểu 2024-04-30.") from None


class _DayFile(Strict):
    date: Annotated[date, BeforeValidator(_day)]
    name: Text


class _YearFile(Strict):
    year: Annotated[int, Field(ge=2000, le=2100)]
    source: Text
    days: tuple[_DayFile, ...] = Field(min_length=1)
    worked_weekends: tuple[_DayFile, ...] = ()


@lru_cache(maxsize=4)
def read_calendar(folder: Path = HOLIDAYS_DIR) -> Calendar:
    """Read every year that there is into one calendar. Raises HolidayFileError with every problem of every file."""
    problems: list[FileProblem] = []
    years: list[_YearFile] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            years.append(_read(path))
        except HolidayFileError as why:
            problems.extend(why.problems)
    if problems:
        raise HolidayFileError(problems)
    return Calendar(
        years=frozenset(year.year for year in years),
        holidays={day.date: day.name for year in years for day in year.days},
        worked_weekends={day.date: day.name for year in years for day in year.worked_weekends},
    )


def _read(path: Path) -> _YearFile:
    source = DataFile(path, HolidayFileError, "year, source, days")
    year = source.validated(_YearFile)
    for where, sentence in () if year is None else _disorder(path, year):
        source.note(where, sentence)
    return source.settled(year)


def _disorder(path: Path, year: _YearFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if path.stem != str(year.year):
        yield ("year",), f"năm {year.year} khác tên tệp «{path.stem}»; hãy đặt như nhau."
    seen: set[date] = set()
    for key, listed in (("days", year.days), ("worked_weekends", year.worked_weekends)):
        for index, day in enumerate(listed):
            if day.date.year != year.year:
                yield (key, index, "date"), f"ngày không thuộc năm {year.year}; hãy sửa, hoặc ghi vào tệp của năm đó."
            if day.date in seen:
                yield (key, index, "date"), "ngày này đã ghi ở trên; hãy bỏ một."
            if key == "worked_weekends" and day.date.weekday() < SATURDAY:
                yield (key, index, "date"), "ngày làm bù phải là thứ bảy hoặc chủ nhật; hãy sửa lại."
            seen.add(day.date)
