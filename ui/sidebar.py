"""The foot of the menu: who is signed in, and the way out."""

import streamlit as st

from cchc_core.session_cookie import SIGN_OUT_PATH
from cchc_core.store.users import User
from ui.words import literal


def show(user: User) -> None:
    """Draw the user's name and role, and the link to sign out."""
    with st.sidebar:
        st.markdown(f"**{literal(user.name)}**  \n:gray[{literal(user.role_title)}]")
        st.link_button("Đăng xuất hoặc đổi vai", SIGN_OUT_PATH, icon=":material/logout:")
