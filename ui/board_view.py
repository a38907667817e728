"""The board of one assessment for whoever leads: where it stands, where the year is heading, what can still be won."""

import streamlit as st

from cchc_core import workspace
from cchc_core.board import Board, read_board
from cchc_core.errors import CchcError
from cchc_core.permissions import Action
from cchc_core.rubric.checks import findings
from cchc_core.scoring import Sheet
from cchc_core.store.users import User
from ui import live, navigation, rights, target_form
from ui.board import ahead, lists, sections, standing, units
from ui.current import ASSESSMENT
from ui.words import literal


def show(user: User, sheet: Sheet) -> None:
    """Draw the board and keep following other people's saves."""
    assessment_id = sheet.assessment.id
    st.title("Bảng điểm")
    try:
        live.follow(user, assessment_id, across=units.shows_all_departments())
        board = read_board(workspace.current().database, user, assessment_id)
    except CchcError as why:
        st.error(literal(str(why)))
        return
    draw(user, board)
    _draw_findings(sheet)


def draw(user: User, board: Board) -> None:
    """Draw all parts of the board once.

    Each part has a frame of its own, however much is in it: what follows keeps its place in the browser, and what is
    open, zoomed or hidden there stays so.
    """
    with st.container(key="board-standing"):
        standing.draw_head(board)
        standing.draw_standing(board)
        _draw_ways_on(user, board.sheet)
    if board.shows_planning:
        _draw_ahead(user, board)
    with st.container(key="board-points"):
        standing.draw_points(board)
    with st.container(key="board-sections"):
        sections.draw_sections(board)
    with st.container(key="board-of-units"):
        units.draw_units(user, board)
    trend, coming = st.columns([3, 2], gap="large")
    with trend, st.container(key="board-trend"):
        sections.draw_trend(board)
    with coming, st.container(key="board-due"):
        lists.draw_due(board)
    with st.container(key="board-items"):
        lists.draw_items(board)
    with st.container(key="board-changes"):
        lists.draw_changes(board)


def _draw_ahead(user: User, board: Board) -> None:
    forecast, aims = st.columns([3, 2], gap="large")
    with forecast:
        ahead.draw_forecast(board)
    with aims:
        with st.container(key="board-aims"):
            ahead.draw_targets(board)
        with st.container(key="board-set-target"):
            target_form.show(user, board)


def _draw_ways_on(user: User, sheet: Sheet) -> None:
    query = {ASSESSMENT: sheet.assessment.id}
    with st.container(horizontal=True, key="board-ways-on"):
        if rights.may(user, sheet, Action.VIEW_PLANNING):
            st.page_link(navigation.WHAT_IF, label="Thử điểm", icon=":material/science:", query_params=query)
        if rights.may(user, sheet, Action.OPEN_SCREEN):
            # The server's own page: it starts a session for the television, not for this person.
            address = navigation.screen_address(sheet.assessment.id)
            st.link_button("Màn hình lớn", address, icon=":material/tv:", type="tertiary")


def _draw_findings(sheet: Sheet) -> None:
    found = findings(sheet.rubric)
    if found:
        with st.expander(f"{len(found)} chỗ bản in của bộ tiêu chí không khớp", icon=":material/rule:"):
            st.markdown("\n".join(f"- {literal(finding.message)}" for finding in found))
