"""Points that hang on open tasks: each criterion once a group, and nothing that no task can earn."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cchc_core import scoring
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.planning import set_final
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.store import kept, occurrences
from cchc_core.table import ILLUSTRATIVE_NOTE
from cchc_core.task_links.keeping import tasks_serving
from cchc_core.task_links.open_points import open_points
from cchc_core.task_links.stakes import NO_ROOM_NAME, DueGroup, due_group, read_stakes
from cchc_core.task_links.tables import BY_DUE, BY_PERSON, BY_ROOM, risk_table
from cchc_core.tasks.life import TaskState
from tests.offices import NAM_DINH
from tests.running_year import opened
from tests.store.world import RUBRIC, period
from tests.task_links.desk import HALF, OFFICE_ROOM, ONE, OTHER_ROOM, TODAY, YEAR, Desk

_LATE = TODAY - timedelta(days=1)


def test_what_is_not_earned_yet_hangs_on_a_task(desk: Desk) -> None:
    desk.save("1.1", {"level": 0})
    desk.save("1.4", {"ticked": [0]})
    desk.save("1.5", {"not_applicable": "Không được giao"})
    desk.save("1.6", {"voided": "Bị sửa"})
    set_final(desk.database, desk.officer, assessment_id=desk.assessment_id, code="1.7", is_final=True)
    sheet = desk.sheet()
    codes = ("1.1", "1.2", "1.4", "1.5", "1.6", "1.7", "1.8", "khong-co")
    assert [open_points(sheet, code) for code in codes] == [ZERO, ONE, HALF, ZERO, ZERO, ZERO, ZERO, ZERO]


def test_what_falls_due_in_a_later_period_hangs_on_its_task_too(desk: Desk) -> None:
    quarter = opened(desk, "q1")
    assert open_points(quarter.sheet(), "1.9") == ONE


def test_a_criterion_that_two_tasks_of_a_room_serve_counts_once(desk: Desk) -> None:
    first, second, third = desk.task("Một"), desk.task("Hai"), desk.task("Ba", room=OTHER_ROOM)
    desk.link(first, "1.1", "1.2")
    desk.link(second, "1.2")
    desk.link(third, "1.2", "1.3")
    stakes = desk.stakes()
    rooms = {group.name: (group.tasks, group.criteria, group.points) for group in stakes.by_room()}
    assert rooms == {OFFICE_ROOM: (2, 2, 2 * ONE), OTHER_ROOM: (1, 2, 2 * ONE)}
    assert (stakes.total.tasks, stakes.total.criteria, stakes.total.points) == (3, 3, 3 * ONE)
    assert stakes.points_of(first, second) == 2 * ONE


def test_a_task_that_is_done_or_dropped_puts_nothing_at_stake(desk: Desk) -> None:
    for state in (TaskState.DONE, TaskState.DROPPED):
        desk.link(desk.task(state.value, state=state, due=_LATE), "1.1")
    desk.link(desk.task("Đang làm", state=TaskState.IN_PROGRESS), "1.2")
    stakes = desk.stakes()
    assert [stakes.codes_of([task.id]) for task in stakes.tasks] == [{"1.2"}]
    assert stakes.total.points == ONE


def test_what_hangs_on_overdue_tasks_is_told_apart(desk: Desk) -> None:
    desk.link(desk.task("Muộn", due=_LATE, person="Chị Hoa"), "1.1", "1.2")
    desk.link(desk.task("Hôm nay", due=TODAY, person="Chị Hoa"), "1.2", "1.3")
    (person,) = desk.stakes().by_person()
    assert (person.name, person.tasks, person.overdue) == ("Chị Hoa", 2, 1)
    assert (person.points, person.overdue_points) == (3 * ONE, 2 * ONE)


def test_tasks_are_taken_together_by_how_near_their_day_is(desk: Desk) -> None:
    for days in (-1, 0, 7, 8, 30, 31):
        desk.task(str(days), due=TODAY + timedelta(days=days))
    desk.task("Không hạn")
    found = {DueGroup(group.key): group.tasks for group in desk.stakes().by_due()}
    assert found == {
        DueGroup.OVERDUE: 1,
        DueGroup.WITHIN_7: 2,
        DueGroup.WITHIN_30: 2,
        DueGroup.LATER: 1,
        DueGroup.NO_DUE: 1,
    }
    assert list(found) == list(DueGroup)


def test_the_first_open_day_of_a_task_counts(desk: Desk) -> None:
    task = desk.task("Hai lần", due=TODAY + timedelta(days=40))
    with desk.database.write() as connection:
        (before,) = connection.rows("SELECT * FROM occurrences WHERE task_id = :task_id", task_id=task)
        second = {
            name: value for name, value in before.items() if name not in ("id", "version", "changed_by", "changed_utc")
        }
        kept.add(connection, kept.OCCURRENCES, [{**second, "ordinal": 2, "due": _LATE}], desk.officer.actor)
        assert len(occurrences.of_tasks(connection, [task])[task]) == 2
    (only,) = desk.stakes().tasks
    assert due_group(only.next_due, TODAY) is DueGroup.OVERDUE


def test_a_task_whose_room_is_not_known_stands_in_a_group_of_its_own(desk: Desk) -> None:
    desk.task("Không rõ", room=None)
    assert [group.name for group in desk.stakes().by_room()] == [NO_ROOM_NAME]


def test_a_room_is_shown_its_own_tasks_where_it_asks_for_them(desk: Desk) -> None:
    own = desk.task("Của phòng")
    desk.task("Của phòng khác", room=OTHER_ROOM)
    found = desk.stakes(desk.person(Role.ROOM), room_id=desk.rooms[OFFICE_ROOM])
    assert [task.id for task in found.tasks] == [own]


def test_without_an_assessment_of_the_year_nothing_is_known_to_hang_on_tasks(desk: Desk) -> None:
    desk.task("Năm sau", year=2025)
    found = read_stakes(desk.database, desk.officer, desk.department_id, 2025, TODAY)
    assert (found.sheet, found.total.tasks, found.total.points) == (None, 1, ZERO)
    assert "chưa có bảng chấm điểm" in risk_table(found, BY_ROOM).note


def test_the_points_are_those_of_the_open_assessment_else_of_the_latest_draft(desk: Desk) -> None:
    quarter = opened(desk, "q1")
    task = desk.task("Nhiệm vụ")
    desk.link(task, "1.1")
    desk.save("1.1", {"level": 0})
    assert desk.stakes().points_of(task) == ZERO
    assert desk.stakes(assessment_id=quarter.assessment_id).points_of(task) == ONE
    assert desk.stakes(assessment_id="khongco").points_of(task) == ZERO


def test_a_unit_below_that_scores_itself_is_served_by_the_tasks_that_it_leads(desk: Desk) -> None:
    below = scoring.create_assessment(
        desk.database, desk.person(Role.ADMIN), unit_id=desk.rooms[OTHER_ROOM], rubric=RUBRIC, period=period()
    )
    own, others = desk.task("Của đơn vị", room=OTHER_ROOM), desk.task("Của Sở")
    desk.link(own, "1.1")
    desk.link(others, "1.1")
    sheet = scoring.open_sheet(desk.database, desk.officer, below.id)
    assert [task.id for task in tasks_serving(desk.database, desk.officer, sheet, "1.1")] == [own]
    assert {task.id for task in tasks_serving(desk.database, desk.officer, desk.sheet(), "1.1")} == {own, others}


@pytest.mark.parametrize("by", [BY_ROOM, BY_PERSON, BY_DUE])
def test_the_table_ends_with_the_sum_that_counts_each_criterion_once(desk: Desk, by: str) -> None:
    desk.link(desk.task("Một", due=_LATE, person="A"), "1.1")
    desk.link(desk.task("Hai", due=TODAY, person="B", room=OTHER_ROOM), "1.1", "1.2")
    table = risk_table(desk.stakes(), by)
    *groups, total = table.rows
    assert len(groups) == 2
    assert total[1:] == (2 * ONE, ONE, 2, 1, 2)
    assert sum((row[1] for row in groups if isinstance(row[1], Decimal)), ZERO) == 3 * ONE
    assert "một lần" in table.note


def test_illustrative_points_are_called_so(desk: Desk) -> None:
    rubric = read_rubric(NAM_DINH)
    year = next(each for each in periods_for(rubric.id, rubric.year) if each.code == "year")
    admin = desk.person(Role.ADMIN)
    made = scoring.create_assessment(desk.database, admin, unit_id=desk.department_id, rubric=rubric, period=year)
    assert rubric.year == YEAR
    table = risk_table(desk.stakes(assessment_id=made.id), BY_ROOM)
    assert table.note.endswith(ILLUSTRATIVE_NOTE)
    assert [column.name for column in table.columns][1:3] == [
        "Điểm chưa đạt (minh hoạ)",
        "Trong đó quá hạn (minh hoạ)",
    ]
