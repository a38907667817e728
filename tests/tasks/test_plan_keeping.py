"""Plans taken over, imported, copied to another year and taken out: whole or not at all, and nothing of it begun."""

from dataclasses import replace
from datetime import date

import pytest

from cchc_core.errors import AlreadyThere, BadText, NotAllowedInOffice, NotFound
from cchc_core.permissions import Role
from cchc_core.plans.document import plan_to_json
from cchc_core.plans.files import read_plan
from cchc_core.plans.model import Product
from cchc_core.store import kept, log, plan_targets
from cchc_core.store.log import LogAction
from cchc_core.tasks import keeping
from cchc_core.tasks.draft import PlanDraft, TaskDraft
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import TaskKind
from tests.tasks.desk import SMALL, YEAR, Desk

COUNTS = {
    "namdinh-tnmt-2024": 121,
    "namdinh-sxd-2024": 43,
    "soctrang-tttt-2022": 45,
    "khanhhoa-snv-2024": 48,
}
OTHERS = (Role.ROOM, Role.LEADER, Role.APPRAISER, Role.ADMIN)


def _adopt(desk: Desk, plan_id: str, year: int | None = None) -> str:
    return keeping.adopt_plan(desk.world.database, desk.officer, desk.department_id, plan_id, year)


def _copy(desk: Desk, plan_row_id: str, year: int = YEAR + 1) -> str:
    return keeping.copy_plan(desk.world.database, desk.officer, plan_row_id, year)


@pytest.mark.parametrize("plan_id", COUNTS)
def test_a_shipped_plan_is_taken_over_with_all_its_tasks_days_and_doubts(desk: Desk, plan_id: str) -> None:
    plan = read_plan(plan_id)
    row_id = _adopt(desk, plan_id)
    stored = desk.tasks(plan.year, plan_id=row_id)
    assert [task.code for task in stored] == [task.code for task in plan.tasks]
    assert len(stored) == COUNTS[plan_id]
    shown = {task["code"]: {due["date"] for due in task["due"]} - {None} for task in plan_to_json(plan)["tasks"]}
    days = {task.code: {each.due.isoformat() for each in task.occurrences if each.due} for task in stored}
    assert days == shown
    for task, printed in zip(stored, plan.tasks, strict=True):
        as_stored = (task.title, task.lead_text, task.coordinating, task.time_text, task.funding, task.how, task.note)
        columns = (printed.lead, printed.coordinating, printed.time, printed.funding, printed.how, printed.note)
        assert as_stored == (printed.title, *(text or "" for text in columns))
        assert (task.uncertain, task.print_note) == (printed.uncertain, printed.print_note or "")
        assert (task.kind, task.state, task.plan_id) == (TaskKind.PLAN, TaskState.NOT_STARTED, row_id)
    assert desk.is_whole()


def test_a_plan_taken_over_is_listed_with_where_it_comes_from(desk: Desk) -> None:
    _adopt(desk, "namdinh-sxd-2024")
    _adopt(desk, "soctrang-tttt-2022")
    listed = keeping.list_plans(desk.world.database, desk.room, desk.department_id)
    assert [(plan.year, plan.origin, plan.tasks) for plan in listed] == [
        (2024, "namdinh-sxd-2024", 43),
        (2022, "soctrang-tttt-2022", 45),
    ]
    assert listed[0].changed_by_name == desk.officer.name
    assert keeping.list_plans(desk.world.database, desk.room, desk.department_id, 2022) == listed[1:]


def test_the_rooms_of_the_department_are_recognised_in_the_leads(desk: Desk) -> None:
    _adopt(desk, "namdinh-sxd-2024")
    stored = desk.tasks()
    office = desk.unit("Văn phòng")
    assert {task.lead_text for task in stored if task.room_id == office.id} == {
        "Văn phòng Sở",
        "Văn phòng Sở; Các đơn vị trực thuộc Sở",
    }
    assert {task.room_name for task in stored if task.room_id} == {"Văn phòng"}
    assert sum(task.room_id is None for task in stored) == 12


def test_a_plan_taken_over_brings_its_targets(desk: Desk) -> None:
    row_id = _adopt(desk, "namdinh-sxd-2024")
    with desk.world.database.read() as connection:
        assert len(plan_targets.rows_of_plan(connection, row_id)) == 19


def test_a_plan_is_not_taken_over_twice_for_one_year(desk: Desk) -> None:
    _adopt(desk, "namdinh-sxd-2024")
    before = desk.stored()
    with pytest.raises(AlreadyThere, match="kế hoạch năm 2024"):
        _adopt(desk, "namdinh-sxd-2024")
    assert desk.stored() == before
    _adopt(desk, "namdinh-sxd-2024", 2026)
    assert len(desk.tasks(2026)) == 43


