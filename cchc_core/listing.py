"""Which assessments somebody may look at, found without reading those of every unit in the country."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_core.permissions import Action, State, may
from cchc_core.rights import permits
from cchc_core.store import assessments
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import Directory, directory
from cchc_core.store.users import User


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, or a department, by the name that people know it by."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Places:
    """The units that have assessments for somebody to see."""

    _names: Directory
    _unit_ids: frozenset[str]

    @property
    def departments(self) -> tuple[Place, ...]:
        """List the departments that these units belong to, in Vietnamese order."""
        of = self._names.department_of
        return self._sorted({of[unit_id] for unit_id in self._unit_ids})

    def units_of(self, department_id: str) -> tuple[Place, ...]:
        """List these units of a department, in Vietnamese order, the department itself first."""
        of = self._names.department_of
        listed = self._sorted({unit_id for unit_id in self._unit_ids if of[unit_id] == department_id})
        return tuple(sorted(listed, key=lambda place: place.id != department_id))

    def department_of(self, unit_id: str) -> str:
        """Give the department that a unit belongs to."""
        return self._names.department_of[unit_id]

    def __bool__(self) -> bool:
        return bool(self._unit_ids)

    def _sorted(self, unit_ids: set[str]) -> tuple[Place, ...]:
        sorts, names = self._names.unit_sorts, self._names.unit_names
        return tuple(Place(each, names[each]) for each in sorted(unit_ids, key=lambda each: (sorts[each], each)))


def places(database: Database, user: User) -> Places:
    """Find the units that have assessments which a person may look at."""
    with database.read() as connection:
        names = directory(connection)
        found = assessments.units_with_some(connection, visible_kinds(user), units_in_sight(connection, user))
    return Places(names, found)


def find(database: Database, user: User, assessment_id: str) -> Assessment | None:
    """Find an assessment; None where there is none, or none that this person may look at."""
    with database.read() as connection:
        found = assessments.find(connection, assessment_id)
        return found if found is not None and seen(connection, user, (found,)) else None


def of_units(database: Database, user: User, unit_ids: Sequence[str]) -> tuple[Assessment, ...]:
    """List the assessments of some units that a person may look at, by unit, year, criteria set and period."""
    with database.read() as connection:
        return seen(connection, user, assessments.of_units(connection, unit_ids))


def of_department(database: Database, user: User, department_id: str) -> tuple[Assessment, ...]:
    """List the assessments of a department's units that a person may look at, as :func:`of_units` does."""
    with database.read() as connection:
        below = units_in_sight(connection, user, department_id)
        return seen(connection, user, assessments.of_units(connection, below or ()))


def units_in_sight(connection: Connection, user: User, department_id: str | None = None) -> tuple[str, ...] | None:
    """Give the units whose assessments a person may look at, maybe of one department only; None for all there are."""
    of = directory(connection).department_of
    own = None if user.unit_id is None else of.get(user.unit_id)
    if _looks_everywhere(user):
        wanted = department_id
    elif own is None or department_id not in (None, own):
        return ()
    else:
        wanted = own
    return None if wanted is None else tuple(unit_id for unit_id, top in of.items() if top == wanted)


def visible_kinds(user: User) -> tuple[tuple[State, bool], ...]:
    """Give the states, each with whether the assessment is provisional, in which a person may look at their own."""
    return tuple(
        (state, is_provisional)
        for state in State
        for is_provisional in (True, False)
        if may(user.role, Action.VIEW, state, is_provisional=is_provisional)
    )


def _looks_everywhere(user: User) -> bool:
    return any(
        may(user.role, Action.VIEW, state, is_provisional=is_provisional, same_department=False)
        for state, is_provisional in visible_kinds(user)
    )


def seen(connection: Connection, user: User, listed: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Keep the assessments that a person may look at."""
    department_of = directory(connection).department_of
    return tuple(assessment for assessment in listed if permits(user, Action.VIEW, assessment, department_of))
