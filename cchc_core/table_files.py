"""Tables as files: CSV that opens in a Vietnamese Excel as it stands, and workbooks with numbers as numbers."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, BinaryIO, Final

from cchc_core.rules.decimals import HUNDRED, decimals_of, round_points
from cchc_core.table import Column, Kind, Table, Value, shown
from cchc_core.workbook.styles import DATE_FORMAT, PERCENT_FORMAT, POINTS_FORMAT
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Book, Format, Worksheet, add_sheet, new_book

MOST_ROWS: Final = 1_000_000
"""What a sheet of Excel holds, with room for the head."""

_BOM: Final = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, also after spaces and in letters of full width.
_LIKE_A_FORMULA: Final = re.compile(r" *[=+\-@\t\r\n＝＋－＠]")
_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_NARROWEST, _WIDEST = 10, 60
# A sheet without heights is opened by some programs with one line a row; more than 409 points none can hold.
_LINE, _HIGHEST = 14.5, 400.0

_Properties = dict[str, Any]
_WORDS: Final[_Properties] = {"border": 1, "valign": "top", "text_wrap": True, "quote_prefix": True}
_FORMATS: Final[dict[Kind, _Properties]] = {
    Kind.TEXT: _WORDS,
    Kind.POINTS: {"border": 1, "valign": "top", "num_format": POINTS_FORMAT},
    Kind.PERCENT: {"border": 1, "valign": "top", "num_format": PERCENT_FORMAT},
    Kind.COUNT: {"border": 1, "valign": "top", "num_format": "#,##0"},
    Kind.DATE: {"border": 1, "valign": "top", "num_format": DATE_FORMAT, "align": "center"},
}
_HEADER: Final[_Properties] = {**_WORDS, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDDDDD"}


def to_csv(table: Table) -> bytes:
    """Write a table as CSV: UTF-8 with BOM, semicolons, CRLF, decimal commas without groups of thousands.

    Percents are numbers out of 100, and their column's name says so. A text that a spreadsheet would take for a
    formula gets an apostrophe in front; control characters are left out.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_text(_csv_name(column)) for column in table.columns])
    kinds = [column.kind for column in table.columns]
    for row in table.rows:
        writer.writerow([_csv_value(kind, value) for kind, value in zip(kinds, row, strict=True)])
    return (_BOM + out.getvalue()).encode("utf-8")


def _csv_name(column: Column) -> str:
    return f"{column.name} (%)" if column.kind is Kind.PERCENT and "%" not in column.name else column.name


def _csv_value(kind: Kind, value: Value) -> str:
    if isinstance(value, Decimal | int) and kind is not Kind.TEXT:
        return _csv_number(kind, Decimal(value))
    return _csv_text(shown(kind, value))


def _csv_number(kind: Kind, number: Decimal) -> str:
    if kind is Kind.POINTS:
        return f"{round_points(number):f}".replace(".", ",")
    places = 2 if kind is Kind.PERCENT else decimals_of(number)
    return f"{number:.{places}f}".replace(".", ",")


def _csv_text(text: str) -> str:
    # The guard looks at the text as it came: cleaning turns a carriage return into a line feed.
    return f"'{cell_text(text)}" if _LIKE_A_FORMULA.match(text) else _guarded(cell_text(text))


def _guarded(cleaned: str) -> str:
    return f"'{cleaned}" if _LIKE_A_FORMULA.match(cleaned) else cleaned


def to_xlsx(table: Table) -> bytes:
    """Write a table as a workbook of one sheet: title, note, header, rows; numbers as numbers, text as text.

    There is no formula and no macro in it. Raises ValueError for more rows than a sheet holds: none is left out.
    """
    out = BytesIO()
    write_tables([table], out)
    return out.getvalue()


def write_tables(tables: Sequence[Table], out: BinaryIO) -> None:
    """Write tables as a workbook with a sheet for each, named by its title; as :func:`to_xlsx` does for one."""
    for table in tables:
        if len(table.rows) > MOST_ROWS:
            raise ValueError(f"{table.key}: {len(table.rows)} rows, a sheet holds {MOST_ROWS}")
    book = new_book(out)
    for table in tables:
        sheet = add_sheet(book, _sheet_name(table.title))
        widths = [_width(table, index) for index in range(len(table.columns))]
        header_row = _write_head(book, sheet, table, widths)
        _write_rows(book, sheet, table, header_row + 1, widths)
        _set_up(sheet, widths, header_row)
    book.close()


def _sheet_name(title: str) -> str:
    name = " ".join(_FORBIDDEN_IN_NAMES.sub(" ", cell_text(title)).split()).strip("'")
    return name[:_LONGEST_NAME].rstrip(" '") or "Bảng"


def _width(table: Table, index: int) -> int:
    column = table.columns[index]
    longest = max((len(shown(column.kind, row[index])) for row in table.rows), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(column.name) // 2 + 2))


def _height(texts: Iterable[str], widths: Sequence[int]) -> float:
    return min(_HIGHEST, _LINE * max(lines_of(text, width - 1) for text, width in zip(texts, widths, strict=True)))


def _write_head(book: Book, sheet: Worksheet, table: Table, widths: Sequence[int]) -> int:
    sheet.write_string(0, 0, cell_text(table.title), book.add_format({"bold": True, "font_size": 14}))
    header_row = 2
    if table.note:
        sheet.write_string(1, 0, cell_text(table.note), book.add_format({"italic": True}))
        header_row = 3
    header = book.add_format(_HEADER)
    for index, column in enumerate(table.columns):
        sheet.write_string(header_row, index, cell_text(column.name), header)
    # Bold letters are wider.
    sheet.set_row(header_row, _height((column.name for column in table.columns), [width - 1 for width in widths]) + 4)
    return header_row


def _write_rows(book: Book, sheet: Worksheet, table: Table, first_row: int, widths: Sequence[int]) -> None:
    formats = {kind: book.add_format(properties) for kind, properties in _FORMATS.items()}
    for row_index, row in enumerate(table.rows, start=first_row):
        for index, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(sheet, (row_index, index), column.kind, value, formats[column.kind])
        sheet.set_row(row_index, _height((value if isinstance(value, str) else "" for value in row), widths) + 1)


def _write_cell(sheet: Worksheet, place: tuple[int, int], kind: Kind, value: Value, style: Format) -> None:
    match kind, value:
        case _, (None | ""):
            sheet.write_blank(*place, None, style)
        case Kind.PERCENT, (Decimal() | int()):
            sheet.write_number(*place, float(Decimal(value) / HUNDRED), style)
        case ((Kind.POINTS | Kind.COUNT), (Decimal() | int())):
            sheet.write_number(*place, float(value), style)
        case Kind.DATE, date():
            sheet.write_datetime(*place, value, style)
        case _:
            sheet.write_string(*place, cell_text(shown(kind, value)), style)


def _set_up(sheet: Worksheet, widths: Sequence[int], header_row: int) -> None:
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    sheet.freeze_panes(header_row + 1, 0)
    sheet.repeat_rows(header_row)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
