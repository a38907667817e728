"""The tasks by the room that leads them: what they come to, as bars and as a table."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from cchc_core import workspace
from cchc_core.addresses import TASKS_PATH
from cchc_core.board import today_in_vietnam
from cchc_core.store.users import User
from cchc_core.table import Table
from cchc_core.tasks import asked
from cchc_core.tasks.query import Query
from cchc_core.tasks.tables import room_table
from cchc_core.tasks.totals import RoomTotals, room_totals
from ui import live_chart, tables
from ui.charts.look import picture_config
from ui.charts.task_rooms import task_bars
from ui.office import Desk
from ui.tasks import downloads, places
from ui.words import literal

_SHOWN = frozenset(
    {
        "Phòng, đơn vị",
        "Nhiệm vụ",
        "Hoàn thành",
        "Tỷ lệ hoàn thành",
        "Tỷ lệ sớm hạn",
        "Tỷ lệ hoàn thành quá hạn",
        "Quá hạn, chưa hoàn thành",
        "Sắp đến hạn",
    }
)


def show(user: User, desk: Desk, query: Query) -> None:
    """Draw the rooms of the year, or of the plan that the address names."""
    today = today_in_vietnam()
    totals = room_totals(workspace.current().database, user, desk.office.id, desk.year, today, query.plan_id)
    live_chart.draw(task_bars(totals), "tasks by room", picture_config("nhiem-vu-theo-phong"))
    table = _narrowed(room_table(totals, today, year=desk.year))
    tables.draw(table, lambda row, column, printed: _link(desk, totals, row, column, printed))
    with st.container(horizontal=True, key="downloads-rooms"):
        for ending in ("xlsx", "csv"):
            address = downloads.address(desk, f"theo-phong.{ending}", st.query_params.to_dict())
            st.link_button(f"Tải bảng này (.{ending})", address, icon=":material/download:")


def _narrowed(table: Table) -> Table:
    """Keep what fits a screen; the file has every column."""
    kept = [place for place, column in enumerate(table.columns) if column.name in _SHOWN]
    columns = tuple(table.columns[place] for place in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[place] for place in kept) for row in table.rows))


def _link(desk: Desk, totals: tuple[RoomTotals, ...], row: int, column: int, printed: str) -> str:
    if column != 0 or row >= len(totals):
        return printed
    query = places.address(desk, {asked.ROOM: totals[row].room_id or asked.NOBODY})
    return f"[{literal(totals[row].name)}]({TASKS_PATH}?{urlencode(query)})"
