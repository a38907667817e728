"""What must be there before anything is scored: the department with its rooms, and an assessment to score in."""

from collections.abc import Sequence

from cchc_core.body_kinds import require_opener, rubric_for
from cchc_core.errors import AlreadyThere, BadText, NotFound
from cchc_core.periods import periods_for
from cchc_core.permissions import Action, State, may_open_assessment, may_set_up
from cchc_core.rights import refusal
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Rubric
from cchc_core.store import assessments, periods, rubrics, units, users
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.periods import PeriodLike
from cchc_core.store.units import Unit, UnitKind
from cchc_core.store.users import User
from cchc_core.text import clean_line

MOST_NAME_CHARACTERS = 300
MOST_ROOMS = 100
_KIND_ORDER = (UnitKind.DEPARTMENT, UnitKind.SUBORDINATE, UnitKind.ROOM)


def list_departments(database: Database) -> tuple[Unit, ...]:
    """List the departments in Vietnamese order."""
    with database.read() as connection:
        return units.departments(connection)


def create_department(database: Database, user: User, name: str, rooms: Sequence[str] = ()) -> Unit:
    """Add a department with its rooms; trial users without a place are put into the first one.

    Raises NotAllowed, BadText, AlreadyThere (also for a room named twice).
    """
    if not may_set_up(user.role):
        raise refusal(user, Action.SET_UP, State.DRAFT)
    named = _name(name, "Tên đơn vị")
    if len(rooms) > MOST_ROOMS:
        raise BadText(
            "Thêm đơn vị",
            problem=f"có {len(rooms)} phòng, nhiều hơn {MOST_ROOMS}",
            to_do="Hãy kiểm tra lại danh sách, mỗi dòng một phòng.",
        )
    room_names = [_name(room, "Tên phòng") for room in rooms]
    twice = next((room for room in room_names if room_names.count(room) > 1), None)
    if twice is not None:
        raise AlreadyThere("Thêm đơn vị", thing="phòng", key=twice)
    with database.write() as connection:
        existing = units.departments(connection)
        if any(department.name == named for department in existing):
            raise AlreadyThere("Thêm đơn vị", thing="đơn vị", key=named)
        (department,) = units.add(connection, [(named, UnitKind.DEPARTMENT, None)], user.actor)
        added = units.add(connection, [(room, UnitKind.ROOM, department.id) for room in room_names], user.actor)
        if not existing:
            users.place_trial_users(connection, department.id, added[0].id if added else None, user.actor)
    return department


def departments_to_open(database: Database, user: User) -> tuple[Unit, ...]:
    """List the departments of whose units a person may open assessments, in Vietnamese order."""
    with database.read() as connection:
        own = directory(connection).department_of.get(user.unit_id or "")
        listed = units.departments(connection)
    return tuple(each for each in listed if may_open_assessment(user.role, same_department=each.id == own))


def units_to_open(database: Database, user: User, department_id: str) -> tuple[Unit, ...]:
    """List the units of a department that a person may open assessments of: itself, its subordinates, its rooms."""
    with database.read() as connection:
        of = directory(connection).department_of
        own = user.unit_id is not None and of.get(user.unit_id) == department_id
        if not may_open_assessment(user.role, same_department=own):
            return ()
        found = [unit for unit in units.present(connection) if of[unit.id] == department_id]
    return tuple(sorted(found, key=lambda unit: _KIND_ORDER.index(unit.kind)))


def create_assessment(
    database: Database,
    user: User,
    *,
    unit_id: str,
    rubric: Rubric,
    period: PeriodLike,
    body_kind: BodyKind | None = None,
) -> Assessment:
    """Open an assessment of a unit by a criteria set for a period; the criteria set is pinned as it is now.

    The other periods of the year are kept beside it: they tell what falls due before it and after. Where the set makes
    a difference between kinds of bodies, a copy is pinned that is cut down to the unit's kind; ``body_kind`` says that
    kind, or says it anew. Raises NotAllowed, NotFound for an unknown unit, BadText for a set that is not meant for the
    unit, AlreadyThere for the same unit, set and period a second time.
    """
    with database.write() as connection:
        return open_in(connection, user, unit_id=unit_id, rubric=rubric, period=period, body_kind=body_kind)


def open_in(
    connection: Connection,
    user: User,
    *,
    unit_id: str,
    rubric: Rubric,
    period: PeriodLike,
    body_kind: BodyKind | None = None,
) -> Assessment:
    """Open an assessment as part of the caller's transaction; see :func:`create_assessment`."""
    where = "Mở bảng tự chấm"
    of_year = list(({each.code: each for each in periods_for(rubric.id, rubric.year)} | {period.code: period}).values())
    require_opener(connection, user, unit_id)
    asked = rubric_for(connection, user, unit_id=unit_id, rubric=rubric, kind=body_kind)
    sha256 = rubrics.pin(connection, asked, user.actor)
    period_id = periods.ensure(connection, rubric.id, rubric.year, of_year, user.actor)[period.code]
    if assessments.is_there(connection, unit_id, rubric.id, period_id):
        raise AlreadyThere(where, thing="bảng tự chấm của đơn vị này cho kỳ", key=period.title)
    new_id = assessments.add(
        connection,
        unit_id=unit_id,
        rubric_id=rubric.id,
        rubric_sha256=sha256,
        period_id=period_id,
        actor=user.actor,
    )
    opened = assessments.find(connection, new_id)
    if opened is None:
        raise NotFound(where, thing="bảng tự chấm", key=new_id)
    return opened


def _name(text: str, where: str) -> str:
    name = " ".join(clean_line(text).split())
    if not name:
        raise BadText(where, problem="đang để trống", to_do="Hãy nhập tên.")
    if len(name) > MOST_NAME_CHARACTERS:
        raise BadText(where, problem=f"dài quá {MOST_NAME_CHARACTERS} ký tự", to_do="Hãy viết gọn lại.")
    return name
