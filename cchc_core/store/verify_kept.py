"""Checks over plans, tasks, documents and figures: each stored row against the last line that the log has of it."""

import json
from collections.abc import Iterator

from cchc_core.store import kept
from cchc_core.store.connection import Connection, Row
from cchc_core.store.findings import Finding
from cchc_core.store.log import ACTION_TITLES, Json, LogAction

_BY_ACTION = {table.action: table for table in kept.EVERY}

REFERENCES = (
    ("plans", "department_id", "units", "id"),
    ("plans", "copied_from", "plans", "id"),
    ("tasks", "department_id", "units", "id"),
    ("tasks", "plan_id", "plans", "id"),
    ("tasks", "room_id", "units", "id"),
    ("tasks", "remedy_unit_id", "units", "id"),
    ("occurrences", "task_id", "tasks", "id"),
    ("task_notes", "task_id", "tasks", "id"),
    ("task_links", "task_id", "tasks", "id"),
    ("documents", "department_id", "units", "id"),
    ("documents", "unit_id", "units", "id"),
    ("documents", "created_by", "users", "id"),
    ("document_files", "document_id", "documents", "id"),
    ("document_files", "sha256", "stored_files", "sha256"),
    ("attachments", "document_id", "documents", "id"),
    ("attachments", "unit_id", "units", "id"),
    ("task_documents", "document_id", "documents", "id"),
    ("task_documents", "task_id", "tasks", "id"),
    ("task_documents", "occurrence_id", "occurrences", "id"),
    ("indicator_values", "department_id", "units", "id"),
    ("plan_targets", "department_id", "units", "id"),
    ("plan_targets", "plan_id", "plans", "id"),
    ("answer_sources", "unit_id", "units", "id"),
    ("rubric_versions", "sha256", "rubrics", "sha256"),
    ("rubric_versions", "draft_id", "rubric_drafts", "id"),
    ("rubric_versions", "issued_by", "users", "id"),
    ("rubric_drafts", "issued_sha256", "rubrics", "sha256"),
    ("rubric_draft_nodes", "draft_id", "rubric_drafts", "id"),
    ("rubric_draft_nodes", "parent_id", "rubric_draft_nodes", "id"),
    ("rubric_matches", "old_sha256", "rubrics", "sha256"),
    ("rubric_matches", "new_sha256", "rubrics", "sha256"),
    ("carried_notes", "assessment_id", "assessments", "id"),
    ("carried_notes", "source_assessment_id", "assessments", "id"),
    ("unit_bodies", "unit_id", "units", "id"),
    *((table.table, "changed_by", "users", "id") for table in kept.EVERY),
)
"""Which column of which table names a row of which other one: what foreign keys would hold."""


class LastLines:
    """The last log line of every row of these tables."""

    def __init__(self) -> None:
        self.values: dict[tuple[LogAction, str], Json] = {}

    def take(self, row: Row) -> None:
        """Take note of a line of the log."""
        action = LogAction(row["action"])
        if action in _BY_ACTION:
            self.values[action, row["subject"]] = json.loads(row["new_value"])


def findings(connection: Connection, last: LastLines) -> Iterator[Finding]:
    """Compare what is stored with the log."""
    left = dict(last.values)
    for table in kept.EVERY:
        title = ACTION_TITLES[table.action]
        for row in kept.every_row(connection, table):
            logged = left.pop((table.action, str(row[table.key])), None)
            if logged != table.logged(row):
                yield Finding("KT-06", f"{title} ({row[table.key]}): điều đang lưu khác dòng nhật ký cuối cùng.")
    for action, key in sorted(left):
        yield Finding("KT-06", f"{ACTION_TITLES[action]} ({key}): nhật ký có ghi nhưng không còn lưu.")
