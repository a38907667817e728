"""Text that was copied out of a PDF as a book of one table: columns by tabs or gaps, or found again in the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cchc_core.errors import BadText
from cchc_core.rubric_in.codes import parse_code
from cchc_core.rubric_in.fields import claims_of
from cchc_core.text import clean_line, fold
from cchc_core.workbook_in.model import Book, Cell, Problem, Row, SheetIn
from cchc_core.workbook_in.refusals import MOST_CHARACTERS

_MOST_OF_TEXT: Final = 500_000
_PAGE: Final = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–]?", re.IGNORECASE)
_BREAKS: Final = re.compile(r"</(?:p|li|tr|div)>|<br\s*/?>|<li>", re.IGNORECASE)
_TAGS: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_GAP: Final = re.compile(r"\t|\s{3,}")
_POINTS: Final = r"\d{1,3}(?:[.,]\d{1,4})?"
_POINTS_ALONE: Final = re.compile(rf"{_POINTS}(?:\s+{_POINTS})*")
_POINTS_AT_END: Final = re.compile(r"(?P<text>.*\S)\s+(?P<points>\d{1,3}[.,]\d{1,4}(?:\s+\d{1,3}[.,]\d{1,4})*)")
# Behind such a word or sign a whole number says which or how many, not how many points.
_WHOLE_AT_END: Final = re.compile(
    r"(?P<text>.*(?:[^\s\d=<>≤≥:/×*+,.–-]|\b20\d\d))\s+"
    r"(?<!\blà )(?<!\bbằng )(?<!\bx )(?<!\btừ )(?<!\bđến )(?<!\bdưới )(?<!\btrên )(?<!\bhơn )(?<!\bvà )(?<!\bhoặc )"
    r"(?<!\bquý )(?<!\bnăm )(?<!\btháng )(?<!\bngày )(?<!\bđiều )(?<!\bkhoản )(?<!\bsố )(?<!\bmức )(?<!\bcấp )"
    r"(?<!\bđộ )(?<!\bhạng )(?<!\bmục )(?<!\bloại )(?<!\bnhóm )(?<!\blục )(?<!\bđoạn )(?<!\bkỳ )(?<!\bbước )"
    r"(?P<points>\d{1,2}|100)",
    re.IGNORECASE,
)
_CODE_IN_FRONT: Final = re.compile(
    r"(?P<code>(?:[IVX]{1,5}|[A-H])(?:\.\d{1,3})*|\d{1,3}(?:\.\d{1,3})*(?:\.?[a-zđ])?)[.)]?\s+(?P<text>[^\W\d_].*)"
)
_CODE_ALONE: Final = re.compile(r"(?:[IVX]{1,5}|\d{1,3}(?:\.\d{1,3})+|\d{1,2})\.?")
_BULLET: Final = re.compile(r"[-–+•*]\s")
_ANNEX: Final = re.compile(r"PHỤ LỤC\s*(?:SỐ\s*)?(?P<number>\d{1,2}|[IVX]{1,5})\s*[:.]?(?:[^a-zđ]*)")
_COLUMN: Final = re.compile(r", cột [A-Z]{1,3}$")
_FEW, _MOSTLY, _ENOUGH, _LONGEST_LINE, _MOST_CODED = 0.3, 0.8, 3, 2_000, 0.6
_HEADER: Final = ("STT", "Nội dung tiêu chí", "Điểm tối đa")


def book_of_text(text: str, name: str) -> Book:
    """Part a pasted text into rows with the numbers of its lines. Raises BadText for an empty or too long one."""
    if len(text) > _MOST_OF_TEXT:
        raise BadText(name, problem="văn bản dài quá 500.000 ký tự", to_do="Hãy dán riêng phần bảng tiêu chí.")
    every = list(enumerate(_lines(text), start=1))
    if not any(line.strip() for _, line in every):
        raise BadText(name, problem="chưa có chữ nào", to_do="Hãy chép bảng tiêu chí từ tệp PDF rồi dán vào.")
    parts = [(called, lines) for called, lines in _annexes(every, name) if any(line.strip() for _, line in lines)]
    headed = [called for called, lines in parts if any(_is_header(line.strip()) for _, line in lines)]
    if len(parts) == 1 or not headed:
        return Book(name, (SheetIn(name, tuple(_rows(every)), called=name),))
    # A whole document was copied: what has no table, as the letter before the annexes, is told and left out.
    sheets = (
        SheetIn(called, tuple(_rows(lines) if called in headed else ()), called=called) for called, lines in parts
    )
    return Book(name, tuple(sheets))


def _annexes(every: Sequence[tuple[int, str]], name: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """Part a document at «PHỤ LỤC 02»: each annex has columns of its own, if any."""
    parts: list[tuple[str, list[tuple[int, str]]]] = [(name, [])]
    for number, line in every:
        if found := _ANNEX.fullmatch(line.strip()):
            parts.append((f"{name}, phụ lục {found['number']}", []))
        parts[-1][1].append((number, line))
    return parts


def _rows(every: Sequence[tuple[int, str]]) -> list[Row]:
    lines = [(number, line) for number, line in every if line.strip()]
    if _has_a_line_for_each_cell(lines):
        return _by_cells(every)
    lines = [
        (number, line) for number, line in lines if not _PAGE.fullmatch(" ".join(line.split())) or _is_points(line)
    ]
    with_gaps = sum(_GAP.search(line.strip()) is not None for _, line in lines)
    return _by_gaps(lines) if with_gaps >= max(_ENOUGH, _FEW * len(lines)) else _by_words(lines)


def in_words_of_text(problem: Problem) -> Problem:
    """Say a problem as it concerns pasted text, which has neither columns nor cells."""
    where = _COLUMN.sub("", problem.where)
    to_do = problem.to_do.replace(" thì định dạng ô là Text (văn bản) rồi gõ lại", " thì gõ lại cho đúng")
    return replace(problem, where=where, to_do=to_do.replace("điểm ở ô này", "điểm ở dòng này"))


def _lines(text: str) -> list[str]:
    """Give the lines; within a table that was scanned into marked-up text a break belongs to its cell."""
    return [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _is_points(line: str) -> bool:
    return "," in line or "." in line


def _cell(text: str) -> Cell:
    plain = _TAGS.sub(" ", _BREAKS.sub("\n", text))
    kept = "\n".join(part for part in (" ".join(line.split()) for line in plain.split("\n")) if part)
    if len(kept) > MOST_CHARACTERS:
        to_do = "Hãy dán riêng phần bảng tiêu chí."
        raise BadText("Văn bản dán vào", problem="một ô dài quá 20.000 ký tự", to_do=to_do)
    return Cell(clean_line(kept))


def _has_a_line_for_each_cell(lines: Sequence[tuple[int, str]]) -> bool:
    """Tell whether every cell stands on a line of its own behind a tab, as some programs copy a table."""
    tabbed = [line for _, line in lines if "\t" in line]
    alone = sum(line.startswith("\t") and "\t" not in line.strip("\t") for line in tabbed)
    return len(tabbed) >= max(_ENOUGH, _FEW * len(lines)) and alone >= _MOSTLY * len(tabbed)


def _by_cells(every: Sequence[tuple[int, str]]) -> list[Row]:
    """Take each tab for a cell, an empty line for the end of a row, and a line without a tab for more of the cell."""
    rows: list[tuple[int, list[list[str]]]] = []
    is_open = False
    for number, line in every:
        if "\t" not in line and not line.strip():
            is_open = False
        elif not is_open:
            rows.append((number, [[line.strip()]]))
            is_open = True
        elif line.startswith("\t"):
            rows[-1][1].append([line.strip()])
        else:
            rows[-1][1][-1].append(line.strip())
    return [_row(number, parts) for number, parts in rows]


def _row(number: int, parts: Sequence[Sequence[str]]) -> Row:
    cells = {column: _cell("\n".join(part)) for column, part in enumerate(parts, start=1)}
    return Row(number, {column: cell for column, cell in cells.items() if cell.text})


def _by_gaps(lines: Sequence[tuple[int, str]]) -> list[Row]:
    """Take tabs and wide gaps for columns; a line without any goes on with the title above it."""
    rows: list[tuple[int, list[list[str]]]] = []
    for number, line in lines:
        # A tab in front is an empty first column.
        parts = [part.strip() for part in (line.split("\t") if "\t" in line else _GAP.split(line.strip()))]
        if len(parts) == 1 and rows and len(rows[-1][1]) > 1 and not _CODE_IN_FRONT.fullmatch(parts[0]):
            rows[-1][1][1].append(parts[0])
        else:
            rows.append((number, [[part] for part in parts]))
    return [_row(number, parts) for number, parts in rows]


@dataclass
class _Pending:
    number: int
    code: str = ""
    parts: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)

    def row(self) -> Row:
        return _row(self.number, ([self.code], [" ".join(self.parts)], self.points))


def _by_words(lines: Sequence[tuple[int, str]]) -> list[Row]:
    """Find codes in front and points at the end where a PDF has lost its columns."""
    start = _after_header(lines)
    rows = [Row(number, {1: _cell(line)}) for number, line in lines[:start] if not _is_header(line)]
    first = lines[start - 1][0] if start else 0
    rows.append(Row(first, {column: Cell(name) for column, name in enumerate(_HEADER, start=1)}))
    heads = {fold(line).strip() for _, line in lines[:start] if _is_header(line)}
    pending: list[_Pending] = []
    whole = _has_whole_points([" ".join(line.split()) for _, line in lines[start:]])
    for number, line in lines[start:]:
        bare = " ".join(line.split())
        if fold(bare) not in heads and not _is_header(bare):
            _take(pending, number, bare, whole=whole)
    return [*rows, *(each.row() for each in pending)]


def _after_header(lines: Sequence[tuple[int, str]]) -> int:
    """Give the place of the first line below the words that head the columns; 0 where there are none."""
    for place, (_, line) in enumerate(lines):
        if _is_header(line):
            after = place
            while after < len(lines) and _is_header(lines[after][1]):
                after += 1
            return after
    coded = (place for place, (_, line) in enumerate(lines) if _CODE_IN_FRONT.fullmatch(line.strip()))
    return next(coded, 0)


def _is_header(line: str) -> bool:
    folded = fold(" ".join(line.split()))
    if folded in ("stt", "tt", "diem", "toi da", "diem toi da", "diem chuan", "so", "ghi chu"):
        return True
    is_headed = folded.startswith(("stt ", "tt ", "so tt ")) or folded.endswith((" diem toi da", " diem chuan"))
    return is_headed and len(folded) <= 120 and any(claims_of(part) for part in re.split(r"\s{2,}", line.strip()))


def _take(pending: list[_Pending], number: int, line: str, *, whole: bool) -> None:
    if _POINTS_ALONE.fullmatch(line) and pending and not _CODE_ALONE.fullmatch(line.split()[0]):
        pending[-1].points.append(line)
        return
    text, points = _at_end(line, whole=whole)
    coded = _CODE_IN_FRONT.fullmatch(text)
    if coded is not None and _begins_a_row(coded["code"], pending):
        pending.append(_Pending(number, coded["code"], [coded["text"]], points))
    elif _CODE_ALONE.fullmatch(text) and parse_code(text) is not None and _begins_a_row(text, pending):
        pending.append(_Pending(number, text, [], points))
    elif pending and _goes_on(pending[-1], text):
        pending[-1].parts.append(text)
        pending[-1].points += [] if pending[-1].points else points
    else:
        pending.append(_Pending(number, "", [text], points))


def _has_whole_points(lines: Sequence[str]) -> bool:
    """Tell whether most criteria end in a whole number: then «Báo cáo 6» is 6 points, and no quarter or year."""
    coded = [line for line in lines if len(line) <= _LONGEST_LINE and _CODE_IN_FRONT.fullmatch(line)]
    ends = sum(bool(_WHOLE_AT_END.fullmatch(line)) for line in coded)
    others = sum(bool(_POINTS_AT_END.fullmatch(line)) for line in coded)
    return len(coded) >= _ENOUGH and ends >= _FEW * len(coded) and ends + others >= _MOST_CODED * len(coded)


def _at_end(line: str, *, whole: bool) -> tuple[str, list[str]]:
    found = _POINTS_AT_END.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    if found is None and whole and len(line) <= _LONGEST_LINE:
        found = _WHOLE_AT_END.fullmatch(line)
    return (found["text"], [found["points"]]) if found else (line, [])


def _begins_a_row(code: str, pending: Sequence[_Pending]) -> bool:
    """Tell a code from the number of a line: «2. Không ban hành» follows «1. Có ban hành» below 1.1."""
    bare = code.rstrip(".")
    if not bare.isdecimal():
        return bare[:1].isdecimal() or bare.isupper() or "." in bare
    codes = (each.code.rstrip(".") for each in reversed(pending) if each.code)
    last = next(codes, "")
    top = last if last.isdecimal() else next((code for code in codes if code.isdecimal()), "0")
    return "." not in last or int(bare) == int(top) + 1


def _goes_on(last: _Pending, text: str) -> bool:
    """Tell whether a line is the rest of the one above: that one has no points yet, or this begins small."""
    if _BULLET.match(text) or re.match(r"\d{1,2}[.)]\s", text):
        return False
    return not last.points or text[:1].islower()
