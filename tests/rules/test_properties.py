"""What holds for every rule, every answer, every period."""

import json
import unicodedata
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_core.rubric.checks import leaf_problems
from cchc_core.rules.answers import (
    CompareAnswer,
    CountAnswer,
    Entry,
    PercentAnswer,
    RatioAnswer,
    TickAnswer,
    ValueAnswer,
    entry_to_json,
    read_entry,
)
from cchc_core.rules.decimals import round_points
from cchc_core.rules.kinds import Bands, Checklist, Compare, Count, External, Leaf, Ratio, Rule
from cchc_core.rules.scoring import Status, score
from tests.rules.strategies import (
    FIGURES,
    MAXIMA,
    PERCENTS,
    TEXTS,
    Situation,
    bands,
    checklists,
    leaves,
    lines,
    printed_points,
    quick,
    ratios,
    situations,
)

NO_POINTS = Decimal(0)


def points(leaf: Leaf, entry: Entry) -> Decimal:
    return score(leaf, entry).points


def half_up(exact: Fraction) -> Decimal:
    whole, rest = divmod(exact.numerator * 10_000, exact.denominator)
    return Decimal(whole + (2 * rest >= exact.denominator)) / 10_000


@quick
@given(leaves())
def test_every_leaf_that_these_tests_make_could_stand_in_a_file(leaf: Leaf) -> None:
    assert leaf_problems(leaf) == ()


@quick
@given(situations())
def test_points_lie_between_zero_and_the_effective_maximum(here: Situation) -> None:
    given_score = score(here.leaf, here.entry, here.period)
    assert 0 <= given_score.points <= given_score.effective_max
    assert given_score.effective_max in (0, here.leaf.max_points)


@quick
@given(situations())
def test_every_figure_of_a_score_has_exactly_four_decimals(here: Situation) -> None:
    given_score = score(here.leaf, here.entry, here.period)
    figures = (given_score.points, given_score.effective_max, given_score.not_due_points, given_score.open_points)
    assert [figure.as_tuple().exponent for figure in figures] == [-4] * 4


@quick
@given(situations())
def test_what_is_earned_open_and_not_due_makes_up_the_effective_maximum(here: Situation) -> None:
    given_score = score(here.leaf, here.entry, here.period)
    assert given_score.points + given_score.not_due_points + given_score.open_points == given_score.effective_max
    assert given_score.not_due_points >= 0
    assert given_score.open_points >= 0


@quick
@given(situations())
def test_every_score_explains_itself_in_one_line(here: Situation) -> None:
    explanation = score(here.leaf, here.entry, here.period).explanation
    assert explanation == explanation.strip() != ""
    assert not [letter for letter in explanation if unicodedata.category(letter) in ("Cc", "Zl", "Zp")]
    assert explanation == unicodedata.normalize("NFC", explanation)


@quick
@given(situations())
def test_the_explanation_names_the_points_that_were_given(here: Situation) -> None:
    given_score = score(here.leaf, here.entry, here.period)
    if given_score.status is Status.SCORED:
        assert f"{given_score.points:.4f}".replace(".", ",") in given_score.explanation


@quick
@given(situations())
def test_only_external_leaves_await_and_only_provisional_periods_are_not_due(here: Situation) -> None:
    given_score = score(here.leaf, here.entry, here.period)
    assert given_score.is_external == isinstance(here.leaf.rule, External)
    assert given_score.status is not Status.AWAITING or given_score.is_external
    assert given_score.not_due_points == 0 or here.period.is_provisional


@quick
@given(situations())
def test_an_entry_survives_being_written_as_json_and_read_again(here: Situation) -> None:
    written = json.loads(json.dumps(entry_to_json(here.entry)))
    assert read_entry(here.leaf, written) == here.entry


@quick
@given(MAXIMA, FIGURES, FIGURES.filter(bool))
def test_a_ratio_is_rounded_half_up_once(top: Decimal, numerator: Decimal, denominator: Decimal) -> None:
    exact = min(Fraction(top), Fraction(top) * Fraction(numerator) / Fraction(denominator))
    assert points(Leaf(top, Ratio("a", "b")), Entry(RatioAnswer(numerator, denominator))) == half_up(exact)


