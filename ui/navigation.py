"""The pages of the product and the addresses of what they show."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from cchc_core.addresses import (
    BOARD_PAGE,
    CHECKS_PAGE,
    DOCUMENTS_PAGE,
    INDICATORS_PAGE,
    LOST_PAGE,
    RUBRICS_PAGE,
    SLIP_PAGE,
    TASKS_PAGE,
    TODO_PAGE,
    WHAT_IF_PAGE,
)
from cchc_core.figures import Figure
from cchc_core.session_cookie import OPEN_SCREEN_PATH, SCREEN_PAGE
from ui import current

PAGES = Path(__file__).resolve().parent.parent / "pages"
HOME = PAGES / "home.py"
SCORING = PAGES / "scoring.py"
BOARD = PAGES / "board.py"
LOST = PAGES / "lost.py"
CHECKS = PAGES / "checks.py"
WHAT_IF = PAGES / "what_if.py"
DOCUMENTS = PAGES / "documents.py"
TASKS = PAGES / "tasks.py"
TODO = PAGES / "todo.py"
SCREEN = PAGES / "screen.py"
INDICATORS = PAGES / "indicators.py"
REPORTS = PAGES / "reports.py"
RUBRICS = PAGES / "rubrics.py"
SLIP = PAGES / "slip.py"
FIGURE = "xem"


def pages() -> list[st.Page]:
    """List the pages in the order of the menu; each has an address of its own."""
    return [
        st.Page(HOME, title="Bắt đầu", icon=":material/flag:", default=True),
        st.Page(TODO, title="Việc cần làm", icon=":material/assignment_late:", url_path=TODO_PAGE),
        st.Page(SCORING, title="Chấm điểm", icon=":material/edit_note:", url_path="cham-diem"),
        st.Page(BOARD, title="Bảng điểm", icon=":material/bar_chart:", url_path=BOARD_PAGE),
        st.Page(LOST, title="Tiêu chí mất điểm", icon=":material/trending_down:", url_path=LOST_PAGE),
        st.Page(WHAT_IF, title="Thử điểm", icon=":material/science:", url_path=WHAT_IF_PAGE),
        st.Page(TASKS, title="Nhiệm vụ", icon=":material/checklist:", url_path=TASKS_PAGE),
        st.Page(DOCUMENTS, title="Tài liệu kiểm chứng", icon=":material/folder_open:", url_path=DOCUMENTS_PAGE),
        st.Page(INDICATORS, title="Chỉ tiêu", icon=":material/monitoring:", url_path=INDICATORS_PAGE),
        st.Page(CHECKS, title="Kiểm tra trước khi nộp", icon=":material/fact_check:", url_path=CHECKS_PAGE),
        st.Page(REPORTS, title="Báo cáo và xuất", icon=":material/description:", url_path="bao-cao"),
        st.Page(SLIP, title="Phiếu Excel", icon=":material/table_view:", url_path=SLIP_PAGE),
        st.Page(RUBRICS, title="Bộ tiêu chí", icon=":material/account_tree:", url_path=RUBRICS_PAGE),
        st.Page(SCREEN, title="Màn hình lớn", url_path=SCREEN_PAGE, visibility="hidden"),
    ]


def screen_address(assessment_id: str) -> str:
    """Give the address where big screens of an assessment are opened and ended; no page, but a route of the server."""
    return f"{OPEN_SCREEN_PATH}?{urlencode({current.ASSESSMENT: assessment_id})}"


def criterion_address(assessment_id: str, section: str, code: str) -> dict[str, str]:
    """Give the query of the scoring page that opens one criterion."""
    return {current.ASSESSMENT: assessment_id, current.SECTION: section, current.CRITERION: code}


def figure_address(assessment_id: str, figure: Figure, section: str | None = None) -> dict[str, str]:
    """Give the query of the page of lost points that shows the criteria behind a figure of the board."""
    query = {current.ASSESSMENT: assessment_id, FIGURE: figure.value}
    return query if section is None else {**query, current.SECTION: section}
