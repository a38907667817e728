"""What a role may not do is closed on the page and refused behind it."""

from decimal import Decimal

import pytest

from cchc_core.permissions import Role, State
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import BOARD, HOME, REPORTS, SCORING, Office

_MODIFIERS = ("not_applicable on", "not_applicable off", "voided on", "voided off", "not due", "clear")


@pytest.mark.parametrize("office", ["sample"], indirect=True)
def test_an_approved_assessment_is_shown_closed_and_a_forged_value_is_not_saved(office: Office) -> None:
    approved = office.assessment(SOC_TRANG, "q1")
    assert approved.state is State.APPROVED
    lines = office.log_lines()
    screen = office.screen().open(SCORING, bang=approved.id, tc="I.1.4.2")
    assert "Bảng này đã phê duyệt: bạn xem được nhưng không sửa được" in screen.texts()
    fields = screen.elements("radio", "checkbox", "text_area")
    fields += [widget for widget in screen.at.text_input if widget.key != "_search"]
    assert len(fields) > 20
    assert all(widget.disabled for widget in fields)
    assert not any(screen.has_button(f"{name} I.1.4.2") for name in _MODIFIERS)
    lines = office.log_lines()
    for name, value in (("level", 1), ("note", "giả mạo")):
        screen.forge(approved.id, "I.1.4.2", name, value)
    assert office.log_lines() == lines


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_only_looks_finds_every_field_closed(office: Office, role: Role) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen(role).open(SCORING, bang=opened.id, tc="7.4.4", lv="7")
    assert all(widget.disabled for widget in screen.at.radio)
    assert not any(screen.has_button(f"{name} 7.4.4") for name in _MODIFIERS)
    screen.forge(opened.id, "7.4.4", "level", 0)
    assert office.stored(opened.id, "7.4.4") is None


@pytest.mark.parametrize(("state", "is_locked"), [(State.APPROVED, False), (State.DRAFT, True)])
def test_what_was_closed_while_the_page_stood_open_is_not_saved_and_says_why(
    office: Office, state: State, is_locked: bool
) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=opened.id, tc="7.4.4", lv="7")
    lines = office.log_lines()
    office.put_into(opened.id, state, is_locked=is_locked)
    screen.put(opened.id, "7.4.4", "level", 0)
    assert "**CHƯA LƯU.**" in screen.errors()
    assert "không được chấm điểm" in screen.errors()
    assert office.stored(opened.id, "7.4.4") is None
    assert office.log_lines() == lines
    screen.run()
    assert all(widget.disabled for widget in screen.at.radio)
    office.put_into(opened.id, State.DRAFT)
    screen.run().put(opened.id, "7.4.4", "level", 1)
    assert office.points(opened.id, "7.4.4") == Decimal("0.5")


def test_a_press_that_comes_after_the_closing_is_refused(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, tc="I.1.4.2")
    office.put_into(opened.id, State.APPROVED)
    screen.press("not due I.1.4.2")
    assert "không được chấm điểm" in screen.errors()
    assert office.stored(opened.id, "I.1.4.2") is None


@pytest.mark.parametrize("page", [SCORING, BOARD, REPORTS])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPRAISER])
def test_an_address_with_an_assessment_that_does_not_exist_is_refused_and_shows_no_other(
    office: Office, page: str, role: Role
) -> None:
    screen = office.screen(role).open(page, bang="khong-co")
    assert "không tìm thấy bảng tự chấm «khong-co»" in screen.errors()
    assert not screen.at.radio
    assert not screen.at.metric
    assert "Tải bảng điểm" not in screen.texts()


@pytest.mark.parametrize("page", [SCORING, BOARD, REPORTS])
def test_an_appraiser_is_refused_what_was_not_handed_in_and_shown_what_was(office: Office, page: str) -> None:
    draft, year = office.assessment(SOC_TRANG), office.assessment(SOC_TRANG, "year")
    office.put_into(year.id, State.SUBMITTED)
    refused = office.screen(Role.APPRAISER).open(page, bang=draft.id)
    assert "vai trò «Thẩm định» không được xem" in refused.errors()
    assert not refused.at.metric
    assert not refused.at.radio
    shown = office.screen(Role.APPRAISER).open(page, bang=year.id)
    assert shown.errors() == ""
    assert shown.title()


def test_the_menu_offers_only_the_assessments_of_ones_own(office: Office) -> None:
    year = office.assessment(SOC_TRANG, "year")
    office.put_into(year.id, State.SUBMITTED)
    assert office.screen(Role.APPRAISER).open(HOME).at.query_params["bang"] == year.id
    (picker,) = office.screen(Role.APPRAISER).open(HOME).at.sidebar.selectbox
    assert len(picker.options) == 1
    (picker,) = office.screen(Role.OFFICER).open(HOME).at.sidebar.selectbox
    assert len(picker.options) == 6


@pytest.mark.parametrize("code", ["9.9.9", "I.1", "I.1.4", "<b>x</b>", "x" * 5_000, "1.1.1"])
def test_an_address_with_a_criterion_that_is_not_there_says_so_and_shows_the_section(office: Office, code: str) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1", tc=code)
    assert "Bộ tiêu chí này không có tiêu chí" in screen.texts()
    assert len(screen.texts()) < 30_000
    screen.put(opened.id, "I.1.6", "count", "0")
    assert office.points(opened.id, "I.1.6") == Decimal(2)


def test_an_address_with_nonsense_elsewhere_opens_the_first_section_unfiltered(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="IX", loc="khong-co", khac="1")
    assert screen.has_button("details I.1.1")
    assert screen.errors() == ""


def test_an_address_opens_a_criterion_with_its_section(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, tc="II.1.4")
    assert screen.has_button("details II.1.4")
    assert "Tài liệu kiểm chứng cần có" in screen.texts()
    assert not screen.has_button("details I.1.1")
