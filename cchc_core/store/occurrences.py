"""Occurrences: what tasks deliver once each, with state, result and due day."""

from collections.abc import Iterable, Sequence

from cchc_core.store import kept
from cchc_core.store.connection import Connection, Row, any_of
from cchc_core.store.log import Actor
from cchc_core.store.year_lines import last_change
from cchc_core.tasks.draft import OccurrenceDraft
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import Occurrence

_IDS_AT_ONCE = 1_000


def of_tasks(connection: Connection, task_ids: Sequence[str]) -> dict[str, tuple[Occurrence, ...]]:
    """Read the occurrences of tasks in order; one that was taken out is not among them."""
    found: dict[str, list[Occurrence]] = {task_id: [] for task_id in task_ids}
    for start in range(0, len(task_ids), _IDS_AT_ONCE):
        condition, params = any_of("task_id", task_ids[start : start + _IDS_AT_ONCE])
        rows = connection.rows(
            f"SELECT * FROM occurrences WHERE {condition} AND ended_utc IS NULL ORDER BY task_id, ordinal, id",  # noqa: S608 (names)
            **params,
        )
        for row in rows:
            found[row["task_id"]].append(occurrence_of(connection, row))
    return {task_id: tuple(each) for task_id, each in found.items()}


def find(connection: Connection, occurrence_id: str) -> Row | None:
    """Find the whole row of an occurrence that has not ended."""
    row = kept.find(connection, kept.OCCURRENCES, occurrence_id)
    return None if row is None or row["ended_utc"] is not None else row


def add(connection: Connection, drafts: Iterable[tuple[str, int, OccurrenceDraft]], actor: Actor) -> tuple[str, ...]:
    """Add occurrences that nobody has begun, given as task, ordinal and draft; logged."""
    rows = [_row(task_id, ordinal, draft) for task_id, ordinal, draft in drafts]
    return kept.add(connection, kept.OCCURRENCES, rows, actor)


def _row(task_id: str, ordinal: int, draft: OccurrenceDraft) -> Row:
    return {
        "task_id": task_id,
        "ordinal": ordinal,
        "product": draft.product,
        "time_text": draft.time_text,
        "time_kind": draft.time_kind.value,
        "reading": draft.reading,
        "due": draft.due,
        "is_corrected": draft.is_corrected,
        "state": TaskState.NOT_STARTED.value,
        "done_on": None,
        "reason": "",
        "result_number": "",
        "result_date": None,
        "result_abstract": "",
        "ended_utc": None,
    }


def occurrence_of(connection: Connection, row: Row) -> Occurrence:
    """Make an occurrence of its whole row."""
    version, by_name, at_utc = last_change(connection, row)
    return Occurrence(
        id=row["id"],
        task_id=row["task_id"],
        ordinal=row["ordinal"],
        product=row["product"],
        time_text=row["time_text"],
        time_kind=row["time_kind"],
        reading=row["reading"],
        due=row["due"],
        is_corrected=row["is_corrected"],
        state=TaskState(row["state"]),
        done_on=row["done_on"],
        reason=row["reason"],
        result_number=row["result_number"],
        result_date=row["result_date"],
        result_abstract=row["result_abstract"],
        version=version,
        changed_by_name=by_name,
        changed_at_utc=at_utc,
    )
