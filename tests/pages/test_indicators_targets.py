"""The targets of plans on the page of figures: where actual values come from, met or not, added and taken out."""

from datetime import date
from typing import Any

import pytest

from cchc_core.permissions import Role
from cchc_core.plan_targets.keeping import Measured, PlanTargets, read_targets
from cchc_core.plan_targets.measuring import Outcome
from cchc_core.scoring import list_departments
from cchc_core.tasks.keeping import adopt_plan
from tests.pages.screen import INDICATORS, Office, Screen, as_read

XAY_DUNG, KHANH_HOA = "namdinh-sxd-2024", "khanhhoa-snv-2024"


def _adopt(office: Office, plan: str = XAY_DUNG) -> str:
    department = list_departments(office.database)[0].id
    return adopt_plan(office.database, office.person(Role.OFFICER), department, plan)


def _plan(office: Office) -> PlanTargets:
    department = list_departments(office.database)[0].id
    (plan,) = read_targets(office.database, office.person(Role.OFFICER), department, 2024, date(2024, 12, 1))
    return plan


def _first(office: Office) -> Measured:
    return _plan(office).listed[0]


def _open(office: Office, role: Role = Role.OFFICER, **query: str) -> Screen:
    return office.screen(role).open(INDICATORS, **{"nam": "2024", "muc": "phan-dau", **query})


def _field(screen: Screen, target_id: str, name: str) -> Any:
    key = f"target|{target_id}|{name}"
    return next(box for box in (*screen.at.text_input, *screen.at.selectbox) if box.key == key)


def _save(screen: Screen, target_id: str, **fields: str) -> Screen:
    for name, value in fields.items():
        _field(screen, target_id, name).set_value(value)
    return screen.press(f"save target {target_id}")


def _lines(screen: Screen) -> list[str]:
    return [as_read(box.value) for box in screen.at.markdown if "Mức: **" in box.value]


def test_without_a_plan_the_page_says_where_to_get_one(office: Office) -> None:
    screen = _open(office)
    assert "Chưa có kế hoạch nào của năm 2024" in screen.texts()
    assert "Mở trang Nhiệm vụ" in [link.label for link in screen.elements("page_link")]


@pytest.mark.parametrize(("plan", "count"), [(XAY_DUNG, 19), (KHANH_HOA, 32)])
def test_every_target_of_a_plan_has_a_line_with_its_goal(office: Office, plan: str, count: int) -> None:
    _adopt(office, plan)
    screen = _open(office)
    assert len(_lines(screen)) == count
    for line, measured in zip(_lines(screen), _plan(office).listed, strict=True):
        assert " ".join(measured.target.text.split()) in line
        assert "Chưa có số liệu" in line


def test_a_typed_result_is_measured_and_drawn(office: Office) -> None:
    _adopt(office)
    target = _first(office).target
    screen = _open(office, ct=target.id)
    _save(screen, target.id, source="typed:", actual="85,5", note="theo báo cáo")
    assert screen.errors() == ""
    measured = _first(office)
    assert (measured.outcome, measured.target.note) == (Outcome.NOT_MET, "theo báo cáo")
    line = _lines(screen.run())[0]
    assert "Thực hiện: **85,5 %** (còn thiếu 14,5 %)" in line
    assert "Ghi chú: theo báo cáo" in line
    assert "Chưa đạt: 1" in as_read(screen.texts())
    assert "Thực hiện so với mức phấn đấu" in screen.texts()


def test_a_result_that_is_typed_without_choosing_a_source_counts_as_typed(office: Office) -> None:
    _adopt(office)
    target = _first(office).target
    _save(_open(office, ct=target.id), target.id, actual="100")
    assert _first(office).outcome is Outcome.MET


def test_a_result_that_reads_two_ways_or_not_at_all_is_kept_and_refused(office: Office) -> None:
    _adopt(office, KHANH_HOA)
    target = next(each.target for each in _plan(office).listed if "sáng kiến" in each.target.text)
    screen = _open(office, ct=target.id)
    _save(screen, target.id, source="typed:", actual="nhiều", note="x")
    assert "**CHƯA LƯU.**" in screen.errors()
    assert (_field(screen, target.id, "actual").value, _field(screen, target.id, "note").value) == ("nhiều", "x")
    _save(screen, target.id, actual="1.234")
    screen.press(f"target reading {target.id} 1234")
    found = next(each for each in _plan(office).listed if each.target.id == target.id)
    assert found.target.actual == "1234"


def test_the_filter_lists_one_outcome_and_says_how_many_there_are(office: Office) -> None:
    _adopt(office)
    target = _first(office).target
    _save(_open(office, ct=target.id), target.id, actual="100")
    assert len(_lines(_open(office, kq="dat"))) == 1
    assert len(_lines(_open(office, kq="chua-co"))) == 18
    assert "Không có chỉ tiêu nào như vậy" in _open(office, kq="chua-dat").texts()


def test_a_target_is_added_and_taken_out(office: Office) -> None:
    plan_id = _adopt(office)
    screen = _open(office)
    fields = {"text": "Số hoá 90% hồ sơ", "value": "90", "unit": "%", "deadline": "Trong năm 2024"}
    for name, value in fields.items():
        boxes = (*screen.at.text_input, *screen.at.text_area)
        next(box for box in boxes if box.key == f"new target|{plan_id}|{name}").set_value(value)
    screen.press(f"add target {plan_id}")
    added = _plan(office).listed[-1].target
    assert (added.text, added.operator, added.value) == ("Số hoá 90% hồ sơ", ">=", "90")
    _open(office, ct=added.id).press(f"end target {added.id}")
    assert len(_plan(office).listed) == 19


def test_a_target_that_lacks_something_is_not_added_and_says_what(office: Office) -> None:
    plan_id = _adopt(office)
    screen = _open(office)
    screen.press(f"add target {plan_id}")
    assert "chưa ghi nội dung chỉ tiêu" in screen.errors()
    assert len(_plan(office).listed) == 19


@pytest.mark.parametrize(("role", "enters", "plans"), [(Role.ROOM, True, False), (Role.LEADER, False, False)])
def test_who_may_not_plan_or_enter_finds_no_such_buttons(office: Office, role: Role, enters: bool, plans: bool) -> None:
    plan_id = _adopt(office)
    target = _first(office).target
    screen = _open(office, role, ct=target.id)
    assert screen.has_button(f"save target {target.id}") is enters
    assert screen.has_button(f"end target {target.id}") is plans
    assert screen.has_button(f"add target {plan_id}") is plans
    assert target.where in as_read(screen.texts())
