"""What stands around an answer: periods, not applicable, not due, voided, nothing entered."""

from decimal import Decimal

import pytest

from cchc_core.rules.answers import Answer, Entry, LevelAnswer, PointsAnswer, RatioAnswer, TickAnswer
from cchc_core.rules.kinds import (
    Checklist,
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
from cchc_core.rules.scoring import YEAR_END, PeriodView, Score, Status, score

HALF = Decimal("0.5000")
ONE = Decimal("1.0000")
NONE = Decimal("0.0000")
YES_NO = Levels((Level("Có", ONE), Level("Không", NONE)))
Q1 = PeriodView("q1", is_provisional=True, reached=frozenset({"q1"}))
Q3 = PeriodView("q3", is_provisional=True, reached=frozenset({"q1", "h1", "q3"}))
YEAR = PeriodView("year", is_provisional=False, reached=frozenset({"year"}))


def leaf(rule: Rule = YES_NO, *, clause: str | None = None, void: str | None = None, due: str | None = None) -> Leaf:
    return Leaf(ONE, rule, clause, void, due)


def refusal(of: Leaf, entry: Entry, period: PeriodView = YEAR_END) -> str:
    with pytest.raises(AnswerRefused) as refused:
        score(of, entry, period)
    return " ".join(refused.value.problems)


def figures(given: Score) -> tuple[str, str, Status, str]:
    return str(given.points), str(given.effective_max), given.status, str(given.not_due_points)


def test_nothing_entered_counts_as_zero_of_the_whole_maximum() -> None:
    assert figures(score(leaf(), None)) == ("0.0000", "1.0000", Status.MISSING, "0.0000")
    assert score(leaf(), None) == score(leaf(), Entry())
    assert "chưa chấm" in score(leaf(), None).explanation


def test_nothing_from_others_is_awaited_and_not_missing() -> None:
    given = score(leaf(External("SIPAS")), None)
    assert figures(given) == ("0.0000", "1.0000", Status.AWAITING, "0.0000")
    assert "chờ kết quả" in given.explanation


def test_a_criterion_that_does_not_apply_leaves_numerator_and_denominator() -> None:
    given = score(leaf(clause="hạ điểm chuẩn"), Entry(not_applicable="không được giao"))
    assert figures(given) == ("0.0000", "0.0000", Status.NOT_APPLICABLE, "0.0000")
    assert given.explanation == "Không áp dụng, hạ điểm chuẩn 1,0000: không được giao"


def test_not_applicable_needs_a_clause() -> None:
    assert "không có điều khoản" in refusal(leaf(), Entry(not_applicable="không được giao"))


@pytest.mark.parametrize("reason", ["", " ", "\n", "\u200b\u00a0"])
def test_not_applicable_and_voided_need_a_reason(reason: str) -> None:
    marked = leaf(clause="hạ", void="sửa")
    assert "không để trống" in refusal(marked, Entry(not_applicable=reason))
    assert "không để trống" in refusal(marked, Entry(voided=reason))


def test_voided_overrides_a_full_answer_and_keeps_the_effective_maximum() -> None:
    given = score(leaf(void="văn bản bị sửa"), Entry(LevelAnswer(0), voided="có chỉnh sửa"))
    assert figures(given) == ("0.0000", "1.0000", Status.VOIDED, "0.0000")
    assert given.explanation == "Bị huỷ điểm, tính 0,0000 trên 1,0000: có chỉnh sửa"


def test_voided_stands_alone_too() -> None:
    assert figures(score(leaf(void="sửa"), Entry(voided="vì"))) == ("0.0000", "1.0000", Status.VOIDED, "0.0000")


def test_voided_keeps_the_maximum_even_where_the_answer_alone_would_lower_it() -> None:
    ratio = leaf(Ratio("a", "b", empty_denominator=EmptyDenominator.NOT_APPLICABLE), void="sửa")
    assert score(ratio, Entry(RatioAnswer(NONE, NONE), voided="vì")).effective_max == ONE


def test_voided_needs_a_void_condition() -> None:
    assert "không có điều kiện huỷ điểm" in refusal(leaf(), Entry(LevelAnswer(0), voided="có chỉnh sửa"))


def test_voided_hides_no_wrong_answer() -> None:
    assert "Mức 7" in refusal(leaf(void="sửa"), Entry(LevelAnswer(7), voided="vì"))


@pytest.mark.parametrize(
    "entry",
    [
        Entry(LevelAnswer(0), not_applicable="vì"),
        Entry(LevelAnswer(0), not_due=True),
        Entry(not_applicable="vì", not_due=True),
        Entry(not_applicable="vì", voided="vì"),
        Entry(voided="vì", not_due=True),
    ],
)
def test_an_entry_that_says_two_things_at_once_is_refused(entry: Entry) -> None:
    assert refusal(leaf(clause="hạ", void="sửa"), entry, Q1)


def test_a_reason_with_line_breaks_is_explained_in_one_line() -> None:
    given = score(leaf(clause="hạ", void="sửa"), Entry(not_applicable="không\nđược\u2028giao"))
    assert given.explanation.endswith("không được giao")
    assert score(leaf(void="sửa"), Entry(voided="có\r\nsửa")).explanation.endswith("có sửa")


def test_not_due_is_chosen_in_a_provisional_period() -> None:
    given = score(leaf(), Entry(not_due=True), Q1)
    assert figures(given) == ("0.0000", "1.0000", Status.NOT_DUE, "1.0000")
    assert "Chưa đến kỳ" in given.explanation


@pytest.mark.parametrize("period", [YEAR_END, YEAR])
def test_at_the_end_of_the_year_nothing_is_not_due(period: PeriodView) -> None:
    assert "không dùng cho bảng năm" in refusal(leaf(), Entry(not_due=True), period)
    assert score(leaf(due="q3"), Entry(LevelAnswer(0)), period).points == ONE
    assert score(leaf(due="q3"), None, period).status is Status.MISSING


def test_what_others_score_is_awaited_and_never_not_due() -> None:
    assert "đang chờ" in refusal(leaf(External("SIPAS")), Entry(not_due=True), Q1)


def test_a_leaf_is_not_due_before_its_due_period() -> None:
    assert figures(score(leaf(due="q3"), None, Q1)) == ("0.0000", "1.0000", Status.NOT_DUE, "1.0000")
    assert figures(score(leaf(due="q3"), None, Q3)) == ("0.0000", "1.0000", Status.MISSING, "0.0000")


@pytest.mark.parametrize("entry", [Entry(LevelAnswer(0)), Entry(LevelAnswer(1)), Entry(LevelAnswer(0), voided="vì")])
def test_an_answer_before_the_due_period_is_refused(entry: Entry) -> None:
    assert "chưa đến kỳ" in refusal(leaf(due="q3", void="sửa"), entry, Q1)
    assert score(leaf(due="q3", void="sửa"), entry, Q3).effective_max == ONE


def test_a_leaf_that_does_not_apply_need_not_wait_for_its_due_period() -> None:
    assert score(leaf(clause="hạ", due="q3"), Entry(not_applicable="vì"), Q1).status is Status.NOT_APPLICABLE


REPORTS = Checklist(
    (Item("quý I", HALF), Item("quý III", HALF / 2, due_period="q3"), Item("năm", HALF / 2, True, "q3"))
)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, ("0.0000", "1.0000", Status.MISSING, "0.5000")),
        (TickAnswer(frozenset()), ("0.0000", "1.0000", Status.SCORED, "0.5000")),
        (TickAnswer(frozenset({0})), ("0.5000", "1.0000", Status.SCORED, "0.5000")),
    ],
)
def test_items_that_are_not_due_are_kept_apart_from_lost_points(
    answer: Answer | None, expected: tuple[str, str, Status, str]
) -> None:
    assert figures(score(leaf(REPORTS), Entry(answer), Q1)) == expected


