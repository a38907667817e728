"""The main sheet «Phiếu chấm»: every criterion with its input cells below it, points and totals live."""

from decimal import Decimal
from typing import Final

from cchc_core.rules.explain import one_line
from cchc_core.slip import names as n
from cchc_core.slip import totals_live
from cchc_core.slip.fields import WIDE, Field, Kind
from cchc_core.slip.layout import Form, Line, Placed, sums
from cchc_core.slip.leaf_live import LiveLeaf, live_leaf
from cchc_core.slip.lists import Lists
from cchc_core.slip.live import Live
from cchc_core.slip.styles import Styles
from cchc_core.slip.typing_rules import guard_cells
from cchc_core.status_names import STATUS_NAMES
from cchc_core.workbook.head import ILLUSTRATIVE
from cchc_core.workbook.lines import Kind as Node
from cchc_core.workbook.names import period_name
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Format, Worksheet

TITLE: Final = "PHIẾU CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH"
HOW: Final = (
    "Chỉ nhập vào ô màu vàng; điểm và tổng tự tính ngay. Nhập xong, lưu tệp rồi tải lên ở trang «Phiếu Excel» của phần "
    "mềm. Không đổi tên trang tính, không thêm hay bớt dòng."
)
_WIDTHS: Final = {
    n.NUMBER: 8.5,
    n.TITLE: 50,
    n.MAX: 9.5,
    n.INPUT: 15,
    n.EFFECTIVE: 9.5,
    n.POINTS: 9.5,
    n.STATE: 12.5,
    n.SAID: 37,
    n.PROOF: 45,
}
_HEADERS: Final = {
    n.NUMBER: "STT",
    n.TITLE: "Lĩnh vực, tiêu chí và phần phải nhập",
    n.MAX: "Điểm chuẩn",
    n.INPUT: "Ô nhập",
    n.EFFECTIVE: "Điểm chuẩn sau khi hạ",
    n.POINTS: "Điểm",
    n.STATE: "Trạng thái",
    n.SAID: "Cách tính",
    n.PROOF: "Tài liệu kiểm chứng",
}
_STYLES: Final = {
    Kind.LEVEL: "typed words",
    Kind.TEXT: "typed words",
    Kind.MARK: "mark",
    Kind.POINTS: "typed points",
    Kind.CLOSED: "closed",
}


def write_form(sheet: Worksheet, styles: Styles, form: Form, lists: Lists) -> None:
    """Write the whole sheet."""
    for letter, width in _WIDTHS.items():
        sheet.set_column(f"{letter}:{letter}", width)
    sheet.set_column(f"{n.KEY}:{n.RAW}", None, None, {"hidden": True})
    _write_head(sheet, styles, form)
    writer = _Writer(sheet, styles, form)
    for line in form.lines:
        sheet.set_row(line.row - 1, line.height)
        if line.kind is Node.LEAF:
            writer.leaf(line, live_leaf(form, line, lists))
        else:
            writer.node(line)
    guard_cells(sheet, styles, form, lists)
    _set_up(sheet, form)


def about(form: Form) -> str:
    """Name what a slip is for: whose, which period, which criteria set."""
    assessment = form.sheet.assessment
    return f"{assessment.unit_name} · {period_name(assessment)} · {one_line(form.sheet.rubric.title)}"


def _write_head(sheet: Worksheet, styles: Styles, form: Form) -> None:
    across, live = f"{n.NUMBER}{{0}}:{n.PROOF}{{0}}", totals_live.headline(form)
    warning = ILLUSTRATIVE if form.sheet.rubric.is_illustrative else ""
    texts = ((TITLE, "title", 26.0), (cell_text(about(form)), "about", 20.0), (HOW, "how", 20.0))
    for row, (text, style, height) in enumerate(texts, start=1):
        sheet.merge_range(across.format(row), "", styles.plain(style))
        sheet.write_string(row - 1, 0, text, styles.plain(style))
        sheet.set_row(row - 1, height * lines_of(text, 215))
    sheet.merge_range(across.format(4), "", styles.plain("live"))
    sheet.write_formula(3, 0, f"={live.formula}", styles.plain("live"), live.value)
    sheet.set_row(3, 26)
    sheet.merge_range(across.format(5), "", styles.plain("alert"))
    sheet.write_string(4, 0, warning, styles.plain("alert"))
    sheet.set_row(4, 18 if warning else 5)
    illustrative = " (minh hoạ)" if form.sheet.rubric.is_illustrative else ""
    sheet.set_row(n.HEADER_ROW - 1, 64 if illustrative else 48)
    for letter, text in _HEADERS.items():
        of_points = illustrative if letter in (n.MAX, n.EFFECTIVE, n.POINTS) else ""
        sheet.write_string(n.HEADER_ROW - 1, n.index_of(letter), text + of_points, styles.plain("header"))


