"""What was carried forward waits for somebody to stand for it: one criterion, a section, the whole set."""

import re

import pytest

from cchc_core import scoring
from cchc_core.carrying import carry_forward
from cchc_core.confirming import confirm
from cchc_core.permissions import Role, State
from cchc_core.store.log import LogAction
from cchc_core.unconfirmed import unconfirmed
from tests.offices import NAM_DINH
from tests.pages.screen import SCORING, Office, Screen, as_read

# Two of section 1, one of section 2; all levels, 0 is the best one.
CARRIED = {"1.1.1": 0, "1.1.2": 1, "2.1.1": 0}
_SECTION, _ALL, _INDEED = "confirm section", "confirm all", "confirm all indeed"


@pytest.fixture
def opened_id(office: Office) -> str:
    """The assessment of quý III, carried forward from quý I."""
    source, target = office.assessment(NAM_DINH, "q1"), office.assessment(NAM_DINH)
    for code, level in CARRIED.items():
        office.save(source.id, code, {"level": level})
    carry_forward(office.database, office.person(Role.OFFICER), source_id=source.id, target_id=target.id)
    return target.id


def _screen(office: Office, opened_id: str, role: Role = Role.OFFICER, **query: str) -> Screen:
    return office.screen(role).open(SCORING, bang=opened_id, **({"lv": "1"} | query))


def _waiting(office: Office, opened_id: str) -> tuple[str, ...]:
    return unconfirmed(office.sheet(opened_id)).codes


def _labels(screen: Screen) -> list[str]:
    return [button.label for button in screen.elements("button") if button.label.startswith("Xác nhận ")]


def _headings(screen: Screen) -> dict[str, str]:
    headings = [text for kind, text in screen.shown() if kind == "markdown" and text.startswith("**")]
    matches = [re.match(r"\*\*([\d.]+)\*\* · (.*)", as_read(heading)) for heading in headings]
    return {match[1]: match[2] for match in matches if match}


def test_an_unconfirmed_answer_is_marked_with_where_it_was_copied_from(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id)
    headings = _headings(screen)
    for code in ("1.1.1", "1.1.2"):
        assert ":orange-badge[Chưa xác nhận] :gray[chép từ Quý I 2024]" in headings[code]
        assert screen.has_button(f"confirm {code}")
    assert "Chưa xác nhận" not in headings["1.2.1"]
    assert not screen.has_button("confirm 1.2.1")


def test_the_totals_say_how_much_is_unconfirmed_of_the_section_and_of_the_whole_set(
    office: Office, opened_id: str
) -> None:
    shown = _screen(office, opened_id).texts()
    here, whole = unconfirmed(office.sheet(opened_id), "1"), unconfirmed(office.sheet(opened_id))
    assert (here.count, whole.count) == (2, 3)
    assert "chưa xác nhận 2 tiêu chí (1,5000 điểm minh hoạ)" in shown
    assert "chưa xác nhận 3 tiêu chí (2,5000 điểm minh hoạ)" in shown
    untouched = office.assessment(NAM_DINH, "year")
    assert "chưa xác nhận" not in _screen(office, untouched.id).texts()


def test_one_criterion_is_confirmed_from_its_row_and_the_counts_follow(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id)
    assert _labels(screen) == ["Xác nhận 2 tiêu chí của lĩnh vực này", "Xác nhận cả 3 tiêu chí của bảng"]
    screen.press("confirm 1.1.1")
    assert _waiting(office, opened_id) == ("1.1.2", "2.1.1")
    assert "Đã lưu 1.1.1 lúc" in screen.texts()
    newest = scoring.history(office.database, office.person(Role.OFFICER), opened_id, "1.1.1")[0]
    assert (newest.action, newest.actor_name) == (LogAction.CONFIRM, office.person(Role.OFFICER).name)
    screen.run()
    assert "Chưa xác nhận" not in _headings(screen)["1.1.1"]
    assert not screen.has_button("confirm 1.1.1")
    assert _labels(screen) == ["Xác nhận 1 tiêu chí của lĩnh vực này", "Xác nhận cả 2 tiêu chí của bảng"]


def test_the_click_that_confirms_draws_the_buttons_above_the_rows_anew(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id)
    screen.press("confirm 1.1.1")
    assert "Xác nhận 1 tiêu chí của lĩnh vực này" in _labels(screen)
    screen.press("confirm 1.1.2")
    assert _labels(screen) == []


