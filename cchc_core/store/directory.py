"""What nearly every read needs and hardly anything changes: units, periods, names.

It is read once and kept until a transaction that changed any of it commits. One process owns the database, so nothing
changes behind its back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from cchc_core.store.connection import Connection, Row
from cchc_core.store.log import SYSTEM


@dataclass(frozen=True, slots=True)
class Directory:
    """Names and places by id; ended units and people too, for old rows bear their ids."""

    unit_names: Mapping[str, str]
    unit_sorts: Mapping[str, str]
    department_of: Mapping[str, str]
    periods: Mapping[str, Row]
    rubric_titles: Mapping[str, str]
    users: Mapping[str, Row]

    def person_name(self, user_id: str) -> str:
        """Name who did something: a person, or the machine's owner on the command line; '' for nobody known."""
        person = self.users.get(user_id)
        return (SYSTEM.name if user_id == SYSTEM.id else "") if person is None else str(person["name"])

    def orders_of_year(self, rubric_id: str, year: int) -> dict[str, int]:
        """Place the periods of a criteria set's year: each one's order by its code."""
        of_year = (row for row in self.periods.values() if (row["rubric_id"], row["year"]) == (rubric_id, year))
        return {row["code"]: row["ordinal"] for row in of_year}


class DirectoryShelf:
    """Keeps the last directory that was read, with the number of the structure that it shows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._number = 0
        self._kept: tuple[int, Directory] | None = None

    @property
    def number(self) -> int:
        """Count the committed changes of the structure; taken before a transaction begins."""
        return self._number

    def changed(self) -> None:
        """Take note that a transaction which changed the structure was committed."""
        with self._lock:
            self._number += 1

    def take(self, number: int) -> Directory | None:
        """Give the directory as of that number; None when it is not kept."""
        kept = self._kept
        return kept[1] if kept is not None and kept[0] == number else None

    def keep(self, number: int, directory: Directory) -> None:
        """Keep a directory that was read in a transaction begun at that number."""
        with self._lock:
            if self._kept is None or self._kept[0] <= number:
                self._kept = (number, directory)


def directory(connection: Connection) -> Directory:
    """Give the directory as this transaction sees it."""
    if connection.changes_structure:
        return _read(connection)
    known = connection.shelf.take(connection.structure_number)
    if known is None:
        known = _read(connection)
        connection.shelf.keep(connection.structure_number, known)
    return known


def _read(connection: Connection) -> Directory:
    units = connection.rows("SELECT id, parent_id, name, name_sort FROM units")
    parents = {row["id"]: row["parent_id"] for row in units}
    return Directory(
        unit_names={row["id"]: row["name"] for row in units},
        unit_sorts={row["id"]: row["name_sort"] for row in units},
        department_of={unit_id: _top(unit_id, parents) for unit_id in parents},
        periods={row["id"]: row for row in connection.rows("SELECT * FROM periods")},
        rubric_titles={row["sha256"]: row["title"] for row in connection.rows("SELECT sha256, title FROM rubrics")},
        users={row["id"]: row for row in connection.rows("SELECT id, name, role, unit_id, ended_utc FROM users")},
    )


def _top(unit_id: str, parents: Mapping[str, str | None]) -> str:
    seen = {unit_id}
    while (parent := parents.get(unit_id)) is not None and parent not in seen:
        seen.add(parent)
        unit_id = parent
    return unit_id
