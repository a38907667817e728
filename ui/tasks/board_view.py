"""The tasks as a board: a column for each state, the most urgent on top."""

from dataclasses import replace

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.store.users import User
from cchc_core.tasks import asked
from cchc_core.tasks.life import STATE_NAMES, TaskState
from cchc_core.tasks.listing import find_tasks
from cchc_core.tasks.query import Order, Query
from ui.tasks import places
from ui.tasks.words import card_text

_CARDS = 12


def show(user: User, query: Query) -> None:
    """Draw the columns; a column that is filtered out stands empty."""
    states = [state for state in TaskState if query.state in (None, state)]
    for state, column in zip(states, st.columns(len(states)), strict=True):
        with column:
            _draw_column(user, replace(query, state=state, order=Order.URGENT), state)


def _draw_column(user: User, query: Query, state: TaskState) -> None:
    today = today_in_vietnam()
    page = find_tasks(workspace.current().database, user, query, today=today, per_page=_CARDS)
    st.markdown(f"**{STATE_NAMES[state]}** ({page.total})")
    for task in page.tasks:
        with st.container(border=True, key=f"task-card-{task.id}"):
            st.markdown(card_text(task, today))
            st.button(
                "Mở",
                key=f"open card {task.id}",
                type="tertiary",
                icon=":material/open_in_full:",
                on_click=_list,
                args=({places.TASK: task.id},),
            )
    if not page.total:
        st.caption("Không có nhiệm vụ nào.")
    if page.total > _CARDS:
        more = {asked.STATE: asked.STATES[state], asked.ORDER: asked.ORDERS[Order.URGENT]}
        st.button(
            f"Xem cả {page.total} nhiệm vụ",
            key=f"all {state.value}",
            type="tertiary",
            icon=":material/list:",
            on_click=_list,
            args=(more,),
        )


def _list(more: dict[str, str]) -> None:
    """Go on to the list with the same filters and one thing more."""
    st.query_params.update({places.VIEW: places.LIST, **more})
