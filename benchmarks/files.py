"""A 25 MB upload, and the zip of everything: what the server holds in memory meanwhile, above what it holds at rest.

The upload goes the way of people: Chromium drops the file on the page of documents, which reads, checks and keeps it.
The zip is read by a client that pauses; beside it stands the same zip put together in memory before it is sent.
"""

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import quote

import psutil
from playwright.sync_api import Page as Tab

from benchmarks.browser import IDLE, address, chromium, signed_in
from benchmarks.office_data import Size, add_documents, attach_documents, fill_office
from benchmarks.results import Row, mb, times
from benchmarks.serve import ZIP_IN_MEMORY_PATH
from benchmarks.servers import PRODUCT, Served, served
from benchmarks.world import open_draft
from cchc_core.addresses import BUNDLES_PATH, DOCUMENTS_PATH
from cchc_core.session_cookie import COOKIE
from cchc_core.store.database import Database

LARGEST = 25_000_000
"""The most that the browser hands over, which counts a megabyte as a million bytes."""
MANY = Size(tasks=200, documents=5_000)
_LARGE_FILES = 5
_GOAL = 2.0
_ROUNDS = 3
_EVERY = 0.002
_PAUSE = 1.0
_CHUNK = 256 * 1024


def measure() -> list[Row]:
    """Upload the largest file of two kinds, then take the zip of everything, streamed and from memory in turn."""
    return [*measure_uploads(LARGEST), *measure_zip(MANY, LARGEST)]


