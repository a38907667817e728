"""Files made byte by byte: honest ones of every kind that is taken, and what hostile ones are built from."""

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO

MZ = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(64)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
_PACKAGE = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    "docx": ("word/document.xml", f"{_PACKAGE}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_PACKAGE}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_PACKAGE}presentationml.presentation.main+xml"),
}
_MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


def pdf(text: str = "") -> bytes:
    """Make a PDF that differs from others by a comment in it."""
    return PDF.replace(b"1 0 obj", f"% {text}\n1 0 obj".encode(), 1)


def png(width: int = 2, height: int = 2, tail: bytes = b"") -> bytes:
    """Make a grey PNG; only its head tells its size, so that a huge one is small."""
    rows = b"".join(b"\x00" + bytes(min(width, 64)) for _ in range(min(height, 64)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + tail


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpg(width: int = 2, height: int = 2) -> bytes:
    """Make the head of a JPEG with its size, as far as anybody looks who does not draw it."""
    start = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return start + frame + b"\xff\xd9"


def zipped(entries: Mapping[str, bytes] | Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make a zip file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items() if isinstance(entries, Mapping) else entries:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def package(
    extension: str, more: Mapping[str, bytes] | None = None, *, types: Sequence[str] = (), main: str | None = None
) -> bytes:
    """Make a docx, xlsx or pptx with further parts and further content types."""
    part, usual = _MAIN[extension]
    overrides = [(f"/{part}", main or usual), *((f"/more/{place}", kind) for place, kind in enumerate(types))]
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    content_types = f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://x">{listed}</Types>'
    return zipped({"[Content_Types].xml": content_types.encode(), part: b"<x/>", **(more or {})})


def macro_package(extension: str = "docx") -> bytes:
    """Make a document with macros that bears the name of one without."""
    return package(extension, {"word/vbaProject.bin": ole({"VBA/dir": b"x"})}, main=_MACRO_MAIN)


_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Make a compound file of streams by path ("VBA/dir"), each filled up to 4,096 bytes so that none is a small one.

    The layout is that of [MS-CFB]: header, one sector of the allocation table, the directory, the streams.
    """
    names, parents = ["Root Entry"], [-1]
    contents: list[bytes | None] = [None]
    place_of = {"": 0}
    for path, data in streams.items():
        *folders, last = path.split("/")
        parent = 0
        for depth, folder in enumerate(folders, start=1):
            key = "/".join(folders[:depth])
            if key not in place_of:
                place_of[key] = len(names)
                names.append(folder)
                parents.append(parent)
                contents.append(None)
            parent = place_of[key]
        names.append(last)
        parents.append(parent)
        contents.append(data.ljust(4096, b"\x00"))
    directory_sectors = -(-len(names) * 128 // _SECTOR)
    table = [_FAT, *range(2, directory_sectors + 1), _END]
    body, entries = b"", []
    for place, (name, content) in enumerate(zip(names, contents, strict=True)):
        start, size = _END, 0
        if content is not None:
            start, size = len(table), len(content)
            count = -(-size // _SECTOR)
            table += [*range(start + 1, start + count), _END]
            body += content.ljust(count * _SECTOR, b"\x00")
        entries.append(_directory_entry(place, name, parents, content is not None, start, size))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\x00")
    assert len(table) <= _SECTOR // 4
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = struct.pack(
        "<8s16sHHHHHHLLLLLLLLLL",
        *(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            bytes(16),
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            0,
            0,
            1,
            1,
            0,
            4096,
            _END,
            0,
            _END,
            0,
        ),
    )
    difat = struct.pack("<109L", 0, *[_FREE] * 108)
    return header + difat + struct.pack("<128L", *table) + directory + body


def _directory_entry(place: int, name: str, parents: list[int], is_stream: bool, start: int, size: int) -> bytes:
    children = [child for child, parent in enumerate(parents) if parent == place]
    after = [other for other in range(place + 1, len(parents)) if parents[other] == parents[place]]
    encoded = (name + "\x00").encode("utf-16-le")
    kind = 5 if place == 0 else (2 if is_stream else 1)
    return struct.pack(
        "<64sHBBLLL16sLQQLQ",
        *(encoded, len(encoded), kind, 1, _FREE, after[0] if after and place else _FREE),
        *(children[0] if children else _FREE, bytes(16), 0, 0, 0, start, size),
    )


def doc(flags: int = 0, more: Mapping[str, bytes] | None = None) -> bytes:
    """Make a document of an older Word; flag 0x0100 says that it is encrypted."""
    head = struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0, 0, flags)
    return ole({"WordDocument": head, "1Table": b"x", **(more or {})})


def xls(*records: tuple[int, bytes], more: Mapping[str, bytes] | None = None, stream: str = "Workbook") -> bytes:
    """Make a workbook of an older Excel with further records before the end of its globals."""
    listed = [(0x0809, bytes(16)), *records, (0x000A, b"")]
    body = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in listed)
    return ole({stream: body, **(more or {})})


GOOD: Mapping[str, bytes] = {
    "báo cáo.pdf": PDF,
    "cũ.doc": doc(),
    "mới.docx": package("docx"),
    "bảng cũ.xls": xls((0x0085, struct.pack("<LBB", 0, 0, 0) + b"\x01\x00A")),
    "bảng mới.xlsx": package("xlsx", {"xl/worksheets/sheet1.xml": b"<x/>"}),
    "trình bày.pptx": package("pptx"),
    "ảnh.png": png(),
    "ảnh chụp.JPEG": jpg(),
    "gói.zip": zipped(
        {"thư mục/": b"", "thư mục/a.pdf": PDF, "b.docx": package("docx"), "c.xls": xls(), "d.txt": b"x"}
    ),
}
"""One honest file of every kind that is taken."""
