"""Reads a workbook or a CSV file into text cells; what is no such file is refused before a library opens it.

Workbooks are opened in a child process with limits: a hostile one may kill the child, never this process.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cchc_core.confined import Confined, Reason, run
from cchc_core.errors import BadText
from cchc_core.workbook_in.csv_in import read_csv
from cchc_core.workbook_in.model import Book, Cell, Mark, Row, SheetIn
from cchc_core.workbook_in.refusals import MOST_BYTES, Why, refused

_CHILD: Final = "cchc_core.workbook_in.child"
_SECONDS, _MEGABYTES = 25.0, 768
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_CSV_ENDINGS: Final = (".csv", ".txt", ".tsv")
_WHY: Final[Mapping[Reason, Why]] = {
    Reason.TIME: Why.SLOW,
    Reason.MEMORY: Why.MEMORY,
    Reason.CRASH: Why.DAMAGED,
    Reason.REFUSED: Why.DAMAGED,
}


def read_workbook(content: bytes, name: str) -> Book:
    """Read the visible sheets of a workbook (.xlsx), or a CSV file, into text cells.

    Dates are printed as ngày/tháng/năm, what is merged downwards stands in each of its rows. Raises BadText, which
    names the file, the reason and what to do.
    """
    if not content.strip():
        raise refused(name, Why.EMPTY)
    if len(content) > MOST_BYTES:
        raise refused(name, Why.TOO_LARGE)
    if content.startswith(_OLE):
        raise refused(name, _kind_of_old_file(content))
    if content.startswith(_ZIP):
        return _from_child(content, name)
    return _from_text(content, name)


def _kind_of_old_file(content: bytes) -> Why:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Why.ENCRYPTED
    is_workbook = any(entry.encode("utf-16-le") in content for entry in ("Workbook", "Book"))
    return Why.LEGACY_XLS if is_workbook else Why.OLD_OFFICE


def _from_text(content: bytes, name: str) -> Book:
    start = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"mime-version")):
        raise refused(name, Why.WEB_PAGE)
    if not name.lower().endswith(_CSV_ENDINGS):
        raise refused(name, Why.NOT_A_WORKBOOK)
    return read_csv(content, name)


def _from_child(content: bytes, name: str) -> Book:
    with tempfile.TemporaryDirectory(prefix="cchc-bang-tinh-") as folder:
        path = Path(folder) / "in.xlsx"
        path.write_bytes(content)
        try:
            answer = run(_CHILD, {"path": str(path)}, seconds=_SECONDS, megabytes=_MEGABYTES)
        except Confined as why:
            raise refused(name, _WHY[why.reason]) from why
    return _book(answer, name)


def _book(answer: Mapping[str, Any], name: str) -> Book:
    if "refused" in answer:
        raise _refusal(answer, name)
    sheets = tuple(SheetIn(each["name"], _rows(each["rows"])) for each in answer["sheets"])
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise refused(name, Why.NO_SHEET)
    return Book(name, filled, tuple(answer["hidden"]))


def _refusal(answer: Mapping[str, Any], name: str) -> BadText:
    at = answer.get("at")
    place = "" if at is None else SheetIn(at["sheet"], ()).place(at["row"], at["column"])
    return refused(name, Why(answer["refused"]), place)


def _rows(rows: list[list[Any]]) -> tuple[Row, ...]:
    return tuple(
        Row(number, {column: Cell(text, Mark(mark), is_below) for column, text, mark, is_below in cells})
        for number, cells in rows
    )
