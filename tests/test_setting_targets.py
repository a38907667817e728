from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core import scoring
from cchc_core.errors import BadText, NotAllowed, NotFound, StaleText
from cchc_core.permissions import Role
from cchc_core.planning import set_target, targets_in
from cchc_core.reaching import year_line
from cchc_core.store.users import User
from cchc_core.store.verify import verify
from cchc_core.targets import Target, TargetKind
from tests.running_year import assessment_of, everything, opened, stranger_of, version_of
from tests.store.world import RUBRIC, World, make_world, reopen

PERCENT, POINTS, CRITERIA = TargetKind
ILLUSTRATIVE = replace(version_of(RUBRIC, rubric_id="minh-hoa", year=2024), points_source="illustrative")


@pytest.fixture
def q1(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    yield made
    made.database.close()


def _aim(
    world: World,
    kind: TargetKind,
    value: str | None,
    section: str | None = None,
    user: User | None = None,
    version: int | None = None,
) -> None:
    set_target(
        world.database,
        user or world.officer,
        assessment_id=world.assessment_id,
        section=section,
        kind=kind,
        value=None if value is None else Decimal(value),
        expected_version=version,
    )


def _targets(world: World) -> Mapping[str | None, Target]:
    line = year_line(assessment_of(world))
    with world.database.read() as connection:
        return targets_in(connection, line)


def test_a_target_of_the_whole_and_of_a_section_stand_beside_each_other(q1: World) -> None:
    _aim(q1, PERCENT, "85.5")
    _aim(q1, POINTS, "9.2500", "1")
    assert _targets(q1) == {
        None: Target(None, PERCENT, Decimal("85.5")),
        "1": Target("1", POINTS, Decimal("9.25")),
    }
    again = reopen(q1)
    assert _targets(again)["1"].value == Decimal("9.25")
    assert verify(again.database).findings == ()
    again.database.close()


def test_a_target_belongs_to_the_year_and_moves_every_board_of_it(q1: World) -> None:
    half, other_year = opened(q1, "h1"), opened(q1, "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025))
    ids = [world.assessment_id for world in (q1, half, other_year)]
    before = [scoring.change_number(q1.database, assessment_id) for assessment_id in ids]
    _aim(q1, PERCENT, "85")
    assert _targets(half) == _targets(q1)
    assert _targets(other_year) == {}
    moved = [scoring.change_number(q1.database, assessment_id) for assessment_id in ids]
    assert moved == [before[0] + 1, before[1] + 1, before[2]]


def test_a_target_is_changed_and_taken_out_again(q1: World) -> None:
    _aim(q1, PERCENT, "85")
    _aim(q1, POINTS, "9")
    assert _targets(q1) == {None: Target(None, POINTS, Decimal(9))}
    _aim(q1, POINTS, None)
    assert _targets(q1) == {}
    _aim(q1, PERCENT, "90")
    assert _targets(q1)[None].value == 90


def test_a_target_that_somebody_else_set_meanwhile_is_refused_with_theirs_and_can_be_set_again(q1: World) -> None:
    leader = q1.people[Role.LEADER]
    _aim(q1, PERCENT, "85", "1", user=leader)
    before = everything(q1)
    with pytest.raises(StaleText, match="«85 %»") as refused:
        _aim(q1, PERCENT, "90", "1", version=0)
    assert leader.name in str(refused.value)
    assert everything(q1) == before
    _aim(q1, PERCENT, "85", "1", version=0)
    assert everything(q1) == before
    _aim(q1, PERCENT, "90", "1", version=refused.value.version)
    _aim(q1, PERCENT, None, "1", user=leader, version=2)
    with pytest.raises(StaleText, match="đã bỏ") as refused:
        _aim(q1, PERCENT, "80", "1", version=2)
    _aim(q1, PERCENT, "80", "1", version=refused.value.version)
    assert _targets(q1)["1"].value == 80


def test_setting_the_same_target_or_taking_out_none_changes_nothing(q1: World) -> None:
    before = everything(q1)
    _aim(q1, PERCENT, None)
    assert everything(q1) == before
    _aim(q1, PERCENT, "85")
    before = everything(q1)
    _aim(q1, PERCENT, "85")
    assert everything(q1) == before
    _aim(q1, POINTS, None)
    _aim(q1, POINTS, None)
    assert _targets(q1) == {}


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (PERCENT, "100.01", "vượt quá mức cho phép 100 %"),
        (PERCENT, "-1", "số từ 0 trở lên"),
        (PERCENT, "NaN", "số từ 0 trở lên"),
        (POINTS, "10.0001", "vượt quá mức cho phép 10,0000 điểm"),
        (POINTS, "Infinity", "số từ 0 trở lên"),
        (POINTS, "1.00001", "quá bốn chữ số thập phân"),
        (CRITERIA, "3", "không đặt chỉ tiêu theo số tiêu chí"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(q1: World, kind: TargetKind, value: str, why: str) -> None:
    before = everything(q1)
    with pytest.raises(BadText, match=why):
        _aim(q1, kind, value)
    assert everything(q1) == before


def test_a_target_of_everything_there_is_can_be_set(q1: World) -> None:
    _aim(q1, PERCENT, "100")
    _aim(q1, POINTS, "10", "1")
    assert len(_targets(q1)) == 2


def test_what_does_not_apply_lowers_what_a_target_may_ask(q1: World) -> None:
    q1.save("1.5", {"not_applicable": "không được giao"})
    with pytest.raises(BadText, match="9,0000"):
        _aim(q1, POINTS, "10")
    _aim(q1, POINTS, "9")
    assert _targets(q1)[None].value == 9


def test_where_nothing_applies_only_nothing_can_be_aimed_at(q1: World) -> None:
    leaf = replace(RUBRIC.criterion("1.5"), code="1.5")
    bare = replace(version_of(RUBRIC, rubric_id="mot", year=2024), criteria=(leaf,))
    world = opened(q1, "q1", bare)
    world.save("1.5", {"not_applicable": "không được giao"})
    assert world.sheet().totals.total.effective_max == 0
    with pytest.raises(BadText):
        _aim(world, POINTS, "0.5")
    _aim(world, PERCENT, "90")
    assert _targets(world)[None].value == 90


def test_of_illustrative_points_a_target_counts_criteria(q1: World) -> None:
    world = opened(q1, "q1", ILLUSTRATIVE)
    for kind in (PERCENT, POINTS):
        with pytest.raises(BadText, match="minh hoạ"):
            _aim(world, kind, "5")
    for value in ("11", "2.5"):
        with pytest.raises(BadText):
            _aim(world, CRITERIA, value)
    _aim(world, CRITERIA, "10")
    assert _targets(world) == {None: Target(None, CRITERIA, Decimal(10))}


def test_a_target_of_an_unknown_section_or_assessment_is_refused(q1: World) -> None:
    for section in ("9", "", "1.1", "'; DROP TABLE targets"):
        with pytest.raises(NotFound):
            _aim(q1, PERCENT, "85", section)
    with pytest.raises(NotFound):
        _aim(replace(q1, assessment_id="khong-co"), PERCENT, "85")


def test_who_may_not_set_targets_is_refused(q1: World) -> None:
    before = everything(q1)
    for role in (Role.ROOM, Role.APPRAISER):
        with pytest.raises(NotAllowed):
            _aim(q1, PERCENT, "85", user=q1.people[role])
    assert everything(q1) == before
    for role in (Role.LEADER, Role.ADMIN):
        _aim(q1, PERCENT, "85" if role is Role.LEADER else "86", user=q1.people[role])
    assert _targets(q1)[None].value == 86
    stranger = stranger_of(q1)
    with pytest.raises(NotAllowed):
        _aim(q1, PERCENT, "85", user=stranger)
