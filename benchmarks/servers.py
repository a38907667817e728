"""Starting a page's server on a free port of this machine with data of its own, and ending it by its process."""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psutil

from benchmarks.serve import MEMORY_PATH
from benchmarks.world import World, make_world
from cchc_core.control import find_server
from cchc_core.store.database import Database
from server.version import ROOT

_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A page to measure: its script, its address, and what it is called in the table."""

    name: str
    script: Path
    path: str = "/"


PRODUCT = Page("fragments", ROOT / "ui" / "frame.py", "/cham-diem")
FLAT = Page("flat rows", ROOT / "benchmarks" / "pages" / "flat.py")
ONE_WIDGET = Page("one widget", ROOT / "benchmarks" / "pages" / "one_widget.py")
NAIVE = Page("naive page", ROOT / "benchmarks" / "pages" / "naive.py")
NAIVE_BARE = Page("bare naive page", ROOT / "benchmarks" / "pages" / "naive_bare.py")
BOARD = Page("board", ROOT / "ui" / "frame.py", "/bang-diem")
ONE_CHART = Page("one chart", ROOT / "benchmarks" / "pages" / "one_chart.py", "/mot-bieu-do")
"""The server of this page serves the product's own pages too."""
STOCK_BOARD = Page("stock polling", ROOT / "benchmarks" / "pages" / "stock_board.py", "/ve-lai")


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers."""

    page: Page
    port: int
    world: World
    process: subprocess.Popen[bytes]

    def query(self, section: str = "", code: str = "") -> str:
        """Give the query that opens the assessment, a section of it; the page with one widget shows the criterion."""
        wanted = {"bang": self.world.assessment_id, "lv": section, "mot": code}
        return urlencode({name: value for name, value in wanted.items() if value})

    def processor_seconds(self) -> float:
        """Give the seconds of processor time that the server has taken since its start."""
        taken = psutil.Process(self.process.pid).cpu_times()
        return float(taken.user + taken.system)

    def resident(self) -> int:
        """Let the server collect its garbage and give its resident bytes."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", MEMORY_PATH)
            return int(json.loads(connection.getresponse().read())["resident"])
        finally:
            connection.close()

    def stop(self) -> None:
        """End the server; its database is closed and can be opened afterwards."""
        self.process.terminate()
        self.process.wait(timeout=60)


@contextmanager
def served(page: Page, sessions: int = 1, fill: Callable[[Database], object] | None = None) -> Iterator[Served]:
    """Serve a page on the sample, and what ``fill`` adds to it, in a directory of its own, so many people signed in."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        data_dir = Path(folder)
        world, port = make_world(data_dir, sessions, fill), _free_port()
        command = [sys.executable, "-m", "benchmarks.serve", str(page.script), str(data_dir), str(port)]
        # A file, not a pipe: a full pipe would stop the server.
        with (data_dir / "stderr.txt").open("wb") as stderr:
            process = subprocess.Popen(command, cwd=ROOT, stdout=stderr, stderr=stderr)
            try:
                _wait_until_it_answers(data_dir, process)
                yield Served(page, port, world, process)
            finally:
                process.terminate()
                process.wait(timeout=60)


def _wait_until_it_answers(data_dir: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while find_server(data_dir) is None:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError((data_dir / "stderr.txt").read_text(encoding="utf-8", errors="replace"))
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
