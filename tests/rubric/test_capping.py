"""Caps on bonuses and penalties: held at every level, counted in printed order, told in words."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.rubric.capping import capped
from cchc_core.rubric.model import Cap, Criterion, Rubric, Section
from cchc_core.rules.answers import Entry, PointsAnswer
from cchc_core.rules.kinds import Effect, Leaf, Manual
from cchc_core.rules.scoring import Score, Status, score
from cchc_core.totals import total_rubric
from tests.rubric.strategies import adjusted_rubrics, scored_rubrics

TYPED = Manual(Decimal("0.0001"), "nhập tay")
ZERO = Decimal(0)
TEN = Decimal(10)
some = settings(max_examples=60, deadline=None)


def leaf(code: str, parent: str, effect: Effect = Effect.NORMAL, top: str = "2") -> Criterion:
    section = code.partition(".")[0]
    return Criterion(code, parent, section, f"Tiêu chí {code}", Leaf(Decimal(top), TYPED, effect=effect))


GOLDEN = Rubric(
    id="thuong-tru",
    title="Bộ có điểm thưởng, điểm trừ",
    issuer="Tỉnh thử",
    year=2026,
    document="QĐ 1/QĐ-UBND",
    points_source="official",
    declared_total=None,
    parts=(),
    sections=(Section("1", None, "Chỉ đạo"), Section("2", None, "Thưởng và trừ")),
    criteria=(
        leaf("1.1", "1", top="10"),
        leaf("1.2", "1", Effect.PENALTY),
        Criterion("2.1", "2", "2", "Thưởng"),
        leaf("2.1.1", "2.1", Effect.BONUS),
        leaf("2.1.2", "2.1", Effect.BONUS),
        leaf("2.2", "2", Effect.BONUS),
        leaf("2.3", "2", Effect.PENALTY),
    ),
    caps=(Cap(Effect.BONUS, Decimal("2.5"), "2.1"), Cap(Effect.BONUS, Decimal(3)), Cap(Effect.PENALTY, Decimal("1.5"))),
)


def scores(**typed: str) -> dict[str, Score]:
    """Score the golden set; codes with underscores for points."""
    points = {code.replace("_", ".").lstrip("c"): Decimal(value) for code, value in typed.items()}
    entries = {code: Entry(PointsAnswer(value)) for code, value in points.items()}
    return {each.code: score(each.scored, entries.get(each.code)) for each in GOLDEN.leaves}


def counted(found: Mapping[str, Score]) -> dict[str, str]:
    return {code: str(each.points) for code, each in found.items() if each.points}


def test_bonuses_and_penalties_count_in_printed_order_until_a_cap_is_full() -> None:
    given_scores = scores(c1_1="9", c1_2="1", c2_1_1="2", c2_1_2="1", c2_2="1", c2_3="2")
    found = capped(GOLDEN, given_scores)
    assert counted(found) == {
        "1.1": "9.0000",
        "1.2": "-1.0000",
        "2.1.1": "2.0000",
        "2.1.2": "0.5000",
        "2.2": "0.5000",
        "2.3": "-0.5000",
    }
    totals = total_rubric(GOLDEN, given_scores)
    assert (totals.total.points, totals.total.bonus, totals.total.penalty) == (
        Decimal("10.5000"),
        Decimal("3.0000"),
        Decimal("1.5000"),
    )
    assert (totals.total.max_points, totals.total.effective_max, totals.total.lost) == (TEN, TEN, Decimal("2.5"))
    assert totals.total.percent == Decimal("105.00")
    assert (totals.groups["2.1"].points, totals.sections["2"].points) == (Decimal("2.5"), Decimal("2.5"))
    assert (totals.sections["2"].percent, totals.sections["1"].percent) == (None, Decimal("80.00"))
    assert (totals.total.leaves, totals.total.applicable, totals.total.met) == (1, 1, 0)
    assert (totals.total.adjustments, totals.total.adjustments_done) == (5, 5)


def test_what_a_cap_leaves_out_is_said_in_the_explanation_and_not_forgotten() -> None:
    found = capped(GOLDEN, scores(c2_1_1="2", c2_1_2="1", c2_2="1", c1_2="2", c2_3="1"))
    assert found["2.1.2"].explanation.endswith(
        "tính +1,0000 điểm; chỉ tính +0,5000 điểm vì điểm thưởng của 2.1 tối đa 2,5000."
    )
    assert found["2.2"].explanation.endswith("chỉ tính +0,5000 điểm vì điểm thưởng của cả bộ tiêu chí tối đa 3,0000.")
    assert found["2.3"].explanation.endswith("chỉ tính 0,0000 điểm vì điểm trừ của cả bộ tiêu chí tối đa 1,5000.")
    before = found["2.3"].before_cap
    assert before is not None
    assert (before.points, found["2.3"].open_points) == (Decimal("-1.0000"), ZERO)


def test_when_an_earlier_bonus_falls_a_later_one_counts_again() -> None:
    full = capped(GOLDEN, scores(c2_1_1="2", c2_1_2="1"))
    less = {**full, "2.1.1": scores(c2_1_1="1")["2.1.1"]}
    assert counted(capped(GOLDEN, less)) == {"2.1.1": "1.0000", "2.1.2": "1.0000"}
    assert capped(GOLDEN, less)["2.1.2"] == scores(c2_1_2="1")["2.1.2"]


def test_a_cap_that_is_written_twice_counts_once() -> None:
    twice = replace(GOLDEN, caps=GOLDEN.caps * 2)
    given_scores = scores(c1_2="1", c2_1_1="2", c2_1_2="1", c2_2="1", c2_3="2")
    assert counted(capped(twice, given_scores)) == counted(capped(GOLDEN, given_scores))


def test_bonuses_and_penalties_are_no_part_of_any_maximum() -> None:
    assert [GOLDEN.max_points(code) for code in (None, "1", "2", "2.1")] == [10, 10, 0, 0]
    assert GOLDEN.max_points("2.2") == 2
    assert [each.code for each in GOLDEN.adjustments] == ["1.2", "2.1.1", "2.1.2", "2.2", "2.3"]


def test_a_set_that_nobody_has_answered_has_nothing_at_risk_but_its_own_maximum() -> None:
    totals = total_rubric(GOLDEN, scores()).total
    assert (totals.at_risk, totals.points, totals.counts[Status.MISSING]) == (TEN, ZERO, 1)
    assert (totals.adjustments, totals.adjustments_done) == (5, 0)


@some
@given(scored_rubrics(adjusted_rubrics()))
def test_every_cap_is_held_and_no_point_is_left_out_that_has_room(made: tuple[Rubric, Mapping[str, Score]]) -> None:
    rubric, found = made
    for cap in rubric.caps:
        below = rubric.leaves if cap.node is None else rubric.leaves_of(cap.node)
        amounts = [abs(found[each.code].points) for each in below if each.scored.effect is cap.effect]
        assert sum(amounts, ZERO) <= cap.most
    for each in rubric.adjustments:
        before = found[each.code].before_cap
        if before is not None:
            assert abs(found[each.code].points) < abs(before.points)
            assert any(_is_full(rubric, found, cap) for cap in rubric.caps if cap.effect is each.scored.effect)


def _is_full(rubric: Rubric, found: Mapping[str, Score], cap: Cap) -> bool:
    below = rubric.leaves if cap.node is None else rubric.leaves_of(cap.node)
    return sum((abs(found[c.code].points) for c in below if c.scored.effect is cap.effect), ZERO) == cap.most


@some
@given(scored_rubrics(adjusted_rubrics()))
def test_capping_twice_changes_nothing_more(made: tuple[Rubric, Mapping[str, Score]]) -> None:
    rubric, found = made
    assert dict(capped(rubric, found)) == dict(found)


@some
@given(scored_rubrics(adjusted_rubrics()), st.booleans())
def test_every_point_is_accounted_for_once(made: tuple[Rubric, Mapping[str, Score]], is_total: bool) -> None:
    totals = total_rubric(*made)
    listed = [totals.total] if is_total else [*totals.sections.values(), *totals.groups.values()]
    for each in listed:
        assert each.points + each.lost + each.at_risk + each.not_due + each.awaiting == each.effective_max + each.bonus
        assert each.self_points + each.external_points == each.points
        assert each.self_max + each.external_max == each.effective_max <= each.max_points
        assert each.penalty <= each.lost
        assert min(each.bonus, each.penalty, each.lost, each.at_risk, each.not_due, each.awaiting) >= 0
        assert each.percent is None or each.percent <= 100 or each.bonus > 0


@some
@given(scored_rubrics(adjusted_rubrics()))
def test_totals_of_sections_and_groups_add_up(made: tuple[Rubric, Mapping[str, Score]]) -> None:
    rubric, _ = made
    totals = total_rubric(*made)
    for name in ("points", "max_points", "effective_max", "bonus", "penalty", "external_bonus", "lost"):
        assert sum((getattr(each, name) for each in totals.sections.values()), ZERO) == getattr(totals.total, name)
    assert totals.total.leaves + totals.total.adjustments == len(rubric.leaves)
    assert totals.total.max_points == rubric.max_points()
