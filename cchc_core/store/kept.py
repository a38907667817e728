"""Rows that are never deleted: each has an id and a version, and every change of one is logged whole.

What a person takes out is ended (``ended_utc``) or emptied; the log tells what stood before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cchc_core.store import log
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.log import LogAction

_ABOUT_THE_ROW: Final = frozenset({"version", "changed_by", "changed_utc"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A table of such rows: what its changes are called in the log, the column of its key, what is not logged.

    ``unlogged`` are columns that are computed from the others, such as the text that searches look through.
    """

    table: str
    action: LogAction
    key: str = "id"
    unlogged: frozenset[str] = frozenset()

    def logged(self, row: Mapping[str, object]) -> log.Json:
        """Give a row as its log line holds it: every column that people put something into."""
        left_out = _ABOUT_THE_ROW | self.unlogged | {self.key}
        return {name: _plain(value) for name, value in sorted(row.items()) if name not in left_out}


PLANS: Final = Kept("plans", LogAction.PLAN)
TASKS: Final = Kept("tasks", LogAction.TASK, unlogged=frozenset({"search_text"}))
OCCURRENCES: Final = Kept("occurrences", LogAction.OCCURRENCE)
TASK_NOTES: Final = Kept("task_notes", LogAction.TASK_NOTE)
TASK_LINKS: Final = Kept("task_links", LogAction.TASK_LINK)
DOCUMENTS: Final = Kept("documents", LogAction.DOCUMENT, unlogged=frozenset({"search_text"}))
DOCUMENT_FILES: Final = Kept("document_files", LogAction.DOCUMENT_FILE)
STORED_FILES: Final = Kept("stored_files", LogAction.STORED_FILE, key="sha256")
ATTACHMENTS: Final = Kept("attachments", LogAction.ATTACHMENT)
TASK_DOCUMENTS: Final = Kept("task_documents", LogAction.TASK_DOCUMENT)
INDICATOR_VALUES: Final = Kept("indicator_values", LogAction.INDICATOR_VALUE)
PLAN_TARGETS: Final = Kept("plan_targets", LogAction.PLAN_TARGET)
ANSWER_SOURCES: Final = Kept("answer_sources", LogAction.ANSWER_SOURCE)
RUBRIC_VERSIONS: Final = Kept("rubric_versions", LogAction.RUBRIC_VERSION)
RUBRIC_DRAFTS: Final = Kept("rubric_drafts", LogAction.RUBRIC_DRAFT)
RUBRIC_DRAFT_NODES: Final = Kept("rubric_draft_nodes", LogAction.RUBRIC_DRAFT_NODE)
RUBRIC_MATCHES: Final = Kept("rubric_matches", LogAction.RUBRIC_MATCH)
CARRIED_NOTES: Final = Kept("carried_notes", LogAction.CARRIED_NOTE)
UNIT_BODIES: Final = Kept("unit_bodies", LogAction.UNIT_BODY, key="unit_id")
EVERY: Final = (
    PLANS,
    TASKS,
    OCCURRENCES,
    TASK_NOTES,
    TASK_LINKS,
    DOCUMENTS,
    DOCUMENT_FILES,
    STORED_FILES,
    ATTACHMENTS,
    TASK_DOCUMENTS,
    INDICATOR_VALUES,
    PLAN_TARGETS,
    ANSWER_SOURCES,
    RUBRIC_VERSIONS,
    RUBRIC_DRAFTS,
    RUBRIC_DRAFT_NODES,
    RUBRIC_MATCHES,
    CARRIED_NOTES,
    UNIT_BODIES,
)


def add(
    connection: Connection,
    kept: Kept,
    rows: Sequence[Row],
    actor: log.Actor,
    *,
    assessment_id: str | None = None,
    at_utc: datetime | None = None,
) -> tuple[str, ...]:
    """Add rows as their first version, each logged, and give their ids; a row without its key gets a new one.

    All rows have the same columns; ``version``, ``changed_by`` and ``changed_utc`` are filled in here.
    """
    now = at_utc or now_utc()
    about = {"version": 1, "changed_by": actor.id, "changed_utc": now}
    whole = [{**({} if kept.key in row else {kept.key: new_id()}), **row, **about} for row in rows]
    connection.run_many(kept.table, whole)
    log.append(
        connection,
        [log.Line(kept.action, str(row[kept.key]), kept.logged(row), None, assessment_id, actor, now) for row in whole],
    )
    return tuple(str(row[kept.key]) for row in whole)


def change(
    connection: Connection,
    kept: Kept,
    before: Row,
    changes: Mapping[str, object],
    actor: log.Actor,
    *,
    assessment_id: str | None = None,
    at_utc: datetime | None = None,
) -> bool:
    """Change some columns of a row, logged; ``before`` is the whole row as it stands. Nothing new: tell False."""
    return change_many(connection, kept, [(before, changes)], actor, assessment_id=assessment_id, at_utc=at_utc) > 0


def change_many(
    connection: Connection,
    kept: Kept,
    changes: Iterable[tuple[Row, Mapping[str, object]]],
    actor: log.Actor,
    *,
    assessment_id: str | None = None,
    at_utc: datetime | None = None,
) -> int:
    """Change some columns of many rows, each whole as it stands with what changes, and tell how many were not so.

    All are logged in one go, which takes a third of the time.
    """
    now = at_utc or now_utc()
    lines = []
    for before, wanted in changes:
        new = {name: value for name, value in wanted.items() if before[name] != value}
        if not new:
            continue
        about = {"version": before["version"] + 1, "changed_by": actor.id, "changed_utc": now}
        settings = ", ".join(f"{name} = :{name}" for name in (*new, *about))
        sql = f"UPDATE {kept.table} SET {settings} WHERE {kept.key} = :{kept.key}"  # noqa: S608 (names of columns)
        connection.run(sql, **{**new, **about, kept.key: before[kept.key]})
        values = kept.logged({**before, **new}), kept.logged(before)
        lines.append(log.Line(kept.action, str(before[kept.key]), *values, assessment_id, actor, now))
    if lines:
        log.append(connection, lines)
    return len(lines)


def find(connection: Connection, kept: Kept, key: str) -> Row | None:
    """Read a whole row by its key, which may come from an address that anybody typed; also one that has ended."""
    if not (key.isascii() and key.isalnum()):
        return None
    return connection.row(f"SELECT * FROM {kept.table} WHERE {kept.key} = :key", key=key)  # noqa: S608 (constants)


def every_row(connection: Connection, kept: Kept) -> Iterable[Row]:
    """Give all rows of a table, for checks over all of it."""
    return connection.rows(f"SELECT * FROM {kept.table} ORDER BY {kept.key}")  # noqa: S608 (constants)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
