"""What the tasks of a year come to: by room, of the plan, of the work that was assigned.

Every task counts once, by the state and the timeliness of the whole of it; what was dropped stays in the denominators.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from cchc_core import offices
from cchc_core.likeness import words
from cchc_core.permissions import OfficeAction
from cchc_core.rules.decimals import percent_of
from cchc_core.store import plans, task_queries
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from cchc_core.tasks.life import TaskState, Timeliness
from cchc_core.tasks.model import TaskKind
from cchc_core.tasks.query import Query

NO_ROOM_NAME: Final = "Chưa rõ phòng, đơn vị"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Tasks by state, and by timeliness: the first five after ``tasks`` and the rest each add up to all of them.

    ``no_due`` are still to be done, ``undated`` are done, both without a due day; ``dropped`` counts in both.
    """

    tasks: int = 0
    done: int = 0
    in_progress: int = 0
    not_started: int = 0
    dropped: int = 0
    overdue: int = 0
    due_soon: int = 0
    open: int = 0
    no_due: int = 0
    late: int = 0
    on_time: int = 0
    early: int = 0
    undated: int = 0

    @property
    def total(self) -> int:
        """All tasks."""
        return self.tasks

    @property
    def late_or_not_done(self) -> int:
        """Tasks done late, not done though their day has passed, or not carried out at all."""
        return self.late + self.overdue + self.dropped

    @property
    def completion_percent(self) -> Decimal | None:
        """Done, in percent of all tasks; None where there is none, as for the other percents."""
        return self._percent(self.done)

    @property
    def early_percent(self) -> Decimal | None:
        """Done before their day."""
        return self._percent(self.early)

    @property
    def on_time_percent(self) -> Decimal | None:
        """Done by their day, early ones too."""
        return self._percent(self.early + self.on_time)

    @property
    def late_percent(self) -> Decimal | None:
        """Done after their day."""
        return self._percent(self.late)

    @property
    def overdue_percent(self) -> Decimal | None:
        """Not done though their day has passed."""
        return self._percent(self.overdue)

    def _percent(self, part: int) -> Decimal | None:
        return percent_of(Decimal(part), Decimal(self.tasks))


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTotals(Figures):
    """The tasks that a room leads; ``room_id`` is '' for those whose lead is not recognised."""

    room_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedFigures(Figures):
    """The work that was assigned during a year (nhiệm vụ được giao)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures(Figures):
    """The tasks of one plan."""


_FiguresT = TypeVar("_FiguresT", bound=Figures)


def room_totals(
    database: Database, user: User, department_id: str, year: int, today: date, plan_id: str | None = None
) -> tuple[RoomTotals, ...]:
    """Sum up the tasks of a year, or of one plan, by the room that leads; rooms in Vietnamese order, unknown ones last.

    Raises NotFound, NotAllowedInOffice.
    """
    with database.read() as connection:
        offices.require(connection, user, OfficeAction.VIEW_TASKS, department_id)
        return rooms_of(connection, Query(department_id, year, plan_id=plan_id), today)


def rooms_of(connection: Connection, query: Query, today: date) -> tuple[RoomTotals, ...]:
    """Sum up the tasks that are asked for by the room that leads."""
    by_room: dict[str, list[Row]] = {}
    for row in task_queries.standings(connection, query, today):
        by_room.setdefault(row["room_id"] or "", []).append(row)
    units = directory(connection)
    order = sorted(by_room, key=lambda room_id: (not room_id, units.unit_sorts.get(room_id, ""), room_id))
    return tuple(
        RoomTotals(room_id=room_id, name=units.unit_names.get(room_id, NO_ROOM_NAME), **_counts(by_room[room_id]))
        for room_id in order
    )


def summed(totals: Iterable[RoomTotals], name: str) -> RoomTotals:
    """Add the totals of rooms up under a name."""
    listed = tuple(totals)
    names = Figures.__dataclass_fields__
    return RoomTotals(name=name, **{of: sum(getattr(each, of) for each in listed) for of in names})


def assigned_figures(
    connection: Connection, department_id: str, year: int, today: date, assigning: str = "", *, is_past: bool = False
) -> AssignedFigures:
    """Sum up the work assigned during a year; ``assigning`` asks for bodies whose name holds these words alone.

    An open task whose day has not come counts in ``total`` and in none of the figures of late ones. ``is_past`` asks
    how the work stood on ``today``, a day that has passed: without what was done or assigned after it.
    """
    query = Query(department_id, year, kind=TaskKind.ASSIGNED)
    rows = task_queries.standings(connection, query, today, is_past=is_past)
    return AssignedFigures(**_counts(row for row in rows if is_named_by(row["assigning_body"], assigning)))


def assigning_bodies(
    connection: Connection, department_id: str, year: int, today: date, *, is_past: bool = False
) -> dict[str, int]:
    """Count the same work by the body that assigned it, '' where none is named."""
    query = Query(department_id, year, kind=TaskKind.ASSIGNED)
    counts: dict[str, int] = {}
    for row in task_queries.standings(connection, query, today, is_past=is_past):
        counts[row["assigning_body"]] = counts.get(row["assigning_body"], 0) + int(row["many"])
    return counts


def is_named_by(body: str, asked: str) -> bool:
    """Tell whether the name of a body holds all the words that are asked for, in full or abbreviated.

    >>> is_named_by("Chủ tịch Uỷ ban nhân dân tỉnh", "UBND tỉnh"), is_named_by("UBND tỉnh Sóc Trăng", "Sở")
    (True, False)
    """
    named = frozenset(words(body))
    return all(word in named for word in words(asked))


def plan_figures(connection: Connection, plan_id: str, today: date, *, is_past: bool = False) -> PlanFigures:
    """Sum up the tasks of a kept plan, on a day that has passed as they stood then; nothing for one that has ended."""
    plan = plans.find(connection, plan_id)
    if plan is None:
        return PlanFigures()
    query = Query(plan.department_id, plan.year, plan_id=plan.id)
    return PlanFigures(**_counts(task_queries.standings(connection, query, today, is_past=is_past)))


_NAMES: Final = {
    (TaskState.NOT_STARTED, Timeliness.NO_DUE): "no_due",
    (TaskState.IN_PROGRESS, Timeliness.NO_DUE): "no_due",
    (TaskState.DONE, Timeliness.NO_DUE): "undated",
}


def _counts(rows: Iterable[Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        state, stand = TaskState(row["state"]), task_queries.STANDING[int(row["stand"])]
        for name in {"tasks", state.value, _NAMES.get((state, stand), stand.value)}:
            counts[name] = counts.get(name, 0) + int(row["many"])
    return counts
