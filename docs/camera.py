"""A camera for the guide's pictures: a server on data of its own, and a signed-in window in one of two sizes."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "pictures"
SIZES = {"rong": (1440, 900), "hep": (390, 844)}
COLOURS = 256
PATIENCE = 60_000
OFFICER, ROOM, LEADER, ADMIN = "Cán bộ đầu mối", "Phòng", "Lãnh đạo", "Quản trị"
DEPARTMENT = "(dữ liệu mẫu)"
OFFICIAL, ILLUSTRATIVE = "Quý III 2022", "Quý III 2024"


@dataclass(frozen=True)
class Camera:
    """A signed-in page in one of the sizes."""

    page: Page
    base: str
    size: str

    def go(self, path: str) -> None:
        """Open a page and wait until it is drawn."""
        self.page.goto(self.base + path)
        self.settle()

    def settle(self) -> None:
        """Wait until no script runs and nothing moves any more."""
        self.page.wait_for_selector("h1")
        # A selector, not a function: the page's security policy lets no text be run as code.
        self.page.wait_for_selector('.stApp[data-test-script-state="notRunning"]')
        self.page.wait_for_function("() => document.querySelectorAll('.stSkeleton').length === 0")
        self.page.wait_for_timeout(1200)

    def type_into(self, label: str, text: str) -> None:
        """Type into the first field of that name and press Enter."""
        field = self.page.get_by_label(label).first
        field.fill(text)
        field.press("Enter")
        self.page.wait_for_timeout(700)
        self.settle()

    def show(self, target: Locator, where: str) -> None:
        """Bring something to a place of the window: start, center."""
        target.evaluate("(element, where) => element.scrollIntoView({block: where})", where)
        self.page.wait_for_timeout(800)

    def take(self, name: str) -> None:
        """Save what the window shows."""
        path = OUT / f"{name}-{self.size}.png"
        self.page.screenshot(path=path)
        shrink(path)


def shrink(path: Path) -> None:
    """Keep a picture small: few colours are enough for flat screens."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, kmeans=2, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


@contextmanager
def serve(folder: Path, *options: str) -> Iterator[str]:
    """Run the app on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "server", "--port", str(port), "--data", str(folder), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_until_alive(base, server)
            yield base
        finally:
            server.terminate()


def _wait_until_alive(base: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        if server.poll() is not None:
            raise SystemExit("The server ended at once.")
        try:
            urllib.request.urlopen(f"{base}/cchc/alive", timeout=2).close()  # noqa: S310 (our own server)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise SystemExit("The server did not answer within a minute.")


def sign_in(browser: Browser, base: str, size: str, role: str, *, take: bool = False) -> Camera:
    """Open a window of that size and enter with one click."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=1,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        is_mobile=size == "hep",
        has_touch=size == "hep",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    camera = Camera(page, base, size)
    page.goto(f"{base}/dang-nhap")
    if take:
        camera.take("dang-nhap")
    page.get_by_role("button", name=role).first.click()
    camera.settle()
    return camera


def find_assessment(page: Page, period: str) -> str:
    """Read the id of an assessment off its card on the first page."""
    card = page.get_by_test_id("stVerticalBlock").filter(has_text=period).filter(has_text=DEPARTMENT).last
    address = card.locator('a[href*="bang="]').first.get_attribute("href") or ""
    return address.partition("bang=")[2]


def print_sheets(workbook: Path, titles: dict[str, str]) -> None:
    """Print a workbook through LibreOffice and take the first page that holds each title, by the picture's name."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    printer, reader = shutil.which("pdftoppm"), shutil.which("pdftotext")
    if not (office and printer and reader):
        print("No LibreOffice or no pdftoppm here: the pictures of workbooks stay as they are.")  # noqa: T201
        return
    folder = workbook.parent
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    _run(office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook))
    pdf = workbook.with_suffix(".pdf")
    _run(reader, "-layout", str(pdf), str(folder / "text"))
    pages = (folder / "text").read_text(encoding="utf-8").split("\f")
    for name, title in titles.items():
        number = next(index for index, page in enumerate(pages, start=1) if title in page)
        span = ("-f", str(number), "-l", str(number), "-r", "88", "-singlefile", "-png")
        _run(printer, *span, str(pdf), str(OUT / name))
        shrink(OUT / f"{name}.png")


def _run(*command: str) -> None:
    # Decimal commas, as on the screens of those who open the file.
    surroundings = {**os.environ, "LANG": "vi_VN.UTF-8", "LC_ALL": "vi_VN.UTF-8"}
    subprocess.run(command, check=True, capture_output=True, env=surroundings)  # noqa: S603 (own arguments)
