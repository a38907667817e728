"""Thử điểm: other answers tried out, with nothing stored."""

import streamlit as st

from cchc_core.sheet import Sheet
from cchc_core.store.users import User


def show(user: User, sheet: Sheet) -> None:
    """Draw the page for the open assessment."""
    st.title("Thử điểm")
