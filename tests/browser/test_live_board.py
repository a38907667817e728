"""The board that a leader leaves open: it follows what others save and touches nothing else that is on the screen."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, TimeoutError, WebSocket, expect

from cchc_core import scoring, workspace
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.store import units, users
from cchc_core.store.database import Database
from tests.browser.conftest import NewVisitor, running
from tests.browser.desk import PHONE, Tab, Visitor
from tests.offices import NAM_DINH, SOC_TRANG, open_quarters

pytestmark = pytest.mark.browser

SECTIONS, TREND, UNITS = "section-bars", "board-trend", "board-units"


@dataclass
class Place:
    """A server with the assessments of a department, and a way to sit down before it."""

    port: int
    ids: dict[tuple[str, str], str]
    sit_down: NewVisitor

    def visitor(self, size: tuple[int, int] = (1280, 900)) -> Visitor:
        return self.sit_down(self.port, size)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, dict[tuple[str, str], str]]]:
    data_dir = tmp_path_factory.mktemp("board")
    own = workspace.open_workspace(data_dir, with_sample=False)
    ids = {key: opened.id for key, opened in open_quarters(own.database).items()}
    open_for_an_office_too(own.database)
    own.close()
    with running(data_dir) as server:
        yield server.port, ids


def open_for_an_office_too(database: Database) -> None:
    """Let an office of the department be scored beside it, so that there are units to compare."""
    with database.read() as connection:
        office = next(unit for unit in units.present(connection) if unit.parent_id)
    rubric = read_rubric(NAM_DINH)
    period = next(period for period in periods_for(NAM_DINH, rubric.year) if period.code == "q3")
    admin = next(user for user in users.trial_users(database) if user.role is Role.ADMIN)
    scoring.create_assessment(database, admin, unit_id=office.id, rubric=rubric, period=period)


@pytest.fixture
def place(served: tuple[int, dict[tuple[str, str], str]], sit_down: NewVisitor) -> Place:
    return Place(*served, sit_down)


def open_board(tab: Tab, assessment_id: str) -> Tab:
    """Open a board and wait until its charts are drawn."""
    tab.open("bang-diem", bang=assessment_id)
    return drawn(tab)


def drawn(tab: Tab) -> Tab:
    for chart in (SECTIONS, TREND, "board-progress", "board-forecast"):
        expect(chart_of(tab, chart).locator(".main-svg").first).to_be_visible()
    return tab.settle()


def chart_of(tab: Tab, key: str) -> Locator:
    return tab.main.locator(f".st-key-{key} .cchc-chart")


def legend_entry(tab: Tab, name: str) -> Locator:
    return chart_of(tab, SECTIONS).locator(".traces").filter(has_text=name)


def draw_a_finger_down(tab: Tab, over: Locator) -> None:
    box = over.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = tab.page.context.new_cdp_session(tab.page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for moved in range(12, 132, 12):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + moved}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def scroll_with_a_finger(tab: Tab, over: Locator) -> None:
    """Draw down over something until the page scrolls: a busy page misses a finger that is this fast."""
    for _ in range(5):
        over.scroll_into_view_if_needed()
        top = tab.main.evaluate("main => main.scrollTop")
        draw_a_finger_down(tab, over)
        with suppress(TimeoutError):
            tab.page.wait_for_function(
                "top => document.querySelector('[data-testid=stMain]').scrollTop < top", arg=top, timeout=4_000
            )
            return
    raise AssertionError("the page does not scroll")


def click_on_bar(tab: Tab, place: int) -> None:
    """Click on the first part of a bar, in the middle, as one does who sees it."""
    part = chart_of(tab, SECTIONS).locator(".trace").first.locator(".point").nth(place)
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box is not None
    tab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def heights(tab: Tab, key: str = TREND) -> list[float]:
    """Give the ends of a chart's upright axis, which zooming moves."""
    found: list[float] = chart_of(tab, key).evaluate("chart => chart._fullLayout.yaxis.range.map(Number)")
    return found


def zoom(tab: Tab, button: str, chart: str = TREND) -> None:
    box = chart_of(tab, chart)
    box.hover()
    box.locator(f"[data-title='{button}']").click()


