"""What the address says of the page Bộ tiêu chí: a version, a draft with its step and row, a comparison, a new set."""

from typing import Final

import streamlit as st

from cchc_core.rubric_shelf import RubricVersion
from ui import current

RUBRIC, NUMBER = "bo", "ban"
DRAFT, STEP, NODE = "soan", "buoc", "dong"
COMPARE: Final = "so"
NEW: Final = "them"
SHOWN, PAGE, SEARCH = "loc", "trang", "tim"
OPENED_HERE: Final = "_rubric_opened_here"
"""Names in the session the row that was opened by a click where it stands, and not by an address."""
_EVERY: Final = (RUBRIC, NUMBER, DRAFT, STEP, NODE, COMPARE, NEW, SHOWN, PAGE, SEARCH, current.SECTION)


def of_version(version: RubricVersion, **more: str) -> dict[str, str]:
    """Give the query that opens a version of a set."""
    return with_assessment({RUBRIC: version.rubric_id, NUMBER: str(version.number), **more})


def of_draft(draft_id: str, step: str = "", **more: str) -> dict[str, str]:
    """Give the query that opens a draft, at a step where one is named."""
    return with_assessment({DRAFT: draft_id, **({STEP: step} if step else {}), **more})


def of_new(way: str) -> dict[str, str]:
    """Give the query of the form that brings a set in."""
    return with_assessment({NEW: way})


def of_list() -> dict[str, str]:
    """Give the query of the list."""
    return with_assessment({})


def named(version: RubricVersion) -> str:
    """Name a version as an address does: the set and its number."""
    return f"{version.rubric_id}@{version.number}"


def with_assessment(query: dict[str, str]) -> dict[str, str]:
    """Keep the open assessment in a query."""
    opened = st.query_params.get(current.ASSESSMENT)
    return {**query, current.ASSESSMENT: opened} if opened else query


def go(query: dict[str, str]) -> None:
    """Write a query into the address, from a callback: the page is drawn anew by it."""
    for name in _EVERY:
        st.query_params.pop(name, None)
    st.query_params.update(query)
    st.session_state.pop(OPENED_HERE, None)


def toggle(node_id: str, is_open: bool) -> None:
    """Open a row of a draft where it stands, or close it; for a button."""
    put(NODE, "" if is_open else node_id)
    st.session_state[OPENED_HERE] = node_id


def was_opened_here(node_id: str) -> bool:
    """Tell whether a row was opened by a click where it stands, and not by an address."""
    return bool(st.session_state.get(OPENED_HERE) == node_id)


def put(parameter: str, value: str) -> None:
    """Write one parameter, or take it out."""
    if value:
        st.query_params[parameter] = value
    else:
        st.query_params.pop(parameter, None)


def number(parameter: str, otherwise: int) -> int:
    """Read a number from the address."""
    text = st.query_params.get(parameter, "")
    return int(text[:6]) if text.isascii() and text.isdigit() else otherwise
