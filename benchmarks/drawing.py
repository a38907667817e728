"""From the start of a navigation, or a click in the menu, to the painted board: in Chromium, beside one chart.

Both pages are served by one process, in one frame and menu, of one assessment. They take turns. A page is drawn when it
shows as much as a leisurely look at it found, and has then rested: what counts is the last frame that was painted
before the rest, and the rest itself does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from benchmarks.browser import IDLE, address, chromium, signed_in
from benchmarks.results import Row, median_ratio, ms, times
from benchmarks.servers import BOARD, ONE_CHART, Page, Served, served

_ROUNDS = 15
_WARM_UP = 2
_GOAL = 2.0
_HOME = Page("start", BOARD.script)

WATCH = """
(() => {
    const shown = {
        charts: ".js-plotly-plot",
        marks: ".js-plotly-plot .point, .js-plotly-plot .points > path",
        texts: ".js-plotly-plot text",
        rows: "[data-testid=stTable] tr",
        links: "[data-testid=stPageLink]",
        figures: "[data-testid=stMetric]",
        paragraphs: "[data-testid=stMarkdownContainer]",
    };
    const count = () => Object.fromEntries(
        Object.entries(shown).map(([name, selector]) =>
            [name, document.querySelectorAll(`[data-testid=stMain] :is(${selector})`).length]));
    let begun = 0, changed = 0, painted = 0, isFrameAsked = false;
    const onFrame = () => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { isFrameAsked = false; painted = performance.now(); };
        channel.port2.postMessage(null);
    };
    const onChange = records => {
        const main = document.querySelector("[data-testid=stMain]");
        if (!main || !records.some(record => main.contains(record.target))) return;
        changed = performance.now();
        if (isFrameAsked) return;
        isFrameAsked = true;
        requestAnimationFrame(onFrame);
    };
    new MutationObserver(onChange).observe(
        document, {subtree: true, childList: true, characterData: true, attributes: true});
    window.drawing = {
        count,
        startAt: kind => document.addEventListener(
            kind, () => { begun = changed = performance.now(); }, {capture: true, once: true}),
        rested: (wanted, path, rest) => new Promise((resolve, reject) => {
            const asked = performance.now();
            const timer = setInterval(() => {
                const now = count();
                const isWhole = location.pathname === path
                    && Object.entries(wanted).every(([name, many]) => now[name] >= many);
                const isIdle = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]");
                const isAtRest = isIdle && !isFrameAsked && performance.now() - changed > rest;
                const isTooLate = performance.now() - asked > 60000;
                if (isWhole && isAtRest) resolve(painted - begun);
                if (isTooLate) reject(new Error(
                    `${location.pathname} ${JSON.stringify(now)}, wanted ${path} ${JSON.stringify(wanted)}`));
                if (isWhole && isAtRest || isTooLate) clearInterval(timer);
            }, 50);
        }),
    };
})();
"""
REST, LONG_REST = 500, 1500
"""Milliseconds; the board's next poll comes later."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of both pages, taken in turn."""

    board: tuple[float, ...]
    one_chart: tuple[float, ...]

    def row(self, what: str, goal: float | None = None) -> Row:
        """Write the line of the table."""
        ratio = median_ratio(self.board, self.one_chart)
        here, there = ms(median(self.board)), f"{ms(median(self.one_chart))} (page with one chart)"
        if goal is None:
            return Row(what, here, there, times(ratio))
        return Row(what, here, there, times(ratio), f"≤ {goal:.0f}×", ratio <= goal)


class _Yard:
    """A browser, a server that has drawn both pages before, and what each of them shows."""

    def __init__(self, browser: Browser, server: Served, warm_up: int) -> None:
        self.browser = browser
        self.server = server
        self.warm_up = warm_up
        self.shown: dict[Page, Mapping[str, int]] = {}
        for page in (BOARD, ONE_CHART):
            tab = self._new_tab()
            self._go(tab, page)
            tab.wait_for_selector(IDLE, timeout=60_000)
            tab.wait_for_selector(".js-plotly-plot .point", timeout=60_000)
            tab.evaluate("([path, rest]) => drawing.rested({}, path, rest)", [page.path, LONG_REST])
            self.shown[page] = tab.evaluate("() => drawing.count()")
            tab.context.close()
        self.tab = self._new_tab()
        self._go(self.tab, _HOME)
        self.tab.wait_for_selector(IDLE, timeout=60_000)

    def in_turn(self, draw: Callable[[Page], float], rounds: int) -> Times:
        """Draw the board and the page with one chart, again and again."""
        taken = [(draw(BOARD), draw(ONE_CHART)) for _ in range(self.warm_up + rounds)][self.warm_up :]
        return Times(tuple(board for board, _ in taken), tuple(one_chart for _, one_chart in taken))

    def load(self, page: Page) -> float:
        """Open a page in a browser that has nothing of this server yet."""
        tab = self._new_tab()
        try:
            return self._load(tab, page)
        finally:
            tab.context.close()

    def load_again(self, page: Page) -> float:
        """Open a page in a browser that has the files of the board, hence those of both pages, from a visit before."""
        before = self._new_tab()
        try:
            self._load(before, BOARD)
            before.close()
            tab = before.context.new_page()
            tab.add_init_script(WATCH)
            return self._load(tab, page)
        finally:
            before.context.close()

    def open_from_menu(self, page: Page) -> float:
        """Go to the start page, and from there to a page by the menu."""
        self._click(_HOME)
        self.tab.wait_for_selector(".js-plotly-plot", state="detached")
        self.tab.evaluate("([path, rest]) => drawing.rested({}, path, rest)", [_HOME.path, REST])
        self.tab.evaluate("() => drawing.startAt('click')")
        self._click(page)
        return self._drawn(self.tab, page)

    def _new_tab(self) -> Tab:
        tab = signed_in(self.browser, self.server).new_page()
        tab.add_init_script(WATCH)
        return tab

    def _go(self, tab: Tab, page: Page) -> None:
        tab.goto(f"{address(self.server)}{page.path}?{self.server.query()}", wait_until="commit")

    def _load(self, tab: Tab, page: Page) -> float:
        self._go(tab, page)
        return self._drawn(tab, page)

    def _click(self, page: Page) -> None:
        self.tab.click(f"[data-testid=stSidebarNavLink][href$='{page.path}']")

    def _drawn(self, tab: Tab, page: Page) -> float:
        arguments = [dict(self.shown[page]), page.path, REST]
        milliseconds = tab.evaluate("([wanted, path, rest]) => drawing.rested(wanted, path, rest)", arguments)
        return float(milliseconds) / 1000


@dataclass(frozen=True, slots=True)
class Way:
    """A way to come to a page, and how many times as long as the page with one chart the board may take."""

    what: str
    draw: Callable[[_Yard], Callable[[Page], float]]
    goal: float | None = None


WAYS = (
    Way("Board first drawn, from its address", lambda yard: yard.load_again, _GOAL),
    Way("Board first drawn, browser that was never here", lambda yard: yard.load, _GOAL),
    Way("Board drawn, from a click in the menu", lambda yard: yard.open_from_menu),
)


def measure(rounds: int = _ROUNDS, warm_up: int = _WARM_UP, ways: Sequence[Way] = WAYS) -> list[Row]:
    """Draw both pages in turn: by address with and without the browser's cache, and from the menu."""
    with served(ONE_CHART) as server, chromium() as browser:
        yard = _Yard(browser, server, warm_up)
        return [yard.in_turn(way.draw(yard), rounds).row(way.what, way.goal) for way in ways]
