"""A real Chromium, and real servers in processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from cchc_core import workspace
from tests.browser.desk import Visitor, visitor
from tests.offices import open_quarters
from tests.programs import need_chromium
from tests.server.client import free_port
from tests.server.conftest import ROOT, wait_for_server

_FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # One for each module: while it runs, no other test of this process could start an event loop.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_chromium(), args=_FLAGS)
        yield browser
        browser.close()


class Server:
    """A server process on a port and a data directory that outlive it, so that it can be killed and started anew."""

    def __init__(self, data_dir: Path, *options: str) -> None:
        self.data_dir, self.port = data_dir, free_port()
        self._options = options
        self.start()

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "server", "--port", str(self.port), "--data", str(self.data_dir)]
        with (self.data_dir / "stderr.txt").open("ab") as stderr:
            self._process = subprocess.Popen([*command, *self._options], cwd=ROOT, stdout=stderr, stderr=stderr)
        wait_for_server(self.data_dir, self._process)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._process.wait(timeout=30)

    def stop(self) -> None:
        """End it as it should end."""
        self._process.terminate()
        self._process.wait(timeout=30)


@contextmanager
def running(data_dir: Path, *options: str) -> Iterator[Server]:
    """Serve a data directory."""
    data_dir.mkdir(exist_ok=True)
    server = Server(data_dir, *options)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def running_blank(data_dir: Path) -> Iterator[tuple[Server, dict[tuple[str, str], str]]]:
    """Serve a department that has scored nothing yet; with the ids of its assessments by criteria set and period."""
    own = workspace.open_workspace(data_dir, with_sample=False)
    ids = {key: opened.id for key, opened in open_quarters(own.database).items()}
    own.close()
    with running(data_dir) as server:
        yield server, ids


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def sit_down(chromium: Browser) -> Iterator[NewVisitor]:
    """Sit people down before browsers of their own, which close when the test ends."""
    seated: list[AbstractContextManager[Visitor]] = []

    def sit(port: int, size: tuple[int, int] = (1280, 900)) -> Visitor:
        seat = visitor(chromium, port, size)
        seated.append(seat)
        return seat.__enter__()

    yield sit
    for seat in seated:
        seat.__exit__(None, None, None)
