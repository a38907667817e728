"""Going through the tasks that serve no criterion yet, a page at a time, each with what is suggested for it."""

from dataclasses import dataclass
from typing import Final

from cchc_core.likeness import Wording
from cchc_core.offices import require
from cchc_core.permissions import OfficeAction
from cchc_core.rubric.model import Rubric
from cchc_core.sheet import read_sheet
from cchc_core.store import task_links
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.task_links.model import Offered
from cchc_core.task_links.open_points import open_points
from cchc_core.task_links.stakes import assessment_of_year
from cchc_core.task_links.suggesting import Suggestion, suggest, task_wording
from cchc_core.tasks.model import Task

PER_PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A task that serves no criterion yet, with what is suggested for it, the strongest first."""

    task: Task
    offered: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class LinkingPage:
    """One page of such tasks; ``number`` counts from 1. ``assessment_id`` is whose set and points are meant."""

    assessment_id: str
    rubric: Rubric
    tasks: tuple[Unlinked, ...]
    total: int
    number: int
    pages: int


def wording_of(task: Task) -> Wording:
    """Give what a kept task says that may name a criterion."""
    return task_wording(task.id, task.title, dict.fromkeys(each.product for each in task.occurrences))


def unlinked_tasks(
    database: Database,
    user: User,
    department_id: str,
    year: int,
    *,
    assessment_id: str | None = None,
    room_id: str | None = None,
    page: int = 1,
) -> LinkingPage | None:
    """Read a page of the tasks of a year, or of one room, that serve nothing yet; None without an assessment.

    A page after the last one is the last one. Raises NotFound, NotAllowed.
    """
    with database.read() as connection:
        require(connection, user, OfficeAction.VIEW_TASKS, department_id)
        found = assessment_of_year(connection, user, department_id, year, assessment_id)
        if found is None:
            return None
        sheet = read_sheet(database, connection, found)
        ids = task_links.unlinked(connection, department_id, year, sheet.rubric.id, room_id)
        pages = max(1, -(-len(ids) // PER_PAGE))
        number = min(max(page, 1), pages)
        tasks = task_links.tasks_by_id(connection, ids[(number - 1) * PER_PAGE : number * PER_PAGE])
        suggested = _suggested(connection, tasks, sheet.rubric)
    offered: dict[str, list[Offered]] = {task.id: [] for task in tasks}
    for each in suggested:
        criterion = sheet.rubric.criterion(each.code)
        offered[each.task_id].append(Offered(criterion, open_points(sheet, each.code), each.strength))
    listed = tuple(Unlinked(task, tuple(offered[task.id])) for task in tasks)
    return LinkingPage(found.id, sheet.rubric, listed, len(ids), number, pages)


def _suggested(connection: Connection, tasks: tuple[Task, ...], rubric: Rubric) -> tuple[Suggestion, ...]:
    rows = task_links.of_tasks(connection, [task.id for task in tasks], rubric.id)
    known = {(row["task_id"], row["code"]) for row in rows}
    return suggest([wording_of(task) for task in tasks], rubric, known)
