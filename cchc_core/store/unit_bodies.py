"""What kind of body each unit is to criteria sets that make a difference."""

from dataclasses import dataclass
from datetime import datetime

from cchc_core.rubric.bodies import BodyKind
from cchc_core.store import kept
from cchc_core.store.connection import Connection
from cchc_core.store.directory import directory
from cchc_core.store.log import Actor


@dataclass(frozen=True, slots=True)
class UnitBody:
    """The kind of a unit, as somebody said last."""

    unit_id: str
    kind: BodyKind
    version: int
    changed_by_name: str
    changed_at_utc: datetime


def find(connection: Connection, unit_id: str) -> UnitBody | None:
    """Find what kind of body a unit is; None where nobody has said yet."""
    row = kept.find(connection, kept.UNIT_BODIES, unit_id)
    if row is None:
        return None
    who = directory(connection).person_name(row["changed_by"])
    return UnitBody(unit_id, BodyKind(row["body_kind"]), row["version"], who, row["changed_utc"])


def store(connection: Connection, unit_id: str, kind: BodyKind, actor: Actor) -> None:
    """Say what kind of body a unit is, logged."""
    before = kept.find(connection, kept.UNIT_BODIES, unit_id)
    if before is None:
        kept.add(connection, kept.UNIT_BODIES, [{"unit_id": unit_id, "body_kind": kind.value}], actor)
    else:
        kept.change(connection, kept.UNIT_BODIES, before, {"body_kind": kind.value}, actor)
