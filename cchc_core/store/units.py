"""The department, its rooms and its subordinate units: a tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cchc_core.store import log
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.text import fold, sort_key


class UnitKind(StrEnum):
    """What a unit is to the department."""

    DEPARTMENT = "department"
    ROOM = "room"
    SUBORDINATE = "subordinate"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; a department has no parent."""

    id: str
    parent_id: str | None
    kind: UnitKind
    name: str


def add(
    connection: Connection, units: Sequence[tuple[str, UnitKind, str | None]], actor: log.Actor
) -> tuple[Unit, ...]:
    """Add units given as name, kind and parent's id; logged."""
    made = tuple(Unit(new_id(), parent_id, kind, name) for name, kind, parent_id in units)
    connection.change_structure()
    connection.run_many("units", [_stored(unit) for unit in made])
    log.append(
        connection,
        [
            log.Line(
                log.LogAction.ADD_UNIT,
                unit.id,
                new={"name": unit.name, "kind": unit.kind.value, "parent_id": unit.parent_id},
                actor=actor,
            )
            for unit in made
        ],
    )
    return made


def _stored(unit: Unit) -> Row:
    return {
        "id": unit.id,
        "parent_id": unit.parent_id,
        "kind": unit.kind.value,
        "name": unit.name,
        "name_search": fold(unit.name),
        "name_sort": sort_key(unit.name),
        "created_utc": now_utc(),
    }


def present(connection: Connection) -> tuple[Unit, ...]:
    """List the units that have not ended, in Vietnamese order of their names."""
    rows = connection.rows("SELECT id, parent_id, kind, name FROM units WHERE ended_utc IS NULL ORDER BY name_sort, id")
    return tuple(Unit(row["id"], row["parent_id"], UnitKind(row["kind"]), row["name"]) for row in rows)


def departments(connection: Connection) -> tuple[Unit, ...]:
    """List the departments."""
    return tuple(unit for unit in present(connection) if unit.kind is UnitKind.DEPARTMENT)
