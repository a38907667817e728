"""Where a criterion is heading, what is expected of it by the year's end, and that nothing more can be won."""

from typing import Any

import pytest

from cchc_core import planning
from cchc_core.earlier import forecast_of
from cchc_core.forms import fill
from cchc_core.permissions import Role, State
from cchc_core.rules.answers import EMPTY
from cchc_core.store.outlooks import Outlook
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import SCORING, Office, Screen, as_read
from ui.outlook_form import PURPOSE
from ui.words import literal

Steps = tuple[tuple[str, object], ...]

# Criterion, what is typed into its form, what is stored, the points of it at the year's end: worked out by hand.
EXPECTED: tuple[tuple[str, Steps, dict[str, Any], str], ...] = (
    ("I.1.4.2", (("level", 0),), {"level": 0}, "0,5000"),
    ("I.1.5.3", (("tick 1", True), ("tick 2", True)), {"ticked": [1, 2]}, "1,5000"),
    ("I.1.4.3", (("tick 0", True), ("percent 1", "80 %")), {"ticked": [0], "percents": {"1": "80"}}, "1,3000"),
    ("I.1.2", (("numerator", "18"), ("denominator", "20")), {"numerator": "18", "denominator": "20"}, "0,9000"),
    ("I.3.5.1", (("value", "96,5"),), {"value": "96.5"}, "0,4825"),
    ("I.1.6", (("count", "1"),), {"count": 1}, "1,5000"),
    ("II.1.1", (("this_year", "88"), ("last_year", "88,0")), {"this_year": "88", "last_year": "88.0"}, "0,5000"),
    ("II.1.4", (("points", "12,75"), ("source", "Dự báo")), {"points": "12.75", "source": "Dự báo"}, "12,7500"),
    ("II.1.4", (("percent", "87"), ("source", "Dự báo")), {"percent": "87", "source": "Dự báo"}, "13,0500"),
    ("I.1.1", (("points", "0,475"),), {"points": "0.475"}, "0,4750"),
)

# Criterion, what is typed, a part of the reason why it is not stored.
REFUSED = (
    ("I.1.2", (("numerator", "1.234"), ("denominator", "20")), "có thể là 1,234 hoặc 1234"),
    ("I.1.2", (("numerator", "18"),), "Còn thiếu mẫu số"),
    ("I.1.2", (("numerator", "1"), ("denominator", "0")), "Mẫu số bằng 0"),
    ("I.1.6", (("count", "một"),), "cần một số"),
    ("I.1.1", (("points", "0,6"),), "Điểm phải từ 0 đến 0,5000"),
    ("II.1.4", (("points", "12"),), "Còn thiếu nguồn"),
    ("I.1.6", (("count", ""),), "Chưa nhập kết quả dự kiến"),
)


def _outlook(office: Office, opened_id: str, code: str) -> Outlook | None:
    return office.sheet(opened_id).outlooks.get(code)


def _open(office: Office, opened_id: str, code: str, role: Role = Role.OFFICER) -> Screen:
    section = office.sheet(opened_id).rubric.criterion(code).section
    return office.screen(role).open(SCORING, bang=opened_id, lv=section, tc=code)


def _start(screen: Screen, code: str) -> None:
    (toggle,) = [toggle for toggle in screen.at.toggle if toggle.key == f"expecting {code}"]
    toggle.set_value(True)
    screen.run()


def _field(screen: Screen, opened_id: str, code: str, name: str) -> Any:
    key = f"{opened_id}|{code}|{PURPOSE}{name}"
    kind = {"level": "radio", "tick": "checkbox"}.get(name.split()[0], "text_input")
    return next(widget for widget in screen.at.get(kind) if widget.key == key)


def _type(screen: Screen, opened_id: str, code: str, steps: Steps) -> None:
    for name, value in steps:
        _field(screen, opened_id, code, name).set_value(value)


