"""A remedy of a lost criterion is a task: its text and day stand with the criterion, its state with the task."""

from datetime import date

from cchc_core.store import kept, occurrences, tasks
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.store.log import Actor
from cchc_core.store.year_lines import YearLine
from cchc_core.tasks.adding import add_rows, rooms_of
from cchc_core.tasks.draft import OccurrenceDraft
from cchc_core.tasks.model import TaskKind
from cchc_core.tasks.rooms import recognised
from cchc_core.time_reading import TimeKind


def follow(
    connection: Connection,
    actor: Actor,
    line: YearLine,
    code: str,
    action_text: str,
    responsible: str,
    due: date | None,
) -> None:
    """Make the task of a remedy what the remedy says, within the caller's transaction; end it with an empty action.

    The room is the one that ``responsible`` names, else the one that scores itself. What was reported stays.
    """
    row = tasks.row_of_remedy(connection, line, code)
    if not action_text:
        if row is not None:
            kept.change(connection, kept.TASKS, row, {"ended_utc": now_utc()}, actor)
        return
    department_id = directory(connection).department_of[line.unit_id]
    own = None if line.unit_id == department_id else line.unit_id
    room_id = recognised(responsible, rooms_of(connection, department_id)) or own
    if row is None:
        added = _row(connection, line, code, department_id)
        columns = {"title": action_text, "person": responsible, "lead_text": "", "room_id": room_id}
        add_rows(connection, actor, [{**added, **columns}], [[_draft(due)]])
        return
    changes: Row = {"title": action_text}
    if row["person"] != responsible:
        # A room that the office has set stays as long as the remedy names the same people.
        changes |= {"person": responsible, "room_id": room_id}
    kept.change(connection, kept.TASKS, row, changes, actor)
    _set_due(connection, actor, row["id"], due)
    tasks.reindex(connection, row["id"])


def _row(connection: Connection, line: YearLine, code: str, department_id: str) -> Row:
    return {
        "id": new_id(),
        "department_id": department_id,
        "year": line.year,
        "kind": TaskKind.REMEDY.value,
        "ordinal": tasks.next_ordinal(connection, department_id, line.year, TaskKind.REMEDY),
        "code": "",
        "remedy_unit_id": line.unit_id,
        "remedy_rubric_id": line.rubric_id,
        "remedy_code": code,
    }


def _draft(due: date | None) -> OccurrenceDraft:
    kind = TimeKind.OPEN if due is None else TimeKind.DATE
    return OccurrenceDraft("", "", kind, _reading(due), due, is_corrected=due is not None)


def _reading(due: date | None) -> str:
    return "Chưa ghi hạn khắc phục." if due is None else f"Hạn khắc phục {due:%d/%m/%Y}."


def _set_due(connection: Connection, actor: Actor, task_id: str, due: date | None) -> None:
    for occurrence in occurrences.of_tasks(connection, [task_id])[task_id]:
        row = occurrences.find(connection, occurrence.id)
        if row is not None:
            changes = {"due": due, "reading": _reading(due), "is_corrected": due is not None}
            kept.change(connection, kept.OCCURRENCES, row, changes, actor)
