"""Assessments with bonuses, penalties and caps: whatever is shown of them adds up to the totals."""

from dataclasses import fields, replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.attention import Reason, items
from cchc_core.best_answers import best_answer
from cchc_core.figures import COUNTED, Figure, behind, figure_count, figure_points
from cchc_core.forecast import Basis, LeafForecast, Sums, forecast
from cchc_core.rubric.model import Cap, Criterion, Rubric, Section
from cchc_core.rules.answers import Entry, PointsAnswer, read_entry
from cchc_core.rules.decimals import ZERO
from cchc_core.rules.kinds import Checklist, Count, Effect, Item, Leaf, Level, Levels, Manual, Rule
from cchc_core.rules.period import YEAR_END
from cchc_core.rules.scoring import Status, score
from cchc_core.shares import Shares, joined, shares
from cchc_core.sheet import Sheet
from cchc_core.store.outlooks import Outlook
from cchc_core.targets import Target, TargetKind, need
from cchc_core.task_links.open_points import open_points
from cchc_core.what_if import try_out
from tests.forecast_sheets import OWN, PART, Q1, outlook
from tests.forecast_sheets import sheet_of as few
from tests.rubric.strategies import adjusted_rubrics
from tests.sheets import MOMENT, entries_for, sheets

some = settings(max_examples=60, deadline=None)
TYPED = Manual(Decimal("0.0001"), "nhập tay")
BONUS, PENALTY = (Leaf(Decimal(2), TYPED, effect=effect) for effect in (Effect.BONUS, Effect.PENALTY))


def points(typed: str) -> Entry:
    return Entry(PointsAnswer(Decimal(typed)))


def set_of(*leaves: Leaf, caps: tuple[Cap, ...] = ()) -> Rubric:
    """A set of one section whose leaves are a, b, c …"""
    criteria = tuple(Criterion(chr(ord("a") + n), "0", "0", "x", leaf) for n, leaf in enumerate(leaves))
    return Rubric("x", "x", "x", 2026, "x", "official", None, (), (Section("0", None, "x"),), criteria, caps=caps)


@st.composite
def adjusted_sheets(draw: st.DrawFn) -> Sheet:
    """Any answers to any set with bonuses and penalties, and any answers that are expected by the year's end."""
    sheet = draw(sheets(adjusted_rubrics()))
    expected: dict[str, Outlook] = {}
    for leaf in sheet.rubric.leaves:
        entry = draw(st.none() | entries_for(leaf.scored, YEAR_END))
        if entry is not None and not entry.is_empty:
            expected[leaf.code] = Outlook(leaf.code, entry, {"some": "answer"}, draw(st.booleans()), 1, "Lan", MOMENT)
    return replace(sheet, outlooks={**sheet.outlooks, **expected})


@some
@given(adjusted_sheets())
def test_every_point_of_the_year_is_in_one_of_the_four_sums(sheet: Sheet) -> None:
    found = forecast(sheet)
    everywhere: list[LeafForecast | Sums] = [*found.leaves.values(), *found.sections.values(), found.total]
    for each in everywhere:
        assert each.earned + each.within_reach + each.lost + each.external == each.effective_max + each.bonus
        assert each.low <= each.expected <= each.high <= each.effective_max + each.bonus
        assert min(each.within_reach, each.lost, each.external, each.bonus) >= 0
    for name in ("earned", "within_reach", "lost", "external", "bonus", "low", "expected", "high", "external_points"):
        assert sum((getattr(each, name) for each in found.sections.values()), ZERO) == getattr(found.total, name)


@some
@given(adjusted_sheets())
def test_what_is_expected_of_bonuses_and_penalties_stays_within_the_caps(sheet: Sheet) -> None:
    found = forecast(sheet)
    for cap in sheet.rubric.caps:
        below = sheet.rubric.leaves if cap.node is None else sheet.rubric.leaves_of(cap.node)
        of_cap = [found.leaves[leaf.code] for leaf in below if leaf.scored.effect is cap.effect]
        for figure in ("low", "expected", "high"):
            assert sum((abs(getattr(each, figure)) for each in of_cap), ZERO) <= cap.most