@pytest.mark.parametrize("answer", [TickAnswer(frozenset({1})), TickAnswer(frozenset(), {2: Decimal(0)})])
def test_items_that_are_not_due_cannot_be_filled(answer: TickAnswer) -> None:
    assert "chưa đến kỳ" in refusal(leaf(REPORTS), Entry(answer), Q1)
    assert score(leaf(REPORTS), Entry(answer), Q3).not_due_points == 0


def test_a_checklist_whose_items_all_wait_is_not_due() -> None:
    waiting = leaf(Checklist((Item("a", HALF, due_period="q3"), Item("b", HALF, due_period="year"))))
    assert score(waiting, None, Q1).status is Status.NOT_DUE
    assert figures(score(waiting, None, Q3)) == ("0.0000", "1.0000", Status.MISSING, "0.5000")


def test_items_beyond_the_cap_do_not_make_points_wait_that_can_be_earned_now() -> None:
    capped = leaf(Checklist((Item("a", ONE), Item("b", ONE, due_period="q3"))))
    assert figures(score(capped, None, Q1)) == ("0.0000", "1.0000", Status.MISSING, "0.0000")


def test_a_denominator_that_is_empty_by_rule_lowers_the_maximum_in_a_quarter_too() -> None:
    ratio = leaf(Ratio("a", "b", empty_denominator=EmptyDenominator.NOT_APPLICABLE))
    assert figures(score(ratio, Entry(RatioAnswer(NONE, NONE)), Q1))[1:3] == ("0.0000", Status.NOT_APPLICABLE)


def test_points_from_others_may_come_in_any_period() -> None:
    assert score(leaf(External("SIPAS")), Entry(PointsAnswer(HALF, "Công văn")), Q1).points == HALF
