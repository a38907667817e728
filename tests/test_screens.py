from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cchc_core import scoring, screens
from cchc_core.board import read_board
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.permissions import ALLOWED, Action, Role
from cchc_core.store import users
from cchc_core.store.clock import now_utc
from cchc_core.store.log import LogAction
from cchc_core.store.users import User
from cchc_core.store.verify import verify
from tests.store.world import DEPARTMENT, RUBRIC, World, make_world, period

MAY_OPEN = (Role.OFFICER, Role.LEADER, Role.ADMIN)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.database.close()


def _open(world: World, role: Role = Role.LEADER) -> str:
    return screens.open_screen(world.database, world.people[role], world.assessment_id)


def _screen(world: World, token: str) -> User:
    screen = users.screen_of(world.database, token)
    assert screen is not None
    return screen


def _log_lines(world: World) -> list[dict[str, object]]:
    with world.database.read() as connection:
        return connection.rows(
            "SELECT actor_name, subject, assessment_id, old_value, new_value FROM change_log "
            "WHERE action IN (:opened, :closed) "
            "ORDER BY seq",
            opened=LogAction.OPEN_SCREEN.value,
            closed=LogAction.CLOSE_SCREENS.value,
        )


def _made_ago(world: World, ago: timedelta) -> None:
    with world.database.write() as connection:
        connection.run("UPDATE sessions SET created_utc = :then", then=now_utc() - ago)


def test_a_screen_belongs_to_its_department_and_looks_without_doing_anything(world: World) -> None:
    screen = _screen(world, _open(world))
    assert (screen.name, screen.role, screen.unit_id) == (f"Màn hình · {DEPARTMENT}", Role.SCREEN, world.department.id)
    assert scoring.open_sheet(world.database, screen, world.assessment_id).assessment.unit_name == DEPARTMENT
    with pytest.raises(NotAllowed):
        world.save("1.1", {"level": 0}, user=screen)


@pytest.mark.parametrize("role", MAY_OPEN)
def test_whoever_may_opens_a_screen_and_the_department_has_one_user_for_all_of_them(world: World, role: Role) -> None:
    first, second = _open(world, role), _open(world, Role.ADMIN)
    assert first != second
    assert _screen(world, first) == _screen(world, second)


@pytest.mark.parametrize("role", [role for role in Role if role not in (*MAY_OPEN, Role.SCREEN)])
def test_who_may_not_open_a_screen_neither_counts_nor_ends_one(world: World, role: Role) -> None:
    token = _open(world)
    for use_case in (screens.open_screen, screens.find_place, screens.end_screens):
        with pytest.raises(NotAllowed):
            use_case(world.database, world.people[role], world.assessment_id)
    assert users.screen_of(world.database, token) is not None


def test_a_screen_opens_no_further_screen(world: World) -> None:
    screen = _screen(world, _open(world))
    with pytest.raises(NotAllowed):
        screens.open_screen(world.database, screen, world.assessment_id)


@pytest.mark.parametrize("unknown", ["", "0" * 16, "' OR 1=1 --", "\ud800"])
def test_an_assessment_that_is_not_there_opens_no_screen_and_makes_no_user(world: World, unknown: str) -> None:
    with pytest.raises(NotFound):
        screens.open_screen(world.database, world.people[Role.LEADER], unknown)
    with world.database.read() as connection:
        assert users.screen_of_unit(connection, world.department.id) is None


def test_another_department_s_assessment_is_out_of_a_screen_s_sight(world: World) -> None:
    admin = world.people[Role.ADMIN]
    other = scoring.create_department(world.database, admin, "Sở Khác")
    theirs = scoring.create_assessment(world.database, admin, unit_id=other.id, rubric=RUBRIC, period=period())
    screen = _screen(world, _open(world))
    assert [a.id for a in scoring.list_assessments(world.database, screen)] == [world.assessment_id]
    with pytest.raises(NotAllowed):
        scoring.open_sheet(world.database, screen, theirs.id)
    with pytest.raises(NotAllowed):
        screens.open_screen(world.database, world.people[Role.LEADER], theirs.id)


def test_a_screen_s_token_is_nobody_s_session_and_a_person_s_token_is_no_screen_s(world: World) -> None:
    token, personal = _open(world), users.start_session(world.database, world.officer.id)
    assert users.user_of(world.database, token) is None
    assert users.screen_of(world.database, personal) is None
    for made_up in ("", "x" * 43, "\ud800"):
        assert users.screen_of(world.database, made_up) is None


def test_a_screen_ends_by_itself_after_twelve_hours(world: World) -> None:
    token, leader = _open(world), world.people[Role.LEADER]
    for hours, is_open in ((screens.HOURS - 1, True), (screens.HOURS + 1, False)):
        _made_ago(world, timedelta(hours=hours))
        assert (users.screen_of(world.database, token) is not None) is is_open
        assert screens.find_place(world.database, leader, world.assessment_id).open_screens == is_open


def test_ending_the_screens_ends_all_of_the_department_and_nobody_s_own_session(world: World) -> None:
    tokens = [_open(world), _open(world, Role.OFFICER)]
    personal = users.start_session(world.database, world.officer.id)
    leader = world.people[Role.LEADER]
    assert screens.find_place(world.database, leader, world.assessment_id).open_screens == 2
    assert screens.end_screens(world.database, leader, world.assessment_id) == 2
    assert [users.screen_of(world.database, token) for token in tokens] == [None, None]
    assert users.user_of(world.database, personal) == world.officer
    assert screens.end_screens(world.database, leader, world.assessment_id) == 0
    assert users.screen_of(world.database, _open(world)) is not None


def test_the_log_tells_who_opened_and_who_ended_screens(world: World) -> None:
    _open(world)
    screens.end_screens(world.database, world.officer, world.assessment_id)
    screens.end_screens(world.database, world.officer, world.assessment_id)
    opened, ended = _log_lines(world)
    assert [line["subject"] for line in (opened, ended)] == [world.assessment_id] * 2
    assert (opened["actor_name"], ended["actor_name"]) == (world.people[Role.LEADER].name, world.officer.name)
    assert '"hours":12' in str(opened["new_value"])
    assert (ended["new_value"], '"screens":1' in str(ended["old_value"])) == (None, True)


def test_opening_a_screen_is_no_change_of_the_assessment(world: World) -> None:
    before = scoring.change_number(world.database, world.assessment_id)
    _open(world)
    assert scoring.change_number(world.database, world.assessment_id) == before
    (newest, *_) = read_board(world.database, world.officer, world.assessment_id).changes
    assert newest.action is LogAction.OPEN_ASSESSMENT
    assert verify(world.database).findings == ()


def test_the_screen_of_the_table_of_permissions_only_views() -> None:
    assert [action for action, states in ALLOWED[Role.SCREEN].items() if states] == [
        Action.VIEW,
        Action.VIEW_PLANNING,
    ]
