"""Five thousand tasks: found, counted, paged and summed up as fifty are."""

from collections.abc import Iterator
from datetime import date

import pytest

from cchc_core.plans.model import Product
from cchc_core.tasks import keeping, listing
from cchc_core.tasks.draft import PlanDraft, TaskDraft
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.listing import DueFilter, Order, Query
from cchc_core.tasks.timeline import timeline
from cchc_core.tasks.totals import room_totals
from tests.tasks.desk import TODAY, YEAR, Desk, open_desk

MANY = 5_000


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_desk(tmp_path_factory.mktemp("many"))
    lines = tuple(
        TaskDraft(
            str(number),
            f"Nhiệm vụ số {number} về {'đối thoại' if number % 100 == 0 else 'báo cáo'}",
            group_code=str(number % 7),
            group_title=f"Nhóm {number % 7}",
            products=(Product("Báo cáo"),),
            lead_text="Văn phòng" if number % 2 else "Phòng Một",
            time_text="Hàng quý" if number % 10 == 0 else "Tháng 6",
        )
        for number in range(1, MANY + 1)
    )
    opened.take(PlanDraft("Kế hoạch lớn", YEAR, lines))
    yield opened
    opened.world.database.close()


def test_a_page_holds_its_few_and_counts_them_all(full: Desk) -> None:
    query = Query(full.department_id, YEAR)
    page = listing.find_tasks(full.world.database, full.officer, query, today=TODAY, page=167)
    assert (len(page.tasks), page.total, page.pages) == (20, MANY, 167)
    assert [task.code for task in page.tasks] == [str(number) for number in range(4_981, 5_001)]
    assert [len(task.occurrences) for task in page.tasks] == [
        4 if int(task.code) % 10 == 0 else 1 for task in page.tasks
    ]


def test_a_word_is_found_among_them(full: Desk) -> None:
    query = Query(full.department_id, YEAR, text="doi thoai", room_id=full.unit("Phòng Một").id)
    page = listing.find_tasks(full.world.database, full.officer, query, today=TODAY)
    assert (page.total, page.tasks[0].code) == (50, "100")


def test_filters_and_choices_agree(full: Desk) -> None:
    query = Query(full.department_id, YEAR, due=DueFilter.OVERDUE, order=Order.URGENT)
    page = listing.find_tasks(full.world.database, full.officer, query, today=date(2024, 4, 1))
    choices = listing.choices(full.world.database, full.officer, query, today=date(2024, 4, 1))
    assert page.total == 500
    assert {choice.key: choice.many for choice in choices.dues}[DueFilter.OVERDUE] == 500
    assert sum(choice.many for choice in choices.groups) == 500
    assert {task.next_due for task in page.tasks} == {date(2024, 3, 31)}


def test_the_timeline_is_added_up_and_loses_nothing(full: Desk) -> None:
    drawn = timeline(full.world.database, full.officer, Query(full.department_id, YEAR), today=TODAY)
    assert drawn.is_added_up
    assert sum(mark.many for mark in drawn.marks) == 4_500 + 4 * 500
    assert len(drawn.marks) == 5


def test_rooms_are_summed_up(full: Desk) -> None:
    totals = room_totals(full.world.database, full.officer, full.department_id, YEAR, TODAY)
    assert [(room.name, room.tasks, room.not_started) for room in totals] == [
        ("Phòng Một", 2_500, 2_500),
        ("Văn phòng", 2_500, 2_500),
    ]


def test_one_of_them_is_reported_on(full: Desk) -> None:
    query = Query(full.department_id, YEAR, text="số 4242 ")
    (task,) = listing.find_tasks(full.world.database, full.officer, query, today=TODAY).tasks
    keeping.report(
        full.world.database,
        full.officer,
        task.occurrences[0].id,
        state=TaskState.IN_PROGRESS,
        expected_version=1,
    )
    assert full.again(task).state is TaskState.IN_PROGRESS
    assert full.is_whole()
