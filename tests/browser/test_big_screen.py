"""A television in a meeting room: opened by the leader, read from afar, following what others save."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from cchc_core.session_cookie import COOKIE, SCREEN_COOKIE
from tests.browser.conftest import NewVisitor, Server, running_blank
from tests.browser.desk import Tab, Visitor
from tests.offices import NAM_DINH, SOC_TRANG

pytestmark = pytest.mark.browser

TELEVISION = (1920, 1080)
# All panels come round within a minute; a slow machine may take its time.
A_ROUND_MS = 120_000
_SMALLEST_LETTERS = """box => Math.min(...[...box.querySelectorAll('p, td, th, h1, strong')]
    .filter(element => element.innerText.trim())
    .map(element => parseFloat(getComputedStyle(element).fontSize)))"""
_BEYOND_THE_EDGE = """box => [...box.querySelectorAll('p, td, th, h1, img')]
    .filter(element => element.getBoundingClientRect().bottom > innerHeight + 1).length"""
_IS_ON_TOP = """() => {
    const [right, bottom] = [innerWidth - 2, innerHeight - 2];
    return [[2, 2], [right / 2, 2], [right, 2], [2, bottom / 2], [right, bottom]]
        .every(([x, y]) => document.elementFromPoint(x, y).closest('.st-key-screen') !== null);
}"""
_HIGH_FIGURE = """pixels => {
    const figure = document.querySelector('.st-key-screen-figure p');
    return figure !== null && figure.getBoundingClientRect().height >= pixels
        && parseFloat(getComputedStyle(figure).fontSize) >= pixels;
}"""

Office = tuple[Server, dict[tuple[str, str], str]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("meeting-room")
    with running_blank(folder) as office:
        yield office


def _open_here(visitor: Visitor, assessment_id: str) -> Tab:
    """Open the screen on the leader's own machine."""
    tab = visitor.enter("Lãnh đạo")
    tab.page.goto(f"{tab.base}/man-hinh?bang={assessment_id}")
    tab.page.get_by_role("button", name="Mở trên máy này").click()
    return tab.settle()


def _screen(tab: Tab) -> Locator:
    return tab.page.locator(".st-key-screen")


def _wait_for(tab: Tab, panel: str) -> None:
    heading = tab.page.get_by_role("heading", level=1, name=panel)
    expect(heading).to_be_visible(timeout=A_ROUND_MS)
    tab.settle()


def test_the_screen_is_read_from_afar_and_turns_by_itself(office: Office, sit_down: NewVisitor) -> None:
    server, ids = office
    tab = _open_here(sit_down(server.port, TELEVISION), ids[SOC_TRANG, "q3"])
    for panel in ("Toàn bộ tiêu chí", "Theo lĩnh vực", "Sắp đến hạn"):
        _wait_for(tab, panel)
        assert _screen(tab).evaluate(_SMALLEST_LETTERS) >= 36
        assert _screen(tab).evaluate(_BEYOND_THE_EDGE) == 0
    # Asked of the page in one go: the panel may turn between two questions.
    tab.page.wait_for_function(_HIGH_FIGURE, arg=180, timeout=A_ROUND_MS)
    assert tab.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight") <= TELEVISION[1]
    assert tab.page.evaluate(_IS_ON_TOP)
    assert tab.complaints == []


@pytest.mark.parametrize("size", [(1280, 720), (960, 540)])
def test_a_smaller_television_shows_all_of_it(office: Office, sit_down: NewVisitor, size: tuple[int, int]) -> None:
    server, ids = office
    tab = _open_here(sit_down(server.port, size), ids[SOC_TRANG, "q3"])
    _wait_for(tab, "Theo lĩnh vực")
    assert _screen(tab).evaluate(_BEYOND_THE_EDGE) == 0


def test_what_another_person_saves_appears_by_itself(office: Office, sit_down: NewVisitor) -> None:
    server, ids = office
    assessment_id = ids[NAM_DINH, "q3"]
    tab = _open_here(sit_down(server.port, TELEVISION), assessment_id)
    _wait_for(tab, "Toàn bộ tiêu chí")
    expect(tab.page.locator(".st-key-screen-figure")).to_have_text("chưa có")
    officer = sit_down(server.port).enter("Cán bộ đầu mối").open("cham-diem", bang=assessment_id, lv="1")
    officer.choose("1.1.1", 0)
    officer.expect_saved("1.1.1")
    expect(tab.page.locator(".st-key-screen-figure")).to_have_text("1/121", timeout=A_ROUND_MS)


def test_a_television_is_let_in_by_a_code_and_sees_nothing_but_the_screen(office: Office, sit_down: NewVisitor) -> None:
    server, ids = office
    assessment_id = ids[SOC_TRANG, "q3"]
    leader = sit_down(server.port).enter("Lãnh đạo")
    leader.page.goto(f"{leader.base}/man-hinh?bang={assessment_id}")
    leader.page.get_by_role("button", name="Mở trên ti vi").click()
    code = leader.page.locator("strong.code").inner_text()
    television = sit_down(server.port, TELEVISION)
    tab = television.tab()
    tab.page.goto(f"{tab.base}/man-hinh/nhan")
    tab.page.get_by_label("Mã gồm 8").fill(code.lower())
    tab.page.get_by_role("button", name="Mở màn hình").click()
    expect(_screen(tab.settle())).to_contain_text("Sở Thử nghiệm")
    names = {cookie.get("name") for cookie in television.context.cookies()}
    assert (SCREEN_COOKIE in names, COOKIE in names) == (True, False)

    other = television.tab()
    for page in ("", "cham-diem", "bang-diem", "bao-cao"):
        expect(other.open(page, bang=assessment_id).main).to_contain_text("Bạn chưa đăng nhập")
    answer = television.context.request.get(f"{tab.base}/xuat/{assessment_id}.xlsx", max_redirects=0)
    assert answer.status == 303

    leader.page.goto(f"{leader.base}/man-hinh?bang={assessment_id}")
    leader.page.get_by_role("button", name="Tắt mọi màn hình").click()
    expect(tab.page.locator(".st-key-screen-closed")).to_contain_text("Màn hình này chưa được mở", timeout=A_ROUND_MS)
    expect(tab.page.get_by_role("link", name="Gõ mã mở màn hình")).to_be_visible()
