"""Finding tasks: filters, search and paging, all of it in the database."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from cchc_core import offices
from cchc_core.permissions import OfficeAction
from cchc_core.store import plans, task_queries
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from cchc_core.tasks.life import STATE_NAMES, TaskState
from cchc_core.tasks.model import KIND_NAMES, Task, TaskKind
from cchc_core.tasks.query import (
    DUE_NAMES,
    NO_ROOM,
    ORDER_NAMES,
    Choice,
    Choices,
    DueFilter,
    Order,
    Page,
    Query,
)
from cchc_core.text import sort_key

__all__ = [
    "DUE_NAMES",
    "NO_ROOM",
    "ORDER_NAMES",
    "PER_PAGE",
    "Choice",
    "Choices",
    "DueFilter",
    "Order",
    "Page",
    "Query",
    "choices",
    "everything",
    "find_tasks",
]

PER_PAGE: Final = 30
NO_ROOM_NAME: Final = "Chưa rõ phòng, đơn vị"


def find_tasks(
    database: Database, user: User, query: Query, *, today: date, page: int = 1, per_page: int = PER_PAGE
) -> Page:
    """Read one page of the tasks that are asked for; a page after the last one is the last one.

    Raises NotFound, NotAllowedInOffice.
    """
    with database.read() as connection:
        offices.require(connection, user, OfficeAction.VIEW_TASKS, query.department_id)
        number = max(page, 1)
        found, total = task_queries.page(connection, query, today, most=per_page, skipped=(number - 1) * per_page)
        if not found and number > 1:
            number = max(1, -(-task_queries.count(connection, query, today) // per_page))
            found, total = task_queries.page(connection, query, today, most=per_page, skipped=(number - 1) * per_page)
    return Page(found, total, number, max(1, -(-total // per_page)))


def everything(database: Database, user: User, query: Query, *, today: date) -> tuple[Task, ...]:
    """Read all tasks that are asked for, for files that are taken away. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        offices.require(connection, user, OfficeAction.VIEW_TASKS, query.department_id)
        return task_queries.everything(connection, query, today)


def choices(database: Database, user: User, query: Query, *, today: date) -> Choices:
    """Give what each filter may be set to, with how many tasks the other filters leave then.

    Raises NotFound, NotAllowedInOffice.
    """
    with database.read() as connection:
        offices.require(connection, user, OfficeAction.VIEW_TASKS, query.department_id)
        rows = task_queries.combinations(connection, query, today)
        return _choices(connection, query, rows)


_Key = TypeVar("_Key", bound=StrEnum)
_Match = Callable[[Row], bool]
_DUE_FLAGS: Mapping[DueFilter, str] = {
    DueFilter.OVERDUE: "overdue",
    DueFilter.SOON_7: "soon7",
    DueFilter.SOON_30: "soon30",
    DueFilter.NO_DUE: "undated",
}


def _choices(connection: Connection, query: Query, rows: list[Row]) -> Choices:
    matches = _matches(query)

    def left_for(name: str) -> list[Row]:
        others = [match for of, match in matches.items() if of != name]
        return [row for row in rows if all(match(row) for match in others)]

    units = directory(connection)
    rooms = _summed(left_for("room_id"), lambda row: row["room_id"] or NO_ROOM)
    groups = _summed(left_for("group_code"), lambda row: row["group_code"])
    in_order = sorted(rows, key=lambda row: (row["first"], row["group_code"]))
    titles = {row["group_code"]: row["group_title"] for row in reversed(in_order)}
    dues = left_for("due")
    return Choices(
        plans=tuple(
            Choice(plan.id, plan.title, many)
            for plan in plans.of_department(connection, query.department_id, query.year)
            if (many := _summed(left_for("plan_id"), lambda row: row["plan_id"]).get(plan.id, 0))
        ),
        kinds=_named(_summed(left_for("kind"), lambda row: row["kind"]), {kind: KIND_NAMES[kind] for kind in TaskKind}),
        rooms=tuple(
            Choice(key, units.unit_names.get(key, NO_ROOM_NAME), rooms[key])
            for key in sorted(rooms, key=lambda key: (key == NO_ROOM, units.unit_sorts.get(key, sort_key(key))))
        ),
        groups=tuple(
            Choice(code, " ".join(filter(None, (code, titles[code]))), groups[code])
            for code in dict.fromkeys(row["group_code"] for row in in_order)
            if code and code in groups
        ),
        states=_named(
            _summed(left_for("state"), lambda row: row["state"]), {state: STATE_NAMES[state] for state in TaskState}
        ),
        dues=_named(
            {flag: sum(row["many"] for row in dues if row[column]) for flag, column in _DUE_FLAGS.items()}, DUE_NAMES
        ),
    )


def _matches(query: Query) -> dict[str, _Match]:
    wanted: dict[str, str | None] = {
        "plan_id": query.plan_id,
        "kind": query.kind,
        "room_id": query.room_id,
        "group_code": query.group,
        "state": query.state,
    }
    matches: dict[str, _Match] = {
        name: _equals(name, str(value)) for name, value in wanted.items() if value is not None
    }
    if query.due is not None:
        flag = _DUE_FLAGS[query.due]
        matches["due"] = lambda row: bool(row[flag])
    return matches


def _equals(name: str, value: str) -> _Match:
    return lambda row: (row[name] or "") == value


def _summed(rows: Iterable[Row], key_of: Callable[[Row], str | None]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in rows:
        key = key_of(row)
        if key is not None:
            sums[key] = sums.get(key, 0) + int(row["many"])
    return sums


def _named(sums: Mapping[str, int], names: Mapping[_Key, str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(key), name, sums[key]) for key, name in names.items() if sums.get(key))
