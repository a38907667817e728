"""Tasks as tables and as a calendar: every row there, in the printed form, with days as days."""

from datetime import date
from io import BytesIO

import icalendar
import openpyxl

from cchc_core.table import Kind, Table
from cchc_core.table_files import to_csv, to_xlsx
from cchc_core.tasks import keeping
from cchc_core.tasks.calendar_file import to_ics
from cchc_core.tasks.keeping import Assigned
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.tables import appendix_table, room_table, tasks_table
from cchc_core.tasks.totals import room_totals
from tests.tasks.desk import TODAY, YEAR, Desk


def _cells(table: Table, *names: str) -> list[tuple[object, ...]]:
    places = [[column.name for column in table.columns].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in table.rows]


def _begun(desk: Desk) -> None:
    desk.take()
    database, tasks = desk.world.database, desk.by_code()
    keeping.report(
        database,
        desk.officer,
        tasks["1"].occurrences[0].id,
        state=TaskState.DONE,
        done_on=date(2024, 3, 20),
        result_number="12/KH-SXD",
        result_date=date(2024, 3, 19),
        result_abstract="Kế hoạch CCHC năm 2024",
        expected_version=1,
        today=TODAY,
    )
    desk.done(tasks["2"].occurrences[0], date(2024, 4, 2))
    desk.done(tasks["3"].occurrences[0], date(2024, 4, 2))
    keeping.report(
        database,
        desk.officer,
        tasks["4"].occurrences[0].id,
        state=TaskState.DROPPED,
        reason="Không có lớp",
        expected_version=1,
    )


def test_the_list_has_a_row_for_each_product_and_each_time(desk: Desk) -> None:
    _begun(desk)
    table = tasks_table(desk.tasks(), TODAY, year=YEAR)
    assert _cells(table, "Mã", "Sản phẩm", "Hạn", "Trạng thái", "So với hạn") == [
        ("1", "Kế hoạch", date(2024, 3, 31), "Hoàn thành", "Hoàn thành sớm hạn"),
        ("2", "Báo cáo", date(2024, 3, 31), "Hoàn thành", "Hoàn thành quá hạn"),
        ("2", "Báo cáo", date(2024, 6, 30), "Chưa thực hiện", "Còn hạn"),
        ("2", "Báo cáo", date(2024, 9, 30), "Chưa thực hiện", "Còn hạn"),
        ("2", "Báo cáo", date(2024, 12, 31), "Chưa thực hiện", "Còn hạn"),
        ("3", "", None, "Hoàn thành", "Chưa có hạn"),
        ("4", "", date(2024, 6, 19), "Không thực hiện", "Không thực hiện"),
    ]
    assert _cells(table, "Thời gian in", "Cách hiểu hạn")[0] == ("Quý I", "Hết quý I năm 2024: hạn 31/03/2024.")
    assert _cells(table, "Lý do không thực hiện")[-1] == ("Không có lớp",)
    assert "15/06/2024" in table.note


def test_assigned_work_is_listed_with_the_document_that_assigns_it(desk: Desk) -> None:
    work = Assigned("Việc giao", assigning_number="5/UBND", assigning_date=TODAY, assigning_body="UBND tỉnh")
    keeping.add_assigned(desk.world.database, desk.officer, desk.department_id, YEAR, work)
    table = tasks_table(desk.tasks(), TODAY, year=YEAR)
    assert _cells(table, "Loại", "Văn bản giao") == [("Được giao", "5/UBND ngày 15/06/2024 UBND tỉnh")]


def test_the_appendix_lists_what_was_done_by_group_in_the_printed_columns(desk: Desk) -> None:
    _begun(desk)
    table = appendix_table(desk.tasks(), TODAY, year=YEAR)
    assert [column.name for column in table.columns] == [
        "STT",
        "Tên nhiệm vụ",
        "Số văn bản",
        "Trích yếu nội dung văn bản",
        "Thời hạn ban hành văn bản",
        "Đúng hạn/quá hạn",
        "Ghi chú",
    ]
    due = date(2024, 3, 31)
    assert [tuple(row) for row in table.rows] == [
        ("I", "CHỈ ĐẠO", None, None, None, None, None),
        (
            "1",
            "Ban hành kế hoạch",
            "12/KH-SXD ngày 19/03/2024",
            "Kế hoạch CCHC năm 2024",
            due,
            "Đúng hạn",
            "Hoàn thành ngày 20/03/2024, sớm hạn",
        ),
        ("2", "Báo cáo định kỳ", "", "Báo cáo", due, "Quá hạn", "Hoàn thành ngày 02/04/2024"),
        ("II", "THỂ CHẾ", None, None, None, None, None),
        ("1", "Rà soát văn bản", "", "", None, "Không có hạn", "Hoàn thành ngày 02/04/2024"),
    ]


