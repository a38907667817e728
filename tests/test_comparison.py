"""One assessment beside an earlier one: points on the same set, percents on another, nothing where there is no data."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from cchc_core.comparison import PREVIOUS_PERIOD, SAME_PERIOD_LAST_YEAR, Change, compare, score_words
from cchc_core.rubric.changes import continued, is_unchanged
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.kinds import Leaf, Ratio
from cchc_core.rules.scoring import Status
from cchc_core.sheet import Sheet
from tests.offices import NAM_DINH, SOC_TRANG
from tests.sheets import Raw, sheet_of, sheets

some = settings(max_examples=40, deadline=None)

EARLIER: Raw = {
    "I.1.2": {"numerator": "17", "denominator": "20"},
    "I.1.6": {"count": 2},
    "II.5.1": {"percent": "80", "source": "Thông báo số 1"},
}
LATER: Raw = {
    **EARLIER,
    "I.1.2": {"numerator": "20", "denominator": "20"},
    "I.1.6": {"count": 3},
    "I.1.1": {"points": "0.5"},
    "I.6.4": {"value": "0.2"},
}


def soc_trang(answers: Raw, period: str) -> Sheet:
    return sheet_of(read_rubric(SOC_TRANG), answers, period)


def next_version(rubric: Rubric, **changed: Criterion | None) -> Rubric:
    """Give the next year's version; a criterion is replaced by code, or removed, with dots written as underscores."""
    by_code = {code.replace("_", "."): criterion for code, criterion in changed.items()}
    criteria = (by_code.get(criterion.code, criterion) for criterion in rubric.criteria)
    kept = tuple(criterion for criterion in criteria if criterion is not None)
    return replace(rubric, id="soctrang-tttt-2023", year=2023, criteria=kept)


def test_on_the_same_set_points_are_compared_with_points() -> None:
    comparison = compare(soc_trang(LATER, "h1"), soc_trang(EARLIER, "q1"))
    total = comparison.total
    assert comparison.is_same_set
    assert (total.points_before, total.points_now) == (Decimal("2.6500"), Decimal("3.8000"))
    assert total.difference == Decimal("1.1500")
    assert (total.percent_before, total.percent_now) == (Decimal("2.69"), Decimal("3.86"))
    assert total.percent_difference == Decimal("1.17")
    assert (total.met_before, total.met_now) == (0, 2)
    assert total.words() == "tăng 1,1500 điểm so với kỳ trước"
    assert total.words(SAME_PERIOD_LAST_YEAR) == "tăng 1,1500 điểm so với cùng kỳ năm trước"


def test_a_section_that_lost_points_says_so_and_one_that_stands_still_too() -> None:
    sections = compare(soc_trang(EARLIER, "h1"), soc_trang(LATER, "q1")).sections
    fewer, same = sections["I.1"], sections["II.5"]
    assert fewer is not None
    assert same is not None
    assert (fewer.difference, fewer.words()) == (Decimal("-0.1500"), "giảm 0,1500 điểm so với kỳ trước")
    assert (same.difference, same.words()) == (Decimal("0.0000"), "không đổi so với kỳ trước")


def test_a_criterion_is_compared_only_where_both_sides_have_a_result() -> None:
    now, before = soc_trang(LATER, "h1").scores, soc_trang(EARLIER, "q1").scores
    words = {code: score_words(now[code], before[code]) for code in now}
    assert words["I.1.2"] == "kỳ trước 0,8500 · tăng 0,1500"
    assert words["I.1.6"] == "kỳ trước 1,0000 · giảm 0,5000"
    assert words["II.5.1"] == "kỳ trước 0,8000 · không đổi"
    assert words["I.1.1"] == "kỳ trước: chưa chấm"
    assert words["II.1.4"] == "kỳ trước: chờ bên ngoài"


