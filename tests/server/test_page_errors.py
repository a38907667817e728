import logging
import re

import pytest
from streamlit.testing.v1 import AppTest


def page_with_a_bug() -> None:
    from server.errors import report_script_error

    report_script_error(RuntimeError("nội bộ: mật-khẩu-thử"))


def page_with_a_refusal() -> None:
    from cchc_core.errors import NotFound
    from server.errors import report_script_error

    report_script_error(NotFound("Bảng tự chấm", thing="bảng tự chấm", key="x"))


def test_a_page_that_fails_shows_a_number_and_the_log_shows_why(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="cchc"):
        page = AppTest.from_function(page_with_a_bug).run()
    (shown,) = [error.value for error in page.error]
    reference = re.search(r"\*\*([2-9A-Z]{4}-[2-9A-Z]{4})\*\*", shown)
    assert reference is not None
    assert "mật-khẩu-thử" not in shown
    assert reference[1] in caplog.text
    assert "RuntimeError: nội bộ: mật-khẩu-thử" in caplog.text


def test_a_refusal_says_itself_what_to_do(caplog: pytest.LogCaptureFixture) -> None:
    page = AppTest.from_function(page_with_a_refusal).run()
    (shown,) = [error.value for error in page.error]
    assert "không tìm thấy bảng tự chấm" in shown
    assert [record for record in caplog.records if record.name == "cchc"] == []
