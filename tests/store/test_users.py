from datetime import timedelta

import pytest

from cchc_core.errors import NotFound
from cchc_core.permissions import Role
from cchc_core.store import users
from cchc_core.store.clock import now_utc
from cchc_core.store.database import Database
from tests.store.world import World, people_of


def test_there_is_one_trial_user_for_each_role_of_a_person_however_often_one_asks(database: Database) -> None:
    for _ in range(2):
        users.ensure_trial_users(database)
    people = users.trial_users(database)
    assert [user.role for user in people] == [role for role in Role if role is not Role.SCREEN]
    assert people[0].role_title == "Cán bộ đầu mối"


def test_a_session_tells_who_is_signed_in_until_it_ends(world: World) -> None:
    token = users.start_session(world.database, world.officer.id)
    assert users.user_of(world.database, token) == world.officer
    for _ in range(2):
        users.end_session(world.database, token)
    assert users.user_of(world.database, token) is None


def test_only_the_digest_of_a_token_is_kept(world: World) -> None:
    token = users.start_session(world.database, world.officer.id)
    with world.database.read() as connection:
        (row,) = connection.rows("SELECT * FROM sessions")
    assert token not in str(row)
    assert users.user_of(world.database, row["token_sha256"]) is None


def test_what_is_no_token_signs_nobody_in(world: World) -> None:
    for token in ("", "x", "\x00", "\ud800", "đ" * 10_000, "' OR 1=1 --"):
        assert users.user_of(world.database, token) is None


def test_nobody_unknown_or_ended_signs_in_or_stays_signed_in(world: World) -> None:
    token = users.start_session(world.database, world.officer.id)
    with world.database.write() as connection:
        connection.change_structure()
        connection.run("UPDATE users SET ended_utc = :now WHERE id = :id", now=now_utc(), id=world.officer.id)
    assert users.user_of(world.database, token) is None
    for unknown in (world.officer.id, "nobody"):
        with pytest.raises(NotFound):
            users.start_session(world.database, unknown)


def test_a_session_ends_by_itself_after_thirty_days(world: World) -> None:
    token = users.start_session(world.database, world.officer.id)
    for days, expected in ((29, world.officer), (31, None)):
        with world.database.write() as connection:
            connection.run("UPDATE sessions SET created_utc = :then", then=now_utc() - timedelta(days=days))
        assert users.user_of(world.database, token) == expected


def test_a_session_notes_now_and_then_that_it_was_seen(world: World) -> None:
    token = users.start_session(world.database, world.officer.id)
    long_ago = now_utc() - timedelta(hours=2)
    with world.database.write() as connection:
        connection.run("UPDATE sessions SET last_seen_utc = :then", then=long_ago)
    users.user_of(world.database, token)
    with world.database.read() as connection:
        (row,) = connection.rows("SELECT last_seen_utc FROM sessions")
    assert row["last_seen_utc"] > long_ago + timedelta(hours=1)


def test_the_first_department_takes_in_the_trial_users_who_belong_there(world: World) -> None:
    places = {role: user.unit_id for role, user in people_of(world.database).items()}
    assert places[Role.OFFICER] == places[Role.LEADER] == world.department.id
    assert places[Role.ROOM] not in (None, world.department.id)
    assert places[Role.APPRAISER] is None
    assert places[Role.ADMIN] is None
