"""Searching, counting and paging of tasks in SQL: thousands of them cost about what fifty cost.

How a task stands is a number, 1 for overdue up to 9 for dropped (see ``STANDING``): of its occurrences the least one is
the task's, as :func:`cchc_core.tasks.life.joined_timeliness` has it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from cchc_core.store import tasks
from cchc_core.store.connection import Connection, Row, any_of
from cchc_core.tasks.life import DUE_SOON_DAYS, TaskState, Timeliness
from cchc_core.tasks.model import Task
from cchc_core.tasks.query import DueFilter, Order, Query
from cchc_core.text import fold

STANDING: Final[Mapping[int, Timeliness]] = {
    1: Timeliness.OVERDUE,
    2: Timeliness.DUE_SOON,
    3: Timeliness.OPEN,
    4: Timeliness.NO_DUE,
    5: Timeliness.LATE,
    6: Timeliness.ON_TIME,
    7: Timeliness.EARLY,
    8: Timeliness.NO_DUE,
    9: Timeliness.DROPPED,
}
"""How something stands, the most urgent first; 8 is done without a due day."""

_STAND = (
    "CASE WHEN o.state = 'dropped' THEN 9 "
    "WHEN o.state = 'done' AND o.due IS NULL THEN 8 "
    "WHEN o.state = 'done' AND o.done_on < o.due THEN 7 "
    "WHEN o.state = 'done' AND o.done_on > o.due THEN 5 "
    "WHEN o.state = 'done' THEN 6 "
    "WHEN o.due IS NULL THEN 4 WHEN o.due < :today THEN 1 WHEN o.due <= :soon THEN 2 ELSE 3 END"
)
# How it stood on a day that has passed: what was done after that day was still to be done.
_STAND_THEN = _STAND.replace("o.state = 'done'", "o.state = 'done' AND o.done_on <= :today")


def _parts(stand: str) -> str:
    return (
        f"WITH parts AS (SELECT o.task_id, o.id, o.due, o.state, {stand} AS stand FROM occurrences o "  # noqa: S608
        "JOIN tasks t ON t.id = o.task_id WHERE t.department_id = :department_id AND t.year = :year "
        "AND t.ended_utc IS NULL AND o.ended_utc IS NULL), "
        "life AS (SELECT task_id, min(stand) AS stand, "
        "max(CASE WHEN state IN ('done', 'in_progress') THEN 1 ELSE 0 END) AS begun, "
        "min(CASE WHEN stand <= 4 THEN due END) AS next_due, "
        "max(CASE WHEN stand <= 3 AND due >= :today AND due <= :soon THEN 1 ELSE 0 END) AS soon7, "
        "max(CASE WHEN stand <= 3 AND due >= :today AND due <= :later THEN 1 ELSE 0 END) AS soon30, "
        "max(CASE WHEN stand = 4 THEN 1 ELSE 0 END) AS undated "
        "FROM parts GROUP BY task_id) "
    )


_PARTS, _PARTS_THEN = _parts(_STAND), _parts(_STAND_THEN)
_STATE = (
    "CASE WHEN l.stand = 9 THEN 'dropped' WHEN l.stand >= 5 THEN 'done' "
    "WHEN l.begun = 1 THEN 'in_progress' ELSE 'not_started' END"
)
_FROM = "FROM tasks t JOIN life l ON l.task_id = t.id LEFT JOIN units u ON u.id = t.room_id "
_DUE: Mapping[DueFilter, str] = {
    DueFilter.OVERDUE: "l.stand = 1",
    DueFilter.SOON_7: "l.soon7 = 1",
    DueFilter.SOON_30: "l.soon30 = 1",
    DueFilter.NO_DUE: "l.undated = 1",
}
_PRINTED = "CASE t.kind WHEN 'plan' THEN 1 WHEN 'assigned' THEN 2 ELSE 3 END, coalesce(t.plan_id, ''), t.ordinal, t.id"
_NEXT_DUE = "CASE WHEN l.next_due IS NULL THEN 1 ELSE 0 END, l.next_due"
_ORDER: Mapping[Order, str] = {
    Order.PRINTED: _PRINTED,
    Order.URGENT: f"l.stand, {_NEXT_DUE}, {_PRINTED}",
    Order.DUE: f"{_NEXT_DUE}, {_PRINTED}",
    Order.ROOM: f"CASE WHEN u.id IS NULL THEN 1 ELSE 0 END, u.name_sort, u.id, {_PRINTED}",
}


def count(connection: Connection, query: Query, today: date) -> int:
    """Count the tasks that are asked for."""
    condition, params = _condition(query)
    row = connection.row(
        f"{_PARTS} SELECT count(*) AS many {_FROM} WHERE {condition}",
        **params,
        **_days(today),
    )
    return 0 if row is None else int(row["many"])


def page(
    connection: Connection, query: Query, today: date, *, most: int, skipped: int = 0
) -> tuple[tuple[Task, ...], int]:
    """Read ``most`` of the tasks that are asked for after ``skipped`` ones, and count all of them.

    After the last one nothing is read, and nothing counted.
    """
    condition, params = _condition(query)
    # Wide rows are read for the page alone: the year is gone through once, by keys.
    keys = connection.rows(
        f"{_PARTS} SELECT t.id, count(*) OVER () AS total {_FROM} WHERE {condition} ORDER BY {_ORDER[query.order]} "
        "LIMIT CAST(:most AS INTEGER) OFFSET CAST(:skipped AS INTEGER)",
        **params,
        most=most,
        skipped=skipped,
        **_days(today),
    )
    if not keys:
        return (), 0
    named, ids = any_of("id", [key["id"] for key in keys])
    rows = {row["id"]: row for row in connection.rows(f"SELECT * FROM tasks WHERE {named}", **ids)}  # noqa: S608 (names)
    return tasks.tasks_of(connection, [rows[key["id"]] for key in keys]), int(keys[0]["total"])


def everything(connection: Connection, query: Query, today: date) -> tuple[Task, ...]:
    """Read all the tasks that are asked for, in order."""
    condition, params = _condition(query)
    rows = connection.rows(
        f"{_PARTS} SELECT t.* {_FROM} WHERE {condition} ORDER BY {_ORDER[query.order]}", **params, **_days(today)
    )
    return tasks.tasks_of(connection, rows)


def combinations(connection: Connection, query: Query, today: date) -> list[Row]:
    """Count what a department's year holds that the text of a query finds, by everything that filters ask for."""
    condition, params = _condition(Query(query.department_id, query.year, text=query.text))
    by = "t.plan_id, t.kind, t.room_id, t.group_code, t.group_title, l.soon7, l.soon30, l.undated"
    return connection.rows(
        f"{_PARTS} SELECT {by}, {_STATE} AS state, CASE WHEN l.stand = 1 THEN 1 ELSE 0 END AS overdue, "
        f"count(*) AS many, min(t.ordinal) AS first {_FROM} WHERE {condition} "
        f"GROUP BY {by}, {_STATE}, CASE WHEN l.stand = 1 THEN 1 ELSE 0 END ORDER BY coalesce(t.plan_id, ''), first",
        **params,
        **_days(today),
    )


