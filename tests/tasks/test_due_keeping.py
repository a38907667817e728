"""Due days as people set them and count them from an event; what is added to a task and taken out of it."""

from datetime import date

import pytest

from cchc_core.errors import BadText, NotAllowedInOffice, NotFound, StaleText
from cchc_core.permissions import Role
from cchc_core.store.users import User
from cchc_core.tasks import keeping
from cchc_core.tasks.draft import PlanDraft, TaskDraft
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import Occurrence
from tests.tasks.desk import TODAY, YEAR, Desk

TERMS = PlanDraft(
    "Kế hoạch có thời hạn",
    YEAR,
    (
        TaskDraft("a", "Trình duyệt", time_text="Trong vòng 03 ngày làm việc kể từ ngày có quyết định"),
        TaskDraft("b", "Cập nhật", time_text="Trong thời hạn 30 ngày kể từ ngày công bố"),
        TaskDraft("c", "Rà soát", time_text="Ngay sau khi UBND tỉnh ban hành quyết định"),
        TaskDraft("d", "Báo cáo", time_text="Quý I"),
        TaskDraft("e", "Tổng kết"),
    ),
)


@pytest.fixture(autouse=True)
def plans(desk: Desk) -> None:
    desk.take()
    desk.take(TERMS)


def _part(desk: Desk, code: str) -> Occurrence:
    return desk.by_code()[code].occurrences[0]


def _correct(desk: Desk, part: Occurrence, due: date | None, user: User | None = None) -> int:
    return keeping.correct_due(desk.world.database, user or desk.officer, part.id, due, expected_version=part.version)


def _count(desk: Desk, part: Occurrence, event: date, user: User | None = None) -> int:
    return keeping.correct_due_from_event(
        desk.world.database, user or desk.officer, part.id, event, expected_version=part.version
    )


def test_a_corrected_day_stands_beside_the_print_and_its_reading(desk: Desk) -> None:
    before = _part(desk, "d")
    assert _correct(desk, before, date(2024, 4, 15)) == 2
    after = _part(desk, "d")
    assert (after.due, after.is_corrected) == (date(2024, 4, 15), True)
    assert (after.time_text, after.reading) == (before.time_text, before.reading)
    assert desk.is_whole()


def test_a_day_can_be_taken_away_and_set_to_what_it_is_already(desk: Desk) -> None:
    _correct(desk, _part(desk, "d"), None)
    assert _part(desk, "d").due is None
    before = desk.stored()
    assert _correct(desk, _part(desk, "d"), None) == 2
    assert desk.stored() == before


def test_a_day_set_for_a_task_without_a_printed_time_says_so(desk: Desk) -> None:
    _correct(desk, _part(desk, "e"), date(2024, 12, 1))
    assert (_part(desk, "e").due, _part(desk, "e").reading) == (date(2024, 12, 1), "Hạn do người lập ghi.")


@pytest.mark.parametrize("due", [date(1999, 12, 31), date(2101, 1, 1)])
def test_a_day_that_nobody_plans_for_is_refused(desk: Desk, due: date) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match="ngoài khoảng 2000 đến 2100"):
        _correct(desk, _part(desk, "d"), due)
    assert desk.stored() == before


def test_a_day_that_somebody_else_set_meanwhile_is_not_overwritten(desk: Desk) -> None:
    part = _part(desk, "d")
    _correct(desk, part, date(2024, 4, 15))
    with pytest.raises(StaleText, match="hạn 15/04/2024"):
        _correct(desk, part, date(2024, 5, 15))
    with pytest.raises(StaleText):
        keeping.end_occurrence(desk.world.database, desk.officer, part.id, expected_version=part.version)
    assert _part(desk, "d").due == date(2024, 4, 15)


def test_working_days_are_counted_from_the_day_after_the_event_over_weekends_and_holidays(desk: Desk) -> None:
    _count(desk, _part(desk, "a"), date(2024, 4, 26))  # a Friday; 29/4, 30/4 and 1/5 are off, 4/5 is worked
    part = _part(desk, "a")
    assert (part.due, part.is_corrected) == (date(2024, 5, 4), True)
    assert part.reading.endswith("Tính từ ngày 26/04/2024: hạn 04/05/2024.")
    assert part.time_text.startswith("Trong vòng 03 ngày")


