from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cchc_core import scoring
from cchc_core.board import read_board
from cchc_core.errors import AlreadyThere, BadText, NotAllowed, NotFound, StaleText
from cchc_core.permissions import Role, State
from cchc_core.scenarios import (
    MOST_SCENARIOS,
    drop_scenario,
    keep_scenario,
    list_scenarios,
    may_change,
    open_scenario,
)
from cchc_core.store.log import LogAction
from cchc_core.store.users import User
from cchc_core.store.verify import verify
from cchc_core.what_if import try_out
from tests.running_year import everything, opened, stranger_of, version_of
from tests.store.world import RUBRIC, World, make_world, reopen

SOME: Mapping[str, dict[str, object]] = {"1.1": {"level": 0}, "1.5": {"not_applicable": "không được giao"}}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    yield made
    made.database.close()


def _keep(
    world: World,
    name: str = "Phương án A",
    entries: Mapping[str, dict[str, object]] = SOME,
    *,
    user: User | None = None,
    **of_change: Any,
) -> str:
    return keep_scenario(
        world.database,
        user or world.officer,
        assessment_id=world.assessment_id,
        name=name,
        entries=entries,
        **of_change,
    )


def _names(world: World) -> list[str]:
    return [scenario.name for scenario in list_scenarios(world.database, world.officer, world.assessment_id)]


def test_a_kept_scenario_is_opened_by_its_id_and_tried_out(world: World) -> None:
    scenario_id = _keep(world, "  Phương  án A ")
    scenario = open_scenario(world.database, world.people[Role.LEADER], scenario_id)
    assert (scenario.name, scenario.version, scenario.assessment_id) == ("Phương án A", 1, world.assessment_id)
    assert (scenario.entries, scenario.changed_by_name) == (SOME, world.officer.name)
    trial = try_out(world.sheet(), scenario.entries)
    assert (trial.changed, trial.sheet.totals.total.points) == (("1.1", "1.5"), Decimal("1.0000"))
    assert world.sheet().answers == {}


def test_scenarios_are_there_after_a_restart_the_last_changed_first(world: World) -> None:
    first = _keep(world, "Một")
    _keep(world, "Hai")
    _keep(world, "Một sửa", scenario_id=first, expected_version=1)
    again = reopen(world)
    assert _names(again) == ["Một sửa", "Hai"]
    assert verify(again.database).findings == ()
    again.database.close()


def test_a_scenario_is_changed_and_logged_with_what_it_was(world: World) -> None:
    scenario_id = _keep(world)
    number = scoring.change_number(world.database, world.assessment_id)
    changes: dict[str, dict[str, object]] = {"1.2": {"level": 1}}
    assert _keep(world, "Phương án B", changes, scenario_id=scenario_id, expected_version=1) == scenario_id
    changed = open_scenario(world.database, world.officer, scenario_id)
    assert (changed.name, changed.entries, changed.version) == ("Phương án B", changes, 2)
    (line, *_) = read_board(world.database, world.officer, world.assessment_id).changes
    assert (line.action, line.subject) == (LogAction.SCENARIO, scenario_id)
    assert line.old == {"name": "Phương án A", "entries": SOME}
    assert scoring.change_number(world.database, world.assessment_id) == number + 1


def test_a_scenario_that_somebody_else_changed_is_refused(world: World) -> None:
    scenario_id = _keep(world, user=world.people[Role.ROOM])
    _keep(world, "Của phòng", user=world.people[Role.ROOM], scenario_id=scenario_id, expected_version=1)
    before = everything(world)
    with pytest.raises(StaleText, match="«Của phòng»") as refused:
        _keep(world, "Của tôi", scenario_id=scenario_id, expected_version=1)
    assert everything(world) == before
    _keep(world, "Của tôi", scenario_id=scenario_id, expected_version=refused.value.version)
    assert _names(world) == ["Của tôi"]


def test_a_name_is_taken_however_it_is_typed_within_the_assessment(world: World) -> None:
    kept = _keep(world)
    before = everything(world)
    for name in ("Phương án A", "phuong  an a"):
        with pytest.raises(AlreadyThere, match="phương án"):
            _keep(world, name)
    assert everything(world) == before
    assert _keep(opened(world, "h1"))
    other = _keep(world, "Phương án B")
    with pytest.raises(AlreadyThere):
        _keep(world, "Phương án A", scenario_id=other, expected_version=1)
    assert _keep(world, "PHƯƠNG ÁN A", scenario_id=kept, expected_version=1) == kept


def test_the_name_of_a_dropped_scenario_is_free_again(world: World) -> None:
    drop_scenario(world.database, world.officer, _keep(world))
    assert _names(world) == []
    _keep(world)
    assert _names(world) == ["Phương án A"]
    assert verify(world.database).findings == ()


def test_a_dropped_scenario_is_not_found_and_not_changed(world: World) -> None:
    scenario_id = _keep(world)
    drop_scenario(world.database, world.officer, scenario_id)
    before = everything(world)
    for act in (
        lambda: open_scenario(world.database, world.officer, scenario_id),
        lambda: drop_scenario(world.database, world.officer, scenario_id),
        lambda: _keep(world, "Khác", scenario_id=scenario_id, expected_version=1),
    ):
        with pytest.raises(NotFound, match="có thể đã bị xoá"):
            act()
    assert everything(world) == before


