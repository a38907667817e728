"""Answers by chance: for a criterion anything that its rule takes, of every kind and modifier."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from cchc_core.rules.entries import (
    EMPTY,
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
from cchc_core.rules.kinds import Bands, Checklist, Compare, Count, External, Leaf, Levels, Manual, Ratio
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import PeriodView, score

REASON = "không được giao nhiệm vụ này"
_AMOUNTS = st.one_of(st.integers(0, 40).map(Decimal), st.decimals(0, 5000, places=2), st.decimals(0, 3, places=4))
_PERCENTS = st.one_of(st.sampled_from([Decimal(0), Decimal(100), Decimal("96.51")]), st.decimals(0, 100, places=3))


def entries(leaf: Leaf, period: PeriodView) -> st.SearchStrategy[Entry]:
    """Give entries that the rule of a criterion takes in a period, empty ones among them."""
    wanted = st.one_of(_answers(leaf, period).map(Entry), _answers(leaf, period).map(Entry), _others(leaf))
    return wanted.map(lambda entry: entry if _fits(leaf, entry, period) else EMPTY)


def _fits(leaf: Leaf, entry: Entry, period: PeriodView) -> bool:
    try:
        score(leaf, entry, period)
    except AnswerRefused:
        return False
    return True


def _others(leaf: Leaf) -> st.SearchStrategy[Entry]:
    voided = st.sampled_from([Entry(voided="có chỉnh sửa"), Entry(LevelAnswer(0), voided="có chỉnh sửa")])
    return st.one_of(st.just(Entry(not_applicable=REASON)), st.just(Entry(not_due=True)), voided, st.just(EMPTY))


def _answers(leaf: Leaf, period: PeriodView) -> st.SearchStrategy[Answer]:  # noqa: C901 (one line a kind)
    match leaf.rule:
        case Levels(levels):
            return st.integers(0, len(levels) - 1).map(LevelAnswer)
        case Checklist():
            return _ticks(leaf.rule, period)
        case Ratio():
            return st.builds(RatioAnswer, _AMOUNTS, _AMOUNTS)
        case Bands() as rule:
            return (_PERCENTS if rule.is_percent else _AMOUNTS).map(ValueAnswer)
        case Count(_, listed):
            return st.integers(0, len(listed) + 2).map(CountAnswer)
        case Compare():
            return st.builds(CompareAnswer, _AMOUNTS, _AMOUNTS)
        case External():
            points = st.decimals(0, leaf.max_points, places=4).map(lambda each: PointsAnswer(each, "Báo cáo điều tra"))
            return st.one_of(points, _PERCENTS.map(lambda each: PercentAnswer(each, "Báo cáo điều tra")))
        case Manual(step, _):
            steps = int(Fraction(leaf.max_points) / Fraction(step))
            return st.integers(0, steps).map(lambda many: PointsAnswer(many * step))


def _ticks(rule: Checklist, period: PeriodView) -> st.SearchStrategy[Answer]:
    due = [index for index, item in enumerate(rule.items) if period.has_reached(item.due_period)]
    marks = [index for index in due if not rule.items[index].is_ratio]
    ratios = [index for index in due if rule.items[index].is_ratio]
    ticked = st.frozensets(st.sampled_from(marks)) if marks else st.just(frozenset[int]())
    percents = st.fixed_dictionaries({}, optional=dict.fromkeys(ratios, _PERCENTS))
    return st.builds(TickAnswer, ticked, percents)
