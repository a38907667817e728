"""The sheet «Tiêu chí mất điểm»: where points are missing, the most first, and why."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from cchc_core.rules.scoring import Status
from cchc_core.workbook import head
from cchc_core.workbook.lines import Board, Kind, Line
from cchc_core.workbook.names import BOARD, in_vietnam
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Worksheet

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

HEADER_ROW = 4
_WIDTHS = (5, 9, 24, 40, 9, 9, 9, 13, 46, 30)
_LAST = "J"
_MOST_NOTE = 600
REASONS = {
    Status.SCORED: "Chưa đạt điểm tối đa",
    Status.VOIDED: "Bị huỷ điểm",
    Status.MISSING: "Chưa chấm",
}


def lost_lines(content: "Sheet", board: Board) -> list[Line]:
    """Give the leaves that miss points which are due, the most first, then in printed order."""
    scores = content.scores
    missing = (
        line for line in board.leaves if scores[line.code].status in REASONS and scores[line.code].open_points > 0
    )
    return sorted(missing, key=lambda line: -scores[line.code].open_points)


def write_lost(sheet: Worksheet, styles: Styles, content: "Sheet", board: Board, at_utc: datetime) -> None:
    """Write the sheet; its figures are those of the moment of export, and it says so."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    illustrative = " (minh hoạ)" if content.rubric.is_illustrative else ""
    moment = f"{in_vietnam(at_utc):%H:%M ngày %d/%m/%Y}"
    as_of = f"{head.about(content)}. Số liệu lúc xuất {moment}; sheet này không tự tính lại."
    _across(sheet, styles, 1, "TIÊU CHÍ MẤT ĐIỂM, CHƯA CHẤM" + (" (ĐIỂM MINH HOẠ)" if illustrative else ""), "title")
    _across(sheet, styles, 2, cell_text(as_of), "about")
    sheet.set_row(0, 24)
    _write_header(sheet, styles, illustrative)
    rows = lost_lines(content, board)
    for order, line in enumerate(rows, start=1):
        _write_line(sheet, styles, content, line, order)
    last = HEADER_ROW + len(rows) + 1
    _write_end(sheet, styles, rows, sum((content.scores[line.code].open_points for line in rows), Decimal(0)))
    head.set_up_page(sheet, header_row=HEADER_ROW)
    sheet.print_area(f"A1:{_LAST}{last}")
    sheet.freeze_panes(HEADER_ROW, 0)


def _write_header(sheet: Worksheet, styles: Styles, illustrative: str) -> None:
    headers = (
        "TT",
        "Mã tiêu chí",
        "Lĩnh vực",
        "Tiêu chí",
        f"Điểm chuẩn sau khi hạ{illustrative}",
        f"Điểm{illustrative}",
        f"Điểm mất, còn thiếu{illustrative}",
        "Lý do",
        "Cách tính",
        "Thuyết minh",
    )
    sheet.set_row(HEADER_ROW - 1, 76 if illustrative else 48)
    for index, text in enumerate(headers):
        sheet.write_string(HEADER_ROW - 1, index, text, styles.plain("header"))


def _write_line(sheet: Worksheet, styles: Styles, content: "Sheet", line: Line, order: int) -> None:
    scored, row = content.scores[line.code], HEADER_ROW + order - 1
    answer = content.answers.get(line.code)
    section = content.rubric.section(line.leaf.section).title
    explanation, note = scored.explanation, _shortened(answer.self_note if answer else "")
    words = (
        (1, line.code, "number", 9, 14.3),
        (2, section, "small", 28, 12.6),
        (3, line.title, "words", 42, 14.3),
        (7, REASONS[scored.status], "centred", 13, 14.3),
        (8, explanation, "small", 55, 12.6),
        (9, note, "small", 35, 12.6),
    )
    style = styles.cell
    sheet.write_number(row, 0, order, style(Kind.LEAF, "centred"))
    for index, text, role, _, _ in words:
        sheet.write_string(row, index, cell_text(text), style(Kind.LEAF, role))
    for index, points in enumerate((scored.effective_max, scored.points, scored.open_points), start=4):
        sheet.write_number(row, index, float(points), style(Kind.LEAF, "points"))
    sheet.set_row(row, min(400.0, max(height * lines_of(text, room) for _, text, _, room, height in words) + 4))


def _shortened(note: str) -> str:
    cut = note[:_MOST_NOTE].rstrip()
    return note if len(note) <= _MOST_NOTE else f"{cut}… (xem đủ ở sheet «{BOARD}»)"


def _write_end(sheet: Worksheet, styles: Styles, rows: list[Line], total: Decimal) -> None:
    row = HEADER_ROW + len(rows)
    if not rows:
        _across(sheet, styles, row + 1, "Không có tiêu chí nào mất điểm hay chưa chấm.", "about")
        return
    for index in range(len(_WIDTHS)):
        sheet.write_blank(row, index, None, styles.cell(Kind.TOTAL, "empty"))
    sheet.write_string(row, 3, "CỘNG", styles.cell(Kind.TOTAL, "words"))
    sheet.write_number(row, 6, float(total), styles.cell(Kind.TOTAL, "points"))


def _across(sheet: Worksheet, styles: Styles, row: int, text: str, style: str) -> None:
    sheet.merge_range(f"A{row}:{_LAST}{row}", "", styles.plain(style))
    sheet.write_string(f"A{row}", text, styles.plain(style))
