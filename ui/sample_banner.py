"""Sample data are marked on every page and left in one click."""

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.permissions import may_set_up
from cchc_core.store.users import User
from ui import access
from ui.words import literal


def show(user: User) -> None:
    """Draw the mark where the open database holds sample data, and what start-up had to warn of."""
    space = workspace.current()
    for warning in space.warnings:
        st.error(literal(warning), icon=":material/warning:")
    if not space.is_sample:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="sample-banner"):
        st.markdown(":orange-badge[DỮ LIỆU MẪU] Số liệu trên các trang là giả định, để dùng thử.", width="stretch")
        if may_set_up(user.role):
            st.button("Bỏ dữ liệu mẫu, bắt đầu với dữ liệu của đơn vị", key="_leave_sample", on_click=_leave)


def _leave() -> None:
    user = access.current_user()
    if user is None or not may_set_up(user.role):
        return
    try:
        workspace.current().leave_sample(access.session_token())
    except CchcError as why:
        st.error(literal(str(why)))
        return
    st.query_params.clear()
    st.session_state.clear()
