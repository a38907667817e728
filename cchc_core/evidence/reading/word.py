"""Word files by python-docx: their text, their lines with columns, the fonts they use.

Runs in the child of :mod:`cchc_core.confined` only; sizes inside the file are checked before it is unpacked.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from cchc_core.confined import ChildRefuses
from cchc_core.evidence.reading.lines import Line, Side, tidy

_MOST_UNPACKED: Final = 200 << 20
_MOST_OF_TEXT: Final = 40 << 20
_MOST_RATIO: Final = 200
_SMALL: Final = 4 << 20
_MOST_ENTRIES: Final = 5_000
_BLOCKS_OF_THE_HEAD: Final = 60
_COLUMNS: Final = re.compile(r"\t+|\s{6,}")
_MOST_STAMPS: Final = 200


def open_word(path: Path) -> Any:
    """Open a file, or refuse it: too large once unpacked, or damaged."""
    _check_sizes(path)
    try:
        with path.open("rb") as file:
            return docx.Document(file)
    except (MemoryError, RecursionError):
        raise
    except Exception as why:  # the library raises whatever its parts raise
        raise ChildRefuses("tệp Word hỏng hoặc không phải là .docx") from why


def _check_sizes(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as why:
        raise ChildRefuses("tệp Word hỏng hoặc không phải là .docx") from why
    unpacked = sum(entry.file_size for entry in entries)
    texts = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    is_dense = unpacked > _SMALL and unpacked > _MOST_RATIO * path.stat().st_size
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or texts > _MOST_OF_TEXT or is_dense:
        raise ChildRefuses("tệp Word nén bất thường, mở ra quá lớn nên không đọc")


def text(opened: Any, most_characters: int) -> str:
    """Give the whole text, tables too, no longer than so many characters."""
    read: list[str] = []
    length = 0
    for element in opened.element.body.iter(qn("w:p")):
        line = "".join(node.text or "" for node in element.iter(qn("w:t"), qn("w:tab")))
        read.append(line)
        length += len(line) + 1
        if length > most_characters:
            break
    return "\n".join(read)[:most_characters]


def lines(opened: Any) -> list[Line]:
    """Give the lines of the beginning in reading order, empty ones too: they end an abstract."""
    found: list[Line] = []
    for number, block in enumerate(opened.iter_inner_content()):
        if number >= _BLOCKS_OF_THE_HEAD:
            break
        if isinstance(block, Table):
            found += _of_table(block)
        else:
            found += _of_paragraph(block)
    return found


def stamps(opened: Any) -> Iterator[str]:
    """Give what stands in text boxes and above the pages, where a mark of secrecy may be put."""
    holders = list(opened.element.body.iter(qn("w:txbxContent")))
    for section in opened.sections:
        # A header that is only inherited would be made by asking for what is in it.
        holders += [
            each._element for each in (section.header, section.first_page_header) if not each.is_linked_to_previous
        ]
    texts = (element for holder in holders for element in holder.iter(qn("w:p")))
    for number, element in enumerate(texts):
        if number >= _MOST_STAMPS:
            return
        yield tidy("".join(node.text or "" for node in element.iter(qn("w:t"))))


def _of_table(table: Table) -> Iterator[Line]:
    for row in table._tbl.tr_lst:
        cells = [cell for cell in row.tc_lst if "".join(cell.itertext()).strip()]
        for index, cell in enumerate(row.tc_lst):
            side = (Side.LEFT, Side.RIGHT)[index > 0] if len(row.tc_lst) in (2, 3) else Side.WHOLE
            for element in cell.iter(qn("w:p")) if cell in cells else ():
                yield from _printed(Paragraph(element, table), side)


def _of_paragraph(paragraph: Paragraph) -> Iterator[Line]:
    for printed in paragraph.text.split("\n"):
        parts = _COLUMNS.split(printed.strip(), maxsplit=1)
        if len(parts) == 2 and all(map(tidy, parts)):
            yield Line(tidy(parts[0]), Side.LEFT)
            yield Line(tidy(parts[1]), Side.RIGHT)
        else:
            yield Line(tidy(printed), Side.WHOLE, _is_centred(paragraph))


def _printed(paragraph: Paragraph, side: Side) -> Iterator[Line]:
    centred = _is_centred(paragraph)
    return (Line(tidy(printed), side, centred) for printed in paragraph.text.split("\n") if tidy(printed))


def _is_centred(paragraph: Paragraph) -> bool:
    style = paragraph.style.paragraph_format.alignment if paragraph.style is not None else None
    alignment = paragraph.alignment if paragraph.alignment is not None else style
    return alignment == WD_ALIGN_PARAGRAPH.CENTER


def fonts(opened: Any) -> set[str]:
    """Name the fonts that the text and its styles ask for."""
    asked: set[str] = set()
    for root in (opened.element, opened.styles.element):
        for element in root.iter(qn("w:rFonts")):
            asked |= {element.get(qn(name)) for name in ("w:ascii", "w:hAnsi") if element.get(qn(name))}
    return asked
