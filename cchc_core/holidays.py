"""Vietnam's public holidays, from ``data/holidays/<year>.yaml``: days off, and Saturdays worked in exchange."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from cchc_core.rubric_files import FileProblem, unreadable
from cchc_core.rubric_messages import real_errors, sentence_of
from cchc_core.rule_schema import Strict, Text
from cchc_core.working_days import SATURDAY, Calendar
from cchc_core.yaml_source import YamlRefused, compose, line_of, plain, spell

HOLIDAYS_DIR = Path(__file__).resolve().parent.parent / "data" / "holidays"


class HolidayFileError(ValueError):
    """Holiday files with problems; ``problems`` names every one."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


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
        year = _read(path, problems)
        if year is not None:
            years.append(year)
    if problems:
        raise HolidayFileError(tuple(problems))
    return Calendar(
        years=frozenset(year.year for year in years),
        holidays={day.date: day.name for year in years for day in year.days},
        worked_weekends={day.date: day.name for year in years for day in year.worked_weekends},
    )


def _read(path: Path, problems: list[FileProblem]) -> _YearFile | None:
    before = len(problems)
    try:
        root = compose(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as why:
        problems.append(FileProblem(path, None, "", unreadable(why)))
        return None
    except YamlRefused as why:
        sentence = "tệp trống; cần year, source, days." if why.line is None else why.sentence
        problems.append(FileProblem(path, why.line, "", sentence))
        return None
    content = plain(root, lambda line, key, why: problems.append(FileProblem(path, line, key, why)))
    try:
        year = _YearFile.model_validate(content)
    except ValidationError as refused:
        for error in real_errors(refused):
            where = error["loc"]
            problems.append(FileProblem(path, line_of(root, where), spell(where), sentence_of(error)))
        return None
    problems.extend(
        FileProblem(path, line_of(root, where), spell(where), sentence) for where, sentence in _disorder(path, year)
    )
    return year if len(problems) == before else None


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