_TAG = """() => {
  const kept = [".cchc-chart", ".cchc-chart .main-svg", "table", "details", "h3", "[data-testid=stMetric]"];
  window.tagged = kept.map(kind => [kind, [...document.querySelectorAll(`[data-testid=stMain] ${kind}`)]]);
  return window.tagged.map(([kind, nodes]) => nodes.length);
}"""
_GONE = """() => window.tagged.flatMap(
  ([kind, nodes]) => nodes.filter(node => !node.isConnected).map(node => `${kind}: ${node.innerText}`))"""
_WATCH_OPACITY = """() => {
  window.palest = 1;
  const look = () => {
    for (const box of document.querySelectorAll("[data-testid=stMain] [data-stale]"))
      window.palest = Math.min(window.palest, Number(getComputedStyle(box).opacity));
    requestAnimationFrame(look);
  };
  look();
}"""
_WATCH_CHANGES = """() => {
  window.touched = [];
  const live = document.querySelector(".st-key-board-live");
  new MutationObserver(changes => {
    for (const {target, type} of changes)
      if (!live.contains(target)) window.touched.push(`${type} ${(target.outerHTML ?? target.data).slice(0, 200)}`);
  }).observe(document.querySelector("[data-testid=stMain]"),
             {childList: true, subtree: true, characterData: true, attributes: true});
}"""


def test_a_board_follows_another_browser_and_leaves_alone_what_stays_the_same(place: Place) -> None:
    opened = place.ids[SOC_TRANG, "q3"]
    form = place.visitor().enter("Cán bộ đầu mối").open("cham-diem", bang=opened, lv="I.1")
    form.choose("I.1.5.1", 0)
    form.expect_saved("I.1.5.1")
    board = open_board(place.visitor().enter("Lãnh đạo"), opened)
    expect(board.main).to_contain_text("Tự cập nhật khi có người lưu")
    legend_entry(board, "Chưa chấm").locator(".legendtoggle").click()
    board.main.get_by_text("Số liệu theo kỳ").click()
    zoom(board, "Phóng to")
    zoomed = heights(board)
    assert zoomed[1] - zoomed[0] < 112
    chart_of(board, SECTIONS).scroll_into_view_if_needed()
    board.settle()
    expect(legend_entry(board, "Chưa chấm")).to_have_css("opacity", "0.5")
    assert all(count > 0 for count in board.page.evaluate(_TAG))
    board.page.evaluate(_WATCH_OPACITY)
    before = chart_of(board, SECTIONS).bounding_box()

    form.choose("I.1.5.2", 0)
    form.expect_saved("I.1.5.2")

    expect(board.main).to_contain_text("I.1.5.2: đã chấm 0,5000 / 0,5000")
    expect(chart_of(board, SECTIONS)).to_contain_text("1,5000 · 10,34 %")
    expect(board.main.get_by_test_id("stMetricValue").first).to_have_text("1,52 %")
    board.settle()
    assert board.page.evaluate(_GONE) == []
    assert board.page.evaluate("window.palest") == 1
    expect(legend_entry(board, "Chưa chấm")).to_have_css("opacity", "0.5")
    assert heights(board) == zoomed
    expect(board.main.locator("details", has_text="Số liệu theo kỳ")).to_have_attribute("open", "")
    expect(board.main.locator("details", has_text="Đặt chỉ tiêu năm")).not_to_have_attribute("open", "")
    assert chart_of(board, SECTIONS).bounding_box() == before
    zoom(board, "Về như cũ")
    assert heights(board) == [0, 112]
    assert board.complaints == []


def test_what_comes_and_goes_on_a_board_does_not_put_up_the_rest_anew(place: Place) -> None:
    opened = place.ids[NAM_DINH, "year"]
    form = place.visitor().enter("Cán bộ đầu mối").open("cham-diem", bang=opened, lv="1")
    form.choose("1.1.1", 0)
    form.expect_saved("1.1.1")
    leader = place.visitor()
    board = open_board(leader.enter("Lãnh đạo"), opened)
    board.page.evaluate(_TAG)
    board.page.evaluate(_WATCH_OPACITY)

    other = open_board(leader.tab(), opened)
    other.main.get_by_text("Đặt chỉ tiêu năm", exact=True).click()
    other.main.get_by_label("Chỉ tiêu", exact=True).fill("120")
    other.main.get_by_role("button", name="Lưu chỉ tiêu").click()
    expect(other.main).to_contain_text("Đã lưu chỉ tiêu")

    expect(board.main.locator(".st-key-board-hero")).to_contain_text("tiêu chí, để đến chỉ tiêu 120")
    expect(board.main.locator(".st-key-board-aims")).to_contain_text("Chỉ tiêu 120 tiêu chí")
    expect(chart_of(board, "board-progress")).to_contain_text("Chỉ tiêu 120 tiêu chí")
    board.settle()
    # The card that said that there is no target has made room for one that says what is missing.
    assert [gone for gone in board.page.evaluate(_GONE) if "chưa đặt" not in gone] == []
    assert board.page.evaluate("window.palest") == 1