def test_calendar_days_end_on_the_next_working_day(desk: Desk) -> None:
    _count(desk, _part(desk, "b"), date(2024, 3, 1))
    assert _part(desk, "b").due == date(2024, 4, 1)  # 31/3 is a Sunday


def test_counting_again_from_another_event_replaces_the_day_and_what_is_said_of_it(desk: Desk) -> None:
    _count(desk, _part(desk, "b"), date(2024, 3, 1))
    before = desk.stored()
    assert _count(desk, _part(desk, "b"), date(2024, 3, 1)) == 2
    assert desk.stored() == before
    _count(desk, _part(desk, "b"), date(2024, 3, 4))
    assert _part(desk, "b").reading.count("Tính từ ngày") == 1
    assert _part(desk, "b").due == date(2024, 4, 3)


def test_a_year_whose_holidays_are_not_known_is_refused_with_what_to_do(desk: Desk) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match=r"chưa có lịch nghỉ lễ năm 2026 .* data/holidays/2026\.yaml"):
        _count(desk, _part(desk, "a"), date(2026, 3, 2))
    with pytest.raises(BadText, match="năm 2026"):
        _count(desk, _part(desk, "b"), date(2025, 12, 20))
    assert desk.stored() == before


@pytest.mark.parametrize("code", ["c", "d", "e"])
def test_a_time_that_names_no_number_of_days_is_not_counted(desk: Desk, code: str) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match="không nêu số ngày"):
        _count(desk, _part(desk, code), date(2024, 3, 1))
    assert desk.stored() == before


def test_which_times_can_be_counted_is_told_beforehand(desk: Desk) -> None:
    terms = {code: keeping.term_of(_part(desk, code), YEAR) for code in "abcde"}
    assert {code: term and (term.days, term.working) for code, term in terms.items()} == {
        "a": (3, True),
        "b": (30, False),
        "c": None,
        "d": None,
        "e": None,
    }


def test_something_further_to_deliver_is_added_after_the_rest(desk: Desk) -> None:
    task = desk.by_code()["2"]
    keeping.add_occurrence(desk.world.database, desk.officer, task.id, product="Báo cáo đột xuất", due=TODAY)
    added = desk.again(task).occurrences[-1]
    assert (added.product, added.due, added.is_corrected) == ("Báo cáo đột xuất", TODAY, True)
    assert (added.ordinal, added.state, len(desk.again(task).occurrences)) == (5, TaskState.NOT_STARTED, 5)
    assert [found.code for found in desk.tasks(text="dot xuat")] == ["2"]
    assert desk.is_whole()


def test_something_without_name_and_day_is_not_added(desk: Desk) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match="chưa ghi sản phẩm hoặc hạn"):
        keeping.add_occurrence(desk.world.database, desk.officer, desk.by_code()["2"].id)
    with pytest.raises(BadText, match="quá 2000 ký tự"):
        keeping.add_occurrence(desk.world.database, desk.officer, desk.by_code()["2"].id, product="x" * 2_001)
    assert desk.stored() == before


def test_one_time_is_taken_out_and_the_last_one_stays(desk: Desk) -> None:
    database, task = desk.world.database, desk.by_code()["2"]
    for each in task.occurrences[:3]:
        keeping.end_occurrence(database, desk.officer, each.id, expected_version=each.version)
    assert [each.due for each in desk.again(task).occurrences] == [date(2024, 12, 31)]
    with pytest.raises(BadText, match="chỉ còn một lần"):
        keeping.end_occurrence(database, desk.officer, task.occurrences[3].id, expected_version=1)
    with pytest.raises(NotFound):
        keeping.end_occurrence(database, desk.officer, task.occurrences[0].id, expected_version=2)
    assert desk.is_whole()


@pytest.mark.parametrize("role", [Role.ROOM, Role.LEADER, Role.ADMIN, Role.APPRAISER])
def test_only_the_officer_sets_days(desk: Desk, role: Role) -> None:
    user, database = desk.world.people[role], desk.world.database
    part, before = _part(desk, "1"), desk.stored()
    for attempt in (
        lambda: _correct(desk, part, TODAY, user),
        lambda: _count(desk, part, TODAY, user),
        lambda: keeping.add_occurrence(database, user, part.task_id, due=TODAY),
        lambda: keeping.end_occurrence(database, user, part.id, expected_version=1),
    ):
        with pytest.raises(NotAllowedInOffice):
            attempt()
    assert desk.stored() == before
