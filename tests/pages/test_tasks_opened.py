"""An opened task: what is reported, corrected and added is stored, and what is refused stays as it was typed."""

from datetime import date, timedelta

import pytest

from cchc_core.permissions import Role
from cchc_core.store import units
from cchc_core.store.units import UnitKind
from cchc_core.tasks.draft import TaskDraft
from cchc_core.tasks.keeping import Assigned, add_assigned, change_task, notes_of, report
from cchc_core.tasks.life import TaskState, Timeliness
from cchc_core.tasks.model import Task, TaskKind
from tests.pages.screen import Office, Screen, as_read
from tests.pages.task_desk import (
    ROOM,
    YEAR,
    again,
    day,
    department,
    field,
    listed,
    open_page,
    plan,
    put,
    tasks_of,
    three_tasks,
    today,
)


def _open(office: Office, role: Role = Role.OFFICER, place: int = 0) -> tuple[Task, Screen, str]:
    task = three_tasks(office)[place]
    return task, open_page(office, role, nv=task.id), f"report|{task.occurrences[0].id}"


def _save(task: Task) -> str:
    return f"save report {task.occurrences[0].id}"


def test_a_task_is_reported_done_with_its_result_and_stands_so_in_its_line(office: Office) -> None:
    task, screen, form = _open(office)
    put(
        screen,
        form,
        _save(task),
        state="done",
        done_on=day(-12),
        number="12/KH-VP",
        date=day(-12),
        abstract="Kế hoạch rà soát",
    )
    assert screen.errors() == ""
    assert "Đã lưu tiến độ." in screen.texts()
    (stored,) = again(office, task).occurrences
    assert (stored.state, stored.done_on) == (TaskState.DONE, today() - timedelta(days=12))
    assert (stored.result_number, stored.result_abstract) == ("12/KH-VP", "Kế hoạch rà soát")
    assert "Hoàn thành sớm hạn" in screen.texts()
    assert {card.label: card.value for card in screen.at.metric}["Hoàn thành"] == "1"


def test_one_click_reports_a_task_done_today(office: Office) -> None:
    task, screen, _ = _open(office)
    screen.press(f"done today {task.occurrences[0].id}")
    (stored,) = again(office, task).occurrences
    assert (stored.state, stored.done_on, stored.timeliness(today())) == (TaskState.DONE, today(), Timeliness.LATE)
    assert not screen.has_button(f"done today {task.occurrences[0].id}")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "done"}, "chưa ghi ngày hoàn thành"),
        ({"state": "done", "done_on": "31/2/2026"}, "tháng 2 năm 2026 không có ngày 31"),
        ({"state": "done", "done_on": day(2)}, "ở sau hôm nay"),
        ({"state": "dropped"}, "chưa ghi lý do không thực hiện"),
        ({"state": "not_started", "done_on": "05/01/2024"}, "đã ghi ngày hoàn thành nhưng trạng thái là"),
        ({"state": "in_progress", "date": "hôm qua"}, "không phải là một ngày"),
    ],
)
def test_a_report_that_is_refused_says_why_and_everything_typed_stays(
    office: Office, fields: dict[str, str], said: str
) -> None:
    task, screen, form = _open(office)
    put(screen, form, _save(task), abstract="Đã gõ dài", **fields)
    assert "**CHƯA LƯU.**" in screen.errors()
    assert said in screen.errors()
    typed = {"abstract": "Đã gõ dài", **fields}
    assert {name: field(screen, form, name).value for name in typed} == typed
    assert again(office, task) == task


def test_a_report_that_somebody_else_saved_meanwhile_is_shown_and_ones_own_kept_until_one_decides(
    office: Office,
) -> None:
    task, screen, form = _open(office)
    (occurrence,) = task.occurrences
    report(
        office.database,
        office.person(Role.ROOM),
        occurrence.id,
        state=TaskState.IN_PROGRESS,
        result_number="của phòng",
        expected_version=1,
    )
    put(screen, form, _save(task), state="in_progress", number="của đầu mối")
    assert "đã lưu nội dung khác" in screen.errors()
    assert "văn bản của phòng" in screen.errors()
    assert field(screen, form, "number").value == "của đầu mối"
    screen.press(f"{form}|over")
    assert again(office, task).occurrences[0].result_number == "của đầu mối"
    assert screen.errors() == ""