def standings(connection: Connection, query: Query, today: date, *, is_past: bool = False) -> list[Row]:
    """Count the tasks that are asked for by room, assigning body, state and how they stand.

    ``is_past`` asks how they stood on a day that has passed: what was done or assigned later is taken as it was then.
    """
    condition, params = _condition(query)
    if is_past:
        condition += " AND (t.assigning_date IS NULL OR t.assigning_date <= :today)"
    by = f"t.room_id, t.assigning_body, l.stand, {_STATE}"
    parts = _PARTS_THEN if is_past else _PARTS
    return connection.rows(
        f"{parts} SELECT t.room_id, t.assigning_body, l.stand, {_STATE} AS state, count(*) AS many "
        f"{_FROM} WHERE {condition} GROUP BY {by}",
        **params,
        **_days(today),
    )


def due_days(connection: Connection, query: Query, today: date) -> list[Row]:
    """Count the occurrences with a due day of the tasks that are asked for, by room, day and how they stand."""
    condition, params = _condition(query)
    return connection.rows(
        f"{_PARTS} SELECT t.room_id, p.due, p.stand, count(*) AS many {_FROM} JOIN parts p ON p.task_id = t.id "
        f"WHERE {condition} AND p.due IS NOT NULL GROUP BY t.room_id, p.due, p.stand ORDER BY p.due",
        **params,
        **_days(today),
    )


def _days(today: date) -> Row:
    return {
        "today": today,
        "soon": today + timedelta(days=DUE_SOON_DAYS),
        "later": today + timedelta(days=30),
    }


def _condition(query: Query) -> tuple[str, Row]:
    """Give the condition of a query with its parameters."""
    params: Row = {"department_id": query.department_id, "year": query.year}
    parts = ["t.department_id = :department_id", "t.year = :year", "t.ended_utc IS NULL"]
    equal = {"plan_id": query.plan_id, "kind": query.kind, "room_id": query.room_id or None, "group_code": query.group}
    for column, value in equal.items():
        if value is not None:
            parts.append(f"t.{column} = :{column}")
            params[column] = str(value)
    if query.room_id == "":
        parts.append("t.room_id IS NULL")
    if query.state is not None:
        parts.append(f"{_STATE} = :state")
        params["state"] = TaskState(query.state).value
    if query.due is not None:
        parts.append(_DUE[query.due])
    for place, word in enumerate(fold(query.text).split()[:_MOST_WORDS]):
        parts.append(f"t.search_text LIKE :word_{place} ESCAPE '!'")
        params[f"word_{place}"] = f"%{_literal(word)}%"
    return " AND ".join(parts), params


_MOST_WORDS = 20


def _literal(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
