"""The main sheet «Bảng điểm»: the official form, every criterion a row, every sum a live formula."""

from decimal import Decimal
from typing import TYPE_CHECKING

from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import EMPTY
from cchc_core.rules.decimals import ZERO
from cchc_core.rules.kinds import Checklist
from cchc_core.rules.scoring import Score, Status, score
from cchc_core.status_names import STATUS_NAMES
from cchc_core.workbook import formulas as f
from cchc_core.workbook import head, names
from cchc_core.workbook.adjustments import write_adjustment
from cchc_core.workbook.lines import Board, Kind, Line, capped_words, met_of, totals_of
from cchc_core.workbook.rows import Row
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.typing_rules import guard_cells
from cchc_core.workbook.xlsx import Worksheet

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

HEADER_ROW = 8
FIRST_ROW = HEADER_ROW + 1
_WIDTHS = {
    f.NUMBER: 7.5,
    f.TITLE: 36,
    f.MAX: 8.7,
    f.MARK: 6.5,
    f.EFFECTIVE: 8.7,
    f.SELF: 8.7,
    f.EXTERNAL: 8.7,
    f.POINTS: 8.7,
    f.PERCENT: 8.5,
    f.PROOF: 42,
    f.APPRAISED: 8.5,
    f.OPINION: 12,
    f.STATUS: 9.5,
}
_BLOCKS = head.Blocks(
    head_left=f"{f.NUMBER}:{f.MAX}",
    foot_left=f"{f.NUMBER}:{f.TITLE}",
    right=f"{f.PERCENT}:{f.STATUS}",
    across=f"{f.NUMBER}:{f.STATUS}",
)
_ENTERED = (Status.SCORED, Status.VOIDED)


def write_board(sheet: Worksheet, styles: Styles, content: "Sheet", board: Board) -> None:
    """Write the whole main sheet."""
    for letter, width in _WIDTHS.items():
        sheet.set_column(f"{letter}:{letter}", width)
    sheet.set_column(f"{f.SIDE}:{f.COUNTED if board.is_adjusted else f.OPEN}", None, None, {"hidden": True})
    head.write_head(sheet, styles, content, board.doubts, _BLOCKS)
    _write_header(sheet, styles, board, is_illustrative=content.rubric.is_illustrative)
    for line in board.lines:
        for extra in range(line.span):
            sheet.set_row(line.row - 1 + extra, line.height)
        if line.kind is Kind.LEAF and line.leaf.is_adjustment:
            write_adjustment(sheet, styles, content, board, line)
        elif line.kind is Kind.LEAF:
            _write_leaf(sheet, styles, content, line)
        else:
            _write_node(sheet, styles, content, board, line)
    guard_cells(sheet, styles, content, board)
    last = head.write_foot(sheet, styles, content, board.doubts, board.total.row + 1, _BLOCKS)
    head.set_up_page(sheet, header_row=HEADER_ROW)
    sheet.print_area(f"{f.NUMBER}1:{f.STATUS}{last}")
    sheet.freeze_panes(HEADER_ROW, 2)
    # Codes such as "1" are text on purpose.
    sheet.ignore_errors({"number_stored_as_text": f"{f.NUMBER}{FIRST_ROW}:{f.NUMBER}{board.total.row}"})


def _write_header(sheet: Worksheet, styles: Styles, board: Board, *, is_illustrative: bool) -> None:
    illustrative = " (minh hoạ)" if is_illustrative else ""
    headers = {
        f.NUMBER: "STT",
        f.TITLE: "Lĩnh vực / Tiêu chí / Tiêu chí thành phần",
        f.MAX: f"Điểm chuẩn{illustrative}",
        f.MARK: "Không áp dụng (x)",
        f.EFFECTIVE: f"Điểm chuẩn sau khi hạ{illustrative}",
        f.SELF: f"Điểm tự chấm{illustrative}",
        f.EXTERNAL: f"Điểm điều tra XHH / bên ngoài{illustrative}",
        f.POINTS: f"Tổng điểm{illustrative}",
        f.PERCENT: "Số tiêu chí đạt" if is_illustrative else "Tỷ lệ",
        f.PROOF: "Tài liệu kiểm chứng / Thuyết minh",
        f.APPRAISED: "Điểm thẩm định",
        f.OPINION: "Ý kiến thẩm định",
        f.STATUS: "Trạng thái",
        f.SIDE: "Bên chấm (1: đơn vị, 2: bên ngoài)",
        f.NOT_DUE: "Điểm chưa đến kỳ",
        f.OPEN: "Điểm còn thiếu",
    }
    if board.is_adjusted:
        headers[f.COUNTED] = "Điểm thưởng, điểm trừ được tính"
    sheet.set_row(HEADER_ROW - 1, 76 if is_illustrative else 62)
    for letter, text in headers.items():
        sheet.write_string(HEADER_ROW - 1, f.column_index(letter), text, styles.plain("header"))


