"""The year of tasks as marks on a line of days: one a due day, added up by month where they are too many to draw."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc_core import offices
from cchc_core.permissions import OfficeAction
from cchc_core.store import task_queries
from cchc_core.store.connection import Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from cchc_core.tasks.life import Timeliness
from cchc_core.tasks.model import Task
from cchc_core.tasks.query import Query
from cchc_core.tasks.totals import NO_ROOM_NAME
from cchc_core.time_patterns import end_of_month

MOST_MARKS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A due day of a task; or the last day of a month that stands for ``many`` of them and names no task."""

    day: date
    timeliness: Timeliness
    room_id: str
    room_name: str
    many: int = 1
    task_id: str = ""
    code: str = ""
    title: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The marks of a year in order of their days; ``is_added_up`` tells that each stands for a month of a room."""

    marks: tuple[Mark, ...]
    is_added_up: bool


def timeline(database: Database, user: User, query: Query, *, today: date, most: int = MOST_MARKS) -> Timeline:
    """Give the due days of the tasks that are asked for, each with how it stands; what has no due day has no mark.

    Raises NotFound, NotAllowedInOffice.
    """
    with database.read() as connection:
        offices.require(connection, user, OfficeAction.VIEW_TASKS, query.department_id)
        days = task_queries.due_days(connection, query, today)
        is_added_up = sum(row["many"] for row in days) > most
        names = directory(connection).unit_names
        found = () if is_added_up else task_queries.everything(connection, query, today)
    marks = _months(days, names) if is_added_up else _marks(found, today)
    return Timeline(tuple(sorted(marks, key=lambda mark: (mark.day, mark.room_name, mark.code))), is_added_up)


def _marks(tasks: Iterable[Task], today: date) -> Iterator[Mark]:
    for task in tasks:
        room = (task.room_id or "", task.room_name or NO_ROOM_NAME)
        for each in task.occurrences:
            if each.due is not None:
                of_task = (task.id, task.code, task.title, each.product)
                yield Mark(each.due, each.timeliness(today), *room, 1, *of_task)


def _months(days: Iterable[Row], names: Mapping[str, str]) -> Iterator[Mark]:
    sums: Counter[tuple[date, Timeliness, str]] = Counter()
    for row in days:
        month = end_of_month(row["due"].year, row["due"].month)
        sums[month, task_queries.STANDING[row["stand"]], row["room_id"] or ""] += row["many"]
    for (day, stand, room_id), many in sums.items():
        yield Mark(day, stand, room_id, names.get(room_id, NO_ROOM_NAME), many)
