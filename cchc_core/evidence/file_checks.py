"""Whether a file may be kept: by its name, its size and, whatever its name says, by its content."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from cchc_core.evidence import archive_checks, content, ole_checks
from cchc_core.evidence.file_names import EXTENSIONS, WHERE, check_name
from cchc_core.evidence.file_problems import FileRefused, Reason
from cchc_core.evidence.limits import size_text

__all__ = ["EXTENSIONS", "Checked", "FileRefused", "Reason", "check_file", "check_name"]

MOST_PIXELS: Final = 100_000_000
_LONGEST_SIDE: Final = 30_000


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its kind as a small extension without dot, and its name as it is stored."""

    extension: str
    safe_name: str


def check_file(file: BinaryIO | Path, name: str, limit: int) -> Checked:
    """Check a file of at most ``limit`` bytes that somebody wants to keep under a name.

    Raises FileRefused, whose ``reason`` tells why. A stream is left at its beginning.
    """
    safe, extension = check_name(name)
    data = _read(file, limit + 1)
    if not data:
        raise FileRefused(WHERE, Reason.EMPTY, name)
    if len(data) > limit:
        raise FileRefused(WHERE, Reason.TOO_LARGE, name, f"lớn nhất {size_text(limit)}")
    if content.is_executable(data):
        raise FileRefused(WHERE, Reason.EXECUTABLE, name)
    _check_content(data, extension, name)
    return Checked(extension, safe)


def _read(file: BinaryIO | Path, most: int) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return opened.read(most)
    file.seek(0)
    data = file.read(most)
    file.seek(0)
    return data


def _check_content(data: bytes, extension: str, name: str) -> None:
    match extension:
        case "pdf":
            _check_plain(data, name, is_right=content.is_pdf(data[:1024]))
        case "png" | "jpg":
            _check_plain(data, name, is_right=data.startswith(content.PNG if extension == "png" else content.JPG))
            _check_picture(data, name)
        case "doc" | "xls":
            _require(data.startswith(content.OLE), name)
            (ole_checks.check_doc if extension == "doc" else ole_checks.check_xls)(data, name)
        case "zip":
            _require(data.startswith((content.ZIP, content.EMPTY_ZIP)), name)
            archive_checks.check_zip(data, name)
        case _:
            if data.startswith(content.OLE):
                ole_checks.refuse_as_package(data, name)
            _require(data.startswith(content.ZIP), name)
            archive_checks.check_package(data, extension, name)


def _check_plain(data: bytes, name: str, *, is_right: bool) -> None:
    _require(is_right, name)
    tail = content.tail_after_end(data)
    if content.is_executable(tail) or content.is_archive(tail):
        raise FileRefused(WHERE, Reason.EXECUTABLE, name)


def _check_picture(data: bytes, name: str) -> None:
    size = content.picture_size(data)
    if size is None or 0 in size:
        raise FileRefused(WHERE, Reason.DAMAGED, name)
    if max(size) > _LONGEST_SIDE or size[0] * size[1] > MOST_PIXELS:
        raise FileRefused(WHERE, Reason.HUGE_PICTURE, name)


def _require(is_right: bool, name: str) -> None:
    if not is_right:
        raise FileRefused(WHERE, Reason.OTHER_CONTENT, name)
