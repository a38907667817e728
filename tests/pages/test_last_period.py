"""What the period before scored stands beside every criterion."""

from tests.offices import NAM_DINH
from tests.pages.screen import Office


def test_a_row_says_how_the_criterion_moved_since_the_last_period(office: Office) -> None:
    before, now = office.assessment(NAM_DINH, "q1"), office.assessment(NAM_DINH, "q3")
    for code, level in (("1.1.1", 1), ("1.1.2", 0)):
        office.save(before.id, code, {"level": level})
    screen = office.screen().open(bang=now.id, lv="1")
    screen.put(now.id, "1.1.1", "level", 0)
    screen.put(now.id, "1.1.2", "level", 1)
    screen.put(now.id, "1.2.1", "level", 1)
    shown = screen.texts()
    assert "Kỳ trước 0,5000 · tăng 0,5000" in shown
    assert "Kỳ trước 1,0000 · giảm 0,5000" in shown
    assert "Kỳ trước: chưa chấm" in shown


def test_the_first_period_of_a_year_has_none_before_it(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "q1")
    assert "Kỳ trước" not in office.screen().open(bang=opened.id, lv="1").texts()
