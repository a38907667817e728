"""Small criteria sets for tests: written as Markdown tables, read through the real reading."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

from cchc_core.rubric_in.importing import read_set_file
from cchc_core.rubric_in.model import ImportedNode, ImportedSet
from tests.tasks_in.sheets import book_of, csv_of

HEAD = "| STT | Lĩnh vực/tiêu chí/tiêu chí thành phần | Điểm tối đa | Tài liệu kiểm chứng | Ghi chú |"


def set_of(table: str, *, head: str = HEAD, year: int = 2026) -> ImportedSet:
    """Read a table below the usual header, brought as CSV."""
    return read_set_file(csv_of(f"{head}\n{table.strip()}" if head else table), "bo.csv", year=year)


def set_of_book(*tables: str, names: tuple[str, ...] = (), change: Callable[[Any], None] | None = None) -> ImportedSet:
    """Read a workbook with a sheet for each table."""
    return read_set_file(book_of(*tables, names=names, change=change), "bo.xlsx", year=2026)


def node(found: ImportedSet, code: str) -> ImportedNode:
    """Give the node with a key."""
    return next(each for each in found.nodes if each.code == code)


def shape(found: ImportedSet) -> list[tuple[str, str, str | None]]:
    """Give the tree in short: key, kind, key of the node above."""
    return [(each.code, each.kind.value, each.parent) for each in found.nodes]


def points(found: ImportedSet) -> dict[str, str | None]:
    """Give what is printed beside each node, as text."""
    return {each.code: None if each.max_points is None else str(each.max_points) for each in found.nodes}


def lines(found: ImportedSet, code: str) -> list[tuple[str, Decimal | None]]:
    """Give the lines below a node with their points."""
    return [(line.text, line.points) for line in node(found, code).lines]


def word_of(
    *tables: list[list[str]], above: tuple[str, ...] = (), change: Callable[[Any], None] | None = None
) -> bytes:
    """Write a Word file with these tables; ``change`` does something more to it."""
    import docx

    opened = docx.Document()
    for line in above:
        opened.add_paragraph(line)
    for rows in tables:
        table = opened.add_table(rows=len(rows), cols=max(map(len, rows)))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
        opened.add_paragraph("")
    if change is not None:
        change(opened)
    out = BytesIO()
    opened.save(out)
    return out.getvalue()
