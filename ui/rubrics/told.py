"""What is said once, in the next run of the page, after something was done about a criteria set."""

import streamlit as st

from ui.words import literal

_KEY = "_rubrics_told"


def success(text: str) -> None:
    """Say that something was done."""
    st.session_state[_KEY] = (text, False)


def problem(text: str) -> None:
    """Say that something was refused, and why."""
    st.session_state[_KEY] = (text, True)


def draw() -> None:
    """Draw what there is to say."""
    text, is_problem = st.session_state.pop(_KEY, ("", False))
    if is_problem:
        st.error(literal(text), icon=":material/error:")
    elif text:
        st.success(literal(text), icon=":material/check:")
