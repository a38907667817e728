from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_core import rubric_diff
from cchc_core.errors import BadText, NotAllowed, NotFound
from cchc_core.permissions import Role
from cchc_core.rubric.changes import Matches
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_diff.keeping import Compared
from cchc_core.rubric_files import read_rubric
from cchc_core.store import rubrics
from cchc_core.store.verify import verify
from tests.offices import NAM_DINH, SOC_TRANG
from tests.rubric_diff.sets import NEW, OLD, group
from tests.store.world import World, make_world

SHAS = (fingerprint(OLD), fingerprint(NEW))
MOVED = [("1.2", "1.3"), ("1.3", "1.4")]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    pinned(made, OLD, NEW)
    yield made
    made.database.close()


def pinned(world: World, *sets: Rubric) -> tuple[str, ...]:
    with world.database.write() as connection:
        return tuple(rubrics.pin(connection, each, world.officer.actor) for each in sets)


def confirmed(world: World, *pairs: tuple[str, str], shas: tuple[str, str] = SHAS) -> int:
    return rubric_diff.confirm_matches(world.database, world.people[Role.ADMIN], *shas, pairs)


def refused(world: World, *pairs: tuple[str, str]) -> int:
    return rubric_diff.refuse_matches(world.database, world.people[Role.ADMIN], *SHAS, pairs)


def compared(world: World) -> Compared:
    return rubric_diff.compare_versions(world.database, *SHAS)


def matches(world: World, shas: tuple[str, str] = SHAS) -> Matches:
    with world.database.read() as connection:
        return rubric_diff.matches_of(connection, *shas)


def test_confirmed_pairs_hold_and_are_told_with_who_confirmed_them(world: World) -> None:
    assert len(compared(world).suggestions) == 2
    assert confirmed(world, *MOVED) == 2
    found = compared(world)
    assert (found.suggestions, found.from_elsewhere) == ((), 0)
    assert {(each.old_code, each.new_code, each.is_confirmed) for each in found.stored} == {
        (*pair, True) for pair in MOVED
    }
    assert {each.changed_by_name for each in found.stored} == {world.people[Role.ADMIN].name}
    assert (
        dict(found.difference.matches)
        == dict(matches(world))
        == {
            "1.1": "1.1",
            "1.2": "1.3",
            "1.3": "1.4",
            "2.1": "2.1",
            "2.2": "2.2",
        }
    )
    assert verify(world.database).findings == ()


def test_the_same_decision_a_second_time_changes_nothing(world: World) -> None:
    confirmed(world, *MOVED)
    before = compared(world).stored
    assert confirmed(world, *MOVED) == 0
    assert compared(world).stored == before


def test_a_decision_can_be_taken_back_and_is_a_suggestion_again(world: World) -> None:
    confirmed(world, *MOVED)
    (first, _) = compared(world).stored
    for _ in range(2):
        rubric_diff.take_back(world.database, world.people[Role.ADMIN], first.id)
    found = compared(world)
    assert [(each.old_code, each.new_code) for each in found.suggestions] == [(first.old_code, first.new_code)]
    assert first.old_code not in matches(world)
    assert verify(world.database).findings == ()


def test_a_refused_pair_is_not_suggested_and_can_be_confirmed_later(world: World) -> None:
    assert refused(world, ("1.2", "1.3")) == 1
    assert [(each.old_code, each.new_code) for each in compared(world).suggestions] == [("1.3", "1.4")]
    assert confirmed(world, ("1.2", "1.3")) == 1
    assert [(each.old_code, each.is_confirmed) for each in compared(world).stored] == [("1.2", True)]


def test_equal_codes_that_are_refused_go_on_no_more(world: World) -> None:
    refused(world, ("1.1", "1.1"))
    assert "1.1" not in matches(world)


def test_an_old_criterion_may_have_no_follower_and_a_new_one_none_before(world: World) -> None:
    confirmed(world, ("1.2", ""), ("", "1.4"))
    assert compared(world).suggestions == ()
    lines = compared(world).difference.lines
    assert [line.old.code for line in lines if line.old and line.new is None] == ["1.2", "1.3"]
    assert [line.new.code for line in lines if line.new and line.old is None] == ["1.2", "1.3", "1.4"]


