"""Bộ tiêu chí: which of its views the address asks for."""

import streamlit as st

from cchc_core.store.users import User
from ui.rubrics import compare_page, draft_page, list_view, new_set, places, version_view


def show(user: User) -> None:
    """Draw the list, a version, a comparison, a new set or a draft."""
    asked = st.query_params
    if places.DRAFT in asked:
        draft_page.show(user, asked[places.DRAFT])
    elif places.NEW in asked:
        new_set.show(user)
    elif places.COMPARE in asked:
        compare_page.show(user)
    elif places.RUBRIC in asked:
        version_view.show(user)
    else:
        list_view.show(user)
