"""The rows of bonuses and penalties on the main sheet: beside every maximum, with their sign, within their caps."""

from decimal import Decimal
from typing import TYPE_CHECKING

from cchc_core.rubric.capping import caps_above
from cchc_core.rules.decimals import ZERO
from cchc_core.rules.kinds import Effect
from cchc_core.rules.scoring import Score, Status
from cchc_core.status_names import STATUS_NAMES
from cchc_core.workbook import formulas as f
from cchc_core.workbook.lines import Board, Line
from cchc_core.workbook.names import NOT_APPLICABLE_MARK
from cchc_core.workbook.rows import Row
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.xlsx import Worksheet

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

_ENTERED = (Status.SCORED, Status.VOIDED)
_WAITING = (Status.AWAITING, Status.NOT_DUE)


def write_adjustment(sheet: Worksheet, styles: Styles, content: "Sheet", board: Board, line: Line) -> None:
    """Write the row of a bonus or a penalty: what is typed as it is entered, what counts as its caps leave it."""
    row, leaf, scored = Row(sheet, styles, line), line.leaf.scored, content.scores[line.code]
    takes_off, is_outside = leaf.effect is Effect.PENALTY, scored.status is Status.NOT_APPLICABLE
    row.text(f.NUMBER, line.number, "number")
    row.text(f.TITLE, line.title, "words")
    row.points(f.MAX, -leaf.max_points if takes_off else leaf.max_points, "signed")
    may_be_marked = is_outside or leaf.not_applicable_clause is not None
    row.typed(f.MARK, NOT_APPLICABLE_MARK if is_outside else None, "mark" if may_be_marked else "closed")
    row.points(f.EFFECTIVE, ZERO)
    own, other = (f.EXTERNAL, f.SELF) if scored.is_external else (f.SELF, f.EXTERNAL)
    row.typed(own, (scored.before_cap or scored).points if scored.status in _ENTERED else None, "typed signed")
    row.blank(other, "closed")
    row.formula(f.COUNTED, _counted(content, board, line, takes_off=takes_off), scored.points, "signed")
    row.formula(f.POINTS, f"={f.COUNTED}{line.row}", scored.points, "signed")
    row.blank(f.PERCENT, "empty")
    row.text(f.PROOF, line.proof, "small")
    row.blank(f.APPRAISED, "signed")
    row.blank(f.OPINION, "words")
    _write_state(row, line, scored)


def _counted(content: "Sheet", board: Board, line: Line, *, takes_off: bool) -> str:
    caps = caps_above(content.rubric, line.leaf)
    rooms = [f.Room(cap.most, board.first_rows[cap.node]) for cap in caps]
    return f.adjusted(line.row, rooms, takes_off=takes_off)


def _write_state(row: Row, line: Line, scored: Score) -> None:
    blank = scored.status if scored.status in _WAITING else Status.AWAITING if scored.is_external else Status.MISSING
    formula = f.status(line.row, blank, is_voided=scored.status is Status.VOIDED)
    row.formula(f.STATUS, formula, STATUS_NAMES[scored.status], "centred")
    row.points(f.SIDE, Decimal(-(f.EXTERNAL_SIDE if scored.is_external else f.SELF_SIDE)), "whole")
    row.formula(f.OPEN, f.taken_off(line.row), scored.open_points)
