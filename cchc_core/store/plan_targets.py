"""Figures that plans promise, with where their actual values come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_core.store import kept, log
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory


@dataclass(frozen=True, slots=True)
class StoredTarget:
    """A promised figure as it is stored; ``value`` and ``actual`` are numbers as machines write them, or grades.

    ``source`` is '' (none), typed, indicator or tasks; ``source_key`` names the indicator or the figure of the tasks.
    """

    id: str
    department_id: str
    year: int
    plan_id: str
    ordinal: int
    text: str
    operator: str
    value: str
    unit: str
    deadline_text: str
    deadline: date | None
    task_code: str
    where: str
    is_repeat: bool
    print_note: str
    source: str
    source_key: str
    actual: str
    note: str
    version: int
    changed_by_name: str
    changed_at_utc: datetime


def add(connection: Connection, rows: Sequence[Row], actor: log.Actor) -> tuple[str, ...]:
    """Add targets, each with every column that people fill; give their ids."""
    return kept.add(connection, kept.PLAN_TARGETS, rows, actor)


def find(connection: Connection, target_id: str) -> Row | None:
    """Read a target as a whole row, also one that has ended."""
    return kept.find(connection, kept.PLAN_TARGETS, target_id)


def change(connection: Connection, before: Row, changes: Mapping[str, object], actor: log.Actor) -> bool:
    """Change some columns of a target; tell whether anything is new."""
    return kept.change(connection, kept.PLAN_TARGETS, before, changes, actor)


def end_of_plan(connection: Connection, plan_id: str, actor: log.Actor) -> None:
    """End the targets of a plan; they stay in the log."""
    now = now_utc()
    for row in _rows(connection, "plan_id = :plan_id", plan_id=plan_id):
        kept.change(connection, kept.PLAN_TARGETS, row, {"ended_utc": now}, actor, at_utc=now)


def of_plan(connection: Connection, plan_id: str) -> tuple[StoredTarget, ...]:
    """Read the targets of a plan in printed order."""
    return tuple(stored(connection, row) for row in _rows(connection, "plan_id = :plan_id", plan_id=plan_id))


def of_year(connection: Connection, department_id: str, year: int) -> tuple[StoredTarget, ...]:
    """Read the targets of a department's year, plan by plan, in printed order."""
    condition = "department_id = :department_id AND year = :year"
    rows = _rows(connection, condition, department_id=department_id, year=year)
    return tuple(stored(connection, row) for row in rows)


def plan_titles(connection: Connection, department_id: str, year: int) -> dict[str, str]:
    """Name the plans of a department's year by id, in the order of their titles."""
    rows = connection.rows(
        "SELECT id, title FROM plans WHERE department_id = :department_id AND year = :year AND ended_utc IS NULL "
        "ORDER BY title, id",
        department_id=department_id,
        year=year,
    )
    return {row["id"]: row["title"] for row in rows}


def rows_of_plan(connection: Connection, plan_id: str) -> list[Row]:
    """Read the targets of a plan as whole rows."""
    return _rows(connection, "plan_id = :plan_id", plan_id=plan_id)


def _rows(connection: Connection, condition: str, **params: object) -> list[Row]:
    sql = f"SELECT * FROM plan_targets WHERE ended_utc IS NULL AND {condition} ORDER BY plan_id, ordinal"  # noqa: S608
    return connection.rows(sql, **params)


def stored(connection: Connection, row: Row) -> StoredTarget:
    """Give a row as a value, with the name of who changed it last."""
    person = directory(connection).users.get(row["changed_by"])
    return StoredTarget(
        id=row["id"],
        department_id=row["department_id"],
        year=row["year"],
        plan_id=row["plan_id"],
        ordinal=row["ordinal"],
        text=row["target_text"],
        operator=row["operator"],
        value=row["value"],
        unit=row["unit_text"],
        deadline_text=row["deadline_text"],
        deadline=row["deadline"],
        task_code=row["task_code"],
        where=row["where_text"],
        is_repeat=row["is_repeat"],
        print_note=row["print_note"],
        source=row["source"],
        source_key=row["source_key"],
        actual=row["actual"],
        note=row["note"],
        version=row["version"],
        changed_by_name="" if person is None else person["name"],
        changed_at_utc=row["changed_utc"],
    )
