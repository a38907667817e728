"""One running server for the tests here: a process of its own, with sample data in a directory of its own."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cchc_core.control import RunningServer, find_server
from tests.server.client import Browser, free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Served:
    """A server that answers."""

    data_dir: Path
    control: RunningServer

    @property
    def port(self) -> int:
        return self.control.port

    def log(self) -> str:
        return (self.data_dir / "log" / "cchc.log").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data_dir = tmp_path_factory.mktemp("served")
    command = [sys.executable, "-m", "tests.server.serve", str(data_dir), str(free_port())]
    # A file, not a pipe: nobody reads while the tests run, and a full pipe would stop the server.
    with (data_dir / "stderr.txt").open("wb") as stderr, subprocess.Popen(command, cwd=ROOT, stderr=stderr) as process:
        try:
            yield Served(data_dir, wait_for_server(data_dir, process))
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture
def browser(served: Served) -> Browser:
    return Browser(served.port)


def wait_for_server(data_dir: Path, process: subprocess.Popen[bytes]) -> RunningServer:
    """Wait until the server of a data directory answers; fail when it ends instead."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        server = find_server(data_dir)
        if server is not None:
            return server
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}, see {data_dir}")
        time.sleep(0.1)
    pytest.fail("the server never answered")
