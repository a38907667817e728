"""The frame of every page: who is here, the menu, which assessment is open, whether this is sample data."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from ui import access, current, navigation, sample_banner, sidebar  # noqa: E402

st.set_page_config(page_title="Bảng điểm CCHC", page_icon=str(ROOT / "server" / "icon.svg"), layout="wide")
# The big screen has no menu, and asks for a session of its own.
user = None if access.is_screen_page() else access.require_user()
# Expanded: a menu that folds itself hides the pages that come last.
page = st.navigation(navigation.pages(), position="hidden" if user is None else "sidebar", expanded=True)
st.set_page_config(page_title=f"{page.title} · Bảng điểm CCHC")
if user is not None:
    current.choose_assessment(user)
    sidebar.show(user)
    sample_banner.show(user)
page.run()
