"""Small messages leave at once, instead of waiting for the browser to acknowledge the ones before them.

A click makes the server send a dozen small messages. Python turns off the delaying of small packets (Nagle's
algorithm) for connections whose listening socket names its protocol, and the one that Streamlit opens does not, so
every few messages waited for about 40 ms (uvicorn's issue 3149 tells of the same).
"""

import asyncio
import socket


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """Take the delay off every listening socket that the loop serves from now on; its connections inherit that."""
    create_server = loop.create_server

    async def create_prompt_server(*arguments: object, **options: object) -> asyncio.Server:
        listening = options.get("sock")
        if isinstance(listening, socket.socket) and listening.family in (socket.AF_INET, socket.AF_INET6):
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await create_server(*arguments, **options)  # type: ignore[call-overload, no-any-return]

    loop.create_server = create_prompt_server  # type: ignore[method-assign]
