"""Twenty boards that are open while nothing changes: processor time of the server and what it sends.

Clients of Streamlit's own protocol ask for the board's fragment whenever its interval is over, as browsers do. Both
servers run all the time; only the clients of one of them poll at a time, and the other idles.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from benchmarks.results import Row, median_ratio, times
from benchmarks.servers import BOARD, STOCK_BOARD, Page, Served, served
from benchmarks.wire import PageSession, open_page

SESSIONS = 20
_SECONDS = 15.0
_TURNS = 3
_GOAL = 15.0


@dataclass(frozen=True, slots=True)
class Polled:
    """Percent of one core in each turn; polls a second of all sessions; messages and bytes that one poll brings."""

    page: str
    percent: tuple[float, ...]
    a_second: float
    messages: float
    size: float


def measure(seconds: float = _SECONDS, turns: int = _TURNS) -> list[Row]:
    """Compare the board with the same board polling as the manual shows it."""
    board, stock = poll_in_turn((BOARD, STOCK_BOARD), SESSIONS, seconds, turns)
    percent = median(board.percent)
    goal = f"< {_GOAL:.0f} %"
    return [
        Row(
            f"{SESSIONS} boards polling while nothing changes, percent of one core",
            _processor(board),
            f"{_processor(stock)} ({stock.page})",
            times(median_ratio(board.percent, stock.percent)),
            goal,
            percent < _GOAL,
        ),
        Row(
            "One poll of the board while nothing changes, sent by the server",
            _traffic(board),
            f"{_traffic(stock)} ({stock.page})",
            times(board.size / stock.size),
        ),
    ]


def _processor(polled: Polled) -> str:
    return f"{median(polled.percent):.1f} % ({polled.a_second:.1f} polls a second)"


def _traffic(polled: Polled) -> str:
    return f"{polled.size / 1000:.1f} kB in {polled.messages:.0f} messages"


def poll_in_turn(pages: Sequence[Page], sessions: int, seconds: float, turns: int) -> list[Polled]:
    """Let so many sessions of each page poll for so long, page after page, turn after turn."""
    with ExitStack() as stack:
        rooms = [_Room(stack.enter_context(served(page, sessions))) for page in pages]
        asyncio.run(_work(rooms, seconds, turns))
        return [room.polled() for room in rooms]


async def _work(rooms: Sequence["_Room"], seconds: float, turns: int) -> None:
    for room in rooms:
        await room.open()
    for _ in range(turns):
        for room in rooms:
            await room.poll_for(seconds)
    for room in rooms:
        await room.close()


class _Room:
    """The sessions that look at one page."""

    def __init__(self, server: Served) -> None:
        self.server = server
        self.sessions: list[PageSession] = []
        self.percent: list[float] = []
        self.polls = 0
        self.seconds = 0.0
        self.loaded = (0, 0)

    @property
    def received(self) -> tuple[int, int]:
        """Count the messages and bytes from the server."""
        traffic = [session.traffic for session in self.sessions]
        return sum(each.messages for each in traffic), sum(each.size for each in traffic)

    async def open(self) -> None:
        """Open all pages, and poll once: what a browser keeps from then on is kept here too."""
        for token in self.server.world.tokens:
            page = self.server.page
            session = await open_page(self.server.port, token, page.path, self.server.query())
            await session.poll()
            self.sessions.append(session)
        self.loaded = self.received

    async def poll_for(self, seconds: float) -> None:
        """Poll for so long; what was begun is brought to its end, and counted with the time that it took."""
        began, before = time.perf_counter(), self.server.processor_seconds()
        many = len(self.sessions)
        counts = await asyncio.gather(
            *(_poll(session, began, seconds, number / many) for number, session in enumerate(self.sessions))
        )
        passed = time.perf_counter() - began
        self.percent.append((self.server.processor_seconds() - before) / passed * 100)
        self.polls += sum(counts)
        self.seconds += passed

    async def close(self) -> None:
        """Close all pages."""
        await asyncio.gather(*(session.connection.close() for session in self.sessions))

    def polled(self) -> Polled:
        """Give what was measured."""
        messages, size = (now - before for now, before in zip(self.received, self.loaded, strict=True))
        return Polled(
            self.server.page.name,
            tuple(self.percent),
            self.polls / self.seconds,
            messages / self.polls,
            size / self.polls,
        )


async def _poll(session: PageSession, began: float, seconds: float, share: float) -> int:
    """Poll at the page's interval, from a share of it on; what comes late is not made up for."""
    polls, interval = 0, session.poll_seconds
    due = began + share * interval
    while due < began + seconds:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await session.poll()
        polls += 1
        due = max(due + interval, time.perf_counter())
    return polls
