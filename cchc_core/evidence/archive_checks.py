"""Archives looked at before anything in them is believed: declared sizes, ratio, number of entries, then their heads.

It checks zip files and the documents of newer offices, which are zip files too.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final
from xml.etree.ElementTree import ParseError, fromstring

from cchc_core.evidence import content, ole_checks
from cchc_core.evidence.file_names import (
    ARCHIVE_EXTENSIONS,
    EXECUTABLE_EXTENSIONS,
    MACRO_EXTENSIONS,
    WHERE,
    is_hostile,
)
from cchc_core.evidence.file_problems import FileRefused, Reason, printable
from cchc_core.evidence.file_view import FileView

MOST_ENTRIES: Final = 5_000
MOST_UNPACKED: Final = 500 * 1024 * 1024
MOST_RATIO: Final = 200
_SMALL: Final = 10 * 1024 * 1024
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_MOST_INSIDE: Final = 64 * 1024 * 1024
_MOST_CONTENT_TYPES: Final = 4 * 1024 * 1024
_PACKAGE: Final = "application/vnd.openxmlformats-officedocument."
_MAIN: Final = {
    "docx": f"{_PACKAGE}wordprocessingml.document.main+xml",
    "xlsx": f"{_PACKAGE}spreadsheetml.sheet.main+xml",
    "pptx": f"{_PACKAGE}presentationml.presentation.main+xml",
}
_WITH_MACROS: Final = re.compile(r"macroenabled|vbaproject|macrosheet", re.I)
_TYPES: Final = "[Content_Types].xml"
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    RuntimeError,
    MemoryError,
)


def check_zip(file: FileView, name: str) -> None:
    """Refuse a zip file that holds a program, another archive, macros or passwords, or unpacks to too much.

    Raises FileRefused.
    """
    with _opened(file, name) as archive:
        files = [entry for entry in archive.infolist() if not entry.is_dir()]
        if not files:
            raise FileRefused(WHERE, Reason.EMPTY, name)
        for entry in files:
            _check_name(entry, name)
            _check_entry(archive, entry, name)


def check_package(file: FileView, extension: str, name: str) -> None:
    """Refuse a docx, xlsx or pptx that is something else, or that holds macros, programs or passwords.

    Raises FileRefused.
    """
    with _opened(file, name) as archive:
        types = _content_types(archive, name)
        if any(_WITH_MACROS.search(each) for each in types):
            raise FileRefused(WHERE, Reason.MACROS, name)
        if _MAIN[extension] not in types:
            raise FileRefused(WHERE, Reason.OTHER_CONTENT, name)
        for entry in archive.infolist():
            _check_part(archive, entry, name)


@contextmanager
def _opened(file: FileView, name: str) -> Iterator[zipfile.ZipFile]:
    # Counted before the library builds an object for each: half a million of them fit into 25 MB.
    if sum(1 for _ in islice(file.places(b"PK\x01\x02"), MOST_ENTRIES + 1)) > MOST_ENTRIES:
        raise FileRefused(WHERE, Reason.BOMB, name)
    try:
        with zipfile.ZipFile(file.file) as archive:
            _check_sizes(archive.infolist(), file.size, name)
            yield archive
    except _DAMAGE as cause:
        raise FileRefused(WHERE, Reason.DAMAGED, name) from cause


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileRefused(WHERE, Reason.ENCRYPTED, name)
    if any(entry.compress_type not in _METHODS for entry in entries):
        # The others may ask for gigabytes before their first byte.
        raise FileRefused(WHERE, Reason.DAMAGED, name, "cách nén này không đọc được")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked > MOST_RATIO * packed):
        raise FileRefused(WHERE, Reason.BOMB, name)
    ends = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        # Entries that share their bytes unpack to many times what the file holds.
        if entry.header_offset < ends:
            raise FileRefused(WHERE, Reason.BOMB, name)
        ends = entry.header_offset + entry.compress_size


def _check_name(entry: zipfile.ZipInfo, name: str) -> None:
    original = entry.orig_filename
    if is_hostile(original, separators="\\\x00") or entry.filename.startswith("/") or ":" in entry.filename[:2]:
        raise FileRefused(WHERE, Reason.BAD_NAME, name, f"bên trong: «{printable(original)[:60]}»")
    if ".." in entry.filename.split("/") or stat.S_ISLNK(entry.external_attr >> 16):
        raise FileRefused(WHERE, Reason.BAD_NAME, name, f"bên trong: «{printable(original)[:60]}»")


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    inside = f"bên trong: «{printable(entry.filename)[:60]}»"
    extension = entry.filename.rpartition(".")[2].casefold().strip(" .")
    with archive.open(entry) as part:
        head = part.read(content.HEAD)
    if content.is_executable(head) or extension in EXECUTABLE_EXTENSIONS:
        raise FileRefused(WHERE, Reason.EXECUTABLE, name, inside)
    if extension in MACRO_EXTENSIONS:
        raise FileRefused(WHERE, Reason.MACROS, name, inside)
    if head.startswith(content.OLE):
        ole_checks.check_embedded(_read(archive, entry, name), name, inside)
    elif content.is_archive(head) and extension in _MAIN:
        check_package(_read(archive, entry, name), extension, name)
    elif content.is_archive(head) or extension in ARCHIVE_EXTENSIONS:
        raise FileRefused(WHERE, Reason.NESTED, name, inside)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    inside = f"bên trong: «{printable(entry.filename)[:60]}»"
    if _WITH_MACROS.search(entry.filename):
        raise FileRefused(WHERE, Reason.MACROS, name, inside)
    with archive.open(entry) as part:
        head = part.read(content.HEAD)
    if content.is_executable(head):
        raise FileRefused(WHERE, Reason.EXECUTABLE, name, inside)
    if head.startswith(content.OLE):
        ole_checks.check_embedded(_read(archive, entry, name), name, inside)
    elif head.startswith(content.ZIP):
        _check_embedded_package(_read(archive, entry, name), name, inside)
    elif content.is_archive(head):
        raise FileRefused(WHERE, Reason.NESTED, name, inside)


def _check_embedded_package(file: FileView, name: str, inside: str) -> None:
    """Look at a document inside a document, as the figures behind a chart are: it may hold no macros and no program."""
    with _opened(file, name) as archive:
        types = _content_types(archive, name)
        if any(_WITH_MACROS.search(each) for each in (*types, *archive.namelist())):
            raise FileRefused(WHERE, Reason.MACROS, name, inside)
        if not set(_MAIN.values()) & types:
            raise FileRefused(WHERE, Reason.NESTED, name, inside)
        for entry in archive.infolist():
            with archive.open(entry) as part:
                head = part.read(content.HEAD)
            if content.is_executable(head):
                raise FileRefused(WHERE, Reason.EXECUTABLE, name, inside)
            if head.startswith(content.OLE):
                ole_checks.check_embedded(_read(archive, entry, name), name, inside)
            elif content.is_archive(head):
                raise FileRefused(WHERE, Reason.NESTED, name, inside)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> FileView:
    if entry.file_size > _MOST_INSIDE:
        raise FileRefused(WHERE, Reason.BOMB, name)
    return FileView(archive.read(entry))


def _content_types(archive: zipfile.ZipFile, name: str) -> frozenset[str]:
    entries = [entry for entry in archive.infolist() if entry.filename == _TYPES]
    if not entries:
        raise FileRefused(WHERE, Reason.OTHER_CONTENT, name)
    if len(entries) > 1 or entries[0].file_size > _MOST_CONTENT_TYPES:
        raise FileRefused(WHERE, Reason.DAMAGED, name)
    text = archive.read(entries[0])
    # No office writes declarations here or another encoding than UTF-8; both are how a parser is led astray.
    if b"<!" in text or b"\x00" in text:
        raise FileRefused(WHERE, Reason.DAMAGED, name)
    root = fromstring(text)  # noqa: S314 (nothing is declared in it, so nothing can be expanded)
    return frozenset(node.get("ContentType", "") for node in root)
