"""Tasks: the rows themselves. How they are searched and counted is in :mod:`cchc_core.store.task_queries`."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from cchc_core.store import kept, occurrences
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.store.log import Actor
from cchc_core.store.year_lines import YearLine, last_change
from cchc_core.tasks.model import Task, TaskKind
from cchc_core.text import fold

_SEARCHED = (
    *("code", "title", "group_title", "lead_text", "person", "coordinating"),
    *("note", "assigning_body", "assigning_number"),
)
_OF_RESULTS = ("product", "result_number", "result_abstract")
NOTHING: Row = {
    "plan_id": None,
    "code": "",
    "group_code": "",
    "group_title": "",
    "lead_text": "",
    "room_id": None,
    "person": "",
    "coordinating": "",
    "time_text": "",
    "funding": "",
    "how": "",
    "note": "",
    "print_note": "",
    "uncertain": "[]",
    "source": "",
    "assigning_body": "",
    "assigning_number": "",
    "assigning_date": None,
    "remedy_unit_id": None,
    "remedy_rubric_id": None,
    "remedy_code": None,
    "ended_utc": None,
}
"""What a task has in the columns that it says nothing in."""


def add(connection: Connection, rows: Sequence[Row], products: Sequence[Iterable[str]], actor: Actor) -> None:
    """Add tasks, logged; each row has an id, ``products`` are the texts of each that are searched with it."""
    whole = [
        {**NOTHING, **row, "search_text": search_text({**NOTHING, **row}, texts)}
        for row, texts in zip(rows, products, strict=True)
    ]
    kept.add(connection, kept.TASKS, whole, actor)


def search_text(row: Row, more: Iterable[str]) -> str:
    """Give the folded text that searches look through."""
    return fold(" ".join(filter(None, (*(str(row[name]) for name in _SEARCHED), *dict.fromkeys(more)))))


def reindex(connection: Connection, task_id: str) -> None:
    """Compute the text that searches look through anew, after something of the task or its results has changed."""
    row = kept.find(connection, kept.TASKS, task_id)
    if row is None:
        return
    parts = connection.rows(
        "SELECT product, result_number, result_abstract FROM occurrences "
        "WHERE task_id = :task_id AND ended_utc IS NULL ORDER BY ordinal, id",
        task_id=task_id,
    )
    text = search_text(row, (part[name] for part in parts for name in _OF_RESULTS))
    if text != row["search_text"]:
        connection.run("UPDATE tasks SET search_text = :text WHERE id = :id", text=text, id=task_id)


def row_of(connection: Connection, task_id: str) -> Row | None:
    """Find the whole row of a task that has not ended by its id, which may come from an address that anybody typed."""
    row = kept.find(connection, kept.TASKS, task_id)
    return None if row is None or row["ended_utc"] is not None else row


def find(connection: Connection, task_id: str) -> Task | None:
    """Find a task that has not ended."""
    row = row_of(connection, task_id)
    return None if row is None else tasks_of(connection, [row])[0]


def rows_of_plan(connection: Connection, plan_id: str) -> list[Row]:
    """Read the whole rows of a plan's tasks in printed order."""
    return connection.rows(
        "SELECT * FROM tasks WHERE plan_id = :plan_id AND ended_utc IS NULL ORDER BY ordinal, id", plan_id=plan_id
    )


def row_of_remedy(connection: Connection, line: YearLine, code: str) -> Row | None:
    """Find the task that mends a criterion in a unit's year; None where there is none."""
    return connection.row(
        "SELECT * FROM tasks WHERE kind = :kind AND year = :year AND remedy_unit_id = :unit_id "
        "AND remedy_rubric_id = :rubric_id AND remedy_code = :code AND ended_utc IS NULL",
        kind=TaskKind.REMEDY.value,
        code=code,
        **asdict(line),
    )


def settled_remedies(connection: Connection, line: YearLine) -> frozenset[str]:
    """Give the criteria of a year whose remedy was carried out or dropped: nothing of it is left to do."""
    rows = connection.rows(
        "SELECT t.remedy_code AS code FROM tasks t JOIN occurrences o ON o.task_id = t.id "
        "WHERE t.kind = :kind AND t.year = :year AND t.remedy_unit_id = :unit_id AND t.remedy_rubric_id = :rubric_id "
        "AND t.ended_utc IS NULL AND o.ended_utc IS NULL GROUP BY t.remedy_code "
        "HAVING count(*) = count(CASE WHEN o.state IN ('done', 'dropped') THEN 1 END)",
        kind=TaskKind.REMEDY.value,
        **asdict(line),
    )
    return frozenset(row["code"] for row in rows)


def next_ordinal(connection: Connection, department_id: str, year: int, kind: TaskKind) -> int:
    """Give the place after the last task of a kind in a year."""
    row = connection.row(
        "SELECT coalesce(max(ordinal), 0) + 1 AS following FROM tasks "
        "WHERE department_id = :department_id AND year = :year AND kind = :kind",
        department_id=department_id,
        year=year,
        kind=kind.value,
    )
    return 1 if row is None else int(row["following"])


def tasks_of(connection: Connection, rows: Sequence[Row]) -> tuple[Task, ...]:
    """Make tasks of their whole rows, with their occurrences, in the order given."""
    parts = occurrences.of_tasks(connection, [row["id"] for row in rows])
    names = directory(connection).unit_names
    made = []
    for row in rows:
        version, by_name, at_utc = last_change(connection, row)
        made.append(
            Task(
                id=row["id"],
                department_id=row["department_id"],
                year=row["year"],
                plan_id=row["plan_id"],
                kind=TaskKind(row["kind"]),
                ordinal=row["ordinal"],
                code=row["code"],
                group_code=row["group_code"],
                group_title=row["group_title"],
                title=row["title"],
                lead_text=row["lead_text"],
                room_id=row["room_id"],
                person=row["person"],
                coordinating=row["coordinating"],
                time_text=row["time_text"],
                funding=row["funding"],
                how=row["how"],
                note=row["note"],
                print_note=row["print_note"],
                uncertain=tuple(json.loads(row["uncertain"])),
                source=row["source"],
                assigning_body=row["assigning_body"],
                assigning_number=row["assigning_number"],
                assigning_date=row["assigning_date"],
                remedy_unit_id=row["remedy_unit_id"],
                remedy_rubric_id=row["remedy_rubric_id"],
                remedy_code=row["remedy_code"],
                version=version,
                changed_by_name=by_name,
                changed_at_utc=at_utc,
                occurrences=parts[row["id"]],
                room_name=names.get(row["room_id"] or "", ""),
            )
        )
    return tuple(made)