@some
@given(sheets(adjusted_rubrics()))
def test_the_criteria_behind_a_figure_add_up_to_it(sheet: Sheet) -> None:
    found = forecast(sheet)
    for section in (None, *(section.code for section in sheet.rubric.sections)):
        for figure in Figure:
            listed = behind(sheet, found, figure, section)
            if figure in COUNTED:
                assert len(listed) == figure_count(sheet, figure, section)
            else:
                assert sum((each for _, each in listed), ZERO) == figure_points(sheet, found, figure, section)


@some
@given(sheets(adjusted_rubrics()))
def test_as_many_criteria_are_behind_a_figure_as_the_totals_count(sheet: Sheet) -> None:
    found, totals = forecast(sheet), sheet.totals.total
    count = {figure: len(behind(sheet, found, figure)) for figure in Figure}
    assert count[Figure.MISSING] == totals.counts[Status.MISSING]
    assert count[Figure.AWAITING] == totals.counts[Status.AWAITING]
    assert count[Figure.NOT_APPLICABLE] == totals.counts[Status.NOT_APPLICABLE]
    assert count[Figure.EFFECTIVE_MAX] == count[Figure.APPLICABLE] == totals.applicable
    assert count[Figure.BONUS] + count[Figure.PENALTY] == totals.adjustments
    assert count[Figure.ALL] == totals.leaves + totals.adjustments


@some
@given(sheets(adjusted_rubrics()))
def test_what_needs_attention_adds_up_to_the_totals(sheet: Sheet) -> None:
    listed, totals = items(sheet), sheet.totals.total
    assert sum((item.lost for item in listed), ZERO) == totals.lost
    assert sum((item.missing for item in listed), ZERO) == totals.at_risk
    assert min((item.at_stake for item in listed), default=ZERO) >= 0
    for item in listed:
        assert (item.main_reason is Reason.TAKEN_OFF) == (item.score.points < 0)


@some
@given(sheets(adjusted_rubrics()))
def test_a_bar_has_the_maximum_and_what_comes_on_top(sheet: Sheet) -> None:
    for totals in (sheet.totals.total, *sheet.totals.sections.values()):
        parts = shares(totals)
        every = sum((getattr(parts, field.name) for field in fields(Shares) if field.name != "bonus"), ZERO)
        assert every == totals.max_points + totals.bonus
        assert (parts.earned, parts.external_given) == (totals.self_points, totals.external_points)
        assert min(parts.lost, parts.external_lost, parts.missing, parts.not_due, parts.awaiting) >= 0
        assert (parts.points, parts.percent, parts.bonus) == (totals.points, totals.percent, totals.bonus)
        assert (parts.max_points, parts.effective_max) == (totals.max_points, totals.effective_max)

    assert joined(map(shares, sheet.totals.sections.values())) == shares(sheet.totals.total)


def test_a_bonus_is_not_counted_on_before_somebody_enters_or_expects_it() -> None:
    rubric = set_of(OWN, BONUS)
    nothing = forecast(few(rubric, {}, Q1)).total
    assert (nothing.expected, nothing.high, nothing.within_reach) == (ZERO, Decimal(1), Decimal(1))
    hoped = forecast(few(rubric, {}, Q1, outlooks=[outlook("b", points("1.5"))]))
    assert (hoped.total.expected, hoped.total.high) == (Decimal("1.5"), Decimal("2.5"))
    assert (hoped.leaves["b"].within_reach, hoped.leaves["b"].basis) == (Decimal("1.5"), Basis.EXPECTED)
    assert hoped.leaves["b"].explanation.startswith("Điểm thưởng: chưa chấm, tính 0,0000 điểm; dự kiến +1,5000 điểm")


def test_what_a_penalty_takes_off_is_within_reach_while_it_can_be_mended_and_lost_afterwards() -> None:
    rubric = set_of(OWN, PENALTY)
    entries = {"a": PART, "b": points("0.5")}
    running = forecast(few(rubric, entries, Q1)).leaves["b"]
    assert (running.earned, running.within_reach, running.lost) == (Decimal("-0.5"), Decimal("0.5"), ZERO)
    final = forecast(few(rubric, entries, Q1, outlooks=[outlook("b", is_final=True)])).leaves["b"]
    assert (final.earned, final.within_reach, final.lost) == (Decimal("-0.5"), ZERO, Decimal("0.5"))
    assert final.explanation == "Điểm trừ, tính −0,5000 điểm: đã chốt, không lấy thêm điểm được nữa."


