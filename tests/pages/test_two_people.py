from decimal import Decimal

from cchc_core import scoring
from cchc_core.permissions import Role
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import SCORING, Office, Screen, as_read


def _in_conflict(office: Office) -> tuple[str, Screen]:
    """Open I.1.6, let the room save 1 case elsewhere, then try to save 3 cases."""
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    office.save(opened.id, "I.1.6", {"count": 1})
    screen.put(opened.id, "I.1.6", "count", "3")
    return opened.id, screen


def test_a_stale_save_stores_nothing_and_shows_both_values_and_who_saved(office: Office) -> None:
    opened_id, screen = _in_conflict(office)
    room = office.person(Role.ROOM)
    assert "**CHƯA LƯU.**" in screen.errors()
    assert f"{room.name} đã lưu giá trị khác lúc" in screen.errors()
    shown = as_read(screen.texts())
    assert "Của bạn: Theo số trường hợp: 3 trường hợp" in shown
    assert f"Đã lưu, của {room.name}: Theo số trường hợp: 1 trường hợp" in shown
    assert screen.widget(opened_id, "I.1.6", "count").value == "3"
    assert office.points(opened_id, "I.1.6") == Decimal("1.5")


def test_keeping_ones_own_value_saves_it_over_the_other_which_stays_in_the_history(office: Office) -> None:
    opened_id, screen = _in_conflict(office)
    screen.press("again I.1.6")
    assert screen.errors() == ""
    assert office.points(opened_id, "I.1.6") == Decimal("0.5")
    names = [c.actor_name for c in scoring.history(office.database, office.person(Role.ADMIN), opened_id, "I.1.6")]
    assert names == [office.person(Role.OFFICER).name, office.person(Role.ROOM).name]


def test_keeping_the_stored_value_shows_it_in_the_form_and_later_saves_go_through(office: Office) -> None:
    opened_id, screen = _in_conflict(office)
    lines = office.log_lines()
    screen.press("give up I.1.6")
    assert screen.errors() == ""
    assert screen.widget(opened_id, "I.1.6", "count").value == "1"
    assert office.log_lines() == lines
    screen.put(opened_id, "I.1.6", "count", "0")
    assert office.points(opened_id, "I.1.6") == Decimal(2)


def test_a_third_save_in_between_is_a_conflict_again(office: Office) -> None:
    opened_id, screen = _in_conflict(office)
    office.save(opened_id, "I.1.6", {"count": 2})
    screen.press("again I.1.6")
    assert "2 trường hợp" in screen.texts()
    assert office.points(opened_id, "I.1.6") == Decimal(1)
    screen.press("again I.1.6")
    assert office.points(opened_id, "I.1.6") == Decimal("0.5")


def test_two_people_who_answer_alike_are_not_in_conflict(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    office.save(opened.id, "I.1.6", {"count": 3})
    screen.put(opened.id, "I.1.6", "count", "3")
    assert screen.errors() == ""


def test_a_save_of_one_criterion_is_no_conflict_for_another(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    office.save(opened.id, "I.1.6", {"count": 1})
    screen.put(opened.id, "I.1.4.2", "level", 0)
    assert screen.errors() == ""
    assert "**2,0000** / 14,5000" in screen.texts()


def test_what_another_person_saved_shows_at_the_next_run_in_fields_that_nobody_touched(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    office.save(opened.id, "I.1.6", {"count": 1})
    screen.run()
    assert screen.widget(opened.id, "I.1.6", "count").value == "1"
    screen.put(opened.id, "I.1.6", "count", "0")
    assert screen.errors() == ""
    assert office.points(opened.id, "I.1.6") == Decimal(2)


def test_a_stale_note_shows_both_notes_and_both_choices_work(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    for choice, kept in (("again", "của đầu mối"), ("give up", "của phòng 1.1.2")):
        code = "1.1.1" if choice == "again" else "1.1.2"
        screen = office.screen().open(SCORING, bang=opened.id, tc=code)
        scoring.save_note(
            office.database,
            office.person(Role.ROOM),
            assessment_id=opened.id,
            code=code,
            note=f"của phòng {code}",
            expected_version=0,
        )
        screen.put(opened.id, code, "note", "của đầu mối")
        shown = as_read(screen.texts())
        assert "Của bạn: của đầu mối" in shown
        assert f"của phòng {code}" in shown
        screen.press(f"{choice} note {code}")
        assert screen.errors() == ""
        stored = office.stored(opened.id, code)
        assert stored is not None
        assert stored.self_note == kept
        assert screen.widget(opened.id, code, "note").value == kept


def test_a_stale_not_applicable_can_be_carried_through(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    code = "I.2.1.2"
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    screen.put(opened.id, code, "reason not_applicable", "Không được giao")
    office.save(opened.id, code, {"level": 0})
    screen.press(f"not_applicable on {code}")
    assert "**CHƯA LƯU.**" in screen.errors()
    assert office.points(opened.id, code) == Decimal(1)
    screen.press(f"again {code}")
    stored = office.stored(opened.id, code)
    assert stored is not None
    assert stored.entry_json == {"not_applicable": "Không được giao"}
