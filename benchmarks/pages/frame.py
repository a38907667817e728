"""The product's own frame, menu and pages, with one page more: what is compared differs in that page alone."""

from collections.abc import Callable

import streamlit as st

from ui import access, current, navigation, sample_banner, sidebar


def show(draw: Callable[[], None], title: str, url_path: str) -> None:
    """Draw the frame and the page that is open."""
    st.set_page_config(page_title="Bảng điểm CCHC", layout="wide")
    user = access.require_user()
    page = st.navigation(
        [*navigation.pages(), st.Page(draw, title=title, url_path=url_path)], position="sidebar", expanded=True
    )
    st.set_page_config(page_title=f"{page.title} · Bảng điểm CCHC")
    current.choose_assessment(user)
    sidebar.show(user)
    sample_banner.show(user)
    page.run()
