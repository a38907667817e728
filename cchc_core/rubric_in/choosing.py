"""The tables of a book: pages of one table put together, and which of several tables are the set."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cchc_core.rubric_in.codes import is_bullet, parse_code, split_title
from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.headers import Header, headers_of, pages
from cchc_core.rubric_in.headings import is_heading
from cchc_core.rubric_in.table_rows import ABOVE, Table, line_of
from cchc_core.workbook_in.model import Book, Cell, Problem, Row, SheetIn

_COLUMNS_WANTED: Final = "STT (mã), Nội dung tiêu chí, Điểm tối đa, Tài liệu kiểm chứng, Cách chấm, Ghi chú"
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tables to read, those that there are, and why none can be read yet."""

    tables: tuple[Table, ...]
    all_tables: tuple[Table, ...]
    problem: Problem | None = None
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Name the tables that a person may choose from."""
        return tuple(dict.fromkeys(table.name for table in self.all_tables))


def choose(book: Book, wanted: Sequence[str] | None) -> Chosen:
    """Find the tables and take those that are the set; ``wanted`` names them where the file leaves it open."""
    tables, notes = _tables(book)
    if not tables:
        return Chosen((), (), _no_header(book), notes)
    named = tuple(table for table in tables if wanted and table.name in wanted)
    if named:
        return Chosen(named, tables, None, notes)
    with_points = tuple(table for table in tables if Field.POINTS in table.header.fields)
    candidates = with_points or tables
    left_out = [table for table in tables if with_points and Field.POINTS not in table.header.fields]
    notes = (
        *notes,
        *(f"{table.sheet.place()}: bảng «{table.name}» không có cột điểm, không đọc." for table in left_out),
    )
    if _begins_anew(candidates):
        return Chosen((), tables, _several(candidates), notes)
    return Chosen(candidates, tables, None, notes)


def _no_header(book: Book) -> Problem:
    return Problem(
        ", ".join(sheet.place() for sheet in book.sheets[:5]) or "Cả tệp",
        "không tìm thấy dòng tiêu đề của bảng tiêu chí",
        f"Bảng cần một dòng tiêu đề có cột «Nội dung tiêu chí» và thêm cột khác trong các cột: {_COLUMNS_WANTED}.",
    )


def _several(tables: Sequence[Table]) -> Problem:
    names = list(dict.fromkeys(table.name for table in tables))
    shown = ", ".join(f"«{name}»" for name in names)
    return Problem("Cả tệp", f"có {len(names)} bảng tiêu chí khác nhau: {shown}", "Hãy chọn bảng cần đọc.")


def _tables(book: Book) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    found: list[Table] = []
    notes: list[str] = []
    for sheet in book.sheets:
        headers = headers_of(sheet)
        if headers:
            found += _with_headings(_of_sheet(sheet, headers), sheet)
        elif found and _goes_on(found[-1].header, sheet):
            found.append(Table(found[-1].name, sheet, found[-1].header, sheet.rows))
            notes.append(f"{sheet.place()}: không có dòng tiêu đề; được đọc tiếp theo các cột của bảng trước.")
        else:
            notes.append(f"{sheet.place()}: không có bảng tiêu chí, không đọc.")
    return tuple(found), tuple(notes)


def _of_sheet(sheet: SheetIn, headers: Sequence[Header]) -> Iterator[Table]:
    """Part a sheet at its headers; a header that stands again is the next printed page of the same table."""
    plain = sheet.called or sheet.name or "Tệp CSV"
    first_of: dict[frozenset[Field], Header] = {}
    for header in headers:
        first_of.setdefault(header.fields, header)
    for header, rows in pages(headers, sheet):
        first = first_of[header.fields]
        name = plain if len(first_of) == 1 else f"{plain}, dòng {first.first_row}"
        yield Table(name, sheet, _with_rivals_of(header, first), rows)


def _with_headings(tables: Iterable[Table], sheet: SheetIn) -> Iterator[Table]:
    """Put «PHẦN II: TÁC ĐỘNG» that stands over a table of a Word file into its first row."""
    for place, table in enumerate(tables):
        headings = [line for line in sheet.above if is_heading(line)] if place == 0 else []
        title = table.header.columns[Field.TITLE][0]
        above = tuple(Row(ABOVE, {title: Cell(line)}) for line in headings)
        yield replace(table, rows=(*above, *table.rows))


def _with_rivals_of(header: Header, first: Header) -> Header:
    return header if header is first else replace(header, rivals=())


def _goes_on(header: Header, sheet: SheetIn) -> bool:
    """Tell whether a sheet without a header continues the table before it: codes stand where codes stood."""
    column = header.column(Field.CODE)
    if column is None or not sheet.rows:
        return False
    cells = [row.cell(column) for row in sheet.rows]
    fitting = [not cell.text or is_bullet(cell.text) or parse_code(cell.text) is not None for cell in cells]
    return any(parse_code(cell.text) for cell in cells) and sum(fitting) >= _MOSTLY * len(fitting)


def _begins_anew(tables: Sequence[Table]) -> bool:
    """Tell whether a later table begins with a code that an earlier one has: then it is another set."""
    seen: dict[str, set[str]] = {}
    for table in tables:
        codes = [code for row in table.rows if (code := _code(table, row))]
        first = next(iter(codes), "")
        if first and any(first in earlier for name, earlier in seen.items() if name != table.name):
            return True
        seen.setdefault(table.name, set()).update(codes)
    return False


def _code(table: Table, row: Row) -> str:
    line = line_of(table, row)
    code = parse_code(line.own_text(Field.CODE))
    across = line.own_text(Field.CODE) if not line.own_text(Field.TITLE) else ""
    heading = line.own_text(Field.TITLE) if row.number == ABOVE else across
    if code is None and (split := split_title(heading)):
        code = split[0]
    return code.text if code is not None else ""
