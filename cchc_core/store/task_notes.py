"""Notes on how tasks get on; a note is never changed."""

from cchc_core.store import kept
from cchc_core.store.connection import Connection
from cchc_core.store.log import Actor
from cchc_core.store.year_lines import last_change
from cchc_core.tasks.model import TaskNote


def add(connection: Connection, task_id: str, text: str, actor: Actor) -> str:
    """Add a note, logged, and give its id."""
    (note_id,) = kept.add(connection, kept.TASK_NOTES, [{"task_id": task_id, "note_text": text}], actor)
    return note_id


def of_task(connection: Connection, task_id: str) -> tuple[TaskNote, ...]:
    """Read the notes of a task, the newest first."""
    rows = connection.rows(
        "SELECT * FROM task_notes WHERE task_id = :task_id ORDER BY changed_utc DESC, id", task_id=task_id
    )
    return tuple(TaskNote(row["id"], row["note_text"], *last_change(connection, row)[1:]) for row in rows)
