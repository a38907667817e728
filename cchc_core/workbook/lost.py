"""The sheet «Tiêu chí mất điểm»: where points are lost, missing or unconfirmed, the most first, and why."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from cchc_core.attention import REASON_NAMES, Item
from cchc_core.workbook import head
from cchc_core.workbook.lines import Kind
from cchc_core.workbook.names import BOARD, in_vietnam
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Worksheet

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

HEADER_ROW = 4
_WIDTHS = (5, 9, 20, 34, 9, 9, 9, 9, 14, 34, 38, 24)
_LAST = "L"
_MOST_NOTE = 600
_POINTS, _GAP, _UNCONFIRMED = 5, 6, 7
"""Columns, from 0: the points there are, those that are lost or missing, those that nobody has confirmed."""


def write_lost(sheet: Worksheet, styles: Styles, content: "Sheet", listed: Sequence[Item], at_utc: datetime) -> None:
    """Write the sheet; its figures are those of the moment of export, and it says so."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    illustrative = " (minh hoạ)" if content.rubric.is_illustrative else ""
    moment = f"{in_vietnam(at_utc):%H:%M ngày %d/%m/%Y}"
    as_of = f"{head.about(content)}. Số liệu lúc xuất {moment}; sheet này không tự tính lại."
    title = "TIÊU CHÍ MẤT ĐIỂM, CHƯA CHẤM, CHƯA XÁC NHẬN" + (" (ĐIỂM MINH HOẠ)" if illustrative else "")
    _across(sheet, styles, 1, title, "title")
    _across(sheet, styles, 2, cell_text(as_of), "about")
    sheet.set_row(0, 24)
    _write_header(sheet, styles, illustrative)
    for order, item in enumerate(listed, start=1):
        _write_item(sheet, styles, content, item, order)
    last = HEADER_ROW + len(listed) + 1
    _write_end(sheet, styles, listed)
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
        f"Điểm chưa xác nhận{illustrative}",
        "Lý do",
        "Còn cần",
        "Cách tính",
        "Thuyết minh",
    )
    sheet.set_row(HEADER_ROW - 1, 76 if illustrative else 48)
    for index, text in enumerate(headers):
        sheet.write_string(HEADER_ROW - 1, index, text, styles.plain("header"))


def _write_item(sheet: Worksheet, styles: Styles, content: "Sheet", item: Item, order: int) -> None:
    criterion, scored, row = item.criterion, item.score, HEADER_ROW + order - 1
    answer = content.answers.get(criterion.code)
    words = (
        (1, criterion.code, "number", 9, 14.3),
        (2, content.rubric.section(criterion.section).title, "small", 23, 12.6),
        (3, criterion.title, "words", 36, 14.3),
        (8, ", ".join(REASON_NAMES[reason] for reason in item.reasons), "centred", 14, 14.3),
        (9, item.asks_for, "small", 41, 12.6),
        (10, scored.explanation, "small", 46, 12.6),
        (11, _shortened(answer.self_note if answer else ""), "small", 28, 12.6),
    )
    style = styles.cell
    sheet.write_number(row, 0, order, style(Kind.LEAF, "centred"))
    for index, text, role, _, _ in words:
        sheet.write_string(row, index, cell_text(text), style(Kind.LEAF, role))
    figures = (scored.effective_max, scored.points, item.lost + item.missing, item.unconfirmed)
    for index, points in enumerate(figures, start=_POINTS - 1):
        sheet.write_number(row, index, float(points), style(Kind.LEAF, "points"))
    sheet.set_row(row, min(400.0, max(height * lines_of(text, room) for _, text, _, room, height in words) + 4))


def _shortened(note: str) -> str:
    cut = note[:_MOST_NOTE].rstrip()
    return note if len(note) <= _MOST_NOTE else f"{cut}… (xem đủ ở sheet «{BOARD}»)"


def _write_end(sheet: Worksheet, styles: Styles, listed: Sequence[Item]) -> None:
    row = HEADER_ROW + len(listed)
    if not listed:
        _across(sheet, styles, row + 1, "Không có tiêu chí nào mất điểm, chưa chấm hay chưa xác nhận.", "about")
        return
    for index in range(len(_WIDTHS)):
        sheet.write_blank(row, index, None, styles.cell(Kind.TOTAL, "empty"))
    sheet.write_string(row, 3, "CỘNG", styles.cell(Kind.TOTAL, "words"))
    gap = sum((item.lost + item.missing for item in listed), Decimal(0))
    carried = sum((item.unconfirmed for item in listed), Decimal(0))
    for index, points in ((_GAP, gap), (_UNCONFIRMED, carried)):
        sheet.write_number(row, index, float(points), styles.cell(Kind.TOTAL, "points"))


def _across(sheet: Worksheet, styles: Styles, row: int, text: str, style: str) -> None:
    sheet.merge_range(f"A{row}:{_LAST}{row}", "", styles.plain(style))
    sheet.write_string(f"A{row}", text, styles.plain(style))
