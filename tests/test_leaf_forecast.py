"""The year's end of one criterion: what is earned, within reach, lost, and what its expected points rest on."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

import pytest

from cchc_core.forecast import BASIS_NAMES, Basis, LeafForecast, forecast, is_past_due
from cchc_core.rules.answers import EMPTY, Entry, LevelAnswer, PercentAnswer, PointsAnswer, RatioAnswer, TickAnswer
from cchc_core.rules.kinds import Checklist, EmptyDenominator, Item, Leaf, Manual, Ratio
from cchc_core.rules.scoring import PeriodView, Score, Status, score
from cchc_core.sheet import Sheet
from cchc_core.store.outlooks import Outlook
from tests.forecast_sheets import (
    ANY,
    FULL,
    H1,
    NONE,
    ONE,
    OTHERS,
    OWN,
    PART,
    Q1,
    Q3,
    STEPS,
    YEAR,
    ZERO,
    figures,
    outlook,
    rubric_of,
    sheet_of,
)

DUE_Q1 = Leaf(ONE, STEPS, due_period="q1")
DUE_Q3 = Leaf(ONE, STEPS, due_period="q3")
SHARE = Leaf(ONE, Ratio("a", "b"))


def only(sheet: Sheet, last_year: dict[str, Score] | None = None) -> LeafForecast:
    """The forecast of the first leaf."""
    return forecast(sheet, last_year).leaves["a"]


def one_leaf(
    leaf: Leaf,
    entry: Entry | None,
    period: PeriodView = YEAR,
    *,
    carried: Collection[str] = (),
    outlooks: Collection[Outlook] = (),
) -> Sheet:
    entries = {} if entry is None else {"a": entry}
    return sheet_of(rubric_of(leaf), entries, period, carried=carried, outlooks=outlooks)


# What is open, what is closed


def test_a_criterion_that_nobody_has_scored_is_within_reach() -> None:
    for period in (Q1, YEAR):
        found = only(one_leaf(OWN, None, period))
        assert figures(found) == {"effective_max": "1.0000", "within_reach": "1.0000", "high": "1.0000"}
        assert (found.basis, found.is_open) == (Basis.NOTHING, True)


def test_a_criterion_that_is_not_due_is_within_reach() -> None:
    for sheet in (one_leaf(DUE_Q3, None, Q1), one_leaf(OWN, Entry(not_due=True), Q1)):
        assert sheet.scores["a"].status is Status.NOT_DUE
        assert figures(only(sheet)) == {"effective_max": "1.0000", "within_reach": "1.0000", "high": "1.0000"}


def test_a_criterion_that_is_partly_earned_before_it_is_due_can_still_win_the_rest() -> None:
    found = only(one_leaf(OWN, PART, Q1))
    assert figures(found) == {
        "effective_max": "1.0000",
        "earned": "0.4000",
        "within_reach": "0.6000",
        "low": "0.4000",
        "expected": "0.4000",
        "high": "1.0000",
    }
    assert (found.basis, found.is_open) == (Basis.KEPT, True)


def test_a_criterion_with_full_points_has_nothing_open() -> None:
    found = only(one_leaf(OWN, FULL, Q1))
    assert (found.earned, found.within_reach, found.low, found.high) == (ONE, ZERO, ONE, ONE)
    assert (found.basis, found.is_open) == (Basis.KEPT, False)


def test_what_was_answered_with_no_points_stays_at_none_although_others_did_better() -> None:
    sheet = sheet_of(rubric_of(OWN, OWN), {"a": NONE, "b": FULL}, Q1)
    found = only(sheet, {"a": score(OWN, FULL)})
    assert (found.basis, found.expected, found.within_reach) == (Basis.KEPT, ZERO, ONE)


def test_in_the_years_own_assessment_what_is_answered_is_closed() -> None:
    found = only(one_leaf(OWN, PART))
    assert figures(found) == {
        "effective_max": "1.0000",
        "earned": "0.4000",
        "lost": "0.6000",
        "low": "0.4000",
        "expected": "0.4000",
        "high": "0.4000",
    }
    assert (found.basis, found.is_open) == (Basis.KNOWN, False)


def test_a_criterion_is_lost_once_its_due_period_lies_behind_and_the_answer_is_confirmed() -> None:
    in_its_period, after_it = only(one_leaf(DUE_Q1, PART, Q1)), only(one_leaf(DUE_Q1, PART, H1))
    assert (in_its_period.lost, in_its_period.within_reach) == (ZERO, Decimal("0.6000"))
    assert (after_it.lost, after_it.within_reach) == (Decimal("0.6000"), ZERO)


@pytest.mark.parametrize("period", [H1, YEAR])
def test_an_unconfirmed_answer_closes_nothing_and_counts_as_it_stands(period: PeriodView) -> None:
    found = only(one_leaf(DUE_Q1, PART, period, carried=("a",)))
    assert (found.earned, found.within_reach, found.lost) == (Decimal("0.4000"), Decimal("0.6000"), ZERO)
    assert found.explanation.endswith("Kết quả chưa xác nhận.")


@pytest.mark.parametrize("entry", [None, EMPTY, Entry(not_due=True)])
def test_a_criterion_without_an_answer_is_never_lost_by_the_calendar(entry: Entry | None) -> None:
    found = only(one_leaf(DUE_Q1, entry, Q3))
    assert (found.within_reach, found.lost, found.is_open) == (ONE, ZERO, True)


def test_a_criterion_without_a_due_period_stays_open_until_the_year() -> None:
    assert only(one_leaf(OWN, PART, Q3)).lost == 0
    assert only(one_leaf(Leaf(ONE, STEPS, due_period="year"), None, Q3)).is_open


def checklist(*dues: str | None, due: str | None = None) -> Leaf:
    items = tuple(Item(f"ý {n}", Decimal("0.5000"), due_period=each) for n, each in enumerate(dues))
    return Leaf(Decimal("0.5000") * len(dues), Checklist(items), due_period=due)


@pytest.mark.parametrize(
    ("leaf", "first_past"),
    [
        (checklist("q1", "q1"), H1),
        (checklist("q1", "h1"), Q3),
        (checklist("h1", "q1"), Q3),
        (checklist("q1", "q3"), YEAR),
        (checklist("q1", None), YEAR),
        (checklist(None, None), YEAR),
        (checklist(None, None, due="q1"), H1),
        (checklist("h1", None, due="q1"), Q3),
        (DUE_Q1, H1),
        (DUE_Q3, YEAR),
        (OWN, YEAR),
    ],
)
def test_a_checklist_falls_due_with_the_latest_of_its_items(leaf: Leaf, first_past: PeriodView) -> None:
    in_order = [Q1, H1, Q3, YEAR]
    past = [is_past_due(leaf, period) for period in in_order]
    assert past == [place >= in_order.index(first_past) for place in range(4)]


def test_the_rest_of_a_checklist_is_lost_when_its_last_item_lies_behind() -> None:
    ticked = Entry(TickAnswer(frozenset({0})))
    assert only(one_leaf(checklist("q1", "h1"), ticked, H1)).within_reach == Decimal("0.5000")
    assert only(one_leaf(checklist("q1", "h1"), ticked, Q3)).lost == Decimal("0.5000")


@pytest.mark.parametrize(("entry", "earned"), [(PART, "0.4000"), (None, "0.0000"), (Entry(not_due=True), "0.0000")])
def test_a_criterion_marked_final_gets_no_more_points(entry: Entry | None, earned: str) -> None:
    found = only(one_leaf(OWN, entry, Q1, outlooks=[outlook("a", is_final=True)]))
    assert (found.earned, found.lost) == (Decimal(earned), ONE - Decimal(earned))
    assert found.low == found.expected == found.high == found.earned
    assert (found.basis, found.is_open) == (Basis.KNOWN, False)
    assert "đã chốt" in found.explanation


def test_final_outweighs_an_expected_answer_and_says_so() -> None:
    found = only(one_leaf(OWN, PART, Q1, outlooks=[outlook("a", FULL, is_final=True)]))
    assert found.expected == Decimal("0.4000")
    assert found.explanation == (
        "Được 0,4000 trên 1,0000 điểm, mất 0,6000 điểm: đã chốt, không lấy thêm điểm được nữa."
        " Kết quả dự kiến không dùng đến."
    )


def test_a_carried_answer_marked_final_is_closed() -> None:
    found = only(one_leaf(OWN, PART, Q1, carried=("a",), outlooks=[outlook("a", is_final=True)]))
    assert (found.lost, found.is_open) == (Decimal("0.6000"), False)


@pytest.mark.parametrize("entry", [Entry(voided="có sửa"), Entry(LevelAnswer(0), voided="có sửa")])
def test_a_voided_criterion_is_lost_whole_and_opens_again_when_the_voiding_is_lifted(entry: Entry) -> None:
    found = only(one_leaf(ANY, entry, Q1, outlooks=[outlook("a", FULL)]))
    assert figures(found) == {"effective_max": "1.0000", "lost": "1.0000"}
    assert (found.basis, found.is_open) == (Basis.KNOWN, False)
    assert only(one_leaf(ANY, None, Q1)).is_open


def test_what_does_not_apply_counts_nowhere() -> None:
    empty = Leaf(ONE, Ratio("a", "b", empty_denominator=EmptyDenominator.NOT_APPLICABLE))
    nobody = Entry(RatioAnswer(Decimal(0), Decimal(0)))
    for sheet in (one_leaf(ANY, Entry(not_applicable="vì"), Q1), one_leaf(empty, nobody, Q1)):
        found = only(sheet)
        assert figures(found) == {}
        assert (found.basis, found.is_open) == (Basis.KNOWN, False)


# What others score


def test_what_others_have_given_stands_and_is_kept_apart() -> None:
    found = forecast(one_leaf(OTHERS, Entry(PercentAnswer(Decimal(50), "SIPAS")), Q1))
    assert figures(found.leaves["a"]) == {
        "effective_max": "3.0000",
        "external": "3.0000",
        "low": "1.5000",
        "expected": "1.5000",
        "high": "1.5000",
    }
    assert (found.leaves["a"].basis, found.leaves["a"].is_open) == (Basis.KNOWN, False)
    assert (found.total.external_points, found.total.external_expected) == (Decimal("1.5000"), Decimal("1.5000"))


def test_what_others_have_not_given_yet_can_be_anything() -> None:
    found = forecast(one_leaf(OTHERS, None, Q1))
    assert figures(found.leaves["a"]) == {"effective_max": "3.0000", "external": "3.0000", "high": "3.0000"}
    assert (found.leaves["a"].basis, found.leaves["a"].is_open) == (Basis.NOTHING, True)
    assert (found.total.external_points, found.total.external_expected) == (ZERO, ZERO)


def test_what_others_are_expected_to_give_is_no_promise() -> None:
    expected = Entry(PointsAnswer(Decimal("2.5"), "ước tính"))
    found = forecast(one_leaf(OTHERS, None, Q1, outlooks=[outlook("a", expected)]))
    leaf = found.leaves["a"]
    assert (leaf.low, leaf.expected, leaf.high) == (ZERO, Decimal("2.5000"), Decimal("3.0000"))
    assert leaf.basis is Basis.EXPECTED
    assert (found.total.external_points, found.total.external_expected) == (ZERO, Decimal("2.5000"))


def test_what_others_score_is_expected_like_last_year_or_like_the_rest() -> None:
    sheet = sheet_of(rubric_of(OTHERS, OWN), {"b": PART}, Q1)
    last_year = score(OTHERS, Entry(PercentAnswer(Decimal(90), "SIPAS")))
    assert (only(sheet).basis, only(sheet).expected) == (Basis.RATE, Decimal("1.2000"))
    like_last_year = only(sheet, {"a": last_year})
    assert (like_last_year.basis, like_last_year.expected) == (Basis.LAST_YEAR, Decimal("2.7000"))


def test_what_others_voided_is_closed_and_still_theirs() -> None:
    found = only(one_leaf(OTHERS, Entry(voided="số liệu sai"), Q1))
    assert figures(found) == {"effective_max": "3.0000", "external": "3.0000"}
    assert not found.is_open


# What the expected points rest on


def test_an_expected_answer_is_scored_as_at_the_years_end() -> None:
    found = only(one_leaf(DUE_Q3, None, Q1, outlooks=[outlook("a", PART)]))
    assert (found.low, found.expected, found.high) == (ZERO, Decimal("0.4000"), ONE)
    assert found.basis is Basis.EXPECTED
    assert found.explanation == (
        "Chưa đến kỳ, được 0,0000 điểm, còn có thể đạt 1,0000 điểm; dự kiến 0,4000 điểm theo kết quả dự kiến cuối năm "
        "(chọn một mức: mức 2 trong 3 mức «Một phần» = 0,4000 điểm (tối đa 1,0000))."
    )


def test_an_expected_answer_can_lower_what_is_earned_now() -> None:
    found = only(one_leaf(OWN, FULL, Q1, outlooks=[outlook("a", PART)]))
    assert (found.earned, found.within_reach) == (ONE, ZERO)
    assert (found.low, found.expected, found.high) == (Decimal("0.4000"), Decimal("0.4000"), ONE)
    assert (found.basis, found.is_open) == (Basis.EXPECTED, True)


def test_an_expected_answer_outweighs_every_other_basis() -> None:
    sheet = sheet_of(rubric_of(OWN, OWN), {"a": PART, "b": PART}, Q1, outlooks=[outlook("a", NONE)])
    found = only(sheet, {"a": score(OWN, FULL)})
    assert (found.basis, found.expected, found.low) == (Basis.EXPECTED, ZERO, ZERO)


@pytest.mark.parametrize("expected", [Entry(LevelAnswer(7)), Entry(not_due=True), Entry(not_applicable="vì")])
def test_an_expected_answer_that_the_rule_refuses_is_left_out_and_the_explanation_says_so(expected: Entry) -> None:
    found = only(one_leaf(OWN, PART, Q1, outlooks=[outlook("a", expected)]))
    assert (found.basis, found.expected) == (Basis.KEPT, Decimal("0.4000"))
    assert "Kết quả dự kiến không dùng được: " in found.explanation


def test_an_expected_answer_that_can_no_longer_be_read_is_left_out_and_the_explanation_says_so() -> None:
    unread = replace(outlook("a"), expected_json={"count": 3})
    found = only(one_leaf(OWN, None, Q1, outlooks=[unread]))
    assert found.basis is Basis.NOTHING
    assert found.explanation.endswith("Kết quả dự kiến đã lưu không còn hợp với cách tính nên không dùng.")


def test_an_outlook_that_says_nothing_changes_nothing() -> None:
    assert only(one_leaf(OWN, PART, Q1, outlooks=[outlook("a")])) == only(one_leaf(OWN, PART, Q1))


@pytest.mark.parametrize("entry", [None, PART, FULL])
def test_a_criterion_expected_not_to_apply_leaves_the_year(entry: Entry | None) -> None:
    found = forecast(one_leaf(ANY, entry, Q1, outlooks=[outlook("a", Entry(not_applicable="vì"))]))
    leaf = found.leaves["a"]
    assert figures(leaf) == figures(found.total) == {}
    assert (leaf.basis, leaf.is_open, found.total.applicable) == (Basis.EXPECTED, False, 0)
    assert "dự kiến cuối năm không áp dụng" in leaf.explanation


def test_what_others_score_can_be_expected_not_to_apply() -> None:
    found = forecast(one_leaf(OTHERS, None, Q1, outlooks=[outlook("a", Entry(not_applicable="vì"))]))
    assert figures(found.total) == {}


def test_an_expected_answer_that_voids_gives_nothing() -> None:
    found = only(one_leaf(ANY, FULL, Q1, outlooks=[outlook("a", Entry(voided="sẽ bị huỷ"))]))
    assert (found.earned, found.low, found.expected, found.high) == (ONE, ZERO, ZERO, ONE)


@pytest.mark.parametrize(
    ("points", "last_max", "expected"),
    [
        ("0.4000", "1.0000", "0.4000"),
        ("1.0000", "3.0000", "0.3333"),
        ("2.0000", "3.0000", "0.6667"),
        ("0.0001", "2.0000", "0.0001"),
        ("3.0000", "3.0000", "1.0000"),
        ("0.0000", "0.5000", "0.0000"),
        ("2.0000", "1.0000", "1.0000"),
    ],
)
def test_last_years_points_are_scaled_to_this_years_maximum(points: str, last_max: str, expected: str) -> None:
    last = Score(Decimal(points), Decimal(last_max), Status.SCORED, "")
    found = only(one_leaf(OWN, None, Q1), {"a": last})
    assert (found.basis, str(found.expected), found.low) == (Basis.LAST_YEAR, expected, ZERO)


@pytest.mark.parametrize(
    "last",
    [
        score(ANY, Entry(not_applicable="vì")),
        score(ANY, None),
        score(DUE_Q3, None, Q1),
        Score(ZERO, ZERO, Status.SCORED, ""),
    ],
)
def test_a_last_year_without_a_result_tells_nothing(last: Score) -> None:
    assert only(one_leaf(ANY, None, Q1), {"a": last}).basis is Basis.NOTHING
    with_a_rate = sheet_of(rubric_of(ANY, OWN), {"b": PART}, Q1)
    assert only(with_a_rate, {"a": last}).basis is Basis.RATE


def test_what_nothing_is_known_of_is_expected_at_the_exact_rate_of_what_is_scored() -> None:
    third = Entry(RatioAnswer(Decimal(1), Decimal(3)))
    sheet = sheet_of(rubric_of(OWN, SHARE, OWN, OWN), {"b": third, "c": FULL, "d": FULL}, Q1)
    found = forecast(sheet)
    assert found.rate == Decimal("77.78")
    assert (found.leaves["a"].basis, str(found.leaves["a"].expected)) == (Basis.RATE, "0.7778")
    assert found.leaves["a"].explanation == (
        "Chưa chấm, được 0,0000 điểm, còn có thể đạt 1,0000 điểm; dự kiến 0,7778 điểm theo tỷ lệ của phần đã chấm "
        "(1,0000 × 2,3333 ÷ 3,0000)."
    )


def test_the_rate_is_rounded_once_for_each_criterion() -> None:
    large = Leaf(Decimal("15.0000"), Manual(Decimal("0.0001"), "bản in mất"))
    found = only(sheet_of(rubric_of(large, OWN, OWN, OWN), {"b": FULL, "c": NONE, "d": NONE}, Q1))
    assert str(found.expected) == "5.0000"


TWO_THEN_TWO = checklist("q1", "q1", "h1", "h1")
BOTH_THAT_ARE_DUE, ONE_OF_THEM = (Entry(TickAnswer(frozenset(ticked))) for ticked in ({0, 1}, {0}))


def test_what_is_not_due_yet_does_not_lower_the_rate() -> None:
    found = forecast(sheet_of(rubric_of(TWO_THEN_TWO, OWN), {"a": BOTH_THAT_ARE_DUE}, Q1))
    assert found.rate == Decimal("100.00")
    assert [str(leaf.expected) for leaf in found.leaves.values()] == ["2.0000", "1.0000"]


def test_the_part_of_a_criterion_that_is_not_due_is_expected_at_the_rate_of_what_was_due() -> None:
    found = forecast(sheet_of(rubric_of(TWO_THEN_TWO, OWN), {"a": ONE_OF_THEM, "b": FULL}, Q1))
    assert found.rate == Decimal("75.00")
    leaf = found.leaves["a"]
    assert (str(leaf.low), str(leaf.expected), str(leaf.high)) == ("0.5000", "1.2500", "2.0000")
    assert leaf.basis is Basis.RATE
    assert leaf.explanation == (
        "Đã chấm, được 0,5000 điểm, còn có thể đạt 1,5000 điểm; dự kiến 1,2500 điểm, gồm 0,5000 nếu giữ như hiện nay "
        "và 0,7500 của phần chưa đến kỳ theo tỷ lệ của phần đã chấm (1,0000 × 1,5000 ÷ 2,0000)."
    )


@pytest.mark.parametrize(
    ("points", "last_max", "expected"), [("1.0000", "3.0000", "1.3333"), ("0.0000", "2.0000", "1.0000")]
)
def test_the_part_of_a_criterion_that_is_not_due_is_expected_as_last_year(
    points: str, last_max: str, expected: str
) -> None:
    last = Score(Decimal(points), Decimal(last_max), Status.SCORED, "")
    found = only(one_leaf(TWO_THEN_TWO, BOTH_THAT_ARE_DUE, Q1), {"a": last})
    assert (found.basis, str(found.low), str(found.expected)) == (Basis.LAST_YEAR, "1.0000", expected)


def test_a_checklist_answered_before_anything_of_it_is_due_gives_no_rate() -> None:
    found = forecast(sheet_of(rubric_of(checklist("h1", "h1"), OWN), {"a": Entry(TickAnswer(frozenset()))}, Q1))
    assert found.rate is None
    assert [leaf.basis for leaf in found.leaves.values()] == [Basis.KEPT, Basis.NOTHING]


def test_only_what_the_unit_scored_itself_makes_the_rate() -> None:
    leaves = rubric_of(OWN, OWN, OTHERS, ANY, ANY)
    given = Entry(PercentAnswer(Decimal(100), "SIPAS"))
    entries = {"b": PART, "c": given, "d": Entry(voided="vì"), "e": Entry(not_applicable="vì")}
    assert forecast(sheet_of(leaves, entries, Q1)).rate == Decimal("40.00")
    assert forecast(sheet_of(leaves, {"c": given}, Q1)).rate is None


def test_outlooks_are_taken_by_their_criterion() -> None:
    other: Outlook = outlook("b", FULL)
    sheet = sheet_of(rubric_of(OWN, OWN), {}, Q1, outlooks=[other])
    assert [leaf.basis for leaf in forecast(sheet).leaves.values()] == [Basis.NOTHING, Basis.EXPECTED]


def test_every_basis_has_a_name() -> None:
    assert set(BASIS_NAMES) == set(Basis)
