"""What may be typed where: the workbook refuses what the core would refuse, with the same reasons."""

from typing import TYPE_CHECKING

from cchc_core.rules.kinds import Effect
from cchc_core.rules.scoring import Status
from cchc_core.workbook import formulas as f
from cchc_core.workbook.lines import Board, Line
from cchc_core.workbook.names import NOT_APPLICABLE_MARK
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.xlsx import Worksheet

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

_BEYOND = {
    "error_title": "Điểm không hợp lệ",
    "error_message": "Điểm phải là số từ 0 đến điểm chuẩn của tiêu chí.",
}
_BEYOND_PENALTY = {
    "error_title": "Điểm trừ không hợp lệ",
    "error_message": "Điểm trừ nhập bằng số âm, từ mức trừ tối đa của dòng này đến 0.",
}
_CLOSED = {
    "error_title": "Ô này không nhập",
    "error_message": "Tiêu chí này không nhập ở ô này: hoặc do bên kia chấm, hoặc không có điều khoản hạ điểm chuẩn.",
}
_MARK = {
    "error_title": "Không áp dụng",
    "error_message": "Chỉ đánh dấu x, hoặc xoá dấu x để tiêu chí được tính lại.",
}


def guard_cells(sheet: Worksheet, styles: Styles, content: "Sheet", board: Board) -> None:
    """Refuse points out of range, points of the other side, and marks where no clause allows them."""
    own = [line for line in board.leaves if not content.scores[line.code].is_external]
    others = [line for line in board.leaves if content.scores[line.code].is_external]
    markable = [line for line in board.leaves if may_be_marked(content, line)]
    fixed = [line for line in board.leaves if not may_be_marked(content, line)]
    for column, open_rows, closed_rows in ((f.SELF, own, others), (f.EXTERNAL, others, own)):
        _refuse_beyond(sheet, column, open_rows)
        _refuse_any(sheet, column, closed_rows)
    _refuse_beyond(sheet, f.APPRAISED, list(board.leaves))
    _refuse_any(sheet, f.MARK, fixed)
    _guard(sheet, f.MARK, markable, {"validate": "list", "source": [NOT_APPLICABLE_MARK], **_MARK})
    _show_wrong(sheet, styles, board)


def may_be_marked(content: "Sheet", line: Line) -> bool:
    """Tell whether a leaf may be marked as not applicable: by its clause, or because its answer already says so."""
    is_outside = content.scores[line.code].status is Status.NOT_APPLICABLE
    return is_outside or line.leaf.scored.not_applicable_clause is not None


def _refuse_beyond(sheet: Worksheet, column: str, lines: list[Line]) -> None:
    between = {"validate": "decimal", "criteria": "between"}
    added = [line for line in lines if line.leaf.scored.effect is not Effect.PENALTY]
    taken = [line for line in lines if line.leaf.scored.effect is Effect.PENALTY]
    _guard(sheet, column, added, {**between, "minimum": 0, "maximum": _top(added), **_BEYOND})
    _guard(sheet, column, taken, {**between, "minimum": _top(taken), "maximum": 0, **_BEYOND_PENALTY})


def _top(lines: list[Line]) -> str:
    return f"=${f.MAX}{lines[0].row}" if lines else ""


def _refuse_any(sheet: Worksheet, column: str, lines: list[Line]) -> None:
    _guard(sheet, column, lines, {"validate": "custom", "value": "=FALSE", **_CLOSED})


def _guard(sheet: Worksheet, column: str, lines: list[Line], rule: dict[str, object]) -> None:
    if lines:
        cells = " ".join(f"{column}{first}:{column}{last}" for first, last in _runs(lines))
        sheet.data_validation(
            lines[0].row - 1,
            f.column_index(column),
            lines[0].row - 1,
            f.column_index(column),
            {**rule, "multi_range": cells},
        )


def _runs(lines: list[Line]) -> list[tuple[int, int]]:
    """Join neighbouring rows, so that a rule names few ranges."""
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and runs[-1][1] == line.row - 1:
            runs[-1] = (runs[-1][0], line.row + line.span - 1)
        else:
            runs.append((line.row, line.row + line.span - 1))
    return runs


def _show_wrong(sheet: Worksheet, styles: Styles, board: Board) -> None:
    """Paint points out of range, which pasting brings in past the refusal."""
    first, last = board.lines[0].row, board.total.row - 1
    points, side, top = (f"${column}{first}" for column in (f.POINTS, f.SIDE, f.EFFECTIVE))
    wrong = f"=AND({side}>0,OR({points}<0,{points}>{top}))"
    if board.is_adjusted:
        # A typed bonus or penalty beyond its own maximum; what a cap leaves of it is no error.
        own, printed = f"SUM(${f.SELF}{first}:${f.EXTERNAL}{first})", f"${f.MAX}{first}"
        wrong = f"=OR({wrong.removeprefix('=')},AND({side}<0,OR({own}*{printed}<0,ABS({own})>ABS({printed}))))"
    index = f.column_index(f.POINTS)
    rule = {"type": "formula", "criteria": wrong, "format": styles.plain("wrong")}
    sheet.conditional_format(first - 1, index, last - 1, index, rule)
