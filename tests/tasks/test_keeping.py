"""Work assigned during the year; tasks that are changed and taken out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from cchc_core.errors import BadText, NotAllowedInOffice, NotFound, StaleText
from cchc_core.permissions import Role
from cchc_core.tasks import keeping
from cchc_core.tasks.keeping import Assigned
from cchc_core.tasks.life import TaskState, Timeliness
from cchc_core.tasks.model import Task, TaskKind
from tests.tasks.desk import TODAY, YEAR, Desk

WORK = Assigned(
    title="Báo cáo UBND tỉnh về giải ngân",
    due=date(2024, 6, 20),
    product="Báo cáo",
    person="Bà Bình",
    coordinating="Thanh tra",
    assigning_body="UBND tỉnh",
    assigning_number="123/UBND-TH",
    assigning_date=date(2024, 6, 1),
)


def _assign(desk: Desk, work: Assigned = WORK) -> Task:
    task_id = keeping.add_assigned(desk.world.database, desk.officer, desk.department_id, YEAR, work)
    return keeping.task_for(desk.world.database, desk.officer, task_id)


def _change(desk: Desk, task: Task, changes: Mapping[str, object]) -> int:
    return keeping.change_task(desk.world.database, desk.officer, task.id, changes, expected_version=task.version)


def test_assigned_work_bears_who_assigned_it_and_lives_as_a_planned_task_does(desk: Desk) -> None:
    task = _assign(desk, replace(WORK, room_id=desk.unit("Phòng Một").id))
    assert (task.kind, task.plan_id, task.room_name) == (TaskKind.ASSIGNED, None, "Phòng Một")
    assert (task.assigning_body, task.assigning_number, task.assigning_date) == (
        "UBND tỉnh",
        "123/UBND-TH",
        date(2024, 6, 1),
    )
    (part,) = task.occurrences
    assert (part.product, part.due, part.timeliness(TODAY)) == ("Báo cáo", date(2024, 6, 20), Timeliness.DUE_SOON)
    desk.done(part, date(2024, 6, 21))
    assert desk.again(task).timeliness(TODAY) is Timeliness.LATE
    assert desk.is_whole()


def test_assigned_work_is_numbered_in_the_order_it_came(desk: Desk) -> None:
    assert [_assign(desk).ordinal for _ in range(3)] == [1, 2, 3]


def test_a_deadline_in_words_is_read(desk: Desk) -> None:
    task = _assign(desk, Assigned("Việc hằng quý", time_text="Hàng quý"))
    assert [each.due for each in task.occurrences][:2] == [date(2024, 3, 31), date(2024, 6, 30)]
    assert task.time_text == "Hàng quý"
    (undated,) = _assign(desk, Assigned("Việc chưa có hạn")).occurrences
    assert (undated.due, undated.timeliness(TODAY)) == (None, Timeliness.NO_DUE)


@pytest.mark.parametrize(
    ("work", "problem"),
    [
        (Assigned(""), "chưa ghi nội dung nhiệm vụ"),
        (Assigned(" \n "), "chưa ghi nội dung nhiệm vụ"),
        (Assigned("x" * 2_001), "quá 2000 ký tự"),
        (replace(WORK, assigning_number="x" * 101), "số, ký hiệu văn bản giao"),
        (replace(WORK, due=date(1990, 1, 1)), "thời hạn thuộc năm 1990"),
        (replace(WORK, assigning_date=date(2990, 1, 1)), "ngày văn bản giao thuộc năm 2990"),
    ],
)
def test_bad_assigned_work_is_refused_and_nothing_is_stored(desk: Desk, work: Assigned, problem: str) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match=problem):
        _assign(desk, work)
    assert desk.stored() == before


def test_a_room_of_another_department_is_none_of_this_one(desk: Desk) -> None:
    desk.other_officer()
    before = desk.stored()
    for room_id in (desk.unit("Phòng Khác").id, desk.department_id, "khongco"):
        with pytest.raises(NotFound, match="phòng, đơn vị của sở"):
            _assign(desk, replace(WORK, room_id=room_id))
    assert desk.stored() == before


def test_a_task_is_changed_column_by_column(desk: Desk) -> None:
    task = _assign(desk)
    room = desk.unit("Văn phòng")
    version = _change(desk, task, {"title": " Việc  mới ", "room_id": room.id, "note": "một\nhai", "person": ""})
    changed = desk.again(task)
    assert (changed.version, changed.title, changed.room_name) == (version, "Việc mới", "Văn phòng")
    assert (changed.note, changed.person, changed.assigning_body) == ("một\nhai", "", "UBND tỉnh")
    assert [found.id for found in desk.tasks(text="viec moi")] == [task.id]
    assert desk.tasks(text="giai ngan") == ()
    _change(desk, changed, {"room_id": None, "assigning_date": None})
    assert (desk.again(task).room_id, desk.again(task).assigning_date) == (None, None)
    assert desk.is_whole()


def test_changing_nothing_changes_nothing(desk: Desk) -> None:
    task = _assign(desk)
    before = desk.stored()
    assert _change(desk, task, {"title": task.title, "room_id": ""}) == 1
    assert _change(desk, task, {}) == 1
    assert desk.stored() == before


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": " "}, "chưa ghi nội dung nhiệm vụ"),
        ({"person": "x" * 301}, "người thực hiện"),
        ({"how": "x" * 4_001}, "cách thức thực hiện"),
        ({"assigning_date": date(1066, 1, 1)}, "năm 1066"),
    ],
)
def test_a_bad_change_is_refused_as_a_whole(desk: Desk, changes: dict[str, object], problem: str) -> None:
    task = _assign(desk)
    before = desk.stored()
    with pytest.raises(BadText, match=problem):
        _change(desk, task, {"coordinating": "Phòng khác", **changes})
    assert desk.stored() == before


def test_columns_that_follow_from_elsewhere_are_not_changed_here(desk: Desk) -> None:
    task = _assign(desk)
    for name in ("time_text", "year", "kind", "department_id", "id", "version", "plan_id"):
        with pytest.raises(KeyError, match=name):
            _change(desk, task, {name: "x"})
    with pytest.raises(TypeError):
        _change(desk, task, {"assigning_date": "01/06/2024"})


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    task = _assign(desk)
    _change(desk, task, {"title": "Tên người khác đặt"})
    with pytest.raises(StaleText, match="Tên người khác đặt"):
        _change(desk, task, {"title": "Tên của tôi"})
    with pytest.raises(StaleText):
        keeping.end_task(desk.world.database, desk.officer, task.id, expected_version=task.version)
    assert desk.again(task).title == "Tên người khác đặt"


def test_a_task_taken_out_is_gone_from_everywhere(desk: Desk) -> None:
    desk.take()
    task = desk.by_code()["2"]
    desk.done(task.occurrences[0], TODAY)
    keeping.end_task(desk.world.database, desk.officer, task.id, expected_version=1)
    assert set(desk.by_code()) == {"1", "3", "4"}
    with pytest.raises(NotFound):
        desk.again(task)
    with pytest.raises(NotFound):
        _change(desk, task, {"title": "x"})
    (plan,) = keeping.list_plans(desk.world.database, desk.officer, desk.department_id)
    assert plan.tasks == 3
    assert desk.is_whole()


@pytest.mark.parametrize("role", [Role.ROOM, Role.LEADER, Role.ADMIN, Role.APPRAISER])
def test_only_the_officer_assigns_changes_and_takes_out(desk: Desk, role: Role) -> None:
    task, user, database = _assign(desk), desk.world.people[role], desk.world.database
    before = desk.stored()
    for attempt in (
        lambda: keeping.add_assigned(database, user, desk.department_id, YEAR, WORK),
        lambda: keeping.change_task(database, user, task.id, {"title": "x"}, expected_version=1),
        lambda: keeping.end_task(database, user, task.id, expected_version=1),
    ):
        with pytest.raises(NotAllowedInOffice):
            attempt()
    assert desk.stored() == before


def test_a_task_that_was_begun_is_not_begun_anew_by_a_change(desk: Desk) -> None:
    task = _assign(desk)
    desk.done(task.occurrences[0], TODAY)
    _change(desk, task, {"title": "Tên khác"})
    assert desk.again(task).state is TaskState.DONE
