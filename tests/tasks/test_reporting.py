"""Reporting on tasks: who may, what must be said, what is kept, and who saved meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from cchc_core.errors import BadText, NotAllowed, NotAllowedInOffice, NotFound, StaleText
from cchc_core.permissions import Role
from cchc_core.store.users import User
from cchc_core.tasks import keeping
from cchc_core.tasks.life import TaskState, Timeliness
from cchc_core.tasks.model import Occurrence
from tests.tasks.desk import TODAY, Desk


def _report(desk: Desk, occurrence: Occurrence, state: TaskState, user: User | None = None, **said: object) -> int:
    asked: dict[str, object] = {"expected_version": occurrence.version, "today": TODAY, **said}
    return keeping.report(desk.world.database, user or desk.officer, occurrence.id, state=state, **asked)  # type: ignore[arg-type]


def _part(desk: Desk, code: str = "1", place: int = 0) -> Occurrence:
    return desk.by_code()[code].occurrences[place]


@pytest.fixture(autouse=True)
def plan(desk: Desk) -> str:
    return desk.take()


def test_what_is_done_says_when_and_by_which_document(desk: Desk) -> None:
    version = _report(
        desk,
        _part(desk),
        TaskState.DONE,
        done_on=date(2024, 3, 28),
        result_number=" 12/KH-SXD ",
        result_date=date(2024, 3, 27),
        result_abstract="Kế hoạch\nCCHC",
    )
    task = desk.by_code()["1"]
    (part,) = task.occurrences
    assert (part.version, part.changed_by_name) == (version, desk.officer.name)
    assert (part.state, part.done_on, part.timeliness(TODAY)) == (TaskState.DONE, date(2024, 3, 28), Timeliness.EARLY)
    assert (part.result_number, part.result_date, part.result_abstract) == (
        "12/KH-SXD",
        date(2024, 3, 27),
        "Kế hoạch CCHC",
    )
    assert (task.state, task.timeliness(TODAY), task.done_on) == (TaskState.DONE, Timeliness.EARLY, part.done_on)
    assert desk.is_whole()


def test_each_time_of_a_recurring_task_has_its_own_state(desk: Desk) -> None:
    _report(desk, _part(desk, "2"), TaskState.DONE, done_on=date(2024, 4, 2))
    task = desk.by_code()["2"]
    assert [part.state for part in task.occurrences] == [TaskState.DONE] + [TaskState.NOT_STARTED] * 3
    assert [part.timeliness(TODAY) for part in task.occurrences] == [
        Timeliness.LATE,
        Timeliness.OPEN,
        Timeliness.OPEN,
        Timeliness.OPEN,
    ]
    assert (task.state, task.next_due, task.done_on) == (TaskState.IN_PROGRESS, date(2024, 6, 30), None)


def test_what_is_reported_can_be_found_by_its_document(desk: Desk) -> None:
    _report(desk, _part(desk), TaskState.DONE, done_on=TODAY, result_number="345/QĐ-SXD")
    assert [task.code for task in desk.tasks(text="345/qd-sxd")] == ["1"]


def test_done_needs_a_day(desk: Desk) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match="chưa ghi ngày hoàn thành"):
        _report(desk, _part(desk), TaskState.DONE)
    assert desk.stored() == before


def test_nothing_is_done_on_a_day_to_come(desk: Desk) -> None:
    with pytest.raises(BadText, match="16/06/2024 ở sau hôm nay"):
        _report(desk, _part(desk), TaskState.DONE, done_on=date(2024, 6, 16))
    with pytest.raises(BadText, match="ngày văn bản kết quả"):
        _report(desk, _part(desk), TaskState.IN_PROGRESS, result_date=date(2024, 6, 16))
    with pytest.raises(BadText, match="năm 1924"):
        _report(desk, _part(desk), TaskState.DONE, done_on=date(1924, 6, 16))
    _report(desk, _part(desk), TaskState.DONE, done_on=TODAY)


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_what_is_dropped_needs_a_reason(desk: Desk, reason: str) -> None:
    with pytest.raises(BadText, match="lý do không thực hiện"):
        _report(desk, _part(desk), TaskState.DROPPED, reason=reason)


def test_the_reason_and_the_day_go_with_the_states_that_they_belong_to(desk: Desk) -> None:
    _report(desk, _part(desk), TaskState.DROPPED, reason="Không phát sinh")
    dropped = _part(desk)
    assert (dropped.state, dropped.reason, dropped.done_on) == (TaskState.DROPPED, "Không phát sinh", None)
    _report(desk, dropped, TaskState.DONE, done_on=TODAY, reason="Không phát sinh")
    done = _part(desk)
    assert (done.state, done.reason, done.done_on) == (TaskState.DONE, "", TODAY)
    _report(desk, done, TaskState.IN_PROGRESS, done_on=TODAY)
    assert (_part(desk).state, _part(desk).done_on) == (TaskState.IN_PROGRESS, None)


@pytest.mark.parametrize(
    ("state", "said", "words"),
    [
        (TaskState.NOT_STARTED, {"done_on": TODAY}, "chọn «Hoàn thành», hoặc xoá ngày hoàn thành"),
        (TaskState.DROPPED, {"done_on": TODAY, "reason": "Không phát sinh"}, "chọn «Hoàn thành»"),
        (TaskState.IN_PROGRESS, {"reason": "Chưa có kinh phí"}, "chọn «Không thực hiện», hoặc xoá lý do"),
        (TaskState.DONE, {"done_on": TODAY, "reason": "Chưa có kinh phí"}, "chọn «Không thực hiện»"),
    ],
)
def test_a_day_or_a_reason_that_is_typed_beside_another_state_is_not_dropped_silently(
    desk: Desk, state: TaskState, said: dict[str, object], words: str
) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match=words):
        _report(desk, _part(desk), state, None, **said)
    assert desk.stored() == before


@pytest.mark.parametrize(
    ("name", "text"),
    [("result_number", "x" * 101), ("result_abstract", "x" * 2_001), ("reason", "x" * 2_001)],
)
def test_a_text_that_is_too_long_is_refused(desk: Desk, name: str, text: str) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match="ký tự"):
        _report(desk, _part(desk), TaskState.DROPPED, **{"reason": "lý do", name: text})  # type: ignore[arg-type]
    assert desk.stored() == before


def test_reporting_the_same_again_changes_nothing(desk: Desk) -> None:
    part = _part(desk)
    _report(desk, part, TaskState.DONE, done_on=TODAY)
    before = desk.stored()
    assert _report(desk, part, TaskState.DONE, done_on=TODAY) == 2
    assert desk.stored() == before


def test_what_somebody_else_reported_meanwhile_is_not_overwritten(desk: Desk) -> None:
    part = _part(desk)
    _report(desk, part, TaskState.DONE, user=desk.room, done_on=date(2024, 4, 2), result_number="7/KH")
    before = desk.stored()
    with pytest.raises(StaleText, match=r"hoàn thành, ngày 02/04/2024, văn bản 7/KH, hạn 31/03/2024") as refused:
        _report(desk, part, TaskState.IN_PROGRESS)
    assert desk.room.name in str(refused.value)
    assert desk.stored() == before
    _report(desk, part, TaskState.IN_PROGRESS, expected_version=refused.value.version)
    assert _part(desk).state is TaskState.IN_PROGRESS


def test_of_many_who_report_at_once_one_is_kept_and_the_others_are_told(desk: Desk) -> None:
    part = _part(desk)

    def attempt(number: int) -> bool:
        try:
            _report(desk, part, TaskState.DONE, done_on=TODAY, result_number=f"{number}/BC")
        except StaleText:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(attempt, range(16)))
    assert kept.count(True) == 1
    assert (_part(desk).version, _part(desk).result_number) == (2, f"{kept.index(True)}/BC")
    assert desk.is_whole()


def test_a_room_reports_on_what_it_leads_and_on_nothing_else(desk: Desk) -> None:
    assert _report(desk, _part(desk, "1"), TaskState.IN_PROGRESS, user=desk.room) == 2
    before = desk.stored()
    for code in ("2", "3"):
        with pytest.raises(NotAllowedInOffice, match="của phòng, đơn vị khác"):
            _report(desk, _part(desk, code), TaskState.IN_PROGRESS, user=desk.room)
        with pytest.raises(NotAllowedInOffice):
            keeping.add_note(desk.world.database, desk.room, desk.by_code()[code].id, "Ghi chú")
    assert desk.stored() == before
    other = desk.person(Role.ROOM, desk.unit("Phòng Một").id)
    assert _report(desk, _part(desk, "2"), TaskState.IN_PROGRESS, user=other) == 2


def test_a_room_that_stands_nowhere_does_not_get_the_tasks_that_nobody_leads(desk: Desk) -> None:
    nowhere = desk.person(Role.ROOM, None)
    with pytest.raises(NotAllowedInOffice):
        _report(desk, _part(desk, "3"), TaskState.IN_PROGRESS, user=nowhere)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.APPRAISER])
def test_who_only_looks_does_not_report(desk: Desk, role: Role) -> None:
    before = desk.stored()
    with pytest.raises(NotAllowed):
        _report(desk, _part(desk), TaskState.IN_PROGRESS, user=desk.world.people[role])
    with pytest.raises(NotAllowed):
        keeping.add_note(desk.world.database, desk.world.people[role], desk.by_code()["1"].id, "Ghi chú")
    assert desk.stored() == before


def test_who_may_report_is_told_beforehand(desk: Desk) -> None:
    database, tasks = desk.world.database, desk.by_code()
    people = desk.world.people
    assert [keeping.may_report(database, desk.room, tasks[code]) for code in "123"] == [True, False, False]
    assert all(keeping.may_report(database, desk.officer, task) for task in tasks.values())
    assert not any(keeping.may_report(database, people[role], tasks["1"]) for role in (Role.LEADER, Role.ADMIN))
    assert not keeping.may_report(database, desk.other_officer(), tasks["1"])


@pytest.mark.parametrize("key", ["", "khongco", "../x", "a" * 300, "'; DROP TABLE tasks"])
def test_what_does_not_exist_is_not_found(desk: Desk, key: str) -> None:
    database = desk.world.database
    with pytest.raises(NotFound):
        keeping.report(database, desk.officer, key, state=TaskState.IN_PROGRESS, expected_version=1)
    with pytest.raises(NotFound):
        keeping.task_for(database, desk.officer, key)
    with pytest.raises(NotFound):
        keeping.notes_of(database, desk.officer, key)


def test_notes_are_read_newest_first_with_who_wrote_them(desk: Desk) -> None:
    database, task = desk.world.database, desk.by_code()["1"]
    keeping.add_note(database, desk.room, task.id, "Đã lấy ý kiến.\r\nChờ ký.")
    keeping.add_note(database, desk.officer, task.id, "  Đã nhắc.  ")
    notes = keeping.notes_of(database, desk.world.people[Role.LEADER], task.id)
    assert [(note.text, note.by_name) for note in notes] == [
        ("Đã nhắc.", desk.officer.name),
        ("Đã lấy ý kiến.\nChờ ký.", desk.room.name),
    ]
    assert desk.is_whole()


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4_001])
def test_an_empty_note_and_one_that_is_too_long_are_refused(desk: Desk, text: str) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match="nội dung ghi chú"):
        keeping.add_note(desk.world.database, desk.officer, desk.by_code()["1"].id, text)
    assert desk.stored() == before


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ROOM, Role.LEADER, Role.ADMIN])
def test_everybody_of_the_office_sees_every_task(desk: Desk, role: Role) -> None:
    task = desk.by_code()["3"]
    assert keeping.task_for(desk.world.database, desk.world.people[role], task.id) == task


def test_an_appraiser_and_another_department_see_no_task(desk: Desk) -> None:
    task = desk.by_code()["3"]
    for user in (desk.world.people[Role.APPRAISER], desk.other_officer()):
        with pytest.raises(NotAllowedInOffice):
            keeping.task_for(desk.world.database, user, task.id)
        with pytest.raises(NotAllowedInOffice):
            keeping.notes_of(desk.world.database, user, task.id)
