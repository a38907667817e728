"""An answer and its note are saved apart: saving one never hides that the other is not saved."""

from decimal import Decimal

from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import Office


def test_a_saved_note_leaves_the_unsaved_answer_marked(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(bang=opened.id, tc="I.1.2")
    screen.put(opened.id, "I.1.2", "numerator", "1.234")
    screen.put(opened.id, "I.1.2", "denominator", "2000")
    screen.put(opened.id, "I.1.2", "note", "Số liệu của Văn phòng")
    assert "có thể là 1,234 hoặc 1234" in screen.errors()
    assert "1 tiêu chí CHƯA LƯU" in screen.texts()
    screen.press("reading I.1.2 numerator 1234")
    stored = office.stored(opened.id, "I.1.2")
    assert stored is not None
    assert (stored.self_note, stored.entry_json["numerator"]) == ("Số liệu của Văn phòng", "1234")
    assert screen.errors() == ""


def test_a_saved_answer_leaves_the_unsaved_note_marked_and_in_its_field(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(bang=opened.id, tc="1.1.1")
    too_long = "x" * 25_000
    screen.put(opened.id, "1.1.1", "note", too_long)
    screen.put(opened.id, "1.1.1", "level", 1)
    assert office.points(opened.id, "1.1.1") == Decimal("0.5")
    assert "**CHƯA LƯU.**" in screen.errors()
    assert screen.widget(opened.id, "1.1.1", "note").value == too_long
    screen.press("give up note 1.1.1")
    assert screen.errors() == ""
    assert screen.widget(opened.id, "1.1.1", "note").value == ""
