"""Which document is the result of which task."""

from collections.abc import Collection

from cchc_core.store import kept, log
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row, any_of


def of_task(connection: Connection, task_id: str) -> list[Row]:
    """Read which documents hang on a task, in the order in which they were added."""
    return connection.rows(
        "SELECT * FROM task_documents WHERE ended_utc IS NULL AND task_id = :task_id ORDER BY changed_utc, id",
        task_id=task_id,
    )


def of_documents(connection: Connection, document_ids: Collection[str]) -> list[Row]:
    """Read the tasks on which some documents hang, with what the tasks are called."""
    among, params = any_of("td.document_id", sorted(document_ids))
    return connection.rows(
        "SELECT td.*, t.code AS task_code, t.title AS task_title, t.department_id AS department_id, "  # noqa: S608
        "t.year AS year FROM task_documents td JOIN tasks t ON t.id = td.task_id "
        f"WHERE td.ended_utc IS NULL AND t.ended_utc IS NULL AND {among} ORDER BY t.year, t.ordinal, td.id",
        **params,
    )


def task(connection: Connection, task_id: str) -> Row | None:
    """Read the row of a task that has not ended, by an id that anybody may have typed."""
    row = kept.find(connection, kept.TASKS, task_id)
    return row if row is not None and row["ended_utc"] is None else None


def occurrence(connection: Connection, task_id: str, occurrence_id: str) -> Row | None:
    """Read the row of an occurrence of a task that has not ended."""
    row = kept.find(connection, kept.OCCURRENCES, occurrence_id)
    return row if row is not None and row["ended_utc"] is None and row["task_id"] == task_id else None


def add(connection: Connection, document_id: str, task_id: str, occurrence_id: str | None, actor: log.Actor) -> str:
    """Hang a document on a task, logged, and give the id."""
    row = {"document_id": document_id, "task_id": task_id, "occurrence_id": occurrence_id, "ended_utc": None}
    return kept.add(connection, kept.TASK_DOCUMENTS, [row], actor)[0]


def find(connection: Connection, task_document_id: str) -> Row | None:
    """Find a row that has not ended."""
    row = kept.find(connection, kept.TASK_DOCUMENTS, task_document_id)
    return row if row is not None and row["ended_utc"] is None else None


def end(connection: Connection, before: Row, actor: log.Actor) -> None:
    """Take a document off a task, logged."""
    kept.change(connection, kept.TASK_DOCUMENTS, before, {"ended_utc": now_utc()}, actor)
