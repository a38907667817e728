"""Tasks as tables that are shown and taken away: the list, the rooms, and the form of Sơn La's Phụ lục I."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc_core.table import Field, Kind, Table, Value, made
from cchc_core.tasks.life import STATE_NAMES, TIMELINESS_NAMES, TaskState, Timeliness
from cchc_core.tasks.model import KIND_NAMES, Occurrence, Task
from cchc_core.tasks.totals import RoomTotals, summed

SUM: Final = "Cộng"


@dataclass(frozen=True, slots=True)
class _Line:
    task: Task
    occurrence: Occurrence
    today: date

    @property
    def assigned_by(self) -> str:
        """Name the document that assigns the work."""
        task = self.task
        day = "" if task.assigning_date is None else f"ngày {task.assigning_date:%d/%m/%Y}"
        return " ".join(filter(None, (task.assigning_number, day, task.assigning_body)))


def tasks_table(tasks: Iterable[Task], today: date, *, year: int) -> Table:
    """List tasks with a row for each product and each time of theirs."""
    lines = [_Line(task, occurrence, today) for task in tasks for occurrence in task.occurrences]
    note = f"Tình trạng tính đến ngày {today:%d/%m/%Y}."
    return made("nhiem-vu", f"Danh sách nhiệm vụ năm {year}", _FIELDS, lines, is_illustrative=False, note=note)


_FIELDS: Final[tuple[Field[_Line], ...]] = (
    Field("Mã", Kind.TEXT, lambda line: line.task.code),
    Field("Loại", Kind.TEXT, lambda line: KIND_NAMES[line.task.kind]),
    Field("Nhóm", Kind.TEXT, lambda line: " ".join(filter(None, (line.task.group_code, line.task.group_title)))),
    Field("Nhiệm vụ", Kind.TEXT, lambda line: line.task.title),
    Field("Sản phẩm", Kind.TEXT, lambda line: line.occurrence.product),
    Field("Chủ trì", Kind.TEXT, lambda line: line.task.lead_text or line.task.room_name),
    Field("Phòng, đơn vị", Kind.TEXT, lambda line: line.task.room_name),
    Field("Người thực hiện", Kind.TEXT, lambda line: line.task.person),
    Field("Phối hợp", Kind.TEXT, lambda line: line.task.coordinating),
    Field("Thời gian in", Kind.TEXT, lambda line: line.occurrence.time_text or line.task.time_text),
    Field("Hạn", Kind.DATE, lambda line: line.occurrence.due),
    Field("Cách hiểu hạn", Kind.TEXT, lambda line: line.occurrence.reading),
    Field("Trạng thái", Kind.TEXT, lambda line: STATE_NAMES[line.occurrence.state]),
    Field("So với hạn", Kind.TEXT, lambda line: TIMELINESS_NAMES[line.occurrence.timeliness(line.today)]),
    Field("Ngày hoàn thành", Kind.DATE, lambda line: line.occurrence.done_on),
    Field("Lý do không thực hiện", Kind.TEXT, lambda line: line.occurrence.reason),
    Field("Văn bản kết quả", Kind.TEXT, lambda line: line.occurrence.result_number),
    Field("Ngày văn bản", Kind.DATE, lambda line: line.occurrence.result_date),
    Field("Trích yếu", Kind.TEXT, lambda line: line.occurrence.result_abstract),
    Field("Văn bản giao", Kind.TEXT, lambda line: line.assigned_by),
    Field("Kinh phí", Kind.TEXT, lambda line: line.task.funding),
    Field("Cách thức thực hiện", Kind.TEXT, lambda line: line.task.how),
    Field("Ghi chú", Kind.TEXT, lambda line: line.task.note),
)


@dataclass(frozen=True, slots=True)
class _AppendixRow:
    number: str
    title: str
    done: Occurrence | None = None


_IN_TIME: Final = {Timeliness.EARLY: "Đúng hạn", Timeliness.ON_TIME: "Đúng hạn", Timeliness.LATE: "Quá hạn"}


def appendix_table(tasks: Iterable[Task], today: date, *, year: int) -> Table:
    """List what was done in the form of Phụ lục I of Sơn La's inspection plan of 2024: by group, one line a result.

    A result without a due day is said to be neither on time nor late.
    """
    title = f"Danh mục các nhiệm vụ đã hoàn thành trong kế hoạch cải cách hành chính năm {year}"

    def in_time(row: _AppendixRow) -> Value:
        return None if row.done is None else _IN_TIME.get(row.done.timeliness(today), "Không có hạn")

    fields: tuple[Field[_AppendixRow], ...] = (
        Field("STT", Kind.TEXT, lambda row: row.number),
        Field("Tên nhiệm vụ", Kind.TEXT, lambda row: row.title),
        Field("Số văn bản", Kind.TEXT, lambda row: None if row.done is None else _numbered(row.done)),
        Field("Trích yếu nội dung văn bản", Kind.TEXT, lambda row: None if row.done is None else _abstract(row.done)),
        Field("Thời hạn ban hành văn bản", Kind.DATE, lambda row: None if row.done is None else row.done.due),
        Field("Đúng hạn/quá hạn", Kind.TEXT, in_time),
        Field("Ghi chú", Kind.TEXT, lambda row: None if row.done is None else _remark(row.done, today)),
    )
    return made("phu-luc-1", title, fields, _appendix_rows(tuple(tasks)), is_illustrative=False)


def _appendix_rows(tasks: Sequence[Task]) -> Iterator[_AppendixRow]:
    groups: dict[tuple[str, str], list[_AppendixRow]] = {}
    for task in tasks:
        heading = (task.group_code, task.group_title) if task.group_title else ("", KIND_NAMES[task.kind])
        for each in task.occurrences:
            if each.state is TaskState.DONE:
                rows = groups.setdefault(heading, [])
                rows.append(_AppendixRow(str(len(rows) + 1), task.title, each))
    for (code, title), rows in groups.items():
        yield _AppendixRow(code, title.upper())
        yield from rows


def _numbered(done: Occurrence) -> str:
    day = "" if done.result_date is None else f"ngày {done.result_date:%d/%m/%Y}"
    return " ".join(filter(None, (done.result_number, day)))


def _abstract(done: Occurrence) -> str:
    return done.result_abstract or done.product


def _remark(done: Occurrence, today: date) -> str:
    early = "sớm hạn" if done.timeliness(today) is Timeliness.EARLY else ""
    day = "" if done.done_on is None else f"hoàn thành ngày {done.done_on:%d/%m/%Y}"
    said = ", ".join(filter(None, (day, early)))
    return said[:1].upper() + said[1:]


def room_table(totals: Sequence[RoomTotals], today: date, *, year: int) -> Table:
    """List the rooms with what their tasks come to, and the sum where there are several."""
    rows = [*totals, summed(totals, SUM)] if len(totals) > 1 else list(totals)
    note = f"Tính đến ngày {today:%d/%m/%Y}. Tỷ lệ tính trên tổng số nhiệm vụ, kể cả nhiệm vụ không thực hiện."
    title = f"Nhiệm vụ theo phòng, đơn vị năm {year}"
    return made("nhiem-vu-theo-phong", title, _ROOM_FIELDS, rows, is_illustrative=False, note=note)


_ROOM_FIELDS: Final[tuple[Field[RoomTotals], ...]] = (
    Field("Phòng, đơn vị", Kind.TEXT, lambda row: row.name),
    Field("Nhiệm vụ", Kind.COUNT, lambda row: row.tasks),
    Field("Hoàn thành", Kind.COUNT, lambda row: row.done),
    Field("Đang thực hiện", Kind.COUNT, lambda row: row.in_progress),
    Field("Chưa thực hiện", Kind.COUNT, lambda row: row.not_started),
    Field("Không thực hiện", Kind.COUNT, lambda row: row.dropped),
    Field("Hoàn thành sớm hạn", Kind.COUNT, lambda row: row.early),
    Field("Hoàn thành đúng hạn", Kind.COUNT, lambda row: row.on_time),
    Field("Hoàn thành quá hạn", Kind.COUNT, lambda row: row.late),
    Field("Quá hạn, chưa hoàn thành", Kind.COUNT, lambda row: row.overdue),
    Field("Sắp đến hạn", Kind.COUNT, lambda row: row.due_soon),
    Field("Tỷ lệ hoàn thành", Kind.PERCENT, lambda row: row.completion_percent),
    Field("Tỷ lệ sớm hạn", Kind.PERCENT, lambda row: row.early_percent),
    Field("Tỷ lệ hoàn thành quá hạn", Kind.PERCENT, lambda row: row.late_percent),
    Field("Tỷ lệ quá hạn chưa hoàn thành", Kind.PERCENT, lambda row: row.overdue_percent),
)