def test_ones_own_report_can_be_given_up_for_the_stored_one(office: Office) -> None:
    task, screen, form = _open(office)
    put(screen, form, _save(task), state="done", done_on="sai")
    screen.press(f"{form}|stored")
    assert screen.errors() == ""
    assert (field(screen, form, "state").value, field(screen, form, "done_on").value) == ("not_started", "")


def test_a_room_reports_on_what_it_leads_and_on_nothing_else(office: Office) -> None:
    own, other, _ = three_tasks(office)
    assert office.person(Role.ROOM).unit_id == own.room_id
    screen = open_page(office, Role.ROOM, nv=own.id)
    screen.press(f"done today {own.occurrences[0].id}")
    assert again(office, own).state is TaskState.DONE
    screen = open_page(office, Role.ROOM, nv=other.id)
    assert not screen.has_button(f"save report {other.occurrences[0].id}")
    assert "Nhiệm vụ này chưa ghi phòng, đơn vị chủ trì" in screen.texts()
    officer = office.person(Role.OFFICER)
    with office.database.write() as connection:
        (room,) = units.add(connection, [("Phòng Lạ", UnitKind.ROOM, department(office))], officer.actor)
    change_task(office.database, officer, other.id, {"room_id": room.id}, expected_version=1)
    screen = open_page(office, Role.ROOM, nv=other.id)
    assert not screen.has_button(f"save report {other.occurrences[0].id}")
    assert "Nhiệm vụ này do Phòng Lạ chủ trì nên bạn chỉ xem được" in screen.texts()


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.ROOM])
def test_who_may_not_plan_finds_no_way_to_change_a_task(office: Office, role: Role) -> None:
    task = three_tasks(office)[0]
    screen = open_page(office, role, nv=task.id)
    assert "I Thể chế" in as_read(screen.texts())
    for key in (f"save task {task.id}", f"save due {task.occurrences[0].id}", f"end task {task.id}"):
        assert not screen.has_button(key)


def test_a_due_day_is_corrected_and_the_print_stays_beside_it(office: Office) -> None:
    task, screen, _ = _open(office, place=2)
    form, button = f"due|{task.occurrences[0].id}", f"save due {task.occurrences[0].id}"
    put(screen, form, button, due="40/1/2026")
    assert "không có ngày 40" in screen.errors()
    put(screen, form, button, due="15/12/2026")
    (stored,) = again(office, task).occurrences
    assert (stored.due, stored.is_corrected, stored.time_text) == (date(2026, 12, 15), True, "Theo quy định")
    assert "hạn đã sửa tay" in screen.texts()


def test_a_day_that_was_given_where_nothing_is_printed_is_not_called_corrected(office: Office) -> None:
    work = Assigned("Báo cáo", due=today())
    task_id = add_assigned(office.database, office.person(Role.OFFICER), department(office), YEAR, work)
    texts = as_read(open_page(office, nv=task_id).texts())
    assert f"Hạn {today():%d/%m/%Y}." in texts
    assert "hạn đã sửa tay" not in texts


def test_a_term_that_runs_from_an_event_is_counted_from_its_day(office: Office) -> None:
    plan(office, TaskDraft("1", "Trả lời", time_text="Trong vòng 30 ngày kể từ ngày nhận"), year=2025)
    (task,) = tasks_of(office, 2025)
    (occurrence,) = task.occurrences
    screen = open_page(office, year=2025, nv=task.id)
    put(screen, f"event|{occurrence.id}", f"count due {occurrence.id}", event="")
    assert "Ngày phát sinh việc: chưa ghi ngày" in screen.errors()
    put(screen, f"event|{occurrence.id}", f"count due {occurrence.id}", event="01/10/2025")
    assert screen.errors() == ""
    assert again(office, task).occurrences[0].due == date(2025, 10, 31)


