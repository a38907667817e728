import base64
import hashlib
import re

import pytest

from tests.server.client import Browser

EVERY_KIND = [
    "/",
    "/cham-diem",
    "/dang-nhap",
    "/cchc/alive",
    "/cchc/style.css",
    "/_stcore/health",
    "/_stcore/metrics",
    "/thu/hong",
    "/static/khong-co.js",
    "/xuat/khong-co.xlsx",
]


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_carries_the_security_headers(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_the_policy_names_the_inline_script_of_the_page_and_allows_no_other(browser: Browser) -> None:
    answer = browser.get("/")
    inline = re.findall(r"<script>(.*?)</script>", answer.text, flags=re.DOTALL)
    expected = [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in inline]
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert len(inline) == 1
    assert policy["script-src"].split() == ["'self'", *expected]


def test_our_own_plain_pages_allow_no_script_at_all(browser: Browser) -> None:
    policy = browser.get("/dang-nhap").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"])
def test_what_streamlit_tells_programs_is_closed(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 404
