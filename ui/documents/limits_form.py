"""How large a file may be and how much a unit may keep: set by the administrator, with what is used now."""

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.limits import (
    GIGABYTE,
    MEGABYTE,
    MOST_GIGABYTES,
    MOST_MEGABYTES,
    limits,
    set_limits,
    size_text,
    used_bytes,
)
from ui import access
from ui.office import Desk
from ui.words import literal

_FILE, _UNIT, _SAID = "limit of a file", "limit of a unit", "limits said"


def show(desk: Desk) -> None:
    """Draw what the units use and the form of the two limits."""
    with workspace.current().database.read() as connection:
        now = limits(connection)
        holders = {desk.office.id: desk.office.name} | {unit.id: unit.name for unit in desk.office.units}
        used = {name: used_bytes(connection, unit_id) for unit_id, name in holders.items()}
    with st.expander("Giới hạn dung lượng", icon=":material/hard_drive:"):
        lines = [f"- {literal(name)}: {size_text(size) if size else '0 KB'}" for name, size in used.items()]
        st.markdown("\n".join([f"Đang dùng, trong {size_text(now.unit_quota_bytes)} của mỗi đơn vị:", "", *lines]))
        st.session_state.setdefault(_FILE, now.max_bytes // MEGABYTE)
        st.session_state.setdefault(_UNIT, max(1, now.unit_quota_bytes // GIGABYTE))
        with st.form("limits of documents", border=False, enter_to_submit=False):
            with st.container(horizontal=True):
                st.number_input("Một tệp, nhiều nhất (MB)", 1, MOST_MEGABYTES, step=1, key=_FILE, width=220)
                st.number_input("Một đơn vị, nhiều nhất (GB)", 1, MOST_GIGABYTES, step=1, key=_UNIT, width=220)
            st.form_submit_button("Lưu giới hạn", key="save limits of documents", on_click=_save)
        if said := st.session_state.get(_SAID):
            st.info(literal(said))


def _save() -> None:
    user, state = access.current_user(), st.session_state
    if user is None:
        return
    try:
        set_limits(
            workspace.current().database,
            user,
            max_bytes=int(state[_FILE]) * MEGABYTE,
            unit_quota_bytes=int(state[_UNIT]) * GIGABYTE,
        )
    except CchcError as why:
        state[_SAID] = str(why)
    else:
        state[_SAID] = "Đã lưu giới hạn."
