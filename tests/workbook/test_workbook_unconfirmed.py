"""What was carried forward and nobody stands for yet: said before the figures, and at every criterion."""

from datetime import date

import pytest
from openpyxl import Workbook

from cchc_core.attention import Reason
from cchc_core.board import Board, read_board
from cchc_core.confirming import confirm
from cchc_core.planning import save_remedy
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import format_points
from cchc_core.unconfirmed import is_unconfirmed, unconfirmed
from tests.workbook.compare import differences
from tests.workbook.conftest import NewDesk
from tests.workbook.desk import Desk, carried_on, exported, opened, rows_of, some_answers

SOCTRANG, NAMDINH = read_rubric("soctrang-tttt-2022"), read_rubric("namdinh-tnmt-2024")
LONG_AFTER = date(2022, 12, 1)
SHEETS = ("Bảng điểm", "Tổng hợp")


@pytest.fixture(scope="module")
def desk(new_desk: NewDesk) -> Desk:
    """A quarter carried forward, of which the first three answers were confirmed and one was changed."""
    first = new_desk(SOCTRANG, "q1")
    first.save(some_answers(SOCTRANG))
    first.note("I.1.3", "Theo báo cáo quý I")
    desk = carried_on(first, "q3")
    codes = unconfirmed(desk.sheet()).codes
    confirm(desk.database, desk.officer, desk.assessment_id, codes[:3])
    desk.save({"I.1.6": {"count": 4}})
    return desk


@pytest.fixture(scope="module")
def book(desk: Desk) -> Workbook:
    return opened(exported(desk.sheet()), values=True)


def _texts_above(book: Workbook, name: str) -> list[str]:
    above = book[name].iter_rows(max_row=8 if name == "Bảng điểm" else 5)
    return [str(cell.value) for row in above for cell in row if cell.value]


def _lost_rows(book: Workbook) -> list[list[object]]:
    rows = [[cell.value for cell in row] for row in book["Tiêu chí mất điểm"].iter_rows(min_row=5)]
    return [row for row in rows if isinstance(row[0], int)]


@pytest.mark.parametrize("name", SHEETS)
def test_how_much_is_unconfirmed_is_said_before_the_figures(book: Workbook, desk: Desk, name: str) -> None:
    carried = unconfirmed(desk.sheet())
    assert carried.count > 20
    said = f"Chưa xác nhận: {carried.count} tiêu chí, {format_points(carried.points)} điểm chép từ kỳ trước."
    assert any(said in text for text in _texts_above(book, name))


def test_the_mark_stands_at_every_unconfirmed_criterion_and_at_no_other(book: Workbook, desk: Desk) -> None:
    sheet, form = desk.sheet(), book["Bảng điểm"]
    for (kind, code), row in rows_of(form, SOCTRANG).items():
        if kind == "leaf":
            marked = "(chưa xác nhận)" in str(form[f"J{row}"].value)
            assert marked == is_unconfirmed(sheet, code), code
    proof = form[f"J{rows_of(form, SOCTRANG)['leaf', 'I.1.3']}"].value
    assert f"Cách tính: {sheet.scores['I.1.3'].explanation}" in proof.replace(" (chưa xác nhận)", "")


def test_totals_are_those_of_the_core_with_and_without_confirmation(book: Workbook, desk: Desk) -> None:
    assert differences(book, desk.sheet()) == []


def test_unconfirmed_points_have_a_column_of_their_own_and_add_up(book: Workbook, desk: Desk) -> None:
    sheet, rows = desk.sheet(), _lost_rows(book)
    header = [cell.value for cell in book["Tiêu chí mất điểm"][4]]
    assert header[6:8] == ["Điểm mất, còn thiếu", "Điểm chưa xác nhận"]
    total, carried = sheet.totals.total, unconfirmed(sheet)
    assert sum(float(str(row[6])) for row in rows) == pytest.approx(float(total.lost + total.at_risk))
    assert sum(float(str(row[7])) for row in rows) == pytest.approx(float(carried.points))
    assert {row[1] for row in rows if "Chưa xác nhận" in str(row[8])} == set(carried.codes)
    end = [cell.value for cell in list(book["Tiêu chí mất điểm"].iter_rows())[-1]]
    assert end[6:8] == pytest.approx([float(total.lost + total.at_risk), float(carried.points)])


def test_the_list_is_the_one_of_the_board_with_its_days_and_remedies(desk: Desk) -> None:
    item = _board(desk).items[0]
    save_remedy(
        desk.database,
        desk.officer,
        assessment_id=desk.assessment_id,
        code=item.criterion.code,
        action_text="Đôn đốc",
        due=date(2022, 9, 1),
        expected_version=0,
    )
    board = _board(desk)
    rows = _lost_rows(opened(exported(board.sheet, board.items), values=True))
    assert [row[1] for row in rows] == [item.criterion.code for item in board.items]
    overdue = {item.criterion.code for item in board.items if Reason.OVERDUE in item.reasons}
    assert item.criterion.code in overdue
    assert {row[1] for row in rows if "Quá hạn" in str(row[8])} == overdue


def _board(desk: Desk) -> Board:
    return read_board(desk.database, desk.officer, desk.assessment_id, LONG_AFTER)


def test_where_all_is_confirmed_nothing_is_said(new_desk: NewDesk) -> None:
    first = new_desk(SOCTRANG, "q1")
    first.save({"I.1.6": {"count": 1}})
    desk = carried_on(first, "h1")
    before = opened(exported(desk.sheet()), values=True)
    assert any("Chưa xác nhận: 1 tiêu chí, 1,5000 điểm" in text for text in _texts_above(before, "Tổng hợp"))
    confirm(desk.database, desk.officer, desk.assessment_id, ("I.1.6",))
    after = opened(exported(desk.sheet()), values=True)
    for each in after:
        texts = [str(cell.value) for row in each.iter_rows() for cell in row if cell.value]
        assert not [text for text in texts if "Chưa xác nhận:" in text or "(chưa xác nhận)" in text]


def test_illustrative_points_bear_the_word_here_too(new_desk: NewDesk) -> None:
    first = new_desk(NAMDINH, "q1")
    first.save({"1.1.1": {"level": 0}})
    book = opened(exported(carried_on(first, "h1").sheet()), values=True)
    for name in SHEETS:
        said = " ".join(_texts_above(book, name))
        assert "ĐIỂM MINH HOẠ" in said
        assert "điểm minh hoạ chép từ kỳ trước." in said
    header = [cell.value for cell in book["Tiêu chí mất điểm"][4]]
    assert header[7] == "Điểm chưa xác nhận (minh hoạ)"
