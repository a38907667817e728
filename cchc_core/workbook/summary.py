"""The sheet «Tổng hợp»: parts and sections with every total of the core, live from the main sheet, and a chart."""

from datetime import date, datetime

from cchc_core.permissions import STATE_TITLES
from cchc_core.sheet import Sheet, contradictions
from cchc_core.workbook import formulas as f
from cchc_core.workbook import head, names
from cchc_core.workbook.chart import add_chart
from cchc_core.workbook.columns import ADJUSTED_COLUMNS, COUNT_COLUMNS, POINTS_COLUMNS, SIDE_COLUMNS, Column
from cchc_core.workbook.lines import Board, Line, met_of, totals_of
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Book, Worksheet

LAST = "J"
CHART_ROWS = 28
_WIDTHS = (6, 46, 12, 12, 12, 12, 12, 12, 12, 12)
_USAGE = (
    "Cách dùng: ở sheet «Bảng điểm», gõ điểm vào ô nền vàng, đánh dấu x ở cột «Không áp dụng» để hạ điểm chuẩn; điểm, "
    "tổng, tỷ lệ và biểu đồ tự tính lại. Lời «Cách tính» và sheet «Tiêu chí mất điểm» giữ như lúc xuất."
)


def write_summary(book: Book, sheet: Worksheet, styles: Styles, content: Sheet, board: Board, at_utc: datetime) -> None:
    """Write the tables (points, who scores, how many criteria, bonuses and penalties) and the chart between them."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    row = _write_top(sheet, styles, content, board, at_utc)
    illustrative = " (ĐIỂM MINH HOẠ)" if content.rubric.is_illustrative else ""
    end = _write_table(sheet, styles, content, board, row, (f"1. ĐIỂM THEO LĨNH VỰC{illustrative}", POINTS_COLUMNS))
    add_chart(book, sheet, content, board, table_row=row + 2, at_row=end + 2)
    breaks = [end + 1, end + 1 + CHART_ROWS]
    sides = (f"2. BÊN CHẤM ĐIỂM{illustrative}", SIDE_COLUMNS)
    end = _write_table(sheet, styles, content, board, breaks[-1] + 1, sides)
    breaks.append(end + 1)
    end = _write_table(sheet, styles, content, board, end + 2, ("3. SỐ TIÊU CHÍ THEO TRẠNG THÁI", COUNT_COLUMNS))
    if board.is_adjusted:
        breaks.append(end + 1)
        adjusted = (f"4. ĐIỂM THƯỞNG, ĐIỂM TRỪ{illustrative}", ADJUSTED_COLUMNS)
        end = _write_table(sheet, styles, content, board, end + 2, adjusted)
    last = _write_notes(sheet, styles, end + 2, tuple(head.notes(board.doubts)))
    head.set_up_page(sheet, header_row=None)
    # A page for each table: Excel heeds breaks only on a fixed scale.
    sheet.set_print_scale(73)
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(f"A1:{LAST}{last}")
    sheet.ignore_errors({"number_stored_as_text": f"A1:A{last}"})


def _write_top(sheet: Worksheet, styles: Styles, content: Sheet, board: Board, at_utc: datetime) -> int:
    assessment, rubric = content.assessment, content.rubric
    _across(sheet, styles, 1, "TỔNG HỢP ĐIỂM CẢI CÁCH HÀNH CHÍNH", "title")
    _across(sheet, styles, 2, cell_text(assessment.unit_name), "subtitle")
    _across(sheet, styles, 3, cell_text(head.about(content)), "subtitle")
    _across(sheet, styles, 4, cell_text(head.criteria_set(rubric)), "about")
    warning = " ".join(head.warnings(content))
    _across(sheet, styles, 5, warning, "alert")
    sheet.set_row(0, 24)
    sheet.set_row(3, 15.5 * lines_of(head.criteria_set(rubric), 165))
    sheet.set_row(4, 15.5 * lines_of(warning, 140))
    row = _write_facts(sheet, styles, content, at_utc)
    if rubric.is_illustrative:
        sheet.write_string(row - 1, 1, "Kết quả", styles.plain("label"))
        sheet.merge_range(row - 1, 2, row - 1, 6, "", styles.plain("left"))
        formula, value = f.met_sentence(board.total), names.met_words(met_of(content, board.total))
        sheet.write_formula(row - 1, 2, formula, styles.plain("left"), value)
        row += 1
    doubts = (f"Cần kiểm tra: {each.message}" for each in contradictions(content))
    return _write_notes(sheet, styles, row, (_USAGE, *doubts)) + 2


def _write_facts(sheet: Worksheet, styles: Styles, content: Sheet, at_utc: datetime) -> int:
    assessment = content.assessment
    facts = (
        ("Tình trạng", STATE_TITLES[assessment.state] + (", đã khoá" if assessment.is_locked else "")),
        ("Số liệu từ ngày", assessment.data_from),
        ("Số liệu đến ngày", assessment.data_to),
        ("Lúc xuất", names.in_vietnam(at_utc)),
    )
    row = 6
    for label, value in facts:
        if value is None:
            continue
        sheet.write_string(row - 1, 1, label, styles.plain("label"))
        style = styles.plain(_look(value))
        sheet.merge_range(row - 1, 2, row - 1, 3, "", style)
        (sheet.write_string if isinstance(value, str) else sheet.write_datetime)(row - 1, 2, value, style)
        row += 1
    return row


def _look(value: str | date) -> str:
    if isinstance(value, str):
        return "left"
    return "moment" if isinstance(value, datetime) else "day"


def _write_notes(sheet: Worksheet, styles: Styles, row: int, notes: tuple[str, ...]) -> int:
    for note in notes:
        _across(sheet, styles, row, cell_text(note), "note")
        sheet.set_row(row - 1, 15.5 * lines_of(note, 165))
        row += 1
    return row - 1


def _write_table(
    sheet: Worksheet, styles: Styles, content: Sheet, board: Board, row: int, table: tuple[str, tuple[Column, ...]]
) -> int:
    """Write a titled table from a row on; gives its last row."""
    title, columns = table
    sheet.write_string(row - 1, 0, title, styles.plain("label"))
    sheet.set_row(row, 48)
    if content.rubric.is_illustrative:
        columns = tuple(column.without_share() for column in columns if not column.is_share or column.counts_instead)
    headers = ("STT", "Lĩnh vực", *(column.header for column in columns))
    for index, text in enumerate(headers):
        sheet.write_string(row, index, text, styles.plain("header"))
    row += 1
    for line in board.summarised:
        row += 1
        sheet.set_row(row - 1, 14.5 * lines_of(line.title, 50) + 4)
        sheet.write_string(row - 1, 0, line.number, styles.cell(line.kind, "number"))
        sheet.write_string(row - 1, 1, line.title, styles.cell(line.kind, "words"))
        for index, column in enumerate(columns, start=2):
            formula, value, role = _cell(content, board, line, column, row)
            sheet.write_formula(row - 1, index, formula, styles.cell(line.kind, role), value)
    return row


def _cell(content: Sheet, board: Board, line: Line, column: Column, row: int) -> tuple[str, float | str, str]:
    """Give a cell's formula, value and look."""
    if column.counts_instead and content.rubric.is_illustrative:
        return f.met_text(line, of_board=f.ELSEWHERE), met_of(content, line), column.role
    value = column.value(totals_of(content, line))
    if value is None:
        return column.formula(line, row), "", column.role
    return column.formula(line, row), float(value / 100 if column.is_share else value), column.role


def _across(sheet: Worksheet, styles: Styles, row: int, text: str, style: str) -> None:
    sheet.merge_range(f"A{row}:{LAST}{row}", "", styles.plain(style))
    sheet.write_string(f"A{row}", text, styles.plain(style))
