"""A table of figures: one source for what a screen prints and what is taken away as CSV or Excel.

Rows hold raw values; :func:`shown` prints one as a screen does, :mod:`cchc_core.table_files` writes them into files.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Generic, TypeAlias, TypeVar

from cchc_core.rules.decimals import format_number, format_percent, format_points

Value: TypeAlias = str | Decimal | int | date | None
_Subject = TypeVar("_Subject")

ILLUSTRATIVE_NOTE: Final = (
    "Bộ tiêu chí in ra không có điểm: mọi điểm trong bảng này là điểm minh hoạ, không dùng để xếp hạng."
)


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


def noted(table: Table, note: str) -> Table:
    """Give the table with a further sentence before its note: whose it is, from when."""
    return replace(table, note=f"{note} {table.note}".strip())


@dataclass(frozen=True, slots=True)
class Field(Generic[_Subject]):
    """How a column is made from what a row stands for; some are for official sets alone, some for illustrative ones."""

    name: str
    kind: Kind
    of: Callable[[_Subject], Value]
    is_official: bool = True
    is_illustrative: bool = True


def made(
    key: str,
    title: str,
    fields: Iterable[Field[_Subject]],
    subjects: Iterable[_Subject],
    *,
    is_illustrative: bool,
    note: str = "",
) -> Table:
    """Make a table with a row for each subject.

    Of an illustrative set no percent is shown, the columns of points say what they are, and so does the note.
    """
    kept = [field for field in fields if _is_kept(field, is_illustrative=is_illustrative)]
    table = Table(
        key,
        title,
        tuple(Column(_name(field, is_illustrative=is_illustrative), field.kind) for field in kept),
        tuple(tuple(field.of(subject) for field in kept) for subject in subjects),
        ILLUSTRATIVE_NOTE if is_illustrative else "",
    )
    return noted(table, note)


def _is_kept(field: Field[_Subject], *, is_illustrative: bool) -> bool:
    if is_illustrative:
        return field.is_illustrative and field.kind is not Kind.PERCENT
    return field.is_official


def _name(field: Field[_Subject], *, is_illustrative: bool) -> str:
    return f"{field.name} (minh hoạ)" if is_illustrative and field.kind is Kind.POINTS else field.name