def test_the_rate_so_far_is_that_of_the_criteria_that_have_a_maximum() -> None:
    rubric = set_of(OWN, BONUS, PENALTY)
    found = forecast(few(rubric, {"a": PART, "b": points("2"), "c": points("1")}, Q1))
    assert found.rate == Decimal("40.00")


def test_a_target_counts_bonuses_that_are_there_and_no_bonus_closes_a_gap_of_criteria() -> None:
    rubric = set_of(OWN, OWN, BONUS)
    sheet = few(rubric, {"a": PART, "c": points("1")}, Q1)
    found = need(sheet, forecast(sheet), Target(None, TargetKind.POINTS, Decimal("1.5")))
    assert (found.standing, found.gap, found.closing) == (Decimal("1.4"), Decimal("0.1"), ("b",))
    illustrative = replace(sheet, rubric=replace(rubric, points_source="illustrative"))
    hoped = forecast(replace(illustrative, outlooks={"c": outlook("c", points("2"))}))
    counted = need(illustrative, hoped, Target(None, TargetKind.CRITERIA, Decimal(2)))
    assert (counted.maximum, counted.closing) == (Decimal(2), ("a", "b"))


def test_the_best_answer_of_a_penalty_takes_nothing_off() -> None:
    late = Count("lần chậm", (ZERO, Decimal(1), Decimal(2)))
    chosen = Levels((Level("Có", Decimal(2)), Level("Không", ZERO)))
    ticked = Checklist((Item("Chậm báo cáo", Decimal(1)), Item("Sai số liệu", Decimal(1))))
    raws: dict[Rule, dict[str, object]] = {
        late: {"count": 2},
        chosen: {"level": 0},
        ticked: {"ticked": [0]},
        TYPED: {"points": "2"},
    }
    for rule, worst in raws.items():
        leaf = Leaf(Decimal(2), rule, effect=Effect.PENALTY)
        now = score(leaf, read_entry(leaf, worst))
        best = best_answer(leaf, read_entry(leaf, worst), YEAR_END, now.points)
        assert best is not None
        assert score(leaf, read_entry(leaf, best)).points == 0
        assert best_answer(leaf, None, YEAR_END, ZERO) is None


def test_an_unanswered_bonus_needs_no_attention_and_an_unanswered_penalty_does() -> None:
    listed = items(few(set_of(BONUS, PENALTY), {}, Q1))
    assert [item.criterion.code for item in listed] == ["b"]
    assert (listed[0].at_stake, listed[0].main_reason) == (ZERO, Reason.NOT_SCORED)
    assert listed[0].asks_for == "Chưa nhập kết quả; xác nhận không có gì bị trừ, hoặc nhập phần bị trừ"


def test_a_carried_penalty_brings_no_unconfirmed_points() -> None:
    sheet = few(set_of(BONUS, PENALTY), {"a": points("1"), "b": points("0.5")}, Q1, carried=("a", "b"))
    found = {item.criterion.code: (item.lost, item.unconfirmed) for item in items(sheet)}
    assert found == {"a": (ZERO, Decimal(1)), "b": (Decimal("0.5"), ZERO)}


def test_work_can_only_win_back_what_a_penalty_takes_off() -> None:
    sheet = few(set_of(BONUS, PENALTY), {"a": points("1"), "b": points("0.5")}, Q1)
    assert (open_points(sheet, "a"), open_points(sheet, "b")) == (ZERO, Decimal("0.5"))


def test_trying_out_a_smaller_bonus_lets_a_later_one_count() -> None:
    rubric = set_of(OWN, BONUS, BONUS, caps=(Cap(Effect.BONUS, Decimal("2.5")),))
    sheet = few(rubric, {"b": points("2"), "c": points("2")}, Q1)
    assert sheet.totals.total.points == Decimal("2.5")
    tried = try_out(sheet, {"b": {"points": "0"}}).sheet
    assert (tried.totals.total.points, tried.scores["c"].points) == (Decimal(2), Decimal(2))
    assert tried.scores["c"].status is Status.SCORED