def test_a_plan_taken_over_for_another_year_has_its_days_in_that_year(desk: Desk) -> None:
    _adopt(desk, "namdinh-sxd-2024", 2026)
    (listed,) = keeping.list_plans(desk.world.database, desk.officer, desk.department_id)
    assert (listed.year, listed.title) == (2026, "Kế hoạch cải cách hành chính Sở Xây dựng năm 2026")
    task = desk.by_code(2026)["9"]
    assert task.time_text == "Trước ngày 15/01/2026"
    assert [each.due for each in task.occurrences] == [date(2026, 1, 14)]
    assert task.title == "Xây dựng kế hoạch rà soát, đánh giá TTHC năm 2026"


@pytest.mark.parametrize("plan_id", ["khong-co", "../secrets", "", "x" * 500])
def test_an_unknown_plan_is_refused(desk: Desk, plan_id: str) -> None:
    with pytest.raises(NotFound, match="kế hoạch mẫu"):
        _adopt(desk, plan_id)


@pytest.mark.parametrize("year", [1999, 2101, 0, -5])
def test_a_year_that_nobody_plans_for_is_refused(desk: Desk, year: int) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match="2000 đến 2100"):
        _adopt(desk, "namdinh-sxd-2024", year)
    with pytest.raises(BadText, match="2000 đến 2100"):
        desk.take(replace(SMALL, year=year))
    assert desk.stored() == before


def test_an_imported_plan_is_stored_as_drafted(desk: Desk) -> None:
    row_id = desk.take()
    stored = desk.by_code(plan_id=row_id)
    assert [len(task.occurrences) for task in stored.values()] == [1, 4, 1, 1]
    assert [task.room_name for task in stored.values()] == ["Văn phòng", "Phòng Một", "", "Phòng Một"]
    assert (stored["3"].group_code, stored["3"].group_title) == ("II", "Thể chế")
    assert stored["4"].next_due == date(2024, 6, 19)
    assert [each.product for each in stored["2"].occurrences] == ["Báo cáo"] * 4
    assert desk.is_whole()


def test_a_plan_of_one_file_is_not_imported_twice(desk: Desk) -> None:
    desk.take()
    before = desk.stored()
    with pytest.raises(AlreadyThere):
        desk.take()
    assert desk.stored() == before
    desk.take(replace(SMALL, title="Kế hoạch bổ sung năm 2024"))


@pytest.mark.parametrize("title", ["", "  \n", "x" * 2_001])
def test_an_imported_plan_needs_a_title_that_can_be_kept(desk: Desk, title: str) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match="tên kế hoạch"):
        desk.take(replace(SMALL, title=title))
    assert desk.stored() == before


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (TaskDraft("9", " "), "thứ 2: chưa ghi nội dung nhiệm vụ"),
        (TaskDraft("9", "x" * 2_001), "thứ 2: nội dung nhiệm vụ dài 2001 ký tự"),
        (TaskDraft("9" * 101, "Việc"), "thứ 2: mã nhiệm vụ"),
        (TaskDraft("9", "Việc", products=(Product("x" * 4_001),)), "thứ 2: sản phẩm"),
        (TaskDraft("9", "Việc", how="x" * 4_001), "thứ 2: cách thức thực hiện"),
        (TaskDraft("9", "Việc", time_text="x" * 2_001), "thứ 2: thời gian"),
    ],
)
def test_one_bad_line_stops_the_whole_import_and_is_named(desk: Desk, line: TaskDraft, problem: str) -> None:
    before = desk.stored()
    with pytest.raises(BadText, match=problem):
        desk.take(replace(SMALL, tasks=(SMALL.tasks[0], line, SMALL.tasks[1])))
    assert desk.stored() == before


def test_texts_of_an_import_are_kept_in_the_stored_form(desk: Desk) -> None:
    line = TaskDraft(
        " 1 ",
        "Vie\u0323\u0302c\x00 một\u00a0hai",
        products=(Product(" Báo\ncáo ", " Quý I "),),
        how="dòng một\r\n\x07dòng hai",
    )
    desk.take(replace(SMALL, tasks=(line,)))
    (task,) = desk.tasks()
    assert (task.code, task.title, task.how) == ("1", "Việc một hai", "dòng một\ndòng hai")
    assert [(each.product, each.time_text, each.due) for each in task.occurrences] == [
        ("Báo cáo", "Quý I", date(2024, 3, 31))
    ]


