from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core import scoring
from cchc_core.board import read_board
from cchc_core.carrying import carry_forward
from cchc_core.permissions import State
from cchc_core.planning import set_final
from cchc_core.rubric.model import Criterion
from cchc_core.rules.kinds import Checklist, Compare, Item, Leaf, Level, Levels
from cchc_core.rules.scoring import Status
from cchc_core.store.log import LogAction
from cchc_core.store.verify import verify
from cchc_core.unconfirmed import Unconfirmed, unconfirmed
from tests.running_year import SOME_ANSWERS, assessment_of, carried, everything, expect, opened, version_of
from tests.store.world import RUBRIC, YES_NO, World, make_world, reopen

HALF = Decimal("0.5000")
RETITLED = replace(RUBRIC.criterion("1.2"), title="Tiêu chí khác hẳn")
WORTH_LESS = replace(
    RUBRIC.criterion("1.7"), leaf=Leaf(HALF, Levels((Level("Có", HALF), Level("Không", Decimal("0.0000")))))
)
NEXT = version_of(RUBRIC, rubric_id="mau-2025", year=2025, changed=(RETITLED, WORTH_LESS), without=("1.3",))


@pytest.fixture
def q1(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    yield made
    made.database.close()


@pytest.fixture
def scored(q1: World) -> World:
    for code, raw in SOME_ANSWERS.items():
        q1.save(code, raw)
    return q1


def _is_sound(world: World) -> bool:
    return verify(world.database).findings == ()


def test_answers_are_copied_unconfirmed_and_their_points_computed(scored: World) -> None:
    half = opened(scored, "h1")
    done = carried(scored, half)
    sheet = half.sheet()
    assert done.copied == tuple(SOME_ANSWERS)
    assert {code: sheet.answers[code].entry_json for code in sheet.answers} == SOME_ANSWERS
    assert {answer.carried_from for answer in sheet.answers.values()} == {scored.assessment_id}
    assert [sheet.scores[code].points for code in SOME_ANSWERS] == list(
        map(Decimal, ("1.0000", "0.0000", "0.3333", "0.5000", "0.2500"))
    )
    assert unconfirmed(sheet) == Unconfirmed(5, Decimal("2.0833"), tuple(SOME_ANSWERS))
    assert unconfirmed(sheet, "1") == unconfirmed(sheet)
    assert unconfirmed(scored.sheet()).count == 0
    assert done.message == "Đã chép 5 kết quả từ Kỳ q1 2024, chờ xác nhận."
    assert _is_sound(half)


def test_every_copied_answer_has_its_line_in_the_log(scored: World) -> None:
    half = opened(scored, "h1")
    carried(scored, half)
    (line,) = scoring.history(half.database, half.officer, half.assessment_id, "1.3")
    assert (line.action, line.old, line.actor_name) == (LogAction.CARRY, None, half.officer.name)
    assert line.new is not None
    assert (line.new["points"], line.new["carried_from"]) == ("0.3333", scored.assessment_id)
    newest = read_board(half.database, half.officer, half.assessment_id).changes[0]
    assert newest.action is LogAction.CARRY_FORWARD
    assert newest.new == {"from": scored.assessment_id, "copied": 5, "removed": []}


def test_what_was_carried_stays_unconfirmed_over_a_restart(scored: World) -> None:
    half = opened(scored, "h1")
    carried(scored, half)
    again = reopen(half)
    assert unconfirmed(again.sheet()) == Unconfirmed(5, Decimal("2.0833"), tuple(SOME_ANSWERS))
    assert again.sheet().answers["1.1"].carried_from == scored.assessment_id
    assert _is_sound(again)
    again.database.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE answers SET carried_from = NULL WHERE carried_from IS NOT NULL AND code = '1.1'",
        "UPDATE answers SET carried_from = 'khong-co' WHERE carried_from IS NOT NULL AND code = '1.1'",
    ],
)
def test_a_mark_that_was_changed_behind_the_log_is_found(scored: World, damage: str) -> None:
    half = opened(scored, "h1")
    carried(scored, half)
    with half.database.write() as connection:
        connection.run(damage)
    findings = verify(half.database).findings
    assert "KT-06" in {finding.code for finding in findings}
    assert any("Tiêu chí 1.1" in finding.message for finding in findings)


