"""Reporting on tasks: how far an occurrence has come, with the document that is its result, and notes on the way."""

from dataclasses import dataclass
from datetime import date

from cchc_core.board import today_in_vietnam
from cchc_core.errors import BadText
from cchc_core.permissions import OfficeAction
from cchc_core.store import kept, occurrences, task_notes, tasks
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.store.year_lines import YearLine, count_change
from cchc_core.tasks import texts
from cchc_core.tasks.life import STATE_NAMES, TaskState
from cchc_core.tasks.model import Occurrence, Task, TaskNote
from cchc_core.tasks.reach import named, occurrence_row, permitted, refuse_stale, reportable


@dataclass(frozen=True, slots=True)
class _Report:
    state: TaskState
    done_on: date | None
    reason: str
    result_number: str
    result_date: date | None
    result_abstract: str


def report(
    database: Database,
    user: User,
    occurrence_id: str,
    *,
    state: TaskState,
    done_on: date | None = None,
    reason: str = "",
    result_number: str = "",
    result_date: date | None = None,
    result_abstract: str = "",
    expected_version: int,
    today: date | None = None,
) -> int:
    """Store how far an occurrence has come, and its result document; give the version that is stored then.

    ``done_on`` and ``reason`` go when the state that they belong to is left. Raises NotFound, NotAllowedInOffice,
    BadText (done without a day or on a day to come, dropped without a reason, a day or a reason that is new and belongs
    to another state, a text that is too long), StaleText.
    """
    wanted = _Report(state, done_on, reason, result_number, result_date, result_abstract)
    with database.write() as connection:
        row = occurrence_row(connection, occurrence_id)
        task = reportable(connection, user, row["task_id"])
        before = occurrences.occurrence_of(connection, row)
        _refuse_of_another_state(named(task), wanted, before)
        changes = _checked(named(task), wanted, today or today_in_vietnam())
        if all(row[name] == value for name, value in changes.items()):
            return before.version
        refuse_stale(named(task), before, expected_version, said(before))
        kept.change(connection, kept.OCCURRENCES, row, changes, user.actor)
        tasks.reindex(connection, task.id)
        _tell_boards(connection, task)
        return before.version + 1


def _tell_boards(connection: Connection, task: Task) -> None:
    """Let the boards follow on which a remedy that is settled is late no more."""
    if task.remedy_unit_id is not None and task.remedy_rubric_id is not None:
        count_change(connection, YearLine(task.remedy_unit_id, task.remedy_rubric_id, task.year))


def _refuse_of_another_state(where: str, wanted: _Report, before: Occurrence) -> None:
    """Refuse a new day or reason beside a state that drops it: who typed it means another state."""
    new_day = wanted.done_on is not None and wanted.done_on != before.done_on
    new_reason = bool(wanted.reason.strip()) and wanted.reason.strip() != before.reason
    for is_new, what, state in (
        (new_day, "ngày hoàn thành", TaskState.DONE),
        (new_reason, "lý do không thực hiện", TaskState.DROPPED),
    ):
        if is_new and wanted.state is not state:
            raise BadText(
                where,
                problem=f"đã ghi {what} nhưng trạng thái là «{STATE_NAMES[wanted.state]}»",
                to_do=f"Hãy chọn «{STATE_NAMES[state]}», hoặc xoá {what}.",
            )


def _checked(where: str, wanted: _Report, today: date) -> dict[str, object]:
    is_done, is_dropped = wanted.state is TaskState.DONE, wanted.state is TaskState.DROPPED
    if is_done and wanted.done_on is None:
        raise BadText(where, problem="chưa ghi ngày hoàn thành", to_do="Hãy ghi ngày hoàn thành rồi lưu lại.")
    reason = texts.lines(where, "lý do không thực hiện", wanted.reason, texts.MOST_TITLE, is_wanted=is_dropped)
    number = texts.line(where, "số, ký hiệu văn bản kết quả", wanted.result_number, texts.MOST_NUMBER)
    abstract = texts.line(where, "trích yếu văn bản kết quả", wanted.result_abstract, texts.MOST_TITLE)
    return {
        "state": wanted.state.value,
        "done_on": texts.past_day(where, "ngày hoàn thành", wanted.done_on, today) if is_done else None,
        "reason": reason if is_dropped else "",
        "result_number": number,
        "result_date": texts.past_day(where, "ngày văn bản kết quả", wanted.result_date, today),
        "result_abstract": abstract,
    }


def said(occurrence: Occurrence) -> str:
    """Say in a few words what is stored of an occurrence."""
    parts = [STATE_NAMES[occurrence.state].lower()]
    if occurrence.done_on is not None:
        parts.append(f"ngày {occurrence.done_on:%d/%m/%Y}")
    if occurrence.reason:
        parts.append(f"lý do: {occurrence.reason}")
    if occurrence.result_number:
        parts.append(f"văn bản {occurrence.result_number}")
    parts.append("chưa có hạn" if occurrence.due is None else f"hạn {occurrence.due:%d/%m/%Y}")
    return ", ".join(parts)


def add_note(database: Database, user: User, task_id: str, text: str) -> str:
    """Add a note on how a task gets on, and give its id. Raises NotFound, NotAllowedInOffice, BadText."""
    with database.write() as connection:
        task = reportable(connection, user, task_id)
        note = texts.lines(named(task), "nội dung ghi chú", text, texts.MOST_TEXT, is_wanted=True)
        return task_notes.add(connection, task.id, note, user.actor)


def notes_of(database: Database, user: User, task_id: str) -> tuple[TaskNote, ...]:
    """Read the notes of a task, the newest first. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        task = permitted(connection, user, OfficeAction.VIEW_TASKS, task_id)
        return task_notes.of_task(connection, task.id)