def measure_zip(size: Size, largest: int, large_files: int = _LARGE_FILES, rounds: int = _ROUNDS) -> list[Row]:
    """Take the zip of small files and of some of so many bytes, streamed and from memory in turn."""
    fill = partial(_fill, size=size, largest=largest, large_files=large_files)
    with TemporaryDirectory(prefix="benchmark-") as folder, served(PRODUCT, fill=fill) as server:
        return _zipped(server, Path(folder) / "all.zip", size.documents + large_files, largest, rounds)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file to upload: its name, and what writes one of about so many bytes."""

    name: str
    write: Callable[[Path, int], None]


def _write_pdf(path: Path, size: int) -> None:
    """Write a page of text with something large beside it, as a scan has its picture."""
    text = b"BT /F1 14 Tf 72 720 Td (So: 05/BC-STTTT) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (size - 2_000, bytes(size - 2_000)),
    ]
    content, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    path.write_bytes(content)


def _write_archive(path: Path, size: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number in range(5):
            archive.writestr(f"anh-{number}.png", b"\x89PNG\r\n\x1a\n" + bytes([number]) * (size // 5 - 1_000))


PDF, ARCHIVE = Kind("pdf", _write_pdf), Kind("zip", _write_archive)


def measure_uploads(largest: int, kinds: Sequence[Kind] = (PDF, ARCHIVE)) -> list[Row]:
    """Upload a file of so many bytes of each kind, in Chromium."""
    with TemporaryDirectory(prefix="benchmark-") as folder, served(PRODUCT) as server:
        return [_uploaded(server, Path(folder), kind, largest) for kind in kinds]


def _uploaded(server: Served, folder: Path, kind: Kind, largest: int) -> Row:
    with chromium() as browser:
        tab = signed_in(browser, server).new_page()
        tab.goto(f"{address(server)}{DOCUMENTS_PATH}?{server.query()}")
        # The first file brings libraries along that stay.
        _upload(tab, _file(folder, kind, 10_000))
        rest = server.resident()
        path = _file(folder, kind, largest)
        with _watched(server) as watched:
            began = time.perf_counter()
            _upload(tab, path)
            seconds = time.perf_counter() - began
    above = watched.peak - rest
    what = f"Upload of {mb(path.stat().st_size)} ({kind.name}): server's peak above rest"
    there = f"{mb(path.stat().st_size)} (the file)"
    ratio = above / path.stat().st_size
    here = f"{mb(above)} ({seconds:.1f} s until its form is shown)"
    return Row(what, here, there, times(ratio), f"≤ {_GOAL:.0f}×", ratio <= _GOAL)


def _file(folder: Path, kind: Kind, size: int) -> Path:
    path = folder / f"tai-lieu-{size}.{kind.name}"
    kind.write(path, size)
    return path


def _upload(tab: Tab, path: Path) -> None:
    tab.wait_for_selector(IDLE, timeout=60_000)
    tab.locator("input[type=file]").first.set_input_files(path)
    # The place to drop files into is folded away; what was added stands there by the name of its file.
    tab.locator("strong", has_text=path.name).first.wait_for(state="attached", timeout=120_000)
    tab.wait_for_selector(IDLE, timeout=60_000)


def _fill(database: Database, size: Size, largest: int, large_files: int) -> None:
    office = fill_office(database, size)
    sheet = open_draft(database)
    with database.write() as connection:
        added = add_documents(database, connection, office, large_files, largest)
        attach_documents(connection, sheet, office.officer, added)


def _zipped(server: Served, path: Path, files: int, largest: int, rounds: int) -> list[Row]:
    """Take the same zip streamed and from memory, in turn; the highest peak counts."""
    draft = server.world.assessment_id
    ways = (f"{BUNDLES_PATH}/{draft}.zip", f"{ZIP_IN_MEMORY_PATH}/{draft}")
    # What the first one reads from the database stays with the server: it is no part of a zip.
    _take(server, ways[0], path)
    peaks: dict[str, list[int]] = {way: [] for way in ways}
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for way in ways * rounds:
        rest = server.resident()
        with _watched(server) as watched:
            began = time.perf_counter()
            _take(server, way, path)
            seconds[way].append(time.perf_counter() - began - _PAUSE)
        peaks[way].append(watched.peak - rest)
        with zipfile.ZipFile(path) as archive:
            held = len(archive.namelist())
        # The list of documents lies among them.
        if held != files + 1:
            raise RuntimeError(f"{way}: {held} entries of {files + 1}")
    streamed, whole = (max(peaks[way]) for way in ways)
    what = f"Zip of {files:,} files, {mb(path.stat().st_size)}: server's peak above rest"
    here, there = (f"{mb(max(peaks[way]))} ({min(seconds[way]):.1f} s" for way in ways)
    return [
        Row(what, f"{here})", f"{there}, put together in memory)", times(streamed / whole)),
        Row(
            f"{what}, against its largest file",
            mb(streamed),
            f"{mb(largest)} (the file)",
            times(streamed / largest),
            f"≤ {_GOAL:.0f}×",
            streamed / largest <= _GOAL,
        ),
    ]


def _take(server: Served, way: str, path: Path) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=300)
    try:
        connection.request("GET", way, headers={"Cookie": f"{COOKIE}={quote(server.world.tokens[0])}"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{way}: {answer.status}")
        with path.open("wb") as file:
            file.write(answer.read(_CHUNK))
            time.sleep(_PAUSE)
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
    finally:
        connection.close()


@dataclass
class _Watched:
    """The most resident bytes of a server while it was watched."""

    peak: int = 0


@contextmanager
def _watched(server: Served) -> Iterator[_Watched]:
    process, watched, is_over = psutil.Process(server.process.pid), _Watched(), Event()
    thread = Thread(target=_sample, args=(process, watched, is_over))
    known = _forget_peak(process.pid)
    thread.start()
    try:
        yield watched
    finally:
        is_over.set()
        thread.join()
        if known:
            watched.peak = max(watched.peak, _known_peak(process.pid))


def _sample(process: psutil.Process, watched: _Watched, is_over: Event) -> None:
    while not is_over.wait(_EVERY):
        watched.peak = max(watched.peak, process.memory_info().rss)


def _forget_peak(pid: int) -> bool:
    """Let Linux count the peak of a process anew, which misses nothing; elsewhere samples have to do."""
    try:
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return False
    return True


def _known_peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
