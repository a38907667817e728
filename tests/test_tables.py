"""Tables: the figures of the core as screens print them, and as CSV and Excel read them back."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_core.attention import items
from cchc_core.comparison import compare
from cchc_core.forecast import forecast
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.sample import RUBRICS, SEED
from cchc_core.sample_answers import sample_answers
from cchc_core.sheet import Sheet
from cchc_core.store.periods import view
from cchc_core.table import Column, Kind, Table, Value, shown
from cchc_core.table_files import to_csv, to_xlsx
from cchc_core.tables import attention_table, comparison_table, forecast_table, section_table, trend_table
from cchc_core.titles import sentence_case
from cchc_core.trend import Mark, trend
from tests.sheets import remedy_of, sheet_of, sheets

PERIODS = ("q1", "h1", "q3")
FORMULA_LIKE = ("=1+1", "+84 912", "-Chỉ đạo", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "＝1")


def sample(rubric_id: str, period: str) -> Sheet:
    rubric = read_rubric(rubric_id)
    seen = view(period, is_provisional=True, orders={code: order for order, code in enumerate(PERIODS)})
    answers = {answer.code: answer.entry_json for answer in sample_answers(rubric, seen, SEED)}
    return sheet_of(rubric, answers, period, carried=list(answers)[:9])


def tables_of(sheet: Sheet, before: Sheet) -> list[Table]:
    foreseen = forecast(sheet)
    code = sheet.rubric.leaves[0].code
    return [
        section_table(sheet),
        forecast_table(sheet, foreseen),
        attention_table(items(sheet, {code: remedy_of(code)}), sheet.rubric),
        trend_table(trend([before, sheet], foreseen), sheet.rubric),
        comparison_table(compare(sheet, before), sheet.rubric, "kỳ trước"),
    ]


def column(table: Table, name: str) -> list[Value]:
    index = [each.name for each in table.columns].index(name)
    return [row[index] for row in table.rows]


def text_table(*texts: str) -> Table:
    return Table("thu", "Thử", (Column("Chữ", Kind.TEXT),), tuple((text,) for text in texts))


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_back(content: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def body(sheet: Worksheet, table: Table) -> list[Sequence[object]]:
    header = next(row for row in range(1, 6) if sheet.cell(row, 1).value == table.columns[0].name)
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=header + 1, max_col=len(table.columns))]


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_the_sections_of_the_table_add_up_to_its_last_row(rubric_id: str) -> None:
    sheet = sample(rubric_id, "q3")
    table = section_table(sheet)
    for index, each in enumerate(table.columns):
        if each.kind in (Kind.POINTS, Kind.COUNT):
            *parts, total = [row[index] for row in table.rows]
            assert sum(part for part in parts if isinstance(part, Decimal | int)) == total
    assert column(table, "Lĩnh vực") == [*(sentence_case(s.title) for s in sheet.rubric.sections), "Cộng"]


@given(sheets())
@settings(max_examples=30)
def test_the_forecast_of_the_criteria_adds_up_to_its_last_row(sheet: Sheet) -> None:
    table = forecast_table(sheet, forecast(sheet))
    for index, each in enumerate(table.columns):
        if each.kind is Kind.POINTS:
            *parts, total = [row[index] for row in table.rows]
            assert sum(part for part in parts if isinstance(part, Decimal)) == total


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_what_needs_attention_adds_up_to_the_totals(rubric_id: str) -> None:
    sheet = sample(rubric_id, "q3")
    table = attention_table(items(sheet), sheet.rubric)
    word = " (minh hoạ)" if sheet.rubric.is_illustrative else ""
    assert column(table, f"Mất{word}")[-1] == sheet.totals.total.lost
    assert column(table, f"Chưa chấm{word}")[-1] == sheet.totals.total.at_risk
    assert column(table, "Tiêu chí")[-1] == "Cộng"


def test_a_table_of_nothing_that_needs_attention_is_empty() -> None:
    assert attention_table((), read_rubric(RUBRICS[0])).rows == ()


def test_an_illustrative_set_has_no_percent_in_any_table_and_says_what_its_points_are() -> None:
    for table in tables_of(sample("namdinh-tnmt-2024", "q3"), sample("namdinh-tnmt-2024", "h1")):
        names = [each.name for each in table.columns]
        assert not [each for each in table.columns if each.kind is Kind.PERCENT]
        assert all("minh hoạ" in each.name for each in table.columns if each.kind is Kind.POINTS)
        assert "điểm minh hoạ" in table.note
        assert not [name for name in names if "%" in name or "Tỷ lệ" in name]


def test_an_illustrative_set_counts_the_criteria_met_of_those_that_apply() -> None:
    sheet, before = sample("namdinh-tnmt-2024", "q3"), sample("namdinh-tnmt-2024", "h1")
    total = sheet.totals.total
    of_sections = section_table(sheet)
    assert (column(of_sections, "Đạt")[-1], column(of_sections, "Áp dụng")[-1]) == (total.met, total.applicable)
    of_periods = trend_table(trend([before, sheet]), sheet.rubric)
    assert column(of_periods, "Đạt")[:2] == [before.totals.total.met, total.met]
    against = comparison_table(compare(sheet, before), sheet.rubric, "kỳ trước")
    assert column(against, "Đạt trước đây")[-1] == before.totals.total.met


def test_an_official_set_is_compared_in_points_and_percent() -> None:
    sheet, before = sample("soctrang-tttt-2022", "q3"), sample("soctrang-tttt-2022", "h1")
    table = comparison_table(compare(sheet, before), sheet.rubric, "kỳ trước")
    now, earlier = sheet.totals.total, before.totals.total
    assert column(table, "Chênh lệch")[-1] == now.points - earlier.points
    assert (column(table, "Tỷ lệ")[-1], column(table, "Tỷ lệ trước đây")[-1]) == (now.percent, earlier.percent)


def test_sets_that_differ_are_not_compared_in_points() -> None:
    sheet, other = sample("soctrang-tttt-2022", "q3"), sample("namdinh-tnmt-2024", "q3")
    table = comparison_table(compare(sheet, other), sheet.rubric, "cùng kỳ năm trước")
    assert not [each for each in table.columns if each.kind is Kind.POINTS]
    assert "cùng kỳ năm trước không có lĩnh vực này" in column(table, "Nhận xét")


def test_a_period_without_figures_has_empty_cells_and_no_zero() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    table = trend_table(trend([sheet_of(rubric, {}, "q1")]), rubric)
    first = dict(zip((each.name for each in table.columns), table.rows[0], strict=True))
    assert (first["Điểm"], first["Tỷ lệ"], first["Số liệu"]) == (None, None, "chưa có kết quả")


def test_a_remedy_stands_beside_its_criterion() -> None:
    sheet = sheet_of(read_rubric("soctrang-tttt-2022"), {})
    table = attention_table(items(sheet, {"I.1.2": remedy_of("I.1.2")}), sheet.rubric)
    row = table.rows[column(table, "Mã").index("I.1.2")]
    assert row[-2:] == ("Bổ sung báo cáo", date(2022, 3, 14))


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values in 1 columns"):
        Table("thu", "Thử", (Column("Chữ", Kind.TEXT),), (("a", "b"),))


def test_a_value_that_is_not_of_its_kind_is_refused() -> None:
    for kind, value in ((Kind.POINTS, "0,5"), (Kind.TEXT, Decimal(1)), (Kind.DATE, "1/1/2026")):
        with pytest.raises(TypeError):
            shown(kind, value)


def test_csv_is_what_a_vietnamese_excel_reads() -> None:
    kinds = (Kind.TEXT, Kind.POINTS, Kind.PERCENT, Kind.COUNT, Kind.DATE)
    columns = tuple(Column(kind.value, kind) for kind in kinds)
    rows = (
        ("Sở A; B", Decimal("-1234.5"), Decimal("64.97"), 1200, date(2026, 3, 9)),
        ("", None, None, None, None),
    )
    assert to_csv(Table("thu", "Thử", columns, rows)).decode("utf-8") == (
        '\ufefftext;points;percent (%);count;date\r\n"Sở A; B";-1234,5000;64,97;1200;09/03/2026\r\n;;;;\r\n'
    )


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_a_text_that_looks_like_a_formula_stays_a_text_in_csv(text: str) -> None:
    ((_,), (value,)) = csv_rows(to_csv(text_table(text)))
    assert value.startswith("'")


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_a_text_that_looks_like_a_formula_stays_a_text_in_excel(text: str) -> None:
    table = text_table(text)
    sheet = read_back(to_xlsx(table))
    cell = sheet.cell(sheet.max_row, 1)
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_names_of_columns_and_titles_are_guarded_like_cells() -> None:
    table = Table("thu", "=1+1[*]", (Column("=cmd", Kind.TEXT),), (("a",),), "@note")
    assert csv_rows(to_csv(table))[0] == ["'=cmd"]
    sheet = read_back(to_xlsx(table))
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet.title == "=1+1"


def test_a_negative_figure_is_no_formula() -> None:
    table = Table("thu", "Thử", (Column("Chênh lệch", Kind.POINTS),), ((Decimal("-0.5"),),))
    assert csv_rows(to_csv(table))[1] == ["-0,5000"]


def test_control_characters_are_left_out_of_both_files() -> None:
    table = text_table("a\x00b\x0bc\x1f=\ud800", "\x00=1+1")
    assert csv_rows(to_csv(table))[1:] == [["abc="], ["'=1+1"]]
    assert [row[0] for row in body(read_back(to_xlsx(table)), table)] == ["abc=", "=1+1"]


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_excel_and_csv_hold_the_same_figures_as_the_table(rubric_id: str) -> None:
    for table in tables_of(sample(rubric_id, "q3"), sample(rubric_id, "h1")):
        in_csv, in_excel = csv_rows(to_csv(table))[1:], body(read_back(to_xlsx(table)), table)
        assert len(table.rows) == len(in_csv) == len(in_excel)
        for row, csv_row, excel_row in zip(table.rows, in_csv, in_excel, strict=True):
            for each, value, written, cell in zip(table.columns, row, csv_row, excel_row, strict=True):
                assert from_excel(each.kind, cell) == (value or None if each.kind is Kind.TEXT else value)
                if isinstance(value, Decimal | int):
                    assert Decimal(written.replace(",", ".")) == value


def from_excel(kind: Kind, cell: object) -> Value:
    if cell is None or isinstance(cell, str):
        return cell
    if kind is Kind.DATE:
        assert hasattr(cell, "date")
        day = cell.date()
        assert isinstance(day, date)
        return day
    number = Decimal(repr(cell))
    return round(number * 100, 2) if kind is Kind.PERCENT else number


@given(st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=60)
def test_any_text_is_written_and_read_back_without_a_formula(texts: list[str]) -> None:
    table = text_table(*texts)
    for (value,) in csv_rows(to_csv(table))[1:]:
        assert value[:1] not in ("=", "+", "-", "@", "\t", "\r")
    content = to_xlsx(table)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()]
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_screens_print_the_figures_as_everywhere_else() -> None:
    points, percent = Decimal("1234.5"), Decimal("64.97")
    assert shown(Kind.POINTS, points) == format_points(points) == "1.234,5000"
    assert shown(Kind.PERCENT, percent) == format_percent(percent) == "64,97 %"


def test_forecasts_of_the_year_follow_the_periods() -> None:
    sheet = sample("soctrang-tttt-2022", "q3")
    points = trend([sheet], forecast(sheet))
    table = trend_table(points, sheet.rubric)
    assert [point.mark for point in points][-3:] == [Mark.LOW, Mark.EXPECTED, Mark.HIGH]
    assert column(table, "Điểm")[-3:] == [
        forecast(sheet).total.low,
        forecast(sheet).total.expected,
        forecast(sheet).total.high,
    ]
