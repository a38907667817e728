"""The tables of the board, made from what the core computed.

Where points are illustrative, their columns say so, and criteria met of those that apply stand in place of percents.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_core.attention import REASON_NAMES, Item
from cchc_core.comparison import Change, Comparison, has_data
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.table import Column, Field, Kind, Table, Value, made, noted, shown
from cchc_core.titles import sentence_case
from cchc_core.totals import Totals
from cchc_core.trend import MARK_NAMES, TrendPoint

if TYPE_CHECKING:
    from cchc_core.forecast import Forecast, LeafForecast, Sums
    from cchc_core.sheet import Sheet

__all__ = [
    "Column",
    "Field",
    "Kind",
    "Table",
    "Value",
    "attention_table",
    "comparison_table",
    "forecast_table",
    "made",
    "noted",
    "section_table",
    "shown",
    "trend_table",
]

SUM: Final = "Cộng"


@dataclass(frozen=True, slots=True)
class _SectionRow:
    code: str
    title: str
    totals: Totals


def section_table(sheet: "Sheet") -> Table:
    """List the sections with where their points stand, and their sum."""
    rows = [
        _SectionRow(section.code, sentence_case(section.title), sheet.totals.sections[section.code])
        for section in sheet.rubric.sections
    ]
    rows.append(_SectionRow("", SUM, sheet.totals.total))
    is_illustrative = sheet.rubric.is_illustrative
    fields = (*_SECTION_FIELDS, *(_ADJUSTED_FIELDS if sheet.totals.total.adjustments else ()))
    return made("linh-vuc", "Điểm theo lĩnh vực", fields, rows, is_illustrative=is_illustrative, note=_about(sheet))


def _about(sheet: "Sheet") -> str:
    assessment = sheet.assessment
    return f"{assessment.unit_name}, {assessment.period_title} {assessment.year}, {sheet.rubric.title}."


def _of_totals(get: Callable[[Totals], Value]) -> Callable[[_SectionRow], Value]:
    return lambda row: get(row.totals)


_SECTION_FIELDS: Final[tuple[Field[_SectionRow], ...]] = (
    Field("Mã", Kind.TEXT, lambda row: row.code),
    Field("Lĩnh vực", Kind.TEXT, lambda row: row.title),
    Field("Đạt", Kind.COUNT, _of_totals(lambda totals: totals.met), is_official=False),
    Field("Áp dụng", Kind.COUNT, _of_totals(lambda totals: totals.applicable), is_official=False),
    Field("Điểm", Kind.POINTS, _of_totals(lambda totals: totals.points)),
    Field("Điểm chuẩn", Kind.POINTS, _of_totals(lambda totals: totals.max_points)),
    Field("Sau khi hạ", Kind.POINTS, _of_totals(lambda totals: totals.effective_max)),
    Field("Tỷ lệ", Kind.PERCENT, _of_totals(lambda totals: totals.percent if has_data(totals) else None)),
    Field("Mất", Kind.POINTS, _of_totals(lambda totals: totals.lost)),
    Field("Chưa chấm", Kind.POINTS, _of_totals(lambda totals: totals.at_risk)),
    Field("Chưa đến kỳ", Kind.POINTS, _of_totals(lambda totals: totals.not_due)),
    Field("Chờ bên ngoài", Kind.POINTS, _of_totals(lambda totals: totals.awaiting)),
    Field("Sở tự chấm", Kind.POINTS, _of_totals(lambda totals: totals.self_points)),
    Field("Sở tự chấm, tối đa", Kind.POINTS, _of_totals(lambda totals: totals.self_max)),
    Field("Bên ngoài chấm", Kind.POINTS, _of_totals(lambda totals: totals.external_points)),
    Field("Bên ngoài chấm, tối đa", Kind.POINTS, _of_totals(lambda totals: totals.external_max)),
)
_ADJUSTED_FIELDS: Final[tuple[Field[_SectionRow], ...]] = (
    Field("Điểm thưởng", Kind.POINTS, _of_totals(lambda totals: totals.bonus)),
    Field("Điểm trừ", Kind.POINTS, _of_totals(lambda totals: totals.penalty)),
)


@dataclass(frozen=True, slots=True)
class _ForecastRow:
    code: str
    title: str
    points: "LeafForecast | Sums"
    state: str
    explanation: str


def forecast_table(sheet: "Sheet", forecast: "Forecast") -> Table:
    """List every criterion with where its points go by the year's end and why, and their sum."""
    rows = [_forecast_row(leaf, forecast.leaves[leaf.code]) for leaf in sheet.rubric.leaves]
    rows.append(_ForecastRow("", SUM, forecast.total, "", ""))
    is_illustrative = sheet.rubric.is_illustrative
    fields = (*_FORECAST_FIELDS, *(_BONUS_FIELDS if sheet.rubric.adjustments else ()))
    return made("du-bao", "Dự báo cuối năm", fields, rows, is_illustrative=is_illustrative, note=_about(sheet))


