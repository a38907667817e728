"""A criteria set from a file or from pasted text, as far as it can be read; every problem by sheet, row and column."""

import hashlib
from dataclasses import replace
from pathlib import PurePath

from cchc_core.errors import BadText
from cchc_core.rubric_in.choosing import Chosen, choose
from cchc_core.rubric_in.fields import FIELD_NAMES, Field
from cchc_core.rubric_in.head import read_head
from cchc_core.rubric_in.model import ColumnRead, ImportedSet
from cchc_core.rubric_in.pasted import book_of_text, in_words_of_text
from cchc_core.rubric_in.reading import MOST_NODES, Reading, read_tables
from cchc_core.rubric_in.table_rows import Table
from cchc_core.rubric_in.tree import settle
from cchc_core.rubric_in.word import is_word, read_word
from cchc_core.text import clean_line
from cchc_core.workbook_in import read_workbook
from cchc_core.workbook_in.model import Book, Problem, letters_of

_MOST_ROWS = 10_000
_PASTED = "Văn bản dán vào"
_OF_LEVELS = " Nếu cột này là điểm của từng mức, hãy ghi điểm vào cùng ô với mức, ví dụ «Đúng hạn: 1»."


def read_set_file(content: bytes, name: str, *, year: int, tables: tuple[str, ...] | None = None) -> ImportedSet:
    """Read a workbook (.xlsx), a CSV file or a Word file (.docx) as a criteria set.

    ``year`` counts where the file names none, ``tables`` names those to read where it holds several sets. Raises
    BadText for a file that is not read at all; whatever is wrong inside is a problem of the set, which then holds the
    rows as far as they were read.
    """
    book = read_word(content, name) if is_word(content, name) else read_workbook(content, name)
    return _read_book(book, hashlib.sha256(content).hexdigest(), year, tables)


def read_set_text(text: str, *, year: int, name: str = _PASTED, tables: tuple[str, ...] | None = None) -> ImportedSet:
    """Read text that was copied out of a PDF as a criteria set; places are lines of it.

    Of a whole document with several annexes ``tables`` names those to read. Raises BadText for an empty text.
    """
    book = book_of_text(text, name)
    found = _read_book(book, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), year, tables)
    return replace(found, problems=tuple(in_words_of_text(each) for each in found.problems))


def _read_book(book: Book, sha256: str, year: int, wanted: tuple[str, ...] | None) -> ImportedSet:
    file_name = " ".join(clean_line(PurePath(book.file_name).name).split())[:200]
    if sum(len(sheet.rows) for sheet in book.sheets) > _MOST_ROWS:
        raise BadText(
            f"Tệp «{file_name[:80]}»",
            problem="có quá 10.000 dòng, không giống một bộ tiêu chí",
            to_do="Hãy chép riêng bảng tiêu chí sang một tệp mới.",
        )
    chosen = choose(book, wanted)
    head = read_head(_above(chosen, book), file_name, year)
    empty = ImportedSet(
        file_name=file_name,
        file_sha256=sha256,
        title=head.title,
        issuer=head.issuer,
        year=head.year,
        document=head.document,
        declared_total=None,
        nodes=(),
        notes=(*_notes_of(book), *chosen.notes),
        tables=chosen.names,
    )
    if chosen.problem is not None:
        return replace(empty, problems=(chosen.problem,))
    return _read_tables(empty, chosen.tables)


def _above(chosen: Chosen, book: Book) -> list[str]:
    table = next(iter(chosen.tables or chosen.all_tables), None)
    sheet = table.sheet if table is not None else book.sheets[0]
    rows = [row for row in sheet.rows if table is not None and row.number < table.header.first_row]
    return [*sheet.above, *(cell.text for row in rows for _, cell in row.filled() if cell.text)]


def _notes_of(book: Book) -> tuple[str, ...]:
    hidden = [f"Trang tính «{name}» đang ẩn nên không đọc." for name in book.hidden]
    return tuple(filter(None, (book.encoding_note, *hidden)))


def _read_tables(empty: ImportedSet, tables: tuple[Table, ...]) -> ImportedSet:
    reading = Reading()
    for table in tables:
        reading.problems += _rivals(table)
    read_tables(reading, tables)
    nodes, problems, notes = settle(reading.outline)
    problems = [*reading.problems, *problems, *_count_problems(tables, len(nodes), bool(reading.problems))]
    return replace(
        empty,
        nodes=nodes,
        declared_total=reading.declared_total,
        columns=_columns(tables),
        problems=tuple(dict.fromkeys(problems)),
        notes=tuple(dict.fromkeys((*empty.notes, *_notes_of_columns(tables), *reading.notes, *notes))),
    )


def _columns(tables: tuple[Table, ...]) -> tuple[ColumnRead, ...]:
    return tuple(dict.fromkeys(column for table in tables for column in table.header.columns_read()))


def _rivals(table: Table) -> list[Problem]:
    return [
        Problem(
            table.sheet.place(table.header.first_row, other),
            f"cột này và cột {letters_of(column)} đều là «{FIELD_NAMES[field]}»",
            f"Hãy xoá hoặc đổi tên một trong hai cột.{_OF_LEVELS if field is Field.POINTS else ''}",
            table.header.first_row,
        )
        for field, column, other in table.header.rivals
    ]


def _notes_of_columns(tables: tuple[Table, ...]) -> list[str]:
    found = []
    for table in tables:
        found += [f"{table.sheet.place()}: {note}" for note in table.header.notes]
        for column, name, is_given in table.header.unread():
            why = "là điểm do người chấm ghi, không đọc" if is_given else "không thuộc bộ tiêu chí, không đọc"
            found.append(f"{table.sheet.place(table.header.last_row, column)}: cột «{name[:60]}» {why}.")
        if Field.POINTS not in table.header.columns:
            found.append(f"{table.sheet.place()}: bảng không có cột điểm.")
    return found


def _count_problems(tables: tuple[Table, ...], count: int, has_others: bool) -> list[Problem]:
    where = tables[0].sheet.place()
    if count > MOST_NODES:
        return [Problem(where, f"có quá {MOST_NODES} dòng có mã", "Hãy chia bảng thành nhiều tệp.")]
    if not count and not has_others:
        return [Problem(where, "dưới dòng tiêu đề không có tiêu chí nào có mã", "Hãy ghi mã I, 1, 1.1 … cho các dòng.")]
    return []
