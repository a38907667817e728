"""Which criteria a task serves: read, suggested, confirmed and refused. Nothing is linked without a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from cchc_core.errors import NotFound, StaleText
from cchc_core.permissions import Action, OfficeAction
from cchc_core.reaching import leaf_of, permitted
from cchc_core.rights import office_refusal, permits_in_office
from cchc_core.rubric.model import Rubric
from cchc_core.sheet import Sheet, read_sheet
from cchc_core.store import rubrics, task_links, year_lines
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from cchc_core.store.year_lines import YearLine, last_change
from cchc_core.task_links.linking import wording_of
from cchc_core.task_links.model import LINK_NAMES, Link, LinkState, Offered, Served, TaskLinks
from cchc_core.task_links.open_points import open_points
from cchc_core.task_links.suggesting import Suggestion, suggest
from cchc_core.tasks import reach
from cchc_core.tasks.model import Task
from cchc_core.text import clean_line


def links_of(database: Database, user: User, task_id: str, assessment_id: str) -> TaskLinks:
    """Read what a task serves by the criteria set of an assessment, and what else it may serve.

    Raises NotFound, NotAllowed for who may not look at the tasks or at the planning of the assessment.
    """
    with database.read() as connection:
        task = reach.permitted(connection, user, OfficeAction.VIEW_TASKS, task_id)
        sheet = _sheet(database, connection, user, assessment_id)
        links = [_link(connection, row) for row in task_links.of_task(connection, task_id, sheet.rubric.id)]
        by_code = {link.code: link for link in links}
        own = _own_code(task, sheet)
        codes = [leaf.code for leaf in sheet.rubric.leaves if leaf.code == own or _is_confirmed(by_code, leaf.code)]
        known = {(task_id, code) for code in (*by_code, *codes)}
        return TaskLinks(
            task=task,
            served=tuple(_served(sheet, code, by_code.get(code)) for code in codes),
            offered=tuple(_offered(sheet, each) for each in suggest([wording_of(task)], sheet.rubric, known)),
            refused=tuple(link for link in links if link.state is LinkState.REFUSED),
            may_link=_may_link(connection, user, task),
        )


def tasks_serving(database: Database, user: User, sheet: Sheet, code: str) -> tuple[Task, ...]:
    """List the tasks that serve a criterion of an assessment; none for who may not look at tasks."""
    with database.read() as connection:
        of = directory(connection).department_of
        department_id = of[sheet.assessment.unit_id]
        if not permits_in_office(user, OfficeAction.VIEW_TASKS, department_id, of):
            return ()
        line = sheet.assessment
        ids = task_links.serving(connection, department_id, line.year, line.rubric_id, line.unit_id, code)
        found = task_links.tasks_by_id(connection, ids)
        return tuple(sorted(found, key=lambda task: (task.kind, task.ordinal)))


def confirm(
    database: Database,
    user: User,
    *,
    task_id: str,
    assessment_id: str,
    code: str,
    strength: int | None = None,
    expected_version: int = 0,
) -> None:
    """Say that a task serves a criterion, as suggested with a strength or by one's own thought.

    ``expected_version`` is that of the decision that was on the screen, 0 where there was none. Raises NotFound,
    NotAllowed, StaleText when somebody else has decided meanwhile.
    """
    with database.write() as connection:
        place = _place(connection, user, task_id, assessment_id)
        _store(connection, user, place, code, LinkState.CONFIRMED, strength, expected_version)


def refuse(
    database: Database,
    user: User,
    *,
    task_id: str,
    assessment_id: str,
    code: str,
    strength: int | None = None,
    expected_version: int = 0,
) -> None:
    """Say that a task does not serve a criterion: a suggestion is not made again, a link is taken out.

    ``expected_version`` and what is raised are as for :func:`confirm`.
    """
    with database.write() as connection:
        place = _place(connection, user, task_id, assessment_id)
        _store(connection, user, place, code, LinkState.REFUSED, strength, expected_version)


def settle(
    database: Database,
    user: User,
    *,
    task_id: str,
    assessment_id: str,
    confirmed: Mapping[str, int],
    refused: Mapping[str, int],
) -> None:
    """Decide on the suggestions for a task at once, each given as code and strength: all of them or none.

    What somebody else has decided meanwhile stays as it is. Raises NotFound, NotAllowed.
    """
    with database.write() as connection:
        place = _place(connection, user, task_id, assessment_id)
        for state, codes in ((LinkState.CONFIRMED, confirmed), (LinkState.REFUSED, refused)):
            for code, strength in codes.items():
                if task_links.find(connection, task_id, place.rubric.id, code) is None:
                    _store(connection, user, place, code, state, strength, 0)


@dataclass(frozen=True, slots=True)
class _Place:
    task: Task
    assessment: Assessment
    rubric: Rubric


def _place(connection: Connection, user: User, task_id: str, assessment_id: str) -> _Place:
    task = reach.permitted(connection, user, OfficeAction.LINK_TASKS, task_id)
    if not _may_link(connection, user, task):
        raise office_refusal(user, OfficeAction.LINK_TASKS, "của phòng, đơn vị khác")
    assessment = _assessment_of_year(connection, user, task, assessment_id)
    return _Place(task, assessment, rubrics.pinned(connection, assessment.rubric_sha256))


def _store(
    connection: Connection,
    user: User,
    place: _Place,
    code: str,
    state: LinkState,
    strength: int | None,
    expected_version: int,
) -> None:
    task, rubric_id = place.task, place.rubric.id
    leaf_of(place.rubric, code)
    before = task_links.find(connection, task.id, rubric_id, code)
    if before is not None and before["state"] == state:
        return
    _refuse_stale(connection, before, code, expected_version)
    wanted = {"task_id": task.id, "rubric_id": rubric_id, "code": code, "state": state.value, "strength": strength}
    task_links.decide(connection, before, wanted, user.actor)
    for unit_id in dict.fromkeys(filter(None, (task.department_id, task.room_id))):
        year_lines.count_change(connection, YearLine(unit_id, rubric_id, place.assessment.year))


def _refuse_stale(connection: Connection, before: Row | None, code: str, expected_version: int) -> None:
    stored = 0 if before is None else int(before["version"])
    if before is None or stored == expected_version:
        return
    link = _link(connection, before)
    raise StaleText(
        f"Gắn nhiệm vụ với tiêu chí {code}",
        version=stored,
        who=link.changed_by_name,
        when_utc=link.changed_at_utc,
        stored=LINK_NAMES[link.state],
    )


def _assessment_of_year(connection: Connection, user: User, task: Task, assessment_id: str) -> Assessment:
    """Give the assessment whose set is meant: of the task's department and year, whatever its period and state."""
    assessment = permitted(connection, user, Action.VIEW_PLANNING, assessment_id)
    department_id = directory(connection).department_of[assessment.unit_id]
    if (department_id, assessment.year) != (task.department_id, task.year):
        thing = f"bảng chấm năm {task.year} của đơn vị này"
        raise NotFound("Gắn nhiệm vụ với tiêu chí", thing=thing, key=clean_line(assessment_id)[:40])
    return assessment