def test_points_are_computed_anew_by_what_is_due_in_the_new_period(q1: World) -> None:
    leaf = Leaf(Decimal("1.0000"), Checklist((Item("Quý I", HALF), Item("Quý III", HALF, due_period="q3"))))
    rubric = version_of(RUBRIC, rubric_id="mau-2023", year=2023, changed=(replace(RUBRIC.criterion("1.4"), leaf=leaf),))
    first, third = opened(q1, "q1", rubric), opened(q1, "q3", rubric)
    first.save("1.4", {"ticked": [0]})
    carried(first, third)
    before, after = first.sheet().scores["1.4"], third.sheet().scores["1.4"]
    assert (before.points, before.not_due_points) == (HALF, HALF)
    assert (after.points, after.not_due_points, after.open_points) == (HALF, Decimal("0.0000"), HALF)


def test_state_and_lock_are_never_copied(scored: World) -> None:
    scored.put_into(State.APPROVED, is_locked=True)
    half = opened(scored, "h1")
    carried(scored, half)
    assert (assessment_of(half).state, assessment_of(half).is_locked) == (State.DRAFT, False)


def test_a_chosen_not_due_is_kept_while_the_year_runs_and_dropped_at_its_end(q1: World) -> None:
    q1.save("1.1", {"not_due": True})
    third, year = opened(q1, "q3"), opened(q1, "year")
    assert carried(q1, third).copied == ("1.1",)
    assert third.sheet().scores["1.1"].status is Status.NOT_DUE
    done = carried(q1, year)
    assert (done.copied, done.left) == ((), ("1.1",))
    assert year.sheet().scores["1.1"].status is Status.MISSING
    assert "không chép, hãy chấm lại khi đến kỳ: 1.1." in done.message


def test_a_chosen_not_due_is_dropped_where_its_due_period_has_come_and_kept_before(q1: World) -> None:
    q1.save("1.9", {"not_due": True})
    half, third = opened(q1, "h1"), opened(q1, "q3")
    assert carried(q1, half).copied == ("1.9",)
    done = carried(half, third)
    assert (done.copied, done.left) == ((), ("1.9",))
    assert third.sheet().scores["1.9"].status is Status.MISSING


def test_a_checklist_that_is_not_due_becomes_due_with_the_last_of_its_items(q1: World) -> None:
    items = (Item("Quý I", HALF, due_period="q1"), Item("6 tháng", HALF, due_period="h1"))
    leaf = Leaf(Decimal("1.0000"), Checklist(items))
    by_year = {
        2022: version_of(RUBRIC, rubric_id="mau-2022", year=2022, changed=(_with(leaf),)),
        2023: version_of(
            RUBRIC,
            rubric_id="mau-2023",
            year=2023,
            changed=(_with(replace(leaf, rule=Checklist((*items, Item("Cả năm", Decimal("0.0000")))))),),
        ),
    }
    outcomes = []
    for rubric in by_year.values():
        first, half = opened(q1, "q1", rubric), opened(q1, "h1", rubric)
        first.save("1.4", {"not_due": True})
        outcomes.append(carried(first, half).copied)
    assert outcomes == [(), ("1.4",)]


def _with(leaf: Leaf) -> Criterion:
    return replace(RUBRIC.criterion("1.4"), leaf=leaf)


def _of_others(world: World) -> World:
    """Answers that belong to their year alone, or partly so."""
    world.save("1.8", {"percent": "80", "source": "Báo cáo điều tra"})
    world.save("1.6", {"level": 0, "voided": "tài liệu bị sửa"})
    world.save("1.1", {"level": 0})
    world.note("1.1", "Theo kế hoạch số 5", 1)
    return world


def test_within_a_year_external_points_voidings_and_notes_come_along(q1: World) -> None:
    half = opened(_of_others(q1), "h1")
    assert carried(q1, half).copied == ("1.1", "1.6", "1.8")
    sheet = half.sheet()
    assert (sheet.scores["1.8"].status, sheet.scores["1.8"].points) == (Status.SCORED, Decimal("0.8000"))
    assert sheet.scores["1.6"].status is Status.VOIDED
    assert sheet.answers["1.1"].self_note == "Theo kế hoạch số 5"


