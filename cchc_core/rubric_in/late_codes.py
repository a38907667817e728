"""Tables out of a scan whose codes have slipped: the code of a merged cell stands a row or more below its title.

Seen in texts and Word files that were made from a PDF: «Mức độ triển khai … 1,0000», and below it «1.2 | Điểm đạt
được tính theo công thức … | 1,0000».
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from cchc_core.rubric_in.codes import parse_code
from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.numbers import BadPoints, points_in
from cchc_core.rubric_in.table_rows import Line
from cchc_core.rubric_in.texts import one_line
from cchc_core.text import fold
from cchc_core.workbook_in.model import Mark

_LINE_IN_FRONT: Final = re.compile(
    r"\d{1,2}[.)]\s|[-–+•]\s|(?:diem (?:dat duoc|danh gia)|danh gia) (?:duoc )?(?:tinh )?theo|"
    r"(?:tu|duoi|tren|dat) \d|100%"
)
_SLIPPED_SHARE, _FEWEST = 0.15, 3
_MOST_NAMED = 10


def with_codes_at_titles(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Give slipped codes back to the titles above them, and say which; other tables stay as they are."""
    coded = [place for place, line in enumerate(lines) if _is_coded(line)]
    slipped = [place for place in coded if _is_slipped(lines[place])]
    if len(slipped) < max(_FEWEST, _SLIPPED_SHARE * len(coded)):
        return list(lines), []
    mended, moved = list(lines), list[str]()
    for place in slipped:
        above = max((each for each in coded if each < place), default=-1)
        title = _title_of(lines, place, above)
        if title is not None:
            code = lines[place].text(Field.CODE)
            mended[title], mended[place] = _with_code(lines[title], code), _without_code(lines[place])
            moved.append(code)
    if not moved:
        return mended, []
    more = f" và {len(moved) - _MOST_NAMED} mã khác" if len(moved) > _MOST_NAMED else ""
    shown = ", ".join(moved[:_MOST_NAMED])
    return mended, [f"Mã in lệch xuống dưới tên tiêu chí; tên và điểm được lấy ở dòng phía trên: {shown}{more}."]


def _is_coded(line: Line) -> bool:
    return parse_code(line.own_text(Field.CODE)) is not None


def _is_slipped(line: Line) -> bool:
    """Tell whether a row with a code holds a line of the criterion: no title begins so, no maximum is 0."""
    return _is_line(line) or _points(line)[:1] == (Decimal(0),)


def _is_line(line: Line) -> bool:
    return _LINE_IN_FRONT.match(fold(one_line(line.own_text(Field.TITLE)))) is not None


def _title_of(lines: Sequence[Line], place: int, above: int) -> int | None:
    """Find the title of a slipped code: the row above whose points no row between goes beyond."""
    least = max(_points(lines[place])[:1], default=Decimal(0))
    for each in range(place - 1, above, -1):
        points = _points(lines[each])[:1]
        if points == (Decimal(0),):
            return None  # a level that is not met ends the criterion before
        if points and points[0] >= least and not _is_line(lines[each]):
            return _above_run(lines, each, above)
        least = max((least, *points))
    return None


def _above_run(lines: Sequence[Line], place: int, above: int) -> int:
    """Go above rows that all have the same points: «Tuyên truyền … 3,0» heads «Quý I … 0,25», «Quý II … 0,25»."""
    points, first = _points(lines[place])[:1], place
    while first - 1 > above and _points(lines[first - 1])[:1] == points:
        first -= 1
    over = _points(lines[first - 1])[:1] if first - 1 > above else ()
    return first - 1 if first < place and over > points else place


def _points(line: Line) -> tuple[Decimal, ...]:
    try:
        return points_in(line.own_text(Field.POINTS), is_number=line.cell(Field.POINTS).mark is Mark.NUMBER)
    except (BadPoints, ArithmeticError):
        return ()


def _with_code(line: Line, code: str) -> Line:
    return replace(line, texts={**line.texts, Field.CODE: code}, own=line.own | {Field.CODE})


def _without_code(line: Line) -> Line:
    return replace(line, texts={**line.texts, Field.CODE: ""}, own=line.own - {Field.CODE})
