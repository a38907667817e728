"""Where a table of criteria stands in a sheet: its header rows, and which column is which by name and content."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cchc_core.rubric_in.codes import is_bullet, parse_code
from cchc_core.rubric_in.fields import BEGINS_LIKE, FIELD_NAMES, SINGLE_FIELDS, Field, claims_of
from cchc_core.rubric_in.model import ColumnRead
from cchc_core.rubric_in.numbers import BadPoints, points_in
from cchc_core.text import fold
from cchc_core.workbook_in.model import Cell, Mark, Row, SheetIn, letters_of

_LONGEST_NAME = 90
_MOST_PARTS_OF_NUMBERING: Final = re.compile(r"\(?(\d{1,2}|[A-Z])\)?")
# A row with a code or points in it belongs to the table, whatever its words look like.
_NUMBERED: Final = re.compile(r"\d+([.,/]\d+)*\.?")
_LEVEL: Final = re.compile(r"\W*(?:ten |nhom )?(?:linh vuc|tieu chi|nhom)")
_MOSTLY = 0.6
_FEWEST_CELLS, _ENOUGH_TO_SEE = 3, 500


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its rows, the columns by what they hold, and columns that claim what another one is.

    ``columns`` has several for a title whose levels stand side by side, or for texts that are put together.
    """

    first_row: int
    last_row: int
    columns: Mapping[Field, tuple[int, ...]]
    names: Mapping[int, str]
    rivals: tuple[tuple[Field, int, int], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[Field]:
        """Name what the table has, for telling whether two tables are of one kind."""
        return frozenset(self.columns) - {Field.GIVEN}

    def column(self, field: Field) -> int | None:
        """Give the one column, or the first one, of a field."""
        return next(iter(self.columns.get(field, ())), None)

    def columns_read(self) -> tuple[ColumnRead, ...]:
        """Say of each named column what it was taken for."""
        fields = {column: field for field, each in self.columns.items() for column in each}
        named = sorted({*self.names, *fields})
        return tuple(
            ColumnRead(
                letters_of(column),
                " ".join(self.names.get(column, "").split()),
                FIELD_NAMES[fields[column]] if column in fields else "",
            )
            for column in named
        )

    def unread(self) -> Iterable[tuple[int, str, bool]]:
        """Give the named columns that are not read, and whether they hold points that others give."""
        given = set(self.columns.get(Field.GIVEN, ()))
        known = {column for field, each in self.columns.items() if field is not Field.GIVEN for column in each}
        return (
            (column, " ".join(name.split()), column in given)
            for column, name in sorted(self.names.items())
            if column not in known
        )


def headers_of(sheet: SheetIn) -> tuple[Header, ...]:
    """Find the headers of a sheet from the top; where no row names columns, its content alone decides."""
    found: list[Header] = []
    for row, below in zip(sheet.rows, [*sheet.rows, None][1:], strict=True):
        if found and row.number <= found[-1].last_row:
            continue
        header = _header(row, below)
        if header is not None:
            found.append(header)
    whole = [_by_content(header, rows) for header, rows in pages(found, sheet)]
    return tuple(_like_first(header, whole[0]) for header in whole)


def pages(headers: Sequence[Header], sheet: SheetIn) -> Iterator[tuple[Header, tuple[Row, ...]]]:
    """Give each header with the rows below it, up to the next one."""
    numbers = [row.number for row in sheet.rows]
    ends = [bisect_left(numbers, header.first_row) for header in headers[1:]]
    for header, end in zip(headers, [*ends, len(numbers)][: len(headers)], strict=True):
        yield header, sheet.rows[bisect_right(numbers, header.last_row) : end]


def _like_first(header: Header, first: Header) -> Header:
    """Take from the first page what a name misspelt on a later one hides: «SỐ T» over the codes is «STT»."""
    missing = {
        field: columns
        for field, columns in first.columns.items()
        if field not in header.columns
        and not any(column in each for each in header.columns.values() for column in columns)
    }
    is_same_table = header.columns[Field.TITLE] == first.columns[Field.TITLE]
    return replace(header, columns={**header.columns, **missing}) if missing and is_same_table else header


def is_numbering(row: Row) -> bool:
    """Tell whether a row numbers the columns: (1), (2), (3) or A, B, 1, 2."""
    filled = [_MOST_PARTS_OF_NUMBERING.fullmatch(cell.text.strip()) for _, cell in row.filled()]
    if len(filled) < _FEWEST_CELLS or not all(filled):
        return False
    said = [found[1] for found in filled if found is not None]
    letters = [each for each in said if not each.isdecimal()]
    numbers = [int(each) for each in said if each.isdecimal()]
    first = numbers[0] if numbers else 1
    in_order = numbers == list(range(first, first + len(numbers))) and first in (1, len(letters) + 1)
    return in_order and letters == [chr(65 + place) for place in range(len(letters))] and said[0] in ("1", "A")


def _header(row: Row, below: Row | None) -> Header | None:
    upper = _names(row)
    if any(_NUMBERED.fullmatch(name) for name in upper.values()):
        return None
    alone = _matched(row.number, row.number, upper)
    lower = _names(below) if below is not None and below.number == row.number + 1 else {}
    if not lower or not upper or any(_NUMBERED.fullmatch(name) for name in lower.values()):
        return alone
    joined = _matched(row.number, row.number + 1, {**upper, **lower})
    if joined is None or not _known(upper):
        return alone
    if _is_whole(row.number + 1, lower, joined):
        return alone  # «BỘ TIÊU CHÍ NĂM 2026» right above the header is the title of the set
    # A second row belongs to the header where it says more: «Điểm» over «Tối đa» and «Tự chấm».
    is_richer = alone is None or _known_columns(joined) > _known_columns(alone)
    return joined if is_richer else alone


def _is_whole(number: int, lower: Mapping[int, str], joined: Header) -> bool:
    """Tell whether the second of two rows is a header already, to which the first adds no column."""
    below = _matched(number, number, lower)
    return below is not None and _known_columns(below) >= _known_columns(joined)


def _known(names: Mapping[int, str]) -> bool:
    return any(claims_of(name) for name in names.values())


def _known_columns(header: Header) -> int:
    return sum(len(each) for each in header.columns.values())


def _names(row: Row) -> dict[int, str]:
    return {column: cell.text for column, cell in row.filled() if cell.text and len(cell.text) <= _LONGEST_NAME}


def _matched(first_row: int, last_row: int, names: Mapping[int, str]) -> Header | None:
    best: dict[int, tuple[Field, float]] = {}
    for column, name in names.items():
        if claims := claims_of(name):
            best[column] = claims[0]
    columns: dict[Field, list[int]] = {}
    for column, (field, _) in sorted(best.items()):
        columns.setdefault(field, []).append(column)
    sure = {field for field, score in best.values() if score >= BEGINS_LIKE}
    if Field.TITLE not in sure or len(sure - {Field.GIVEN}) < 2:
        return None
    rivals = tuple(
        (field, _surest(each, best), other)
        for field, each in columns.items()
        if field in SINGLE_FIELDS
        for other in each
        if other != _surest(each, best) and best[other][1] >= best[_surest(each, best)][1]
    )
    kept = {field: _kept(field, each, best) for field, each in columns.items()}
    return Header(first_row, last_row, kept, dict(names), rivals)


def _surest(columns: Sequence[int], best: Mapping[int, tuple[Field, float]]) -> int:
    return max(columns, key=lambda column: (best[column][1], -column))


def _kept(field: Field, columns: Sequence[int], best: Mapping[int, tuple[Field, float]]) -> tuple[int, ...]:
    if field in SINGLE_FIELDS:
        return (_surest(columns, best),)
    return tuple(column for column in columns if best[column][1] >= BEGINS_LIKE) or (columns[0],)


def _by_content(header: Header, below: Sequence[Row]) -> Header:
    """Look at what the columns hold: for codes and points without a name, and for «Cách tính» in free words."""
    rows = [row for row in below[:_ENOUGH_TO_SEE] if not is_numbering(row)]
    header = _codes_of_two(_with_levels(header), rows)
    if Field.CODE not in header.columns:
        title = header.columns[Field.TITLE][0]
        header = _taken(header, rows, Field.CODE, _is_code, range(1, title))
    if Field.POINTS not in header.columns:
        furthest = max((column for row in rows for column in row.cells), default=0)
        header = _taken(
            header, rows, Field.POINTS, _is_points, range(header.columns[Field.TITLE][-1] + 1, furthest + 1)
        )
    if Field.RULE in header.columns and Field.KIND not in header.columns:
        columns: dict[Field, tuple[int, ...]] = dict(header.columns)
        del columns[Field.RULE]
        columns[Field.HOW] = (*columns.get(Field.HOW, ()), *header.columns[Field.RULE])
        header = replace(header, columns=columns)
    return header


def _with_levels(header: Header) -> Header:
    """Keep several columns of titles where they are levels, «Lĩnh vực», «Tiêu chí»; else others explain the first."""
    columns = header.columns[Field.TITLE]
    levels = tuple(column for column in columns if _LEVEL.match(fold(header.names.get(column, ""))))
    kept = levels if len(levels) > 1 else columns[:1]
    others = tuple(column for column in columns if column not in kept)
    if not others:
        return header
    how = tuple(sorted((*header.columns.get(Field.HOW, ()), *others)))
    return replace(header, columns={**header.columns, Field.TITLE: kept, Field.HOW: how})


def _codes_of_two(header: Header, rows: Sequence[Row]) -> Header:
    """Of «STT» and «Mã» take the one with more codes that have points in them."""
    of_codes = [(first, second) for field, first, second in header.rivals if field is Field.CODE]
    if not of_codes:
        return header
    both = sorted({column for pair in of_codes for column in pair})
    best = max(both, key=lambda column: sum("." in row.cell(column).text for row in rows))
    rivals = tuple(rival for rival in header.rivals if rival[0] is not Field.CODE)
    return replace(header, columns={**header.columns, Field.CODE: (best,)}, rivals=rivals)


def _taken(
    header: Header, rows: Sequence[Row], field: Field, test: Callable[[Cell], bool], places: Iterable[int]
) -> Header:
    used = {column for each in header.columns.values() for column in each}
    # A column that has a name of its own, «Hệ số», holds what its name says.
    free = [column for column in places if column not in used and column not in header.names]
    for column in free:
        cells = [row.cell(column) for row in rows if row.cell(column).text and not row.cell(column).is_below]
        if len(cells) >= _FEWEST_CELLS and sum(map(test, cells)) >= _MOSTLY * len(cells):
            note = f"Cột {letters_of(column)} không có tên; theo nội dung, được đọc là «{FIELD_NAMES[field]}»."
            return replace(header, columns={**header.columns, field: (column,)}, notes=(*header.notes, note))
    return header


def _is_code(cell: Cell) -> bool:
    return parse_code(cell.text) is not None or is_bullet(cell.text)


def _is_points(cell: Cell) -> bool:
    try:
        return bool(points_in(cell.text, is_number=cell.mark is Mark.NUMBER))
    except BadPoints:
        return False
