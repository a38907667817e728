"""CSV files as Vietnamese offices save them: UTF-8, UTF-16 and Windows-1258; commas, semicolons or tabs."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Final

from cchc_core.text import clean_line
from cchc_core.workbook_in.model import Book, Cell, Row, SheetIn
from cchc_core.workbook_in.refusals import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Why, refused

_DELIMITERS: Final = (";", "\t", ",")
_SAMPLE = 20_000
# Spreadsheets and this product put an apostrophe before what would be taken for a formula.
_GUARDED: Final = re.compile(r"'[=+\-@]")
_OLD_LETTERS: Final = (
    "Tệp CSV ghi theo bảng mã cũ Windows-1258; chữ đã được chuyển sang Unicode. Hãy xem kỹ dấu ở bản xem trước."
)


def read_csv(content: bytes, name: str) -> Book:
    """Read a CSV file as a book of one sheet without a name. Raises BadText."""
    text, note = _decoded(content, name)
    sheet = SheetIn("", tuple(_rows(_records(text, name), name)))
    if not sheet.rows:
        raise refused(name, Why.EMPTY)
    return Book(name, (sheet,), encoding_note=note)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff"), _OLD_LETTERS if encoding == "cp1258" else ""
    raise refused(name, Why.BAD_LETTERS)


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\x00" in content[:_SAMPLE]:
        # Half of the bytes of plain letters are zero; which half says the order.
        odd, even = content[1:_SAMPLE:2].count(0), content[:_SAMPLE:2].count(0)
        return ("utf-16-le",) if odd > even else ("utf-16-be",)
    return ("utf-8-sig", "cp1258")


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    # A line break within quotes belongs to the cell: people count rows as their spreadsheet does.
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as why:
        raise refused(name, Why.DAMAGED) from why


def _delimiter(text: str) -> str:
    counts = {delimiter: _outside_quotes(text[:_SAMPLE], delimiter) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=counts.__getitem__)


def _outside_quotes(text: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in text.split('"')[::2])


def _rows(records: Iterable[tuple[int, list[str]]], name: str) -> Iterator[Row]:
    for number, record in records:
        cells = {
            column: Cell(_text(text, number, column, name)) for column, text in enumerate(record, 1) if text.strip()
        }
        if not cells:
            continue
        furthest = max(cells)
        if furthest > MOST_COLUMNS:
            raise refused(name, Why.FAR_CELL, SheetIn("", ()).place(number, furthest))
        if number > MOST_ROWS:
            raise refused(name, Why.MANY_ROWS, SheetIn("", ()).place(number))
        yield Row(number, cells)


def _text(text: str, row: int, column: int, name: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise refused(name, Why.LONG_CELL, SheetIn("", ()).place(row, column))
    cleaned = clean_line(text.replace("\r\n", "\n").replace("\r", "\n"))
    return cleaned[1:] if _GUARDED.match(cleaned) else cleaned
