"""What the server and an idle session take, and whether answering makes the process grow."""

import asyncio

from benchmarks.results import Row, mb
from benchmarks.servers import PRODUCT, Served, served
from benchmarks.wire import open_page

_IDLE_SESSIONS = 20
_EARLY, _LATE = 1_000, 10_000


def measure() -> list[Row]:
    """Open idle sessions; then answer until the process has had ten thousand runs."""
    return [*_at_rest(), _growth()]


def _at_rest() -> list[Row]:
    with served(PRODUCT, _IDLE_SESSIONS) as server:
        alone = server.resident()
        with_sessions = asyncio.run(_with_idle_sessions(server))
    each = (with_sessions - alone) / _IDLE_SESSIONS
    return [
        Row("Server at rest, sample open", mb(alone)),
        Row("Idle session on the scoring page, mean of 20", mb(each)),
    ]


async def _with_idle_sessions(server: Served) -> int:
    target = server.world.target
    query = server.query(target.section, target.code)
    pages = [await open_page(server.port, token, PRODUCT.path, query) for token in server.world.tokens]
    resident = await asyncio.to_thread(server.resident)
    for page in pages:
        await page.connection.close()
    return resident


def _growth() -> Row:
    with served(PRODUCT) as server:
        early, late = asyncio.run(_answer_on_and_on(server))
    growth = (late - early) / early * 100
    what = f"Memory of the process, from run {_EARLY:,} to run {_LATE:,}"
    return Row(what, mb(late), f"{mb(early)} (at run {_EARLY:,})", f"{growth:+.1f} %", "≤ 5 %", growth <= 5)


async def _answer_on_and_on(server: Served) -> tuple[int, int]:
    target = server.world.target
    page = await open_page(server.port, server.world.tokens[0], PRODUCT.path, server.query(target.section, target.code))
    key, early = f"{server.world.assessment_id}|{target.code}|level", 0
    for run in range(_LATE):
        await page.choose(key, target.levels[run % 2])
        if run + 1 == _EARLY:
            early = await asyncio.to_thread(server.resident)
    late = await asyncio.to_thread(server.resident)
    await page.connection.close()
    return early, late
