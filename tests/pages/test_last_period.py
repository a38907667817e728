"""What the period before scored stands beside every criterion."""

from dataclasses import replace

from cchc_core import scoring
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from tests.offices import NAM_DINH
from tests.pages.screen import Office
from tests.running_year import version_of


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


def test_a_criterion_that_is_not_scored_yet_or_does_not_apply_has_not_fallen(office: Office) -> None:
    before, now = office.assessment(NAM_DINH, "q1"), office.assessment(NAM_DINH, "q3")
    other = next(leaf.code for leaf in office.sheet(now.id).rubric.leaves_of("4") if leaf.code != "4.2")
    for code in (other, "4.2"):
        office.save(before.id, code, {"level": 0})
    office.save(now.id, "4.2", {"not_applicable": "Không có đơn vị sự nghiệp"})
    shown = office.screen().open(bang=now.id, lv="4").texts()
    assert shown.count("Kỳ trước 1,0000") == 2
    assert "giảm" not in shown


def test_the_first_period_of_a_year_has_none_before_it(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "q1")
    assert "Kỳ trước" not in office.screen().open(bang=opened.id, lv="1").texts()


def test_a_row_says_what_the_same_period_last_year_scored_where_the_criterion_was_the_same(office: Office) -> None:
    now, rubric = office.assessment(NAM_DINH), read_rubric(NAM_DINH)
    changed = replace(rubric.criterion("1.1.2"), title="Nội dung cũ")
    last_year = scoring.create_assessment(
        office.database,
        office.person(Role.OFFICER),
        unit_id=now.unit_id,
        rubric=version_of(rubric, rubric_id="ban-2023", year=2023, changed=(changed,)),
        period=next(period for period in periods_for("ban-2023", 2023) if period.code == "q3"),
    )
    for code in ("1.1.1", "1.1.2"):
        office.save(last_year.id, code, {"level": 1})
    shown = office.screen().open(bang=now.id, lv="1").texts()
    assert shown.count("cùng kỳ năm trước") == 1
    assert "Kỳ trước: chưa chấm · cùng kỳ năm trước 0,5000" in shown
