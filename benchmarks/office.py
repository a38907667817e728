"""Pages with thousands of tasks and documents, first drawn and searched in Chromium, beside the plain data.

Two servers of the same product, one with the data of a large department's year and one with those of a plain year. A
page of the one and the same page of the other take turns, each in a tab of its own of a browser that was there before.
A page is drawn as :mod:`benchmarks.drawing` has it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from benchmarks.browser import IDLE, address, chromium, signed_in
from benchmarks.drawing import LONG_REST, REST, WATCH
from benchmarks.office_data import LARGE, PLAIN, Size, fill_office
from benchmarks.results import Row, median_ratio, ms, times
from benchmarks.servers import PRODUCT, Served, served
from benchmarks.world import SECTION
from cchc_core.addresses import (
    BOARD_PATH,
    CHECKS_PAGE,
    DOCUMENTS_PATH,
    INDICATORS_PATH,
    TASKS_PATH,
    TODO_PATH,
)

_ROUNDS = 7
_WARM_UP = 1
_FIRST_GOAL, _SEARCH_GOAL = 2.0, 3.0


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is opened by its address; ``query`` comes on top of the open assessment."""

    name: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)


VIEWS = (
    View("Nhiệm vụ, list", TASKS_PATH),
    View("Nhiệm vụ, by state", TASKS_PATH, {"kieu": "cot"}),
    View("Nhiệm vụ, timeline", TASKS_PATH, {"kieu": "thoi-gian"}),
    View("Nhiệm vụ, by room", TASKS_PATH, {"kieu": "theo-phong"}),
    View("Tài liệu kiểm chứng", DOCUMENTS_PATH),
    View("Việc cần làm", TODO_PATH),
    View("Chỉ tiêu, counted", INDICATORS_PATH),
    View("Chỉ tiêu, promised", INDICATORS_PATH, {"muc": "phan-dau"}),
    View("Kiểm tra trước khi nộp", f"/{CHECKS_PAGE}"),
    View("Chấm điểm", "/cham-diem", {"lv": SECTION}),
    View("Bảng điểm", BOARD_PATH),
)


@dataclass(frozen=True, slots=True)
class Search:
    """A field to search by; the words are looked for in turn and all find something."""

    view: View
    field: str
    words: Sequence[str] = ("báo cáo", "ke hoach", "cải cách hành chính", "thanh tra")


SEARCHES = (Search(VIEWS[0], "Tìm nhiệm vụ"), Search(VIEWS[4], "Tìm"))


@dataclass(frozen=True, slots=True)
class Compared:
    """Seconds of the large year and of the plain one, taken in turn."""

    large: tuple[float, ...]
    plain: tuple[float, ...]

    def row(self, what: str, goal: float) -> Row:
        """Write the line of the table."""
        ratio = median_ratio(self.large, self.plain)
        there = f"{ms(median(self.plain))} (plain year)"
        return Row(what, ms(median(self.large)), there, times(ratio), f"≤ {goal:.0f}×", ratio <= goal)


def measure(
    rounds: int = _ROUNDS,
    warm_up: int = _WARM_UP,
    views: Sequence[View] = VIEWS,
    searches: Sequence[Search] = SEARCHES,
    large: Size = LARGE,
    plain: Size = PLAIN,
) -> list[Row]:
    """Draw every page and search the two lists, in the large year and in the plain one in turn."""
    with _desks(large, plain) as (first, second):
        rows = []
        size = f"{large.tasks:,} tasks, {large.documents:,} documents"
        for view in views:
            drawn = _in_turn(partial(first.open, view), partial(second.open, view), rounds, warm_up)
            rows.append(drawn.row(f"{view.name} first drawn, {size}", _FIRST_GOAL))
        for search in searches:
            with first.searching(search) as here, second.searching(search) as there:
                found = _in_turn(here, there, rounds, warm_up)
            rows.append(found.row(f"{search.view.name}: search, from Enter until drawn, {size}", _SEARCH_GOAL))
        return rows


def _in_turn(large: Callable[[], float], plain: Callable[[], float], rounds: int, warm_up: int) -> Compared:
    taken = [(large(), plain()) for _ in range(warm_up + rounds)][warm_up:]
    return Compared(tuple(first for first, _ in taken), tuple(second for _, second in taken))


@contextmanager
def _desks(large: Size, plain: Size) -> Iterator[tuple["_Desk", "_Desk"]]:
    with ExitStack() as stack:
        servers = [
            stack.enter_context(served(PRODUCT, fill=partial(fill_office, size=size))) for size in (large, plain)
        ]
        browser = stack.enter_context(chromium())
        first, second = (_Desk(browser, server) for server in servers)
        yield first, second


class _Desk:
    """A browser that is signed in to one server, and what each page was found to show there."""

    def __init__(self, browser: Browser, server: Served) -> None:
        self.server = server
        self.context: BrowserContext = signed_in(browser, server)
        self.context.add_init_script(WATCH)
        self.shown: dict[str, Mapping[str, int]] = {}

    def open(self, view: View) -> float:
        """Open a page by its address and give the seconds until it is drawn; a leisurely look comes before."""
        if view.name not in self.shown:
            self.shown[view.name] = self._look(view)
        tab = self._go(view)
        try:
            return _rested(tab, self.shown[view.name], view.path, REST)
        finally:
            tab.close()

    @contextmanager
    def searching(self, search: Search) -> Iterator[Callable[[], float]]:
        """Open a page and give what searches it by the next words."""
        tab = self._go(search.view)
        try:
            tab.wait_for_selector(IDLE, timeout=60_000)
            _rested(tab, {}, search.view.path, LONG_REST)
            words = cycle(search.words)
            yield lambda: _search(tab, search, next(words))
        finally:
            tab.close()

    def _look(self, view: View) -> Mapping[str, int]:
        tab = self._go(view)
        try:
            tab.wait_for_selector(IDLE, timeout=60_000)
            _rested(tab, {}, view.path, LONG_REST)
            if tab.locator("[data-testid=stException]").count():
                raise RuntimeError(f"{view.name} shows an error")
            counts: Mapping[str, int] = tab.evaluate("() => drawing.count()")
            return counts
        finally:
            tab.close()

    def _go(self, view: View) -> Tab:
        tab = self.context.new_page()
        query = urlencode({"bang": self.server.world.assessment_id, **view.query})
        tab.goto(f"{address(self.server)}{view.path}?{query}", wait_until="commit")
        return tab


def _search(tab: Tab, search: Search, words: str) -> float:
    typed = tab.get_by_role("textbox", name=search.field, exact=True)
    typed.fill(words)
    tab.evaluate("() => drawing.startAt('keydown')")
    typed.press("Enter")
    return _rested(tab, {}, search.view.path, REST)


def _rested(tab: Tab, shown: Mapping[str, int], path: str, rest: int) -> float:
    arguments = [dict(shown), path, rest]
    return float(tab.evaluate("([wanted, path, rest]) => drawing.rested(wanted, path, rest)", arguments)) / 1000
