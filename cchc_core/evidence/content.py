"""What bytes say of themselves: the kinds of content that files begin with."""

import struct
from typing import Final

from cchc_core.evidence.file_view import FileView

_EXECUTABLE: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"\x00asm",
    b"dex\n",
    b"!<arch>",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"\xed\xab\xee\xdb",
)
HEAD: Final = 512
"""So many bytes tell what something is."""
ZIP: Final = b"PK\x03\x04"
EMPTY_ZIP: Final = b"PK\x05\x06"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF: Final = b"%PDF-"
PNG: Final = b"\x89PNG\r\n\x1a\n"
JPG: Final = b"\xff\xd8\xff"
_ARCHIVES: Final = (
    ZIP,
    EMPTY_ZIP,
    b"PK\x07\x08",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"MSCF",
)
_BOM: Final = b"\xef\xbb\xbf"
_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def is_executable(head: bytes) -> bool:
    """Tell whether bytes begin like a program or a script.

    >>> is_executable(b"MZ\\x90\\x00"), is_executable(b"%PDF-1.7")
    (True, False)
    """
    return head.startswith(_EXECUTABLE)


def is_archive(head: bytes) -> bool:
    """Tell whether bytes begin like an archive; documents of newer offices do too."""
    return head.startswith(_ARCHIVES) or head[257:262] == b"ustar"


def is_pdf(head: bytes) -> bool:
    """Tell whether bytes begin like a PDF; white space before it is common and harmless."""
    return head.removeprefix(_BOM).lstrip(b" \t\r\n\x00").startswith(PDF)


def picture_size(file: FileView) -> tuple[int, int] | None:
    """Read width and height of a PNG or JPEG from its head; None where it has no readable one."""
    head = file.at(0, 33)
    if head.startswith(PNG):
        return struct.unpack(">II", head[16:24]) if head[12:16] == b"IHDR" and len(head) == 33 else None
    return _size_of_jpg(file) if head.startswith(JPG) else None


def _size_of_jpg(file: FileView) -> tuple[int, int] | None:
    place = 2
    while len(head := file.at(place, 9)) == 9 and head[0] == 0xFF:
        marker = head[1]
        if marker in _SIZES:
            height, width = struct.unpack(">HH", head[5:9])
            return width, height
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            place += 2
            continue
        place += 2 + int(struct.unpack(">H", head[2:4])[0])
    return None


def tail_after_end(file: FileView) -> bytes:
    """Give the beginning of what stands behind the end of a PDF or PNG: nothing, in an honest one."""
    if file.at(0, len(PNG)) == PNG:
        end = file.find(b"IEND")
        return b"" if end < 0 else file.at(end + 8, HEAD)
    end = file.rfind(b"%%EOF")
    return b"" if end < 0 else file.after(end + 5, b"\r\n \x00", HEAD)
