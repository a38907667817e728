"""The page Nhiệm vụ: what the year's tasks come to, the ways to add some, and one of four views of them."""

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.permissions import OfficeAction
from cchc_core.store.users import User
from cchc_core.tasks import asked
from cchc_core.tasks.listing import Choices, choices
from cchc_core.tasks.query import Query
from ui import office
from ui.office import Desk
from ui.tasks import (
    board_view,
    cards,
    downloads,
    filters,
    list_view,
    places,
    plan_bar,
    rooms_view,
    timeline_view,
)
from ui.words import literal

_KEY = "_tasks_view"


def show(user: User) -> None:
    """Draw the page for the department and year that are open."""
    st.title("Nhiệm vụ")
    desk = office.open_desk(user, OfficeAction.VIEW_TASKS)
    if desk is None:
        return
    st.markdown(f"**{literal(desk.office.name)}** · năm {desk.year}")
    query, today, database = places.query(desk), today_in_vietnam(), workspace.current().database
    whole = choices(database, user, Query(desk.office.id, desk.year), today=today)
    has_tasks = bool(whole.states)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        office.choose_year(desk)
        if has_tasks:
            _choose_view()
    if has_tasks:
        cards.draw(desk, whole)
    plan_bar.draw(user, desk, has_tasks=has_tasks)
    if has_tasks:
        is_filtered = any(st.query_params.get(name) for name in asked.FILTERS)
        _draw_view(user, desk, query, choices(database, user, query, today=today) if is_filtered else whole)
        downloads.draw(desk, st.query_params.to_dict())


def _choose_view() -> None:
    st.session_state[_KEY] = places.view()
    st.segmented_control(
        "Xem",
        options=list(places.VIEWS),
        format_func=places.VIEWS.__getitem__,
        key=_KEY,
        required=True,
        on_change=_remember_view,
    )


def _remember_view() -> None:
    st.query_params[places.VIEW] = st.session_state[_KEY]


def _draw_view(user: User, desk: Desk, query: Query, found: Choices) -> None:
    view = places.view()
    if view == places.ROOMS:
        rooms_view.show(user, desk, query)
        return
    filters.draw(found)
    if view == places.BOARD:
        board_view.show(user, query)
    elif view == places.TIMELINE:
        timeline_view.show(user, desk, query)
    else:
        list_view.show(user, desk, query)
