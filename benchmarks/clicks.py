"""From the click to the painted total, in Chromium, with the answer saved to the database.

Timed inside the page: from the browser's own click event until the figure of the totals has changed and a frame with it
was painted. The pages take turns, so a busy moment of the machine hits all of them alike.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from benchmarks.browser import IDLE, address, chromium, signed_in
from benchmarks.results import Row, median_ratio, ms, times
from benchmarks.servers import FLAT, NAIVE, ONE_WIDGET, PRODUCT, Page, Served, served

_WARM_UP = 4
_ROUNDS = 40
_PREPARE = """
([totals, index, code]) => {
    const figure = () => document.querySelector(totals)?.innerText.match(/\\d+,\\d{4}/)?.[0];
    const before = figure();
    let clicked = null;
    window.painted = new Promise(resolve => {
        document.addEventListener("click", () => { clicked ??= performance.now(); }, {capture: true, once: true});
        const observer = new MutationObserver(() => {
            if (clicked === null || (figure() ?? before) === before) return;
            observer.disconnect();
            requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => resolve(performance.now() - clicked);
                channel.port2.postMessage(null);
            });
        });
        observer.observe(document.body, {subtree: true, childList: true, characterData: true});
    });
}
"""


def measure(rounds: int = _ROUNDS) -> list[Row]:
    """Click on all four pages in turn and compare."""
    taken = click_in_turn((PRODUCT, FLAT, ONE_WIDGET, NAIVE), rounds)
    product, flat, one_widget, naive = (taken[page.name] for page in (PRODUCT, FLAT, ONE_WIDGET, NAIVE))
    to_one, to_naive = median_ratio(product, one_widget), median_ratio(naive, product)
    what = "Click to painted total, section of 19 leaves, saved"
    return [
        Row(
            what,
            ms(median(product)),
            f"{ms(median(one_widget))} (page with one widget)",
            times(to_one),
            "≤ 2×",
            to_one <= 2,
        ),
        Row(
            what,
            ms(median(product)),
            f"{ms(median(naive))} (naive page, 121 leaves)",
            times(to_naive),
            "≥ 10×",
            to_naive >= 10,
        ),
        Row(
            f"{what}: rows as fragments against flat rows",
            ms(median(product)),
            f"{ms(median(flat))} (flat rows)",
            times(median_ratio(flat, product)),
        ),
    ]


def click_in_turn(pages: Sequence[Page], rounds: int) -> dict[str, list[float]]:
    """Give the seconds of each click, by page."""
    with ExitStack() as stack:
        servers = [stack.enter_context(served(page)) for page in pages]
        browser = stack.enter_context(chromium())
        tabs = [_open(browser, server) for server in servers]
        taken: dict[str, list[float]] = {page.name: [] for page in pages}
        for round_number in range(_WARM_UP + rounds):
            for server, tab in zip(servers, tabs, strict=True):
                seconds = _click(tab, server, round_number)
                if round_number >= _WARM_UP:
                    taken[server.page.name].append(seconds)
        return taken


def _open(browser: Browser, server: Served) -> Tab:
    tab = signed_in(browser, server).new_page()
    target = server.world.target
    tab.goto(f"{address(server)}{server.page.path}?{server.query(target.section, target.code)}")
    tab.wait_for_selector(_radio(server, 0), timeout=60_000)
    tab.wait_for_selector(IDLE, timeout=60_000)
    return tab


def _click(tab: Tab, server: Served, round_number: int) -> float:
    level = server.world.target.levels[round_number % 2]
    tab.bring_to_front()
    tab.evaluate(_PREPARE, [".st-key-totals"])
    tab.click(_radio(server, level))
    milliseconds = tab.evaluate("() => window.painted")
    tab.wait_for_selector(IDLE)
    # What the page does after the answer, such as fetching nothing, must not run into the next click.
    tab.wait_for_timeout(60)
    return float(milliseconds) / 1000


def _radio(server: Served, level: int) -> str:
    """Give the selector of a level of the target; Streamlit makes a class of a widget's key."""
    key = f"{server.world.assessment_id}|{server.world.target.code}|level"
    name = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in key)
    return f".st-key-{name} [role=radiogroup] label >> nth={level}"
