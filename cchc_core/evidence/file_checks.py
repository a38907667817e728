"""Whether a file may be kept: by its name, its size and, whatever its name says, by its content."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from cchc_core.evidence import archive_checks, content, ole_checks
from cchc_core.evidence.file_names import EXTENSIONS, WHERE, check_name
from cchc_core.evidence.file_problems import FileRefused, Reason
from cchc_core.evidence.file_view import FileView
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
    if isinstance(file, Path):
        with file.open("rb") as opened:
            _check(FileView(opened), extension, name, limit)
    else:
        try:
            _check(FileView(file), extension, name, limit)
        finally:
            file.seek(0)
    return Checked(extension, safe)


def _check(file: FileView, extension: str, name: str, limit: int) -> None:
    if not file.size:
        raise FileRefused(WHERE, Reason.EMPTY, name)
    if file.size > limit:
        raise FileRefused(WHERE, Reason.TOO_LARGE, name, f"lớn nhất {size_text(limit)}")
    head = file.at(0, 2 * content.HEAD)
    if content.is_executable(head):
        raise FileRefused(WHERE, Reason.EXECUTABLE, name)
    _check_content(file, head, extension, name)


def _check_content(file: FileView, head: bytes, extension: str, name: str) -> None:
    match extension:
        case "pdf":
            _check_plain(file, name, is_right=content.is_pdf(head))
        case "png" | "jpg":
            _check_plain(file, name, is_right=head.startswith(content.PNG if extension == "png" else content.JPG))
            _check_picture(file, name)
        case "doc" | "xls":
            _require(head.startswith(content.OLE), name)
            (ole_checks.check_doc if extension == "doc" else ole_checks.check_xls)(file, name)
        case "zip":
            _require(head.startswith((content.ZIP, content.EMPTY_ZIP)), name)
            archive_checks.check_zip(file, name)
        case _:
            if head.startswith(content.OLE):
                ole_checks.refuse_as_package(file, name)
            _require(head.startswith(content.ZIP), name)
            archive_checks.check_package(file, extension, name)


def _check_plain(file: FileView, name: str, *, is_right: bool) -> None:
    _require(is_right, name)
    tail = content.tail_after_end(file)
    if content.is_executable(tail) or content.is_archive(tail):
        raise FileRefused(WHERE, Reason.EXECUTABLE, name)


def _check_picture(file: FileView, name: str) -> None:
    size = content.picture_size(file)
    if size is None or 0 in size:
        raise FileRefused(WHERE, Reason.DAMAGED, name)
    if max(size) > _LONGEST_SIDE or size[0] * size[1] > MOST_PIXELS:
        raise FileRefused(WHERE, Reason.HUGE_PICTURE, name)


def _require(is_right: bool, name: str) -> None:
    if not is_right:
        raise FileRefused(WHERE, Reason.OTHER_CONTENT, name)
