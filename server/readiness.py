"""Telling the person at the console that the server answers, and only once it does."""

import ipaddress
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from cchc_core.control import ALIVE_PATH

_GIVE_UP_SECONDS = 120


def shown_address(address: str, port: int) -> str:
    """Return the address to type into a browser for a listening address.

    >>> shown_address("127.0.0.1", 8501), shown_address("10.0.0.5", 80)
    ('http://localhost:8501', 'http://10.0.0.5:80')
    """
    host = "localhost" if _is_this_machine(address) else address
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def announce_when_ready(address: str, port: int, say: Callable[[str], None] = print) -> None:
    """Print the address as soon as the server answers at it; waits in a thread of its own."""
    threading.Thread(target=_announce, args=(address, port, say), daemon=True, name="readiness").start()


def _announce(address: str, port: int, say: Callable[[str], None]) -> None:
    until = time.monotonic() + _GIVE_UP_SECONDS
    while time.monotonic() < until:
        if _answers(address, port):
            say(f"Bảng điểm CCHC đang chạy tại {shown_address(address, port)} (dừng: Ctrl+C)")
            return
        time.sleep(0.1)


def _answers(address: str, port: int) -> bool:
    connection = HTTPConnection(_reachable(address), port, timeout=2)
    try:
        connection.request("GET", ALIVE_PATH)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _reachable(address: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 - read, not bound to


def _is_this_machine(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return parsed.is_loopback or parsed.is_unspecified