def test_over_years_external_points_voidings_and_notes_stay_behind(q1: World) -> None:
    following = opened(_of_others(q1), "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025))
    done = carried(q1, following)
    assert (done.copied, done.left) == (("1.1", "1.6"), ("1.8",))
    sheet = following.sheet()
    assert sheet.scores["1.8"].status is Status.AWAITING
    assert sheet.answers["1.6"].entry_json == {"level": 0}
    assert sheet.scores["1.6"].points == Decimal("1.0000")
    assert sheet.answers["1.1"].self_note == ""
    assert _is_sound(following)


def test_a_voiding_alone_leaves_nothing_for_another_year(q1: World) -> None:
    q1.save("1.6", {"voided": "tài liệu bị sửa"})
    following = opened(q1, "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025))
    assert carried(q1, following).left == ("1.6",)
    assert following.sheet().answers == {}


def test_what_does_not_apply_is_carried_with_its_reason(q1: World) -> None:
    q1.save("1.5", {"not_applicable": "không được giao"})
    half = opened(q1, "h1")
    carried(q1, half)
    assert half.sheet().totals.total.effective_max == Decimal("9.0000")
    assert half.sheet().answers["1.5"].entry.not_applicable == "không được giao"


def test_of_another_version_the_unchanged_is_copied_and_the_rest_listed(scored: World) -> None:
    following = opened(scored, "q1", NEXT)
    done = carried(scored, following)
    assert done.copied == ("1.1", "1.4")
    assert done.changed == ("1.2", "1.7")
    assert done.removed == ("1.3",)
    assert set(following.sheet().answers) == {"1.1", "1.4"}
    assert "2 tiêu chí nội dung hoặc cách tính đã thay đổi nên không chép, hãy chấm lại: 1.2, 1.7." in done.message
    assert "1 tiêu chí không còn trong bộ tiêu chí này: 1.3." in done.message
    assert _is_sound(following)


def test_a_changed_criterion_that_nobody_answered_is_not_listed(q1: World) -> None:
    q1.save("1.1", {"level": 0})
    done = carried(q1, opened(q1, "q1", NEXT))
    assert (done.changed, done.removed) == ((), ())


def test_last_years_year_starts_this_years_first_quarter(q1: World) -> None:
    year = opened(q1, "year")
    year.save("1.9", {"level": 0})
    year.save("1.1", {"level": 0})
    following = opened(q1, "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025))
    done = carried(year, following)
    # What falls due in quý III cannot be answered in quý I.
    assert (done.copied, done.left) == (("1.1",), ("1.9",))
    assert following.sheet().scores["1.9"].status is Status.NOT_DUE


def test_a_second_carrying_copies_nothing_and_says_so(scored: World) -> None:
    half = opened(scored, "h1")
    carried(scored, half)
    before = everything(half)
    again = carried(scored, half)
    assert (again.copied, again.kept) == ((), tuple(SOME_ANSWERS))
    assert again.message == (
        "Không có gì để chép thêm từ Kỳ q1 2024: 5 tiêu chí đã có kết quả hoặc thuyết minh trong bảng này."
    )
    assert everything(half) == before


def test_carrying_an_assessment_without_answers_says_that_there_is_nothing(q1: World) -> None:
    half = opened(q1, "h1")
    before = everything(half)
    assert carried(q1, half).message == "Kỳ q1 2024 chưa có kết quả nào dùng được cho bảng này; không chép gì."
    assert everything(half) == before


def test_what_stands_in_the_new_assessment_is_left_alone_and_what_was_cleared_is_open_again(scored: World) -> None:
    half = opened(scored, "h1")
    half.save("1.1", {"level": 1})
    half.save("1.2", {"level": 0})
    half.save("1.2", {}, 1)
    half.note("1.3", "đang rà soát")
    done = carried(scored, half)
    assert (done.copied, done.kept) == (("1.2", "1.4", "1.7"), ("1.1", "1.3"))
    sheet = half.sheet()
    assert sheet.answers["1.1"].entry_json == {"level": 1}
    cleared = sheet.answers["1.2"]
    assert (cleared.entry_json, cleared.version, cleared.carried_from) == ({"level": 1}, 3, scored.assessment_id)
    copied, emptied, _ = scoring.history(half.database, half.officer, half.assessment_id, "1.2")
    assert (copied.action, copied.old) == (LogAction.CARRY, emptied.new)
    assert sheet.answers["1.3"].self_note == "đang rà soát"
    assert "2 tiêu chí đã có kết quả hoặc thuyết minh nên giữ nguyên." in done.message
    assert _is_sound(half)


def test_a_cleared_answer_is_not_carried(q1: World) -> None:
    q1.save("1.1", {"level": 0})
    q1.save("1.1", {}, 1)
    half = opened(q1, "h1")
    done = carried(q1, half)
    assert (done.copied, done.left, half.sheet().answers) == ((), (), {})


def test_a_self_note_without_an_answer_is_carried_alone_within_the_year(q1: World) -> None:
    q1.note("1.2", "chưa có văn bản")
    q1.save("1.9", {"not_due": True})
    q1.note("1.9", "Kế hoạch quý III", 1)
    third, following = opened(q1, "q3"), opened(q1, "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025))
    done = carried(q1, third)
    assert (done.copied, done.noted, done.left) == ((), ("1.2", "1.9"), ("1.9",))
    assert "2 tiêu chí chưa có kết quả nên chỉ chép thuyết minh: 1.2, 1.9." in done.message
    stored = third.sheet().answers.values()
    assert [(a.entry_json, a.self_note, a.is_confirmed) for a in stored] == [
        ({}, "chưa có văn bản", True),
        ({}, "Kế hoạch quý III", True),
    ]
    assert unconfirmed(third.sheet()).count == 0
    before = everything(third)
    assert carried(q1, third).noted == ()
    assert everything(third) == before
    assert carried(q1, following).noted == ()
    assert "1.2" not in following.sheet().answers
    assert _is_sound(third)


def test_figures_of_this_year_and_the_last_stay_behind_in_another_year(q1: World) -> None:
    rule = Compare("tỷ lệ hài lòng", Decimal("1.0000"), HALF, Decimal("0.0000"))
    by_year = [
        version_of(RUBRIC, rubric_id=f"mau-{year}", year=year, changed=(_with(Leaf(Decimal("1.0000"), rule)),))
        for year in (2022, 2023)
    ]
    first, half, following = opened(q1, "q1", by_year[0]), opened(q1, "h1", by_year[0]), opened(q1, "q1", by_year[1])
    first.save("1.4", {"this_year": "90", "last_year": "80"})
    assert carried(first, half).copied == ("1.4",)
    done = carried(first, following)
    assert (done.copied, done.left) == ((), ("1.4",))
    assert following.sheet().scores["1.4"].status is Status.MISSING
    assert "chỉ dùng cho kỳ hoặc năm cũ nên không chép" in done.message


def test_an_answer_that_the_rules_no_longer_take_is_told_and_not_copied(q1: World) -> None:
    q1.save("1.1", {"level": 0})
    with q1.database.write() as connection:
        connection.run("UPDATE answers SET entry = :entry", entry='{"level": 7}')
        connection.run("UPDATE scores SET rule_version = 'cũ'")
        connection.run("UPDATE assessments SET change_number = change_number + 1")
    assert carried(q1, opened(q1, "h1")).left == ("1.1",)


def test_a_carried_answer_is_carried_on_from_the_nearer_assessment(scored: World) -> None:
    half, third = opened(scored, "h1"), opened(scored, "q3")
    carried(scored, half)
    carried(half, third)
    assert third.sheet().answers["1.1"].carried_from == half.assessment_id


def test_expected_answers_and_final_marks_come_along_within_a_year_alone(scored: World) -> None:
    half, following = opened(scored, "h1"), opened(scored, "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025))
    expect(scored, "1.2", {"level": 0})
    set_final(scored.database, scored.officer, assessment_id=scored.assessment_id, code="1.1", is_final=True)
    expect(scored, "2.1", {"level": 0})
    expect(scored, "2.1", {})
    carried(scored, half)
    carried(scored, following)
    outlooks = half.sheet().outlooks
    assert {code: (dict(o.expected_json), o.is_final) for code, o in outlooks.items()} == {
        "1.1": ({}, True),
        "1.2": ({"level": 0}, False),
    }
    assert following.sheet().outlooks == {}
    before = everything(half)
    carried(scored, half)
    assert everything(half) == before


def test_an_outlook_that_stands_in_the_new_assessment_is_left_alone(scored: World) -> None:
    half = opened(scored, "h1")
    expect(scored, "1.2", {"level": 0})
    expect(half, "1.2", {"level": 1})
    carried(scored, half)
    assert half.sheet().outlooks["1.2"].expected_json == {"level": 1}


def test_carrying_shows_in_a_sheet_that_was_open_before(scored: World) -> None:
    half = opened(scored, "h1")
    assert half.sheet().answers == {}
    number = scoring.change_number(half.database, half.assessment_id)
    carried(scored, half)
    assert scoring.change_number(half.database, half.assessment_id) == number + 1
    assert half.sheet().totals.total.points == Decimal("2.0833")


def test_a_leaf_that_became_a_group_is_not_carried(q1: World) -> None:
    q1.save("1.1", {"level": 0})
    group = Criterion("1.1", "1", "1", "Tiêu chí 1.1")
    rubric = replace(
        version_of(RUBRIC, rubric_id="mau-2025", year=2025, changed=(group,)),
        criteria=(
            group,
            Criterion("1.1.1", "1.1", "1", "Tiêu chí 1.1", Leaf(Decimal("1.0000"), YES_NO)),
            *RUBRIC.criteria[1:],
        ),
    )
    following = opened(q1, "q1", rubric)
    assert carry_forward(
        q1.database, q1.officer, source_id=q1.assessment_id, target_id=following.assessment_id
    ).removed == ("1.1",)
    assert following.sheet().answers == {}