def test_of_many_occurrences_the_next_one_is_offered_and_another_can_be_chosen(office: Office) -> None:
    plan(office, TaskDraft("1", "Báo cáo", time_text="hàng tháng"))
    (task,) = tasks_of(office)
    first, second, *_ = task.occurrences
    assert len(task.occurrences) == 12
    screen = open_page(office, nv=task.id)
    assert screen.has_button(f"save report {first.id}")
    screen.press(f"done today {first.id}")
    box = next(box for box in screen.at.selectbox if box.key == f"occurrence of {task.id}")
    assert box.label.startswith("Lần thực hiện (đã xong 1/12")
    box.set_value(second.id)
    assert screen.run().has_button(f"save report {second.id}")


def test_a_task_is_changed_and_gets_a_room_and_a_further_product(office: Office) -> None:
    task, screen, _ = _open(office, place=1)
    room = _own_room(office)
    put(screen, f"task|{task.id}", f"save task {task.id}", title="Báo cáo năm", room_id=room, person="Bà Hà")
    put(screen, f"more|{task.id}", f"add occurrence {task.id}", product="Phụ lục số liệu", due="20/12/2026")
    stored = again(office, task)
    assert (stored.title, stored.room_id, stored.person) == ("Báo cáo năm", room, "Bà Hà")
    assert [each.product for each in stored.occurrences] == ["", "Phụ lục số liệu"]
    screen.press(f"end occurrence {stored.occurrences[1].id}")
    assert len(again(office, task).occurrences) == 1


def _own_room(office: Office) -> str:
    room = office.person(Role.ROOM).unit_id
    assert room is not None
    return room


def test_a_task_is_taken_out_of_the_list(office: Office) -> None:
    task, screen, _ = _open(office)
    screen.press(f"end task {task.id}")
    assert task.id not in [each.id for each in tasks_of(office)]
    assert task.id not in listed(open_page(office))


def test_notes_are_added_and_shown_with_their_writer(office: Office) -> None:
    task, screen, _ = _open(office)
    put(screen, f"note|{task.id}", f"add note {task.id}", note="Đã gửi dự thảo")
    assert "Đã gửi dự thảo" in screen.texts()
    assert field(screen, f"note|{task.id}", "note").value == ""
    put(screen, f"note|{task.id}", f"add note {task.id}", note="  ")
    assert "chưa ghi nội dung ghi chú" in screen.errors()
    (note,) = notes_of(office.database, office.person(Role.OFFICER), task.id)
    assert note.by_name == office.person(Role.OFFICER).name


def test_work_that_was_assigned_is_added_and_a_wrong_day_loses_nothing(office: Office) -> None:
    screen = open_page(office)
    form = next(str(box.key) for box in screen.at.text_area if box.label == "Nội dung nhiệm vụ được giao")
    form = form.removesuffix("|title")
    fields = {
        "title": "Báo cáo hồ sơ trực tuyến",
        "due": "31/11/2026",
        "assigning_body": "UBND tỉnh",
        "assigning_number": "12/UBND",
        "assigning_date": "02/11/2026",
    }
    put(screen, form, "add assigned", **fields)
    assert "tháng 11 năm 2026 không có ngày 31" in screen.errors()
    assert {name: field(screen, form, name).value for name in fields} == fields
    put(screen, form, "add assigned", due="30/11/2026")
    (task,) = tasks_of(office)
    assert (task.kind, task.assigning_body, task.next_due) == (TaskKind.ASSIGNED, "UBND tỉnh", date(2026, 11, 30))
    assert "Được giao" in screen.texts()


def test_a_task_says_what_the_print_leaves_in_doubt(office: Office) -> None:
    plan(office, TaskDraft("1", "Việc", lead_text=ROOM, uncertain=("time", "lead"), print_note="Ô gộp hai dòng"))
    (task,) = tasks_of(office)
    shown = open_page(office, nv=task.id).texts()
    assert "Bản in không cho biết chắc: thời gian, chủ trì." in shown
    assert "Ô gộp hai dòng" in shown
