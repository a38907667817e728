"""A criteria set whose print has no points: criteria are counted, its points bear the word, no percent is built."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from cchc_core.rubric_files import read_rubric
from cchc_core.scoring import Sheet
from tests.workbook.conftest import NewDesk
from tests.workbook.desk import exported, opened, rows_of, some_answers
from tests.workbook.office import recalculated

NAMDINH = read_rubric("namdinh-tnmt-2024")


@pytest.fixture(scope="module")
def sheet(new_desk: NewDesk) -> Sheet:
    desk = new_desk(NAMDINH)
    desk.save(some_answers(NAMDINH))
    return desk.sheet()


@pytest.fixture(scope="module")
def live(sheet: Sheet) -> Workbook:
    return opened(exported(sheet), values=False)


@pytest.fixture(scope="module")
def book(sheet: Sheet) -> Workbook:
    return opened(exported(sheet), values=True)


def _met(sheet: Sheet) -> str:
    applicable = [score for score in sheet.scores.values() if score.effective_max > 0]
    return f"{sum(score.points == score.effective_max for score in applicable)}/{len(applicable)}"


def test_it_counts_the_criteria_that_are_met(book: Workbook, sheet: Sheet) -> None:
    form = book["Bảng điểm"]
    total = rows_of(form, NAMDINH)["total", ""]
    said = f"Đạt {_met(sheet)} tiêu chí; mọi điểm trong tệp này là điểm minh hoạ"
    assert form[f"I{total}"].value == _met(sheet)
    assert form[f"J{total}"].value == said
    assert said in [row[2].value for row in book["Tổng hợp"].iter_rows(max_row=14)]


def test_no_percent_is_built_anywhere(live: Workbook) -> None:
    visible = [live[name] for name in ("Bảng điểm", "Tổng hợp", "Tiêu chí mất điểm")]
    cells = [cell for each in visible for row in each.iter_rows() for cell in row if cell.value is not None]
    headers = [cell.value for cell in cells if cell.fill.fgColor.rgb == "FFDDDDDD"]
    assert len(headers) > 30
    assert not [header for header in headers if "lệ" in header or "%" in header or "hạng" in header]
    assert not [cell.coordinate for cell in cells if "%" in cell.number_format]
    assert not [cell.value for cell in cells if cell.data_type == "f" and "/" in cell.value.replace('"/"', "")]


def test_the_word_stands_beside_every_heading_of_points(book: Workbook) -> None:
    headers = [str(cell.value) for cell in book["Bảng điểm"][8][:13]]
    assert [header for header in headers if header.startswith(("Điểm chuẩn", "Điểm tự", "Điểm điều", "Tổng"))]
    for header in headers:
        if header.startswith(("Điểm chuẩn", "Điểm tự", "Điểm điều", "Tổng")):
            assert header.endswith("(minh hoạ)")
    assert "ĐIỂM MINH HOẠ" in str(book["Bảng điểm"]["A7"].value)
    assert "ĐIỂM MINH HOẠ" in str(book["Tổng hợp"]["A5"].value)
    assert "ĐIỂM MINH HOẠ" in str(book["Tiêu chí mất điểm"]["A1"].value)


def test_the_count_recalculates_when_a_point_is_typed_over(live: Workbook, sheet: Sheet, tmp_path: Path) -> None:
    form = live["Bảng điểm"]
    rows = rows_of(form, NAMDINH)
    code = next(
        code for code, score in sheet.scores.items() if score.points == score.effective_max and not score.is_external
    )
    form[f"F{rows['leaf', code]}"] = 0.25
    again = opened(recalculated(tmp_path, {"typed": live})["typed"], values=True)
    met, applicable = _met(sheet).split("/")
    assert again["Bảng điểm"][f"I{rows['total', '']}"].value == f"{int(met) - 1}/{applicable}"
