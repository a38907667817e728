"""Carrying forward into another version: what moved comes along, what changed leaves its old result as a note."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core import rubric_diff, scoring
from cchc_core.earlier import earlier_scores
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.old_results import old_results, put_away
from cchc_core.permissions import Role, State
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Rubric
from cchc_core.rules.kinds import Leaf, Level, Levels
from cchc_core.rules.scoring import Status
from cchc_core.store.log import LogAction
from cchc_core.store.verify import verify
from tests.renumbered import ANSWERS, BEFORE, next_set, swapped
from tests.running_year import assessment_of, carried, everything, expect, opened
from tests.store.world import ONE, YES_NO, World, make_world

HALF = Decimal("0.5000")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    before = opened(made, "q1", BEFORE)
    for code, raw in ANSWERS.items():
        before.save(code, raw)
    yield before
    made.database.close()


def _confirm(world: World, new: Rubric, *pairs: tuple[str, str]) -> None:
    admin = world.people[Role.ADMIN]
    rubric_diff.confirm_matches(world.database, admin, fingerprint(BEFORE), fingerprint(new), pairs)


def _notes(world: World, code: str, role: Role = Role.OFFICER) -> list[str]:
    found = old_results(world.database, world.people[role], world.assessment_id, code)
    return [each.note.note_text for each in found]


def _is_sound(world: World) -> bool:
    return verify(world.database).findings == ()


def test_a_moved_criterion_waits_for_a_person_to_say_that_it_is_the_same_one(world: World) -> None:
    new = swapped()
    following = opened(world, "q1", new)
    done = carried(world, following)
    assert (done.copied, done.removed, done.changed) == (("1.1", "1.2", "1.7"), ("1.3", "1.4"), ())
    assert done.doubtful == ("1.3", "1.4")
    assert "2 tiêu chí có thể mang mã khác trong bộ tiêu chí này; khi quản trị đã ghép" in done.message
    assert "không còn trong bộ tiêu chí này" not in done.message
    _confirm(world, new, ("1.3", "1.4"), ("1.4", "1.3"))
    again = carried(world, following)
    assert (again.copied, again.removed) == (("1.3", "1.4"), ())
    assert again.moved == (("1.4", "1.3"), ("1.3", "1.4"))
    sheet = following.sheet()
    assert sheet.answers["1.4"].entry_json == {"numerator": "1", "denominator": "3"}
    assert sheet.scores["1.3"].points == HALF
    assert sheet.answers["1.3"].carried_from == world.assessment_id
    assert "2 tiêu chí nay mang mã khác: 1.4 → 1.3, 1.3 → 1.4." in again.message
    assert _is_sound(world)


def test_the_score_of_a_year_ago_stands_beside_the_criterion_that_continues_it(world: World) -> None:
    new = swapped()
    assessment = assessment_of(opened(world, "q1", new))
    assert set(earlier_scores(world.database, world.officer, assessment).year_ago) >= {"1.1", "1.2"}
    assert "1.3" not in earlier_scores(world.database, world.officer, assessment).year_ago
    _confirm(world, new, ("1.3", "1.4"), ("1.4", "1.3"))
    before = earlier_scores(world.database, world.officer, assessment).year_ago
    assert (before["1.4"].points, before["1.3"].points) == (Decimal("0.3333"), HALF)


def test_a_reworded_criterion_gets_no_answer_and_the_old_result_as_a_note(world: World) -> None:
    reworded = replace(BEFORE.criterion("1.3"), title="Kiểm tra các phòng chuyên môn và đơn vị sự nghiệp")
    world.note("1.3", "Theo báo cáo số 12", 1)
    following = opened(world, "q1", next_set(reworded))
    done = carried(world, following)
    assert (done.changed, done.remembered) == (("1.3",), ("1.3",))
    assert "1.3" not in following.sheet().answers
    (note,) = _notes(following, "1.3")
    assert note.startswith("Tiêu chí 1.3 «Kiểm tra các phòng chuyên môn hằng quý», điểm chuẩn 1,0000.\n")
    assert "0,3333" in note
    assert "Thuyết minh: Theo báo cáo số 12" in note
    assert note.endswith("Bộ tiêu chí mới: đổi nội dung.")
    assert following.sheet().answers.get("1.3") is None
    assert "1 tiêu chí có kết quả cũ ghi ở phần chi tiết của tiêu chí: 1.3." in done.message
    (shown,) = old_results(world.database, world.officer, following.assessment_id, "1.3")
    assert shown.whence == "Kỳ q1 2022"
    assert _is_sound(world)


def test_where_only_the_points_are_others_the_answer_comes_along_and_the_note_tells_the_old_ones(world: World) -> None:
    worth_more = replace(
        BEFORE.criterion("1.1"),
        leaf=Leaf(ONE * 2, Levels((Level("Có", ONE * 2), Level("Không", Decimal("0.0000"))))),
    )
    following = opened(world, "q1", next_set(worth_more))
    done = carried(world, following)
    assert (done.repriced, done.changed) == (("1.1",), ())
    assert "1.1" in done.copied
    sheet = following.sheet()
    assert sheet.scores["1.1"].points == ONE * 2
    assert sheet.answers["1.1"].carried_from == world.assessment_id
    assert _notes(following, "1.1")[0].endswith("Bộ tiêu chí mới: đổi điểm.")
    assert "1 tiêu chí nay có điểm khác, hãy xem lại trước khi xác nhận: 1.1." in done.message


def test_points_typed_by_hand_do_not_come_along_where_the_maximum_is_another(world: World) -> None:
    leaf = replace(BEFORE.criterion("1.7").scored, max_points=ONE * 2)
    following = opened(world, "q1", next_set(replace(BEFORE.criterion("1.7"), leaf=leaf)))
    done = carried(world, following)
    assert (done.repriced, done.changed) == ((), ("1.7",))
    assert following.sheet().scores["1.7"].status is Status.MISSING
    assert "0,2500" in _notes(following, "1.7")[0]


def test_what_is_gone_is_listed_and_leaves_no_note(world: World) -> None:
    following = opened(world, "q1", next_set(without=("1.3",)))
    done = carried(world, following)
    assert (done.removed, done.remembered, done.doubtful) == (("1.3",), (), ())
    assert "1 tiêu chí không còn trong bộ tiêu chí này: 1.3." in done.message


def test_what_nobody_answered_leaves_no_note(world: World) -> None:
    following = opened(world, "q1", next_set(replace(BEFORE.criterion("1.8"), title="Khảo sát trực tuyến")))
    assert carried(world, following).remembered == ()
    assert _notes(following, "1.8") == []


def test_carrying_twice_leaves_one_note_and_says_what_stands_there_now(world: World) -> None:
    new = next_set(replace(BEFORE.criterion("1.2"), title="Thành lập tổ công tác của Sở"))
    following = opened(world, "q1", new)
    carried(world, following)
    before = everything(following)
    assert carried(world, following).remembered == ()
    assert everything(following) == before
    world.save("1.2", {"level": 0}, 1)
    assert carried(world, following).remembered == ("1.2",)
    (note,) = _notes(following, "1.2")
    assert "1,0000 điểm" in note or "«Có»" in note
    assert _is_sound(world)


def test_an_answered_criterion_gets_no_note_later(world: World) -> None:
    following = opened(world, "q1", next_set(replace(BEFORE.criterion("1.2"), title="Thành lập tổ công tác của Sở")))
    following.save("1.2", {"level": 0})
    done = carried(world, following)
    assert (done.changed, done.remembered) == (("1.2",), ())


def test_a_note_goes_on_with_the_next_carrying_and_names_where_it_came_from(world: World) -> None:
    new = next_set(replace(BEFORE.criterion("1.2"), title="Thành lập tổ công tác của Sở"))
    first, half = opened(world, "q1", new), opened(world, "h1", new)
    carried(world, first)
    (note,) = _notes(first, "1.2")
    assert carried(first, half).remembered == ("1.2",)
    assert _notes(half, "1.2") == [note]
    (shown,) = old_results(world.database, world.officer, half.assessment_id, "1.2")
    assert shown.note.source_assessment_id == world.assessment_id


def test_a_note_that_was_put_away_stays_away(world: World) -> None:
    new = next_set(replace(BEFORE.criterion("1.2"), title="Thành lập tổ công tác của Sở"))
    following, half = opened(world, "q1", new), opened(world, "h1", new)
    carried(world, following)
    (shown,) = old_results(world.database, world.officer, following.assessment_id, "1.2")
    for _ in range(2):
        put_away(world.database, world.officer, shown.note.id)
    assert _notes(following, "1.2") == []
    assert carried(world, following).remembered == ()
    assert carried(following, half).remembered == ()
    titles = [each.title for each in scoring.history(world.database, world.officer, following.assessment_id, "1.2")]
    assert titles == ["Cất kết quả cũ của tiêu chí", "Chép kết quả cũ của tiêu chí đã đổi"]
    assert _is_sound(world)


def test_who_may_not_answer_may_not_put_a_note_away(world: World) -> None:
    following = opened(world, "q1", next_set(replace(BEFORE.criterion("1.2"), title="Thành lập tổ công tác của Sở")))
    carried(world, following)
    (shown,) = old_results(world.database, world.officer, following.assessment_id, "1.2")
    for role in (Role.LEADER, Role.APPRAISER):
        with pytest.raises(NotAllowed):
            put_away(world.database, world.people[role], shown.note.id)
    for unknown in ("khong-co", "", "'; DROP TABLE carried_notes"):
        with pytest.raises(NotFound):
            put_away(world.database, world.officer, unknown)
    following.put_into(State.APPROVED)
    with pytest.raises(NotAllowed):
        put_away(world.database, world.officer, shown.note.id)
    assert _notes(following, "1.2", Role.LEADER) == [shown.note.note_text]


def test_an_appraiser_is_not_told_of_old_results(world: World) -> None:
    new = next_set(replace(BEFORE.criterion("1.2"), title="Thành lập tổ công tác của Sở"))
    year = opened(world, "year", new)
    carried(world, year)
    assert len(_notes(year, "1.2")) == 1
    year.put_into(State.APPRAISING)
    appraiser = world.people[Role.APPRAISER]
    assert _notes(year, "1.2", Role.APPRAISER) == []
    told = scoring.history(world.database, appraiser, year.assessment_id, "1.2")
    assert LogAction.CARRIED_NOTE not in {each.action for each in told}


def test_expected_answers_follow_a_moved_criterion_within_a_year(world: World) -> None:
    corrected = replace(BEFORE, criteria=swapped().criteria, document="Quyết định sửa đổi")
    third = opened(world, "q3", corrected)
    expect(world, "1.3", {"numerator": "3", "denominator": "3"})
    _confirm(world, corrected, ("1.3", "1.4"), ("1.4", "1.3"))
    carried(world, third)
    assert set(third.sheet().outlooks) == {"1.4"}


def test_a_self_note_follows_a_moved_criterion_within_a_year(world: World) -> None:
    corrected = replace(BEFORE, criteria=swapped().criteria, document="Quyết định sửa đổi")
    third = opened(world, "q3", corrected)
    world.note("1.3", "Theo báo cáo số 12", 1)
    _confirm(world, corrected, ("1.3", "1.4"), ("1.4", "1.3"))
    carried(world, third)
    assert third.sheet().answers["1.4"].self_note == "Theo báo cáo số 12"
    assert third.sheet().answers["1.3"].self_note == ""


def test_opening_with_another_rule_keeps_the_old_answer_as_a_note_in_one_step(world: World) -> None:
    other_rule = replace(BEFORE.criterion("1.3"), leaf=Leaf(ONE, YES_NO))
    following = opened(world, "q1", next_set(other_rule))
    done = carried(world, following)
    assert done.changed == ("1.3",)
    assert _notes(following, "1.3")[0].endswith("Bộ tiêu chí mới: đổi cách tính.")
