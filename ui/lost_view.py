"""Tiêu chí mất điểm: every lost, missing or unconfirmed point, and what is done about it."""

import streamlit as st

from cchc_core.attention import items
from cchc_core.rules.decimals import format_points
from cchc_core.sheet import Sheet
from cchc_core.store.users import User
from ui.words import literal


def show(user: User, sheet: Sheet) -> None:
    """Draw the page for the open assessment."""
    st.title("Tiêu chí mất điểm")
    for item in items(sheet):
        st.markdown(
            f"**{format_points(item.at_stake)}** · {literal(item.criterion.code)} {literal(item.criterion.title)}"
        )