@pytest.mark.parametrize("status", [Status.MISSING, Status.AWAITING, Status.NOT_DUE, Status.NOT_APPLICABLE])
def test_a_criterion_without_a_result_now_has_not_fallen(status: Status) -> None:
    before = soc_trang(LATER, "q1").scores["I.1.2"]
    now = replace(before, points=Decimal(0), status=status)
    assert score_words(now, before) == "kỳ trước 1,0000"


def test_a_criterion_whose_points_were_taken_has_fallen() -> None:
    before = soc_trang(LATER, "q1").scores["I.1.2"]
    taken = replace(before, points=Decimal(0), status=Status.VOIDED)
    assert score_words(taken, before) == "kỳ trước 1,0000 · giảm 1,0000"
    assert score_words(before, taken) == "kỳ trước: bị huỷ điểm"


def test_what_nobody_has_answered_is_no_fall_to_nothing() -> None:
    blank = soc_trang({}, "h1")
    empty_now = compare(blank, soc_trang(EARLIER, "q1"))
    assert (empty_now.total.difference, empty_now.total.percent_difference) == (None, None)
    assert empty_now.total.words() == "chưa có kết quả để so với kỳ trước"
    empty_before = compare(soc_trang(EARLIER, "h1"), blank)
    assert empty_before.total.difference is None
    assert empty_before.total.words() == "kỳ trước chưa có kết quả để so"


def test_a_section_without_data_is_not_compared_though_the_total_is() -> None:
    comparison = compare(soc_trang(LATER, "h1"), soc_trang(EARLIER, "q1"))
    before_only_now = comparison.sections["I.6"]
    assert before_only_now is not None
    assert before_only_now.words() == "kỳ trước chưa có kết quả để so"


def test_on_different_sets_percents_are_compared_and_that_is_said() -> None:
    old = read_rubric(SOC_TRANG)
    new = next_version(old, I_1_6=None)
    comparison = compare(sheet_of(new, {"I.1.2": LATER["I.1.2"]}, "q1"), soc_trang({"I.1.2": EARLIER["I.1.2"]}, "q1"))
    total, section = comparison.total, comparison.sections["I.1"]
    assert not comparison.is_same_set
    assert total.difference is None
    assert (total.percent_now, total.percent_before) == (Decimal("1.04"), Decimal("0.86"))
    assert total.percent_difference == Decimal("0.18")
    assert total.words() == "tăng 0,18 điểm phần trăm so với kỳ trước (khác bộ tiêu chí, so theo tỷ lệ)"
    assert section is not None
    assert (section.percent_now, section.percent_before) == (Decimal("8.00"), Decimal("5.86"))
    assert section.words(SAME_PERIOD_LAST_YEAR) == (
        "tăng 2,14 điểm phần trăm so với cùng kỳ năm trước (khác bộ tiêu chí, so theo tỷ lệ)"
    )


def test_a_section_with_another_title_is_another_section() -> None:
    old = read_rubric(SOC_TRANG)
    first, second, *rest = old.sections
    renamed = (replace(first, title="Công tác  chỉ đạo, điều hành CCHC"), replace(second, title="Thể chế"), *rest)
    new = replace(old, id="soctrang-tttt-2023", year=2023, sections=renamed)
    sections = compare(sheet_of(new, LATER, "q1"), soc_trang(EARLIER, "q1")).sections
    assert sections["I.1"] is not None
    assert sections["I.2"] is None


def test_the_two_provinces_share_no_section_and_no_criterion() -> None:
    there = sheet_of(read_rubric(NAM_DINH), {"1.1.1": {"level": 0}}, "year")
    comparison = compare(there, soc_trang(EARLIER, "year"))
    assert set(comparison.sections.values()) == {None}
    assert comparison.total.words() == ("khác bộ tiêu chí: đạt 1/121 tiêu chí, kỳ trước đạt 0/101")


