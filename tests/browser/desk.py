"""One person at one browser: signs in, opens pages, uses fields, reads what stands there. Waits for conditions only."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from cchc_core.session_cookie import COOKIE
from tests.server.client import Browser as HttpBrowser

PHONE = (390, 844)
# Generous: a slow machine is no fault of the product. Speed is measured in benchmarks/.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)

# At an address such as /bang-diem Streamlit's page first asks below it whether it is served from there: a 404 that
# every deep link of every Streamlit application logs.
_BASE_PATH_PROBE = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")

_UNTIL_NOTHING_CHANGES = """() => new Promise(resolve => {
    let quiet = setTimeout(done, 300);
    const watcher = new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(done, 300); });
    watcher.observe(document.body, {childList: true, subtree: true});
    function done() { watcher.disconnect(); resolve(); }
})"""


@dataclass
class Tab:
    """One tab, and what its console and its network had to say."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", lambda message: self._note(message.type, message.text, message.location.get("url", "")))
        self.page.on("pageerror", lambda error: self.complaints.append(f"pageerror {error}"))
        self.page.on("request", lambda request: self.requested.append(request.url))

    def _note(self, kind: str, text: str, url: str) -> None:
        if _BASE_PATH_PROBE.search(url):
            return
        if kind == "error" or "Content Security Policy" in text:
            self.complaints.append(f"{kind} {text} {url}")

    def open(self, path: str = "", **query: str) -> "Tab":
        """Open an address of the product and wait until the page is drawn."""
        self.page.goto(f"{self.base}/{path}" + (f"?{urlencode(query)}" if query else ""))
        return self.settle()

    def reload(self) -> "Tab":
        """Load the page anew."""
        self.page.reload()
        return self.settle()

    def settle(self) -> "Tab":
        """Wait until Streamlit has drawn everything."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        self.page.get_by_role("heading", level=1).first.wait_for()
        # The script's end comes before the last of its elements are drawn.
        self.page.evaluate(_UNTIL_NOTHING_CHANGES)
        return self

    @property
    def main(self) -> Locator:
        """The page without the menu."""
        return self.page.get_by_test_id("stMain")

    @property
    def totals(self) -> Locator:
        """The bar of totals."""
        return self.page.locator(".st-key-totals")

    def row(self, code: str) -> Locator:
        """Give the row of a criterion."""
        return self.page.locator(f".st-key-criterion-{code.replace('.', '-')}")

    def choose(self, code: str, level: int) -> None:
        """Choose a level."""
        self.row(code).get_by_test_id("stRadio").locator("label:has(input)").nth(level).click()

    def tick(self, code: str, item: int) -> None:
        """Tick or untick an item, counted among those that are ticked."""
        self.row(code).get_by_test_id("stCheckbox").nth(item).locator("label").click()

    def write(self, code: str, label: str, text: str) -> None:
        """Write into a field and leave it with the Tab key."""
        box = self.row(code).get_by_label(label)
        box.fill(text)
        box.press("Tab")

    def press(self, code: str, name: str) -> None:
        """Press a button in the row of a criterion."""
        self.row(code).get_by_role("button", name=name, exact=True).click()

    def download(self, name: str) -> bytes:
        """Follow a link that hands a file out, and give its bytes."""
        taken: list[Download] = []
        # The link opens a tab of its own, which the download closes before anybody could ask it.
        self.page.context.once("page", lambda page: page.on("download", lambda file: taken.append(file)))
        self.page.once("download", lambda file: taken.append(file))
        self.page.get_by_role("link", name=name).click()
        while not taken:
            self.page.wait_for_timeout(50)
        return taken[0].path().read_bytes()

    def expect_saved(self, code: str) -> None:
        """Wait until the page says that a criterion is saved."""
        expect(self.totals).to_contain_text(f"Đã lưu {code} lúc")

    def expect_points(self, code: str, points: str) -> None:
        """Wait until the row of a criterion shows its points."""
        expect(self.row(code)).to_contain_text(f"{points} /")


@dataclass
class Visitor:
    """A browser of their own: cookies are shared by its tabs and by nobody else."""

    context: BrowserContext
    base: str

    def tab(self) -> Tab:
        """Open a new tab."""
        return Tab(self.context.new_page(), self.base)

    def fetch(self, path: str) -> bytes:
        """Take a file from its address as this visitor."""
        answer = self.context.request.get(f"{self.base}{path}")
        assert answer.ok, path
        return answer.body()

    def enter(self, role: str) -> Tab:
        """Come with the session of a role, without the detour over the sign-in page and the first page."""
        port = urlsplit(self.base).port
        assert port is not None
        signing_in = HttpBrowser(port)
        signing_in.sign_in(role)
        return self.come_with(signing_in.cookies[COOKIE])

    def come_with(self, token: str) -> Tab:
        """Come with a session that was begun elsewhere."""
        self.context.add_cookies([{"name": COOKIE, "value": token, "url": self.base}])
        return self.tab()

    def sign_in(self, role: str) -> Tab:
        """Choose a role on the sign-in page and wait for the first page."""
        tab = self.tab()
        tab.page.goto(f"{self.base}/dang-nhap")
        tab.page.get_by_role("button", name=role).click()
        return tab.settle()


@contextmanager
def visitor(browser: Browser, port: int, size: tuple[int, int] = (1280, 900)) -> Iterator[Visitor]:
    """Sit somebody down before a browser."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        has_touch=size == PHONE,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    try:
        yield Visitor(context, f"http://localhost:{port}")
    finally:
        context.close()


def choose(box: Locator, words: str) -> None:
    """Choose the first option with these words from a list, unless it is chosen already.

    A list that is opened while the page still scrolls to it closes again: it is opened until it stays.
    """
    if words in box.input_value():
        return
    option = box.page.get_by_role("option").filter(has_text=words).first
    for _ in range(10):
        box.click()
        with suppress(PlaywrightTimeoutError):
            option.click(timeout=3_000)
            return
    raise AssertionError(f"the list does not offer {words!r}")
