"""The year of tasks as marks: one a due day, by month and room where they are too many; nothing is lost in between."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from cchc_core.errors import NotAllowedInOffice
from cchc_core.permissions import Role
from cchc_core.tasks.life import Timeliness
from cchc_core.tasks.listing import Query
from cchc_core.tasks.timeline import MOST_MARKS, Mark, timeline
from tests.tasks.busy_desk import open_busy_desk
from tests.tasks.desk import TODAY, YEAR, Desk


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_busy_desk(tmp_path_factory.mktemp("busy"))
    yield opened
    opened.world.database.close()


def test_each_due_day_has_a_mark_that_says_how_it_stands(desk: Desk) -> None:
    desk.take()
    drawn = timeline(desk.world.database, desk.room, Query(desk.department_id, YEAR), today=TODAY)
    assert not drawn.is_added_up
    assert [(mark.day, mark.code, mark.timeliness, mark.room_name, mark.product) for mark in drawn.marks] == [
        (date(2024, 3, 31), "2", Timeliness.OVERDUE, "Phòng Một", "Báo cáo"),
        (date(2024, 3, 31), "1", Timeliness.OVERDUE, "Văn phòng", "Kế hoạch"),
        (date(2024, 6, 19), "4", Timeliness.DUE_SOON, "Phòng Một", ""),
        (date(2024, 6, 30), "2", Timeliness.OPEN, "Phòng Một", "Báo cáo"),
        (date(2024, 9, 30), "2", Timeliness.OPEN, "Phòng Một", "Báo cáo"),
        (date(2024, 12, 31), "2", Timeliness.OPEN, "Phòng Một", "Báo cáo"),
    ]
    assert {mark.task_id for mark in drawn.marks} <= {task.id for task in desk.tasks()}


def test_too_many_marks_are_added_up_by_month_and_room(busy: Desk) -> None:
    query = Query(busy.department_id, YEAR)
    each = timeline(busy.world.database, busy.officer, query, today=TODAY)
    summed = timeline(busy.world.database, busy.officer, query, today=TODAY, most=10)
    assert (each.is_added_up, summed.is_added_up) == (False, True)

    def counted(marks: tuple[Mark, ...]) -> Counter[tuple[int, int, Timeliness, str]]:
        sums: Counter[tuple[int, int, Timeliness, str]] = Counter()
        for mark in marks:
            sums[mark.day.year, mark.day.month, mark.timeliness, mark.room_name] += mark.many
        return sums

    assert counted(summed.marks) == counted(each.marks)
    assert len(summed.marks) == len(counted(each.marks)) < len(each.marks)
    assert [mark.day for mark in summed.marks] == sorted(mark.day for mark in summed.marks)
    assert {mark.task_id for mark in summed.marks} == {""}
    assert MOST_MARKS == 5_000


def test_the_timeline_shows_what_is_asked_for(busy: Desk) -> None:
    query = Query(busy.department_id, YEAR, room_id="")
    marks = timeline(busy.world.database, busy.officer, query, today=TODAY).marks
    assert {mark.room_name for mark in marks} == {"Chưa rõ phòng, đơn vị"}


def test_who_does_not_see_tasks_sees_no_timeline(busy: Desk) -> None:
    user = busy.world.people[Role.APPRAISER]
    with pytest.raises(NotAllowedInOffice):
        timeline(busy.world.database, user, Query(busy.department_id, YEAR), today=TODAY)
