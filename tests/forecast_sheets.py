"""Sheets as a forecast reads them: of a few leaves, or of the printed criteria sets with any answers and outlooks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st

from cchc_core.forecast import LeafForecast, Sums
from cchc_core.permissions import State
from cchc_core.rubric.capping import capped
from cchc_core.rubric.model import Criterion, Rubric, Section
from cchc_core.rubric_files import read_rubric
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
    entry_to_json,
)
from cchc_core.rules.kinds import Bands, Checklist, Compare, Count, External, Leaf, Level, Levels, Manual, Ratio
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import PeriodView, Score, score
from cchc_core.sheet import Sheet
from cchc_core.store.answers import StoredAnswer
from cchc_core.store.assessments import Assessment
from cchc_core.store.outlooks import Outlook
from cchc_core.totals import total_rubric

NOON = datetime.fromisoformat("2024-04-01T05:00:00")  # UTC, without a zone as it is stored
CODES = ("q1", "h1", "q3")
QUARTERS = {
    code: PeriodView(code, is_provisional=True, reached=frozenset(CODES[: place + 1]))
    for place, code in enumerate(CODES)
}
Q1, H1, Q3 = QUARTERS.values()
YEAR = PeriodView("year")
PERIODS = (Q1, H1, Q3, YEAR)
PRINTED = tuple(read_rubric(rubric_id) for rubric_id in ("soctrang-tttt-2022", "namdinh-tnmt-2024"))


ONE, ZERO = Decimal("1.0000"), Decimal("0.0000")
STEPS = Levels((Level("Đủ", ONE), Level("Một phần", Decimal("0.4000")), Level("Không", ZERO)))
FULL, PART, NONE = (Entry(LevelAnswer(level)) for level in range(3))
OWN = Leaf(ONE, STEPS)
ANY = Leaf(ONE, STEPS, not_applicable_clause="hạ điểm chuẩn", void_condition="văn bản bị sửa")
OTHERS = Leaf(Decimal("3.0000"), External("SIPAS"), "hạ điểm chuẩn", "số liệu sai")

FIGURES = ("effective_max", "earned", "within_reach", "lost", "external", "low", "expected", "high")


def figures(of: LeafForecast | Sums) -> dict[str, str]:
    """What is not nothing, as text: four decimals and all."""
    return {name: str(getattr(of, name)) for name in FIGURES if getattr(of, name)}


def rubric_of(*leaves: Leaf, in_sections: int = 1, points_source: str = "official") -> Rubric:
    """A set whose leaves are a, b, c …, dealt out to the sections 0, 1, …"""
    sections = tuple(Section(str(n), None, f"Lĩnh vực {n}") for n in range(in_sections))
    criteria = tuple(
        Criterion(chr(ord("a") + n), str(n % in_sections), str(n % in_sections), "x", leaf)
        for n, leaf in enumerate(leaves)
    )
    return Rubric("x", "x", "x", 2024, "x", points_source, None, (), sections, criteria)


def outlook(code: str, expected: Entry | None = None, *, is_final: bool = False) -> Outlook:
    raw = {} if expected is None else entry_to_json(expected)
    return Outlook(code, expected, raw, is_final, 1, "Lan", NOON)


def sheet_of(
    rubric: Rubric,
    entries: Mapping[str, Entry],
    period: PeriodView = YEAR,
    *,
    carried: Collection[str] = (),
    outlooks: Collection[Outlook] = (),
) -> Sheet:
    given = {leaf.code: score(leaf.scored, entries.get(leaf.code), period) for leaf in rubric.leaves}
    scores = capped(rubric, given)
    answers = {
        code: StoredAnswer(code, 1, entry, entry_to_json(entry), "", "Lan", NOON, "k" if code in carried else None)
        for code, entry in entries.items()
    }
    return Sheet(
        _assessment(rubric, period),
        rubric,
        period,
        answers,
        scores,
        total_rubric(rubric, scores),
        {each.code: each for each in outlooks},
    )


def _assessment(rubric: Rubric, period: PeriodView) -> Assessment:
    code = period.code or "year"
    return Assessment(
        id="k1",
        unit_id="d",
        unit_name="Sở Thử nghiệm",
        rubric_id=rubric.id,
        rubric_title=rubric.title,
        rubric_sha256="0" * 64,
        period_id=code,
        period_code=code,
        period_title=code,
        period_order=1,
        year=rubric.year,
        is_provisional=period.is_provisional,
        state=State.DRAFT,
        is_locked=False,
        change_number=1,
        data_from=None,
        data_to=None,
        internal_due=None,
        outward_due=None,
        period=period,
    )


def some_entries(leaf: Leaf, period: PeriodView) -> tuple[Entry, ...]:
    """Entries of every sort that the leaf takes in the period."""
    tried = [Entry(answer) for answer in _some_answers(leaf)]
    tried += [Entry(not_applicable="vì"), Entry(voided="vì"), Entry(not_due=True)]
    return tuple(entry for entry in tried if _is_taken(leaf, entry, period))


def _is_taken(leaf: Leaf, entry: Entry, period: PeriodView) -> bool:
    try:
        score(leaf, entry, period)
    except AnswerRefused:
        return False
    return True


def _some_answers(leaf: Leaf) -> Sequence[Answer]:  # noqa: C901 (one line a kind)
    match leaf.rule:
        case Levels(levels):
            return [LevelAnswer(place) for place in range(len(levels))]
        case Checklist(items):
            sure = [place for place, item in enumerate(items) if not item.is_ratio]
            shares = {place: Decimal("33.3") for place, item in enumerate(items) if item.is_ratio}
            return [TickAnswer(frozenset(sure[:many])) for many in range(len(sure) + 1)] + [
                TickAnswer(frozenset(sure), shares)
            ]
        case Ratio():
            return [
                RatioAnswer(Decimal(top), Decimal(bottom)) for top, bottom in ((0, 7), (3, 7), (6, 7), (7, 7), (0, 0))
            ]
        case Bands():
            return [ValueAnswer(Decimal(value)) for value in ("0", "50", "81.5", "97.25", "100")]
        case Count():
            return [CountAnswer(count) for count in (0, 1, 2, 9)]
        case Compare():
            return [CompareAnswer(Decimal(this_year), Decimal(2)) for this_year in (1, 2, 3)]
        case External():
            return [PercentAnswer(Decimal(33), "SIPAS"), PointsAnswer(leaf.max_points, "SIPAS")]
        case Manual():
            return [PointsAnswer(Decimal(0)), PointsAnswer(leaf.max_points)]


@dataclass(frozen=True)
class Running:
    """A printed set in any period of its year, and the scores of the year before."""

    sheet: Sheet
    last_year: Mapping[str, Score]


_ENTRIES = {
    (rubric.id, period.code): tuple(some_entries(leaf.scored, period) for leaf in rubric.leaves)
    for rubric in PRINTED
    for period in PERIODS
}
_OFTEN_NONE = st.integers(-6, 11)


@st.composite
def running(draw: st.DrawFn) -> Running:
    rubric, period = draw(st.sampled_from(PRINTED)), draw(st.sampled_from(PERIODS))
    codes = [leaf.code for leaf in rubric.leaves]
    entries = _drawn(draw, rubric, period)
    expected = _drawn(draw, rubric, draw(st.sampled_from((YEAR, period))))
    final, carried = draw(st.sets(st.sampled_from(codes))), draw(st.sets(st.sampled_from(codes)))
    outlooks = [outlook(code, expected.get(code), is_final=code in final) for code in {*expected, *final}]
    before = {leaf.code: leaf.scored for leaf in rubric.leaves}
    last_year = {code: score(before[code], entry) for code, entry in _drawn(draw, rubric, YEAR).items()}
    return Running(sheet_of(rubric, entries, period, carried=carried, outlooks=outlooks), last_year)


def _drawn(draw: st.DrawFn, rubric: Rubric, period: PeriodView) -> dict[str, Entry]:
    many = len(rubric.leaves)
    chosen = draw(st.lists(_OFTEN_NONE, min_size=many, max_size=many)) if draw(st.integers(0, 5)) else [-1] * many
    by_leaf = zip(rubric.leaves, chosen, _ENTRIES[rubric.id, period.code], strict=True)
    return {leaf.code: entries[place % len(entries)] for leaf, place, entries in by_leaf if place >= 0 and entries}
