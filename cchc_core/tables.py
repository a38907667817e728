"""Tables of figures: one source for what a screen prints and what is taken away as CSV or Excel.

Rows hold raw values; :func:`shown` prints one as a screen does, :mod:`cchc_core.table_files` writes them into files.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from cchc_core.rules.decimals import format_number, format_percent, format_points

Value: TypeAlias = str | Decimal | int | date | None


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    POINTS = "points"
    PERCENT = "percent"
    COUNT = "count"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name as people read it, and what its values are."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``key`` is plain ASCII for addresses and file names, a value of None is an empty cell.

    Raises ValueError for a row that has more or fewer values than there are columns.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.key}: {len(row)} values in {len(self.columns)} columns")


def shown(kind: Kind, value: Value) -> str:
    """Print a value as screens do; nothing for None. Percents are numbers out of 100.

    Raises TypeError for a value that is not of its kind.

    >>> shown(Kind.POINTS, Decimal("0.5")), shown(Kind.PERCENT, Decimal("64.97")), shown(Kind.COUNT, 1200)
    ('0,5000', '64,97 %', '1.200')
    >>> shown(Kind.DATE, date(2026, 3, 9)), shown(Kind.TEXT, None)
    ('09/03/2026', '')
    """
    match kind, value:
        case _, None:
            return ""
        case Kind.TEXT, str():
            return value
        case Kind.DATE, date():
            return f"{value:%d/%m/%Y}"
        case ((Kind.POINTS | Kind.PERCENT | Kind.COUNT), (Decimal() | int())):
            return _PRINTERS[kind](Decimal(value))
        case _:
            raise TypeError(f"{value!r} is no {kind}")


_PRINTERS = {Kind.POINTS: format_points, Kind.PERCENT: format_percent, Kind.COUNT: format_number}
