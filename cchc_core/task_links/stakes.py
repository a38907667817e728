"""Points at stake: what hangs on the open tasks of a department's year, by room, by person and by due day.

A criterion that several tasks of a group serve counts once in that group, and once in the sum of all: groups therefore
do not add up to the sum where they share criteria.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from cchc_core.offices import require
from cchc_core.permissions import Action, OfficeAction, State
from cchc_core.rights import permits
from cchc_core.rules.decimals import ZERO
from cchc_core.sheet import Sheet, read_sheet
from cchc_core.store import assessments, task_links
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from cchc_core.task_links.open_points import joined_points
from cchc_core.tasks.life import DUE_SOON_DAYS

LATER_DAYS: Final = 30


class DueGroup(StrEnum):
    """How near the first due day of a task is."""

    OVERDUE = "qua-han"
    WITHIN_7 = "7-ngay"
    WITHIN_30 = "30-ngay"
    LATER = "sau-30-ngay"
    NO_DUE = "chua-co-han"


DUE_GROUP_NAMES: Final[Mapping[DueGroup, str]] = {
    DueGroup.OVERDUE: "Quá hạn",
    DueGroup.WITHIN_7: f"Đến hạn trong {DUE_SOON_DAYS} ngày",
    DueGroup.WITHIN_30: f"Đến hạn trong {DUE_SOON_DAYS + 1} đến {LATER_DAYS} ngày",
    DueGroup.LATER: f"Sau {LATER_DAYS} ngày",
    DueGroup.NO_DUE: "Chưa có hạn",
}
NO_ROOM_NAME: Final = "Chưa rõ phòng, đơn vị chủ trì"
NO_PERSON_NAME: Final = "Chưa ghi người thực hiện"


def due_group(due: date | None, today: date) -> DueGroup:
    """Say how near a due day is; the day itself is not overdue.

    >>> due_group(date(2024, 3, 31), date(2024, 3, 31)).value, due_group(date(2024, 3, 31), date(2024, 4, 1)).value
    ('7-ngay', 'qua-han')
    """
    if due is None:
        return DueGroup.NO_DUE
    if due < today:
        return DueGroup.OVERDUE
    if due <= today + timedelta(days=DUE_SOON_DAYS):
        return DueGroup.WITHIN_7
    return DueGroup.WITHIN_30 if due <= today + timedelta(days=LATER_DAYS) else DueGroup.LATER


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that is still to be done: who leads it, who does it, and its first due day."""

    id: str
    room_id: str | None
    person: str
    next_due: date | None


@dataclass(frozen=True, slots=True)
class StakeGroup:
    """Open tasks taken together: how many, how many overdue, the criteria that they serve, the points open there.

    ``overdue_points`` are those that hang on the overdue ones.
    """

    key: str
    name: str
    tasks: int
    overdue: int
    criteria: int
    points: Decimal
    overdue_points: Decimal


