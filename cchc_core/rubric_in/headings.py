"""Headings and codes that do not stand in a column of their own: in titles, across the table, in columns by level."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from cchc_core.rubric_in.code_cells import CodeCell
from cchc_core.rubric_in.codes import LOWER, NUMBER, Code, parse_code, roman, split_title, value_of
from cchc_core.rubric_in.codes import ROMAN as _ROMAN
from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.outline import Found, Outline, is_number_code
from cchc_core.rubric_in.table_rows import Line
from cchc_core.rubric_in.texts import one_line
from cchc_core.text import fold

_ADJUSTMENT: Final = re.compile(
    r"(?:cac |nhom )?(?:tieu chi )?(?:diem thuong|diem cong|diem tru|cong diem|tru diem|thuong diem)\b"
)
_NUMBERED_LINE: Final = re.compile(r"(\d{1,2})[.)]\s")
_FEW, _MANY, _FEWEST_LETTERS = 0.2, 0.4, 6


@dataclass(frozen=True, slots=True)
class Loose:
    """A row in capitals without a code, read as a line so far."""

    node: Found
    line: Line
    points: tuple[Decimal, ...]


def stand_in_titles(lines: Sequence[Line]) -> bool:
    """Tell whether a table writes its codes in front of the titles instead of in a column."""
    titled = [line for line in lines if line.own_text(Field.TITLE)]
    coded = sum(parse_code(line.own_text(Field.CODE)) is not None for line in titled)
    in_front = sum(split_title(line.own_text(Field.TITLE)) is not None for line in titled)
    return bool(titled) and coded <= _FEW * len(titled) and in_front >= _MANY * len(titled)


def code_of(line: Line, cell: CodeCell, outline: Outline, in_titles: bool) -> CodeCell:
    """Find the code of a row where its cell has none: in front of its title, or of a heading across the table."""
    title = cell.heading or line.own_text(Field.TITLE)
    if cell.code is not None or cell.bullet or cell.problem is not None or not title:
        return cell
    split = split_title(title)
    if split is None:
        return cell
    code, rest = split
    if _is_heading(code, rest) or (cell.heading and _fits(code, outline)) or (in_titles and _fits(code, outline)):
        return replace(cell, code=code, heading=rest)
    return cell


def is_heading(text: str) -> bool:
    """Tell whether a line is a heading with its code in front: «PHẦN I: KẾT QUẢ», «II. TÁC ĐỘNG»."""
    split = split_title(text)
    return split is not None and _is_heading(*split)


def _is_heading(code: Code, title: str) -> bool:
    return bool(code.names) or (code.style not in (NUMBER, LOWER) and len(code.tokens) == 1 and _is_loud(title))


def _is_loud(text: str) -> bool:
    first = text.split("\n", 1)[0]
    return first.isupper() and sum(letter.isalpha() for letter in first) >= _FEWEST_LETTERS


def _fits(code: Code, outline: Outline) -> bool:
    """Tell whether a number in front of a title is the next code, and not the number of a line below the criterion."""
    current = outline.current
    if current is None or not is_number_code(code):
        return True
    if len(code.tokens) == 1:
        before = _NUMBERED_LINE.match(current.lines[-1].text) if current.lines else None
        is_next_line = value_of(code.text) == (int(before[1]) + 1 if before else 1)
        return not is_next_line and code.text in outline.expected()
    return not outline.has(code.tokens) and not outline.slot(code, "").missing


def goes_on(outline: Outline, cell: CodeCell, line: Line, points: Sequence[Decimal]) -> bool:
    """Tell whether a row repeats the code of the criterion above because its lines stand in rows of their own."""
    current, code = outline.current, cell.code
    if current is None or code is None:
        return False
    if _follows_line(code, current, outline):
        return True
    if code.text != current.code.text or current.points is None:
        return False
    title = one_line(line.own_text(Field.TITLE))
    is_line = re.match(r"(\d{1,2}[.)]|[-–+•])\s*\S", title) is not None
    return is_line and all(each <= current.points for each in points)


def _follows_line(code: Code, current: Found, outline: Outline) -> bool:
    """Tell whether «2.» stands in the column of the codes but follows a line «1. …» of the criterion."""
    nearest = next((node for node in reversed(outline.path()) if node.code.style == NUMBER), None)
    is_next = nearest is not None and value_of(nearest.code.text) + 1 == value_of(code.text)
    if code.style != NUMBER or is_next:
        return False
    before = _NUMBERED_LINE.match(current.lines[-1].text if current.lines else current.title)
    return before is not None and value_of(code.text) == int(before[1]) + 1


def is_adjustment(line: Line, cell: CodeCell) -> bool:
    """Tell whether a row without a code heads bonuses or penalties."""
    title = cell.heading or line.own_text(Field.TITLE)
    return not cell.bullet and _is_loud(title) and _ADJUSTMENT.match(fold(title)) is not None


def looks_like_one(line: Line, cell: CodeCell) -> bool:
    """Tell whether a row without a code is in capitals, as headings are."""
    return not cell.bullet and _is_loud(cell.heading or line.own_text(Field.TITLE))


def next_top(outline: Outline) -> Code:
    """Give the code after the last one at the top."""
    last = outline.roots[-1].code if outline.roots else Code("0", ("0",))
    number = value_of(last.tokens[0]) + 1
    written = {_ROMAN: roman(number), NUMBER: str(number)}.get(last.style, chr(64 + number))
    return Code(written, (written,))


def made_of(loose: Loose | None, missing: str, outline: Outline) -> Found | None:
    """Make the node that a code wants above it out of a heading that was printed without one."""
    code = parse_code(missing)
    if loose is None or code is None or loose.node is not outline.current or not loose.node.lines:
        return None
    taken = loose.node.lines.pop()
    node = Found(code, taken.text, loose.line.place(), next(iter(loose.points), None))
    slot = outline.slot(code, node.title)
    outline.add(node, slot.parent)
    return node
