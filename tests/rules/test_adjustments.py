"""Bonuses and penalties: beside the maximum, on top of the points or off them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.rules.answers import Answer, CountAnswer, Entry, LevelAnswer, PercentAnswer, RatioAnswer, TickAnswer
from cchc_core.rules.kinds import (
    Checklist,
    Count,
    Effect,
    EmptyDenominator,
    External,
    Item,
    Leaf,
    Level,
    Levels,
    Ratio,
    Rule,
)
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import PeriodView, Score, Status, score
from tests.rules.strategies import Situation, leaves, quick, situations

ONE = Decimal("1.0000")
NONE = Decimal("0.0000")
Q1 = PeriodView("q1", is_provisional=True, reached=frozenset({"q1"}))
LATE = Count("lần báo cáo chậm", (Decimal(0), Decimal("0.2500"), Decimal("0.5000"), ONE))
PRIZE = Levels((Level("Có sáng kiến được công nhận", ONE), Level("Không có", Decimal(0))))


def bonus(rule: Rule = PRIZE, **more: str) -> Leaf:
    return Leaf(ONE, rule, effect=Effect.BONUS, **more)


def penalty(rule: Rule = LATE, **more: str) -> Leaf:
    return Leaf(ONE, rule, effect=Effect.PENALTY, **more)


def figures(given_score: Score) -> tuple[str, str, str, Status]:
    return (
        str(given_score.points),
        str(given_score.effective_max),
        str(given_score.open_points),
        given_score.status,
    )


@pytest.mark.parametrize(
    ("leaf", "answer", "expected"),
    [
        (bonus(), LevelAnswer(0), ("1.0000", "0.0000", "0.0000", Status.SCORED)),
        (bonus(), LevelAnswer(1), ("0.0000", "0.0000", "0.0000", Status.SCORED)),
        (penalty(), CountAnswer(0), ("0.0000", "0.0000", "0.0000", Status.SCORED)),
        (penalty(), CountAnswer(2), ("-0.5000", "0.0000", "0.5000", Status.SCORED)),
        (penalty(), CountAnswer(9), ("-1.0000", "0.0000", "1.0000", Status.SCORED)),
        (
            penalty(External("Sở Nội vụ")),
            PercentAnswer(Decimal(25), "CV 1"),
            ("-0.2500", "0.0000", "0.2500", Status.SCORED),
        ),
    ],
)
def test_a_bonus_comes_on_top_and_a_penalty_is_taken_off(
    leaf: Leaf, answer: Answer, expected: tuple[str, str, str, Status]
) -> None:
    assert figures(score(leaf, Entry(answer))) == expected


def test_nothing_entered_adds_nothing_takes_nothing_off_and_leaves_nothing_open() -> None:
    for leaf in (bonus(), penalty()):
        assert figures(score(leaf, None)) == ("0.0000", "0.0000", "0.0000", Status.MISSING)
    for leaf in (bonus(External("x")), penalty(External("x"))):
        assert figures(score(leaf, None)) == ("0.0000", "0.0000", "0.0000", Status.AWAITING)


def test_the_explanation_says_which_it_is_and_what_is_counted() -> None:
    assert score(penalty(), Entry(CountAnswer(2))).explanation == (
        "Điểm trừ, theo số trường hợp: 2 trường hợp = 0,5000 điểm (trừ tối đa 1,0000), tính −0,5000 điểm."
    )
    assert score(bonus(), Entry(LevelAnswer(0))).explanation == (
        "Điểm thưởng, chọn một mức: mức 1 trong 2 mức «Có sáng kiến được công nhận» = 1,0000 điểm "
        "(thưởng tối đa 1,0000), tính +1,0000 điểm."
    )
    assert score(penalty(), None).explanation == (
        "Điểm trừ, theo số trường hợp: chưa nhập, chưa trừ điểm nào (trừ tối đa 1,0000)."
    )


def test_what_does_not_apply_lowers_no_maximum() -> None:
    given_score = score(bonus(not_applicable_clause="không xét"), Entry(not_applicable="không được giao"))
    assert figures(given_score) == ("0.0000", "0.0000", "0.0000", Status.NOT_APPLICABLE)
    assert given_score.explanation == "Không áp dụng, không tính điểm thưởng: không được giao"
    ratio = Ratio("a", "b", empty_denominator=EmptyDenominator.NOT_APPLICABLE)
    empty = score(penalty(ratio), Entry(RatioAnswer(Decimal(0), Decimal(0))))
    assert empty.status is Status.NOT_APPLICABLE
    assert "hạ điểm chuẩn" not in empty.explanation


def test_what_is_not_due_yet_holds_no_points_back() -> None:
    items = Checklist((Item("Đợt một", ONE), Item("Đợt hai", ONE, due_period="h1")))
    partly = score(Leaf(ONE * 2, items, effect=Effect.BONUS), Entry(TickAnswer(frozenset({0}))), Q1)
    assert (str(partly.points), str(partly.not_due_points)) == ("1.0000", "0.0000")
    later = score(bonus(due_period="h1"), None, Q1)
    assert (later.status, str(later.not_due_points)) == (Status.NOT_DUE, "0.0000")
    assert score(penalty(), Entry(not_due=True), Q1).status is Status.NOT_DUE


def test_a_bonus_can_be_voided_and_a_penalty_cannot() -> None:
    leaf = bonus(void_condition="khai sai")
    assert figures(score(leaf, Entry(LevelAnswer(0), voided="khai sai"))) == (
        *("0.0000", "0.0000", "0.0000"),
        Status.VOIDED,
    )
    with pytest.raises(AnswerRefused, match="không có điều kiện huỷ điểm"):
        score(penalty(void_condition="khai sai"), Entry(CountAnswer(2), voided="khai sai"))


@quick
@given(situations(), st.sampled_from((Effect.BONUS, Effect.PENALTY)))
def test_it_gives_what_the_same_rule_gives_with_its_sign(here: Situation, effect: Effect) -> None:
    leaf = replace(here.leaf, effect=effect, void_condition=None)
    entry = replace(here.entry, voided=None)
    plain, counted = score(here.leaf, entry, here.period), score(leaf, entry, here.period)
    assert counted.points == (plain.points if effect is Effect.BONUS else -plain.points)
    assert (counted.effective_max, counted.not_due_points, counted.status) == (NONE, NONE, plain.status)
    assert counted.open_points == (0 if effect is Effect.BONUS else plain.points)
    numbers = (counted.points, counted.effective_max, counted.open_points, counted.not_due_points)
    assert [number.as_tuple().exponent for number in numbers] == [-4] * 4
    assert "-0" not in {str(number) for number in numbers}


@quick
@given(leaves())
def test_only_what_is_no_bonus_and_no_penalty_adds_to_a_maximum(leaf: Leaf) -> None:
    assert leaf.counted_max == leaf.max_points
    for effect in (Effect.BONUS, Effect.PENALTY):
        assert replace(leaf, effect=effect).counted_max == 0
