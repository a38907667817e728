"""Who is looking, asked of the session table at every run, fragment reruns included.

A page without a valid session shows the way to the sign-in and nothing else: it also refuses when Streamlit serves the
page script without the server's own routes.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import StorageClosed
from cchc_core.session_cookie import COOKIE, NEXT_PARAMETER, SCREEN_COOKIE, SCREEN_PAGE, SIGN_IN_PATH
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User

_BOUND_TO = "_session_of"


def session_token() -> str | None:
    """Give the token that the browser's cookie carries."""
    return st.context.cookies.get(COOKIE)


def current_user() -> User | None:
    """Look the session up; a session state left by another user is emptied."""
    return _bound(_looked_up(users.user_of, session_token()))


def screen_token() -> str | None:
    """Give the token of the big screen that the browser's cookie carries."""
    return st.context.cookies.get(SCREEN_COOKIE)


def is_screen_page() -> bool:
    """Tell whether the browser stands at the address of the big screen."""
    return urlsplit(st.context.url or "").path.strip("/") == SCREEN_PAGE


def current_screen() -> User | None:
    """Look the big screen's session up, on its own page alone; every other page knows people only."""
    return _bound(_looked_up(users.screen_of, screen_token())) if is_screen_page() else None


def require_screen_in_fragment() -> User:
    """Give the big screen inside a fragment; where it has ended, the whole page runs again and says so."""
    screen = current_screen()
    if screen is None:
        st.rerun(scope="app")
    return screen


def _bound(user: User | None) -> User | None:
    if user is not None and st.session_state.get(_BOUND_TO, user.id) != user.id:
        st.session_state.clear()
    if user is not None:
        st.session_state[_BOUND_TO] = user.id
    return user


def _looked_up(find: Callable[[Database, str], User | None], token: str | None) -> User | None:
    try:
        return find(workspace.current().database, token) if token else None
    except StorageClosed:
        # Streamlit serves the page alone and no database is open, or it is being exchanged this moment.
        return None


def require_user() -> User:
    """Give the current user, or show the way to the sign-in and stop the page."""
    user = current_user()
    if user is None:
        _show_sign_in()
        st.stop()
    return user


def require_user_in_fragment() -> User:
    """Give the current user inside a fragment; signed out elsewhere, the whole page runs again and refuses."""
    user = current_user()
    if user is None:
        st.rerun(scope="app")
    return user


def _show_sign_in() -> None:
    st.title("Bảng điểm CCHC")
    st.warning("Bạn chưa đăng nhập hoặc phiên làm việc đã kết thúc. Hãy đăng nhập để tiếp tục.")
    st.link_button("Đăng nhập", f"{SIGN_IN_PATH}?{urlencode({NEXT_PARAMETER: _here()})}", type="primary")


def _here() -> str:
    """Give the address that was asked for, so that signing in leads on to it."""
    path = urlsplit(st.context.url or "/").path or "/"
    query = urlencode(st.query_params.to_dict())
    return f"{path}?{query}" if query else path