@quick
@given(checklists(), st.data())
def test_a_checklist_is_added_exactly_and_rounded_half_up_once(leaf: Leaf, data: st.DataObject) -> None:
    assert isinstance(leaf.rule, Checklist)
    exact, ticked, percents = Fraction(0), set(), {}
    for index, item in enumerate(leaf.rule.items):
        percent = data.draw(PERCENTS) if item.is_ratio else Decimal(100) * data.draw(st.booleans())
        exact += Fraction(item.points) * Fraction(percent) / 100
        if item.is_ratio:
            percents[index] = percent
        elif percent:
            ticked.add(index)
    given_points = points(leaf, Entry(TickAnswer(frozenset(ticked), percents)))
    assert given_points == half_up(min(exact, Fraction(leaf.max_points)))


@quick
@given(MAXIMA, PERCENTS, TEXTS)
def test_a_percent_from_others_is_rounded_half_up_once(top: Decimal, percent: Decimal, source: str) -> None:
    exact = Fraction(top) * Fraction(percent) / 100
    assert points(Leaf(top, External("x")), Entry(PercentAnswer(percent, source))) == half_up(exact)


@quick
@given(MAXIMA.flatmap(lambda top: st.tuples(st.just(top), lines(top))), PERCENTS)
def test_a_line_is_rounded_half_up_once(made: tuple[Decimal, Bands], value: Decimal) -> None:
    top, rule = made
    cut = rule.bands[0].lower
    assert cut is not None
    exact = Fraction(top) * Fraction(value) / 100 if value >= cut else Fraction(0)
    assert points(Leaf(top, rule), Entry(ValueAnswer(value))) == half_up(exact)


@quick
@given(st.fractions(0, 1000))
def test_rounding_is_half_up_to_the_fourth_decimal(exact: Fraction) -> None:
    assert round_points(exact) == half_up(exact)


@quick
@given(st.builds(Leaf, MAXIMA, ratios()), FIGURES, FIGURES, FIGURES.filter(bool))
def test_a_ratio_never_falls_when_its_numerator_rises(leaf: Leaf, one: Decimal, more: Decimal, below: Decimal) -> None:
    low, high = (points(leaf, Entry(RatioAnswer(top, below))) for top in (one, one + more))
    assert low <= high


@quick
@given(checklists(), st.data())
def test_a_checklist_never_falls_when_more_is_met(leaf: Leaf, data: st.DataObject) -> None:
    assert isinstance(leaf.rule, Checklist)
    plain = [index for index, item in enumerate(leaf.rule.items) if not item.is_ratio]
    ratio = [index for index, item in enumerate(leaf.rule.items) if item.is_ratio]
    some = frozenset(index for index in plain if data.draw(st.booleans()))
    more = some | {index for index in plain if data.draw(st.booleans())}
    low_percents = {index: data.draw(PERCENTS) for index in ratio}
    high_percents = {index: data.draw(st.decimals(low, 100, places=3)) for index, low in low_percents.items()}
    low = points(leaf, Entry(TickAnswer(some, low_percents)))
    assert low <= points(leaf, Entry(TickAnswer(more, low_percents)))
    assert low <= points(leaf, Entry(TickAnswer(some, high_percents)))


def rises(rule: Rule) -> bool:
    assert isinstance(rule, Bands)
    printed = [band.points or NO_POINTS for band in sorted(rule.bands, key=lambda band: band.lower or NO_POINTS)]
    return printed == sorted(printed)


@quick
@given(MAXIMA.flatmap(lambda top: st.tuples(st.just(top), bands(top).filter(rises) | lines(top))), PERCENTS, PERCENTS)
def test_rising_bands_never_fall_when_the_value_rises(made: tuple[Decimal, Bands], one: Decimal, two: Decimal) -> None:
    low, high = (points(Leaf(made[0], made[1]), Entry(ValueAnswer(value))) for value in sorted((one, two)))
    assert low <= high


@quick
@given(MAXIMA.flatmap(lambda top: printed_points(top, 2, 6)), st.integers(0, 12), st.integers(0, 12))
def test_more_cases_never_earn_more(printed: tuple[Decimal, ...], one: int, two: int) -> None:
    leaf = Leaf(max(printed), Count("x", tuple(sorted(printed, reverse=True))))
    few, many = (points(leaf, Entry(CountAnswer(count))) for count in sorted((one, two)))
    assert few >= many


@quick
@given(MAXIMA.flatmap(lambda top: printed_points(top, 3, 3)), FIGURES, FIGURES, FIGURES)
def test_a_better_year_never_earns_less(
    printed: tuple[Decimal, ...], last_year: Decimal, one: Decimal, two: Decimal
) -> None:
    leaf = Leaf(max(printed), Compare("x", *sorted(printed, reverse=True)))
    worse, better = (points(leaf, Entry(CompareAnswer(now, last_year))) for now in sorted((one, two)))
    assert worse <= better
