"""Connections of a socket that was opened before the server: as Streamlit opens it, so that small packets wait."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import uvicorn
from starlette.applications import Starlette

from server.small_packets import send_at_once


class Report(asyncio.Protocol):
    """Notes whether the accepted connection delays small packets."""

    def __init__(self, seen: asyncio.Future[bool]) -> None:
        self.seen = seen

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        connection = transport.get_extra_info("socket")
        self.seen.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)
        transport.close()


def listening_socket() -> socket.socket:
    listening = socket.socket(family=socket.AF_INET)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening


async def sends_at_once() -> bool:
    loop = asyncio.get_running_loop()
    send_at_once(loop)
    seen: asyncio.Future[bool] = loop.create_future()
    server = await loop.create_server(lambda: Report(seen), sock=listening_socket())
    async with server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        answer = await asyncio.wait_for(seen, 10)
        writer.close()
        await writer.wait_closed()
    return answer


def test_small_packets_of_every_connection_leave_at_once() -> None:
    assert asyncio.run(sends_at_once())


def test_a_server_by_address_still_starts() -> None:
    async def start() -> None:
        loop = asyncio.get_running_loop()
        send_at_once(loop)
        server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0)
        server.close()
        await server.wait_closed()

    asyncio.run(start())


def test_the_start_of_the_application_is_early_enough() -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        send_at_once(asyncio.get_running_loop())
        yield

    async def serve(listening: socket.socket) -> None:
        server = uvicorn.Server(uvicorn.Config(Starlette(lifespan=lifespan), log_level="error"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        server.should_exit = True
        await serving

    with closing(listening_socket()) as listening:
        duplicate = listening.dup()
        asyncio.run(serve(listening))
        with closing(duplicate):
            assert duplicate.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
