"""A remedy of a lost criterion is a task: one text, one day, one state, wherever one looks."""

from datetime import date

import pytest

from cchc_core.board import read_board
from cchc_core.errors import BadText, NotFound
from cchc_core.permissions import Role
from cchc_core.planning import save_remedy
from cchc_core.reaching import year_line
from cchc_core.scoring import change_number
from cchc_core.store import remedies
from cchc_core.store.remedies import Remedy
from cchc_core.store.users import User
from cchc_core.tasks import keeping
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import Task, TaskKind
from tests.running_year import assessment_of
from tests.tasks.desk import TODAY, YEAR, Desk

DUE = date(2024, 6, 1)


def _mend(
    desk: Desk, text: str, version: int = 0, code: str = "1.1", responsible: str = "", due: date | None = DUE
) -> None:
    save_remedy(
        desk.world.database,
        desk.officer,
        assessment_id=desk.world.assessment_id,
        code=code,
        action_text=text,
        responsible=responsible,
        due=due,
        expected_version=version,
    )


def _tasks(desk: Desk) -> tuple[Task, ...]:
    return desk.tasks(kind=TaskKind.REMEDY)


def _remedy(desk: Desk, code: str = "1.1") -> Remedy:
    with desk.world.database.read() as connection:
        return remedies.of_year(connection, year_line(assessment_of(desk.world)))[code]


def _drop(desk: Desk, task: Task, user: User | None = None) -> None:
    keeping.report(
        desk.world.database,
        user or desk.officer,
        task.occurrences[0].id,
        state=TaskState.DROPPED,
        reason="Không còn cần",
        expected_version=task.occurrences[0].version,
    )


def test_a_remedy_is_a_task_of_the_room_that_it_names(desk: Desk) -> None:
    _mend(desk, "Bổ sung báo cáo quý", responsible="Phòng Một (ông An)")
    (task,) = _tasks(desk)
    assert (task.title, task.person, task.room_name) == ("Bổ sung báo cáo quý", "Phòng Một (ông An)", "Phòng Một")
    assert (task.year, task.remedy_rubric_id, task.remedy_code) == (YEAR, "mau-2024", "1.1")
    assert task.remedy_unit_id == desk.department_id
    assert [(each.due, each.state) for each in task.occurrences] == [(DUE, TaskState.NOT_STARTED)]
    assert [found.id for found in desk.tasks(text="bao cao quy ong an")] == [task.id]
    assert desk.is_whole()


def test_a_changed_remedy_is_the_same_task_with_its_state_kept(desk: Desk) -> None:
    _mend(desk, "Bổ sung báo cáo", responsible="Phòng Một")
    (task,) = _tasks(desk)
    desk.done(task.occurrences[0], date(2024, 5, 30))
    _mend(desk, "Bổ sung hai báo cáo", 1, responsible="Văn phòng", due=date(2024, 5, 20))
    (again,) = _tasks(desk)
    assert (again.id, again.title, again.room_name) == (task.id, "Bổ sung hai báo cáo", "Văn phòng")
    assert (again.state, again.next_due, again.occurrences[0].due) == (TaskState.DONE, None, date(2024, 5, 20))
    assert desk.is_whole()


def test_a_remedy_without_a_day_is_a_task_without_one(desk: Desk) -> None:
    _mend(desk, "Bổ sung", due=None)
    assert [each.due for each in _tasks(desk)[0].occurrences] == [None]
    _mend(desk, "Bổ sung", 1)
    assert [each.due for each in _tasks(desk)[0].occurrences] == [DUE]


def test_a_room_set_by_hand_stays_while_the_remedy_names_the_same_people(desk: Desk) -> None:
    _mend(desk, "Bổ sung", responsible="Ông An")
    (task,) = _tasks(desk)
    assert task.room_id is None
    changes = {"room_id": desk.unit("Văn phòng").id}
    keeping.change_task(desk.world.database, desk.officer, task.id, changes, expected_version=1)
    _mend(desk, "Bổ sung ngay", 1, responsible="Ông An")
    assert _tasks(desk)[0].room_name == "Văn phòng"
    _mend(desk, "Bổ sung ngay", 2, responsible="Bà Bình")
    assert _tasks(desk)[0].room_id is None


