"""One function behind every total: exact sums, one maximum, no division by nothing."""

import random
from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.answers_file import score_answers
from cchc_core.rubric.model import Criterion, Rubric, Section
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.answers import Entry, LevelAnswer, PointsAnswer, RatioAnswer
from cchc_core.rules.kinds import EmptyDenominator, External, Leaf, Level, Levels, Ratio
from cchc_core.rules.scoring import PeriodView, Score, Status, score
from cchc_core.totals import Totals, tally, total_rubric
from tests.rubric.strategies import scored_rubrics

some = settings(max_examples=40, deadline=None)
Scored = tuple[Rubric, Mapping[str, Score]]

SUMS = (
    *("points", "max_points", "effective_max", "self_points", "self_max", "external_points", "external_max"),
    *("due_max", "lost", "at_risk", "not_due", "awaiting"),
)


def figures(totals: Totals) -> dict[str, Decimal]:
    return {name: getattr(totals, name) for name in SUMS}


def added(many: list[Totals]) -> dict[str, Decimal]:
    return {name: sum((getattr(each, name) for each in many), Decimal(0)) for name in SUMS}


@some
@given(scored_rubrics())
def test_every_point_of_the_effective_maximum_is_accounted_for_once(scored: Scored) -> None:
    totals = total_rubric(*scored)
    for t in (totals.total, *totals.parts.values(), *totals.sections.values(), *totals.groups.values()):
        assert t.points + t.lost + t.at_risk + t.not_due + t.awaiting == t.effective_max
        assert t.self_points + t.external_points == t.points
        assert t.self_max + t.external_max == t.effective_max
        assert t.due_max == t.self_max - t.not_due
        assert min(figures(t).values()) >= 0
        assert t.effective_max <= t.max_points


@some
@given(scored_rubrics(), st.randoms())
def test_a_total_is_the_sum_of_its_parts_in_any_order(scored: Scored, chance: random.Random) -> None:
    rubric, scores = scored
    totals = total_rubric(rubric, scores)
    pairs = [(leaf, scores[leaf.code]) for leaf in rubric.leaves]
    chance.shuffle(pairs)
    assert tally(pairs) == totals.total
    assert added([tally([pair]) for pair in pairs]) == figures(totals.total)
    assert added(list(totals.sections.values())) == figures(totals.total)
    if rubric.parts:
        assert added(list(totals.parts.values())) == figures(totals.total)


@some
@given(scored_rubrics())
def test_every_leaf_is_counted_once_by_its_status(scored: Scored) -> None:
    rubric, scores = scored
    totals = total_rubric(rubric, scores)
    assert totals.total.leaves == len(rubric.leaves)
    assert set(totals.total.counts) == set(Status)
    for status in Status:
        counted = [given.status for given in scores.values()].count(status)
        assert totals.total.counts[status] == counted == sum(s.counts[status] for s in totals.sections.values())


@some
@given(scored_rubrics())
def test_parts_sections_and_groups_are_listed_in_printed_order(scored: Scored) -> None:
    rubric, _ = scored
    totals = total_rubric(*scored)
    assert list(totals.parts) == [part.code for part in rubric.parts]
    assert list(totals.sections) == [section.code for section in rubric.sections]
    assert list(totals.groups) == [criterion.code for criterion in rubric.criteria if not criterion.is_leaf]


def rubric_of(*leaves: Leaf, in_sections: int = 1) -> Rubric:
    sections = tuple(Section(str(n), None, f"Lĩnh vực {n}") for n in range(in_sections))
    criteria = tuple(
        Criterion(f"{n % in_sections}.{n}", str(n % in_sections), str(n % in_sections), "x", leaf)
        for n, leaf in enumerate(leaves)
    )
    return Rubric("x", "x", "x", 2024, "x", "official", None, (), sections, criteria)


YES_NO = Levels((Level("Có", Decimal("1.0000")), Level("Không", Decimal("0.0000"))))


def test_every_total_uses_the_lowered_maximum() -> None:
    leaf = Leaf(Decimal("1.0000"), YES_NO, not_applicable_clause="hạ điểm chuẩn")
    rubric = rubric_of(leaf, leaf, leaf, in_sections=3)
    entries = (Entry(LevelAnswer(0)), Entry(not_applicable="vì"), Entry(LevelAnswer(1)))
    totals = total_rubric(rubric, {c.code: score(leaf, e) for c, e in zip(rubric.leaves, entries, strict=True)})
    assert totals.total.max_points == Decimal("3.0000")
    assert totals.total.effective_max == totals.total.self_max == totals.total.due_max == Decimal("2.0000")
    assert totals.total.percent == totals.total.self_percent == totals.total.due_percent == Decimal("50.00")
    assert [section.effective_max for section in totals.sections.values()] == [1, 0, 1]