def test_a_plan_without_tasks_is_refused(desk: Desk) -> None:
    with pytest.raises(BadText, match="không có nhiệm vụ"):
        desk.take(replace(SMALL, tasks=()))


def test_a_copy_has_all_states_reset_and_its_times_read_for_its_year(desk: Desk) -> None:
    row_id = desk.take()
    for task in desk.tasks():
        for each in task.occurrences:
            desk.done(each, date(2024, 5, 5))
    keeping.add_note(desk.world.database, desk.officer, desk.by_code()["1"].id, "Đã xong.")
    copy_id = _copy(desk, row_id)
    copied = desk.by_code(YEAR + 1)
    assert [task.code for task in copied.values()] == ["1", "2", "3", "4"]
    parts = [each for task in copied.values() for each in task.occurrences]
    assert {(each.state, each.done_on, each.result_number, each.version) for each in parts} == {
        (TaskState.NOT_STARTED, None, "", 1)
    }
    assert [each.due for each in parts] == [
        date(2025, 3, 31),
        *(date(2025, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))),
        None,
        date(2025, 6, 19),
    ]
    assert [task.room_name for task in copied.values()] == ["Văn phòng", "Phòng Một", "", "Phòng Một"]
    assert keeping.notes_of(desk.world.database, desk.officer, copied["1"].id) == ()
    plans = keeping.list_plans(desk.world.database, desk.officer, desk.department_id, YEAR + 1)
    assert [(plan.id, plan.title, plan.copied_from) for plan in plans] == [(copy_id, "Kế hoạch CCHC năm 2025", row_id)]
    assert {task.state for task in desk.tasks()} == {TaskState.DONE}
    assert desk.is_whole()


def test_a_corrected_day_is_not_copied_but_told(desk: Desk) -> None:
    row_id = desk.take()
    (part,) = desk.by_code()["3"].occurrences
    keeping.correct_due(desk.world.database, desk.officer, part.id, date(2024, 8, 20), expected_version=1)
    _copy(desk, row_id)
    (copied,) = desk.by_code(YEAR + 1)["3"].occurrences
    assert (copied.due, copied.is_corrected, copied.time_text) == (None, False, "Theo quy định")
    assert copied.reading.endswith("Năm 2024 hạn do người lập ghi là 20/08/2024.")


def test_what_was_changed_added_and_taken_out_is_so_in_the_copy(desk: Desk) -> None:
    row_id = desk.take()
    database, stored = desk.world.database, desk.by_code()
    keeping.change_task(database, desk.officer, stored["1"].id, {"person": "Ông An"}, expected_version=1)
    keeping.add_occurrence(database, desk.officer, stored["3"].id, product="Báo cáo rà soát", due=date(2024, 9, 9))
    keeping.end_task(database, desk.officer, stored["4"].id, expected_version=1)
    _copy(desk, row_id)
    copied = desk.by_code(YEAR + 1)
    assert set(copied) == {"1", "2", "3"}
    assert copied["1"].person == "Ông An"
    assert [(each.product, each.due) for each in copied["3"].occurrences] == [("", None), ("Báo cáo rà soát", None)]
    assert "09/09/2024" in copied["3"].occurrences[1].reading


@pytest.mark.parametrize("plan_id", COUNTS)
def test_a_shipped_plan_delivers_the_same_when_it_is_copied(desk: Desk, plan_id: str) -> None:
    plan = read_plan(plan_id)
    _copy(desk, _adopt(desk, plan_id), plan.year + 1)
    before, after = desk.tasks(plan.year), desk.tasks(plan.year + 1)
    assert [(task.code, len(task.occurrences)) for task in before] == [
        (task.code, len(task.occurrences)) for task in after
    ]
    for task, copied in zip(before, after, strict=True):
        moved = [each.due and (each.due.year + 1, each.due.month) for each in task.occurrences]
        assert moved == [each.due and (each.due.year, each.due.month) for each in copied.occurrences]
    assert desk.is_whole()


def test_a_copied_plan_has_its_targets_again(desk: Desk) -> None:
    copy_id = _copy(desk, _adopt(desk, "khanhhoa-snv-2024"))
    with desk.world.database.read() as connection:
        assert len(plan_targets.rows_of_plan(connection, copy_id)) == 32