def test_an_answer_confirms_its_criterion_and_a_note_alone_does_not(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id, tc="1.1.2")
    screen.put(opened_id, "1.1.2", "note", "Theo báo cáo số 9")
    assert _waiting(office, opened_id) == ("1.1.1", "1.1.2", "2.1.1")
    screen.put(opened_id, "1.1.2", "level", 0)
    assert _waiting(office, opened_id) == ("1.1.1", "2.1.1")
    assert "Xác nhận 1 tiêu chí của lĩnh vực này" in _labels(screen)


def test_a_section_is_confirmed_with_one_press(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id)
    screen.press(_SECTION)
    assert _waiting(office, opened_id) == ("2.1.1",)
    assert "Đã xác nhận 2 tiêu chí" in as_read(screen.texts())
    assert not screen.has_button(_SECTION)
    assert "Đã xác nhận" not in screen.run().texts()


def test_the_whole_set_is_confirmed_only_after_asking_once_more(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id)
    screen.press(_ALL)
    assert "1 tiêu chí trong số này ở lĩnh vực khác, không hiện trên trang này" in screen.texts()
    screen.press("confirm all not")
    assert not screen.has_button(_INDEED)
    screen.press(_ALL)
    assert len(_waiting(office, opened_id)) == 3
    screen.press(_INDEED)
    assert _waiting(office, opened_id) == ()
    assert "Đã xác nhận 3 tiêu chí" in as_read(screen.texts())
    assert "chưa xác nhận" not in screen.texts()


def test_the_whole_set_is_still_asked_for_when_the_section_was_confirmed_elsewhere(
    office: Office, opened_id: str
) -> None:
    screen = _screen(office, opened_id)
    confirm(office.database, office.person(Role.ROOM), opened_id, ["1.1.1", "1.1.2"])
    screen.press(_ALL).press(_INDEED)
    assert _waiting(office, opened_id) == ()


def test_a_section_that_holds_all_there_is_offers_itself_alone(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id, lv="2")
    screen.press(_SECTION)
    assert _labels(_screen(office, opened_id)) == ["Xác nhận 2 tiêu chí của lĩnh vực này"]


def test_the_filter_keeps_what_is_unconfirmed(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id, loc="chua-xac-nhan")
    assert list(_headings(screen)) == ["1.1.1", "1.1.2"]
    (control,) = [box for box in screen.elements("button_group") if box.key == "_filter"]
    assert "Chưa xác nhận" in control.options


def test_who_confirms_second_is_told_who_was_first(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id)
    room = office.person(Role.ROOM)
    confirm(office.database, room, opened_id, ["1.1.1"])
    lines = office.log_lines()
    screen.press("confirm 1.1.1")
    assert f"Đã được xác nhận hoặc sửa từ trước: 1.1.1 ({room.name})" in as_read(screen.texts())
    assert office.log_lines() == lines
    assert "từ trước" not in as_read(screen.run().texts())


def test_who_confirms_a_section_second_is_told_who_was_first_and_with_what(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id)
    office.save(opened_id, "1.1.2", {"level": 0})
    screen.press(_SECTION)
    told = as_read(screen.texts())
    assert "Đã xác nhận 1 tiêu chí. " in told
    assert f"Đã được xác nhận hoặc sửa từ trước: 1.1.2 ({office.person(Role.ROOM).name})" in told
    assert _waiting(office, opened_id) == ("2.1.1",)


def test_who_only_looks_sees_the_mark_and_no_button(office: Office, opened_id: str) -> None:
    screen = _screen(office, opened_id, Role.LEADER)
    assert "Chưa xác nhận" in _headings(screen)["1.1.1"]
    assert _labels(screen) == []
    assert not screen.has_button("confirm 1.1.1")


@pytest.mark.parametrize("key", ["confirm 1.1.1", _SECTION])
def test_what_was_closed_meanwhile_is_not_confirmed_and_says_why(office: Office, opened_id: str, key: str) -> None:
    screen = _screen(office, opened_id)
    office.put_into(opened_id, State.APPROVED)
    lines = office.log_lines()
    screen.press(key)
    assert "không được chấm điểm" in screen.errors()
    assert office.log_lines() == lines


@pytest.mark.parametrize("key", ["confirm 1.1.1", _SECTION])
def test_a_forged_press_of_who_may_not_answer_confirms_nothing(office: Office, opened_id: str, key: str) -> None:
    screen = _screen(office, opened_id)
    lines = office.log_lines()
    screen.token = office.screen(Role.LEADER).token
    screen.press(key)
    assert len(_waiting(office, opened_id)) == 3
    assert office.log_lines() == lines
    assert "vai trò «Lãnh đạo» không được chấm điểm" in screen.errors()
