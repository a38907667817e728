"""What the address says of the page Nhiệm vụ: which view, which tasks, which page of them, which task is open."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from cchc_core.tasks import asked
from cchc_core.tasks.query import Query
from ui import current
from ui.office import YEAR, Desk

VIEW, PAGE, TASK = "kieu", "trang", "nv"
LIST, BOARD, TIMELINE, ROOMS = "bang", "cot", "thoi-gian", "theo-phong"
VIEWS: Final = {LIST: "Danh sách", BOARD: "Theo trạng thái", TIMELINE: "Trục thời gian", ROOMS: "Theo phòng"}


def view() -> str:
    """Give the view that the address names, else the list."""
    named = st.query_params.get(VIEW, LIST)
    return named if named in VIEWS else LIST


def query(desk: Desk) -> Query:
    """Give which tasks the address asks for."""
    return asked.query_of(desk.office.id, desk.year, st.query_params.to_dict())


def page_number() -> int:
    """Give the page of the list that the address names, counted from 1."""
    text = st.query_params.get(PAGE, "1")
    return int(text[:6]) if text.isascii() and text.isdigit() else 1


def opened() -> str | None:
    """Give the task that is open."""
    return st.query_params.get(TASK)


def address(desk: Desk, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the query of this page for the same department and year."""
    base = {YEAR: str(desk.year)}
    if desk.assessment_id is not None:
        base[current.ASSESSMENT] = desk.assessment_id
    return {**base, **(more or {})}


def remember(key: str, parameter: str) -> None:
    """Write what a field holds into the address; a new filter begins at the first page, nothing opened."""
    if chosen := str(st.session_state[key] or ""):
        st.query_params[parameter] = chosen
    else:
        st.query_params.pop(parameter, None)
    for name in (PAGE, TASK):
        st.query_params.pop(name, None)


def forget_filters() -> None:
    """Take every filter out of the address."""
    for name in (*asked.FILTERS, PAGE, TASK):
        st.query_params.pop(name, None)
