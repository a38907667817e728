"""The year of tasks on a line of days: every due day a mark, a line for each room."""

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.store.users import User
from cchc_core.tasks.query import Query
from cchc_core.tasks.timeline import timeline
from ui import live_chart
from ui.charts.look import picture_config
from ui.charts.task_timeline import task_timeline
from ui.office import Desk
from ui.tasks import month_table, places


def show(user: User, desk: Desk, query: Query) -> None:
    """Draw the chart, and the same by month as a table."""
    today = today_in_vietnam()
    line = timeline(workspace.current().database, user, query, today=today)
    if not line.marks:
        st.info("Các nhiệm vụ này chưa có hạn nào. Hãy mở từng nhiệm vụ để ghi hạn.", icon=":material/event_busy:")
        return
    config = picture_config("nhiem-vu-theo-thoi-gian", with_zoom=True)
    chosen = live_chart.draw(task_timeline(line, desk.year, today), "tasks of the year", config)
    if chosen and any(mark.task_id == chosen for mark in line.marks):
        st.query_params[places.VIEW], st.query_params[places.TASK] = places.LIST, chosen
        st.rerun()
    st.caption("Bấm vào một dấu đứng riêng để mở nhiệm vụ ấy.")
    if line.is_added_up:
        st.caption("Có quá nhiều hạn để vẽ từng cái: mỗi dấu là một tháng của một phòng, càng to càng nhiều hạn.")
    month_table.draw(line)
