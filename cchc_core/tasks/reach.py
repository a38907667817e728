"""Finding a task for somebody who wants to do something with it, or the refusal that says why not."""

from cchc_core import offices
from cchc_core.errors import BadText, NotFound, StaleText
from cchc_core.permissions import OfficeAction
from cchc_core.rights import office_refusal, permits_in_office
from cchc_core.store import occurrences, tasks
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from cchc_core.tasks.model import Occurrence, Task, TaskKind
from cchc_core.text import clean_line

_SHORT = 60


def task_for(database: Database, user: User, task_id: str) -> Task:
    """Give a task with its occurrences to somebody who may see it. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        return permitted(connection, user, OfficeAction.VIEW_TASKS, task_id)


def permitted(connection: Connection, user: User, action: OfficeAction, task_id: str) -> Task:
    """Give a task that a person may do something with. Raises NotFound, NotAllowedInOffice."""
    task = tasks.find(connection, task_id)
    if task is None:
        raise NotFound("Nhiệm vụ", thing="nhiệm vụ", key=clean_line(task_id)[:40])
    offices.require(connection, user, action, task.department_id)
    return task


def reportable(connection: Connection, user: User, task_id: str) -> Task:
    """Give a task that a person may report on: a room on what it leads, the office on all.

    Raises NotFound, NotAllowedInOffice.
    """
    task = permitted(connection, user, OfficeAction.REPORT_TASKS, task_id)
    if not leads_or_keeps_all(connection, user, task):
        raise office_refusal(user, OfficeAction.REPORT_ALL_TASKS)
    return task


def leads_or_keeps_all(connection: Connection, user: User, task: Task) -> bool:
    """Tell whether a person's own room leads a task, or whether they report on every task of the department."""
    if user.unit_id is not None and task.room_id == user.unit_id:
        return True
    of = directory(connection).department_of
    return permits_in_office(user, OfficeAction.REPORT_ALL_TASKS, task.department_id, of)


def may_report(database: Database, user: User, task: Task) -> bool:
    """Tell whether a person may report on a task, for pages that show who may not why."""
    with database.read() as connection:
        of = directory(connection).department_of
        may = permits_in_office(user, OfficeAction.REPORT_TASKS, task.department_id, of)
        return may and leads_or_keeps_all(connection, user, task)


def occurrence_row(connection: Connection, occurrence_id: str) -> Row:
    """Give the whole row of an occurrence whose task has not ended. Raises NotFound."""
    row = occurrences.find(connection, occurrence_id)
    if row is None or tasks.row_of(connection, row["task_id"]) is None:
        raise NotFound("Nhiệm vụ", thing="lần thực hiện", key=clean_line(occurrence_id)[:40])
    return row


def refuse_remedy(task: Task, where: str) -> None:
    """Refuse what is done in the remedy's own place: its text and its day. Raises BadText."""
    if task.kind is TaskKind.REMEDY:
        raise BadText(
            where,
            problem="nhiệm vụ này là việc khắc phục, nội dung và hạn ghi ở tiêu chí",
            to_do=f"Hãy mở tiêu chí {task.remedy_code} ở trang «Tiêu chí mất điểm» để sửa.",
        )


def refuse_stale(where: str, now: Task | Occurrence, expected_version: int, stored: str) -> None:
    """Refuse to save over what somebody else has saved meanwhile. Raises StaleText."""
    if now.version != expected_version:
        raise StaleText(
            where,
            version=now.version,
            who=now.changed_by_name,
            when_utc=now.changed_at_utc,
            stored=stored,
        )


def named(task: Task) -> str:
    """Name a task in the refusals about it: its code, else the beginning of its title."""
    return f"Nhiệm vụ {task.code or shortened(task.title)}"


def shortened(text: str) -> str:
    """Give the beginning of a text, for messages."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}…"
