"""The text of Word paragraphs, with the numbers that Word itself puts in front of them counted out."""

import re
from collections.abc import Iterator
from typing import Any, Final

from cchc_core.rubric_in.codes import roman

_OLD_FONT: Final = re.compile(r"\.vn|vni-", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_MOST_LEVELS: Final = 9
_FEWEST_COLUMNS: Final = 3
_POINTS: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?(?: điểm)?")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def text_of_cell(cell: Any, numbering: "Numbering") -> str:
    """Give the paragraphs of a cell, one a line, and a line for each row of a small table that is a part of it."""
    from docx.oxml.ns import qn

    return "\n".join(_lines(cell, numbering, qn))


def _lines(cell: Any, numbering: "Numbering", qn: Any) -> Iterator[str]:
    for element in cell:
        if element.tag == qn("w:p"):
            yield text_of_paragraph(element, numbering)
        elif element.tag == qn("w:tbl") and is_part_of_cell(element, qn):
            yield from (_line_of_row(row, numbering, qn) for row in element.iterchildren(qn("w:tr")))
        elif element.tag == qn("w:sdt"):
            for content in element.iterchildren(qn("w:sdtContent")):
                yield from _lines(content, numbering, qn)


def is_part_of_cell(table: Any, qn: Any) -> bool:
    """Tell whether a table within a cell holds the levels of a criterion; cells side by side only lay out a page."""
    row = next(table.iterancestors(qn("w:tr")), None)
    return row is not None and len(row.findall(qn("w:tc"))) >= _FEWEST_COLUMNS


def _line_of_row(row: Any, numbering: "Numbering", qn: Any) -> str:
    """Put the cells of a row side by side, points behind a colon: «Hoàn thành 100%: 3,0»."""
    cells = ("\n".join(_lines(cell, numbering, qn)) for cell in row.iterchildren(qn("w:tc")))
    *front, last = [text for cell in cells if (text := " ".join(cell.split()))] or [""]
    return f"{' '.join(front)}: {last}" if front and _POINTS.fullmatch(last) else " ".join((*front, last))


def text_of_paragraph(paragraph: Any, numbering: "Numbering") -> str:
    """Give the text of a paragraph as it is printed: its number first, nothing that was struck out by revision."""
    from docx.oxml.ns import qn

    parts = [numbering.label_of(paragraph)]
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            # A tab of the paragraph's settings stands for no letter.
            parts.append(" " if node.getparent().tag == qn("w:r") else "")
        else:
            parts.append("-" if node.tag == qn("w:noBreakHyphen") else "\n")
    return "".join(parts)


def has_old_font(cell: Any) -> bool:
    """Tell whether a cell's letters are set in a font of TCVN3 or VNI."""
    from docx.oxml.ns import qn

    asked = (fonts.get(qn(name)) or "" for fonts in cell.iter(qn("w:rFonts")) for name in ("w:ascii", "w:hAnsi"))
    return any(_OLD_FONT.match(name) for name in asked)


class Numbering:
    """Counts the lists of a file as Word does, so that an automatic «1.1.» is text like a typed one."""

    def __init__(self, opened: Any) -> None:
        from docx.oxml.ns import qn

        self._qn = qn
        self._counts: dict[str, list[int]] = {}
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract_of: dict[str, str] = {}
        root = _part(opened)
        if root is None:
            return
        for abstract in root.iterfind(qn("w:abstractNum")):
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = dict(self._read_levels(abstract))
        for number in root.iterfind(qn("w:num")):
            linked = number.find(qn("w:abstractNumId"))
            if linked is not None:
                self._abstract_of[number.get(qn("w:numId"), "")] = linked.get(qn("w:val"), "")

    def label_of(self, paragraph: Any) -> str:
        """Count a paragraph of a list and give what Word prints in front of it; '' for one of none."""
        number_id, level = self._place(paragraph)
        abstract = self._abstract_of.get(number_id, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [0] * _MOST_LEVELS)
        form, printed, start = levels[level]
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (_MOST_LEVELS - level - 1)
        if form in ("bullet", "none"):
            return "- " if form == "bullet" else ""
        return f"{_PLACEHOLDER.sub(lambda found: self._shown(levels, counts, int(found[1]) - 1), printed)} "

    @staticmethod
    def _shown(levels: dict[int, tuple[str, str, int]], counts: list[int], level: int) -> str:
        form, _, start = levels.get(level, ("decimal", "", 1))
        return _written(form, counts[level] or start)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        qn = self._qn
        settings = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if settings is None:
            return "", -1
        number, level = settings.find(qn("w:numId")), settings.find(qn("w:ilvl"))
        text = "0" if level is None else str(level.get(qn("w:val"), "0"))
        place = int(text) if text.isdecimal() and int(text) < _MOST_LEVELS else -1
        return ("" if number is None else str(number.get(qn("w:val"), ""))), place

    def _read_levels(self, abstract: Any) -> Iterator[tuple[int, tuple[str, str, int]]]:
        qn = self._qn
        for level in abstract.iterfind(qn("w:lvl")):
            place = str(level.get(qn("w:ilvl"), ""))
            if place.isdecimal():
                form, printed, start = (self._value(level, name) for name in ("w:numFmt", "w:lvlText", "w:start"))
                yield int(place), (form or "decimal", printed, int(start) if start.isdecimal() else 1)

    def _value(self, level: Any, name: str) -> str:
        element = level.find(self._qn(name))
        return "" if element is None else str(element.get(self._qn("w:val"), ""))


def _part(opened: Any) -> Any:
    """Give the part of a file that defines its lists, None where it has none: asking for it would make one."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    parts = (each.target_part for each in opened.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.NUMBERING)
    part = next(parts, None)
    return None if part is None else part.element


def _written(form: str, number: int) -> str:
    if form in ("upperRoman", "lowerRoman"):
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = _LETTERS[(number - 1) % len(_LETTERS)]
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02d}" if form == "decimalZero" else str(number)
