"""Đôn đốc: the rooms that owe something, the text to send to one of them, and the whole list as a file."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from cchc_core import workspace
from cchc_core.addresses import TODO_FILES_PATH
from cchc_core.task_links.stakes import DueGroup
from cchc_core.todo.reading import Todo
from cchc_core.todo.urging import Urged, rooms_table, urged, urging_text
from ui import current, tables
from ui.office import Desk
from ui.todo import lines

ROOM = "phong"
_UNKNOWN = "chua-ro"


def show(desk: Desk, todo: Todo) -> None:
    """Draw the list to urge by."""
    rooms = urged(todo)
    if not rooms:
        st.success(
            "Không phòng, đơn vị nào có nhiệm vụ quá hạn hay đến hạn trong 30 ngày.", icon=":material/check_circle:"
        )
        return
    tables.draw(rooms_table(todo))
    _draw_downloads(desk)
    st.subheader("Nội dung gửi một phòng", anchor="gui")
    room = _choose(todo, rooms)
    st.caption("Bấm biểu tượng chép ở góc phải của khung rồi dán vào thư hoặc tin nhắn.")
    st.code(urging_text(workspace.current().database, todo, room), language=None, wrap_lines=True)


def _choose(todo: Todo, rooms: Sequence[Urged]) -> Urged:
    by_key = {room.room_id or _UNKNOWN: room for room in rooms}
    named = st.query_params.get(ROOM, "")
    key = "_urged_room"
    st.session_state[key] = named if named in by_key else next(iter(by_key))
    st.selectbox(
        "Phòng, đơn vị",
        options=list(by_key),
        format_func=lambda each: _label(todo, by_key[each]),
        key=key,
        on_change=_remember,
        args=(key,),
        width=520,
    )
    return by_key[str(st.session_state[key])]


def _label(todo: Todo, room: Urged) -> str:
    late, many = len(room.tasks[DueGroup.OVERDUE]), len(room.all_tasks)
    points = f", {lines.points_of(todo, room.stake.points)}" if room.stake.points > 0 else ""
    return f"{room.name} ({many} nhiệm vụ, {late} quá hạn{points})"


def _remember(key: str) -> None:
    st.query_params[ROOM] = st.session_state[key]


def _draw_downloads(desk: Desk) -> None:
    opened = {} if desk.assessment_id is None else {current.ASSESSMENT: desk.assessment_id}
    query = f"?{urlencode(opened)}" if opened else ""
    address = f"{TODO_FILES_PATH}/{desk.office.id}/{desk.year}/don-doc"
    with st.container(horizontal=True, key="downloads-urging"):
        st.link_button("Tải danh sách đôn đốc (.xlsx)", f"{address}.xlsx{query}", icon=":material/download:")
        st.link_button("Tải danh sách đôn đốc (.csv)", f"{address}.csv{query}", icon=":material/download:")
