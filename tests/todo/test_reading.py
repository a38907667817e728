"""Việc cần làm: a room sees its own, the office everything, most points first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cchc_core import scoring
from cchc_core.errors import NotAllowed
from cchc_core.periods import periods_for
from cchc_core.permissions import Role, State
from cchc_core.rubric.model import Evidence, Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.task_links.stakes import DueGroup
from cchc_core.tasks.life import TaskState
from cchc_core.todo.reading import Todo, details, read_todo
from tests.offices import NAM_DINH
from tests.store.world import RUBRIC, period
from tests.task_links.desk import OFFICE_ROOM, ONE, OTHER_ROOM, TODAY, YEAR, Desk

_LATE = TODAY - timedelta(days=3)


def _todo(desk: Desk, role: Role = Role.OFFICER, assessment_id: str | None = None) -> Todo:
    return read_todo(desk.database, desk.person(role), desk.department_id, YEAR, TODAY, assessment_id=assessment_id)


def _titles(desk: Desk, todo: Todo, group: DueGroup) -> list[str]:
    return [each.task.title for each in details(desk.database, todo.stakes, todo.ranked[group])]


def test_what_most_points_hang_on_comes_first_then_the_nearest_day(desk: Desk) -> None:
    desk.task("Gần, không điểm", due=_LATE)
    desk.task("Xa hơn, không điểm", due=_LATE + timedelta(days=1))
    desk.link(desk.task("Một điểm", due=_LATE + timedelta(days=2)), "1.1")
    desk.link(desk.task("Hai điểm", due=_LATE + timedelta(days=2)), "1.2", "1.3")
    todo = _todo(desk)
    assert _titles(desk, todo, DueGroup.OVERDUE) == ["Hai điểm", "Một điểm", "Gần, không điểm", "Xa hơn, không điểm"]
    assert todo.points_of(todo.ranked[DueGroup.OVERDUE]) == 3 * ONE


def test_what_is_done_is_not_to_be_done(desk: Desk) -> None:
    desk.task("Xong", due=_LATE, state=TaskState.DONE)
    desk.task("Bỏ", due=_LATE, state=TaskState.DROPPED)
    assert all(not tasks for tasks in _todo(desk).ranked.values())


def test_a_task_tells_how_far_its_first_open_day_is_and_what_it_serves_in_printed_order(desk: Desk) -> None:
    desk.link(desk.task("Báo cáo quý", due=_LATE, product="Báo cáo quý II"), "1.4", "1.1")
    todo = _todo(desk)
    (only,) = details(desk.database, todo.stakes, todo.ranked[DueGroup.OVERDUE])
    assert (only.days, only.due, only.codes, only.points) == (-3, _LATE, ("1.1", "1.4"), 2 * ONE)
    assert only.occurrence.product == "Báo cáo quý II"


def test_a_task_that_ended_between_two_looks_is_left_out(desk: Desk) -> None:
    task = desk.task("Sắp xong", due=_LATE)
    todo = _todo(desk)
    with desk.database.write() as connection:
        connection.run("UPDATE occurrences SET state = 'done', done_on = :day WHERE task_id = :id", day=TODAY, id=task)
    assert details(desk.database, todo.stakes, todo.ranked[DueGroup.OVERDUE]) == ()


def test_a_room_sees_its_own_tasks_and_the_criteria_that_these_serve(desk: Desk) -> None:
    desk.link(desk.task("Của phòng", due=_LATE), "1.1")
    desk.link(desk.task("Đã xong của phòng", due=_LATE, state=TaskState.DONE), "1.2")
    desk.link(desk.task("Của phòng khác", room=OTHER_ROOM, due=_LATE), "1.3")
    todo = _todo(desk, Role.ROOM)
    assert todo.room_id == desk.rooms[OFFICE_ROOM]
    assert _titles(desk, todo, DueGroup.OVERDUE) == ["Của phòng"]
    assert [each.criterion.code for each in todo.unscored] == ["1.1", "1.2"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.ADMIN])
def test_the_office_sees_everything_of_the_department(desk: Desk, role: Role) -> None:
    for room in (OFFICE_ROOM, OTHER_ROOM, None):
        desk.task(str(room), room=room, due=_LATE)
    todo = _todo(desk, role)
    assert todo.room_id is None
    assert len(todo.ranked[DueGroup.OVERDUE]) == 3
    assert len(todo.unscored) == 9


def test_a_criterion_that_names_the_room_is_the_rooms(desk: Desk) -> None:
    rubric = read_rubric(NAM_DINH)
    codes = {leaf.code for leaf in rubric.leaves if leaf.responsible and "Văn phòng" in leaf.responsible}
    year = next(each for each in periods_for(rubric.id, rubric.year) if each.code == "year")
    named = [
        replace(leaf, responsible="VĂN PHÒNG SỞ; Thanh tra" if leaf.code in codes else None) for leaf in rubric.leaves
    ]
    changed = _with(rubric, {leaf.code: leaf.responsible for leaf in named})
    made = scoring.create_assessment(
        desk.database, desk.person(Role.ADMIN), unit_id=desk.department_id, rubric=changed, period=year
    )
    todo = _todo(desk, Role.ROOM, made.id)
    assert codes
    assert {each.criterion.code for each in todo.unscored} == codes


def _with(rubric: Rubric, responsible: dict[str, str | None]) -> Rubric:
    criteria = tuple(replace(each, responsible=responsible.get(each.code)) for each in rubric.criteria)
    return replace(rubric, criteria=criteria)


def test_what_is_scored_or_does_not_apply_or_is_for_others_is_not_among_the_unscored(desk: Desk) -> None:
    desk.save("1.1", {"level": 0})
    desk.save("1.5", {"not_applicable": "Không được giao"})
    codes = [each.criterion.code for each in _todo(desk).unscored]
    assert not {"1.1", "1.5", "1.8"} & set(codes)
    assert "1.2" in codes


def test_points_claimed_with_neither_document_nor_note_are_listed_with_the_points(desk: Desk) -> None:
    criteria = tuple(
        replace(each, evidence=(Evidence("Báo cáo năm"),)) if each.code in ("1.1", "1.2", "1.4") else each
        for each in RUBRIC.criteria
    )
    rubric = replace(RUBRIC, id="mau-2-2024", criteria=criteria, exclusions=())
    made = scoring.create_assessment(
        desk.database, desk.person(Role.ADMIN), unit_id=desk.department_id, rubric=rubric, period=period()
    )
    world = replace(desk, assessment_id=made.id)
    world.save("1.1", {"level": 0})
    world.save("1.2", {"level": 1})
    world.save("1.4", {"ticked": [0]})
    assert [(each.criterion.code, each.points) for each in _todo(desk, assessment_id=made.id).unproven] == [
        ("1.1", ONE),
        ("1.4", ONE / 2),
    ]
    world.note("1.1", "Báo cáo số 5/BC, trang 2", version=1)
    assert [each.criterion.code for each in _todo(desk, assessment_id=made.id).unproven] == ["1.4"]


def test_an_assessment_that_takes_no_answers_leaves_no_criteria_to_do(desk: Desk) -> None:
    assert _todo(desk).unscored
    desk.put_into(State.SUBMITTED)
    todo = _todo(desk)
    assert (todo.unscored, todo.unproven, todo.is_open) == ((), (), False)
    desk.put_into(State.DRAFT, is_locked=True)
    assert not _todo(desk).is_open


def test_with_nothing_due_and_nothing_open_there_is_nothing_to_do(desk: Desk) -> None:
    desk.put_into(State.SUBMITTED)
    assert _todo(desk).is_empty
    desk.task("Trong tháng", due=TODAY + timedelta(days=20))
    assert not _todo(desk).is_empty


def test_without_an_assessment_of_the_year_tasks_are_still_listed(desk: Desk) -> None:
    desk.task("Năm sau", year=2025, due=_LATE)
    todo = read_todo(desk.database, desk.officer, desk.department_id, 2025, TODAY)
    assert (len(todo.ranked[DueGroup.OVERDUE]), todo.rubric, todo.unscored) == (1, None, ())
    assert todo.points_of(todo.ranked[DueGroup.OVERDUE]) == ZERO


def test_an_appraiser_has_nothing_to_do_here(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        _todo(desk, Role.APPRAISER)
