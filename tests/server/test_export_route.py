import re
from urllib.parse import unquote

from server.export_route import content_disposition
from tests.server.client import Browser
from tests.server.conftest import Served

MISSING = "/xuat/khong-co.xlsx"


def test_without_a_session_the_way_leads_over_signing_in_and_back(browser: Browser) -> None:
    answer = browser.get(MISSING)
    assert (answer.status, answer.headers["location"]) == (303, f"/dang-nhap?tiep={MISSING}")
    assert browser.sign_in("Quản trị", MISSING).headers["location"] == MISSING


def test_a_made_up_session_opens_nothing(served: Served) -> None:
    assert Browser(served.port, {"cchc_session": "x" * 43}).get(MISSING).status == 303


def test_an_assessment_that_is_not_there_is_a_page_that_says_so(browser: Browser) -> None:
    browser.sign_in("Quản trị")
    answer = browser.get(MISSING)
    assert answer.status == 404
    assert "Không tìm thấy bảng chấm" in answer.text


def test_a_session_that_has_ended_opens_nothing_any_more(browser: Browser, served: Served) -> None:
    browser.sign_in("Quản trị")
    kept = Browser(served.port, dict(browser.cookies))
    browser.post("/dang-xuat", {})
    assert kept.get(MISSING).status == 303


def test_a_file_name_is_safe_in_old_programs_and_true_in_the_others() -> None:
    header = content_disposition('Bảng "điểm"\\ Sở.xlsx')
    plain = re.search(r'filename="([^"]*)"', header)
    true_name = re.search(r"filename\*=UTF-8''(.*)$", header)
    assert plain is not None
    assert plain[1] == "Bang diem So.xlsx"
    assert true_name is not None
    assert unquote(true_name[1]) == 'Bảng "điểm"\\ Sở.xlsx'
