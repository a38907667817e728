"""The tasks by the room that leads them: what they come to, as bars and as a table."""

from urllib.parse import urlencode

import streamlit as st

from cchc_core import workspace
from cchc_core.addresses import TASKS_PATH
from cchc_core.board import today_in_vietnam
from cchc_core.store.users import User
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


def show(user: User, desk: Desk, query: Query) -> None:
    """Draw the rooms of the year, or of the plan that the address names."""
    today = today_in_vietnam()
    totals = room_totals(workspace.current().database, user, desk.office.id, desk.year, today, query.plan_id)
    live_chart.draw(task_bars(totals), "tasks by room", picture_config("nhiem-vu-theo-phong"))
    table = room_table(totals, today, year=desk.year)
    with st.container(key="wide-table-rooms"):
        tables.draw(table, lambda row, column, printed: _link(desk, totals, row, column, printed))
    with st.container(horizontal=True, key="downloads-rooms"):
        for ending in ("xlsx", "csv"):
            address = downloads.address(desk, f"theo-phong.{ending}", st.query_params.to_dict())
            st.link_button(f"Tải bảng này (.{ending})", address, icon=":material/download:")


def _link(desk: Desk, totals: tuple[RoomTotals, ...], row: int, column: int, printed: str) -> str:
    if column != 0 or row >= len(totals):
        return printed
    query = places.address(desk, {asked.ROOM: totals[row].room_id or asked.NOBODY})
    return f"[{literal(totals[row].name)}]({TASKS_PATH}?{urlencode(query)})"
