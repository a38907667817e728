"""The container of older offices (doc, xls), and what newer ones wrap into it: passwords, macros, packed programs."""

import re
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from cchc_core.evidence.file_names import EXECUTABLE_EXTENSIONS, WHERE
from cchc_core.evidence.file_problems import FileRefused, Reason
from cchc_core.evidence.file_view import FileView

if TYPE_CHECKING:
    from olefile import OleFileIO

_ENCRYPTED: Final = frozenset({"encryptedpackage", "encryptioninfo"})
_MACROS: Final = frozenset({"vba", "macros", "_vba_project", "_vba_project_cur"})
_PACKED: Final = "\x01ole10native"
_PROGRAM: Final = re.compile(
    rb"\.(" + b"|".join(sorted(each.encode() for each in EXECUTABLE_EXTENSIONS)) + rb")\x00", re.I
)
_END, _SHEET, _PASSWORD = 0x000A, 0x0085, 0x002F
_MACRO_SHEET: Final = 0x01
_HEADER, _SHIFTS, _SPARE_TABLES = 512, (9, 12), 8
_WORD, _WORD_ENCRYPTED = 0xA5EC, 0x0100


def check_doc(file: FileView, name: str) -> None:
    """Refuse what is no document of an older Word, or one with a password or macros. Raises FileRefused."""
    with _opened(file, name) as ole:
        _check(ole, name)
        _require(ole, name, "WordDocument")
        _check_word(ole, name)


def check_xls(file: FileView, name: str) -> None:
    """Refuse what is no workbook of an older Excel, or one with a password or macros. Raises FileRefused."""
    with _opened(file, name) as ole:
        _check(ole, name)
        _require(ole, name, "Workbook", "Book")
        _check_excel(ole, name)


def check_embedded(file: FileView, name: str, inside: str = "") -> None:
    """Refuse a container with a password, macros or a program, whatever else it is. Raises FileRefused."""
    with _opened(file, name) as ole:
        _check(ole, name, inside)
        _check_word(ole, name)
        _check_excel(ole, name)


def refuse_as_package(file: FileView, name: str) -> None:
    """Refuse a container that bears the name of a newer document: one with a password looks like that.

    Raises FileRefused.
    """
    check_embedded(file, name)
    raise FileRefused(WHERE, Reason.OTHER_CONTENT, name)


@contextmanager
def _opened(file: FileView, name: str) -> "Iterator[OleFileIO]":
    import olefile

    _check_layout(file, name)
    try:
        with olefile.OleFileIO(file.file) as ole:
            _check_lengths(ole, file.size, name)
            yield ole
    except FileRefused:
        raise
    except (OSError, ValueError, LookupError, struct.error, TypeError, AttributeError, RecursionError) as cause:
        # The library meets hostile containers with whatever went wrong inside it.
        raise FileRefused(WHERE, Reason.DAMAGED, name) from cause


def _check_layout(file: FileView, name: str) -> None:
    """Refuse tables larger than their file needs: the library would follow a chain that runs in a circle through them.

    The fields are those of the header in [MS-CFB] 2.2.
    """
    header = file.at(0, _HEADER)
    if len(header) < _HEADER:
        raise FileRefused(WHERE, Reason.DAMAGED, name)
    shift, tables = struct.unpack_from("<H", header, 30)[0], struct.unpack_from("<L", header, 44)[0]
    small_tables, further_tables = struct.unpack_from("<L", header, 64)[0], struct.unpack_from("<L", header, 72)[0]
    if shift not in _SHIFTS:
        raise FileRefused(WHERE, Reason.DAMAGED, name)
    sectors = (file.size >> shift) + 1
    if tables > sectors * 4 // (1 << shift) + _SPARE_TABLES or max(small_tables, further_tables) > sectors:
        raise FileRefused(WHERE, Reason.DAMAGED, name)


def _check_lengths(ole: "OleFileIO", most: int, name: str) -> None:
    lengths = [ole.get_size(path) for path in ole.listdir(streams=True, storages=False)]
    if max([ole.root.size, *lengths]) > most:
        raise FileRefused(WHERE, Reason.DAMAGED, name)


def _check(ole: "OleFileIO", name: str, inside: str = "") -> None:
    for path in ole.listdir(streams=True, storages=True):
        last = path[-1].casefold()
        if last in _ENCRYPTED:
            raise FileRefused(WHERE, Reason.ENCRYPTED, name, inside)
        if last in _MACROS:
            raise FileRefused(WHERE, Reason.MACROS, name, inside)
        if last == _PACKED and _PROGRAM.search(ole.openstream(path).read(2048)):
            raise FileRefused(WHERE, Reason.EXECUTABLE, name, inside)


def _require(ole: "OleFileIO", name: str, *streams: str) -> None:
    if not any(ole.exists(stream) for stream in streams):
        raise FileRefused(WHERE, Reason.OTHER_CONTENT, name)


def _check_word(ole: "OleFileIO", name: str) -> None:
    if not ole.exists("WordDocument"):
        return
    head = ole.openstream("WordDocument").read(12)
    if len(head) < 12:
        raise FileRefused(WHERE, Reason.DAMAGED, name)
    ident, flags = struct.unpack_from("<H", head)[0], struct.unpack_from("<H", head, 10)[0]
    if ident == _WORD and flags & _WORD_ENCRYPTED:
        raise FileRefused(WHERE, Reason.ENCRYPTED, name)


def _check_excel(ole: "OleFileIO", name: str) -> None:
    for stream in ("Workbook", "Book"):
        if ole.exists(stream):
            _walk(ole.openstream(stream).read, name)


def _walk(read: Callable[[int], bytes], name: str) -> None:
    """Read the records of a workbook's globals: before their end stand the password mark and the list of sheets."""
    while len(head := read(4)) == 4:
        kind, length = struct.unpack("<HH", head)
        if kind == _END:
            return
        body = read(length)
        if kind == _PASSWORD:
            raise FileRefused(WHERE, Reason.ENCRYPTED, name)
        if kind == _SHEET and len(body) > 5 and body[5] == _MACRO_SHEET:
            raise FileRefused(WHERE, Reason.MACROS, name)