def test_the_appendix_of_a_year_in_which_nothing_was_done_is_empty(desk: Desk) -> None:
    desk.take()
    assert appendix_table(desk.tasks(), TODAY, year=YEAR).rows == ()


def test_rooms_stand_above_their_sum(desk: Desk) -> None:
    _begun(desk)
    totals = room_totals(desk.world.database, desk.officer, desk.department_id, YEAR, TODAY)
    table = room_table(totals, TODAY, year=YEAR)
    assert _cells(table, "Phòng, đơn vị", "Nhiệm vụ", "Hoàn thành", "Hoàn thành sớm hạn", "Không thực hiện") == [
        ("Phòng Một", 2, 0, 0, 1),
        ("Văn phòng", 1, 1, 1, 0),
        ("Chưa rõ phòng, đơn vị", 1, 1, 0, 0),
        ("Cộng", 4, 2, 1, 1),
    ]
    assert room_table(totals[:1], TODAY, year=YEAR).rows[0][0] == "Phòng Một"
    assert len(room_table(totals[:1], TODAY, year=YEAR).rows) == 1
    assert {column.kind for column in table.columns} == {Kind.TEXT, Kind.COUNT, Kind.PERCENT}


def test_every_table_can_be_taken_away(desk: Desk) -> None:
    _begun(desk)
    totals = room_totals(desk.world.database, desk.officer, desk.department_id, YEAR, TODAY)
    for table in (
        tasks_table(desk.tasks(), TODAY, year=YEAR),
        appendix_table(desk.tasks(), TODAY, year=YEAR),
        room_table(totals, TODAY, year=YEAR),
    ):
        sheet = openpyxl.load_workbook(BytesIO(to_xlsx(table))).active
        assert sheet is not None
        written = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
        assert table.rows[1][1] in written
        assert to_csv(table).count(b"\r\n") > len(table.rows)


def _events(written: bytes) -> list[icalendar.Event]:
    return [
        event for event in icalendar.Calendar.from_ical(written).walk("VEVENT") if isinstance(event, icalendar.Event)
    ]


def test_the_calendar_has_every_due_day_as_a_whole_day_without_alarm(desk: Desk) -> None:
    _begun(desk)
    written = to_ics(desk.tasks(), TODAY)
    events = _events(written)
    assert [(str(event["summary"]), event.decoded("dtstart"), event.decoded("dtend")) for event in events] == [
        ("(đã xong) 1 Ban hành kế hoạch", date(2024, 3, 31), date(2024, 4, 1)),
        ("(đã xong) 2 Báo cáo định kỳ", date(2024, 3, 31), date(2024, 4, 1)),
        ("2 Báo cáo định kỳ", date(2024, 6, 30), date(2024, 7, 1)),
        ("2 Báo cáo định kỳ", date(2024, 9, 30), date(2024, 10, 1)),
        ("2 Báo cáo định kỳ", date(2024, 12, 31), date(2025, 1, 1)),
    ]
    assert b"VALARM" not in written
    assert "Thời gian in: Hàng quý" in str(events[2]["description"])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


def test_an_entry_keeps_its_identity_and_grows_when_something_changes(desk: Desk) -> None:
    desk.take()
    before = {str(event["uid"]): int(str(event["sequence"])) for event in _events(to_ics(desk.tasks(), TODAY))}
    assert to_ics(desk.tasks(), TODAY) == to_ics(desk.tasks(), TODAY)
    part = desk.by_code()["4"].occurrences[0]
    keeping.correct_due(desk.world.database, desk.officer, part.id, date(2024, 7, 1), expected_version=1)
    after = {str(event["uid"]): int(str(event["sequence"])) for event in _events(to_ics(desk.tasks(), TODAY))}
    assert set(after) == set(before)
    assert len(before) == 6
    assert {uid for uid in after if after[uid] > before[uid]} == {f"{part.id}@cchc"}


def test_a_title_of_any_length_and_letter_makes_a_calendar_that_reads_back(desk: Desk) -> None:
    title = "Việc; có, dấu\\ và " + "rất dài " * 60
    keeping.add_assigned(desk.world.database, desk.officer, desk.department_id, YEAR, Assigned(title, TODAY))
    (event,) = _events(to_ics(desk.tasks(), TODAY))
    assert str(event["summary"]).startswith("Việc; có, dấu\\ và rất dài")
    assert len(str(event["summary"])) <= 201
    assert title.strip() in str(event["description"])
