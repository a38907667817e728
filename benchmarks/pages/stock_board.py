"""The alternative that polls as Streamlit's manual shows it: the same board in one fragment, drawn anew every time."""

import streamlit as st

from benchmarks.pages import frame
from cchc_core import workspace
from cchc_core.board import read_board
from ui import access, board_view, current, live


@st.fragment(run_every=live.POLL_SECONDS)
def _board(assessment_id: str) -> None:
    user = access.require_user_in_fragment()
    board_view.draw(user, read_board(workspace.current().database, user, assessment_id))


def _draw() -> None:
    sheet = current.require_sheet(access.require_user())
    st.title("Bảng điểm")
    _board(sheet.assessment.id)


frame.show(_draw, "Bảng điểm, vẽ lại", "ve-lai")
