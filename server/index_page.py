"""Streamlit's index page as this product serves it: Vietnamese, with our stylesheet, and known to the policy.

The page is read once at the start. Any address that Streamlit answers with it (`/`, and deep links such as
`/cham-diem`) is answered with the rewritten one.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

_TITLE = "Bảng điểm cải cách hành chính"
_NO_SCRIPT = (
    "<noscript><p>Trình duyệt đang tắt JavaScript nên không mở được Bảng điểm cải cách hành chính. "
    "Hãy bật JavaScript cho địa chỉ này rồi tải lại trang.</p></noscript>"
)
# Files and sockets, never the page: they keep compression, ranges and their validators.
_NEVER_THE_PAGE = ("/static/", "/_stcore/", "/media/", "/component/", "/cchc/", "/xuat/")
# A compressed, partial or "not modified" answer could not be told apart from, or replaced by, the rewritten page.
_DROPPED_FROM_REQUEST = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range"})


@dataclass(frozen=True)
class IndexPage:
    """The page before and after rewriting, with the hashes of the inline scripts that it carries."""

    original_length: int
    content: bytes
    script_hashes: tuple[str, ...]


class _InlineScripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and not any(name == "src" for name, _ in attrs)
        if self._inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def script_hashes(page: str) -> tuple[str, ...]:
    """Return the policy's source expression of every inline script, in page order.

    >>> script_hashes("<script>a()</script><script src='b.js'></script>")
    ("'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='",)
    """
    parser = _InlineScripts()
    parser.feed(page)
    parser.close()
    digests = (hashlib.sha256(script.encode()).digest() for script in parser.found)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def rewrite(page: str, stylesheet: str, icon: str) -> str:
    """Return the page in Vietnamese, with our icon, the stylesheet last in its head and addresses from the root.

    Streamlit's own `./static/…` would be looked for below a deep link of two parts and not be found.
    """
    page = re.sub(r"<html\b[^>]*>", '<html lang="vi">', page, count=1)
    page = re.sub(r"<title>.*?</title>", f"<title>{_TITLE}</title>", page, count=1, flags=re.DOTALL)
    page = re.sub(r"<noscript>.*?</noscript>", _NO_SCRIPT, page, count=1, flags=re.DOTALL)
    # The interface for programs that it points to is closed.
    page = re.sub(r'<link rel="service-desc"[^>]*>', "", page, count=1)
    page = page.replace('href="./favicon.png"', f'href="{icon}"', 1)
    page = re.sub(r'(href|src)="\./', r'\1="/', page)
    return page.replace("</head>", f'<link rel="stylesheet" href="{stylesheet}">\n  </head>', 1)


def read_index_page(stylesheet: str, icon: str) -> IndexPage:
    """Read the index page of the installed Streamlit and rewrite it."""
    original = (Path(file_util.get_static_dir()) / "index.html").read_bytes()
    page = rewrite(original.decode(), stylesheet, icon)
    return IndexPage(len(original), page.encode(), script_hashes(page))


class IndexRewrite:
    """Answers with the rewritten page wherever Streamlit answers with its own."""

    def __init__(self, app: ASGIApp, page: IndexPage) -> None:
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _may_be_the_page(scope):
            await self.app(scope, receive, send)
            return
        kept = [(name, value) for name, value in scope["headers"] if name not in _DROPPED_FROM_REQUEST]
        replacing = False

        async def send_page(message: Message) -> None:
            nonlocal replacing
            if message["type"] == "http.response.start" and self._is_the_page(message):
                replacing = True
                await send(self._start(message))
                body = b"" if scope["method"] == "HEAD" else self.page.content
                await send({"type": "http.response.body", "body": body})
            elif not replacing:
                await send(message)

        await self.app({**scope, "headers": kept}, receive, send_page)

    def _is_the_page(self, message: Message) -> bool:
        headers = Headers(raw=message["headers"])
        return (
            message["status"] == 200
            and headers.get("content-type", "").startswith("text/html")
            and headers.get("content-length") == str(self.page.original_length)
            and "etag" in headers
        )

    def _start(self, message: Message) -> Message:
        headers = MutableHeaders(raw=list(message["headers"]))
        headers["content-length"] = str(len(self.page.content))
        headers["cache-control"] = "no-cache"
        for name in ("etag", "last-modified", "accept-ranges"):
            del headers[name]
        return {**message, "headers": headers.raw}


def _may_be_the_page(scope: Scope) -> bool:
    return (
        scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and not scope["path"].startswith(_NEVER_THE_PAGE)
    )
