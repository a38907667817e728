"""Twenty people who answer without a pause on one process: answers a second that are on the disk and on the screen.

An answer counts when its run has finished and its line is in the change log. The pages take turns on the same machine;
a page that is not measured idles.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from benchmarks.results import Row, median_ratio, times
from benchmarks.servers import FLAT, NAIVE, NAIVE_BARE, PRODUCT, Page, Served, served
from benchmarks.wire import PageSession, open_page
from benchmarks.world import Target, count_saves

SESSIONS = 20
_SECONDS = 8.0
_TURNS = 3


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers a second of each turn, and messages that one answer made the server send."""

    page: str
    a_second: tuple[float, ...]
    messages: float


def measure(seconds: float = _SECONDS, turns: int = _TURNS) -> list[Row]:
    """Compare the product with the flat page and both naive ones."""
    product, flat, bare, naive = rates((PRODUCT, FLAT, NAIVE_BARE, NAIVE), seconds, turns)
    what = f"{SESSIONS} busy sessions on one process, saved answers a second"
    to_naive = median_ratio(product.a_second, naive.a_second)
    return [
        _row(what, product, naive, "≥ 20×", to_naive >= 20),
        _row(what, product, bare),
        _row(what, product, flat),
    ]


def _row(what: str, product: Rate, other: Rate, goal: str = "", is_met: bool | None = None) -> Row:
    ratio = times(median_ratio(product.a_second, other.a_second))
    here = f"{median(product.a_second):.1f} ({product.messages:.0f} messages each)"
    there = f"{median(other.a_second):.1f} ({other.page}, {other.messages:.0f} messages each)"
    return Row(what, here, there, ratio, goal, is_met)


def rates(pages: Sequence[Page], seconds: float, turns: int) -> list[Rate]:
    """Let twenty sessions of each page answer for so long, page after page, turn after turn."""
    with ExitStack() as stack:
        offices = [_Office(stack.enter_context(served(page, SESSIONS))) for page in pages]
        asyncio.run(_work(offices, seconds, turns))
        return [office.checked() for office in offices]


async def _work(offices: Sequence["_Office"], seconds: float, turns: int) -> None:
    for office in offices:
        await office.sit_down()
    for _ in range(turns):
        for office in offices:
            await office.answer_for(seconds)
    for office in offices:
        await office.leave()


class _Office:
    """Twenty sessions on one page."""

    def __init__(self, server: Served) -> None:
        self.server = server
        self.people = [_Person(server, number) for number in range(SESSIONS)]
        self.a_second: list[float] = []
        self.loaded = 0

    @property
    def answers(self) -> int:
        """Count the answers whose runs have finished."""
        return sum(person.answers for person in self.people)

    @property
    def received(self) -> int:
        """Count the messages from the server."""
        return sum(person.page.traffic.messages for person in self.people)

    async def sit_down(self) -> None:
        """Open all pages."""
        await asyncio.gather(*(person.sit_down() for person in self.people))
        self.loaded = self.received

    async def answer_for(self, seconds: float) -> None:
        """Answer for so long; what was begun is brought to its end, and counted with the time that it took."""
        began, before = time.perf_counter(), self.answers
        await asyncio.gather(*(person.answer_until(began + seconds) for person in self.people))
        self.a_second.append((self.answers - before) / (time.perf_counter() - began))

    async def leave(self) -> None:
        """Close all pages."""
        await asyncio.gather(*(person.page.connection.close() for person in self.people))

    def checked(self) -> Rate:
        """Stop the server and give the rates, once every answer is found in the change log."""
        self.server.stop()
        logged = count_saves(self.server.world.data_dir) - self.server.world.saves
        name = self.server.page.name
        if logged != self.answers:
            raise RuntimeError(f"{name}: {self.answers} answers were shown as saved, {logged} are in the log")
        return Rate(name, tuple(self.a_second), (self.received - self.loaded) / self.answers)


class _Person:
    """One session, with a criterion of its own that it answers again and again."""

    def __init__(self, server: Served, number: int) -> None:
        targets: Sequence[Target] = server.world.targets
        self.server = server
        self.token = server.world.tokens[number]
        self.target = targets[number % len(targets)]
        self.answers = 0
        self.page: PageSession

    async def sit_down(self) -> None:
        """Open the page."""
        query = self.server.query(self.target.section, self.target.code)
        self.page = await open_page(self.server.port, self.token, self.server.page.path, query)

    async def answer_until(self, end: float) -> None:
        """Answer once, and again while there is time."""
        key = f"{self.server.world.assessment_id}|{self.target.code}|level"
        while True:
            await self.page.choose(key, self.target.levels[self.answers % 2])
            self.answers += 1
            if time.perf_counter() >= end:
                return