def test_a_plan_is_copied_to_a_year_once_and_never_to_its_own(desk: Desk) -> None:
    row_id = desk.take()
    _copy(desk, row_id)
    before = desk.stored()
    with pytest.raises(AlreadyThere):
        _copy(desk, row_id)
    with pytest.raises(BadText, match="đã là của năm 2024"):
        _copy(desk, row_id, YEAR)
    with pytest.raises(BadText, match="2000 đến 2100"):
        _copy(desk, row_id, 3000)
    with pytest.raises(NotFound):
        _copy(desk, "khongco")
    assert desk.stored() == before


def test_work_assigned_and_remedies_are_not_copied(desk: Desk) -> None:
    row_id = desk.take()
    keeping.add_assigned(desk.world.database, desk.officer, desk.department_id, YEAR, keeping.Assigned("Việc gấp"))
    _copy(desk, row_id)
    assert {task.kind for task in desk.tasks(YEAR + 1)} == {TaskKind.PLAN}


def test_a_plan_taken_out_takes_its_tasks_and_targets_with_it(desk: Desk) -> None:
    row_id = _adopt(desk, "namdinh-sxd-2024")
    other = desk.take()
    task = desk.by_code(plan_id=row_id)["9"]
    keeping.end_plan(desk.world.database, desk.officer, row_id)
    assert {task.plan_id for task in desk.tasks()} == {other}
    with pytest.raises(NotFound):
        desk.again(task)
    with pytest.raises(NotFound):
        desk.done(task.occurrences[0], date(2024, 1, 5))
    with pytest.raises(NotFound):
        keeping.end_plan(desk.world.database, desk.officer, row_id)
    with desk.world.database.read() as connection:
        assert plan_targets.rows_of_plan(connection, row_id) == []
        lines = [row for row in log.every_row(connection) if row["action"] == LogAction.TASK.value]
        assert kept.find(connection, kept.PLANS, row_id) is not None
    assert len(lines) == 43 + 4 + 43
    assert desk.is_whole()
    _adopt(desk, "namdinh-sxd-2024")


@pytest.mark.parametrize("role", OTHERS)
def test_only_the_officer_keeps_plans(desk: Desk, role: Role) -> None:
    row_id = desk.take()
    user, database = desk.world.people[role], desk.world.database
    before = desk.stored()
    for attempt in (
        lambda: keeping.adopt_plan(database, user, desk.department_id, "namdinh-sxd-2024"),
        lambda: keeping.import_plan(database, user, desk.department_id, replace(SMALL, title="Khác")),
        lambda: keeping.copy_plan(database, user, row_id, YEAR + 1),
        lambda: keeping.end_plan(database, user, row_id),
    ):
        with pytest.raises(NotAllowedInOffice, match="lập và sửa kế hoạch"):
            attempt()
    assert desk.stored() == before


def test_the_officer_of_another_department_reaches_nothing(desk: Desk) -> None:
    row_id = desk.take()
    stranger, database = desk.other_officer(), desk.world.database
    before = desk.stored()
    for attempt in (
        lambda: keeping.list_plans(database, stranger, desk.department_id),
        lambda: keeping.adopt_plan(database, stranger, desk.department_id, "namdinh-sxd-2024"),
        lambda: keeping.copy_plan(database, stranger, row_id, YEAR + 1),
        lambda: keeping.end_plan(database, stranger, row_id),
    ):
        with pytest.raises(NotAllowedInOffice, match="của đơn vị khác"):
            attempt()
    assert desk.stored() == before


@pytest.mark.parametrize("role", [Role.APPRAISER])
def test_who_does_not_see_tasks_does_not_see_plans(desk: Desk, role: Role) -> None:
    with pytest.raises(NotAllowedInOffice):
        keeping.list_plans(desk.world.database, desk.world.people[role], desk.department_id)


@pytest.mark.parametrize("where", ["", "khongco", "a b"])
def test_a_department_that_is_none_is_refused(desk: Desk, where: str) -> None:
    with pytest.raises(NotFound, match="sở, ngành"):
        keeping.adopt_plan(desk.world.database, desk.officer, where, "namdinh-sxd-2024")
    with pytest.raises(NotFound, match="sở, ngành"):
        keeping.list_plans(desk.world.database, desk.officer, desk.unit("Văn phòng").id)


def test_a_plan_of_thousands_of_tasks_is_stored_as_a_whole(desk: Desk) -> None:
    lines = tuple(
        TaskDraft(str(number), f"Nhiệm vụ số {number}", products=(Product("Báo cáo"),), time_text="Quý II")
        for number in range(1, 1_201)
    )
    desk.take(PlanDraft("Kế hoạch lớn", YEAR, lines))
    stored = desk.tasks()
    assert [task.code for task in stored] == [line.code for line in lines]
    assert desk.is_whole()
