from itertools import product

import pytest

from cchc_core.permissions import Role
from tests.pages.screen import (
    BOARD,
    CHECKS,
    DOCUMENTS,
    EVERY_PAGE,
    HOME,
    INDICATORS,
    LOST,
    REPORTS,
    RUBRICS,
    SCORING,
    SLIP,
    TASKS,
    TODO,
    WHAT_IF,
    Office,
    Screen,
)

TITLES = {
    HOME: "Bảng điểm CCHC",
    SCORING: "Chấm điểm",
    BOARD: "Bảng điểm",
    LOST: "Tiêu chí mất điểm",
    TASKS: "Nhiệm vụ",
    TODO: "Việc cần làm",
    DOCUMENTS: "Tài liệu kiểm chứng",
    CHECKS: "Kiểm tra trước khi nộp",
    WHAT_IF: "Thử điểm",
    INDICATORS: "Chỉ tiêu",
    REPORTS: "Báo cáo và xuất",
    RUBRICS: "Bộ tiêu chí",
    SLIP: "Phiếu Excel",
}
_NEEDS_AN_ASSESSMENT = (SCORING, BOARD, LOST, CHECKS, WHAT_IF, REPORTS, SLIP)
_INPUTS = ("radio", "checkbox", "text_input", "text_area", "selectbox", "button")


def _ways_on(screen: Screen) -> list[str]:
    """List what a person can do on the page itself: the menu and the mark of sample data are on every page."""
    links = [link.label for link in screen.elements("page_link", "link_button")]
    widgets = screen.elements(*_INPUTS)
    inputs = [widget.label for widget in widgets if not widget.disabled and widget.key != "_leave_sample"]
    said = [box.value for box in screen.elements("info", "warning") if "Hãy " in box.value]
    return links + inputs + said


PEOPLE = [role for role in Role if role is not Role.SCREEN]


@pytest.mark.parametrize(
    ("office", "page", "role"), list(product(("sample", "empty", "blank"), EVERY_PAGE, PEOPLE)), indirect=["office"]
)
def test_every_page_opens_for_every_role_and_shows_a_next_step(office: Office, page: str, role: Role) -> None:
    screen = office.screen(role).open(page)
    has_assessments = bool(screen.at.query_params.get("bang"))
    assert screen.title() == (
        "Bảng điểm CCHC" if page in _NEEDS_AN_ASSESSMENT and not has_assessments else TITLES[page]
    )
    assert _ways_on(screen)
    assert office.person(role).role_title in screen.texts()
