"""Units side by side: a heat map over the sections, each unit by its own effective maximum, and the same in a table."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from cchc_core import scoring, workspace
from cchc_core.addresses import BOARD_PATH
from cchc_core.board import Board
from cchc_core.board_tables import ALL_UNITS, UNITS
from cchc_core.permissions import looks_across_departments
from cchc_core.store.users import User
from cchc_core.units_board import UnitsBoard, heat_columns, heat_rows, units_board, units_table
from ui import charts, current, downloads, live_chart, navigation, tables
from ui.current import ASSESSMENT
from ui.words import literal

MOST_ROWS = 150
MOST_LINKS = 12
_EVERY_DEPARTMENT = "_board_every_department"


def draw_units(user: User, board: Board) -> None:
    """Draw the units that are scored by the same set for the same period, if there is more than one."""
    assessment, database = board.sheet.assessment, workspace.current().database
    place = st.container(key="board-units")
    _draw_scope(user)
    department_id = None if shows_all_departments() else current.department_id()
    units = units_board(database, user, assessment.rubric_id, assessment.year, assessment.period_code, department_id)
    if len(units.rows) < 2:
        return
    place.subheader("Các đơn vị")
    st.caption("Mỗi đơn vị tính trên điểm chuẩn sau khi hạ của chính mình; ô trắng là chưa có số liệu.")
    columns, is_illustrative = heat_columns(units), units.is_illustrative
    figure = charts.heat_map(heat_rows(units), columns, is_illustrative=is_illustrative)
    with st.container(key="board-heat"):
        live_chart.draw(figure, "board units", charts.picture_config("don-vi", with_zoom=True))
    _draw_links(units)
    with st.expander("Số liệu theo đơn vị", key="board unit figures"):
        _draw_table(units)
        downloads.links(assessment.id, ALL_UNITS if department_id is None else UNITS)


def shows_all_departments() -> bool:
    """Tell whether this person has asked for the units of every department."""
    return bool(st.session_state.get(_EVERY_DEPARTMENT))


def _draw_scope(user: User) -> None:
    if looks_across_departments(user.role) and len(scoring.list_departments(workspace.current().database)) > 1:
        st.toggle("Các đơn vị của mọi sở, ngành", key=_EVERY_DEPARTMENT)


def _draw_links(units: UnitsBoard) -> None:
    if len(units.rows) > MOST_LINKS:
        return
    with st.container(horizontal=True, key="board-unit-links"):
        for row in units.rows:
            st.page_link(
                navigation.BOARD,
                label=literal(row.unit_name),
                icon=":material/arrow_forward:",
                query_params={ASSESSMENT: row.assessment_id},
            )


def _draw_table(units: UnitsBoard) -> None:
    table = units_table(units)
    shown = replace(table, rows=table.rows[:MOST_ROWS])

    def link(row: int, column: int, printed: str) -> str:
        address = f"{BOARD_PATH}?{urlencode({ASSESSMENT: units.rows[row].assessment_id})}"
        return f"[{printed}]({address})" if column == 0 else printed

    tables.draw(shown, link)
    if len(table.rows) > MOST_ROWS:
        st.caption(f"Đang hiện {MOST_ROWS} trong {len(table.rows)} đơn vị; tệp tải về có đủ.")
