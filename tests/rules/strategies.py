"""Any leaf a province could print, and any entry a scorer could make for it in any period."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from cchc_core.rules.answers import (
    Answer,
    CompareAnswer,
    CountAnswer,
    Entry,
    LevelAnswer,
    PercentAnswer,
    PointsAnswer,
    RatioAnswer,
    TickAnswer,
    ValueAnswer,
)
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    EmptyDenominator,
    External,
    Item,
    Leaf,
    Level,
    Levels,
    Linear,
    Manual,
    Ratio,
    Rule,
)
from cchc_core.rules.scoring import YEAR_END, PeriodView

quick = settings(max_examples=80, deadline=None)

YEAR = ("q1", "h1", "q3", "year")
PERIODS = (
    YEAR_END,
    *(PeriodView(code, is_provisional=True, reached=frozenset(YEAR[: i + 1])) for i, code in enumerate(YEAR[:3])),
)

WORDS = st.text("aăâđêôơưáàảãạ0123456789%,.:;«»\"'{}[]#&*!|>-?\\/ \n\t", min_size=1, max_size=40).map(str.split)
TEXTS = WORDS.map(" ".join).filter(bool)
PERCENTS = st.decimals(0, 100, places=3)
FIGURES = st.decimals(0, 1_000_000, places=2)


def four_decimals(least: int, most: Decimal) -> st.SearchStrategy[Decimal]:
    return st.integers(least, int(most * 10_000)).map(lambda units: Decimal(units).scaleb(-4))


MAXIMA = four_decimals(1, Decimal(20))


def printed_points(top: Decimal, least: int, most: int) -> st.SearchStrategy[tuple[Decimal, ...]]:
    """Some points within the maximum, one of them the maximum itself."""
    others = st.lists(four_decimals(0, top), min_size=least - 1, max_size=most - 1)
    return others.flatmap(lambda points: st.permutations([top, *points])).map(tuple)


@st.composite
def checklists(draw: st.DrawFn) -> Leaf:
    items = tuple(
        Item(draw(TEXTS), points, draw(st.booleans()), draw(st.sampled_from((None, *YEAR))))
        for points in draw(st.lists(four_decimals(0, Decimal(2)), min_size=1, max_size=8).filter(any))
    )
    together = sum((item.points for item in items), Decimal(0))
    at_least = max(item.points for item in items)
    top = draw(st.one_of(st.just(together), four_decimals(int(at_least * 10_000), together)))
    return Leaf(top, Checklist(items))


def ratios(_top: Decimal | None = None) -> st.SearchStrategy[Rule]:
    floors = st.none() | st.integers(0, 100).map(Decimal)
    return st.builds(Ratio, TEXTS, TEXTS, floors, st.sampled_from(EmptyDenominator))


@st.composite
def bands(draw: st.DrawFn, top: Decimal) -> Rule:
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=4)))
    points = draw(printed_points(top, len(cuts) + 1, len(cuts) + 1))
    bounds = [Decimal(0), *map(Decimal, cuts), Decimal(100)]
    goes_up = [True, *(draw(st.booleans()) for _ in cuts), False]  # the cut itself belongs to the band above
    built = tuple(
        Band(bounds[i], bounds[i + 1], goes_up[i], not goes_up[i + 1], points[i]) for i in range(len(bounds) - 1)
    )
    return Bands(draw(TEXTS), "%", built)


@st.composite
def lines(draw: st.DrawFn, top: Decimal) -> Rule:
    cut = Decimal(draw(st.integers(1, 99)))
    below = Band(Decimal(0), cut, True, False, Decimal("0.0000"))
    above = Band(cut, Decimal(100), True, True, linear=Linear(top / 100, Decimal(0)))
    return Bands(draw(TEXTS), "%", (above, below))


KINDS: tuple[Callable[[Decimal], st.SearchStrategy[Rule]], ...] = (
    lambda top: st.builds(lambda t, p: Levels(tuple(Level(t, one) for one in p)), TEXTS, printed_points(top, 2, 5)),
    ratios,
    bands,
    lines,
    lambda top: st.builds(Count, TEXTS, printed_points(top, 2, 6)),
    lambda top: st.builds(lambda t, p: Compare(t, *p), TEXTS, printed_points(top, 3, 3)),
    lambda top: st.builds(External, TEXTS),
    lambda top: st.builds(Manual, st.sampled_from((Decimal("0.0001"), top)), TEXTS),
)


@st.composite
def leaves(draw: st.DrawFn) -> Leaf:
    if draw(st.integers(0, len(KINDS))) == 0:
        bare = draw(checklists())
    else:
        top = draw(MAXIMA)
        bare = Leaf(top, draw(draw(st.sampled_from(KINDS))(top)))
    due = None if bare.is_external else draw(st.sampled_from((None, None, *YEAR)))
    return Leaf(bare.max_points, bare.rule, draw(st.none() | TEXTS), draw(st.none() | TEXTS), due)


@st.composite
def answers_to(draw: st.DrawFn, leaf: Leaf, period: PeriodView = YEAR_END) -> Answer:  # noqa: C901 (one line a kind)
    match leaf.rule:
        case Levels(levels):
            return LevelAnswer(draw(st.integers(0, len(levels) - 1)))
        case Checklist(items):
            due = [index for index, item in enumerate(items) if period.has_reached(item.due_period)]
            met = draw(st.sets(st.sampled_from(due))) if due else set()
            ratio = {index for index in met if items[index].is_ratio}
            return TickAnswer(frozenset(met - ratio), {index: draw(PERCENTS) for index in ratio})
        case Ratio():
            if leaf.rule.empty_denominator != EmptyDenominator.REFUSE and draw(st.integers(0, 9)) == 0:
                return RatioAnswer(Decimal(0), Decimal(0))
            return RatioAnswer(draw(FIGURES), draw(FIGURES.filter(bool)))
        case Bands(bands=printed):
            return ValueAnswer(draw(PERCENTS.filter(lambda value: any(band.holds(value) for band in printed))))
        case Count():
            return CountAnswer(draw(st.integers(0, 12)))
        case Compare():
            return CompareAnswer(draw(FIGURES), draw(FIGURES))
        case External():
            given_points = four_decimals(0, leaf.max_points)
            return draw(st.builds(PointsAnswer, given_points, TEXTS) | st.builds(PercentAnswer, PERCENTS, TEXTS))
        case Manual(step):
            return PointsAnswer(draw(st.integers(0, int(leaf.max_points / step))) * step)


@dataclass(frozen=True)
class Situation:
    """A leaf, what is entered for it, and the period it is scored in; the core must take it."""

    leaf: Leaf
    entry: Entry
    period: PeriodView


@st.composite
def situations(draw: st.DrawFn, leaf: Leaf | None = None) -> Situation:
    leaf = leaf or draw(leaves())
    period = draw(st.sampled_from(PERIODS))
    can_answer = period.has_reached(leaf.due_period)
    choices = ["nothing", *(["answer"] * 4 if can_answer else [])]
    choices += ["not applicable"] if leaf.not_applicable_clause else []
    choices += ["not due"] if period.is_provisional and not leaf.is_external else []
    choices += ["voided", *(["voided answer"] if can_answer else [])] if leaf.void_condition else []
    chosen = draw(st.sampled_from(choices))
    entry = Entry(
        answer=draw(answers_to(leaf, period)) if "answer" in chosen else None,
        not_applicable=draw(TEXTS) if chosen == "not applicable" else None,
        voided=draw(TEXTS) if "voided" in chosen else None,
        not_due=chosen == "not due",
    )
    return Situation(leaf, entry, period)
