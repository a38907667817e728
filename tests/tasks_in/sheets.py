"""Small workbooks for tests, written as Markdown tables; and the ones that nobody should open."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEAD = "| STT | Nhiệm vụ | Sản phẩm | Chủ trì | Phối hợp | Thời gian | Kinh phí | Cách thức | Ghi chú |"


def cells_of(markdown: str) -> list[list[str]]:
    """Give the cells of a table; «/» within a cell stands for a line break."""
    lines = [line.strip() for line in markdown.strip().splitlines()]
    return [[cell.strip().replace(" / ", "\n") for cell in line.strip("|").split("|")] for line in lines]


def book_of(*tables: str, names: tuple[str, ...] = (), change: Callable[[Any], None] | None = None) -> bytes:
    """Write a workbook with a sheet for each table; ``change`` does something more to it."""
    book = Workbook()
    book.remove(book.active)
    for place, table in enumerate(tables):
        sheet = book.create_sheet(names[place] if names else f"Trang {place + 1}")
        for row in cells_of(table):
            sheet.append([cell or None for cell in row])
    if change is not None:
        change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv_of(table: str, encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    """Write a table as CSV."""
    quoted = (delimiter.join(f'"{cell}"' for cell in row) for row in cells_of(table))
    return "\r\n".join(quoted).encode(encoding)


def with_sheet(xml: str, *, entry: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Give a workbook whose first sheet is this XML."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(book_of("| a |"))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for item in source.infolist():
            target.writestr(item.filename, xml if item.filename == entry else source.read(item.filename))
    return out.getvalue()


def sheet_xml(rows: str, *, dimension: str = "A1") -> str:
    """Give the XML of a sheet with these rows."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        f'main"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    )


def zip_of(entries: dict[str, bytes]) -> bytes:
    """Write a zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()
