"""Màn hình lớn: a television in a meeting room that shows the board with a session of its own.

Nobody's own session is left on a television. What it bears belongs to a user of the department whose role looks and
does nothing else; it lives for half a day and opens the one page that is made for it.
"""

import secrets
from dataclasses import dataclass

from cchc_core.permissions import ROLE_TITLES, Action, Role
from cchc_core.reaching import permitted
from cchc_core.store import log, users
from cchc_core.store.assessments import Assessment
from cchc_core.store.clock import new_id
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import LONGEST_SCREEN_SESSION, User

__all__ = ["HOURS", "Place", "end_screens", "find_place", "open_screen"]

HOURS = int(LONGEST_SCREEN_SESSION.total_seconds() // 3600)
"""How long a screen stays open by itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody wants on a screen, whose department it is, and how many screens are open there now."""

    assessment: Assessment
    department_id: str
    open_screens: int


def find_place(database: Database, user: User, assessment_id: str) -> Place:
    """Look at what stands before a screen is opened or ended.

    Raises NotFound for an unknown assessment, NotAllowed for who may not open screens of it.
    """
    with database.read() as connection:
        assessment = permitted(connection, user, Action.OPEN_SCREEN, assessment_id)
        department_id = _department(connection, assessment)
        screen = users.screen_of_unit(connection, department_id)
        return Place(assessment, department_id, 0 if screen is None else users.count_screens(connection, screen.id))


def open_screen(database: Database, user: User, assessment_id: str) -> str:
    """Start the session of a screen of the assessment's department, logged, and give the token for its browser.

    It ends by itself after :data:`HOURS` hours. Raises NotFound, NotAllowed or a StorageError; then nothing is stored.
    """
    token = secrets.token_urlsafe(32)
    with database.write() as connection:
        assessment = permitted(connection, user, Action.OPEN_SCREEN, assessment_id)
        screen = _screen_of(connection, assessment, user)
        users.begin_session(connection, screen.id, token)
        # Not as a change of the assessment: nothing in it has changed.
        new = {"screen": screen.id, "hours": HOURS}
        log.append(connection, [log.Line(log.LogAction.OPEN_SCREEN, assessment.id, new=new, actor=user.actor)])
    return token


def end_screens(database: Database, user: User, assessment_id: str) -> int:
    """End every screen of the assessment's department, logged, and tell how many there were; doing it twice is 0.

    Raises NotFound, NotAllowed or a StorageError; then none has ended.
    """
    with database.write() as connection:
        assessment = permitted(connection, user, Action.OPEN_SCREEN, assessment_id)
        screen = users.screen_of_unit(connection, _department(connection, assessment))
        many = 0 if screen is None else users.count_screens(connection, screen.id)
        if screen is None or many == 0:
            return 0
        users.end_sessions_of(connection, screen.id)
        line = log.Line(
            log.LogAction.CLOSE_SCREENS,
            assessment.id,
            old={"screen": screen.id, "screens": many},
            new=None,
            actor=user.actor,
        )
        log.append(connection, [line])
        return many


def _screen_of(connection: Connection, assessment: Assessment, user: User) -> User:
    department = _department(connection, assessment)
    known = users.screen_of_unit(connection, department)
    if known is not None:
        return known
    unit_name = directory(connection).unit_names[department]
    made = User(new_id(), f"{ROLE_TITLES[Role.SCREEN]} · {unit_name}", Role.SCREEN, department)
    users.add(connection, [made], actor=user.actor)
    return made


def _department(connection: Connection, assessment: Assessment) -> str:
    return directory(connection).department_of[assessment.unit_id]