def test_illustrative_points_have_no_percent_and_are_told_in_criteria() -> None:
    rubric = read_rubric(NAM_DINH)
    before = sheet_of(rubric, {"1.1.1": {"level": 1}, "1.1.2": {"level": 0}}, "q1")
    now = sheet_of(rubric, {code: {"level": 0} for code in ("1.1.1", "1.1.2", "1.2.1")}, "h1")
    total = compare(now, before).total
    assert (total.percent_now, total.percent_before, total.percent_difference) == (None, None, None)
    assert (total.difference, total.met_now, total.met_before) == (Decimal("1.5000"), 3, 1)
    assert total.words() == "tăng 2 tiêu chí đạt so với kỳ trước"
    assert compare(now, now).total.words() == "không đổi so với kỳ trước"


def test_a_set_in_which_nothing_applies_has_no_percent_to_compare_by() -> None:
    change = Change(
        points_now=Decimal(0),
        points_before=Decimal(3),
        percent_now=None,
        percent_before=Decimal(50),
        met_now=0,
        met_before=1,
        applicable_now=0,
        applicable_before=2,
        is_same_set=False,
        is_illustrative=False,
        has_data_now=True,
        has_data_before=True,
    )
    assert (change.difference, change.percent_difference) == (None, None)
    assert change.words() == f"khác bộ tiêu chí và không có tỷ lệ để so với {PREVIOUS_PERIOD}"


def test_a_criterion_is_the_same_with_the_same_code_title_and_way_of_scoring() -> None:
    criterion = read_rubric(SOC_TRANG).criterion("I.1.2")
    shouted = replace(criterion, title=criterion.title.upper().replace(" ", "  "), reference="khác", note="khác")
    assert is_unchanged(criterion, shouted)
    assert not is_unchanged(criterion, replace(criterion, code="I.1.9"))
    assert not is_unchanged(criterion, replace(criterion, title=criterion.title + " và quý"))
    assert not is_unchanged(criterion, replace(criterion, leaf=replace(criterion.scored, due_period="q3")))
    assert not is_unchanged(criterion, replace(criterion, leaf=Leaf(criterion.max_points, Ratio("a", "b"))))


def test_a_new_version_names_what_it_removed_and_what_it_changed() -> None:
    old = read_rubric(SOC_TRANG)
    worth_more = old.criterion("I.1.2")
    worth_more = replace(worth_more, leaf=replace(worth_more.scored, max_points=Decimal("2.0000")))
    new = next_version(old, I_1_6=None, I_1_2=worth_more)
    became = continued(old, new)
    assert became.removed == ("I.1.6",)
    assert became.repriced == (("I.1.2", "I.1.2"),)
    assert became.changed == ()
    assert len(became.unchanged) == len(old.leaves) - 2
    assert continued(new, old).removed == ()
    assert continued(old, old).unchanged == tuple((leaf.code, leaf.code) for leaf in old.leaves)


def test_a_leaf_that_became_a_group_is_removed_and_one_that_was_a_group_is_new() -> None:
    old = read_rubric(SOC_TRANG)
    new = next_version(old, I_1_2=replace(old.criterion("I.1.2"), leaf=None))
    assert continued(old, new).removed == ("I.1.2",)
    assert continued(new, old).removed == ()
    assert continued(old, new).changed == continued(new, old).changed == ()


@some
@given(sheets())
def test_nothing_moved_against_itself(sheet: Sheet) -> None:
    comparison = compare(sheet, sheet)
    assert list(comparison.sections) == [section.code for section in sheet.rubric.sections]
    for change in (comparison.total, *comparison.sections.values()):
        assert change is not None
        assert change.difference in (None, Decimal(0))
        assert change.percent_difference in (None, Decimal(0))
        assert change.words().startswith(("không đổi ", "chưa có kết quả "))


@some
@given(sheets(), sheets())
def test_two_sheets_of_any_sets_can_be_compared(now: Sheet, before: Sheet) -> None:
    comparison = compare(now, before)
    assert comparison.total.words()
    if now.rubric.is_illustrative or before.rubric.is_illustrative:
        assert comparison.total.percent_difference is None
