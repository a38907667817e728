"""People and their sessions. A session's token is known to its browser alone; here is only its digest."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from cchc_core.errors import NotFound, StorageError
from cchc_core.permissions import ROLE_TITLES, Role
from cchc_core.store import log
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.text import fold, sort_key

LONGEST_SESSION = timedelta(days=30)
LONGEST_SCREEN_SESSION = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class User:
    """A person; ``unit_id`` is None for one who stands outside the department."""

    id: str
    name: str
    role: Role
    unit_id: str | None

    @property
    def role_title(self) -> str:
        """Name the role in Vietnamese."""
        return ROLE_TITLES[self.role]

    @property
    def actor(self) -> log.Actor:
        """Name the person as the change log does."""
        return log.Actor(self.id, self.name)


def add(
    connection: Connection, users: Sequence[User], *, is_trial: bool = False, actor: log.Actor = log.SYSTEM
) -> None:
    """Add people; logged."""
    rows: list[Row] = [
        {
            "id": user.id,
            "name": user.name,
            "name_search": fold(user.name),
            "name_sort": sort_key(user.name),
            "role": user.role.value,
            "unit_id": user.unit_id,
            "is_trial": is_trial,
            "created_utc": now_utc(),
        }
        for user in users
    ]
    connection.change_structure()
    connection.run_many("users", rows)
    log.append(
        connection,
        [
            log.Line(
                log.LogAction.ADD_USER,
                user.id,
                new={"name": user.name, "role": user.role.value, "unit_id": user.unit_id},
                actor=actor,
            )
            for user in users
        ],
    )


def ensure_trial_users(database: Database) -> None:
    """Add the trial users, one for each role, to a database that has nobody yet."""
    with database.read() as connection:
        if connection.row("SELECT id FROM users LIMIT 1") is not None:
            return
    titles = {role: title for role, title in ROLE_TITLES.items() if role is not Role.SCREEN}
    people = [User(new_id(), f"{title} (dùng thử)", role, None) for role, title in titles.items()]
    with database.write() as connection:
        add(connection, people, is_trial=True)


def place_trial_users(connection: Connection, department_id: str, room_id: str | None, actor: log.Actor) -> None:
    """Put the trial users that stand nowhere into the first department; appraiser and administrator stay outside."""
    places = {Role.OFFICER: department_id, Role.LEADER: department_id, Role.ROOM: room_id or department_id}
    for user in _trial_users(connection):
        unit_id = places.get(user.role)
        if user.unit_id is None and unit_id is not None:
            connection.change_structure()
            connection.run("UPDATE users SET unit_id = :unit_id WHERE id = :id", unit_id=unit_id, id=user.id)
            old, new = {"unit_id": None}, {"unit_id": unit_id}
            log.append(connection, [log.Line(log.LogAction.PLACE_USER, user.id, old=old, new=new, actor=actor)])


def trial_users(database: Database) -> tuple[User, ...]:
    """List the trial users, one for each role, in the order of the roles."""
    with database.read() as connection:
        return _trial_users(connection)


def _trial_users(connection: Connection) -> tuple[User, ...]:
    rows = connection.rows("SELECT id, name, role, unit_id FROM users WHERE is_trial AND ended_utc IS NULL")
    order = list(Role)
    return tuple(sorted(map(_user, rows), key=lambda user: order.index(user.role)))


def start_session(database: Database, user_id: str, token: str | None = None) -> str:
    """Sign a person in and give the token for the browser; a given token is taken over from another database.

    Raises NotFound for a person who is not there, or not any more.
    """
    token = token or secrets.token_urlsafe(32)
    with database.write() as connection:
        if connection.row("SELECT id FROM users WHERE id = :id AND ended_utc IS NULL", id=user_id) is None:
            raise NotFound("Đăng nhập", thing="người dùng", key=user_id)
        begin_session(connection, user_id, token)
    return token


def begin_session(connection: Connection, user_id: str, token: str) -> None:
    """Store a new session of somebody who is there, as part of the caller's transaction."""
    now = now_utc()
    connection.run_many(
        "sessions",
        [{"token_sha256": _digest(token), "user_id": user_id, "created_utc": now, "last_seen_utc": now}],
    )