def _forecast_row(leaf: Criterion, outlook: "LeafForecast") -> _ForecastRow:
    state = "còn thay đổi được" if outlook.is_open else "không thay đổi nữa"
    return _ForecastRow(leaf.code, leaf.title, outlook, state, outlook.explanation)


_FORECAST_FIELDS: Final[tuple[Field[_ForecastRow], ...]] = (
    Field("Mã", Kind.TEXT, lambda row: row.code),
    Field("Tiêu chí", Kind.TEXT, lambda row: row.title),
    Field("Điểm chuẩn cuối năm", Kind.POINTS, lambda row: row.points.effective_max),
    Field("Đã đạt", Kind.POINTS, lambda row: row.points.earned),
    Field("Còn có thể đạt", Kind.POINTS, lambda row: row.points.within_reach),
    Field("Đã mất", Kind.POINTS, lambda row: row.points.lost),
    Field("Bên ngoài chấm", Kind.POINTS, lambda row: row.points.external),
    Field("Thấp", Kind.POINTS, lambda row: row.points.low),
    Field("Dự kiến", Kind.POINTS, lambda row: row.points.expected),
    Field("Cao", Kind.POINTS, lambda row: row.points.high),
    Field("Tình trạng", Kind.TEXT, lambda row: row.state),
    Field("Giải thích", Kind.TEXT, lambda row: row.explanation),
)
_BONUS_FIELDS: Final[tuple[Field[_ForecastRow], ...]] = (
    Field("Điểm thưởng tính đến", Kind.POINTS, lambda row: row.points.bonus),
)


def attention_table(items: Iterable[Item], rubric: Rubric, *, with_remedies: bool = True) -> Table:
    """List the lost, missing and unconfirmed points as they are given, with what they still ask for, and their sum."""
    listed = tuple(items)
    titles = {section.code: f"{section.code} {sentence_case(section.title)}" for section in rubric.sections}
    section: _ItemField = Field("Lĩnh vực", Kind.TEXT, lambda item: titles[item.criterion.section])
    fields = (*_ITEM_NAMES, section, *_ITEM_FIELDS, *(_REMEDY_FIELDS if with_remedies else ()))
    table = made(
        "mat-diem",
        "Tiêu chí mất điểm, chưa chấm, chưa xác nhận",
        fields,
        listed,
        is_illustrative=rubric.is_illustrative,
    )
    return _with_sums(table) if listed else table


def _with_sums(table: Table) -> Table:
    """Add a last row with the sums of the columns of points."""
    sums: list[Value] = [
        _sum(row[index] for row in table.rows) if column.kind is Kind.POINTS else None
        for index, column in enumerate(table.columns)
    ]
    sums[1] = SUM
    return Table(table.key, table.title, table.columns, (*table.rows, tuple(sums)), table.note)


def _sum(values: Iterable[Value]) -> Decimal:
    return sum((value for value in values if isinstance(value, Decimal)), ZERO)


_ItemField: TypeAlias = Field[Item]

_ITEM_NAMES: Final[tuple[_ItemField, ...]] = (
    Field("Mã", Kind.TEXT, lambda item: item.criterion.code),
    Field("Tiêu chí", Kind.TEXT, lambda item: item.criterion.title),
)
_ITEM_FIELDS: Final[tuple[_ItemField, ...]] = (
    Field("Mất, thiếu, chưa xác nhận", Kind.POINTS, lambda item: item.at_stake),
    Field("Mất", Kind.POINTS, lambda item: item.lost),
    Field("Chưa chấm", Kind.POINTS, lambda item: item.missing),
    Field("Chưa xác nhận", Kind.POINTS, lambda item: item.unconfirmed),
    Field("Lý do", Kind.TEXT, lambda item: REASON_NAMES[item.main_reason]),
    Field("Thêm", Kind.TEXT, lambda item: ", ".join(REASON_NAMES[reason] for reason in item.reasons[1:])),
    Field("Còn cần", Kind.TEXT, lambda item: item.asks_for),
    Field("Đơn vị phụ trách", Kind.TEXT, lambda item: item.responsible),
)
_REMEDY_FIELDS: Final[tuple[_ItemField, ...]] = (
    Field("Việc khắc phục", Kind.TEXT, lambda item: None if item.remedy is None else item.remedy.action_text),
    Field("Hạn khắc phục", Kind.DATE, lambda item: None if item.remedy is None else item.remedy.due),
)


