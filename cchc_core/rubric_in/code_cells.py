"""The code of a row: as it stands, or put right where a spreadsheet made a number or a day of it."""

import re
from dataclasses import dataclass
from typing import Final

from cchc_core.rubric_in.codes import Code, is_bullet, parse_code
from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.outline import Outline
from cchc_core.rubric_in.table_rows import Line
from cchc_core.workbook_in.model import Mark, Problem

_DAY: Final = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_MONTH: Final = re.compile(r"Tháng (\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class CodeCell:
    """What the cell of the code says; ``heading`` is a title that stands in it, ``bullet`` a dash."""

    code: Code | None = None
    heading: str = ""
    bullet: str = ""
    note: str = ""
    problem: Problem | None = None


def read_code(line: Line, outline: Outline) -> CodeCell:
    """Read the code that stands in this very row; nothing where there is none."""
    cell, text = line.cell(Field.CODE), line.own_text(Field.CODE)
    if not text or cell.is_below:
        return CodeCell()
    if cell.mark is Mark.DATE:
        return _from_day(line, text, outline)
    if is_bullet(text):
        return CodeCell(bullet=text.strip())
    code = parse_code(text)
    if code is None:
        return _no_code(line, text)
    if cell.mark is Mark.NUMBER:
        return _from_number(line, code, outline)
    note = f"{line.place(Field.CODE)}: mã «{text}» được đọc là {code.text}." if code.has_comma else ""
    return CodeCell(code, note=note)


def _no_code(line: Line, text: str) -> CodeCell:
    if not line.own_text(Field.TITLE):
        return CodeCell(heading=text)  # a heading across the whole table begins in its first cell
    return CodeCell(
        problem=line.problem(
            Field.CODE,
            f"«{text[:60]}» không phải là mã của tiêu chí",
            "Hãy ghi mã như I, 1, 1.1 hoặc a; chữ khác thì chuyển sang cột nội dung.",
        )
    )


def _from_number(line: Line, code: Code, outline: Outline) -> CodeCell:
    """Give 1.1 its zero back where it stands after 1.9: a number of the spreadsheet loses the zeros at its end."""
    wanted = next((each for each in outline.expected() if _same_number(each, code.text)), None)
    if wanted is None or wanted == code.text or not outline.has(code.tokens):
        return CodeCell(code)
    note = f"{line.place(Field.CODE)}: Excel đã đổi mã thành số {code.text}; theo thứ tự, được đọc là {wanted}."
    return CodeCell(parse_code(wanted), note=note)


def _same_number(one: str, other: str) -> bool:
    return one.count(".") == 1 and one.rstrip("0") == other.rstrip("0") and other.count(".") == 1


def _from_day(line: Line, text: str, outline: Outline) -> CodeCell:
    """Find the code that was typed: 2.1 has become the 2nd of January."""
    possible = _readings(text)
    wanted = next((each for each in outline.expected() if each in possible), None)
    if wanted is not None:
        note = f"{line.place(Field.CODE)}: Excel đã đổi mã thành ngày {text}; theo thứ tự, được đọc là {wanted}."
        return CodeCell(parse_code(wanted), note=note)
    return CodeCell(
        problem=line.problem(
            Field.CODE,
            f"Excel đã đổi mã thành ngày ({text})",
            "Hãy định dạng cột mã là Text (văn bản) rồi gõ lại mã, ví dụ 2.1.",
        )
    )


def _readings(text: str) -> frozenset[str]:
    if found := _DAY.match(text):
        day, month, year = (int(part) for part in found.groups())
        pairs = {f"{day}.{month}", f"{month}.{day}"}
        return frozenset({*pairs, *(f"{pair}.{year % 100}" for pair in pairs)})
    if found := _MONTH.match(text):
        month, year = (int(part) for part in found.groups())
        return frozenset({f"{month}.{year % 100}", f"1.{month}", f"{month}.1"})
    return frozenset()
