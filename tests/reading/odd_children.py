"""What a child of cchc_core.confined may do wrong, one way for each test."""

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from cchc_core.confined import ChildRefuses


def answer(request: dict[str, Any]) -> object:
    """Do what the request names."""
    return _WAYS[request["do"]](request)


def _echo(request: dict[str, Any]) -> object:
    sys.stdout.write("a library that prints")
    os.write(1, b"and one that prints from C")
    return {"said": request["say"]}


def _environment(_: dict[str, Any]) -> object:
    return sorted(os.environ)


def _eat(_: dict[str, Any]) -> object:
    return len(bytearray(4 << 30))


def _sleep(_: dict[str, Any]) -> object:
    time.sleep(60)
    return None


def _spin(_: dict[str, Any]) -> object:
    while True:
        pass


def _die(_: dict[str, Any]) -> object:
    os.kill(os.getpid(), signal.SIGSEGV)
    return None


def _raise(_: dict[str, Any]) -> object:
    raise ValueError("bad cross-reference table")


def _refuse(_: dict[str, Any]) -> object:
    raise ChildRefuses("tệp có mật khẩu")


def _leave_quietly(_: dict[str, Any]) -> object:
    os._exit(0)


def _write_much(request: dict[str, Any]) -> object:
    with Path(request["path"]).open("wb") as out:
        for _ in range(300):
            out.write(b"x" * (1 << 20))
    return None


_WAYS = {
    "echo": _echo,
    "environment": _environment,
    "eat": _eat,
    "sleep": _sleep,
    "spin": _spin,
    "die": _die,
    "raise": _raise,
    "refuse": _refuse,
    "leave quietly": _leave_quietly,
    "write much": _write_much,
}