def test_sections_are_not_rounded_before_they_are_summed() -> None:
    leaf = Leaf(Decimal("1.0000"), Ratio("a", "b"))
    rubric = rubric_of(*[leaf] * 6, in_sections=3)
    third = score(leaf, Entry(RatioAnswer(Decimal(1), Decimal(3))))
    totals = total_rubric(rubric, dict.fromkeys((c.code for c in rubric.leaves), third))
    assert [section.points for section in totals.sections.values()] == [Decimal("0.6666")] * 3
    assert totals.total.points == Decimal("1.9998")
    assert totals.total.percent == Decimal("33.33")


def test_a_maximum_of_nothing_has_no_percent_and_divides_nothing() -> None:
    leaf = Leaf(Decimal("1.0000"), YES_NO, not_applicable_clause="hạ điểm chuẩn")
    totals = total_rubric(rubric_of(leaf), {"0.0": score(leaf, Entry(not_applicable="vì"))})
    for nothing in (totals.total, totals.sections["0"], tally(())):
        assert (nothing.percent, nothing.self_percent, nothing.due_percent) == (None, None, None)


def test_a_denominator_that_is_empty_by_rule_leaves_the_total_too() -> None:
    leaf = Leaf(Decimal("1.0000"), Ratio("a", "b", empty_denominator=EmptyDenominator.NOT_APPLICABLE))
    totals = total_rubric(rubric_of(leaf), {"0.0": score(leaf, Entry(RatioAnswer(Decimal(0), Decimal(0))))})
    assert totals.total.effective_max == 0
    assert totals.total.percent is None


def test_the_percent_of_what_is_due_leaves_out_what_is_not() -> None:
    leaf, late = Leaf(Decimal("1.0000"), YES_NO), Leaf(Decimal("1.0000"), YES_NO, due_period="q3")
    q1 = PeriodView("q1", is_provisional=True, reached=frozenset({"q1"}))
    rubric = rubric_of(leaf, late)
    totals = total_rubric(rubric, {"0.0": score(leaf, Entry(LevelAnswer(0)), q1), "0.1": score(late, None, q1)}).total
    assert totals.not_due == 1
    assert totals.self_percent == Decimal("50.00")
    assert totals.due_percent == Decimal("100.00")


def test_what_is_answered_badly_or_voided_is_lost_and_what_is_not_answered_is_at_risk() -> None:
    leaf = Leaf(Decimal("1.0000"), YES_NO, void_condition="văn bản bị sửa")
    entries = (Entry(LevelAnswer(1)), Entry(LevelAnswer(0), voided="có sửa"), Entry(voided="có sửa"), None)
    rubric = rubric_of(*[leaf] * 4)
    scores = {c.code: score(leaf, entry) for c, entry in zip(rubric.leaves, entries, strict=True)}
    totals = total_rubric(rubric, scores).total
    assert totals.lost == Decimal("3.0000")
    assert totals.at_risk == Decimal("1.0000")


def test_what_others_score_is_kept_apart() -> None:
    own, others = Leaf(Decimal("1.0000"), YES_NO), Leaf(Decimal("3.0000"), External("SIPAS"))
    rubric = rubric_of(own, others, others)
    given = score(others, Entry(PointsAnswer(Decimal("1.5"), "Công văn")))
    scores = {"0.0": score(own, Entry(LevelAnswer(0))), "0.1": given, "0.2": score(others, None)}
    totals = total_rubric(rubric, scores).total
    shown = {name: str(points) for name, points in figures(totals).items() if points}
    assert shown == {
        "points": "2.5000",
        "max_points": "7.0000",
        "effective_max": "7.0000",
        "due_max": "1.0000",
        "self_points": "1.0000",
        "self_max": "1.0000",
        "external_points": "1.5000",
        "external_max": "6.0000",
        "lost": "1.5000",
        "awaiting": "3.0000",
    }
    assert totals.self_percent == Decimal("100.00")


def test_soc_trang_unanswered_is_all_at_risk_or_awaited() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    totals = total_rubric(rubric, score_answers(rubric, {}))
    assert totals.total.max_points == totals.total.effective_max == Decimal("98.5000")
    assert totals.total.self_max == totals.total.at_risk == Decimal("64.0000")
    assert totals.total.external_max == totals.total.awaiting == Decimal("34.5000")
    assert [totals.parts[code].max_points for code in ("I", "II")] == [Decimal("63.0000"), Decimal("35.5000")]
    assert totals.sections["II.4"].max_points == Decimal("4.5000")
    assert totals.total.percent == Decimal("0.00")