def test_a_scenario_of_an_assessment_that_is_not_there_says_so(world: World) -> None:
    half = opened(world, "h1")
    scenario_id = _keep(half)
    with world.database.write() as connection:
        connection.run("DELETE FROM assessments WHERE id = :id", id=half.assessment_id)
    before = everything(world)
    with pytest.raises(NotFound, match="bảng chấm điểm của phương án «Phương án A»"):
        open_scenario(world.database, world.officer, scenario_id)
    with pytest.raises(NotFound):
        drop_scenario(world.database, world.officer, scenario_id)
    with pytest.raises(NotFound):
        list_scenarios(world.database, world.officer, half.assessment_id)
    with pytest.raises(NotFound):
        _keep(half, "Khác")
    assert everything(world) == before


def test_unknown_ids_are_not_found(world: World) -> None:
    for unknown in ("khong-co", "", "0" * 16, "a\ud800", "'; DROP TABLE scenarios"):
        with pytest.raises(NotFound) as refused:
            open_scenario(world.database, world.officer, unknown)
        str(refused.value).encode()


def test_a_scenario_is_changed_through_its_own_assessment_alone(world: World) -> None:
    scenario_id = _keep(world)
    half = opened(world, "h1")
    before = everything(world)
    with pytest.raises(NotFound):
        _keep(half, "Khác", scenario_id=scenario_id, expected_version=1)
    assert everything(world) == before


def test_other_peoples_scenarios_are_seen_by_all_and_changed_by_the_focal_officer(world: World) -> None:
    room, leader = world.people[Role.ROOM], world.people[Role.LEADER]
    of_room = _keep(world, "Của phòng", user=room)
    of_officer = _keep(world, "Của đầu mối")
    assert open_scenario(world.database, room, of_officer).name == "Của đầu mối"
    before = everything(world)
    for user, scenario_id in ((room, of_officer), (leader, of_officer), (leader, of_room)):
        scenario = open_scenario(world.database, user, scenario_id)
        assert not may_change(user, world.sheet().assessment, scenario)
        with pytest.raises(NotAllowed, match="phương án của người khác khi bảng chấm đang ở trạng thái «Đang chấm»"):
            drop_scenario(world.database, user, scenario_id)
        with pytest.raises(NotAllowed):
            _keep(world, "Khác", user=user, scenario_id=scenario_id, expected_version=1)
    assert everything(world) == before
    _keep(world, "Sửa giúp", scenario_id=of_room, expected_version=1)
    drop_scenario(world.database, world.officer, of_room)
    assert _names(world) == ["Của đầu mối"]


def test_who_may_not_see_the_assessment_sees_and_keeps_no_scenario(world: World) -> None:
    scenario_id = _keep(world)
    strangers = [world.people[Role.APPRAISER], stranger_of(world)]
    before = everything(world)
    for user in strangers:
        with pytest.raises(NotAllowed):
            open_scenario(world.database, user, scenario_id)
        with pytest.raises(NotAllowed):
            list_scenarios(world.database, user, world.assessment_id)
        with pytest.raises(NotAllowed):
            _keep(world, "Khác", user=user)
        with pytest.raises(NotAllowed):
            drop_scenario(world.database, user, scenario_id)
    assert everything(world) == before


def test_scenarios_are_kept_also_when_the_assessment_is_closed(world: World) -> None:
    world.put_into(State.APPROVED, is_locked=True)
    _keep(world)
    assert _names(world) == ["Phương án A"]


def test_a_name_must_be_there_and_short(world: World) -> None:
    before = everything(world)
    for name in ("", "  ", "\u0000", "x" * 121):
        with pytest.raises(BadText):
            _keep(world, name)
    assert everything(world) == before
    _keep(world, "x" * 120)


def test_criteria_that_the_set_does_not_have_are_left_out_and_nothing_else_is_no_scenario(world: World) -> None:
    scenario_id = _keep(world, entries={"1.1": {"level": 0}, "9.9": {"level": 0}, "2": {"level": 0}})
    assert open_scenario(world.database, world.officer, scenario_id).entries == {"1.1": {"level": 0}}
    nothing: tuple[Mapping[str, dict[str, object]], ...] = ({}, {"9.9": {"level": 0}})
    for entries in nothing:
        with pytest.raises(BadText, match="chưa thử thay đổi tiêu chí nào"):
            _keep(world, "Trống", entries)


def test_what_a_rule_refuses_is_kept_and_told_when_it_is_tried_out(world: World) -> None:
    scenario_id = _keep(world, entries={"1.1": {"level": 9}, "1.5": {"not_applicable": "  vì\u0000 sao "}})
    scenario = open_scenario(world.database, world.officer, scenario_id)
    assert scenario.entries["1.5"] == {"not_applicable": "vì sao"}
    assert set(try_out(world.sheet(), scenario.entries).problems) == {"1.1"}


def test_a_scenario_tells_which_criteria_another_version_of_the_set_has_not(world: World) -> None:
    scenario_id = _keep(world)
    without = opened(world, "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025, without=("1.1",)))
    trial = try_out(without.sheet(), open_scenario(world.database, world.officer, scenario_id).entries)
    assert (set(trial.problems), trial.changed) == ({"1.1"}, ("1.5",))


def test_there_is_an_end_to_scenarios_of_one_assessment(world: World) -> None:
    kept = [_keep(world, f"Phương án {number}") for number in range(MOST_SCENARIOS)]
    with pytest.raises(BadText, match="đã có 100 phương án"):
        _keep(world, "Một nữa")
    assert _keep(world, "Sửa", scenario_id=kept[0], expected_version=1) == kept[0]
    drop_scenario(world.database, world.officer, kept[1])
    _keep(world, "Một nữa")
    assert len(_names(world)) == MOST_SCENARIOS
    _keep(replace(world, assessment_id=opened(world, "h1").assessment_id), "Bảng khác")
