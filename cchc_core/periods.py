"""The reporting periods of a year: data ranges and due days, read from ``data/periods``.

Days are data, never code: the pattern is national, the days differ by province. What a file holds is written at the
top of each file. A criteria set finds its file by the ``rubrics`` key; one that no file names uses ``default.yaml``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, NoReturn

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from cchc_core.text import nfc

PERIODS_FOLDER = Path(__file__).resolve().parent.parent / "data" / "periods"
DEFAULT_FILE = "default.yaml"


@dataclass(frozen=True, slots=True)
class PeriodTemplate:
    """One period (kỳ) of a given year; ranges include both days.

    ``order`` counts from 1 in the order of the year. ``internal_due`` may fall before ``data_to``: rooms then hand in
    estimates that the office brings up to date.
    """

    code: str
    title: str
    order: int
    is_provisional: bool
    data_from: date
    data_to: date
    internal_due: date
    outward_due: date


@dataclass(frozen=True, slots=True)
class PeriodProblem:
    """One thing wrong in a period file: where, and in Vietnamese what is wrong and what to do."""

    path: Path
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.path.name}, {self.where}: {self.message}" if self.where else f"{self.path.name}: {self.message}"


class PeriodFileError(ValueError):
    """Period files that cannot be used; ``problems`` names everything that was found wrong."""

    def __init__(self, *problems: PeriodProblem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def load_periods(path: Path, year: int) -> tuple[PeriodTemplate, ...]:
    """Read the periods of a file for the year of a criteria set, in the order of the year.

    Raises PeriodFileError with every problem of the file.

    >>> for period in load_periods(PERIODS_FOLDER / "soctrang-2022.yaml", 2022):
    ...     print(period.title, period.data_from, period.data_to, period.outward_due)
    Quý I 2021-12-15 2022-03-14 2022-03-16
    6 tháng 2021-12-15 2022-06-14 2022-06-16
    Quý III 2022-06-15 2022-09-14 2022-09-16
    Năm 2021-12-15 2022-12-14 2022-12-16
    """
    return _periods_of(_read(path), path, year)


def periods_for(rubric_id: str, year: int, folder: Path = PERIODS_FOLDER) -> tuple[PeriodTemplate, ...]:
    """Read the periods of a criteria set: those of the file that names it, else the national pattern.

    Raises PeriodFileError when a file is damaged, when two files name the set, or when the days do not fit the year.
    """
    files: dict[Path, _File] = {}
    problems: list[PeriodProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            files[path] = _read(path)
        except PeriodFileError as damaged:
            problems.extend(damaged.problems)
    naming = [path for path, file in files.items() if rubric_id in file.rubrics]
    if len(naming) > 1:
        names = ", ".join(path.name for path in naming)
        problems.append(
            PeriodProblem(
                naming[1], "rubrics", f"Bộ tiêu chí «{rubric_id}» có trong nhiều tệp ({names}); hãy chỉ để lại một."
            )
        )
    if problems:
        raise PeriodFileError(*problems)
    path = naming[0] if naming else folder / DEFAULT_FILE
    return _periods_of(files[path] if path in files else _read(path), path, year)


_Text = Annotated[str, Field(min_length=1), AfterValidator(nfc)]
_Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Border(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Day(_Border):
    year: Annotated[int, Field(ge=-1, le=1)]
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]

    def in_year(self, year: int) -> date:
        return date(year + self.year, self.month, self.day)


class _Period(_Border):
    code: _Code
    title: _Text
    is_provisional: bool
    data_from: _Day
    data_to: _Day
    internal_due: _Day
    outward_due: _Day


class _File(_Border):
    id: _Text
    title: _Text
    year: Annotated[int, Field(ge=2000, le=2100)] | None
    rubrics: list[_Text]
    periods: Annotated[list[_Period], Field(min_length=1)]


class _Loader(yaml.SafeLoader):
    """The safe loader, which by itself lets the last of two equal keys win in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [key.value for key, _ in node.value]
        for position, (key, _) in enumerate(node.value):
            if key.value in keys[:position]:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key.value}", key.start_mark)
        return super().construct_mapping(node, deep)


def _refuse(path: Path, where: str, message: str) -> NoReturn:
    raise PeriodFileError(PeriodProblem(path, where, message)) from None


def _read(path: Path) -> _File:
    try:
        stat = path.stat()
    except OSError:
        return _read_anew(path, 0, 0)  # says what is wrong
    return _read_anew(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=32)
def _read_anew(path: Path, _changed: int, _size: int) -> _File:
    content = _parse(path)
    try:
        file = _File.model_validate(content)
    except ValidationError as refused:
        found = (PeriodProblem(path, _place(error), _wording(error)) for error in refused.errors())
        raise PeriodFileError(*found) from None
    if file.id != path.stem:
        _refuse(path, "id", f"Mã «{file.id}» khác tên tệp «{path.stem}»; hãy đặt hai tên như nhau.")
    return file


