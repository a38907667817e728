"""The product's own plain pages: complete without any script, every inserted text escaped."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

from server.assets import ICON, SIGN_IN_STYLE
from server.headers import PLAIN_PAGE_POLICY

_TEMPLATES = {
    path.stem: Template(path.read_text(encoding="utf-8"))
    for path in (Path(__file__).parent / "templates").glob("*.html")
}


def fill(template: str, texts: Mapping[str, str], markup: Mapping[str, str] | None = None) -> str:
    """Return a template with `texts` escaped and `markup`, which must be ours, as it is."""
    escaped = {name: escape(text) for name, text in texts.items()}
    return _TEMPLATES[template].substitute(escaped, **(markup or {}))


def page(title: str, content: str, *, status: int = 200) -> HTMLResponse:
    """Return a page with content that is already markup; it is never kept by a cache."""
    markup = fill(
        "layout", {"title": title, "stylesheet": SIGN_IN_STYLE.address, "icon": ICON.address}, {"content": content}
    )
    headers = {"cache-control": "no-store", "content-security-policy": PLAIN_PAGE_POLICY}
    return HTMLResponse(markup, status_code=status, headers=headers)


def message_page(
    status: int,
    title: str,
    text: str,
    *,
    reference: str = "",
    link: tuple[str, str] = ("/", "Về trang bảng điểm"),
) -> HTMLResponse:
    """Return a page that says one thing and offers one way on; `link` is its address and its words."""
    href, label = link
    code = f'<p class="reference">Mã lỗi: <code>{escape(reference)}</code></p>' if reference else ""
    texts = {"title": title, "text": text, "href": href, "label": label}
    return page(title, fill("message", texts, {"reference": code}), status=status)
