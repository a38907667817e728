"""Units side by side: a row of cells for each, joined where there are more than a chart can carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cchc_core.rules.decimals import ZERO, percent_of

MOST_MARKS: Final = 5_000
"""What a chart is sent at most; with more, browsers stutter and nobody can tell the marks apart."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a whole: points of their effective maximum, or criteria met of those that apply."""

    part: Decimal
    whole: Decimal

    @property
    def percent(self) -> Decimal | None:
        """The part in percent of the whole; None where there is no whole."""
        return percent_of(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit, or ``units`` of them joined; a cell of None has no figures yet."""

    name: str
    group: str
    cells: tuple[Cell | None, ...]
    units: int = 1


def aggregated(rows: Sequence[Row], most_marks: int = MOST_MARKS) -> tuple[Row, ...]:
    """Join rows until their cells are at most ``most_marks``: first by group, then groups that stand side by side.

    A joined cell is the sum of the parts over the sum of the wholes, so that a large unit weighs more than a small
    one; units without figures stay out of it. A single row is never joined.

    >>> two = [Row(name, "Tỉnh A", (Cell(Decimal(part), Decimal(100)),)) for name, part in (("Sở X", 90), ("Sở Y", 70))]
    >>> [(row.name, row.cells[0].percent) for row in aggregated(two, most_marks=1)]
    [('Tỉnh A (2 đơn vị)', Decimal('80.00'))]
    """
    width = max((len(row.cells) for row in rows), default=0)
    most_rows = max(1, most_marks // max(1, width))
    if len(rows) <= most_rows:
        return tuple(rows)
    grouped = _by_group(rows)
    if len(grouped) <= most_rows:
        return grouped
    size = -(-len(grouped) // most_rows)
    return tuple(_neighbours(grouped[start : start + size]) for start in range(0, len(grouped), size))


def _by_group(rows: Sequence[Row]) -> tuple[Row, ...]:
    members: dict[str, list[Row]] = {}
    for row in rows:
        members.setdefault(row.group, []).append(row)
    return tuple(_joined(_counted(group or "Chưa xếp nhóm", many), group, many) for group, many in members.items())


def _neighbours(rows: Sequence[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]
    return _joined(_counted(f"{rows[0].group} … {rows[-1].group}", rows), rows[0].group, rows)


def _counted(name: str, rows: Sequence[Row]) -> str:
    return f"{name} ({sum(row.units for row in rows)} đơn vị)"


def _joined(name: str, group: str, rows: Sequence[Row]) -> Row:
    columns = zip(*(row.cells for row in rows), strict=True)
    return Row(name, group, tuple(map(_sum, columns)), sum(row.units for row in rows))


def _sum(cells: Sequence[Cell | None]) -> Cell | None:
    known = [cell for cell in cells if cell is not None]
    if not known:
        return None
    return Cell(sum((cell.part for cell in known), ZERO), sum((cell.whole for cell in known), ZERO))