def test_a_remedy_taken_out_ends_its_task_and_a_new_one_begins_anew(desk: Desk) -> None:
    _mend(desk, "Bổ sung")
    (task,) = _tasks(desk)
    desk.done(task.occurrences[0], DUE)
    _mend(desk, "", 1, due=None)
    assert _tasks(desk) == ()
    with pytest.raises(NotFound):
        desk.again(task)
    _mend(desk, "Làm lại")
    (new,) = _tasks(desk)
    assert (new.id != task.id, new.state) == (True, TaskState.NOT_STARTED)
    assert desk.is_whole()


def test_each_criterion_has_a_task_of_its_own(desk: Desk) -> None:
    _mend(desk, "Việc một")
    _mend(desk, "Việc hai", code="1.2")
    assert [(task.remedy_code, task.title, task.ordinal) for task in _tasks(desk)] == [
        ("1.1", "Việc một", 1),
        ("1.2", "Việc hai", 2),
    ]


def test_the_text_and_the_day_of_a_remedy_are_changed_with_its_criterion_alone(desk: Desk) -> None:
    _mend(desk, "Bổ sung", responsible="Phòng Một")
    (task,) = _tasks(desk)
    database, officer, part = desk.world.database, desk.officer, task.occurrences[0]
    before = desk.stored()
    for attempt in (
        lambda: keeping.change_task(database, officer, task.id, {"title": "Khác"}, expected_version=1),
        lambda: keeping.change_task(database, officer, task.id, {"person": "Khác"}, expected_version=1),
        lambda: keeping.end_task(database, officer, task.id, expected_version=1),
        lambda: keeping.correct_due(database, officer, part.id, TODAY, expected_version=1),
        lambda: keeping.correct_due_from_event(database, officer, part.id, TODAY, expected_version=1),
        lambda: keeping.end_occurrence(database, officer, part.id, expected_version=1),
        lambda: keeping.add_occurrence(database, officer, task.id, due=TODAY),
    ):
        with pytest.raises(BadText, match=r"1\.1 ở trang «Tiêu chí mất điểm»"):
            attempt()
    assert desk.stored() == before
    keeping.change_task(database, officer, task.id, {"note": "Đã giao", "title": "Bổ sung"}, expected_version=1)
    assert desk.again(task).note == "Đã giao"


def test_a_remedy_that_was_carried_out_or_dropped_is_late_no_more(desk: Desk) -> None:
    desk.world.save("1.1", {"level": 1})
    _mend(desk, "Bổ sung")
    database, assessment_id = desk.world.database, desk.world.assessment_id

    def is_due() -> bool:
        board = read_board(database, desk.officer, assessment_id, date(2024, 6, 2))
        return any("Việc khắc phục" in line.what for line in board.due)

    assert is_due()
    assert not _remedy(desk).is_settled
    number = change_number(database, assessment_id)
    (task,) = _tasks(desk)
    _drop(desk, task)
    assert _remedy(desk).is_settled
    assert change_number(database, assessment_id) > number
    assert not is_due()


def test_a_room_reports_on_the_remedy_that_it_leads(desk: Desk) -> None:
    _mend(desk, "Việc của phòng", responsible="Văn phòng")
    _drop(desk, _tasks(desk)[0], desk.world.people[Role.ROOM])
    assert _tasks(desk)[0].state is TaskState.DROPPED


def test_planning_a_remedy_that_is_refused_adds_no_task(desk: Desk) -> None:
    before = desk.stored()
    with pytest.raises(BadText):
        _mend(desk, "x" * 2_001)
    with pytest.raises(NotFound):
        _mend(desk, "Bổ sung", code="9.9")
    assert desk.stored() == before