def test_a_chart_whose_script_did_not_load_says_so_and_is_drawn_once_it_does(place: Place) -> None:
    tab = place.visitor().enter("Lãnh đạo")
    unhandled: list[str] = []
    tab.page.on("pageerror", lambda error: unhandled.append(str(error)))
    tab.page.route("**/plotly.min.js*", lambda route: route.abort())
    tab.open("bang-diem", bang=place.ids[SOC_TRANG, "q3"])
    expect(chart_of(tab, SECTIONS)).to_have_text("Chưa vẽ được biểu đồ, đang thử lại.")
    tab.page.unroute("**/plotly.min.js*")
    tab.page.evaluate("window.stayed = true")
    drawn(tab)
    expect(chart_of(tab, SECTIONS)).not_to_contain_text("Chưa vẽ được")
    assert tab.page.evaluate("window.stayed")
    assert unhandled == []


def test_while_nothing_changes_nothing_is_touched(place: Place) -> None:
    tab = place.visitor().enter("Lãnh đạo")
    asked: list[str | bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: asked.append(frame))

    tab.page.on("websocket", listen)
    board = open_board(tab, place.ids[SOC_TRANG, "year"])
    board.page.evaluate(_WATCH_CHANGES)
    from_here = len(asked)
    while len(asked) < from_here + 3:  # two polls are answered before the third is asked
        board.page.wait_for_timeout(100)
    assert board.page.evaluate("window.touched") == []


def test_a_click_on_a_part_of_a_bar_leads_to_the_criteria_behind_it_and_back_the_board_is_as_it_was(
    place: Place,
) -> None:
    opened = place.ids[SOC_TRANG, "q1"]
    board = open_board(place.visitor().enter("Lãnh đạo"), opened)
    click_on_bar(board, 0)
    board.page.get_by_role("heading", level=1, name="Tiêu chí chưa chấm").wait_for()
    board.page.wait_for_url(f"**/tieu-chi-mat-diem?bang={opened}&xem=chua-cham&lv=I.1")
    board.page.go_back()
    board.page.get_by_role("heading", level=1, name="Bảng điểm").wait_for()
    drawn(board)
    # What was clicked once leads on once.
    expect(board.main).to_contain_text("Tự cập nhật khi có người lưu")
    click_on_bar(board, 1)
    board.page.get_by_role("heading", level=1, name="Tiêu chí chưa chấm").wait_for()
    board.page.wait_for_url("**&lv=I.2")
    assert board.complaints == []


def test_charts_are_zoomed_by_buttons_and_a_finger_that_draws_over_them_scrolls_the_page(place: Place) -> None:
    board = open_board(place.visitor(PHONE).enter("Lãnh đạo"), place.ids[NAM_DINH, "q3"])
    for key in (TREND, UNITS):
        whole = heights(board, key)
        zoom(board, "Phóng to", key)
        near = heights(board, key)
        assert abs(near[1] - near[0]) < abs(whole[1] - whole[0])
        scroll_with_a_finger(board, chart_of(board, key))
        assert heights(board, key) == near
        zoom(board, "Thu nhỏ", key)
        zoom(board, "Về như cũ", key)
        assert heights(board, key) == whole


def test_a_board_closes_when_its_reader_signs_out_elsewhere(place: Place) -> None:
    leader = place.visitor()
    board = open_board(leader.enter("Lãnh đạo"), place.ids[NAM_DINH, "q1"])
    other = leader.tab()
    other.page.goto(f"{other.base}/dang-xuat")
    other.page.get_by_role("button", name="Đăng xuất").click()
    # The board asks by itself every few seconds; nobody touches it.
    expect(board.main).to_contain_text("Bạn chưa đăng nhập hoặc phiên làm việc đã kết thúc")
    expect(board.main.locator(".cchc-chart")).to_have_count(0)
