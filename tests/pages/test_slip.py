"""The page of the Phiếu Excel: what can be taken away, and what becomes of a slip that is brought back."""

import pytest

from cchc_core.permissions import Role
from cchc_core.slip.scope import By
from tests.offices import SOC_TRANG
from tests.pages.screen import REPORTS, SCORING, SLIP, Office, Screen, as_read
from tests.slip.workbooks import slip_of, typed

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPED = {"I.1.2|numerator": 19, "I.1.2|denominator": 20, "I.1.6|count": 1}


def _open(office: Office, role: Role = Role.OFFICER, **query: str) -> tuple[Screen, str]:
    assessment = office.assessment(SOC_TRANG)
    return office.screen(role).open(SLIP, bang=assessment.id, **query), assessment.id


def _bring(screen: Screen, content: bytes) -> Screen:
    box = next(box for box in screen.elements("file_uploader") if box.label == "Tệp phiếu")
    box.set_value(("phieu.xlsx", content, _XLSX))
    return screen.run()


def _links(screen: Screen) -> list[str]:
    return [element.proto.url for element in screen.elements("link_button")]


def test_a_slip_is_taken_away_for_all_or_for_a_section(office: Office) -> None:
    screen, assessment_id = _open(office)
    assert f"/phieu-excel-tep/{assessment_id}.xlsx" in _links(screen)
    screen.choose("Phiếu dành cho", f"{By.SECTION}:I.1")
    assert f"/phieu-excel-tep/{assessment_id}.xlsx?lv=I.1" in _links(screen)
    assert screen.at.query_params["phan"] == "lv:I.1"
    assert "Tải phiếu 11 tiêu chí" in screen.texts()


def test_what_was_typed_is_shown_before_it_is_stored_and_stored_by_the_button(office: Office) -> None:
    screen, assessment_id = _open(office)
    _bring(screen, typed(slip_of(office.sheet(assessment_id)), TYPED))
    assert "1,0000 × 19 ÷ 20 (95,00 %) = 0,9500 điểm" in as_read(screen.texts())
    assert office.stored(assessment_id, "I.1.2") is None
    screen.press("take slip over")
    assert "Đã lưu 2 tiêu chí từ Phiếu Excel." in as_read(screen.texts())
    assert str(office.points(assessment_id, "I.1.2")) == "0.9500"
    assert not screen.has_button("take slip over")


def test_a_conflict_waits_for_a_choice(office: Office) -> None:
    screen, assessment_id = _open(office)
    content = typed(slip_of(office.sheet(assessment_id)), TYPED)
    office.save(assessment_id, "I.1.6", {"count": 2})
    _bring(screen, content)
    assert screen.at.button(key="take slip over").disabled
    assert "Còn 1 tiêu chí hai bên khác nhau" in screen.texts()
    choice = next(radio for radio in screen.at.radio if radio.label.startswith("Tiêu chí I.1.6"))
    choice.set_value("theirs")
    screen.run().press("take slip over")
    assert "giữ nguyên 1 tiêu chí theo phần mềm" in as_read(screen.texts())
    stored = office.stored(assessment_id, "I.1.6")
    assert stored is not None
    assert stored.entry_json == {"count": 2}


def test_what_the_product_changed_since_and_the_slip_did_not_is_named(office: Office) -> None:
    screen, assessment_id = _open(office)
    content = slip_of(office.sheet(assessment_id))
    office.save(assessment_id, "I.1.6", {"count": 2})
    words = as_read(_bring(screen, content).texts())
    assert "1 tiêu chí đã đổi trong phần mềm từ khi tải phiếu" in words
    assert "**giữ theo phần mềm**: I.1.6." in words
    assert "Không có gì phải nhận" in words


def test_a_cell_to_mend_is_named_and_nothing_can_be_taken_over(office: Office) -> None:
    screen, assessment_id = _open(office)
    _bring(screen, typed(slip_of(office.sheet(assessment_id)), {**TYPED, "I.1.3|item.0": "đạt"}))
    assert "Phiếu có 1 chỗ cần sửa" in screen.errors()
    assert not screen.has_button("take slip over")
    assert office.stored(assessment_id, "I.1.2") is None


def test_a_slip_of_another_assessment_is_refused_with_its_name(office: Office) -> None:
    screen, _ = _open(office)
    _bring(screen, slip_of(office.sheet(office.assessment(SOC_TRANG, "q1").id)))
    assert "phiếu này là của bảng khác" in screen.errors()
    assert "Quý I năm 2022" in screen.errors()


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_may_not_score_takes_a_slip_away_and_brings_none_back(office: Office, role: Role) -> None:
    screen, assessment_id = _open(office, role)
    assert f"/phieu-excel-tep/{assessment_id}.xlsx" in _links(screen)
    assert screen.elements("file_uploader") == []


@pytest.mark.parametrize("page", [SCORING, REPORTS])
def test_the_way_there_stands_where_people_score_and_hand_in(office: Office, page: str) -> None:
    screen = office.screen().open(page, bang=office.assessment(SOC_TRANG).id)
    links = [link.label for link in screen.elements("page_link")]
    assert any("Phiếu Excel" in label or "nhận phiếu" in label for label in links)