@pytest.mark.parametrize(("code", "steps", "raw", "points"), EXPECTED)
def test_what_is_expected_is_stored_beside_the_answer_and_shown_in_the_row(
    office: Office, code: str, steps: Steps, raw: dict[str, Any], points: str
) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = _open(office, opened.id, code)
    _start(screen, code)
    _type(screen, opened.id, code, steps)
    screen.press(f"expect {code}")
    outlook = _outlook(office, opened.id, code)
    assert outlook is not None
    assert (dict(outlook.expected_json), outlook.is_final) == (raw, False)
    assert outlook.changed_by_name == office.person(Role.OFFICER).name
    assert office.stored(opened.id, code) is None
    assert screen.errors() == ""
    assert f" · dự kiến cuối năm {points}]" in screen.texts()
    assert f"dự kiến {points} điểm theo kết quả dự kiến cuối năm" in as_read(screen.texts())
    again = _open(office, opened.id, code)
    leaf = office.sheet(opened.id).rubric.criterion(code).scored
    assert outlook.expected is not None
    for name, value in fill(leaf, outlook.expected).items():
        assert _field(again, opened.id, code, name).value == value
    for name, value in fill(leaf, EMPTY).items():
        assert again.widget(opened.id, code, name).value == value


@pytest.mark.parametrize(("code", "steps", "reason"), REFUSED)
def test_what_cannot_be_expected_is_told_beside_its_fields_which_keep_it(
    office: Office, code: str, steps: Steps, reason: str
) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = _open(office, opened.id, code)
    _start(screen, code)
    _type(screen, opened.id, code, steps)
    lines = office.log_lines()
    screen.press(f"expect {code}")
    assert "**DỰ KIẾN CHƯA LƯU.**" in screen.errors()
    assert reason in screen.errors()
    assert _outlook(office, opened.id, code) is None
    assert office.log_lines() == lines
    screen.press(f"details {code}").press(f"details {code}")
    assert reason in screen.errors()
    for name, value in steps:
        assert _field(screen, opened.id, code, name).value == value
    screen.press(f"expect nothing {code}")
    assert screen.errors() == ""
    assert [_field(screen, opened.id, code, name).value for name, _ in steps] == [""] * len(steps)


def test_what_was_expected_is_taken_out_and_its_fields_are_empty(office: Office) -> None:
    opened, code = office.assessment(SOC_TRANG), "I.1.6"
    planning.set_expected(
        office.database, office.person(Role.ROOM), assessment_id=opened.id, code=code, raw={"count": 2}
    )
    screen = _open(office, opened.id, code)
    assert _field(screen, opened.id, code, "count").value == "2"
    screen.press(f"expect nothing {code}")
    outlook = _outlook(office, opened.id, code)
    assert outlook is not None
    assert outlook.expected_json == {}
    assert _field(screen, opened.id, code, "count").value == ""
    assert not screen.has_button(f"expect nothing {code}")
    assert " · dự kiến cuối năm" not in screen.texts()


def test_what_somebody_else_expects_meanwhile_shows_at_the_next_run(office: Office) -> None:
    opened, code = office.assessment(SOC_TRANG), "I.1.6"
    screen = _open(office, opened.id, code)
    _start(screen, code)
    planning.set_expected(
        office.database, office.person(Role.ROOM), assessment_id=opened.id, code=code, raw={"count": 2}
    )
    screen.run()
    assert _field(screen, opened.id, code, "count").value == "2"


def test_what_somebody_else_expects_is_not_overwritten_before_it_was_shown(office: Office) -> None:
    opened, code, room = office.assessment(SOC_TRANG), "I.1.6", office.person(Role.ROOM)
    screen = _open(office, opened.id, code)
    _start(screen, code)
    _type(screen, opened.id, code, (("count", "1"),))
    planning.set_expected(office.database, room, assessment_id=opened.id, code=code, raw={"count": 2})
    screen.press(f"expect {code}")
    assert f"{room.name} đã lưu nội dung khác" in screen.errors()
    assert _field(screen, opened.id, code, "count").value == "1"
    outlook = _outlook(office, opened.id, code)
    assert outlook is not None
    assert outlook.expected_json == {"count": 2}
    screen.press(f"expect {code}")
    outlook = _outlook(office, opened.id, code)
    assert outlook is not None
    assert (outlook.expected_json, screen.errors()) == ({"count": 1}, "")


def test_a_final_mark_on_an_outlook_that_changed_meanwhile_is_told_first(office: Office) -> None:
    opened, code, room = office.assessment(SOC_TRANG), "I.1.6", office.person(Role.ROOM)
    screen = _open(office, opened.id, code)
    planning.set_expected(office.database, room, assessment_id=opened.id, code=code, raw={"count": 2})
    screen.press(f"final {code}")
    assert f"{room.name} đã lưu nội dung khác" in screen.errors()
    screen.press(f"final {code}")
    outlook = _outlook(office, opened.id, code)
    assert outlook is not None
    assert (outlook.is_final, outlook.expected_json) == (True, {"count": 2})


