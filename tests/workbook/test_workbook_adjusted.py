"""The workbook of a set with bonuses, penalties and caps: the core's figures, also after something is typed over."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_core.scoring import Sheet
from tests.adjusted_set import ADJUSTED, ANSWERS
from tests.workbook.compare import differences
from tests.workbook.conftest import NewDesk
from tests.workbook.desk import exported, opened, rows_of
from tests.workbook.office import recalculated


@pytest.fixture(scope="module")
def sheet(new_desk: NewDesk) -> Sheet:
    desk = new_desk(ADJUSTED)
    desk.save(ANSWERS)
    return desk.sheet()


def form_of(book: Workbook) -> tuple[Worksheet, dict[tuple[str, str], int]]:
    return book["Bảng điểm"], rows_of(book["Bảng điểm"], ADJUSTED)


def test_the_core_counts_what_the_caps_leave(sheet: Sheet) -> None:
    counted = {code: str(each.points) for code, each in sheet.scores.items() if each.points}
    assert counted == {
        "1.1": "9.2500",
        "1.2": "-1.0000",
        "2.1.1": "2.0000",
        "2.1.2": "0.5000",
        "2.2": "0.5000",
        "2.3": "-1.5000",
    }
    assert str(sheet.totals.total.points) == "9.7500"


def test_the_stored_values_are_the_cores(sheet: Sheet) -> None:
    assert differences(opened(exported(sheet), values=True), sheet) == []


def test_a_bonus_and_a_penalty_stand_with_their_sign_and_their_caps_in_words(sheet: Sheet) -> None:
    form, rows = form_of(opened(exported(sheet), values=True))
    bonus, penalty = rows["leaf", "2.1.2"], rows["leaf", "2.3"]
    assert [form[f"{column}{bonus}"].value for column in "CEFH"] == [2, 0, 1, 0.5]
    assert [form[f"{column}{penalty}"].value for column in "CEFH"] == [-2, 0, -1.5, -1.5]
    assert form[f"F{penalty}"].number_format == "+#,##0.0000;−#,##0.0000;0.0000"
    assert form[f"J{penalty}"].value.startswith("Điểm trừ, tối đa 2,0000: nhập số âm, không tính vào điểm chuẩn.")
    assert form[f"J{rows['group', '2.1']}"].value == "Mức trần: điểm thưởng của 2.1 tối đa 2,5000."
    assert form[f"J{rows['total', '']}"].value == (
        "Mức trần: điểm thưởng của cả bộ tiêu chí tối đa 3,0000; điểm trừ của cả bộ tiêu chí tối đa 2,5000."
    )


def test_a_recalculated_workbook_shows_what_the_core_computes_also_when_it_is_typed_over(
    new_desk: NewDesk, sheet: Sheet, tmp_path: Path
) -> None:
    desk = new_desk(ADJUSTED)
    desk.save(ANSWERS)
    book = opened(exported(desk.sheet()), values=False)
    form, rows = form_of(book)
    form[f"F{rows['leaf', '2.1.1']}"] = 0.75
    form[f"F{rows['leaf', '2.3']}"] = -0.25
    form[f"G{rows['leaf', '2.1.9']}"] = 1.5
    form[f"D{rows['leaf', '1.2']}"] = "x"
    desk.save(
        {
            "2.1.1": {"points": "0.75"},
            "2.3": {"points": "0.25"},
            "2.1.9": {"points": "1.5", "source": "Báo cáo"},
            "1.2": {"not_applicable": "không xét"},
        }
    )
    untouched = opened(exported(sheet), values=False)
    results = recalculated(tmp_path, {"untouched": untouched, "typed": book})
    assert differences(opened(results["untouched"], values=True), sheet) == []
    assert differences(opened(results["typed"], values=True), desk.sheet()) == []
    assert str(desk.sheet().totals.total.points) == "11.5000"
