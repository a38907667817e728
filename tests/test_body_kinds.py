"""A unit's kind of body: said once, kept, and what of a criteria set it leaves the unit with."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core import body_kinds, carrying, scoring, setting_up
from cchc_core.errors import BadText, NotAllowed, NotFound, StaleText
from cchc_core.permissions import Role
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Rubric
from cchc_core.rubric.tailoring import max_points_by_kind
from cchc_core.rubric_files import load_rubric
from cchc_core.store import rubrics, units
from cchc_core.store.units import UnitKind
from cchc_core.store.verify import verify
from tests.store.world import RUBRIC, World, make_world, period

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "noi-bo-phong.yaml"
WITH, WITHOUT, ROOM = BodyKind.WITH_PROCEDURES, BodyKind.WITHOUT_PROCEDURES, BodyKind.ROOM
CHOOSY = replace(
    RUBRIC,
    id="phan-loai-2024",
    criteria=tuple(replace(each, applies_to=(WITH,) if each.code == "1.3" else ()) for each in RUBRIC.criteria),
)
FOR_ROOMS = replace(RUBRIC, id="noi-bo-phong-2024", title="Bộ tiêu chí nội bộ của các phòng", applies_to=(ROOM,))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.database.close()


def opened(world: World, rubric: Rubric, kind: BodyKind | None = None, code: str = "q1") -> scoring.Assessment:
    return scoring.create_assessment(
        world.database,
        world.officer,
        unit_id=world.department.id,
        rubric=rubric,
        period=period(code),
        body_kind=kind,
    )


def pinned(world: World, assessment: scoring.Assessment) -> Rubric:
    with world.database.read() as connection:
        return rubrics.pinned(connection, assessment.rubric_sha256)


def lines(world: World) -> int:
    with world.database.read() as connection:
        return len(connection.rows("SELECT seq FROM change_log"))


def test_a_unit_is_scored_without_the_criteria_that_are_for_other_kinds(world: World) -> None:
    made = opened(world, CHOOSY, WITHOUT)
    sheet = scoring.open_sheet(world.database, world.officer, made.id)
    assert "1.3" not in sheet.scores
    assert sheet.totals.total.max_points == Decimal("9.0000")
    cut = pinned(world, made)
    assert (cut.body_kind, cut.cut_from, cut.id) == (WITHOUT, fingerprint(CHOOSY), CHOOSY.id)
    assert verify(world.database).findings == ()


def test_the_kind_that_was_said_once_holds_for_the_next_assessment(world: World) -> None:
    first, second = opened(world, CHOOSY, WITHOUT), opened(world, CHOOSY, code="h1")
    assert first.rubric_sha256 == second.rubric_sha256
    assert body_kinds.body_kind_of(world.database, world.department.id) is WITHOUT


def test_a_kind_said_anew_changes_no_assessment_that_is_open(world: World) -> None:
    first = opened(world, CHOOSY, WITHOUT)
    second = opened(world, CHOOSY, WITH, "h1")
    assert len(pinned(world, second).leaves) == len(pinned(world, first).leaves) + 1
    found = scoring.open_sheet(world.database, world.officer, first.id)
    assert found.rubric.body_kind is WITHOUT


def test_an_assessment_is_carried_into_one_for_another_kind(world: World) -> None:
    first = opened(world, CHOOSY, WITH)
    for code in ("1.1", "1.3"):
        raw = {"level": 0} if code == "1.1" else {"numerator": "1", "denominator": "2"}
        scoring.save_entry(
            world.database, world.officer, assessment_id=first.id, code=code, raw=raw, expected_version=0
        )
    made, carried = carrying.open_carried(
        world.database,
        world.officer,
        unit_id=world.department.id,
        rubric=CHOOSY,
        period=period("h1"),
        source_id=first.id,
        body_kind=WITHOUT,
    )
    assert (carried.copied, carried.removed) == (("1.1",), ("1.3",))
    assert pinned(world, made).body_kind is WITHOUT


def test_without_a_kind_nothing_is_opened_by_a_set_that_makes_a_difference(world: World) -> None:
    before = lines(world)
    with pytest.raises(BadText, match="chưa biết đơn vị thuộc loại nào"):
        opened(world, CHOOSY)
    with pytest.raises(BadText, match="chỉ dành cho: Phòng, ban thuộc Sở"):
        opened(world, FOR_ROOMS, WITH)
    assert lines(world) == before
    assert body_kinds.body_of(world.database, world.department.id) is None


def test_a_set_for_everybody_is_pinned_as_it_is_whatever_the_unit_is(world: World) -> None:
    body_kinds.set_body_kind(world.database, world.officer, unit_id=world.department.id, kind=WITHOUT)
    made = opened(world, RUBRIC)
    assert made.rubric_sha256 == fingerprint(RUBRIC)


def test_a_room_is_scored_by_an_internal_set_like_any_other(world: World) -> None:
    with world.database.write() as connection:
        (room,) = units.add(
            connection, [("Phòng Hạ tầng", UnitKind.ROOM, world.department.id)], world.people[Role.ADMIN].actor
        )
    listed = setting_up.units_to_open(world.database, world.officer, world.department.id)
    assert [unit.kind for unit in listed] == [UnitKind.DEPARTMENT, *[UnitKind.ROOM] * (len(listed) - 1)]
    assert room in listed
    kind = body_kinds.likely_kind(room, FOR_ROOMS)
    assert kind is ROOM
    made = scoring.create_assessment(
        world.database, world.officer, unit_id=room.id, rubric=FOR_ROOMS, period=period("q1"), body_kind=kind
    )
    scoring.save_entry(
        world.database, world.officer, assessment_id=made.id, code="1.1", raw={"level": 0}, expected_version=0
    )
    sheet = scoring.open_sheet(world.database, world.officer, made.id)
    assert sheet.totals.total.points == Decimal("1.0000")
    assert made.unit_name == "Phòng Hạ tầng"


def test_the_internal_set_of_the_documents_scores_a_room_with_its_bonus_up_to_the_cap(world: World) -> None:
    rubric = load_rubric(EXAMPLE)
    assert {kind: str(points) for kind, points in max_points_by_kind(rubric).items()} == {
        BodyKind.PUBLIC_SERVICE: "10.0000",
        ROOM: "9.0000",
    }
    with world.database.read() as connection:
        room = next(unit for unit in units.present(connection) if unit.kind is UnitKind.ROOM)
    made = scoring.create_assessment(
        world.database, world.officer, unit_id=room.id, rubric=rubric, period=period("q1"), body_kind=ROOM
    )
    given: dict[str, dict[str, object]] = {
        "1.1": {"numerator": "9", "denominator": "10"},
        "2.1": {"count": 1},
        "3.1": {"count": 2},
    }
    for code, raw in given.items():
        scoring.save_entry(world.database, world.officer, assessment_id=made.id, code=code, raw=raw, expected_version=0)
    sheet = scoring.open_sheet(world.database, world.officer, made.id)
    assert sorted(sheet.scores) == ["1.1", "1.2", "2.1", "3.1"]
    total = sheet.totals.total
    assert (total.max_points, total.bonus) == (Decimal("9.0000"), Decimal("1.5000"))
    assert total.points == Decimal("3.6000") + Decimal("1.5000") + Decimal("1.5000")


@pytest.mark.parametrize("role", [Role.ROOM, Role.LEADER, Role.APPRAISER])
def test_who_may_not_open_assessments_neither_opens_nor_says_the_kind(world: World, role: Role) -> None:
    person = world.people[role]
    assert setting_up.departments_to_open(world.database, person) == ()
    assert setting_up.units_to_open(world.database, person, world.department.id) == ()
    with pytest.raises(NotAllowed):
        body_kinds.set_body_kind(world.database, person, unit_id=world.department.id, kind=WITH)


def test_an_officer_opens_in_the_own_department_and_an_administrator_in_every_one(world: World) -> None:
    admin = world.people[Role.ADMIN]
    other = scoring.create_department(world.database, admin, "Sở Khác")
    assert setting_up.departments_to_open(world.database, world.officer) == (world.department,)
    assert set(setting_up.departments_to_open(world.database, admin)) == {world.department, other}
    with pytest.raises(NotAllowed):
        body_kinds.set_body_kind(world.database, world.officer, unit_id=other.id, kind=WITH)
    with pytest.raises(NotFound):
        body_kinds.set_body_kind(world.database, admin, unit_id="khong-co", kind=WITH)


def test_two_people_who_say_different_kinds_are_told(world: World) -> None:
    unit_id, admin = world.department.id, world.people[Role.ADMIN]
    body_kinds.set_body_kind(world.database, world.officer, unit_id=unit_id, kind=WITH, expected_version=0)
    with pytest.raises(StaleText, match="Sở, ngành có thủ tục hành chính"):
        body_kinds.set_body_kind(world.database, admin, unit_id=unit_id, kind=WITHOUT, expected_version=0)
    body_kinds.set_body_kind(world.database, admin, unit_id=unit_id, kind=WITH, expected_version=0)
    said = body_kinds.body_of(world.database, unit_id)
    assert said is not None
    assert (said.kind, said.version, said.changed_by_name) == (WITH, 1, world.officer.name)
    body_kinds.set_body_kind(world.database, admin, unit_id=unit_id, kind=WITHOUT, expected_version=said.version)
    assert body_kinds.body_kind_of(world.database, unit_id) is WITHOUT
    assert verify(world.database).findings == ()
