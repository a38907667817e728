"""What people do with tasks: plans taken over and copied, work assigned, tasks changed, reported on and taken out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc_core import offices
from cchc_core.errors import NotFound
from cchc_core.permissions import OfficeAction
from cchc_core.store import kept, tasks
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.tasks import texts
from cchc_core.tasks.adding import add_rows, rooms_of
from cchc_core.tasks.draft import OccurrenceDraft, occurrences_of
from cchc_core.tasks.due_keeping import (
    add_occurrence,
    correct_due,
    correct_due_from_event,
    end_occurrence,
    term_of,
)
from cchc_core.tasks.model import Task, TaskKind
from cchc_core.tasks.plan_keeping import adopt_plan, copy_plan, end_plan, import_plan, list_plans
from cchc_core.tasks.reach import may_report, named, permitted, refuse_remedy, refuse_stale, shortened, task_for
from cchc_core.tasks.reporting import add_note, notes_of, report
from cchc_core.text import clean_line
from cchc_core.time_reading import TimeKind

__all__ = [
    "CHANGEABLE",
    "Assigned",
    "add_assigned",
    "add_note",
    "add_occurrence",
    "adopt_plan",
    "change_task",
    "copy_plan",
    "correct_due",
    "correct_due_from_event",
    "end_occurrence",
    "end_plan",
    "end_task",
    "import_plan",
    "list_plans",
    "may_report",
    "notes_of",
    "report",
    "task_for",
    "term_of",
]

_WHERE: Final = "Nhiệm vụ được giao"


@dataclass(frozen=True, slots=True)
class _Text:
    """A column that people type a text into."""

    name: str
    most: int
    is_wanted: bool = False


_TEXTS: Final[Mapping[str, _Text]] = {
    "code": _Text("mã nhiệm vụ", texts.MOST_NUMBER),
    "title": _Text("nội dung nhiệm vụ", texts.MOST_TITLE, is_wanted=True),
    "lead_text": _Text("đơn vị chủ trì", texts.MOST_NAME),
    "person": _Text("người thực hiện", texts.MOST_NAME),
    "coordinating": _Text("đơn vị phối hợp", texts.MOST_TITLE),
    "funding": _Text("kinh phí", texts.MOST_TITLE),
    "how": _Text("cách thức thực hiện", texts.MOST_TEXT),
    "note": _Text("ghi chú", texts.MOST_TEXT),
    "assigning_body": _Text("cơ quan giao", texts.MOST_NAME),
    "assigning_number": _Text("số, ký hiệu văn bản giao", texts.MOST_NUMBER),
}
_OF_A_REMEDY: Final = frozenset({"title", "person"})
CHANGEABLE: Final = frozenset({*_TEXTS, "room_id", "assigning_date"})
"""The columns that :func:`change_task` takes; the printed time is corrected by occurrence."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Work assigned during the year as people type it; ``time_text`` is read where no ``due`` is given."""

    title: str
    due: date | None = None
    time_text: str = ""
    product: str = ""
    room_id: str | None = None
    lead_text: str = ""
    person: str = ""
    coordinating: str = ""
    note: str = ""
    assigning_body: str = ""
    assigning_number: str = ""
    assigning_date: date | None = None


def add_assigned(database: Database, user: User, department_id: str, year: int, work: Assigned) -> str:
    """Add work that was assigned during the year, and give the task's id.

    Raises NotFound, NotAllowedInOffice, BadText.
    """
    texts.year(_WHERE, year)
    names = [name for name in _TEXTS if name in Assigned.__dataclass_fields__]
    columns = {name: _text(_WHERE, name, getattr(work, name)) for name in names}
    part = _part(work, year)
    with database.write() as connection:
        offices.require(connection, user, OfficeAction.PLAN_TASKS, department_id)
        row: Row = {
            **columns,
            "id": new_id(),
            "department_id": department_id,
            "year": year,
            "kind": TaskKind.ASSIGNED.value,
            "ordinal": tasks.next_ordinal(connection, department_id, year, TaskKind.ASSIGNED),
            "room_id": _room(connection, _WHERE, department_id, work.room_id),
            "time_text": part[0].time_text,
            "assigning_date": texts.known_day(_WHERE, "ngày văn bản giao", work.assigning_date),
        }
        add_rows(connection, user.actor, [row], [part])
        return str(row["id"])


