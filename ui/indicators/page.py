"""The page Chỉ tiêu: counted figures on one side, what plans promise on the other."""

import streamlit as st

from cchc_core.permissions import OfficeAction
from cchc_core.store.users import User
from ui import office
from ui.indicators import statistics, targets
from ui.words import literal

PART = "muc"
STATISTICS, TARGETS = "thong-ke", "phan-dau"
_PARTS = {STATISTICS: "Chỉ tiêu thống kê", TARGETS: "Chỉ tiêu phấn đấu"}


def show(user: User) -> None:
    """Draw the part that the address names."""
    st.title("Chỉ tiêu")
    desk = office.open_desk(user, OfficeAction.VIEW_FIGURES)
    if desk is None:
        return
    st.markdown(f"**{literal(desk.office.name)}** · năm {desk.year}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = _choose_part()
        office.choose_year(desk)
    if part == STATISTICS:
        statistics.show(user, desk)
    else:
        targets.show(user, desk)


def _choose_part() -> str:
    key = "_figures_part"
    named = st.query_params.get(PART, STATISTICS)
    st.session_state[key] = named if named in _PARTS else STATISTICS
    st.segmented_control(
        "Xem", options=list(_PARTS), format_func=_PARTS.__getitem__, key=key, required=True, on_change=_remember_part
    )
    return str(st.session_state[key])


def _remember_part() -> None:
    st.query_params[PART] = st.session_state["_figures_part"]
