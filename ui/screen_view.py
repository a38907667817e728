"""Màn hình lớn: a television that turns through the board by itself and follows every save.

Which panel is up follows from the time of day, so that a reload, or a second screen, goes on at the same place. A poll
asks every few seconds whether anything is different; only then is the screen drawn anew.
"""

import time
from datetime import datetime
from typing import Final

import streamlit as st

from cchc_core import board, workspace
from cchc_core.board import Board
from cchc_core.errors import CchcError
from cchc_core.session_cookie import ENTER_CODE_PATH
from cchc_core.store.users import User
from cchc_core.units_board import units_board
from ui import access, current, navigation, screen_panels
from ui.screen_panels import Panel
from ui.words import VIETNAM, in_vietnam, literal

POLL_SECONDS: Final = 3
PANEL_SECONDS: Final = 12
_WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_UNREAD: Final = "unread"


def now() -> float:
    """Give the time that the turns of the screen follow."""
    return time.time()


def show(screen: User | None) -> None:
    """Draw the panel whose turn it is, or say how a screen is opened where this is none."""
    if screen is None:
        _say_how_to_open()
        return
    wanted = current.assessment_id() or ""
    drawn = _draw(screen, wanted)
    _follow(wanted, drawn)


def _follow(assessment_id: str, drawn: tuple[str, int, int]) -> None:
    @st.fragment(run_every=POLL_SECONDS, key="screen poll")
    def poll() -> None:
        screen = access.require_screen_in_fragment()
        if drawn != _standing(_version(screen, assessment_id)):
            st.rerun(scope="app")

    poll()


def _standing(version: str) -> tuple[str, int, int]:
    """Tell what the screen must show now: which state of the board, whose turn, which minute."""
    moment = now()
    return version, int(moment // PANEL_SECONDS), int(moment // 60)


def _version(screen: User, assessment_id: str) -> str:
    try:
        return board.board_version(workspace.current().database, screen, assessment_id)
    except CchcError:
        return _UNREAD


def _draw(screen: User, assessment_id: str) -> tuple[str, int, int]:
    # Asked before the board is read: a save in between shows at the next poll at the latest.
    standing = _standing(_version(screen, assessment_id))
    database = workspace.current().database
    try:
        read = board.read_board(database, screen, assessment_id)
        shown = read.sheet.assessment
        units = units_board(database, screen, shown.rubric_id, shown.year, shown.period_code)
    except CchcError as why:
        with st.container(key="screen-closed"):
            st.title("Màn hình lớn")
            st.error(literal(str(why)))
        return standing
    _draw_board(read, screen_panels.panels(read, units), standing[1])
    return standing


def _draw_board(read: Board, listed: tuple[Panel, ...], turn: int) -> None:
    cycle, place = divmod(turn, len(listed))
    panel = listed[place]
    page = cycle % panel.pages
    with st.container(key="screen"):
        _draw_head(read)
        with st.container(key="screen-body"):
            st.title(_title(panel, page), anchor=False)
            panel.draw(page)
        _draw_foot(read, place, len(listed))


def _title(panel: Panel, page: int) -> str:
    return panel.title if panel.pages == 1 else f"{panel.title} (phần {page + 1}/{panel.pages})"


def _draw_head(read: Board) -> None:
    assessment, moment = read.sheet.assessment, datetime.fromtimestamp(now(), VIETNAM)
    provisional = " · tự chấm tạm tính" if assessment.is_provisional else ""
    with st.container(horizontal=True, vertical_alignment="center", key="screen-head"):
        with st.container(key="screen-what"):
            st.markdown(
                f"**{literal(assessment.unit_name)}**\n\n"
                f"{literal(assessment.period_title)} {assessment.year}{provisional}"
            )
        with st.container(key="screen-clock"):
            st.markdown(f"**{moment:%H:%M}**\n\n{_WEEKDAYS[moment.weekday()]}, {moment:%d/%m/%Y}")


def _draw_foot(read: Board, place: int, many: int) -> None:
    last = in_vietnam(read.changes[0].at_utc) if read.changes else None
    said = f"Thay đổi gần nhất: {last:%H:%M ngày %d/%m/%Y}" if last else "Chưa có thay đổi nào"
    with st.container(horizontal=True, vertical_alignment="center", key="screen-foot"):
        st.markdown(said, width="stretch")
        if workspace.current().is_sample:
            st.markdown("**Dữ liệu mẫu**", width="content")
        dots = "".join("●" if dot == place else "○" for dot in range(many))
        st.markdown(f"{dots} **{place + 1}/{many}**", width="content")


def _say_how_to_open() -> None:
    with st.container(key="screen-closed"):
        st.title("Màn hình lớn")
        st.warning("Màn hình này chưa được mở, đã bị tắt, hoặc đã quá 12 giờ.")
        user, wanted = access.current_user(), current.assessment_id()
        if user is not None and wanted:
            st.markdown("Bạn đang đăng nhập trên máy này: hãy mở lại màn hình bằng nút dưới đây.")
            st.link_button("Mở màn hình lớn", navigation.screen_address(wanted), type="primary")
            return
        st.markdown(
            "Trên ti vi: hãy mở trang nhận mã rồi gõ mã lấy từ máy đã đăng nhập. Trên máy đã đăng nhập: hãy mở trang "
            "**Bảng điểm** rồi chọn **Màn hình lớn**."
        )
        st.link_button("Gõ mã mở màn hình", ENTER_CODE_PATH, type="primary")
