"""The four sums of the year, which add up to its effective maximum, and a low, expected and high total."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from cchc_core.best_answers import best_answer
from cchc_core.forecast import Basis, LeafForecast, Sums, forecast
from cchc_core.rubric.model import Rubric
from cchc_core.rules.answers import Entry, PercentAnswer, read_entry
from cchc_core.rules.kinds import External, Leaf
from cchc_core.rules.scoring import score
from tests.forecast_sheets import (
    ANY,
    FIGURES,
    FULL,
    ONE,
    OTHERS,
    OWN,
    PART,
    PRINTED,
    Q1,
    ZERO,
    Running,
    figures,
    outlook,
    rubric_of,
    running,
    sheet_of,
)

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_sections_and_total_add_up_their_criteria() -> None:
    rubric = rubric_of(OWN, OTHERS, OWN, OTHERS, ANY, in_sections=2)
    entries = {"a": PART, "b": Entry(PercentAnswer(Decimal(50), "SIPAS")), "e": FULL}
    found = forecast(sheet_of(rubric, entries, Q1, outlooks=[outlook("a", is_final=True)]))
    assert figures(found.sections["0"]) == {
        "effective_max": "3.0000",
        "earned": "1.4000",
        "within_reach": "1.0000",
        "lost": "0.6000",
        "low": "1.4000",
        "expected": "2.1000",
        "high": "2.4000",
    }
    assert figures(found.sections["1"]) == {
        "effective_max": "6.0000",
        "external": "6.0000",
        "low": "1.5000",
        "expected": "3.6000",
        "high": "4.5000",
    }
    total = found.total
    assert (total.low, total.expected, total.high) == (Decimal("2.9000"), Decimal("5.7000"), Decimal("6.9000"))
    assert (total.low_percent, total.expected_percent, total.high_percent) == (
        Decimal("32.22"),
        Decimal("63.33"),
        Decimal("76.67"),
    )
    assert (total.external_points, total.external_expected, total.applicable) == (ONE * 3 / 2, Decimal("3.6000"), 5)
    assert (found.sums(), found.sums("1")) == (found.total, found.sections["1"])


@pytest.mark.parametrize("rubric", [rubric_of(), rubric_of(ANY, ANY), rubric_of(Leaf(ZERO, External("x")))])
def test_without_any_effective_maximum_there_is_no_percent_and_nothing_is_divided(rubric: Rubric) -> None:
    entries = {leaf.code: Entry(not_applicable="vì") for leaf in rubric.leaves if leaf.scored is ANY}
    found = forecast(sheet_of(rubric, entries, Q1))
    assert figures(found.total) == figures(found.sections["0"]) == {}
    assert (found.total.low_percent, found.total.expected_percent, found.total.high_percent) == (None, None, None)
    assert found.rate is None


@pytest.mark.parametrize("rubric", PRINTED, ids=lambda rubric: rubric.id)
def test_a_printed_set_without_any_answer_is_all_within_reach_or_with_others(rubric: Rubric) -> None:
    found = forecast(sheet_of(rubric, {}, Q1)).total
    totals = sheet_of(rubric, {}, Q1).totals.total
    assert (found.within_reach, found.external) == (totals.self_max, totals.external_max)
    assert (found.earned, found.lost, found.low, found.expected) == (ZERO, ZERO, ZERO, ZERO)
    assert found.high == found.effective_max == totals.max_points


def test_a_quarter_in_which_everything_due_is_done_gives_no_point_of_the_year_up() -> None:
    own = [leaf for leaf in PRINTED[0].leaves if not leaf.scored.is_external]
    done = {leaf.code: entry for leaf in own if (entry := _everything_due(leaf.scored)) is not None}
    sheet = sheet_of(PRINTED[0], done, Q1)
    found = forecast(sheet)
    partly = {code: (str(one.points), str(one.not_due_points)) for code, one in sheet.scores.items() if code in _PARTLY}
    assert partly == {"I.1.3": ("0.2500", "0.7500"), "I.1.4.1": ("0.6250", "2.3750")}
    assert found.rate == Decimal("100.00")
    assert [str(found.leaves[code].expected) for code in _PARTLY] == ["1.0000", "3.0000"]
    assert found.total.expected == found.total.effective_max


_PARTLY = ("I.1.3", "I.1.4.1")


def _everything_due(leaf: Leaf) -> Entry | None:
    """An answer that leaves nothing of what is due in the first quarter open; None where there is none."""
    raw = best_answer(leaf, None, Q1, ZERO)
    entry = None if raw is None else read_entry(leaf, raw)
    return entry if entry is not None and score(leaf, entry, Q1).open_points == 0 else None


def test_soc_trang_has_sixty_four_points_of_its_own_to_win() -> None:
    found = forecast(sheet_of(PRINTED[0], {}, Q1)).total
    assert (found.within_reach, found.external) == (Decimal("64.0000"), Decimal("34.5000"))


@some
@given(running())
def test_every_point_of_the_year_is_in_one_of_the_four_sums(drawn: Running) -> None:
    found = forecast(drawn.sheet, drawn.last_year)
    assert list(found.leaves) == [leaf.code for leaf in drawn.sheet.rubric.leaves]
    assert list(found.sections) == [section.code for section in drawn.sheet.rubric.sections]
    everywhere: list[LeafForecast | Sums] = [*found.leaves.values(), *found.sections.values(), found.total]
    for each in everywhere:
        assert each.earned + each.within_reach + each.lost + each.external == each.effective_max
        assert 0 <= each.low <= each.expected <= each.high <= each.effective_max
        assert min(each.earned, each.within_reach, each.lost, each.external) >= 0
    for name in FIGURES:
        of_leaves = sum((getattr(leaf, name) for leaf in found.leaves.values()), ZERO)
        of_sections = sum((getattr(section, name) for section in found.sections.values()), ZERO)
        assert of_leaves == of_sections == getattr(found.total, name)


@some
@given(running())
def test_the_rate_is_a_share(drawn: Running) -> None:
    rate = forecast(drawn.sheet, drawn.last_year).rate
    assert rate is None or 0 <= rate <= 100


@some
@given(running())
def test_what_is_earned_and_what_others_gave_are_the_points_of_now(drawn: Running) -> None:
    sheet, found = drawn.sheet, forecast(drawn.sheet, drawn.last_year)
    left_out = [code for code, leaf in found.leaves.items() if leaf.effective_max < sheet.scores[code].effective_max]
    for code in left_out:
        assert found.leaves[code].basis is Basis.EXPECTED
        assert sheet.outlooks[code].expected is not None
    points_left_out = sum((sheet.scores[code].points for code in left_out), ZERO)
    max_left_out = sum((sheet.scores[code].effective_max for code in left_out), ZERO)
    assert found.total.earned + found.total.external_points + points_left_out == sheet.totals.total.points
    assert found.total.effective_max + max_left_out == sheet.totals.total.effective_max
    assert found.total.external_points <= found.total.external_expected <= found.total.external


@some
@given(running())
def test_a_closed_criterion_keeps_its_points_and_an_open_one_loses_none(drawn: Running) -> None:
    sheet, found = drawn.sheet, forecast(drawn.sheet, drawn.last_year)
    for leaf in found.leaves.values():
        if leaf.basis is Basis.KNOWN:
            assert leaf.low == leaf.expected == leaf.high
            assert (leaf.within_reach, leaf.is_open) == (ZERO, False)
        elif leaf.effective_max:
            assert (leaf.lost, leaf.high) == (ZERO, leaf.effective_max)
            assert leaf.low <= sheet.scores[leaf.code].points
        if leaf.within_reach:
            assert leaf.is_open


@some
@given(running())
def test_every_explanation_is_one_vietnamese_line_with_decimal_commas(drawn: Running) -> None:
    for leaf in forecast(drawn.sheet, drawn.last_year).leaves.values():
        assert leaf.explanation == " ".join(leaf.explanation.split())
        assert leaf.explanation.endswith(".")
        assert leaf.explanation[0].isupper()
        if leaf.basis is not Basis.KNOWN and leaf.effective_max:
            assert f"dự kiến {str(leaf.expected).replace('.', ',')} điểm" in leaf.explanation
