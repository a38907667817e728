"""Runs a piece of work on a stranger's file in a child process with limits, and ends it when it goes beyond them.

A hostile file can make a library ask for all memory, run for hours or kill its process. What reads such files is a
module with ``answer(request: dict[str, Any]) -> object``; both sides are JSON. The child has its own session, no
secrets in its environment, and limits on memory, processor time and what it may write:

    pages = run("cchc_core.evidence.reading.child", {"path": "/…/a.pdf"}, seconds=20, megabytes=512)

Windows has no such limits for memory; there the time limit alone holds.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any, Final

_ROOT: Final = Path(__file__).resolve().parent.parent
# Children beyond these wait, so that a pile of uploads leaves the machine to the people who work on it.
_AT_ONCE: Final = BoundedSemaphore(2)
_MOST_SECONDS_WAITING: Final = 60.0
_KEPT_OF_THE_ENVIRONMENT: Final = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
_MOST_COMPLAINT: Final = 2_000
_KILLED: Final = -9


class Reason(StrEnum):
    """Why there is no answer."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    REFUSED = "refused"


IN_WORDS: Final[Mapping[Reason, str]] = {
    Reason.TIME: "tệp quá phức tạp, đọc quá lâu nên đã dừng",
    Reason.MEMORY: "tệp quá lớn khi mở ra, đọc hết bộ nhớ cho phép nên đã dừng",
    Reason.CRASH: "tệp hỏng hoặc không đúng định dạng nên không đọc được",
    Reason.REFUSED: "tệp không đọc được",
}


class Confined(Exception):
    """The child gave no answer.

    ``message`` is its own sentence for people where it refused, a line for the log else; see :data:`IN_WORDS`.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        self.reason = reason
        self.message = message
        super().__init__(f"{reason.value}: {message}")

    @property
    def words(self) -> str:
        """Say it to a person, in Vietnamese."""
        return self.message if self.reason is Reason.REFUSED and self.message else IN_WORDS[self.reason]


class ChildRefuses(Exception):
    """Raised by what runs in the child, with a sentence in Vietnamese: the file is not to be read."""


def run(module: str, request: Mapping[str, object], *, seconds: float, megabytes: int) -> Any:
    """Ask a module's ``answer`` in a child process and give its answer as it comes out of JSON.

    Paths in the request are absolute. ``seconds`` is wall-clock from the child's start, ``megabytes`` its address
    space. Raises Confined.
    """
    if not _AT_ONCE.acquire(timeout=_MOST_SECONDS_WAITING):
        raise Confined(Reason.TIME, f"{module}: waited for other children")
    try:
        return _answer(module, request, seconds, megabytes)
    finally:
        _AT_ONCE.release()


def _answer(module: str, request: Mapping[str, object], seconds: float, megabytes: int) -> Any:
    # Files instead of pipes: what a child writes is bounded on its side and never fills this process.
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaint:
        asked.write(json.dumps(request).encode())
        asked.seek(0)
        command = [sys.executable, "-E", "-s", "-m", "cchc_core.confined_child", module, str(megabytes), str(seconds)]
        child = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            command,
            stdin=asked,
            stdout=given,
            stderr=complaint,
            cwd=_ROOT,
            env=_environment(),
            start_new_session=True,
        )
        try:
            code = child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Confined(Reason.TIME, f"{module}: longer than {seconds:g} s") from None
        finally:
            _end(child)
        return _read(module, code, given, complaint, megabytes)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_OF_THE_ENVIRONMENT if name in os.environ}
    # Number libraries reserve memory for each core, which would count against the limit.
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.wait()


def _read(module: str, code: int, given: IO[bytes], complaint: IO[bytes], megabytes: int) -> Any:
    if code != 0:
        raise Confined(_reason(code), f"{module}: ended with {code}; {_tail(complaint)}")
    # The child's limit on what it writes holds here too; read(n) would set n bytes aside at once.
    if given.seek(0, os.SEEK_END) > megabytes << 20:
        raise Confined(Reason.MEMORY, f"{module}: too long an answer")
    given.seek(0)
    try:
        answer = json.loads(given.read())
        if "reason" in answer:
            raise Confined(Reason(answer["reason"]), str(answer["message"]))
        return answer["answer"]
    except (ValueError, KeyError, TypeError, RecursionError) as why:
        raise Confined(Reason.CRASH, f"{module}: no whole answer; {_tail(complaint)}") from why


def _reason(code: int) -> Reason:
    if os.name == "posix" and code == -signal.SIGXCPU:
        return Reason.TIME
    # The kernel kills what eats the machine's memory.
    return Reason.MEMORY if code == _KILLED else Reason.CRASH


def _tail(complaint: IO[bytes]) -> str:
    size = complaint.seek(0, os.SEEK_END)
    complaint.seek(max(0, size - _MOST_COMPLAINT))
    return " ".join(complaint.read().decode(errors="replace").split())