@dataclass(frozen=True)
class Stakes:
    """The open tasks of a department's year and the criteria that they serve.

    ``sheet`` is the assessment that the points are taken from, None where the year has none that this person may see:
    nothing is known to hang on the tasks then. ``room_codes`` are the criteria that the tasks of each room serve, done
    or not.
    """

    tasks: tuple[OpenTask, ...]
    sheet: Sheet | None
    served: Mapping[str, frozenset[str]]
    room_codes: Mapping[str, frozenset[str]]
    room_names: Mapping[str, str]
    today: date

    def codes_of(self, task_ids: Iterable[str]) -> frozenset[str]:
        """Give the criteria that some tasks serve, each once."""
        return frozenset(code for task_id in task_ids for code in self.served.get(task_id, ()))

    def points_of(self, *task_ids: str) -> Decimal:
        """Give the points that hang on some tasks; a criterion that several of them serve counts once."""
        return ZERO if self.sheet is None else joined_points(self.sheet, self.codes_of(task_ids))

    @cached_property
    def total(self) -> StakeGroup:
        """Take all open tasks together."""
        return self.group("", "Cộng, mỗi tiêu chí một lần", self.tasks)

    def by_room(self) -> tuple[StakeGroup, ...]:
        """Take the tasks together that a room leads, the most points first."""
        return self._grouped(lambda task: task.room_id or "", lambda key: self.room_names.get(key, NO_ROOM_NAME))

    def by_person(self) -> tuple[StakeGroup, ...]:
        """Take the tasks together that a person does, the most points first."""
        return self._grouped(lambda task: task.person, lambda key: key or NO_PERSON_NAME)

    def by_due(self) -> tuple[StakeGroup, ...]:
        """Take the tasks together whose first due day is about as near, the nearest first."""
        groups = self._grouped(
            lambda task: due_group(task.next_due, self.today).value, lambda key: DUE_GROUP_NAMES[DueGroup(key)]
        )
        order = list(DueGroup)
        return tuple(sorted(groups, key=lambda group: order.index(DueGroup(group.key))))

    def _grouped(self, key_of: Callable[[OpenTask], str], name_of: Callable[[str], str]) -> tuple[StakeGroup, ...]:
        members: dict[str, list[OpenTask]] = {}
        for task in self.tasks:
            members.setdefault(key_of(task), []).append(task)
        groups = [self.group(key, name_of(key), tasks) for key, tasks in members.items()]
        return tuple(sorted(groups, key=lambda group: (-group.points, -group.overdue, -group.tasks)))

    def group(self, key: str, name: str, tasks: Sequence[OpenTask]) -> StakeGroup:
        """Take some of the tasks together."""
        late = [task.id for task in tasks if task.next_due is not None and task.next_due < self.today]
        ids = [task.id for task in tasks]
        return StakeGroup(
            key, name, len(ids), len(late), len(self.codes_of(ids)), self.points_of(*ids), self.points_of(*late)
        )


def read_stakes(
    database: Database,
    user: User,
    department_id: str,
    year: int,
    today: date,
    *,
    assessment_id: str | None = None,
    room_id: str | None = None,
) -> Stakes:
    """Read what hangs on the open tasks of a department's year, or on those of one room.

    The points are those of ``assessment_id`` where it is the department's own of that year, else of its most current
    assessment. Raises NotFound, NotAllowed for who may not look at the department's tasks.
    """
    with database.read() as connection:
        require(connection, user, OfficeAction.VIEW_TASKS, department_id)
        rows = task_links.open_tasks(connection, department_id, year, room_id)
        found = assessment_of_year(connection, user, department_id, year, assessment_id)
        sheet = None if found is None else read_sheet(database, connection, found)
        pairs = [] if found is None else _served(connection, department_id, found)
        return Stakes(
            tasks=tuple(OpenTask(row["id"], row["room_id"], row["person"], row["next_due"]) for row in rows),
            sheet=sheet,
            served=_codes_by("task_id", pairs),
            room_codes=_codes_by("room_id", pairs),
            room_names=directory(connection).unit_names,
            today=today,
        )


def _served(connection: Connection, department_id: str, assessment: Assessment) -> list[Row]:
    of = (department_id, assessment.year, assessment.rubric_id, assessment.unit_id)
    return task_links.served(connection, *of)


def _codes_by(column: str, pairs: Iterable[Row]) -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for row in pairs:
        codes.setdefault(row[column] or "", set()).add(row["code"])
    return {key: frozenset(each) for key, each in codes.items()}


def assessment_of_year(
    connection: Connection, user: User, department_id: str, year: int, wanted_id: str | None = None
) -> Assessment | None:
    """Give the department's own assessment of a year that its tasks are held against, if a person may see one.

    The wanted one where it is one of these; else a draft rather than what is closed, the latest period.
    """
    of = directory(connection).department_of
    own = [
        assessment
        for assessment in assessments.of_unit(connection, department_id)
        if assessment.year == year and permits(user, Action.VIEW_PLANNING, assessment, of)
    ]
    return max(own, key=lambda a: (a.id == wanted_id, a.state is State.DRAFT, a.period_order, a.id), default=None)


def current_assessment(
    database: Database, user: User, department_id: str, year: int, wanted_id: str | None = None
) -> Assessment | None:
    """Give what :func:`assessment_of_year` gives, in a reading of its own."""
    with database.read() as connection:
        return assessment_of_year(connection, user, department_id, year, wanted_id)
