"""The totals of many assessments by one criteria set, from sums that the store made of their cached scores.

They are those of :func:`cchc_core.totals.total_rubric` to the digit, without a score of any criterion being read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cchc_core.rubric.capping import capped
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.rules.scoring import PeriodView, Score, Status, score
from cchc_core.store import section_sums
from cchc_core.store.connection import Row
from cchc_core.store.section_sums import BlankLeaf
from cchc_core.totals import Totals, joined, tally

_POINTS = ("effective_max", "external_max", "at_risk", "not_due", "awaiting")
_NOTHING: Row = dict.fromkeys((*section_sums.POINTS, *section_sums.COUNTS.values(), section_sums.MET), 0)


@dataclass(frozen=True, slots=True)
class _Blank:
    """The totals of criteria that nobody has answered, also as the whole numbers that sums are added to."""

    totals: Totals
    figures: Mapping[str, int]


class BlankSet:
    """A criteria set in a period, unanswered: what every assessment by it starts from."""

    def __init__(self, rubric: Rubric, period: PeriodView) -> None:
        every = [(leaf, score(leaf.scored, None, period)) for leaf in rubric.leaves]
        pairs = [pair for pair in every if not pair[0].is_adjustment]
        self.leaves = tuple(_blank_leaf(*pair) for pair in pairs)
        self.adjustments = Adjustments(rubric, [pair for pair in every if pair[0].is_adjustment])
        self._total = _blank(pairs)
        self._sections = {
            section.code: _blank(pair for pair in pairs if pair[0].section == section.code)
            for section in rubric.sections
        }

    def totals(self, rows: Iterable[Row], adjusted: Sequence[Row] = ()) -> tuple[Totals, Mapping[str, Totals]]:
        """Give the total and the sections of one assessment from the sums of its answered sections.

        ``adjusted`` are the scores of its bonuses and penalties.
        """
        listed = tuple(rows)
        by_section = {row["section"]: row for row in listed}
        sections = {code: _moved(blank, by_section.get(code)) for code, blank in self._sections.items()}
        total = _moved(self._total, _added(listed))
        return self.adjustments.added(total, sections, adjusted) if self.adjustments.codes else (total, sections)


class Adjustments:
    """The bonuses and penalties of a criteria set: few, and joined by caps, so each of their scores is read."""

    def __init__(self, rubric: Rubric, blank: Sequence[tuple[Criterion, Score]]) -> None:
        self.codes = tuple(leaf.code for leaf, _ in blank)
        self._rubric = rubric
        self._blank = {leaf.code: nothing for leaf, nothing in blank}

    def added(
        self, total: Totals, sections: Mapping[str, Totals], rows: Iterable[Row]
    ) -> tuple[Totals, Mapping[str, Totals]]:
        """Add what the caps leave of the bonuses and penalties to the totals of all other criteria."""
        scores = self._scores(rows)
        pairs = [(self._rubric.criterion(code), each) for code, each in scores.items()]
        of_sections = {
            code: joined((totals, tally(pair for pair in pairs if pair[0].section == code)))
            for code, totals in sections.items()
        }
        return joined((total, tally(pairs))), of_sections

    def carried(self, rows: Sequence[Row]) -> tuple[int, Decimal]:
        """Count those of an assessment that nobody has confirmed, and the points that they bring."""
        scores = self._scores(rows)
        codes = [row["code"] for row in rows if row["is_carried"]]
        return len(codes), sum((max(scores[code].points, ZERO) for code in codes), ZERO)

    def _scores(self, rows: Iterable[Row]) -> Mapping[str, Score]:
        return capped(self._rubric, {**self._blank, **{row["code"]: _score_of(row) for row in rows}})


def _score_of(row: Row) -> Score:
    return Score(points_of(row["points"]), ZERO, Status(row["status"]), "", ZERO, row["is_external"])


def _blank_leaf(criterion: Criterion, blank: Score) -> BlankLeaf:
    figures = _blank([(criterion, blank)]).figures
    return BlankLeaf(
        criterion.code,
        criterion.section,
        blank.status,
        figures["effective_max"],
        figures["at_risk"],
        figures["not_due"],
        figures["awaiting"],
    )


def _blank(pairs: Iterable[tuple[Criterion, Score]]) -> _Blank:
    totals = tally(pairs)
    counts = {section_sums.COUNTS[status]: number for status, number in totals.counts.items()}
    return _Blank(totals, {name: int(getattr(totals, name).scaleb(4)) for name in _POINTS} | counts)


def _added(rows: tuple[Row, ...]) -> Row | None:
    if not rows:
        return None
    return {name: sum(row[name] for row in rows) for name in _NOTHING}


def _moved(blank: _Blank, row: Row | None) -> Totals:
    if row is None:
        return blank.totals
    before = blank.figures
    points, external_points = row["points"], row["external_points"]
    effective_max, external_max, at_risk, not_due, awaiting = [before[name] + row[name] for name in _POINTS]
    self_max = effective_max - external_max
    return Totals(
        points=points_of(points),
        max_points=blank.totals.max_points,
        effective_max=points_of(effective_max),
        self_points=points_of(points - external_points),
        self_max=points_of(self_max),
        external_points=points_of(external_points),
        external_max=points_of(external_max),
        due_max=points_of(self_max - not_due),
        lost=points_of(effective_max - points - at_risk - not_due - awaiting),
        at_risk=points_of(at_risk),
        not_due=points_of(not_due),
        awaiting=points_of(awaiting),
        counts={status: before[name] + row[name] for status, name in section_sums.COUNTS.items()},
        met=row[section_sums.MET],
    )


@lru_cache(maxsize=100_000)
def points_of(ten_thousandths: int) -> Decimal:
    """Give a sum of the store in points; kept, for the same few come again and again.

    >>> points_of(1250)
    Decimal('0.1250')
    """
    return Decimal(ten_thousandths).scaleb(-4)


def blank_set(rubric: Rubric, sha256: str, period: PeriodView) -> BlankSet:
    """Give a pinned criteria set as it is in a period before anybody answers; it is worked out once."""
    known = _blank_sets.get((sha256, period))
    return known or _blank_sets.setdefault((sha256, period), BlankSet(rubric, period))


_blank_sets: dict[tuple[str, PeriodView], BlankSet] = {}
