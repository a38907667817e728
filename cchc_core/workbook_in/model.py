"""What a workbook holds for whoever reads it: sheets of text cells, each knowing its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What is to be known of a cell beside its text.

    A number that is shown as a percent (0.95 as «95 %») is marked so only where the reader asks for it.
    """

    NONE = ""
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"
    OLD_FONT = "old_font"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; ``is_below`` marks one that lies in a merged cell and repeats what stands above it."""

    text: str
    mark: Mark = Mark.NONE
    is_below: bool = False


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something; columns count from 1."""

    number: int
    cells: Mapping[int, Cell]

    def cell(self, column: int) -> Cell:
        """Give a cell, an empty one where there is none."""
        return self.cells.get(column, EMPTY)

    def filled(self) -> Iterator[tuple[int, Cell]]:
        """Give the cells of the row that stand there themselves, from the left."""
        return ((column, cell) for column, cell in sorted(self.cells.items()) if not cell.is_below)


@dataclass(frozen=True, slots=True)
class SheetIn:
    """A sheet; ``rows`` holds those with something in them. A CSV file is one sheet without a name.

    What stands like a sheet elsewhere has ``called`` instead: a table of a Word file, a text that was pasted. ``above``
    are the lines that stand over such a table.
    """

    name: str
    rows: tuple[Row, ...]
    called: str = ""
    above: tuple[str, ...] = ()

    def place(self, row: int | None = None, column: int | None = None) -> str:
        """Name a place as people find it.

        >>> SheetIn("Phụ lục", ()).place(12, 3), SheetIn("", ()).place(12, 3)
        ('Trang tính «Phụ lục», dòng 12, cột C', 'Tệp CSV, dòng 12, cột 3 (C)')
        >>> SheetIn("Bảng 2", (), called="Bảng 2").place(5, 3)
        'Bảng 2, dòng 5, cột C'
        """
        parts = [self.called or (f"Trang tính «{self.name}»" if self.name else "Tệp CSV")]
        if row is not None:
            parts.append(f"dòng {row}")
        if column is not None:
            letters = letters_of(column)
            parts.append(f"cột {letters}" if self.name else f"cột {column} ({letters})")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it was brought; ``hidden`` names sheets that are hidden and were not read."""

    file_name: str
    sheets: tuple[SheetIn, ...]
    hidden: tuple[str, ...] = ()
    encoding_note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place of a workbook, and what to do about it; ``row`` is 0 for what is of no single row."""

    where: str
    problem: str
    to_do: str
    row: int = 0

    @property
    def sentence(self) -> str:
        """Say it in one line."""
        return f"{self.where}: {self.problem}. {self.to_do}"


def letters_of(column: int) -> str:
    """Name a column as spreadsheets do.

    >>> letters_of(1), letters_of(28), letters_of(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
