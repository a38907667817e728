import re

import pytest

from server.index_page import rewrite, script_hashes
from tests.server.client import Browser


@pytest.mark.parametrize("path", ["/", "/cham-diem", "/cham-diem?tieu_chi=I.1.2", "/mot/hai"])
def test_the_page_is_vietnamese_with_our_stylesheet_at_every_address(browser: Browser, path: str) -> None:
    answer = browser.get(path, accept_encoding="gzip")
    assert answer.status == 200
    assert '<html lang="vi">' in answer.text
    assert "Trình duyệt đang tắt JavaScript" in answer.text
    assert 'href="/cchc/style.css?v=' in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_files_are_addressed_from_the_root_so_that_deep_links_find_them(browser: Browser) -> None:
    assert '"./' not in browser.get("/mot/hai").text


def test_a_browser_with_the_original_page_in_its_cache_still_gets_ours(browser: Browser) -> None:
    answer = browser.get("/", if_none_match="*", if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT", range="bytes=0-9")
    assert answer.status == 200
    assert '<html lang="vi">' in answer.text
    assert answer.headers["etag"] is None


def test_asking_for_the_head_tells_the_length_of_our_page(browser: Browser) -> None:
    answer = browser.send("HEAD", "/", None, {})
    assert answer.content == b""
    assert answer.headers["content-length"] == browser.get("/").headers["content-length"]


def test_the_tab_shows_our_icon_from_this_machine(browser: Browser) -> None:
    address = re.search(r'<link rel="shortcut icon" href="([^"]*)"', browser.get("/").text)
    assert address is not None
    assert browser.get(address[1]).headers["content-type"] == "image/svg+xml"


def test_the_stylesheet_may_be_kept_only_under_its_own_version(browser: Browser) -> None:
    page = browser.get("/").text
    address = page.partition('href="/cchc/style.css')[2].partition('"')[0]
    kept, asked_anew = browser.get(f"/cchc/style.css{address}"), browser.get("/cchc/style.css?v=cu")
    assert "immutable" in kept.headers["cache-control"]
    assert kept.headers["content-type"].startswith("text/css")
    assert asked_anew.headers["cache-control"] == "no-cache"


def test_only_inline_scripts_are_hashed() -> None:
    page = "<script>a()</script><!-- <script>b()</script> --><script type='module' src='c.js'></script>"
    assert script_hashes(page) == ("'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='",)


def test_rewriting_changes_no_script() -> None:
    page = '<html lang="en"><head><script>x = "./a"</script><script src="./a.js"></script></head></html>'
    assert script_hashes(rewrite(page, "/s.css", "/i.svg")) == script_hashes(page)
    assert '<script src="/a.js">' in rewrite(page, "/s.css", "/i.svg")