def _part(work: Assigned, year: int) -> tuple[OccurrenceDraft, ...]:
    product = texts.line(_WHERE, "sản phẩm", work.product, texts.MOST_TITLE)
    printed = texts.line(_WHERE, "thời hạn", work.time_text, texts.MOST_TITLE)
    if work.due is None:
        return occurrences_of([(product, printed)], year)
    texts.known_day(_WHERE, "thời hạn", work.due)
    return (OccurrenceDraft(product, printed, TimeKind.DATE, f"Hạn {work.due:%d/%m/%Y}.", work.due, is_corrected=True),)


def change_task(
    database: Database, user: User, task_id: str, changes: Mapping[str, object], *, expected_version: int
) -> int:
    """Change columns of a task (see ``CHANGEABLE``), and give the version that is stored then.

    Raises NotFound, NotAllowedInOffice, BadText, StaleText; KeyError for a column that is not changed here, TypeError
    for a day that is none.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise KeyError(", ".join(sorted(unknown)))
    with database.write() as connection:
        task = permitted(connection, user, OfficeAction.PLAN_TASKS, task_id)
        row = tasks.row_of(connection, task_id)
        if row is None:
            raise NotFound("Nhiệm vụ", thing="nhiệm vụ", key=clean_line(task_id)[:40])
        wanted = _wanted(connection, task, changes)
        new = {name: value for name, value in wanted.items() if row[name] != value}
        if not new:
            return task.version
        if new.keys() & _OF_A_REMEDY:
            refuse_remedy(task, named(task))
        refuse_stale(named(task), task, expected_version, shortened(task.title))
        kept.change(connection, kept.TASKS, row, new, user.actor)
        tasks.reindex(connection, task.id)
        return task.version + 1


def _wanted(connection: Connection, task: Task, changes: Mapping[str, object]) -> dict[str, object]:
    where = named(task)
    wanted: dict[str, object] = {}
    for name, value in changes.items():
        if name == "room_id":
            wanted[name] = _room(connection, where, task.department_id, None if value is None else str(value))
        elif name == "assigning_date":
            if value is not None and not isinstance(value, date):
                raise TypeError(f"{name} is a day, not {value!r}")
            wanted[name] = texts.known_day(where, "ngày văn bản giao", value)
        else:
            wanted[name] = _text(where, name, str(value))
    return wanted


def end_task(database: Database, user: User, task_id: str, *, expected_version: int) -> None:
    """Take a task out; what was reported on it stays in the log.

    Raises NotFound, NotAllowedInOffice, StaleText, BadText for a remedy, which is taken out with its criterion's plan.
    """
    with database.write() as connection:
        task = permitted(connection, user, OfficeAction.PLAN_TASKS, task_id)
        refuse_remedy(task, named(task))
        refuse_stale(named(task), task, expected_version, shortened(task.title))
        row = tasks.row_of(connection, task_id)
        if row is not None:
            kept.change(connection, kept.TASKS, row, {"ended_utc": now_utc()}, user.actor)


def _text(where: str, name: str, text: str) -> str:
    column = _TEXTS[name]
    read = texts.lines if name in ("how", "note") else texts.line
    return read(where, column.name, text, column.most, is_wanted=column.is_wanted)


def _room(connection: Connection, where: str, department_id: str, room_id: str | None) -> str | None:
    if not room_id:
        return None
    if room_id not in {unit.id for unit in rooms_of(connection, department_id)}:
        raise NotFound(where, thing="phòng, đơn vị của sở", key=clean_line(room_id)[:40])
    return room_id