def user_of(database: Database, token: str) -> User | None:
    """Find who is signed in with a token; None when nobody is, or the session has ended or grown too old.

    A big screen is nobody: its token opens its own page alone, see :func:`screen_of`.
    """
    user = _bearer(database, token)
    return None if user is None or user.role is Role.SCREEN else user


def screen_of(database: Database, token: str) -> User | None:
    """Find the big screen that a token belongs to; None for any other token, and when its twelve hours are over."""
    user = _bearer(database, token)
    return user if user is not None and user.role is Role.SCREEN else None


def _bearer(database: Database, token: str) -> User | None:
    now = now_utc()
    with database.read() as connection:
        session = connection.row(
            "SELECT user_id, created_utc, last_seen_utc, ended_utc FROM sessions WHERE token_sha256 = :digest",
            digest=_digest(token),
        )
        if session is None or session["ended_utc"] is not None:
            return None
        person = directory(connection).users.get(session["user_id"])
    if person is None or person["ended_utc"] is not None:
        return None
    longest = LONGEST_SCREEN_SESSION if person["role"] == Role.SCREEN.value else LONGEST_SESSION
    if now - session["created_utc"] > longest:
        return None
    if now - session["last_seen_utc"] > _SEEN_EVERY:
        _note_seen(database, token)
    return _user(person)


def end_session(database: Database, token: str) -> None:
    """Sign out; doing it twice does nothing."""
    with database.write() as connection:
        connection.run(
            "UPDATE sessions SET ended_utc = :now WHERE token_sha256 = :digest AND ended_utc IS NULL",
            now=now_utc(),
            digest=_digest(token),
        )


def find(database: Database, user_id: str) -> User | None:
    """Find a person by id; None for one who is not there, or not any more."""
    with database.read() as connection:
        person = directory(connection).users.get(user_id)
    return None if person is None or person["ended_utc"] is not None else _user(person)


def screen_of_unit(connection: Connection, unit_id: str) -> User | None:
    """Find the user that the big screens of a department share; None before the first one was opened."""
    row = connection.row(
        "SELECT id, name, role, unit_id FROM users WHERE role = :role AND unit_id = :unit_id AND ended_utc IS NULL",
        role=Role.SCREEN.value,
        unit_id=unit_id,
    )
    return None if row is None else _user(row)


def count_screens(connection: Connection, user_id: str) -> int:
    """Count the sessions of a department's screens that are neither ended nor too old."""
    row = connection.row(
        "SELECT count(*) AS many FROM sessions "
        "WHERE user_id = :user_id AND ended_utc IS NULL AND created_utc >= :oldest",
        user_id=user_id,
        oldest=now_utc() - LONGEST_SCREEN_SESSION,
    )
    return 0 if row is None else int(row["many"])


def end_sessions_of(connection: Connection, user_id: str) -> None:
    """End every session of a user that still runs, as part of the caller's transaction."""
    connection.run(
        "UPDATE sessions SET ended_utc = :now WHERE user_id = :user_id AND ended_utc IS NULL",
        now=now_utc(),
        user_id=user_id,
    )


def _note_seen(database: Database, token: str) -> None:
    try:
        with database.write() as connection:
            connection.run(
                "UPDATE sessions SET last_seen_utc = :now WHERE token_sha256 = :digest",
                now=now_utc(),
                digest=_digest(token),
            )
    except StorageError:
        # A full disk must not sign people out: they can still read.
        return


def _user(row: Row) -> User:
    return User(row["id"], row["name"], Role(row["role"]), row["unit_id"])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
