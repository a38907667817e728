"""The page of lost points: its sums are the board's, its lines lead on, and what is planned about them is kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cchc_core.attention import REASON_NAMES, Reason
from cchc_core.board import Board, read_board
from cchc_core.figures import COUNTED, Figure, behind, figure_count, figure_points
from cchc_core.narrowing import Narrowing, narrowed, stakes
from cchc_core.permissions import Role, State
from cchc_core.planning import save_remedy
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.store.remedies import Remedy
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import LOST, Office, Screen, as_read
from ui.figure_view import FIGURE_TITLES
from ui.lost_view import MOST_LINES

_BOTH = pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
_SAMPLE = pytest.mark.parametrize("office", ["sample"], indirect=True)


def _board(office: Office, assessment_id: str) -> Board:
    return read_board(office.database, office.person(Role.ADMIN), assessment_id)


def _lines(screen: Screen) -> list[str]:
    return [box.value for box in screen.at.markdown if box.value.startswith("**") and "-badge[" in box.value]


def _codes(screen: Screen) -> list[str]:
    keys = [str(button.key) for button in screen.at.button]
    return [key.removeprefix("remedy of ") for key in keys if key.startswith("remedy of ")]


def _remedy(office: Office, assessment_id: str, code: str) -> Remedy | None:
    return _board(office, assessment_id).remedies.get(code)


@_SAMPLE
@_BOTH
def test_the_sums_on_top_are_the_totals_and_the_list_holds_every_item_of_the_core(
    office: Office, rubric_id: str
) -> None:
    opened = office.assessment(rubric_id)
    board, screen = _board(office, opened.id), office.screen(Role.LEADER).open(LOST, bang=opened.id)
    totals = board.sheet.totals.total
    assert {metric.label: metric.value for metric in screen.at.metric} == {
        "Mất điểm": format_points(totals.lost),
        "Chưa chấm": format_points(totals.at_risk),
        "Chưa xác nhận": format_points(board.unconfirmed.points),
    }
    assert _codes(screen) == [item.criterion.code for item in board.items[:MOST_LINES]]
    assert f"**{len(board.items)} tiêu chí · {format_points(stakes(board.items).at_stake)} " in screen.texts()
    for line, item in zip(_lines(screen), board.items, strict=False):
        assert line.startswith(f"**{format_points(item.at_stake)} ")
        assert item.asks_for in as_read(line)
        assert all(REASON_NAMES[reason] in line for reason in item.reasons)


@_SAMPLE
@_BOTH
def test_the_small_tables_add_up_to_the_list(office: Office, rubric_id: str) -> None:
    opened = office.assessment(rubric_id)
    whole = stakes(_board(office, opened.id).items)
    tables = office.screen().open(LOST, bang=opened.id).at.table
    assert len(tables) == 3
    for table in tables:
        *_, (name, count, points) = table.value.values.tolist()
        assert (name, count, as_read(points)) == ("Cộng", str(whole.count), format_points(whole.at_stake))


def test_more_lines_than_fit_are_shown_by_a_switch(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(LOST, bang=opened.id)
    count = len(_board(office, opened.id).items)
    assert count > MOST_LINES
    assert len(_codes(screen)) == MOST_LINES
    screen.at.toggle(key="_show_all_lost").set_value(True)
    assert len(_codes(screen.run())) == count


@_SAMPLE
def test_each_filter_of_an_address_lists_what_the_core_lists(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    items = _board(office, opened.id).items
    nobody = next(item for item in items if item.responsible)
    ways: list[tuple[dict[str, str], Narrowing]] = [
        ({"lv": items[0].criterion.section}, Narrowing(section=items[0].criterion.section)),
        ({"ly-do": "chua-cham"}, Narrowing(reason=Reason.NOT_SCORED)),
        ({"ly-do": "thieu-tlkc"}, Narrowing(reason=Reason.NO_EVIDENCE)),
        ({"tn": nobody.responsible}, Narrowing(responsible=nobody.responsible)),
        ({"tn": "chua-ghi"}, Narrowing(responsible="")),
        ({"ly-do": "chua-dat", "tn": "chua-ghi"}, Narrowing(responsible="", reason=Reason.NOT_MET)),
    ]
    for query, narrowing in ways:
        screen = office.screen().open(LOST, bang=opened.id, **query)
        wanted = narrowed(items, narrowing)
        assert _codes(screen) == [item.criterion.code for item in wanted]
        assert f"**{len(wanted)} tiêu chí · {format_points(stakes(wanted).at_stake)} " in screen.texts()


@_SAMPLE
def test_a_filter_says_how_much_is_behind_each_choice_and_writes_it_into_the_address(office: Office) -> None:
    opened = office.assessment(SOC_TRANG, "h1")
    screen = office.screen().open(LOST, bang=opened.id)
    (reason,) = [box for box in screen.at.selectbox if box.label == "Lý do"]
    missing = narrowed(_board(office, opened.id).items, Narrowing(reason=Reason.NOT_SCORED))
    label = f"Chưa chấm ({len(missing)} tiêu chí, {format_points(stakes(missing).at_stake)} điểm)"
    assert label in reason.options
    screen.choose("Lý do", "chua-cham")
    assert screen.at.query_params["ly-do"] == "chua-cham"
    assert len(_codes(screen)) == len(missing)
    assert "ly-do" not in screen.choose("Lý do", "").at.query_params


def test_a_filter_that_fits_nothing_says_so(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(LOST, bang=opened.id, **{"ly-do": "<b>không có</b>"})
    assert "Không có tiêu chí nào hợp với cả ba ô lọc" in screen.texts()
    assert _codes(screen) == []


@_SAMPLE
@_BOTH
@pytest.mark.parametrize("figure", list(Figure))
def test_the_criteria_behind_a_figure_are_listed_below_its_sum(office: Office, rubric_id: str, figure: Figure) -> None:
    opened = office.assessment(rubric_id)
    board = _board(office, opened.id)
    for section in (None, board.sheet.rubric.sections[0].code):
        query = {"xem": figure.value} | ({} if section is None else {"lv": section})
        screen = office.screen(Role.LEADER).open(LOST, bang=opened.id, **query)
        there = behind(board.sheet, board.forecast, figure, section)
        assert screen.title() == FIGURE_TITLES[figure]
        assert f"**{len(there)} tiêu chí**" in screen.texts()
        listed = [link.label for link in screen.elements("page_link") if link.label.startswith("**")]
        assert [label.split("**")[1] for label in listed] == [format_points(part) for _, part in there]
        if figure in COUNTED:
            assert len(there) == figure_count(board.sheet, figure, section)
        else:
            points = figure_points(board.sheet, board.forecast, figure, section)
            assert sum((part for _, part in there), Decimal(0)) == points
            assert f"**{format_points(points)} " in screen.texts()


@_SAMPLE
def test_a_percent_of_the_board_leads_to_a_page_that_prints_it(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    total = office.sheet(opened.id).totals.total
    said = office.screen(Role.LEADER).open(LOST, bang=opened.id, xem=Figure.EARNED.value).texts()
    assert f"({format_percent(total.percent)} của {format_points(total.effective_max)})" in said


def test_a_figure_that_is_none_is_named_and_the_whole_list_shown(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(LOST, bang=opened.id, xem="[x](http://a)")
    assert "Bảng điểm không có con số nào tên là «[x](http://a)»" in as_read(screen.texts())
    assert len(_codes(screen)) == MOST_LINES


@_SAMPLE
def test_an_illustrative_set_calls_its_points_so_and_shows_no_percent(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    for query in ({}, {"xem": "mat"}):
        shown = office.screen().open(LOST, bang=opened.id, **query).texts()
        assert "điểm minh hoạ" in shown
        assert "%" not in shown


def _open_first(office: Office, role: Role = Role.OFFICER) -> tuple[str, str, Screen]:
    opened = office.assessment(SOC_TRANG)
    code = _board(office, opened.id).items[0].criterion.code
    return opened.id, code, office.screen(role).open(LOST, bang=opened.id, tc=code)


def _field(screen: Screen, assessment_id: str, code: str, name: str) -> Any:
    key = f"remedy|{assessment_id}|{code}|{name}"
    return next(box for box in (*screen.at.text_area, *screen.at.text_input) if box.key == key)


def _plan(screen: Screen, assessment_id: str, code: str, action: str, responsible: str, due: str) -> Screen:
    for name, text in (("action", action), ("responsible", responsible), ("due", due)):
        _field(screen, assessment_id, code, name).set_value(text)
    screen.at.button(key=f"save remedy {code}").click()
    return screen.run()


def test_what_will_be_done_is_saved_and_stands_in_the_line(office: Office) -> None:
    opened, code, screen = _open_first(office)
    _plan(screen, opened, code, "Gửi báo cáo còn thiếu", "Văn phòng Sở", "5/9/2022")
    assert screen.errors() == ""
    remedy = _remedy(office, opened, code)
    assert remedy is not None
    assert (remedy.action_text, remedy.responsible, remedy.due) == (
        "Gửi báo cáo còn thiếu",
        "Văn phòng Sở",
        date(2022, 9, 5),
    )
    line = next(line for line in _lines(screen.run()) if "Khắc phục:" in line)
    assert "Gửi báo cáo còn thiếu · Văn phòng Sở · hạn 05/09/2022" in as_read(line)
    (box,) = [box for box in screen.at.selectbox if box.label == "Đơn vị phụ trách"]
    assert any(option.startswith("Văn phòng Sở (1 tiêu chí") for option in box.options)


def test_emptying_all_three_fields_takes_the_remedy_out(office: Office) -> None:
    opened, code, screen = _open_first(office)
    _plan(screen, opened, code, "Làm", "", "")
    _plan(screen, opened, code, "", "", "")
    assert "Đã xoá việc khắc phục." in screen.texts()
    assert _remedy(office, opened, code) is None


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("31/2/2026", "tháng 2 năm 2026 không có ngày 31"),
        ("2026-09-05", "không phải là một ngày"),
        ("5/13/2026", "không có tháng 13"),
        ("5/9/26", "không phải là một ngày"),
        ("5/9/1899", "năm 1899 nằm ngoài khoảng"),
    ],
)
def test_an_impossible_day_is_refused_and_everything_typed_stays(office: Office, due: str, said: str) -> None:
    opened, code, screen = _open_first(office)
    _plan(screen, opened, code, "Làm", "Phòng Một", due)
    assert "**CHƯA LƯU.**" in screen.errors()
    assert said in screen.errors()
    assert [_field(screen, opened, code, name).value for name in ("action", "responsible", "due")] == [
        "Làm",
        "Phòng Một",
        due,
    ]
    assert _remedy(office, opened, code) is None


def test_a_remedy_that_somebody_else_saved_meanwhile_is_shown_and_ones_own_is_kept_until_one_decides(
    office: Office,
) -> None:
    opened, code, screen = _open_first(office)
    leader = office.person(Role.LEADER)
    save_remedy(
        office.database, leader, assessment_id=opened, code=code, action_text="Của lãnh đạo", expected_version=0
    )
    _plan(screen, opened, code, "Của đầu mối", "", "")
    assert f"{leader.name} đã lưu nội dung khác" in screen.errors()
    assert "«Của lãnh đạo»" in screen.errors()
    assert _field(screen, opened, code, "action").value == "Của đầu mối"
    screen.press(f"remedy over {code}")
    remedy = _remedy(office, opened, code)
    assert remedy is not None
    assert remedy.action_text == "Của đầu mối"
    assert screen.errors() == ""


def test_a_stale_remedy_can_be_given_up_for_the_stored_one(office: Office) -> None:
    opened, code, screen = _open_first(office)
    leader = office.person(Role.LEADER)
    save_remedy(
        office.database, leader, assessment_id=opened, code=code, action_text="Của lãnh đạo", expected_version=0
    )
    _plan(screen, opened, code, "Của đầu mối", "", "")
    screen.press(f"remedy stored {code}")
    assert screen.errors() == ""
    assert _field(screen, opened, code, "action").value == "Của lãnh đạo"


@pytest.mark.parametrize(("role", "may"), [(Role.LEADER, True), (Role.ROOM, True), (Role.ADMIN, False)])
def test_who_may_not_plan_reads(office: Office, role: Role, may: bool) -> None:
    _, code, screen = _open_first(office, role)
    assert screen.has_button(f"save remedy {code}") is may
    assert ("không ghi được ở vai trò" in screen.texts()) is not may


def test_an_appraiser_finds_no_form(office: Office) -> None:
    year = office.assessment(SOC_TRANG, "year")
    office.put_into(year.id, State.SUBMITTED)
    code = _board(office, year.id).items[0].criterion.code
    screen = office.screen(Role.APPRAISER).open(LOST, bang=year.id, tc=code)
    assert screen.errors() == ""
    assert not screen.has_button(f"save remedy {code}")


def test_an_address_opens_a_line_and_puts_it_first(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    last = _board(office, opened.id).items[-1].criterion.code
    screen = office.screen().open(LOST, bang=opened.id, tc=last)
    assert _codes(screen)[0] == last
    assert screen.has_button(f"save remedy {last}")


@_SAMPLE
def test_an_address_with_a_criterion_that_is_not_listed_says_so(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    board = _board(office, opened.id)
    listed = {item.criterion.code for item in board.items}
    full = next(leaf.code for leaf in board.sheet.rubric.leaves if leaf.code not in listed)
    assert "không nằm trong danh sách" in office.screen().open(LOST, bang=opened.id, tc=full).texts()
    assert "không có tiêu chí «9.9.9»" in as_read(office.screen().open(LOST, bang=opened.id, tc="9.9.9").texts())


def test_every_line_leads_to_its_form_and_the_table_can_be_taken_away(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(LOST, bang=opened.id)
    links = [link for link in screen.elements("page_link") if link.label == "Mở phiếu chấm"]
    assert len(links) == MOST_LINES
    first = _board(office, opened.id).items[0].criterion
    assert f"tc={first.code}" in links[0].proto.query_string
    addresses = [link.proto.url for link in screen.elements("link_button")]
    keys = ("theo-linh-vuc", "theo-don-vi", "theo-ly-do", "mat-diem")
    assert addresses == [f"/xuat/{opened.id}/{key}.{ending}" for key in keys for ending in ("xlsx", "csv")]
    whole = [link.label for link in screen.elements("link_button") if "mat-diem" in link.proto.url]
    assert whole == ["Tải cả danh sách (.xlsx)", "Tải cả danh sách (.csv)"]
