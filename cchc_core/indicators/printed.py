"""The form as it is printed: its headings and lines in order, each with what its cells hold in both years."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cchc_core.indicators.keeping import TwoYears
from cchc_core.indicators.model import FigureKind, Group, Indicator, Kind, Result, Section
from cchc_core.indicators.values import Values, result_of
from cchc_core.rules.decimals import format_number
from cchc_core.table import Column, Table
from cchc_core.table import Kind as ColumnKind

MISSING = "…"
CellValue = Decimal | str | None


class Level(StrEnum):
    """What a printed line is."""

    PART = "part"
    SECTION = "section"
    GROUP = "group"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: number, title and unit as in the print, and the cells of year n − 1, year n and the note.

    A cell that asks for one number holds the number; one that asks for several holds them as a text; None is empty.
    """

    level: Level
    number: str
    title: str
    unit: str = ""
    last: CellValue = None
    this: CellValue = None
    note: str = ""


def lines(years: TwoYears) -> Iterator[Line]:
    """Give the lines of the form in printed order."""
    told_part = None
    for section in years.form.sections:
        if section.part is not None and section.part != told_part:
            part = next(each for each in years.form.parts if each.code == section.part)
            yield Line(Level.PART, part.code, part.title)
        told_part = section.part
        yield from _of_section(years, section)


def _of_section(years: TwoYears, section: Section) -> Iterator[Line]:
    yield Line(Level.SECTION, section.number, section.title)
    told: Group | None = None
    for indicator in years.form.of_section(section.code):
        group = years.form.group_of(indicator)
        if group is not None and group != told:
            yield Line(Level.GROUP, group.number, group.title)
        told = group
        yield Line(
            Level.INDICATOR,
            indicator.number or "",
            title_of(indicator),
            indicator.unit,
            cell(indicator, years.values(indicator.code, is_last=True)),
            cell(indicator, years.values(indicator.code)),
            years.note(indicator.code),
        )


def title_of(indicator: Indicator) -> str:
    """Give the title with what the print says before it."""
    return f"{indicator.lead_in} {indicator.title}" if indicator.lead_in else indicator.title


def cell(indicator: Indicator, values: Values) -> CellValue:
    """Give what the printed cell of an indicator holds.

    >>> from cchc_core.indicators.files import read_indicators
    >>> form = read_indicators("sonla-2024")
    >>> cell(form.indicator("II.2.4.1"), (Decimal(120), Decimal("98.5")))
    '120 hồ sơ = 98,5 %'
    >>> cell(form.indicator("II.6.5.1"), (Decimal(5), Decimal(8)))
    '5/8 = 62,5 %'
    """
    if all(value is None for value in values):
        return None
    if len(values) == 1:
        return values[0]
    if indicator.kind is Kind.RATIO:
        return f"{'/'.join(_word(value) for value in values)} = {_result(indicator, values)}"
    if any(figure.kind is FigureKind.PERCENT for figure in indicator.figures):
        parts = (f"{_word(value)} {figure.unit}" for figure, value in zip(indicator.figures, values, strict=True))
        return " = ".join(parts)
    return " / ".join(f"{_word(value)} {figure.unit}" for figure, value in zip(indicator.figures, values, strict=True))


def _result(indicator: Indicator, values: Values) -> str:
    result = result_of(indicator, values)
    if result is None:
        return MISSING
    return format_number(result) if indicator.result is Result.QUOTIENT else f"{format_number(result)} %"


def _word(value: Decimal | None) -> str:
    return MISSING if value is None else format_number(value)


def comparison_table(years: TwoYears) -> Table:
    """Put every figure of both years side by side, with the difference: a row for each number, ratios computed."""
    rows = tuple(
        (
            indicator.code,
            title_of(indicator),
            difference.label,
            difference.unit,
            difference.last,
            difference.this,
            difference.change,
            years.note(indicator.code) if place == 0 else "",
        )
        for indicator in years.form.indicators
        for place, difference in enumerate(years.differences(indicator.code))
    )
    columns = (
        Column("Mã", ColumnKind.TEXT),
        Column("Chỉ tiêu thống kê", ColumnKind.TEXT),
        Column("Số liệu", ColumnKind.TEXT),
        Column("Đơn vị tính", ColumnKind.TEXT),
        Column(f"Năm {years.year - 1}", ColumnKind.COUNT),
        Column(f"Năm {years.year}", ColumnKind.COUNT),
        Column("Chênh lệch", ColumnKind.COUNT),
        Column("Ghi chú", ColumnKind.TEXT),
    )
    return Table("chi-tieu-thong-ke", f"Số liệu thống kê năm {years.year} so với năm {years.year - 1}", columns, rows)
