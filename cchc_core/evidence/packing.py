"""Where each document of an assessment lies in the bundle: a folder for each criterion, names safe on Windows.

The catalogue and the bundle ask the same function, so what one prints is where the other has it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cchc_core.evidence.attaching import Attached
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.text import nfc

MOST_FOLDER, MOST_FILE = 60, 100
"""Together with where people unpack it, an address of Windows holds 260 characters."""
_MOST_BYTES: Final = 220
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|$)", re.I)


@dataclass(frozen=True, slots=True)
class Packed:
    """A document as it proves a criterion, and its place in the bundle; "" where there is nothing to put there."""

    criterion: Criterion
    attached: Attached
    path: str
    link_path: str


def packed(rubric: Rubric, attached: Mapping[str, tuple[Attached, ...]]) -> tuple[Packed, ...]:
    """Place what is attached, in printed order of the criteria and of what each asks for.

    A document that proves two lines of one criterion lies in its folder once.
    """
    return tuple(
        each
        for place, criterion in enumerate(rubric.leaves, start=1)
        for each in _of_criterion(place, criterion, attached.get(criterion.code, ()))
    )


def _of_criterion(place: int, criterion: Criterion, attached: tuple[Attached, ...]) -> Iterator[Packed]:
    folder = windows_name(f"{place:03d} {criterion.code} {criterion.title}", MOST_FOLDER)
    places: dict[str, tuple[str, str]] = {}
    for each in attached:
        document = each.document
        if document.id not in places:
            number = f"{len(places) + 1:02d}"
            file = document.file
            name = "" if file is None or file.is_purged else f"{folder}/{_numbered(number, file.file_name)}"
            link = f"{folder}/{_numbered(number, f'{document.title}.url')}" if document.link else ""
            places[document.id] = (name, link)
        yield Packed(criterion, each, *places[document.id])


def _numbered(number: str, name: str) -> str:
    # The number makes names differ that differ in nothing else, or in capitals alone.
    return windows_name(f"{number} {name}", MOST_FILE)


def windows_name(text: str, most: int) -> str:
    """Give a text as the name of a file or folder that every system takes; the extension stays when it is cut.

    >>> windows_name("CON.pdf", 20), windows_name("a/b: c?.pdf", 20), windows_name("tên. . ", 20)
    ('_CON.pdf', 'a b c.pdf', 'tên')
    """
    visible = "".join(letter for letter in nfc(text) if unicodedata.category(letter)[0] != "C")
    stem, dot, ending = visible.rpartition(".")
    if not dot or len(ending) > 5 or not ending.isalnum():
        stem, dot, ending = visible, "", ""
    stem = _trimmed(_FORBIDDEN.sub(" ", stem))
    room = most - len(dot + ending)
    while len(stem) > room or len((stem + dot + ending).encode()) > _MOST_BYTES:
        stem = stem[: min(room, len(stem) - 1)]
    stem = _trimmed(stem) or "tai-lieu"
    return f"{'_' if _DEVICES.match(stem) else ''}{stem}{dot}{ending}"


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" .")
