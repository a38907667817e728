"""Tasks that come into being: the rows of a plan's lines, of assigned work and of remedies, with what they deliver."""

import json
from collections.abc import Mapping, Sequence

from cchc_core.store import occurrences, tasks, units
from cchc_core.store.clock import new_id
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.store.log import Actor
from cchc_core.store.units import Unit
from cchc_core.tasks.draft import OccurrenceDraft, PlanDraft, TaskDraft
from cchc_core.tasks.model import TaskKind
from cchc_core.tasks.rooms import recognised


def rooms_of(connection: Connection, department_id: str) -> tuple[Unit, ...]:
    """Give the rooms and subordinate units of a department that have not ended."""
    of = directory(connection).department_of
    return tuple(
        unit for unit in units.present(connection) if of[unit.id] == department_id and unit.id != department_id
    )


def add_tasks(connection: Connection, actor: Actor, department_id: str, draft: PlanDraft, plan_row_id: str) -> None:
    """Add all tasks of a plan with their occurrences, nothing of it begun; logged."""
    rooms = rooms_of(connection, department_id)
    about = {"department_id": department_id, "year": draft.year, "plan_id": plan_row_id, "kind": TaskKind.PLAN.value}
    rows = [
        {**about, "id": new_id(), "ordinal": place, **_columns(task, rooms)}
        for place, task in enumerate(draft.tasks, start=1)
    ]
    add_rows(connection, actor, rows, [task.occurrences(draft.year) for task in draft.tasks])


def add_rows(
    connection: Connection, actor: Actor, rows: Sequence[Row], parts: Sequence[Sequence[OccurrenceDraft]]
) -> None:
    """Add tasks given as rows with an id, each with what it delivers; logged."""
    if not rows:
        return
    tasks.add(connection, rows, [[each.product for each in of] for of in parts], actor)
    drafts = [
        (str(row["id"]), place, each)
        for row, of in zip(rows, parts, strict=True)
        for place, each in enumerate(of, start=1)
    ]
    occurrences.add(connection, drafts, actor)


def _columns(task: TaskDraft, rooms: Sequence[Unit]) -> Mapping[str, object]:
    return {
        "code": task.code,
        "group_code": task.group_code,
        "group_title": task.group_title,
        "title": task.title,
        "lead_text": task.lead_text,
        "room_id": task.room_id or recognised(task.lead_text, rooms),
        "person": task.person,
        "coordinating": task.coordinating,
        "time_text": task.time_text,
        "funding": task.funding,
        "how": task.how,
        "note": task.note,
        "print_note": task.print_note,
        "uncertain": json.dumps(list(task.uncertain), ensure_ascii=False),
        "source": task.source,
    }
