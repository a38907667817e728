"""A department's running year: further assessments of a small world, later versions of its set, what is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from cchc_core import scoring
from cchc_core.carrying import Carried, carry_forward
from cchc_core.permissions import Role
from cchc_core.planning import set_expected
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.scoring import Assessment
from cchc_core.store.users import User
from tests.store.world import RUBRIC, World, people_of, period

_TABLES = ("assessments", "answers", "scores", "outlooks", "targets", "remedies", "scenarios", "change_log")

SOME_ANSWERS: dict[str, dict[str, object]] = {
    "1.1": {"level": 0},
    "1.2": {"level": 1},
    "1.3": {"numerator": "1", "denominator": "3"},
    "1.4": {"ticked": [1]},
    "1.7": {"points": "0.25"},
}


def opened(world: World, code: str, rubric: Rubric = RUBRIC, unit_id: str | None = None) -> World:
    """Open another assessment, and give the world as seen from it."""
    assessment = scoring.create_assessment(
        world.database,
        world.officer,
        unit_id=unit_id or world.department.id,
        rubric=rubric,
        period=period(code),
    )
    return replace(world, assessment_id=assessment.id)


def assessment_of(world: World) -> Assessment:
    """Give the assessment as it is stored now."""
    return world.sheet().assessment


def carried(source: World, target: World, user: User | None = None) -> Carried:
    """Carry one assessment forward into another."""
    return carry_forward(
        target.database, user or target.officer, source_id=source.assessment_id, target_id=target.assessment_id
    )


def expect(world: World, code: str, raw: Mapping[str, object]) -> None:
    """Set what a criterion is expected to be answered at the year's end, as the officer does."""
    set_expected(world.database, world.officer, assessment_id=world.assessment_id, code=code, raw=raw)


def version_of(
    rubric: Rubric, *, rubric_id: str, year: int, changed: Iterable[Criterion] = (), without: Iterable[str] = ()
) -> Rubric:
    """Make another version of a set: under its own id and year, some criteria changed, some left out."""
    new, gone = {criterion.code: criterion for criterion in changed}, set(without)
    criteria = tuple(new.get(old.code, old) for old in rubric.criteria if old.code not in gone)
    return replace(rubric, id=rubric_id, year=year, criteria=criteria, exclusions=())


def everything(world: World) -> Mapping[str, list[dict[str, Any]]]:
    """Give all that people change in the database, to be compared with what it was."""
    with world.database.read() as connection:
        return {table: connection.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in _TABLES}


def stranger_of(world: World) -> User:
    """Bring the officer into another department, and give them as they stand then."""
    other = scoring.create_department(world.database, world.people[Role.ADMIN], "Sở Khác")
    with world.database.write() as connection:
        connection.change_structure()
        connection.run("UPDATE users SET unit_id = :unit WHERE id = :id", unit=other.id, id=world.officer.id)
    return people_of(world.database)[Role.OFFICER]
