"""Following other people's saves: a fragment asks every few seconds whether the board has changed, and nothing more.

Only then the page runs again. The browser keeps what is the same: a chart with the same key and figure is not touched,
one whose figures moved keeps its zoom; the stylesheet keeps parts that are not drawn yet from fading meanwhile.
"""

from datetime import datetime

import streamlit as st

from cchc_core import workspace
from cchc_core.board import board_version
from cchc_core.errors import CchcError
from cchc_core.store.clock import now_utc
from cchc_core.store.users import User
from ui import access
from ui.words import clock_time, literal

POLL_SECONDS = 3
_DRAWN = "_board_drawn"


def follow(user: User, assessment_id: str, *, across: bool = False) -> None:
    """Draw the mark of a live page and follow the assessment; call it before the board is read.

    A save between the two is then drawn twice rather than never. ``across`` follows every department.
    Raises what :func:`board_version` raises.
    """
    version = board_version(workspace.current().database, user, assessment_id, across=across)
    st.session_state[_DRAWN] = (assessment_id, version, now_utc())
    with st.container(key="board-live"):
        _poll(assessment_id, across)


@st.fragment(run_every=POLL_SECONDS, key="board poll")
def _poll(assessment_id: str, across: bool) -> None:
    user = access.require_user_in_fragment()
    try:
        version = board_version(workspace.current().database, user, assessment_id, across=across)
    except CchcError as why:
        # Taken away, or no more to be seen by this person.
        st.warning(literal(str(why)), icon=":material/cloud_off:")
        return
    drawn, seen, at_utc = _drawn()
    if (drawn, seen) != (assessment_id, version):
        st.rerun(scope="app")
    st.caption(f":green[●] Tự cập nhật khi có người lưu · số liệu lúc {clock_time(at_utc)}")


def _drawn() -> tuple[str, str, datetime]:
    drawn: tuple[str, str, datetime] = st.session_state.get(_DRAWN, ("", "", now_utc()))
    return drawn
