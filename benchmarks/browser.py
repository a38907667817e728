"""The Chromium that pages are timed in, signed in to a server."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks.servers import Served
from cchc_core.session_cookie import COOKIE

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
"""Streamlit's own sign that no run is going on."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser and end it again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            # None lets Playwright take its own.
            executable_path=os.environ.get("CCHC_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        try:
            yield browser
        finally:
            browser.close()


def address(server: Served) -> str:
    """Give the address of a server."""
    return f"http://localhost:{server.port}"


def signed_in(browser: Browser, server: Served) -> BrowserContext:
    """Open a context with nothing in its caches, signed in to a server."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": COOKIE, "value": server.world.tokens[0], "url": address(server)}])
    return context
