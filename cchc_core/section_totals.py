"""The totals of many assessments by one criteria set, from sums that the store made of their cached scores.

They are those of :func:`cchc_core.totals.total_rubric` to the digit, without a score of any criterion being read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.scoring import PeriodView, Score, score
from cchc_core.store import section_sums
from cchc_core.store.connection import Row
from cchc_core.store.section_sums import BlankLeaf
from cchc_core.totals import Totals, tally

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
        pairs = [(leaf, score(leaf.scored, None, period)) for leaf in rubric.leaves]
        self.leaves = tuple(_blank_leaf(*pair) for pair in pairs)
        self._total = _blank(pairs)
        self._sections = {
            section.code: _blank(pair for pair in pairs if pair[0].section == section.code)
            for section in rubric.sections
        }

    def totals(self, rows: Iterable[Row]) -> tuple[Totals, Mapping[str, Totals]]:
        """Give the total and the sections of one assessment from the sums of its answered sections."""
        listed = tuple(rows)
        by_section = {row["section"]: row for row in listed}
        sections = {code: _moved(blank, by_section.get(code)) for code, blank in self._sections.items()}
        return _moved(self._total, _added(listed)), sections


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