class _Writer:
    """Writes the rows of the form."""

    def __init__(self, sheet: Worksheet, styles: Styles, form: Form) -> None:
        self._sheet, self._styles, self._form = sheet, styles, form

    def node(self, line: Line) -> None:
        """Write a part, a section, a group or the total with its live sums."""
        level, most = line.kind.value, sums(self._form, line)
        self._text(line.row, n.NUMBER, line.number, self._styles.row(level, "number"))
        self._text(line.row, n.TITLE, line.title, self._styles.row(level, "words"))
        for column, value in zip((n.MAX, n.EFFECTIVE, n.POINTS), most, strict=True):
            formula = totals_live.column_sum(line, column)
            self._formula(line.row, column, Live(formula, ""), self._styles.row(level, "points"), float(value))
        self._formula(line.row, n.STATE, totals_live.done_words(self._form, line), self._styles.row(level, "state"))
        self._formula(line.row, n.SAID, totals_live.share_words(self._form, line), self._styles.row(level, "said"))
        for column in (n.INPUT, n.PROOF):
            self._sheet.write_blank(line.row - 1, n.index_of(column), None, self._styles.row(level, "empty"))

    def leaf(self, line: Line, live: LiveLeaf) -> None:
        """Write a criterion and the rows of its input cells."""
        row, score, styles = line.row, self._form.scores[line.code], self._styles
        self._text(row, n.NUMBER, line.number, styles.row("leaf", "number"))
        self._text(row, n.TITLE, line.title, styles.row("leaf", "words"))
        self._number(row, n.MAX, line.leaf.max_points, styles.row("leaf", "points"))
        self._text(row, n.INPUT, live.way, styles.row("leaf", "way"))
        points = styles.row("leaf", "points")
        self._formula(row, n.EFFECTIVE, Live(live.effective, ""), points, float(score.effective_max))
        self._formula(row, n.POINTS, Live(live.points, ""), points, float(score.points))
        self._formula(row, n.STATE, Live(live.state, STATUS_NAMES[score.status]), styles.row("leaf", "state"))
        self._formula(row, n.SAID, live.said, styles.row("leaf", "said"))
        self._hidden(line, live)
        self._proof(line)
        for placed in line.fields:
            self._field(line.code, placed)

    def _hidden(self, line: Line, live: LiveLeaf) -> None:
        row = line.row - 1
        self._sheet.write_number(row, n.index_of(n.SIDE), live.side)
        self._sheet.write_formula(row, n.index_of(n.ANSWERED), f"={live.answered}", None, live.answered_now)
        self._sheet.write_formula(row, n.index_of(n.PROBLEM), f"={live.problem}", None, "")
        self._sheet.write_formula(row, n.index_of(n.RAW), f"={live.raw}", None, float(live.raw_now))

    def _proof(self, line: Line) -> None:
        style, column = self._styles.plain("proof"), n.index_of(n.PROOF)
        if line.last > line.row:
            self._sheet.merge_range(line.row - 1, column, line.last - 1, column, "", style)
        self._sheet.write_string(line.row - 1, column, line.proof, style)

    def _field(self, code: str, placed: Placed) -> None:
        field, row = placed.field, placed.row
        self._sheet.set_row(row - 1, placed.height)
        self._text(row, n.TITLE, cell_text(field.label), self._styles.plain("label"))
        if field.points is not None:
            self._number(row, n.MAX, field.points, self._styles.plain("worth"))
        style = self._styles.plain(_STYLES.get(field.kind, "typed number"))
        if field.kind in WIDE:
            self._sheet.merge_range(f"{n.INPUT}{row}:{n.LAST_TEXT}{row}", "", style)
        elif field.hint:
            self._text(row, n.EFFECTIVE, field.hint, self._styles.plain("hint"))
        self._typed(row, field, style)
        self._sheet.write_string(row - 1, n.index_of(n.KEY), n.key_of(code, field.name))

    def _typed(self, row: int, field: Field, style: Format) -> None:
        if isinstance(field.value, str):
            self._text(row, n.INPUT, cell_text(field.value), style)
        elif field.value is not None:
            self._number(row, n.INPUT, field.value, style)
        elif field.kind not in WIDE:
            self._sheet.write_blank(row - 1, n.index_of(n.INPUT), None, style)

    def _text(self, row: int, column: str, text: str, style: Format) -> None:
        self._sheet.write_string(row - 1, n.index_of(column), text, style)

    def _number(self, row: int, column: str, number: Decimal, style: Format) -> None:
        self._sheet.write_number(row - 1, n.index_of(column), float(number), style)

    def _formula(self, row: int, column: str, live: Live, style: Format, value: float | None = None) -> None:
        stored = live.value if value is None else value
        self._sheet.write_formula(row - 1, n.index_of(column), f"={live.formula}", style, stored)


def _set_up(sheet: Worksheet, form: Form) -> None:
    sheet.freeze_panes(n.HEADER_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(n.HEADER_ROW - 1)
    sheet.print_area(f"{n.NUMBER}1:{n.PROOF}{form.total.row}")
    sheet.set_footer('&C&"Times New Roman,Regular"&10Trang &P/&N')
    sheet.set_zoom(110)
    last = form.total.row
    sheet.ignore_errors({"number_stored_as_text": f"{n.NUMBER}{n.FIRST_ROW}:{n.NUMBER}{last}"})
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    sheet.set_selection(f"{n.INPUT}{n.FIRST_ROW}")