def _may_link(connection: Connection, user: User, task: Task) -> bool:
    """Tell whether somebody may link a task: the office links all of them, a room those that it leads."""
    of = directory(connection).department_of
    may = permits_in_office(user, OfficeAction.LINK_TASKS, task.department_id, of)
    return may and reach.leads_or_keeps_all(connection, user, task)


def _sheet(database: Database, connection: Connection, user: User, assessment_id: str) -> Sheet:
    return read_sheet(database, connection, permitted(connection, user, Action.VIEW_PLANNING, assessment_id))


def _own_code(task: Task, sheet: Sheet) -> str | None:
    """Give the criterion that a remedy mends, where the sheet is the one that it was planned for."""
    meant = (task.remedy_unit_id, task.remedy_rubric_id)
    return task.remedy_code if meant == (sheet.assessment.unit_id, sheet.rubric.id) else None


def _is_confirmed(by_code: Mapping[str, Link], code: str) -> bool:
    return code in by_code and by_code[code].state is LinkState.CONFIRMED


def _link(connection: Connection, row: Row) -> Link:
    return Link(row["code"], LinkState(row["state"]), row["strength"], *last_change(connection, row))


def _served(sheet: Sheet, code: str, link: Link | None) -> Served:
    return Served(sheet.rubric.criterion(code), open_points(sheet, code), link)


def _offered(sheet: Sheet, suggestion: Suggestion) -> Offered:
    code = suggestion.code
    return Offered(sheet.rubric.criterion(code), open_points(sheet, code), suggestion.strength)
