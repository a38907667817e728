"""The rows of a table one after the other: nodes, the lines below them, totals, and what is wrong by its cell."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Final

from cchc_core.rubric_in import headings, template_rows
from cchc_core.rubric_in.code_cells import CodeCell, read_code
from cchc_core.rubric_in.codes import NUMBER, Code
from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.late_codes import with_codes_at_titles
from cchc_core.rubric_in.levels import by_levels
from cchc_core.rubric_in.numbers import BadPoints, PointsStyle, points_at_end, points_in, style_of_column
from cchc_core.rubric_in.outline import Found, Outline
from cchc_core.rubric_in.pairing import pair_lines, pair_node
from cchc_core.rubric_in.table_rows import Line, Table, cell_problems, footer_from, lines_of_table
from cchc_core.rubric_in.texts import evidence_in, one_line
from cchc_core.text import fold
from cchc_core.workbook_in.model import Mark, Problem

# With its marks: «Cổng dịch vụ công» is no sum.
_TOTAL: Final = re.compile(r"(tổng cộng|tổng số|tổng điểm|tổng|cộng)\b")
_OF_A_PART: Final = re.compile(r"\b(phan|linh vuc|muc|nhom)\b|\(?[ivx]+\)?$")
_LONGEST_TOTAL = 70
MOST_NODES: Final = 2_000
_KEPT_TEXTS: Final = (
    (Field.DEADLINE, "deadline"),
    (Field.FUNDING, "funding"),
    (Field.NOTE, "note"),
)


@dataclass
class Reading:
    """What has been read so far, over all tables."""

    outline: Outline = field(default_factory=Outline)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    declared_total: Decimal | None = None
    codes_in_titles: bool = False
    style: PointsStyle = field(default_factory=PointsStyle)
    loose: headings.Loose | None = None

    def complain(self, line: Line, about: Field | None, problem: str, to_do: str) -> None:
        """Note a problem at a cell, or at a row as a whole."""
        self.problems.append(line.problem(about, problem, to_do))


def read_tables(reading: Reading, tables: Iterable[Table]) -> None:
    """Read the rows of tables that are one set, all of them, so that every problem is named at once."""
    read = [by_levels(lines_of_table(table)) for table in tables]
    lengths = [len(lines) for lines, _ in read]
    every, slipped = with_codes_at_titles([line for lines, _ in read for line in lines])
    reading.notes += [*(note for _, notes in read for note in notes), *slipped]
    reading.style = style_of_column(line.text(Field.POINTS) for line in every if _is_text(line))
    reading.codes_in_titles = headings.stand_in_titles(every)
    for end, length in zip(accumulate(lengths), lengths, strict=True):
        _read_lines(reading, every[end - length : end])


def _read_lines(reading: Reading, lines: Sequence[Line]) -> None:
    for place, line in enumerate(lines):
        if footer_from(lines, place):
            reading.notes.append(f"{line.place()}: coi là hết bảng; các dòng từ đây không đọc.")
            return
        if line.own and len(reading.outline.nodes) <= MOST_NODES:
            _read_line(reading, line)


def _is_text(line: Line) -> bool:
    return line.cell(Field.POINTS).mark is not Mark.NUMBER


def _read_line(reading: Reading, line: Line) -> None:
    if template_rows.is_example(line):
        reading.notes.append(f"{line.place()}: dòng ví dụ của tệp mẫu, không đọc.")
        return
    reading.problems += cell_problems(line)
    points = _points(reading, line)
    if _read_total(reading, line, points):
        return
    if template_rows.has_kind(line):
        _read_by_kind(reading, line, points)
        return
    cell = read_code(line, reading.outline)
    _read_by_code(reading, line, points, headings.code_of(line, cell, reading.outline, reading.codes_in_titles))


def _read_by_code(reading: Reading, line: Line, points: tuple[Decimal, ...], cell: CodeCell) -> None:
    if cell.note:
        reading.notes.append(cell.note)
    if cell.problem is not None:
        reading.problems.append(cell.problem)
    if cell.code is None:
        _read_more(reading, line, points, cell)
    elif headings.goes_on(reading.outline, cell, line, points):
        _add_lines(reading, line, points, cell)
    else:
        _add_node(reading, line, points, cell.code, cell.heading)


def _read_by_kind(reading: Reading, line: Line, points: tuple[Decimal, ...]) -> None:
    """Read a row of a filled template, which says itself what it is."""
    names, problem = template_rows.kind_of_row(line)
    cell = read_code(line, reading.outline)
    if problem is not None:
        reading.problems.append(problem)
    elif names == template_rows.LINE:
        _read_more(reading, line, points, cell)
    elif cell.code is None:
        reading.problems += (cell.problem,) if cell.problem else (template_rows.no_code(line),)
    else:
        code = Code(cell.code.text, cell.code.tokens, names, cell.code.has_comma)
        _add_node(reading, line, points, code, "")


def _points(reading: Reading, line: Line) -> tuple[Decimal, ...]:
    cell = line.cell(Field.POINTS)
    text = line.own_text(Field.POINTS)
    if not text or cell.mark in (Mark.DATE, Mark.ERROR):
        return ()
    try:
        return points_in(text, reading.style, is_number=cell.mark is Mark.NUMBER)
    except BadPoints as why:
        reading.complain(line, Field.POINTS, why.problem, why.to_do)
        return ()


def _read_total(reading: Reading, line: Line, points: tuple[Decimal, ...]) -> bool:
    said = one_line(line.own_text(Field.TITLE) or line.own_text(Field.CODE))
    bare = said.casefold().strip(" :.")
    is_coded = line.own_text(Field.CODE) and line.own_text(Field.TITLE)
    if is_coded or not _TOTAL.match(bare) or len(said) > _LONGEST_TOTAL or template_rows.has_kind(line):
        return False
    if not points:
        return _TOTAL.fullmatch(bare) is not None
    if _OF_A_PART.search(fold(bare)):
        reading.notes.append(f"{line.place()}: «{said}» là tổng của một phần, không phải tổng của cả bộ.")
    elif reading.declared_total in (None, points[0]):
        reading.declared_total = points[0]
    else:
        reading.notes.append(f"{line.place()}: tổng «{said}» khác tổng đã in ở trên; giữ số ở trên.")
    return True


def _read_more(reading: Reading, line: Line, points: tuple[Decimal, ...], cell: CodeCell) -> None:
    """Read a row without a code: lines of the criterion above, or a heading whose code is not printed."""
    if headings.is_adjustment(line, cell):
        _add_node(reading, line, points, headings.next_top(reading.outline), cell.heading)
        reading.notes.append(f"{line.place()}: nhóm điểm thưởng, điểm trừ không in mã; được đánh mã theo thứ tự.")
        return
    if reading.outline.current is None:
        _complain_of_start(reading, line, points)
        return
    _add_lines(reading, line, points, cell)
    if headings.looks_like_one(line, cell):
        reading.loose = headings.Loose(reading.outline.current, line, points)


def _complain_of_start(reading: Reading, line: Line, points: tuple[Decimal, ...]) -> None:
    said = one_line(line.text(Field.TITLE) or line.text(Field.CODE))[:60]
    if not points:
        reading.notes.append(f"{line.place()}: «{said}» đứng trước tiêu chí đầu tiên, không đọc.")
        return
    reading.complain(
        line,
        Field.CODE,
        f"dòng «{said}» có điểm nhưng không có mã, phía trên cũng chưa có tiêu chí nào",
        "Hãy ghi mã (I, 1, 1.1 …) cho dòng này, hoặc xoá dòng.",
    )


def _add_lines(reading: Reading, line: Line, points: tuple[Decimal, ...], cell: CodeCell) -> None:
    node = reading.outline.current
    if node is None:
        return
    front = f"{cell.code.text}." if cell.code is not None and cell.code.style == NUMBER else cell.bullet
    title = " ".join(filter(None, (front, cell.heading, line.own_text(Field.TITLE))))
    lines, is_sure = pair_lines(title, line.own_text(Field.HOW), points, line.place())
    if not is_sure:
        reading.notes.append(_not_paired(line))
    node.lines += [each for each in lines if each.text or each.points is not None]
    node.evidence += evidence_in(line.own_text(Field.EVIDENCE))
    for name, text in _texts(line, is_own=True).items():
        node.texts[name] = "; ".join(dict.fromkeys(filter(None, (node.texts.get(name, ""), text))))


def _not_paired(line: Line) -> str:
    return f"{line.place(Field.POINTS)}: số điểm in không khớp số dòng chữ; hãy ghép lại ở bản soạn."


def _add_node(reading: Reading, line: Line, points: tuple[Decimal, ...], code: Code, heading: str) -> None:
    paired = pair_node(heading or line.text(Field.TITLE), line.own_text(Field.HOW), points, line.place())
    node = Found(code, paired.title, line.place(), _unsigned(paired.points))
    if node.points is None and not line.own_text(Field.POINTS):
        node.points = points_at_end(paired.title)
        node.points_in_title = node.points is not None
    node.row, node.code_place = line.row.number, line.place(Field.CODE)
    node.is_penalty = paired.points is not None and paired.points < 0
    node.lines = list(paired.lines)
    node.evidence = list(evidence_in(line.text(Field.EVIDENCE)))
    node.texts = _texts(line)
    if not node.title:
        reading.complain(line, Field.TITLE, f"mã {code.text} không có nội dung", "Hãy ghi nội dung, hoặc xoá dòng này.")
    if not paired.is_sure:
        reading.notes.append(_not_paired(line))
    _place(reading, line, node)
    reading.problems += template_rows.explain(line, node)


def _place(reading: Reading, line: Line, node: Found) -> None:
    outline = reading.outline
    slot = outline.slot(node.code, node.title)
    if slot.missing and (made := headings.made_of(reading.loose, slot.missing, outline)) is not None:
        reading.notes.append(
            f"{made.place}: «{made.title[:60]}» không in mã; theo các mã bên dưới, được đọc là {slot.missing}."
        )
        slot = outline.slot(node.code, node.title)
    if slot.missing:
        reading.complain(
            line,
            Field.CODE,
            f"mã {node.code.text} không có dòng {slot.missing} ở phía trên",
            f"Hãy thêm dòng {slot.missing}, hoặc sửa mã {node.code.text} cho đúng thứ tự.",
        )
    outline.add(node, slot.parent)
    reading.loose = None


def _unsigned(points: Decimal | None) -> Decimal | None:
    return None if points is None else abs(points)


def _texts(line: Line, *, is_own: bool = False) -> dict[str, str]:
    get = line.own_text if is_own else line.text
    texts = {name: get(each) for each, name in _KEPT_TEXTS}
    lead, others = get(Field.RESPONSIBLE), get(Field.COORDINATING)
    texts["responsible"] = "; ".join(filter(None, (lead, f"phối hợp: {others}" if others else "")))
    return {name: text for name, text in texts.items() if text}