def test_an_answer_given_and_an_answer_expected_never_mix(office: Office) -> None:
    opened, code = office.assessment(SOC_TRANG), "I.1.6"
    screen = _open(office, opened.id, code)
    screen.put(opened.id, code, "count", "3")
    _start(screen, code)
    _type(screen, opened.id, code, (("count", "0"),))
    screen.press(f"expect {code}")
    stored = office.stored(opened.id, code)
    assert stored is not None
    assert stored.entry_json == {"count": 3}
    assert screen.widget(opened.id, code, "count").value == "3"
    screen.put(opened.id, code, "count", "2")
    outlook = _outlook(office, opened.id, code)
    assert outlook is not None
    assert outlook.expected_json == {"count": 0}
    assert " · dự kiến cuối năm 2,0000]" in screen.texts()


def test_a_criterion_is_marked_final_and_the_mark_is_taken_back(office: Office) -> None:
    opened, code = office.assessment(SOC_TRANG), "I.1.6"
    office.save(opened.id, code, {"count": 1})
    screen = _open(office, opened.id, code)
    assert "Chốt là cho biết năm nay tiêu chí này không lấy thêm điểm được nữa" in screen.texts()
    screen.press(f"final {code}")
    marked = _outlook(office, opened.id, code)
    assert marked is not None
    assert marked.is_final
    assert " · đã chốt]" in screen.texts()
    assert "mất 0,5000 điểm: đã chốt" in as_read(screen.texts())
    assert [button.label for button in screen.at.button if button.key == f"final {code}"] == ["Bỏ chốt"]
    screen.press(f"final {code}")
    marked = _outlook(office, opened.id, code)
    assert marked is not None
    assert not marked.is_final
    assert " · đã chốt]" not in screen.texts()


def test_marking_a_criterion_final_keeps_what_is_being_typed(office: Office) -> None:
    opened, code = office.assessment(SOC_TRANG), "I.1.6"
    screen = _open(office, opened.id, code)
    _start(screen, code)
    _type(screen, opened.id, code, (("count", "hai"),))
    screen.press(f"expect {code}")
    screen.press(f"final {code}")
    assert "cần một số" in screen.errors()
    assert _field(screen, opened.id, code, "count").value == "hai"


def test_what_others_score_cannot_be_marked_final(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = _open(office, opened.id, "II.1.4")
    assert "Dự kiến cuối năm" in screen.texts()
    assert not screen.has_button("final II.1.4")


def test_the_line_is_that_of_the_forecast_also_for_who_only_looks(office: Office) -> None:
    opened, code = office.assessment(NAM_DINH), "1.1.1"
    office.save(opened.id, "1.1.2", {"level": 1})
    leader = office.person(Role.LEADER)
    foreseen = forecast_of(office.database, leader, office.sheet(opened.id)).leaves[code]
    screen = _open(office, opened.id, code, Role.LEADER)
    assert f"**Dự kiến cuối năm**  \n{literal(foreseen.explanation)}" in screen.texts()
    assert "theo tỷ lệ của phần đã chấm" in foreseen.explanation
    assert not screen.at.toggle
    assert not screen.has_button(f"final {code}")


@pytest.mark.parametrize("key", ["expect I.1.6", "final I.1.6"])
def test_what_was_closed_meanwhile_is_not_stored_and_says_why(office: Office, key: str) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = _open(office, opened.id, "I.1.6")
    _start(screen, "I.1.6")
    _type(screen, opened.id, "I.1.6", (("count", "2"),))
    office.put_into(opened.id, State.APPROVED)
    lines = office.log_lines()
    screen.press(key)
    assert "không được chấm điểm" in screen.errors()
    assert office.log_lines() == lines
    assert _outlook(office, opened.id, "I.1.6") is None
    office.put_into(opened.id, State.DRAFT)
    if key.startswith("expect"):
        assert _field(screen.run(), opened.id, "I.1.6", "count").value == "2"


@pytest.mark.parametrize("key", ["expect I.1.6", "final I.1.6"])
def test_a_forged_press_of_who_may_not_answer_stores_nothing(office: Office, key: str) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = _open(office, opened.id, "I.1.6")
    _start(screen, "I.1.6")
    _type(screen, opened.id, "I.1.6", (("count", "2"),))
    lines = office.log_lines()
    screen.token = office.screen(Role.LEADER).token
    screen.press(key)
    assert office.log_lines() == lines
    assert _outlook(office, opened.id, "I.1.6") is None
