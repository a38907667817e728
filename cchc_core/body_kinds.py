"""What kind of body a unit is (loại cơ quan, đơn vị), and which criteria set that leaves it with.

A set makes a difference where it, or a criterion of it, is meant for some kinds only. A unit that is assessed by such a
set has its own copy, cut down to its kind: what is for others is no part of its maximum. The copy stays what it is when
the unit is said to be of another kind later.
"""

from cchc_core.errors import BadText, NotFound, StaleText
from cchc_core.permissions import Action, State, may_open_assessment
from cchc_core.rights import refusal
from cchc_core.rubric.bodies import BODY_KIND_NAMES, BodyKind
from cchc_core.rubric.model import Rubric
from cchc_core.rubric.tailoring import depends_on_kind, is_meant_for, kinds_to_choose, tailored
from cchc_core.store import unit_bodies
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.unit_bodies import UnitBody
from cchc_core.store.units import Unit, UnitKind
from cchc_core.store.users import User
from cchc_core.text import clean_line

_WHERE = "Loại cơ quan, đơn vị"


def body_of(database: Database, unit_id: str) -> UnitBody | None:
    """Give what kind of body a unit is, who said so and when; None where nobody has yet."""
    with database.read() as connection:
        return unit_bodies.find(connection, unit_id)


def body_kind_of(database: Database, unit_id: str) -> BodyKind | None:
    """Give what kind of body a unit is; None where nobody has said yet."""
    found = body_of(database, unit_id)
    return found.kind if found else None


def set_body_kind(
    database: Database, user: User, *, unit_id: str, kind: BodyKind, expected_version: int | None = None
) -> None:
    """Say what kind of body a unit is; assessments that are open already keep the criteria set that they pin.

    ``expected_version`` is what was on the screen, 0 where nothing was said yet; whoever shows nobody anything leaves
    it out. Raises NotFound, NotAllowed for who may not open assessments of the unit, StaleText when somebody else has
    said something different in the meantime.
    """
    with database.write() as connection:
        require_opener(connection, user, unit_id)
        before = unit_bodies.find(connection, unit_id)
        if before is not None and before.kind is not kind and expected_version not in (None, before.version):
            raise StaleText(
                _WHERE,
                version=before.version,
                who=before.changed_by_name,
                when_utc=before.changed_at_utc,
                stored=BODY_KIND_NAMES[before.kind],
            )
        unit_bodies.store(connection, unit_id, kind, user.actor)


def likely_kind(unit: Unit, rubric: Rubric) -> BodyKind | None:
    """Guess what to offer first for a unit of which nobody has said its kind: a room is a room; None: ask."""
    guess = {UnitKind.ROOM: BodyKind.ROOM, UnitKind.SUBORDINATE: BodyKind.PUBLIC_SERVICE}.get(unit.kind)
    offered = kinds_to_choose(rubric)
    if guess in offered:
        return guess
    return offered[0] if len(offered) == 1 else None


def rubric_for(
    connection: Connection, user: User, *, unit_id: str, rubric: Rubric, kind: BodyKind | None = None
) -> Rubric:
    """Give the criteria set that a unit is assessed by; ``kind``, where it is given, is kept as what the unit is.

    A set that makes no difference is given back as it is, whatever the unit is. Raises BadText where the kind is
    unknown, or the set is not meant for it.
    """
    known = unit_bodies.find(connection, unit_id)
    if kind is not None and (known is None or known.kind is not kind):
        unit_bodies.store(connection, unit_id, kind, user.actor)
    if not depends_on_kind(rubric):
        return rubric
    settled = kind or (known.kind if known else None)
    _refuse_misfit(rubric, settled)
    return rubric if settled is None else tailored(rubric, settled)


def require_opener(connection: Connection, user: User, unit_id: str) -> None:
    """Refuse who may not open assessments of a unit. Raises NotFound, NotAllowed."""
    department_of = directory(connection).department_of
    if unit_id not in department_of:
        raise NotFound("Mở bảng tự chấm", thing="đơn vị", key=clean_line(unit_id)[:40])
    own = user.unit_id is not None and department_of.get(user.unit_id) == department_of[unit_id]
    if not may_open_assessment(user.role, same_department=own):
        raise refusal(user, Action.OPEN_ASSESSMENT, State.DRAFT)


def _refuse_misfit(rubric: Rubric, kind: BodyKind | None) -> None:
    if kind is None:
        raise BadText(
            _WHERE,
            problem="bộ tiêu chí này phân biệt theo loại cơ quan, đơn vị mà chưa biết đơn vị thuộc loại nào",
            to_do="Hãy chọn loại của đơn vị rồi mở lại.",
        )
    if not is_meant_for(rubric, kind):
        meant = "; ".join(BODY_KIND_NAMES[each] for each in kinds_to_choose(rubric))
        raise BadText(
            _WHERE,
            problem=f"bộ tiêu chí này không dành cho loại «{BODY_KIND_NAMES[kind]}», chỉ dành cho: {meant}",
            to_do="Hãy chọn bộ tiêu chí khác, hoặc sửa lại loại của đơn vị.",
        )
