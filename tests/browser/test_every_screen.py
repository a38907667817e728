"""Every page in a real browser: what it loads, what it complains of, how it fits, what a screen reader hears."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor, Server, running
from tests.browser.desk import PHONE, Tab

pytestmark = pytest.mark.browser

NAMES = {
    "": "Bắt đầu",
    "viec-can-lam": "Việc cần làm",
    "cham-diem": "Chấm điểm",
    "bang-diem": "Bảng điểm",
    "tieu-chi-mat-diem": "Tiêu chí mất điểm",
    "thu-diem": "Thử điểm",
    "nhiem-vu": "Nhiệm vụ",
    "tai-lieu": "Tài liệu kiểm chứng",
    "chi-tieu": "Chỉ tiêu",
    "kiem-tra": "Kiểm tra trước khi nộp",
    "bao-cao": "Báo cáo và xuất",
    "bo-tieu-chi": "Bộ tiêu chí",
}
PAGES = tuple(NAMES)
_SECTION = {"lv": "8", "tc": "8.1.1"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("screens")) as server:
        yield server


def _open(tab: Tab, page: str) -> Tab:
    return tab.open(page, **(_SECTION if page == "cham-diem" else {}))


def test_no_page_breaks_the_policy_fails_or_asks_another_host(server: Server, sit_down: NewVisitor) -> None:
    tab = sit_down(server.port).enter("Cán bộ đầu mối")
    for page in PAGES:
        _open(tab, page)
    assert tab.complaints == []
    assert {urlsplit(url).netloc for url in tab.requested if not url.startswith(("data:", "blob:"))} == {
        f"localhost:{server.port}"
    }


def test_the_pages_are_vietnamese_and_every_field_has_a_name(server: Server, sit_down: NewVisitor) -> None:
    tab = sit_down(server.port).enter("Cán bộ đầu mối")
    titles = []
    for page in PAGES:
        _open(tab, page)
        assert tab.page.locator("html").get_attribute("lang") == "vi"
        titles.append(tab.page.title())
        assert _without_a_name(tab) == []
    tab.open().main.get_by_test_id("stVerticalBlock").filter(has_text="Quý III 2022").last.get_by_role(
        "link", name="Chấm điểm"
    ).click()
    tab.row("I.1.2").wait_for()
    assert _without_a_name(tab.settle()) == []
    assert titles == [f"{name} · Bảng điểm CCHC" for name in NAMES.values()]


_FIELDS = {"textbox", "searchbox", "checkbox", "radio", "radiogroup", "combobox", "switch", "button", "link"}


def _without_a_name(tab: Tab) -> list[str]:
    """List what a screen reader could only call by its kind, or would read with the marks of Markdown."""
    session = tab.page.context.new_cdp_session(tab.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    fields = [node for node in nodes if not node["ignored"] and node.get("role", {}).get("value") in _FIELDS]
    assert len(fields) > 5
    names = [str(node.get("name", {}).get("value", "")).strip() for node in fields]
    return [name for name in names if not name or "\\" in name or "**" in name]


def test_on_a_phone_no_page_scrolls_sideways(server: Server, sit_down: NewVisitor) -> None:
    tab = sit_down(server.port, PHONE).enter("Cán bộ đầu mối")
    for page in PAGES:
        _open(tab, page)
        wider = tab.page.evaluate(
            "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".map(box => box.scrollWidth - box.clientWidth)"
        )
        assert wider == [0, 0], page


@pytest.mark.parametrize("size", [PHONE, (1280, 900)])
def test_the_totals_stay_in_sight_below_the_last_criterion(
    server: Server, sit_down: NewVisitor, size: tuple[int, int]
) -> None:
    tab = _open(sit_down(server.port, size).enter("Cán bộ đầu mối"), "cham-diem")
    last = tab.main.locator("[class*=st-key-criterion-]").last
    last.scroll_into_view_if_needed()
    tab.main.evaluate("box => box.scrollTo(0, box.scrollHeight)")
    expect(last).to_be_in_viewport()
    expect(tab.totals.get_by_text("Tự chấm")).to_be_in_viewport(ratio=1)
    at_the_top = tab.totals.bounding_box()
    assert at_the_top is not None
    assert 0 <= at_the_top["y"] < 120


def test_an_address_opened_signed_out_leads_over_the_sign_in_to_what_it_names(
    server: Server, sit_down: NewVisitor
) -> None:
    tab = sit_down(server.port).tab().open("cham-diem", **_SECTION)
    expect(tab.main).to_contain_text("Bạn chưa đăng nhập")
    expect(tab.main.get_by_role("radio")).to_have_count(0)
    with tab.page.context.expect_page() as opened:
        tab.main.get_by_role("link", name="Đăng nhập").click()
    opened.value.get_by_role("button", name="Cán bộ đầu mối").click()
    opened.value.get_by_role("heading", level=1, name="Chấm điểm", exact=True).wait_for()
    expect(opened.value.locator(".st-key-criterion-8-1-1")).to_contain_text("Tài liệu kiểm chứng cần có")


def test_the_menu_leads_to_every_page_and_back(server: Server, sit_down: NewVisitor) -> None:
    tab = sit_down(server.port).enter("Lãnh đạo").open()
    menu = tab.page.get_by_test_id("stSidebarNav")
    for name in ("Chấm điểm", "Bảng điểm", "Bộ tiêu chí", "Báo cáo và xuất"):
        menu.get_by_role("link", name=name, exact=True).click()
        tab.page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
        tab.settle()
    wanted = tab.page.get_by_role("heading", level=1, name="Bộ tiêu chí", exact=True)
    tab.page.go_back()
    tab.settle()
    # Streamlit may keep two entries for a page: its bare address, and the one that names the open assessment.
    if not wanted.is_visible():
        tab.page.go_back()
    wanted.wait_for()
    assert tab.complaints == []


def test_an_open_point_on_the_board_leads_to_its_criterion(server: Server, sit_down: NewVisitor) -> None:
    tab = sit_down(server.port).enter("Cán bộ đầu mối").open("bang-diem")
    tab.main.locator("a[href*='tc=']").first.click()
    tab.page.get_by_role("heading", level=1, name="Chấm điểm", exact=True).wait_for()
    opened = tab.main.locator("[class*=st-key-criterion-]").first
    expect(opened).to_contain_text("Tài liệu kiểm chứng cần có")