def _parse(path: Path) -> object:
    try:
        return _Loader(path.read_text(encoding="utf-8")).get_single_data()
    except OSError:
        _refuse(path, "", "Không đọc được tệp kỳ báo cáo; hãy kiểm tra tệp có ở đó và được phép đọc.")
    except (UnicodeDecodeError, yaml.reader.ReaderError):
        _refuse(path, "", "Tệp không phải văn bản UTF-8 hoặc có ký tự lạ; hãy lưu lại bằng bảng mã UTF-8.")
    except yaml.MarkedYAMLError as error:
        where = f"dòng {error.problem_mark.line + 1}" if error.problem_mark else ""
        if error.problem and error.problem.startswith("duplicate key "):
            key = error.problem.removeprefix("duplicate key ")
            _refuse(path, where, f"Khoá «{key}» ghi hai lần; hãy xoá một dòng.")
        _refuse(path, where, "Không đúng cú pháp YAML; hãy xem lại thụt dòng, dấu hai chấm và dấu ngoặc.")
    except ValueError:
        # The safe loader turns text like 2022-02-30 into a date by itself.
        _refuse(path, "", "Có giá trị không đọc được, ví dụ ngày không có thật; hãy ghi ngày bằng year, month, day.")


def _place(error: ErrorDetails) -> str:
    steps = [f"kỳ thứ {step + 1}" if isinstance(step, int) else str(step) for step in error["loc"]]
    return re.sub(r"^periods\.(?=kỳ)", "", ".".join(steps)).replace("rubrics.kỳ thứ", "rubrics, mục thứ")


_WORDINGS = {
    "missing": "Thiếu khoá này; hãy thêm vào.",
    "extra_forbidden": "Khoá lạ; hãy xoá hoặc sửa lại tên khoá.",
    "int_type": "Phải là số nguyên.",
    "bool_type": "Phải là true hoặc false.",
    "string_type": "Phải là chữ; nếu là số hãy đặt trong dấu ngoặc kép.",
    "string_too_short": "Không được để trống.",
    "string_pattern_mismatch": "Chỉ gồm chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ.",
    "list_type": "Phải là một danh sách.",
    "too_short": "Phải có ít nhất một kỳ.",
    "model_type": "Phải gồm các cặp khoá: giá trị.",
    "greater_than_equal": "Nhỏ quá, ít nhất là {ge}.",
    "less_than_equal": "Lớn quá, nhiều nhất là {le}.",
}


def _wording(error: ErrorDetails) -> str:
    wording = _WORDINGS.get(error["type"], "Giá trị không hợp lệ; hãy xem chú thích ở đầu tệp.")
    return wording.format(**error.get("ctx", {}))


def _periods_of(file: _File, path: Path, year: int) -> tuple[PeriodTemplate, ...]:
    if file.year is not None and file.year != year:
        _refuse(
            path,
            "year",
            f"Lịch này là của năm {file.year}, đang cần năm {year}; hãy lập tệp cho năm {year} hoặc "
            "để year: null nếu mọi năm như nhau.",
        )
    problems = [*_unreal_days(file, path, year)]
    if problems:
        raise PeriodFileError(*problems)
    periods = tuple(_template(period, order, year) for order, period in enumerate(file.periods, start=1))
    problems = [PeriodProblem(path, where, message) for where, message in _disorder(periods)]
    if problems:
        raise PeriodFileError(*problems)
    return periods


_DAYS = ("data_from", "data_to", "internal_due", "outward_due")


def _unreal_days(file: _File, path: Path, year: int) -> Iterator[PeriodProblem]:
    for period in file.periods:
        for name in _DAYS:
            day: _Day = getattr(period, name)
            try:
                day.in_year(year)
            except ValueError:
                shown = f"{day.day}/{day.month}/{year + day.year}"
                yield PeriodProblem(path, f"kỳ {period.code}, {name}", f"Không có ngày {shown}; hãy sửa ngày.")


def _template(period: _Period, order: int, year: int) -> PeriodTemplate:
    return PeriodTemplate(
        code=period.code,
        title=period.title,
        order=order,
        is_provisional=period.is_provisional,
        data_from=period.data_from.in_year(year),
        data_to=period.data_to.in_year(year),
        internal_due=period.internal_due.in_year(year),
        outward_due=period.outward_due.in_year(year),
    )


def _disorder(periods: tuple[PeriodTemplate, ...]) -> Iterator[tuple[str, str]]:
    for period in periods:
        yield from ((f"kỳ {period.code}", message) for message in _backward_days(period))
    for earlier, later in pairwise(periods):
        if later.outward_due <= earlier.outward_due:
            yield f"kỳ {later.code}", f"Hạn gửi đi không sau kỳ {earlier.code} đứng trước; hãy xếp các kỳ theo thứ tự."
    codes = [period.code for period in periods]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"kỳ {code}", "Mã kỳ này có hai lần; mỗi kỳ cần một mã riêng."
    if [period.is_provisional for period in periods] != [True] * (len(periods) - 1) + [False]:
        yield "is_provisional", "Chỉ kỳ cuối (năm) là false, các kỳ trước là true; hãy sửa lại."


def _backward_days(period: PeriodTemplate) -> Iterator[str]:
    if period.data_from > period.data_to:
        yield "Ngày đầu số liệu (data_from) sau ngày cuối (data_to); hãy sửa ngày hoặc năm."
    if period.data_to > period.outward_due:
        yield "Hạn gửi đi (outward_due) trước ngày cuối số liệu (data_to); hãy sửa ngày hoặc năm."
    if period.internal_due > period.outward_due:
        yield "Hạn nội bộ (internal_due) sau hạn gửi đi (outward_due); hãy sửa ngày."
