from pathlib import Path

import pytest

from cchc_core import rubric_files, scoring, workspace
from cchc_core.permissions import Role, State
from cchc_core.rules.decimals import format_percent
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import BOARD, HOME, REPORTS, RUBRICS, SCORING, Office, as_read


@pytest.mark.parametrize("office", ["sample"], indirect=True)
@pytest.mark.parametrize("page", [HOME, SCORING, BOARD, REPORTS])
def test_an_illustrative_set_shows_no_percent_of_its_points_and_says_what_they_are(office: Office, page: str) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen(Role.LEADER).open(page, bang=opened.id)
    total = office.sheet(opened.id).totals.total
    shown = screen.texts()
    if page == HOME:  # the cards of the other, official set stand on this page too
        shown = "\n".join(text for text in shown.split("\n") if "minh hoạ" in text)
    assert "minh hoạ" in shown
    assert "%" not in shown.replace("tỷ lệ %", "") or page == SCORING
    assert format_percent(total.percent) not in shown
    assert not any("Tỷ lệ" in frame.value.columns for frame in screen.at.dataframe)


def test_the_report_page_names_what_is_missing_and_links_to_the_workbook(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(REPORTS, bang=opened.id)
    assert "Còn 73 tiêu chí chưa chấm" in screen.texts()
    assert "Còn 28 tiêu chí chờ điểm bên ngoài" in screen.texts()
    assert f"/xuat/{opened.id}.xlsx" in [link.proto.url for link in screen.elements("link_button")]


@pytest.mark.parametrize("office", ["empty"], indirect=True)
def test_a_department_is_declared_and_an_assessment_opened_by_its_officer(office: Office) -> None:
    screen = office.screen().open(HOME)
    assert "Bước 1" in screen.texts()
    screen.at.button[0].click()
    screen.run()
    assert "Tên đơn vị: đang để trống" in screen.errors()
    screen.at.text_input[0].set_value("Sở Thông tin và Truyền thông")
    screen.at.text_area[0].set_value("Văn phòng Sở\n\n Thanh tra Sở \n")
    screen.at.button[0].click()
    screen.run()
    assert "Đã tạo đơn vị Sở Thông tin và Truyền thông" in screen.texts()
    (department,) = scoring.list_departments(office.database)
    assert department.name == "Sở Thông tin và Truyền thông"
    screen.choose("Bộ tiêu chí", SOC_TRANG).choose("Kỳ", "h1").press_labelled("Mở bảng chấm điểm")
    (opened,) = scoring.list_assessments(office.database, office.person(Role.OFFICER))
    assert (opened.rubric_id, opened.period_code, opened.state) == (SOC_TRANG, "h1", State.DRAFT)
    assert screen.title() == "Chấm điểm"
    assert screen.at.query_params["bang"] == opened.id


def test_an_assessment_without_any_answer_shows_no_score(office: Office) -> None:
    shown = office.screen().open(HOME).texts()
    assert "**chưa có kết quả** trên 98,5000 điểm" in shown
    assert "**chưa có kết quả** trên 121,0000 điểm minh hoạ" in shown
    assert "0,00 %" not in shown
    office.save(office.assessment(SOC_TRANG).id, "I.1.5.1", {"level": 1})
    assert "**0,0000** / 98,5000 điểm (0,00 %)" in office.screen().open(HOME).texts()


def test_only_periods_that_have_no_assessment_yet_are_offered(office: Office) -> None:
    screen = office.screen().open(HOME)
    (period,) = [box for box in screen.elements("selectbox") if box.label == "Kỳ"]
    assert [option.split(" (")[0] for option in period.options] == ["6 tháng"]
    screen.press_labelled("Mở bảng chấm điểm")
    opened = scoring.list_assessments(office.database, office.person(Role.OFFICER))
    assert [a.period_code for a in opened if a.rubric_id == NAM_DINH] == ["q1", "h1", "q3", "year"]
    again = office.screen().open(HOME)
    assert "đều đã có bảng chấm điểm" in again.texts()


def test_a_broken_file_hides_neither_the_page_nor_the_sets_that_are_good(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("namdinh-tnmt-2024.yaml", "soctrang-tttt-2022.yaml"):
        (tmp_path / name).write_text((rubric_files.RUBRICS_DIR / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "hong-2024.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.setattr(rubric_files, "RUBRICS_DIR", tmp_path)
    for page in (HOME, RUBRICS):
        screen = office.screen().open(page)
        assert "hong-2024.yaml, dòng 1" in as_read(screen.errors())
        assert "Sở Tài nguyên và Môi trường tỉnh Nam Định, 2024" in as_read(screen.texts())


@pytest.mark.parametrize("role", [Role.ROOM, Role.LEADER, Role.APPRAISER])
def test_who_may_not_open_assessments_is_not_offered_it(office: Office, role: Role) -> None:
    assert "Mở bảng chấm điểm" not in office.screen(role).open(HOME).texts()


@pytest.mark.parametrize("office", ["sample"], indirect=True)
def test_the_first_page_says_what_the_sample_holds(office: Office) -> None:
    said = office.screen().open(HOME).texts()
    assert "hai đơn vị trực thuộc cùng chấm Quý III" in said
    assert "Quý III của Sở được kết chuyển một phần từ kỳ trước và đang chờ xác nhận." in said


@pytest.mark.parametrize("office", ["sample"], indirect=True)
def test_sample_data_are_marked_on_every_page_and_left_with_one_press(office: Office) -> None:
    screen = office.screen()
    for page in (HOME, SCORING, BOARD, REPORTS, RUBRICS):
        assert "DỮ LIỆU MẪU" in screen.open(page).texts()
    screen.press("_leave_sample")
    own = workspace.current()
    assert not own.is_sample
    assert scoring.list_departments(own.database) == ()
    office.database = own.database
    screen.run()
    assert "DỮ LIỆU MẪU" not in screen.texts()
    assert "khai báo đơn vị" in screen.open(HOME).texts()


@pytest.mark.parametrize("office", ["sample"], indirect=True)
@pytest.mark.parametrize("role", [Role.ROOM, Role.LEADER, Role.APPRAISER])
def test_who_may_not_set_up_sees_the_mark_and_no_way_to_leave_the_sample(office: Office, role: Role) -> None:
    screen = office.screen(role).open(HOME)
    assert "DỮ LIỆU MẪU" in screen.texts()
    assert not screen.has_button("_leave_sample")


def test_each_criteria_set_is_shown_whole_and_an_unknown_one_in_the_address_opens_the_first(office: Office) -> None:
    for rubric_id, leaves, points in ((SOC_TRANG, "101 tiêu chí", "98,5000"), (NAM_DINH, "121 tiêu chí", "121,0000")):
        screen = office.screen().open(RUBRICS, bo=rubric_id)
        assert leaves in screen.texts()
        assert f"**{points}**" in screen.texts()
    assert office.screen().open(RUBRICS, bo="khong-co").title() == "Bộ tiêu chí"


def test_searching_ignores_marks_and_filters_narrow_the_rows(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, tim="tuyen truyen")
    found = [button.key for button in screen.at.button if button.label in ("Chi tiết", "Đóng chi tiết")]
    assert "details I.1.4.1" in found
    assert len(found) < 20
    office.save(opened.id, "I.1.4.2", {"level": 1})
    for chosen, shown in (("mat-diem", True), ("chua-cham", False)):
        screen = office.screen().open(SCORING, bang=opened.id, lv="I.1", loc=chosen)
        assert screen.has_button("details I.1.4.2") is shown
        assert screen.has_button("details I.1.6") is not shown
    empty = office.screen().open(SCORING, bang=opened.id, tim="không có chữ này")
    assert "Không có tiêu chí nào hợp với bộ lọc" in empty.texts()


def test_the_section_and_filters_that_are_chosen_stand_in_the_address(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, tc="I.1.6")
    screen.choose("Lĩnh vực", "I.4")
    assert screen.at.query_params == {"bang": opened.id, "lv": "I.4"}
    screen.at.text_input(key="_search").set_value("bo may")
    assert screen.run().at.query_params["tim"] == "bo may"
    screen.choose("Bảng chấm điểm đang mở", office.assessment(NAM_DINH).id)
    assert screen.at.query_params == {"bang": office.assessment(NAM_DINH).id}
