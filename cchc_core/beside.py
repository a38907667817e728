"""Two versions of one assessment beside each other: the real one and a trial, or two trials."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.rubric.model import Rubric
from cchc_core.rules.scoring import Score
from cchc_core.sheet import Sheet
from cchc_core.table import Field, Kind, Table, Value, made
from cchc_core.titles import sentence_case
from cchc_core.totals import Totals

SUM: Final = "Cả bộ tiêu chí"


class Scope(StrEnum):
    """What a line of the comparison stands for."""

    LEAF = "leaf"
    SECTION = "section"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion, a section or the whole set on both sides.

    Percents and counts of criteria met are those of sections and of the whole; for a criterion they are None.
    """

    scope: Scope
    code: str
    title: str
    points: tuple[Decimal, Decimal]
    effective_max: tuple[Decimal, Decimal]
    percent: tuple[Decimal | None, Decimal | None]
    met: tuple[int | None, int | None]

    @property
    def difference(self) -> Decimal:
        """Give by how many points the second side has more."""
        return self.points[1] - self.points[0]

    @property
    def percent_difference(self) -> Decimal | None:
        """Give the percentage points more on the second side; None where a side has no percent."""
        first, second = self.percent
        return None if first is None or second is None else second - first

    @property
    def has_moved(self) -> bool:
        """Tell whether points or maximum differ."""
        return self.points[0] != self.points[1] or self.effective_max[0] != self.effective_max[1]


def beside(first: Sheet, second: Sheet) -> tuple[Line, ...]:
    """Put two versions of one assessment beside each other: the criteria that differ, the sections that moved, all.

    A criterion differs by its answer, its points or its status; the last line is the whole set, moved or not.
    """
    return (*_leaves(first, second), *_sections(first, second), total_beside(first, second))


def total_beside(first: Sheet, second: Sheet) -> Line:
    """Put the totals of two versions of one assessment beside each other."""
    return _of_totals(Scope.TOTAL, "", SUM, first.totals.total, second.totals.total)


def _leaves(first: Sheet, second: Sheet) -> Iterator[Line]:
    for leaf in first.rubric.leaves:
        left, right = first.scores[leaf.code], second.scores[leaf.code]
        if _figures(left) == _figures(right) and _entry(first, leaf.code) == _entry(second, leaf.code):
            continue
        points, maxima = (left.points, right.points), (left.effective_max, right.effective_max)
        yield Line(Scope.LEAF, leaf.code, leaf.title, points, maxima, (None, None), (None, None))


def _figures(score: Score) -> tuple[object, ...]:
    return score.points, score.effective_max, score.status


def _entry(sheet: Sheet, code: str) -> object:
    stored = sheet.answers.get(code)
    return None if stored is None or stored.entry.is_empty else stored.entry


def _sections(first: Sheet, second: Sheet) -> Iterator[Line]:
    for section in first.rubric.sections:
        left, right = first.totals.sections[section.code], second.totals.sections[section.code]
        line = _of_totals(Scope.SECTION, section.code, sentence_case(section.title), left, right)
        if line.has_moved:
            yield line


def _of_totals(scope: Scope, code: str, title: str, left: Totals, right: Totals) -> Line:
    return Line(
        scope,
        code,
        title,
        (left.points, right.points),
        (left.effective_max, right.effective_max),
        (left.percent, right.percent),
        (left.met, right.met),
    )


def beside_table(
    lines: tuple[Line, ...], rubric: Rubric, names: tuple[str, str] = ("Thật", "Thử"), key: str = "thu-diem"
) -> Table:
    """Print lines as a table; ``names`` head the two sides. Illustrative points show criteria met, no percents."""
    first, second = names
    has_lowered = any(line.effective_max[0] != line.effective_max[1] for line in lines)
    fields: tuple[Field[Line], ...] = (
        Field("Mã", Kind.TEXT, lambda line: line.code),
        Field("Nội dung", Kind.TEXT, lambda line: line.title),
        Field(first, Kind.POINTS, lambda line: line.points[0]),
        Field(second, Kind.POINTS, lambda line: line.points[1]),
        Field("Chênh lệch", Kind.POINTS, lambda line: line.difference),
        *(_MAXIMA if has_lowered else ()),
        Field(f"{first}: đạt", Kind.COUNT, lambda line: line.met[0], is_official=False),
        Field(f"{second}: đạt", Kind.COUNT, lambda line: line.met[1], is_official=False),
        Field(f"{first}: tỷ lệ", Kind.PERCENT, lambda line: _percent(line, 0)),
        Field(f"{second}: tỷ lệ", Kind.PERCENT, lambda line: _percent(line, 1)),
    )
    return made(key, f"{first} và {second}", fields, lines, is_illustrative=rubric.is_illustrative)


_MAXIMA: Final[tuple[Field[Line], ...]] = (
    Field("Điểm chuẩn trước", Kind.POINTS, lambda line: line.effective_max[0]),
    Field("Điểm chuẩn sau", Kind.POINTS, lambda line: line.effective_max[1]),
)


def _percent(line: Line, side: int) -> Value:
    return line.percent[side]
