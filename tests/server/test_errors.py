import re
from http.client import IncompleteRead

import pytest

from server.errors import new_reference
from server.logs import one_line
from tests.server.client import Browser
from tests.server.conftest import Served


def test_a_route_that_fails_shows_a_sentence_and_a_number_but_no_insides(browser: Browser, served: Served) -> None:
    answer = browser.get("/thu/hong")
    reference = re.search(r"<code>([2-9A-Z]{4}-[2-9A-Z]{4})</code>", answer.text)
    assert answer.status == 500
    assert "Có lỗi khi xử lý yêu cầu" in answer.text
    assert "Traceback" not in answer.text
    assert "mật-khẩu-thử" not in answer.text
    assert reference is not None
    assert f"reference={reference[1]} method=GET path=/thu/hong" in served.log()
    assert "RuntimeError: nội bộ: mật-khẩu-thử" in served.log()


def test_an_answer_that_fails_midway_breaks_off_without_insides(browser: Browser) -> None:
    with pytest.raises(IncompleteRead) as broken:
        browser.get("/thu/nua-chung")
    assert broken.value.partial == b"first half"


def test_the_log_is_in_utc(browser: Browser, served: Served) -> None:
    browser.get("/thu/hong")
    lines = [line for line in served.log().splitlines() if "request failed" in line]
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ERROR cchc ", lines[-1])


def test_text_from_outside_cannot_forge_a_line_of_the_log() -> None:
    assert "\n" not in one_line("a\n2026-01-01Z INFO cchc signed in user=quantri")
    assert len(one_line("a" * 5000)) < 250


def test_references_do_not_repeat() -> None:
    assert len({new_reference() for _ in range(1000)}) == 1000
