"""The route of the Phiếu Excel: who gets which."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.server.client import Browser

MISSING = "/phieu-excel-tep/khong-co.xlsx"


@pytest.fixture
def path(browser: Browser) -> str:
    """The slip of the running quarter."""
    listed: dict[str, str] = json.loads(browser.get("/thu/bang").content)
    return f"/phieu-excel-tep/{listed['soctrang-tttt-2022 q3']}.xlsx"


def _keys(content: bytes) -> set[str]:
    form = load_workbook(BytesIO(content), read_only=True)["Phiếu chấm"]
    keys = (row[0] for row in form.iter_rows(min_col=10, max_col=10, values_only=True))
    return {str(key).partition("|")[0] for key in keys if key}


def test_without_a_session_the_way_leads_over_signing_in_and_back(browser: Browser) -> None:
    answer = browser.get(f"{MISSING}?lv=I.1")
    assert answer.status == 303
    assert answer.headers["location"].startswith("/dang-nhap?tiep=/phieu-excel-tep/khong-co.xlsx%3Flv%3DI.1")


def test_a_slip_is_for_all_or_for_the_sections_asked_for_and_nobody_keeps_it(browser: Browser, path: str) -> None:
    browser.sign_in("Phòng")
    answer = browser.get(path)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert 'filename="Phieu Excel CCHC - So Thong tin' in answer.headers["content-disposition"]
    assert len(_keys(answer.content)) == 101
    two = browser.get(f"{path}?lv=I.1&lv=I.2")
    assert {code[:3] for code in _keys(two.content)} == {"I.1", "I.2"}


@pytest.mark.parametrize("query", ["lv=khong", "lv=I.1&lv=khong", "phong=khong", "giao=ai"])
def test_a_part_that_is_not_there_is_a_page_that_says_so(browser: Browser, path: str, query: str) -> None:
    browser.sign_in("Cán bộ đầu mối")
    answer = browser.get(f"{path}?{query}")
    assert answer.status == 404
    assert "Không có phiếu này" in answer.text


def test_an_unknown_assessment_and_one_that_is_not_for_this_role_are_refused(browser: Browser, path: str) -> None:
    browser.sign_in("Thẩm định")
    assert browser.get(MISSING).status == 404
    assert browser.get(path).status == 403