@pytest.mark.parametrize("pair", [("1.2", "1.4"), ("1.1", "1.3"), ("1.2", "")])
def test_what_is_confirmed_to_belong_elsewhere_has_to_be_taken_back_first(world: World, pair: tuple[str, str]) -> None:
    confirmed(world, MOVED[0])
    before = compared(world).stored
    with pytest.raises(BadText, match=r"đã xác nhận «1\.2» → «1\.3».*Hãy bỏ xác nhận ấy trước"):
        confirmed(world, ("2.2", "2.2"), pair)
    assert compared(world).stored == before


def test_a_confirmed_pair_cannot_be_refused_before_it_is_taken_back(world: World) -> None:
    confirmed(world, MOVED[0])
    with pytest.raises(BadText, match="Hãy bỏ xác nhận ấy trước"):
        refused(world, MOVED[0])


def test_two_of_one_list_that_exclude_each_other_are_refused_and_none_is_kept(world: World) -> None:
    with pytest.raises(BadText):
        confirmed(world, ("1.2", "1.3"), ("1.2", "1.4"))
    assert compared(world).stored == ()


def test_codes_that_are_not_there_and_empty_pairs_are_refused(world: World) -> None:
    for pair in (("9.9", "1.1"), ("1.1", "9.9"), ("'; DROP TABLE rubrics", "1.1")):
        with pytest.raises(NotFound):
            confirmed(world, pair)
    with pytest.raises(BadText, match="chưa chọn"):
        confirmed(world, ("", ""))
    with pytest.raises(NotFound):
        rubric_diff.compare_versions(world.database, "0" * 64, SHAS[1])


def test_a_group_is_not_matched_with_what_is_scored(world: World) -> None:
    grouped = replace(NEW, id="nhom", criteria=(*NEW.criteria, group("2.9", "Nhóm")))
    (sha256,) = pinned(world, grouped)
    with pytest.raises(BadText, match="không cùng loại"):
        confirmed(world, ("1.2", "2.9"), shas=(SHAS[0], sha256))


def test_only_who_keeps_criteria_sets_decides_and_everybody_looks(world: World) -> None:
    for role in (Role.OFFICER, Role.ROOM, Role.LEADER, Role.APPRAISER, Role.SCREEN):
        person = world.people.get(role, replace(world.officer, role=role))
        for decide in (rubric_diff.confirm_matches, rubric_diff.refuse_matches):
            with pytest.raises(NotAllowed):
                decide(world.database, person, *SHAS, MOVED)
        with pytest.raises(NotAllowed):
            rubric_diff.take_back(world.database, person, "0123456789abcdef")
    assert compared(world).stored == ()


def test_sets_of_the_product_are_compared_before_anybody_used_them(world: World) -> None:
    shas = fingerprint(read_rubric(NAM_DINH)), fingerprint(read_rubric(SOC_TRANG))
    assert matches(world, shas) == {}
    assert confirmed(world, ("7.4.2", "I.7.1.1"), shas=shas) == 1
    assert matches(world, shas) == {"7.4.2": "I.7.1.1"}
    assert verify(world.database).findings == ()


def test_a_decision_holds_for_a_corrected_version_as_far_as_its_criteria_read_the_same(world: World) -> None:
    confirmed(world, *MOVED)
    rewritten = replace(NEW.criterion("1.4"), title="Nội dung khác hẳn về chuyển đổi số")
    criteria = tuple(rewritten if each.code == "1.4" else each for each in NEW.criteria)
    (corrected,) = pinned(world, replace(NEW, document="Quyết định sửa đổi", criteria=criteria))
    assert matches(world, (SHAS[0], corrected)) == {"1.1": "1.1", "1.2": "1.3", "2.1": "2.1", "2.2": "2.2"}
    found = rubric_diff.compare_versions(world.database, SHAS[0], corrected)
    assert (found.stored, found.from_elsewhere) == ((), 1)


def test_a_decision_on_the_very_versions_goes_before_one_on_others(world: World) -> None:
    confirmed(world, MOVED[0])
    (corrected,) = pinned(world, replace(NEW, document="Quyết định sửa đổi"))
    shas = SHAS[0], corrected
    assert confirmed(world, ("1.2", ""), shas=shas) == 1
    assert "1.2" not in matches(world, shas)
    assert matches(world)["1.2"] == "1.3"


def test_a_decision_says_nothing_of_the_way_back(world: World) -> None:
    confirmed(world, *MOVED)
    assert "1.3" not in matches(world, (SHAS[1], SHAS[0]))
