"""Which tasks serve which criteria: what people confirmed or refused, and what remedies say of themselves."""

from collections.abc import Sequence

from cchc_core.store import kept, log, tasks
from cchc_core.store.connection import Connection, Row, any_of
from cchc_core.tasks.life import OPEN_STATES
from cchc_core.tasks.model import Task, TaskKind

CONFIRMED = "confirmed"


def find(connection: Connection, task_id: str, rubric_id: str, code: str) -> Row | None:
    """Find what somebody decided on a pair, confirmed or refused."""
    return connection.row(
        "SELECT * FROM task_links WHERE task_id = :task_id AND rubric_id = :rubric_id AND code = :code",
        task_id=task_id,
        rubric_id=rubric_id,
        code=code,
    )


def of_task(connection: Connection, task_id: str, rubric_id: str) -> list[Row]:
    """Read everything that was decided on a task by a criteria set."""
    return connection.rows(
        "SELECT * FROM task_links WHERE task_id = :task_id AND rubric_id = :rubric_id ORDER BY id",
        task_id=task_id,
        rubric_id=rubric_id,
    )


def decide(
    connection: Connection,
    before: Row | None,
    wanted: Row,
    actor: log.Actor,
) -> None:
    """Keep a decision over the one before; logged."""
    if before is None:
        kept.add(connection, kept.TASK_LINKS, [wanted], actor)
    else:
        kept.change(connection, kept.TASK_LINKS, before, {"state": wanted["state"]}, actor)


def of_tasks(connection: Connection, task_ids: Sequence[str], rubric_id: str) -> list[Row]:
    """Read everything that was decided on some tasks by a criteria set."""
    among, params = any_of("task_id", task_ids)
    return connection.rows(
        f"SELECT * FROM task_links WHERE {among} AND rubric_id = :rubric_id ORDER BY id",  # noqa: S608 (names)
        rubric_id=rubric_id,
        **params,
    )


_SERVED = (
    "SELECT l.task_id AS task_id, l.code AS code, t.room_id AS room_id "
    "FROM task_links l JOIN tasks t ON t.id = l.task_id "
    "WHERE l.state = :confirmed AND l.rubric_id = :rubric_id AND t.department_id = :department_id "
    "AND t.year = :year AND t.ended_utc IS NULL AND (:unit_id = :department_id OR t.room_id = :unit_id) "
    # A remedy names the criterion that it mends; nobody has to link it.
    "UNION SELECT t.id, t.remedy_code, t.room_id FROM tasks t "
    "WHERE t.kind = :remedy AND t.remedy_rubric_id = :rubric_id AND t.remedy_unit_id = :unit_id "
    "AND t.department_id = :department_id AND t.year = :year AND t.ended_utc IS NULL"
)


def served(connection: Connection, department_id: str, year: int, rubric_id: str, unit_id: str) -> list[Row]:
    """Give the pairs of task and code that count for a unit's assessments, with the room that leads the task.

    For the department itself all its tasks count, for a unit below it those that this unit leads.
    """
    return connection.rows(
        f"{_SERVED} ORDER BY task_id, code",
        department_id=department_id,
        year=year,
        rubric_id=rubric_id,
        unit_id=unit_id,
        remedy=TaskKind.REMEDY.value,
        confirmed=CONFIRMED,
    )


def serving(
    connection: Connection, department_id: str, year: int, rubric_id: str, unit_id: str, code: str
) -> list[str]:
    """Give the ids of the tasks that serve one criterion of a unit's assessments."""
    rows = connection.rows(
        f"SELECT task_id FROM ({_SERVED}) pairs WHERE code = :code",  # noqa: S608 (constant)
        department_id=department_id,
        year=year,
        rubric_id=rubric_id,
        unit_id=unit_id,
        remedy=TaskKind.REMEDY.value,
        confirmed=CONFIRMED,
        code=code,
    )
    return [row["task_id"] for row in rows]


def open_tasks(connection: Connection, department_id: str, year: int, room_id: str | None = None) -> list[Row]:
    """Read what there is to do of a department's year, or of one unit: room, person and the first due day of each.

    Little of each task is read, so that a year of thousands costs no more than a page of them.
    """
    states = sorted(OPEN_STATES)
    of_room = "" if room_id is None else " AND t.room_id = :room_id"
    params = {} if room_id is None else {"room_id": room_id}
    return connection.rows(
        "SELECT t.id, t.room_id, t.person, t.ordinal, min(o.due) AS next_due "  # noqa: S608 (constants)
        "FROM tasks t JOIN occurrences o ON o.task_id = t.id "
        "WHERE t.department_id = :department_id AND t.year = :year AND t.ended_utc IS NULL "
        f"AND o.ended_utc IS NULL AND o.state IN (:first, :second){of_room} "
        "GROUP BY t.id, t.room_id, t.person, t.ordinal ORDER BY t.ordinal, t.id",
        department_id=department_id,
        year=year,
        first=states[0].value,
        second=states[1].value,
        **params,
    )


def unlinked(
    connection: Connection, department_id: str, year: int, rubric_id: str, room_id: str | None = None
) -> list[str]:
    """Give the ids of the tasks of a year, or of one room, that serve no criterion of a set, in printed order."""
    of_room = "" if room_id is None else " AND t.room_id = :room_id"
    params = {} if room_id is None else {"room_id": room_id}
    rows = connection.rows(
        "SELECT t.id FROM tasks t WHERE t.department_id = :department_id AND t.year = :year AND t.ended_utc IS NULL "  # noqa: S608 (constants)
        f"AND t.remedy_code IS NULL{of_room} AND NOT EXISTS (SELECT 1 FROM task_links l WHERE l.task_id = t.id "
        "AND l.rubric_id = :rubric_id AND l.state = :confirmed) ORDER BY t.plan_id NULLS LAST, t.ordinal, t.id",
        department_id=department_id,
        year=year,
        rubric_id=rubric_id,
        confirmed=CONFIRMED,
        **params,
    )
    return [row["id"] for row in rows]


def tasks_by_id(connection: Connection, task_ids: Sequence[str]) -> tuple[Task, ...]:
    """Read some tasks in the order of their ids as given; one that has ended is left out."""
    among, params = any_of("id", task_ids)
    rows = connection.rows(
        f"SELECT * FROM tasks WHERE {among} AND ended_utc IS NULL",  # noqa: S608 (names of parameters)
        **params,
    )
    by_id = {row["id"]: row for row in rows}
    return tasks.tasks_of(connection, [by_id[task_id] for task_id in task_ids if task_id in by_id])