def trend_table(points: Iterable[TrendPoint], rubric: Rubric) -> Table:
    """List the periods of the year and the forecasts of its end; a period without figures has empty cells."""
    return made("xu-huong", "Điểm qua các kỳ", _TREND_FIELDS, points, is_illustrative=rubric.is_illustrative)


_TREND_FIELDS: Final[tuple[Field[TrendPoint], ...]] = (
    Field("Kỳ", Kind.TEXT, lambda point: point.period_title),
    Field("Số liệu", Kind.TEXT, lambda point: MARK_NAMES[point.mark]),
    Field("Đạt", Kind.COUNT, lambda point: point.met, is_official=False),
    Field("Áp dụng", Kind.COUNT, lambda point: point.applicable, is_official=False),
    Field("Điểm", Kind.POINTS, lambda point: point.points),
    Field("Điểm chuẩn sau khi hạ", Kind.POINTS, lambda point: point.effective_max),
    Field("Tỷ lệ", Kind.PERCENT, lambda point: point.percent),
)


@dataclass(frozen=True, slots=True)
class _ChangeRow:
    code: str
    title: str
    change: Change | None
    words: str


def comparison_table(comparison: Comparison, rubric: Rubric, against_title: str) -> Table:
    """Put the sections and the total beside those of an earlier assessment, which ``against_title`` names.

    By one set points are compared, otherwise percents alone; a side without data has empty cells.
    """
    rows = [
        _change_row(section.code, sentence_case(section.title), comparison.sections[section.code], against_title)
        for section in rubric.sections
    ]
    rows.append(_change_row("", SUM, comparison.total, against_title))
    fields = (*_NAMES, *_MET_FIELDS, *(_MOVED_FIELDS if comparison.is_same_set else ()), *_PERCENT_FIELDS, _WORDS)
    title = f"So với {against_title}"
    return made("so-sanh", title, fields, rows, is_illustrative=comparison.total.is_illustrative)


def _change_row(code: str, title: str, change: Change | None, against: str) -> _ChangeRow:
    words = f"{against} không có lĩnh vực này" if change is None else change.words(against)
    return _ChangeRow(code, title, change, words)


def _now(get: Callable[[Change], Value]) -> Callable[[_ChangeRow], Value]:
    return lambda row: get(row.change) if row.change is not None and row.change.has_data_now else None


def _before(get: Callable[[Change], Value]) -> Callable[[_ChangeRow], Value]:
    return lambda row: get(row.change) if row.change is not None and row.change.has_data_before else None


_NAMES: Final[tuple[Field[_ChangeRow], ...]] = (
    Field("Mã", Kind.TEXT, lambda row: row.code),
    Field("Lĩnh vực", Kind.TEXT, lambda row: row.title),
)
_MET_FIELDS: Final[tuple[Field[_ChangeRow], ...]] = (
    Field("Đạt", Kind.COUNT, _now(lambda change: change.met_now), is_official=False),
    Field("Áp dụng", Kind.COUNT, _now(lambda change: change.applicable_now), is_official=False),
    Field("Đạt trước đây", Kind.COUNT, _before(lambda change: change.met_before), is_official=False),
    Field("Áp dụng trước đây", Kind.COUNT, _before(lambda change: change.applicable_before), is_official=False),
)
_MOVED_FIELDS: Final[tuple[Field[_ChangeRow], ...]] = (
    Field("Điểm", Kind.POINTS, _now(lambda change: change.points_now)),
    Field("Điểm trước đây", Kind.POINTS, _before(lambda change: change.points_before)),
    Field("Chênh lệch", Kind.POINTS, lambda row: None if row.change is None else row.change.difference),
)
_PERCENT_FIELDS: Final[tuple[Field[_ChangeRow], ...]] = (
    Field("Tỷ lệ", Kind.PERCENT, _now(lambda change: change.percent_now)),
    Field("Tỷ lệ trước đây", Kind.PERCENT, _before(lambda change: change.percent_before)),
    Field(
        "Chênh lệch tỷ lệ (điểm %)",
        Kind.PERCENT,
        lambda row: None if row.change is None else row.change.percent_difference,
    ),
)
_WORDS: Final[Field[_ChangeRow]] = Field("Nhận xét", Kind.TEXT, lambda row: row.words)
