"""The tables of a board, by the keys under which addresses hand them out: what a page draws is what a file holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from cchc_core.attention import by_reason, by_responsible, by_section
from cchc_core.board import Board, read_board
from cchc_core.comparison import PREVIOUS_PERIOD, SAME_PERIOD_LAST_YEAR, Comparison
from cchc_core.errors import VIETNAM, NotFound
from cchc_core.group_table import group_table
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.rubric.model import Criterion
from cchc_core.rules.scoring import Status
from cchc_core.sheet import Sheet
from cchc_core.status_names import STATUS_NAMES
from cchc_core.store.assessments import Assessment
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.log import Change, Json, LogAction
from cchc_core.store.users import User
from cchc_core.table import Field, Kind, Table, made
from cchc_core.tables import attention_table, comparison_table, forecast_table, section_table, trend_table
from cchc_core.text import clean_line
from cchc_core.units_board import units_board, units_table

__all__ = [
    "ALL_UNITS",
    "BY_REASON",
    "BY_RESPONSIBLE",
    "BY_SECTION",
    "TITLES",
    "UNITS",
    "BoardTable",
    "board_table",
    "take_table",
]

UNITS, ALL_UNITS = "don-vi", "don-vi-tat-ca"
"""The units of the department, and those of all departments; not made from the board of one assessment alone."""
BY_SECTION, BY_RESPONSIBLE, BY_REASON = "theo-linh-vuc", "theo-don-vi", "theo-ly-do"
"""The sums of what is lost, missing or unconfirmed."""

TITLES: Final[Mapping[str, str]] = {
    "linh-vuc": "Điểm theo lĩnh vực",
    "du-bao": "Dự báo cuối năm",
    "mat-diem": "Tiêu chí mất điểm, chưa chấm, chưa xác nhận",
    BY_SECTION: "Điểm mất theo lĩnh vực",
    BY_RESPONSIBLE: "Điểm mất theo đơn vị phụ trách",
    BY_REASON: "Điểm mất theo lý do",
    "xu-huong": "Điểm qua các kỳ",
    "ky-truoc": "So với kỳ trước",
    "cung-ky": "So với cùng kỳ năm trước",
    UNITS: "Điểm theo đơn vị",
    ALL_UNITS: "Điểm theo đơn vị của mọi sở, ngành",
    "thay-doi": "Thay đổi gần nhất",
}
_OF_PLANNING: Final = frozenset({"du-bao"})


@dataclass(frozen=True, slots=True)
class BoardTable:
    """A table, and the assessment that it was taken from."""

    table: Table
    assessment: Assessment


def take_table(database: Database, user: User, assessment_id: str, key: str, today: date | None = None) -> BoardTable:
    """Give a table of an assessment to whoever may take it away.

    Raises NotFound for an unknown assessment or key and for a table that does not exist here, with the reason;
    NotAllowed for who may not export, and for who may not look at the planning that a table is made of.
    """
    with database.read() as connection:
        permitted(connection, user, Action.EXPORT, assessment_id)
        if key in _OF_PLANNING:
            permitted(connection, user, Action.VIEW_PLANNING, assessment_id)
    if key not in TITLES:
        raise NotFound("Tải bảng số liệu", thing="bảng số liệu", key=clean_line(key)[:40])
    board = read_board(database, user, assessment_id, today)
    assessment = board.sheet.assessment
    if key in (UNITS, ALL_UNITS):
        return BoardTable(_units(database, user, assessment, key), assessment)
    table = board_table(board, key)
    if table is None:
        raise NotFound(TITLES[key], thing=_ABSENT[key], key=f"{assessment.period_title} {assessment.year}")
    return BoardTable(table, assessment)


def _units(database: Database, user: User, assessment: Assessment, key: str) -> Table:
    department_id = None
    if key == UNITS:
        with database.read() as connection:
            department_id = directory(connection).department_of[assessment.unit_id]
    where = (assessment.rubric_id, assessment.year, assessment.period_code)
    return replace(units_table(units_board(database, user, *where, department_id)), key=key)


_ABSENT: Final[Mapping[str, str]] = {
    "ky-truoc": "bảng chấm của kỳ trước trong cùng năm để so với",
    "cung-ky": "bảng chấm của cùng kỳ năm trước để so với",
}


def board_table(board: Board, key: str) -> Table | None:
    """Make a table from a board; None where there is nothing to compare with. Raises KeyError for another key."""
    table = _MAKERS[key](board)
    return None if table is None else replace(table, key=key)


def _grouped(board: Board, key: str) -> Table:
    rubric, listed = board.sheet.rubric, board.items
    name, groups = {
        BY_SECTION: ("Lĩnh vực", by_section(listed, rubric)),
        BY_RESPONSIBLE: ("Đơn vị phụ trách", by_responsible(listed)),
        BY_REASON: ("Lý do", by_reason(listed)),
    }[key]
    return group_table(key, name, groups, rubric)


def _compared(comparison: Comparison | None, board: Board, against: str) -> Table | None:
    return None if comparison is None else comparison_table(comparison, board.sheet.rubric, against)


_MAKERS: Final[Mapping[str, Callable[[Board], Table | None]]] = {
    "linh-vuc": lambda board: section_table(board.sheet),
    "du-bao": lambda board: forecast_table(board.sheet, board.forecast),
    "mat-diem": lambda board: attention_table(board.items, board.sheet.rubric, with_remedies=board.shows_planning),
    BY_SECTION: lambda board: _grouped(board, BY_SECTION),
    BY_RESPONSIBLE: lambda board: _grouped(board, BY_RESPONSIBLE),
    BY_REASON: lambda board: _grouped(board, BY_REASON),
    "xu-huong": lambda board: trend_table(board.trend, board.sheet.rubric),
    "ky-truoc": lambda board: _compared(board.against_previous, board, PREVIOUS_PERIOD),
    "cung-ky": lambda board: _compared(board.against_year_ago, board, SAME_PERIOD_LAST_YEAR),
    "thay-doi": lambda board: _changes_table(board),
}


@dataclass(frozen=True, slots=True)
class _ChangeRow:
    change: Change
    criterion: Criterion | None


def _changes_table(board: Board) -> Table:
    rubric = board.sheet.rubric
    rows = [_ChangeRow(change, _criterion(board.sheet, change)) for change in board.changes]
    return made("thay-doi", TITLES["thay-doi"], _CHANGE_FIELDS, rows, is_illustrative=rubric.is_illustrative)


_OF_A_CRITERION: Final = frozenset(
    {
        LogAction.ANSWER,
        LogAction.NOTE,
        LogAction.CARRY,
        LogAction.CONFIRM,
        LogAction.OUTLOOK,
        LogAction.REMEDY,
        LogAction.ATTACHMENT,
    }
)


def _criterion(sheet: Sheet, change: Change) -> Criterion | None:
    # Other subjects are ids that tell nobody anything.
    is_one = change.action in _OF_A_CRITERION and change.about in sheet.scores
    return sheet.rubric.criterion(change.about) if is_one else None


def _code(row: _ChangeRow) -> str | None:
    if row.change.action is LogAction.TARGET:
        # A target of the whole set has no code.
        return row.change.subject or None
    return None if row.criterion is None else row.criterion.code


def _points(logged: Json | None) -> Decimal | None:
    return Decimal(str(logged["points"])) if logged and "points" in logged else None


def _status(logged: Json | None) -> str | None:
    return STATUS_NAMES[Status(str(logged["status"]))] if logged and "status" in logged else None


_CHANGE_FIELDS: Final[tuple[Field[_ChangeRow], ...]] = (
    Field("Lúc", Kind.TEXT, lambda row: f"{row.change.at_utc + VIETNAM:%H:%M:%S %d/%m/%Y}"),
    Field("Người", Kind.TEXT, lambda row: row.change.actor_name),
    Field("Việc", Kind.TEXT, lambda row: row.change.title),
    Field("Mã", Kind.TEXT, lambda row: _code(row)),
    Field("Tiêu chí", Kind.TEXT, lambda row: None if row.criterion is None else row.criterion.title),
    Field("Điểm trước", Kind.POINTS, lambda row: _points(row.change.old)),
    Field("Điểm sau", Kind.POINTS, lambda row: _points(row.change.new)),
    Field("Trạng thái", Kind.TEXT, lambda row: _status(row.change.new)),
)
