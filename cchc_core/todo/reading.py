"""What somebody has to do: tasks overdue and due soon, criteria not scored, points claimed without a document.

A room sees what is its own, the office everything of the department. Most points first, then the nearest day.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Final

from cchc_core.attention import waits_for_answer
from cchc_core.permissions import Action, Role, may
from cchc_core.proof import lacks_proof
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.sheet import Sheet
from cchc_core.store import task_links
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from cchc_core.task_links.open_points import open_points
from cchc_core.task_links.stakes import LATER_DAYS, DueGroup, OpenTask, Stakes, due_group, read_stakes
from cchc_core.tasks.model import Occurrence, Task
from cchc_core.text import fold

URGENT: Final = (DueGroup.OVERDUE, DueGroup.WITHIN_7, DueGroup.WITHIN_30)
MOST_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class TodoTask:
    """A task to be done: what of it is due first, in how many days, and what hangs on it.

    ``days`` is negative for what is overdue, None where there is no due day. ``points`` are those of the task alone:
    other tasks may serve the same criteria.
    """

    task: Task
    occurrence: Occurrence
    days: int | None
    codes: tuple[str, ...]
    points: Decimal

    @property
    def due(self) -> date | None:
        """Give the first day that something of the task is due."""
        return self.occurrence.due


@dataclass(frozen=True, slots=True)
class TodoCriterion:
    """A criterion that waits for somebody: not scored, or without a document; with the points that this is about."""

    criterion: Criterion
    points: Decimal


@dataclass(frozen=True)
class Todo:
    """What there is to do of a department's year, of one room where ``room_id`` names one.

    ``ranked`` holds the tasks that are overdue or due within 30 days. ``unscored`` and ``unproven`` are empty where the
    assessment takes no answers any more (``is_open`` is False) or where there is none.
    """

    stakes: Stakes
    room_id: str | None
    ranked: dict[DueGroup, tuple[OpenTask, ...]]
    unscored: tuple[TodoCriterion, ...]
    unproven: tuple[TodoCriterion, ...]
    is_open: bool

    @property
    def rubric(self) -> Rubric | None:
        """Give the criteria set that the points are from."""
        return None if self.stakes.sheet is None else self.stakes.sheet.rubric

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits for anybody."""
        return not (self.unscored or self.unproven or any(self.ranked[group] for group in URGENT))

    def points_of(self, listed: Iterable[OpenTask]) -> Decimal:
        """Give what hangs on some tasks; a criterion that several of them serve counts once."""
        return self.stakes.points_of(*(task.id for task in listed))


def read_todo(
    database: Database,
    user: User,
    department_id: str,
    year: int,
    today: date,
    *,
    assessment_id: str | None = None,
) -> Todo:
    """Read what a person has to do in a department's year: a room's own, else everything.

    ``assessment_id`` is as for :func:`cchc_core.task_links.stakes.read_stakes`. Raises NotFound, NotAllowed.
    """
    room_id = own_room(database, user, department_id)
    stakes = read_stakes(database, user, department_id, year, today, assessment_id=assessment_id, room_id=room_id)
    sheet = stakes.sheet
    is_open = sheet is not None and _takes_answers(sheet)
    is_mine = _whose(stakes, room_id)
    return Todo(
        stakes=stakes,
        room_id=room_id,
        ranked=_ranked(stakes),
        unscored=_unscored(sheet, is_mine) if sheet is not None and is_open else (),
        unproven=_unproven(sheet, is_mine) if sheet is not None and is_open else (),
        is_open=is_open,
    )


def own_room(database: Database, user: User, department_id: str) -> str | None:
    """Give the unit whose work alone a person sees as theirs: that of a room's people; None for the office."""
    if user.role is not Role.ROOM or user.unit_id == department_id:
        return None
    with database.read() as connection:
        is_here = directory(connection).department_of.get(user.unit_id or "") == department_id
    return user.unit_id if is_here else None


def details(database: Database, stakes: Stakes, listed: Sequence[OpenTask]) -> tuple[TodoTask, ...]:
    """Read what is shown of some open tasks, in their order; one that was done or taken out meanwhile is left out."""
    with database.read() as connection:
        found = task_links.tasks_by_id(connection, [task.id for task in listed])
    return tuple(_todo(stakes, task) for task in found if _is_open(task))


def _is_open(task: Task) -> bool:
    return any(each.state.is_open for each in task.occurrences)


def _todo(stakes: Stakes, task: Task) -> TodoTask:
    still = [each for each in task.occurrences if each.state.is_open]
    first = min(still, key=lambda each: (each.due is None, each.due or stakes.today, each.ordinal))
    days = None if first.due is None else (first.due - stakes.today).days
    served = stakes.codes_of([task.id])
    order = [] if stakes.sheet is None else [leaf.code for leaf in stakes.sheet.rubric.leaves]
    codes = tuple(code for code in order if code in served)
    return TodoTask(task, first, days, codes, stakes.points_of(task.id))


def _ranked(stakes: Stakes) -> dict[DueGroup, tuple[OpenTask, ...]]:
    """Take the urgent tasks apart by how near they are due, each group with the most points first."""
    last_urgent = stakes.today + timedelta(days=LATER_DAYS)
    groups: dict[DueGroup, list[tuple[Decimal, date, OpenTask]]] = {group: [] for group in URGENT}
    for task in stakes.tasks:
        if task.next_due is not None and task.next_due <= last_urgent:
            group = due_group(task.next_due, stakes.today)
            groups[group].append((-stakes.points_of(task.id), task.next_due, task))
    by_points = itemgetter(0, 1)
    return {group: tuple(task for *_, task in sorted(found, key=by_points)) for group, found in groups.items()}


def _takes_answers(sheet: Sheet) -> bool:
    """Tell whether answers and documents can still be put in by those who score."""
    state = sheet.assessment
    return may(
        Role.OFFICER,
        Action.ANSWER,
        state.state,
        is_provisional=state.is_provisional,
        is_locked=state.is_locked,
    )


_Whose = Callable[[Criterion], bool]


def _whose(stakes: Stakes, room_id: str | None) -> _Whose:
    """Tell which criteria are somebody's: for a room those that its tasks serve and those that name it."""
    if room_id is None:
        return lambda _: True
    served, name = stakes.room_codes.get(room_id, frozenset()), fold(stakes.room_names.get(room_id, ""))
    return lambda leaf: leaf.code in served or (bool(name) and name in fold(leaf.responsible or ""))


def _unscored(sheet: Sheet, is_mine: _Whose) -> tuple[TodoCriterion, ...]:
    missing = [leaf for leaf in sheet.rubric.leaves if waits_for_answer(sheet, leaf)]
    return _by_points(TodoCriterion(leaf, open_points(sheet, leaf.code)) for leaf in missing if is_mine(leaf))


def _unproven(sheet: Sheet, is_mine: _Whose) -> tuple[TodoCriterion, ...]:
    claimed = [leaf for leaf in sheet.rubric.leaves if lacks_proof(sheet, leaf) and is_mine(leaf)]
    return _by_points(TodoCriterion(leaf, sheet.scores[leaf.code].points) for leaf in claimed)


def _by_points(found: Iterable[TodoCriterion]) -> tuple[TodoCriterion, ...]:
    return tuple(sorted(found, key=lambda each: -each.points))


def points_together(listed: Iterable[TodoCriterion]) -> Decimal:
    """Add up what some criteria are about."""
    return sum((each.points for each in listed), ZERO)
