"""Sums by room, plan and assigned work: the same as counted one by one; percents half up, none of nothing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.errors import NotAllowedInOffice
from cchc_core.permissions import Role
from cchc_core.tasks import keeping, totals
from cchc_core.tasks.keeping import Assigned
from cchc_core.tasks.life import TaskState, Timeliness
from cchc_core.tasks.model import Task, TaskKind
from cchc_core.tasks.totals import AssignedFigures, Figures, PlanFigures, RoomTotals
from tests.tasks.busy_desk import open_busy_desk
from tests.tasks.desk import TODAY, YEAR, Desk


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_busy_desk(tmp_path_factory.mktemp("busy"))
    yield opened
    opened.world.database.close()


def _rooms(desk: Desk, today: date = TODAY, plan_id: str | None = None) -> tuple[RoomTotals, ...]:
    return totals.room_totals(desk.world.database, desk.officer, desk.department_id, YEAR, today, plan_id)


def _counted(tasks: list[Task], today: date) -> Figures:
    stands = [(task.state, task.timeliness(today)) for task in tasks]

    def many(*wanted: Timeliness, is_open: bool | None = None) -> int:
        return sum(stand in wanted and (is_open is None or state.is_open is is_open) for state, stand in stands)

    return Figures(
        tasks=len(tasks),
        done=sum(state is TaskState.DONE for state, _ in stands),
        in_progress=sum(state is TaskState.IN_PROGRESS for state, _ in stands),
        not_started=sum(state is TaskState.NOT_STARTED for state, _ in stands),
        dropped=sum(state is TaskState.DROPPED for state, _ in stands),
        overdue=many(Timeliness.OVERDUE),
        due_soon=many(Timeliness.DUE_SOON),
        open=many(Timeliness.OPEN),
        no_due=many(Timeliness.NO_DUE, is_open=True),
        late=many(Timeliness.LATE),
        on_time=many(Timeliness.ON_TIME),
        early=many(Timeliness.EARLY),
        undated=many(Timeliness.NO_DUE, is_open=False),
    )


def _figures(of: Figures) -> dict[str, int]:
    return {name: getattr(of, name) for name in Figures.__dataclass_fields__}


@settings(max_examples=15)
@given(st.dates(date(2024, 1, 1), date(2025, 2, 1)))
def test_the_rooms_come_to_what_their_tasks_come_to_one_by_one(busy: Desk, today: date) -> None:
    tasks = busy.tasks()
    for room in _rooms(busy, today):
        led = [task for task in tasks if (task.room_id or "") == room.room_id]
        assert _figures(room) == _figures(_counted(led, today))
    whole = totals.summed(_rooms(busy, today), "Cộng")
    assert _figures(whole) == _figures(_counted(list(tasks), today))


def test_states_and_standings_each_add_up_to_all_tasks(busy: Desk) -> None:
    for each in _rooms(busy):
        assert each.done + each.in_progress + each.not_started + each.dropped == each.tasks
        standing = each.overdue + each.due_soon + each.open + each.no_due
        assert standing == each.in_progress + each.not_started
        assert each.late + each.on_time + each.early + each.undated == each.done


def test_rooms_stand_in_vietnamese_order_and_unknown_ones_last(busy: Desk) -> None:
    assert [room.name for room in _rooms(busy)] == ["Phòng Một", "Văn phòng", "Chưa rõ phòng, đơn vị"]


def test_one_plan_is_summed_up_by_itself(busy: Desk) -> None:
    plan = keeping.list_plans(busy.world.database, busy.officer, busy.department_id, YEAR)[0]
    tasks = list(busy.tasks(plan_id=plan.id))
    assert sum(room.tasks for room in _rooms(busy, plan_id=plan.id)) == len(tasks) == plan.tasks
    with busy.world.database.read() as connection:
        figures = totals.plan_figures(connection, plan.id, TODAY)
    assert isinstance(figures, PlanFigures)
    assert _figures(figures) == _figures(_counted(tasks, TODAY))
    assert figures.total == plan.tasks


def test_a_plan_that_is_none_or_taken_out_comes_to_nothing(desk: Desk) -> None:
    row_id = desk.take()
    keeping.end_plan(desk.world.database, desk.officer, row_id)
    with desk.world.database.read() as connection:
        assert totals.plan_figures(connection, row_id, TODAY) == PlanFigures()
        assert totals.plan_figures(connection, "", TODAY) == PlanFigures()


@pytest.mark.parametrize(("assigning", "bodies"), [("", 4), ("ubnd tỉnh", 2), ("Chủ tịch", 1), ("Bộ Nội Vụ", 1)])
def test_assigned_work_is_summed_up_by_who_assigns_it(busy: Desk, assigning: str, bodies: int) -> None:
    with busy.world.database.read() as connection:
        figures = totals.assigned_figures(connection, busy.department_id, YEAR, TODAY, assigning)
    wanted = ("UBND tỉnh", "Chủ tịch UBND tỉnh", "Bộ Nội vụ", "")
    names = {4: wanted, 2: wanted[:2], 1: wanted[1:2] if assigning == "Chủ tịch" else wanted[2:3]}[bodies]
    tasks = [task for task in busy.tasks(kind=TaskKind.ASSIGNED) if task.assigning_body in names]
    assert isinstance(figures, AssignedFigures)
    assert _figures(figures) == _figures(_counted(tasks, TODAY))


def test_work_that_was_late_overdue_or_dropped_is_late_or_not_done(desk: Desk) -> None:
    database = desk.world.database
    reports: tuple[tuple[TaskState, date | None], ...] = (
        (TaskState.DONE, date(2024, 5, 2)),
        (TaskState.DONE, date(2024, 5, 1)),
        (TaskState.DONE, date(2024, 4, 1)),
        (TaskState.IN_PROGRESS, None),
        (TaskState.DROPPED, None),
    )
    for state, day in reports:
        work = Assigned("Việc", due=date(2024, 5, 1), assigning_body="UBND tỉnh")
        task_id = keeping.add_assigned(database, desk.officer, desk.department_id, YEAR, work)
        (part,) = keeping.task_for(database, desk.officer, task_id).occurrences
        reason = "thôi" if state is TaskState.DROPPED else ""
        keeping.report(
            database, desk.officer, part.id, state=state, done_on=day, reason=reason, expected_version=1, today=TODAY
        )
    keeping.add_assigned(database, desk.officer, desk.department_id, YEAR, Assigned("Chưa tới hạn", date(2024, 12, 1)))
    with database.read() as connection:
        figures = totals.assigned_figures(connection, desk.department_id, YEAR, TODAY)
    assert (figures.total, figures.early, figures.on_time, figures.late, figures.overdue) == (6, 1, 1, 1, 1)
    assert (figures.dropped, figures.late_or_not_done) == (1, 3)


def test_percents_are_of_all_tasks_and_rounded_half_up() -> None:
    room = RoomTotals(tasks=8, done=3, early=1, on_time=1, late=1, overdue=2, not_started=5)
    assert (room.completion_percent, room.early_percent, room.on_time_percent) == (
        Decimal("37.50"),
        Decimal("12.50"),
        Decimal("25.00"),
    )
    assert (room.late_percent, room.overdue_percent) == (Decimal("12.50"), Decimal("25.00"))
    assert RoomTotals(tasks=3, done=2).completion_percent == Decimal("66.67")


def test_no_tasks_have_no_percents(desk: Desk) -> None:
    assert _rooms(desk) == ()
    nothing = totals.summed((), "Cộng")
    assert (nothing.tasks, nothing.completion_percent, nothing.early_percent, nothing.late_percent) == (
        0,
        None,
        None,
        None,
    )


def test_who_does_not_see_tasks_sees_no_totals(busy: Desk) -> None:
    user = busy.world.people[Role.APPRAISER]
    with pytest.raises(NotAllowedInOffice):
        totals.room_totals(busy.world.database, user, busy.department_id, YEAR, TODAY)
