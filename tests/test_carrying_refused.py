from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_core.carrying import carry_sources, open_carried
from cchc_core.errors import AlreadyThere, CannotCarry, NotAllowed, NotFound
from cchc_core.permissions import Role, State
from cchc_core.rubric.model import Rubric
from cchc_core.store.verify import verify
from tests.running_year import SOME_ANSWERS, assessment_of, carried, everything, opened, stranger_of, version_of
from tests.store.world import RUBRIC, World, make_world, period


@pytest.fixture
def scored(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    for code, raw in SOME_ANSWERS.items():
        made.save(code, raw)
    yield made
    made.database.close()


def _room_id(world: World) -> str:
    with world.database.read() as connection:
        row = connection.row("SELECT id FROM units WHERE parent_id IS NOT NULL")
    assert row is not None
    return str(row["id"])


def test_another_units_assessment_is_refused_and_nothing_written(scored: World) -> None:
    of_room = opened(scored, "h1", unit_id=_room_id(scored))
    before = everything(scored)
    with pytest.raises(CannotCarry, match="bảng nguồn là của Sở Thử nghiệm"):
        carried(scored, of_room)
    assert everything(scored) == before


def test_a_later_period_and_the_same_assessment_are_refused_and_nothing_written(scored: World) -> None:
    half = opened(scored, "h1")
    following = opened(scored, "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025))
    before = everything(scored)
    for source, target in ((half, scored), (scored, scored), (following, half)):
        with pytest.raises(CannotCarry, match="không trước"):
            carried(source, target)
    assert everything(scored) == before


def test_unknown_assessments_are_refused_and_nothing_written(scored: World) -> None:
    half = opened(scored, "h1")
    before = everything(scored)
    for unknown in ("khong-co", "", "0" * 16, "'; DROP TABLE answers"):
        gone = replace(scored, assessment_id=unknown)
        for source, target in ((gone, half), (scored, gone)):
            with pytest.raises(NotFound):
                carried(source, target)
    assert everything(scored) == before


@pytest.mark.parametrize(("state", "is_locked"), [(State.APPROVED, False), (State.DRAFT, True)])
def test_an_approved_or_locked_target_is_refused_and_nothing_written(
    scored: World, state: State, is_locked: bool
) -> None:
    half = opened(scored, "h1")
    half.put_into(state, is_locked=is_locked)
    before = everything(scored)
    with pytest.raises(NotAllowed):
        carried(scored, half)
    assert everything(scored) == before


def test_another_department_may_neither_take_nor_give(scored: World) -> None:
    half = opened(scored, "h1")
    stranger = stranger_of(scored)
    before = everything(scored)
    with pytest.raises(NotAllowed):
        carried(scored, half, stranger)
    with pytest.raises(NotAllowed):
        open_carried(
            scored.database,
            stranger,
            unit_id=str(stranger.unit_id),
            rubric=RUBRIC,
            period=period("h1"),
            source_id=scored.assessment_id,
        )
    assert everything(scored) == before


def test_who_may_not_answer_may_not_carry(scored: World) -> None:
    half = opened(scored, "h1")
    before = everything(scored)
    for role in (Role.LEADER, Role.ADMIN, Role.APPRAISER):
        with pytest.raises(NotAllowed):
            carried(scored, half, scored.people[role])
    assert everything(scored) == before
    assert carried(scored, half, scored.people[Role.ROOM]).copied == tuple(SOME_ANSWERS)


def _open_half(world: World, source_id: str, role: Role = Role.OFFICER, rubric: Rubric = RUBRIC) -> World:
    assessment, _ = open_carried(
        world.database,
        world.people[role],
        unit_id=world.department.id,
        rubric=rubric,
        period=period("h1"),
        source_id=source_id,
    )
    return replace(world, assessment_id=assessment.id)


def test_opening_and_carrying_is_one_step(scored: World) -> None:
    assessment, done = open_carried(
        scored.database,
        scored.officer,
        unit_id=scored.department.id,
        rubric=RUBRIC,
        period=period("h1"),
        source_id=scored.assessment_id,
    )
    half = replace(scored, assessment_id=assessment.id)
    assert done.copied == tuple(half.sheet().answers) == tuple(SOME_ANSWERS)
    assert assessment == assessment_of(half)
    assert verify(half.database).findings == ()


def test_where_carrying_is_refused_nothing_is_opened_either(scored: World) -> None:
    later = opened(scored, "q3")
    before = everything(scored)
    for source_id, error in (("khong-co", NotFound), (later.assessment_id, CannotCarry)):
        with pytest.raises(error):
            _open_half(scored, source_id)
    # An administrator may open an assessment, and may not answer in it.
    with pytest.raises(NotAllowed):
        _open_half(scored, scored.assessment_id, Role.ADMIN)
    assert everything(scored) == before
    half = _open_half(scored, scored.assessment_id)
    with pytest.raises(AlreadyThere):
        _open_half(scored, scored.assessment_id)
    assert len(half.sheet().answers) == 5


def test_sources_are_earlier_ones_of_the_unit_the_most_fitting_first(scored: World) -> None:
    half = opened(scored, "h1")
    opened(scored, "h1", unit_id=_room_id(scored))
    opened(scored, "year")
    of_2023 = version_of(RUBRIC, rubric_id="mau-2023", year=2023)
    older = [opened(scored, code, of_2023) for code in ("q1", "year")]

    def sources(rubric: Rubric, code: str, role: Role = Role.OFFICER) -> list[str]:
        found = carry_sources(
            scored.database,
            scored.people[role],
            unit_id=scored.department.id,
            rubric=rubric,
            period=period(code),
        )
        return [assessment.id for assessment in found]

    assert sources(RUBRIC, "q3") == [half.assessment_id, scored.assessment_id, *(w.assessment_id for w in older[::-1])]
    assert sources(of_2023, "h1") == [older[0].assessment_id]
    assert sources(RUBRIC, "q1") == [w.assessment_id for w in older[::-1]]
    assert sources(RUBRIC, "q3", Role.APPRAISER) == []
