"""What falls due: days of periods, remedies and criteria, by day; what is done, handed in or far off is left out."""

from dataclasses import replace
from datetime import date

import pytest

from cchc_core.due_soon import Due, due_soon
from cchc_core.periods import periods_for
from cchc_core.permissions import State
from cchc_core.rubric.model import Criterion, Rubric, Section
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.kinds import Leaf, Level, Levels
from cchc_core.sheet import Sheet
from tests.offices import SOC_TRANG
from tests.sheets import Raw, remedy_of, sheet_of
from tests.store.world import ONE

YEAR = periods_for(SOC_TRANG, 2022)
ANSWERS: Raw = {"I.1.2": {"numerator": "17", "denominator": "20"}, "I.1.6": {"count": 0}}


def quarter(state: State = State.DRAFT, period: str = "q1") -> Sheet:
    return sheet_of(read_rubric(SOC_TRANG), ANSWERS, period, state=state)


def days_of(listed: tuple[Due, ...]) -> list[tuple[str, str, str | None, int]]:
    return [(f"{due.day:%d/%m}", due.what, due.code, due.days) for due in listed]


def test_the_days_of_the_own_period_count_down() -> None:
    assert due_soon(quarter(), YEAR, {}, date(2022, 3, 1)) == (
        Due(date(2022, 3, 11), "Hạn nội bộ của kỳ Quý I", None, False, 10),
        Due(date(2022, 3, 16), "Hạn gửi đi của kỳ Quý I", None, False, 15),
    )


def test_a_day_that_has_passed_stays_until_the_assessment_is_handed_on() -> None:
    late = date(2022, 3, 18)
    assert days_of(due_soon(quarter(), YEAR, {}, late)) == [
        ("11/03", "Hạn nội bộ của kỳ Quý I", None, -7),
        ("16/03", "Hạn gửi đi của kỳ Quý I", None, -2),
    ]
    assert all(due.is_overdue for due in due_soon(quarter(), YEAR, {}, late))
    waiting = quarter(State.AWAITING_APPROVAL)
    assert [what for _, what, _, _ in days_of(due_soon(waiting, YEAR, {}, late))] == ["Hạn gửi đi của kỳ Quý I"]
    assert due_soon(quarter(State.APPROVED), YEAR, {}, late) == ()


def test_on_the_day_itself_nothing_is_late_yet() -> None:
    first = due_soon(quarter(), YEAR, {}, date(2022, 3, 11))[0]
    assert (first.days, first.is_overdue) == (0, False)


@pytest.mark.parametrize(("within_days", "count"), [(9, 0), (10, 1), (14, 1), (15, 2)])
def test_only_what_falls_due_within_so_many_days_is_listed(within_days: int, count: int) -> None:
    assert len(due_soon(quarter(), YEAR, {}, date(2022, 3, 1), within_days)) == count


def test_the_next_period_brings_its_days_and_what_can_be_earned_from_then_on() -> None:
    listed = due_soon(quarter(State.APPROVED), YEAR, {}, date(2022, 6, 1))
    assert days_of(listed) == [
        ("11/06", "Hạn nội bộ của kỳ 6 tháng", None, 10),
        ("11/06", "2 ý đến kỳ 6 tháng: Thực hiện chế độ báo cáo CCHC định kỳ theo quy định", "I.1.3", 10),
        ("11/06", listed[2].what, "I.1.4.1", 10),
        ("16/06", "Hạn gửi đi của kỳ 6 tháng", None, 15),
    ]
    assert listed[2].what.startswith("4 ý đến kỳ 6 tháng: ")


def test_of_later_periods_nothing_is_late_here() -> None:
    assert due_soon(quarter(State.APPROVED), YEAR, {}, date(2022, 6, 20)) == ()


def test_after_the_last_period_nothing_more_comes() -> None:
    listed = due_soon(quarter(period="year"), YEAR, {}, date(2022, 12, 1))
    assert [due.what for due in listed] == ["Hạn nội bộ của kỳ Năm", "Hạn gửi đi của kỳ Năm"]


def test_a_remedy_falls_due_while_points_are_open() -> None:
    day = date(2022, 2, 20)
    remedies = {code: remedy_of(code, day) for code in ("I.1.2", "I.1.6")}
    assert due_soon(quarter(State.APPROVED), YEAR, remedies, date(2022, 2, 10)) == (
        Due(day, "Việc khắc phục: Bổ sung báo cáo (Phòng Một)", "I.1.2", False, 10),
    )
    (late,) = due_soon(quarter(State.APPROVED), YEAR, remedies, date(2022, 2, 28))
    assert (late.code, late.is_overdue, late.days) == ("I.1.2", True, -8)


def test_a_remedy_without_a_day_or_of_a_criterion_that_is_gone_falls_due_never() -> None:
    remedies = {"I.1.2": remedy_of("I.1.2", None), "I.9.9": remedy_of("I.9.9", date(2022, 2, 20))}
    assert due_soon(quarter(State.APPROVED), YEAR, remedies, date(2022, 2, 10)) == ()


def test_a_remedy_that_names_nobody_has_no_brackets() -> None:
    remedies = {"I.1.2": remedy_of("I.1.2", date(2022, 2, 20), responsible="")}
    (due,) = due_soon(quarter(State.APPROVED), YEAR, remedies, date(2022, 2, 10))
    assert due.what == "Việc khắc phục: Bổ sung báo cáo"


def test_everything_is_in_the_order_of_its_day() -> None:
    remedies = {"I.1.2": remedy_of("I.1.2", date(2022, 3, 13))}
    listed = due_soon(quarter(), YEAR, remedies, date(2022, 3, 12), within_days=120)
    assert [due.day for due in listed] == sorted(due.day for due in listed)
    assert listed[1].code == "I.1.2"


def test_a_period_without_days_is_passed_over() -> None:
    sheet = quarter()
    undated = replace(sheet, assessment=replace(sheet.assessment, internal_due=None, outward_due=None))
    assert due_soon(undated, YEAR, {}, date(2022, 3, 1)) == ()
    assert due_soon(undated, (), {}, date(2022, 3, 1)) == ()


def test_a_criterion_falls_due_as_a_whole_unless_it_does_not_apply() -> None:
    yes_no = Levels((Level("Có", ONE), Level("Không", ONE - ONE)))
    leaf = Leaf(ONE, yes_no, "hạ điểm chuẩn", due_period="h1")
    criterion = Criterion("1.1", "1", "1", "Báo cáo nửa năm", leaf)
    rubric = Rubric("x", "x", "x", 2022, "x", "official", None, (), (Section("1", None, "Một"),), (criterion,))
    today = date(2022, 6, 10)
    year = periods_for("x", 2022)
    listed = due_soon(sheet_of(rubric, {}, "q1", state=State.APPROVED), year, {}, today)
    assert [due.what for due in listed if due.code == "1.1"] == ["Đến kỳ 6 tháng: Báo cáo nửa năm"]
    outside: Raw = {"1.1": {"not_applicable": "không được giao"}}
    listed = due_soon(sheet_of(rubric, outside, "q1", state=State.APPROVED), year, {}, today)
    assert not [due for due in listed if due.code]
