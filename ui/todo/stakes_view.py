"""Points that hang on open tasks, by room, by person and by due day."""

from typing import Final

import streamlit as st

from cchc_core.task_links.tables import BY_DUE, BY_PERSON, BY_ROOM, RISK_NAMES, risk_table
from cchc_core.todo.reading import Todo
from ui import tables


def show(todo: Todo) -> None:
    """Draw the tables; a room has no need of the one by rooms."""
    if not todo.stakes.tasks:
        st.info("Không còn nhiệm vụ nào phải làm. Hãy chọn năm khác, hoặc thêm nhiệm vụ ở trang «Nhiệm vụ».")
        return
    for by in _ROOM_TABLES if todo.room_id else _OFFICE_TABLES:
        st.subheader(f"Theo {RISK_NAMES[by].lower()}", anchor=by)
        tables.draw(risk_table(todo.stakes, by))


_ROOM_TABLES: Final = (BY_DUE, BY_PERSON)
_OFFICE_TABLES: Final = (BY_ROOM, BY_DUE, BY_PERSON)
