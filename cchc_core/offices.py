"""Departments as they keep plans, documents and figures: which ones somebody reaches, and for what."""

from dataclasses import dataclass

from cchc_core.errors import NotFound
from cchc_core.permissions import OfficeAction
from cchc_core.rights import office_refusal, permits_in_office
from cchc_core.store import units
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.units import Unit
from cchc_core.store.users import User
from cchc_core.text import clean_line


@dataclass(frozen=True, slots=True)
class Office:
    """A department with the rooms and subordinate units below it, in Vietnamese order."""

    id: str
    name: str
    units: tuple[Unit, ...]

    def name_of(self, unit_id: str | None) -> str:
        """Name the department or a unit of it; the empty text for a unit that has ended, or None."""
        names = {self.id: self.name} | {unit.id: unit.name for unit in self.units}
        return names.get(unit_id or "", "")


def offices_for(database: Database, user: User, action: OfficeAction) -> tuple[Office, ...]:
    """List the departments in which a person may do something, in Vietnamese order, their own first."""
    with database.read() as connection:
        of, present = directory(connection).department_of, units.present(connection)
        own = of.get(user.unit_id or "")
        tops = [unit for unit in units.departments(connection) if permits_in_office(user, action, unit.id, of)]
        return tuple(
            Office(top.id, top.name, tuple(unit for unit in present if of[unit.id] == top.id and unit.id != top.id))
            for top in sorted(tops, key=lambda top: top.id != own)
        )


def require(connection: Connection, user: User, action: OfficeAction, department_id: str) -> None:
    """Refuse what a person may not do in a department. Raises NotFound, NotAllowedInOffice."""
    of = directory(connection).department_of
    if of.get(department_id) != department_id:
        raise NotFound("Đơn vị", thing="sở, ngành", key=clean_line(department_id)[:40])
    if not permits_in_office(user, action, department_id, of):
        own = user.unit_id is not None and of.get(user.unit_id) == department_id
        raise office_refusal(user, action, "" if own else "của đơn vị khác")


def belongs(connection: Connection, department_id: str, unit_id: str) -> bool:
    """Tell whether a unit is the department itself or one below it."""
    return directory(connection).department_of.get(unit_id) == department_id
