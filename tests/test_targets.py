"""Targets, and the shortest list of open criteria that closes the gap to one."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_core.errors import BadText
from cchc_core.forecast import forecast
from cchc_core.rubric.model import Rubric
from cchc_core.rules.answers import Entry, PercentAnswer, PointsAnswer
from cchc_core.rules.kinds import Leaf, Manual
from cchc_core.rules.scoring import PeriodView
from cchc_core.sheet import Sheet
from cchc_core.targets import Need, Target, TargetKind, check_target, need
from tests.forecast_sheets import (
    ANY,
    FULL,
    NONE,
    ONE,
    OTHERS,
    PART,
    Q1,
    YEAR,
    ZERO,
    Running,
    outlook,
    rubric_of,
    running,
    sheet_of,
)

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PERCENT, POINTS, CRITERIA = TargetKind
OUT = Entry(not_applicable="vì")


def worth(*points: str) -> list[Leaf]:
    return [Leaf(Decimal(each).quantize(ONE), Manual(Decimal("0.0001"), "bản in mất")) for each in points]


def given_points(points: str) -> Entry:
    return Entry(PointsAnswer(Decimal(points)))


def asked(sheet: Sheet, kind: TargetKind, value: str, section: str | None = None) -> Need:
    return need(sheet, forecast(sheet), Target(section, kind, Decimal(value)))


def counted(found: Need) -> dict[str, int]:
    """The figures of a need in criteria; what is nothing is left out."""
    names = ("maximum", "needed", "standing", "gap", "closing_gain", "shortfall")
    return {name: int(getattr(found, name)) for name in names if getattr(found, name)}


# Points and percent


def test_a_target_that_is_met_needs_nothing() -> None:
    found = asked(sheet_of(rubric_of(ANY, ANY), {"a": FULL}, Q1), POINTS, "1")
    assert found.needed == found.standing == ONE
    assert found.gap == found.closing_gain == found.shortfall == 0
    assert (found.closing, found.is_met, found.is_within_reach, found.is_above_maximum) == ((), True, True, False)
    assert found.explanation == "Chỉ tiêu 1,0000 điểm: cần 1,0000 điểm, đang có 1,0000 điểm, đã đạt."


def test_the_gap_is_closed_by_what_has_the_most_within_reach() -> None:
    sheet = sheet_of(rubric_of(*worth("0.5", "2", "1", "3", "0.25")), {"d": given_points("0.5")}, Q1)
    found = asked(sheet, PERCENT, "70")
    assert (str(found.needed), str(found.standing), str(found.gap)) == ("4.7250", "0.5000", "4.2250")
    assert (found.closing, str(found.closing_gain), found.shortfall) == (("d", "b"), "4.5000", ZERO)
    assert (found.is_met, found.is_within_reach) == (False, True)
    assert found.explanation == (
        "Chỉ tiêu 70 %: cần 4,7250 điểm, đang có 0,5000 điểm, còn thiếu 4,2250 điểm; "
        "ít nhất 2 tiêu chí còn mở là đủ, tổng cộng 4,5000 điểm."
    )


def test_what_others_are_expected_to_give_counts_as_standing_and_is_named() -> None:
    sheet = sheet_of(
        rubric_of(ANY, ANY, OTHERS),
        {"a": FULL},
        Q1,
        outlooks=[outlook("c", Entry(PercentAnswer(Decimal(25), "Sở Nội vụ")))],
    )
    found = asked(sheet, POINTS, "2")
    assert (str(found.standing), str(found.from_outside)) == ("1.7500", "0.7500")
    said = "đang có 1,0000 điểm, tính cả 0,7500 điểm bên ngoài dự kiến cho là 1,7500 điểm, còn thiếu 0,2500 điểm"
    assert said in found.explanation


@pytest.mark.parametrize(
    ("value", "gap", "is_met", "is_expected"),
    [
        ("1", "0", True, False),
        ("1.0001", "0", False, True),
        ("1.75", "0", False, True),
        ("1.7501", "0.0001", False, False),
    ],
)
def test_a_target_is_met_by_points_that_exist_and_only_expected_with_those_that_others_may_give(
    value: str, gap: str, is_met: bool, is_expected: bool
) -> None:
    hoped = outlook("b", Entry(PercentAnswer(Decimal(25), "Sở Nội vụ")))
    found = asked(sheet_of(rubric_of(ANY, OTHERS), {"a": FULL}, Q1, outlooks=[hoped]), POINTS, value)
    assert (found.gap, found.is_met, found.is_expected) == (Decimal(gap), is_met, is_expected)
    assert found.explanation.endswith("bên ngoài dự kiến cho là 1,7500 điểm, dự kiến đạt.") == is_expected
    assert found.explanation.endswith(", đã đạt.") == is_met


def test_what_others_have_given_exists_and_is_no_expectation() -> None:
    sheet = sheet_of(rubric_of(ANY, OTHERS), {"b": Entry(PercentAnswer(Decimal(50), "SIPAS"))}, Q1)
    found = asked(sheet, POINTS, "1.5")
    assert (found.is_met, found.is_expected, found.from_outside) == (True, False, ZERO)
    assert found.explanation == "Chỉ tiêu 1,5000 điểm: cần 1,5000 điểm, đang có 1,5000 điểm, đã đạt."


def test_criteria_that_bring_as_much_stay_in_printed_order() -> None:
    sheet = sheet_of(rubric_of(*worth("1", "2", "1", "2", "1")), {}, Q1)
    assert asked(sheet, POINTS, "5.5").closing == ("b", "d", "a", "c")


def test_a_gap_that_the_open_criteria_just_fill_is_closed() -> None:
    sheet = sheet_of(rubric_of(*worth("1", "0.5")), {}, Q1)
    assert asked(sheet, POINTS, "1").closing == ("a",)
    assert asked(sheet, POINTS, "1.0001").closing == ("a", "b")
    assert asked(sheet, POINTS, "1.5").shortfall == 0


def test_when_everything_within_reach_is_too_little_the_rest_is_the_shortfall() -> None:
    sheet = sheet_of(
        rubric_of(*worth("1", "2", "1")), {"b": given_points("0.5")}, Q1, outlooks=[outlook("b", is_final=True)]
    )
    found = asked(sheet, PERCENT, "90")
    assert (str(found.gap), found.closing, str(found.closing_gain)) == ("3.1000", ("a", "c"), "2.0000")
    assert (str(found.shortfall), found.is_within_reach, found.is_above_maximum) == ("1.1000", False, False)
    assert found.explanation.endswith("lấy hết 2,0000 điểm còn có thể đạt vẫn thiếu 1,1000 điểm.")


def test_what_is_lost_for_good_closes_no_gap() -> None:
    found = asked(sheet_of(rubric_of(ANY, ANY), {"a": PART}, YEAR), POINTS, "1.5")
    assert (found.closing, str(found.shortfall)) == (("b",), "0.1000")


def test_a_criterion_expected_to_stay_low_can_still_close_the_gap() -> None:
    sheet = sheet_of(rubric_of(ANY), {}, Q1, outlooks=[outlook("a", NONE)])
    assert asked(sheet, POINTS, "1").closing == ("a",)


def test_what_others_are_expected_to_give_counts_and_what_they_may_give_does_not() -> None:
    rubric = rubric_of(ANY, OTHERS, OTHERS)
    expected = outlook("c", Entry(PercentAnswer(Decimal(50), "ước tính")))
    sheet = sheet_of(rubric, {"b": Entry(PercentAnswer(Decimal(80), "SIPAS"))}, Q1, outlooks=[expected])
    found = asked(sheet, POINTS, "7")
    assert (str(found.standing), str(found.from_outside), str(found.gap)) == ("3.9000", "1.5000", "3.1000")
    assert (found.closing, str(found.shortfall)) == (("a",), "2.1000")


def test_a_percent_is_of_the_lowered_maximum_of_the_year() -> None:
    rubric = rubric_of(ANY, ANY, ANY, ANY)
    sheet = sheet_of(rubric, {"a": OUT}, Q1, outlooks=[outlook("b", OUT)])
    assert asked(sheet, PERCENT, "50").needed == ONE


def test_what_a_percent_needs_is_rounded_up() -> None:
    sheet = sheet_of(rubric_of(*worth("0.9999")), {"a": given_points("0.3333")}, Q1)
    found = asked(sheet, PERCENT, "33.3334")
    assert (str(found.needed), str(found.gap), found.is_met) == ("0.3334", "0.0001", False)
    assert str(asked(sheet, PERCENT, "0.00001").needed) == "0.0001"


def test_a_target_of_a_section_asks_that_section_alone() -> None:
    sheet = sheet_of(rubric_of(*worth("1", "2", "3", "4"), in_sections=2), {"b": given_points("0.5")}, Q1)
    found = asked(sheet, PERCENT, "50", "1")
    assert (str(found.needed), str(found.standing), found.closing) == ("3.0000", "0.5000", ("d",))
    with pytest.raises(KeyError):
        asked(sheet, PERCENT, "50", "9")


def test_a_target_above_the_maximum_is_named_so() -> None:
    sheet = sheet_of(rubric_of(ANY, ANY), {"a": FULL, "b": OUT}, Q1)
    found = asked(sheet, POINTS, "1.5")
    assert (found.is_above_maximum, str(found.shortfall), found.closing) == (True, "0.5000", ())
    assert found.explanation == (
        "Chỉ tiêu 1,5000 điểm: cần 1,5000 điểm, đang có 1,0000 điểm, còn thiếu 0,5000 điểm; "
        "vượt mức tối đa 1,0000 điểm của năm nên không thể đạt."
    )


@pytest.mark.parametrize("rubric", [rubric_of(), rubric_of(ANY, ANY)])
@pytest.mark.parametrize(("kind", "value", "needed"), [(PERCENT, "90", "0"), (POINTS, "5", "5"), (CRITERIA, "2", "2")])
def test_where_nothing_applies_there_is_nothing_to_reach(
    rubric: Rubric, kind: TargetKind, value: str, needed: str
) -> None:
    sheet = sheet_of(rubric, {leaf.code: OUT for leaf in rubric.leaves}, Q1)
    found = asked(sheet, kind, value)
    assert found.needed == found.gap == found.shortfall == Decimal(needed)
    assert (found.maximum, found.closing, found.is_met, found.is_within_reach) == (ZERO, (), False, False)
    assert found.is_above_maximum == (found.needed > 0)
    assert found.explanation.endswith(": không có tiêu chí nào áp dụng nên không có gì để đạt.")


def test_a_target_of_nothing_is_met_by_no_answers_at_all() -> None:
    for kind in TargetKind:
        found = asked(sheet_of(rubric_of(ANY), {}, Q1), kind, "0")
        assert (found.is_met, found.closing) == (True, ())


# How many criteria get full points


def test_a_count_of_criteria_is_closed_by_those_that_need_the_least() -> None:
    rubric = rubric_of(*worth("1", "0.5", "1", "2", "1"), points_source="illustrative")
    entries = {"a": given_points("1"), "c": given_points("0.75"), "d": given_points("1.5")}
    found = asked(sheet_of(rubric, entries, Q1), CRITERIA, "4")
    assert counted(found) == {"maximum": 5, "needed": 4, "standing": 1, "gap": 3, "closing_gain": 3}
    assert found.closing == ("c", "b", "d")
    assert found.explanation == (
        "Chỉ tiêu 4 tiêu chí: cần 4 tiêu chí, đang có 1 tiêu chí, còn thiếu 3 tiêu chí; "
        "ít nhất 3 tiêu chí còn mở là đủ."
    )


def test_a_criterion_that_is_lost_or_with_others_adds_nothing_to_the_count() -> None:
    rubric = rubric_of(ANY, ANY, OTHERS, OTHERS, points_source="illustrative")
    entries = {"a": PART, "c": Entry(PercentAnswer(Decimal(100), "SIPAS"))}
    found = asked(sheet_of(rubric, entries, YEAR), CRITERIA, "4")
    assert found.closing == ("b",)
    assert counted(found) == {"maximum": 4, "needed": 4, "standing": 1, "gap": 3, "closing_gain": 1, "shortfall": 2}
    assert found.explanation.endswith("lấy hết 1 tiêu chí còn có thể đạt vẫn thiếu 2 tiêu chí.")


def test_a_count_above_the_criteria_that_apply_is_named_so() -> None:
    rubric = rubric_of(ANY, ANY, ANY, points_source="illustrative")
    found = asked(sheet_of(rubric, {"a": FULL, "b": OUT}, Q1), CRITERIA, "3")
    assert (found.is_above_maximum, found.closing) == (True, ("c",))
    assert counted(found) == {"maximum": 2, "needed": 3, "standing": 1, "gap": 2, "closing_gain": 1, "shortfall": 1}


def test_a_criterion_expected_not_to_apply_no_longer_counts_as_reached() -> None:
    rubric = rubric_of(ANY, ANY, points_source="illustrative")
    found = asked(sheet_of(rubric, {"a": FULL, "b": FULL}, Q1, outlooks=[outlook("a", OUT)]), CRITERIA, "1")
    assert counted(found) == {"maximum": 1, "needed": 1, "standing": 1}
    assert found.is_met


def test_a_fraction_of_a_criterion_asks_for_the_whole_one() -> None:
    found = asked(sheet_of(rubric_of(ANY, ANY, points_source="illustrative"), {}, Q1), CRITERIA, "0.5")
    assert found.closing == ("a",)
    assert counted(found) == {"maximum": 2, "needed": 1, "gap": 1, "closing_gain": 1}


# What is refused


def checked(kind: TargetKind, value: str, *, source: str = "official", period: PeriodView = Q1) -> None:
    rubric = rubric_of(ANY, ANY, ANY, OTHERS, points_source=source)
    sums = forecast(sheet_of(rubric, {"a": OUT}, period)).total
    check_target(rubric, sums, kind, Decimal(value))


@pytest.mark.parametrize(
    ("kind", "value", "source"),
    [
        (PERCENT, "0", "official"),
        (PERCENT, "100", "official"),
        (PERCENT, "87.125", "official"),
        (POINTS, "0", "official"),
        (POINTS, "5.0000", "official"),
        (POINTS, "4.12340", "official"),
        (CRITERIA, "0", "illustrative"),
        (CRITERIA, "3", "illustrative"),
        (CRITERIA, "2.0", "illustrative"),
    ],
)
def test_a_target_within_its_bounds_is_taken(kind: TargetKind, value: str, source: str) -> None:
    checked(kind, value, source=source)


@pytest.mark.parametrize(
    ("kind", "value", "source", "said"),
    [
        (PERCENT, "-0.01", "official", "không phải là một số từ 0 trở lên"),
        (PERCENT, "100.01", "official", "100,01 % vượt quá mức cho phép 100 %"),
        (PERCENT, "NaN", "official", "không phải là một số từ 0 trở lên"),
        (POINTS, "Infinity", "official", "không phải là một số từ 0 trở lên"),
        (POINTS, "-1", "official", "không phải là một số từ 0 trở lên"),
        (POINTS, "5.0001", "official", "5,0001 điểm vượt quá mức cho phép 5,0000 điểm"),
        (POINTS, "1.00005", "official", "1,00005 có quá bốn chữ số thập phân"),
        (CRITERIA, "4", "illustrative", "4 tiêu chí vượt quá mức cho phép 3 tiêu chí"),
        (CRITERIA, "1.5", "illustrative", "1,5 không phải là số nguyên"),
        (CRITERIA, "-1", "illustrative", "không phải là một số từ 0 trở lên"),
        (CRITERIA, "1", "official", "bộ tiêu chí có điểm chính thức"),
        (PERCENT, "80", "illustrative", "bộ tiêu chí chỉ có điểm minh hoạ"),
        (POINTS, "1", "illustrative", "bộ tiêu chí chỉ có điểm minh hoạ"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(kind: TargetKind, value: str, source: str, said: str) -> None:
    with pytest.raises(BadText) as refused:
        checked(kind, value, source=source)
    assert refused.value.message.startswith(f"Chỉ tiêu của năm: {said}")
    assert ". Hãy " in refused.value.message


# Any set


@some
@given(running(), st.decimals(0, 100, places=3), st.booleans())
def test_a_need_adds_up_in_every_printed_set(drawn: Running, share: Decimal, of_a_section: bool) -> None:
    sheet = drawn.sheet
    year = forecast(sheet, drawn.last_year)
    section = sheet.rubric.sections[0].code if of_a_section else None
    kind = CRITERIA if sheet.rubric.is_illustrative else PERCENT
    sums = year.sums(section)
    value = Decimal(int(share * sums.applicable / 100)) if kind is CRITERIA else share
    check_target(sheet.rubric, sums, kind, value)
    found = need(sheet, year, Target(section, kind, value))
    own_leaves = {code for code, leaf in year.leaves.items() if leaf.within_reach > 0}
    assert set(found.closing) <= own_leaves
    assert len(set(found.closing)) == len(found.closing)
    assert found.gap == max(ZERO, found.needed - found.standing)
    assert found.shortfall == max(ZERO, found.gap - found.closing_gain)
    assert not found.is_above_maximum
    assert found.standing <= found.maximum
    assert (found.is_met or found.is_expected) == (found.maximum > 0 and found.gap == 0)
    assert not (found.is_met and found.is_expected)
    if kind is PERCENT:
        exact = Fraction(share) * Fraction(sums.effective_max) / 100
        assert exact <= Fraction(found.needed) < exact + Fraction(1, 10_000)
        assert found.closing_gain == sum((year.leaves[code].within_reach for code in found.closing), ZERO)
    else:
        assert found.closing_gain == len(found.closing) == min(found.gap, found.closing_gain)
    if found.shortfall:
        in_scope = sheet.rubric.leaves if section is None else sheet.rubric.leaves_of(section)
        assert set(found.closing) == own_leaves & {leaf.code for leaf in in_scope}
    assert found.explanation == " ".join(found.explanation.split())


@some
@given(running())
def test_criteria_count_as_reached_as_the_totals_count_them(drawn: Running) -> None:
    sheet = drawn.sheet
    year = forecast(sheet, drawn.last_year)
    left_out = sum(
        leaf.effective_max == 0 < sheet.scores[code].effective_max == sheet.scores[code].points
        for code, leaf in year.leaves.items()
    )
    found = need(sheet, year, Target(None, CRITERIA, Decimal(1)))
    assert found.standing == sheet.totals.total.met - left_out
    assert found.maximum == sum(leaf.effective_max > 0 for leaf in year.leaves.values())


FOURTHS = st.integers(1, 12).map(lambda many: Decimal(many) / 4)
MANUAL_SETS = st.lists(st.tuples(FOURTHS, st.integers(0, 4)), min_size=1, max_size=7)


@some
@given(MANUAL_SETS, st.integers(0, 100))
def test_no_shorter_list_of_open_criteria_closes_the_gap(leaves: list[tuple[Decimal, int]], percent: int) -> None:
    rubric = rubric_of(*worth(*[str(points) for points, _ in leaves]))
    quarters = {leaf.code: leaf.max_points * many / 4 for leaf, (_, many) in zip(rubric.leaves, leaves, strict=True)}
    entries = {code: given_points(str(points)) for code, points in quarters.items() if points}
    sheet = sheet_of(rubric, entries, Q1)
    found = asked(sheet, PERCENT, str(percent))
    reach = [leaf.within_reach for leaf in forecast(sheet).leaves.values()]
    enough = [
        len(chosen)
        for many in range(len(reach) + 1)
        for chosen in combinations(reach, many)
        if sum(chosen, ZERO) >= found.gap
    ]
    assert enough, "a percent up to 100 can always be reached where nothing is lost"
    assert len(found.closing) == min(enough)
    assert found.closing_gain >= found.gap
    assert (found.shortfall, found.is_within_reach) == (ZERO, True)


@some
@given(MANUAL_SETS, st.integers(0, 7))
def test_no_other_criteria_reach_full_points_with_less(leaves: list[tuple[Decimal, int]], wanted: int) -> None:
    rubric = rubric_of(*worth(*[str(points) for points, _ in leaves]), points_source="illustrative")
    quarters = {leaf.code: leaf.max_points * many / 4 for leaf, (_, many) in zip(rubric.leaves, leaves, strict=True)}
    sheet = sheet_of(rubric, {code: given_points(str(points)) for code, points in quarters.items()}, Q1)
    year = forecast(sheet)
    found = asked(sheet, CRITERIA, str(wanted))
    reach = [leaf.within_reach for leaf in year.leaves.values() if leaf.within_reach]
    assert len(found.closing) == min(found.gap, len(reach))
    effort = sum((year.leaves[code].within_reach for code in found.closing), ZERO)
    assert effort == min(sum(chosen, ZERO) for chosen in combinations(reach, len(found.closing)))