def _write_node(sheet: Worksheet, styles: Styles, content: "Sheet", board: Board, line: Line) -> None:
    row, totals = Row(sheet, styles, line), totals_of(content, line)
    row.text(f.NUMBER, line.number, "number")
    row.text(f.TITLE, line.title, "words")
    row.formula(f.MAX, f.leaves_sum(line, f.MAX, applicable=False), totals.max_points)
    row.blank(f.MARK, "empty")
    row.formula(f.EFFECTIVE, f.leaves_sum(line, f.EFFECTIVE, applicable=False), totals.effective_max)
    own, others = ((f.SELF, f.SELF_SIDE), (f.EXTERNAL, f.EXTERNAL_SIDE))
    row.formula(own[0], f.side_points(line, *own, is_adjusted=board.is_adjusted), totals.self_points)
    row.formula(others[0], f.side_points(line, *others, is_adjusted=board.is_adjusted), totals.external_points)
    row.formula(f.POINTS, f.both_sides(line.row), totals.points)
    if content.rubric.is_illustrative:
        row.formula(f.PERCENT, f.met_text(line), met_of(content, line), "share")
    else:
        formula = f.percent(f"{f.POINTS}{line.row}", f"{f.EFFECTIVE}{line.row}")
        row.formula(f.PERCENT, formula, None if totals.percent is None else totals.percent / 100, "percent")
    if content.rubric.is_illustrative and line.kind is Kind.TOTAL:
        caps = capped_words(content.rubric, None)
        row.formula(f.PROOF, f.met_sentence(line, caps), names.met_words(met_of(content, line)) + caps, "small")
    else:
        row.text(f.PROOF, line.proof, "small")
    row.formula(f.APPRAISED, f.appraised_sum(line, is_adjusted=board.is_adjusted), "")
    row.blank(f.OPINION, "words")
    row.blank(f.STATUS, "centred")


def _write_leaf(sheet: Worksheet, styles: Styles, content: "Sheet", line: Line) -> None:
    row, criterion = Row(sheet, styles, line), line.leaf
    scored = content.scores[criterion.code]
    row.text(f.NUMBER, line.number, "number")
    row.text(f.TITLE, line.title, "words")
    row.points(f.MAX, criterion.max_points)
    is_outside = scored.status is Status.NOT_APPLICABLE
    may_be_marked = is_outside or criterion.scored.not_applicable_clause is not None
    row.typed(f.MARK, names.NOT_APPLICABLE_MARK if is_outside else None, "mark" if may_be_marked else "closed")
    row.formula(f.EFFECTIVE, f.effective(line.row), scored.effective_max)
    entered = scored.points if scored.status in _ENTERED else None
    own, other = (f.EXTERNAL, f.SELF) if scored.is_external else (f.SELF, f.EXTERNAL)
    row.typed(own, entered, "typed")
    row.blank(other, "closed")
    row.formula(f.POINTS, f.counted(line.row), scored.points)
    row.blank(f.PERCENT, "empty")
    row.text(f.PROOF, line.proof, "small")
    row.blank(f.APPRAISED, "points")
    row.blank(f.OPINION, "words")
    _write_state(row, line, scored, _waiting(content, criterion, scored))


def _write_state(row: Row, line: Line, scored: Score, waiting: Decimal) -> None:
    blank = _status_while_blank(scored, waiting, line.leaf)
    is_voided = scored.status is Status.VOIDED
    words = STATUS_NAMES[scored.status]
    row.formula(f.STATUS, f.status(line.row, blank, is_voided=is_voided), words, "centred")
    row.points(f.SIDE, Decimal(f.EXTERNAL_SIDE if scored.is_external else f.SELF_SIDE), "whole")
    if waiting > 0:
        row.formula(f.NOT_DUE, f.not_due(line.row, waiting), scored.not_due_points)
    row.formula(f.OPEN, f.still_open(line.row), scored.open_points)


def _status_while_blank(scored: Score, waiting: Decimal, criterion: Criterion) -> Status:
    if scored.is_external:
        return Status.AWAITING
    return Status.NOT_DUE if waiting and waiting == criterion.max_points else Status.MISSING


def _waiting(content: "Sheet", criterion: Criterion, scored: Score) -> Decimal:
    """Give what of a leaf is not due whatever is typed, which its score shows only as far as it is not earned."""
    if not content.period.is_provisional or scored.status is Status.VOIDED:
        return ZERO
    leaf = criterion.scored
    if leaf.due_period is None and not isinstance(leaf.rule, Checklist):
        return scored.not_due_points
    return max(scored.not_due_points, score(leaf, EMPTY, content.period).not_due_points)
