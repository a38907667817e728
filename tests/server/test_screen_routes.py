import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from server.screen_codes import LETTERS, MOST_WRONG
from tests.server.client import Browser, hidden_fields
from tests.server.conftest import Served

MAY_OPEN = ["Cán bộ đầu mối", "Lãnh đạo", "Quản trị"]
ENTRY = "/man-hinh/nhan"


@pytest.fixture
def bang(browser: Browser) -> str:
    """The id of an assessment of the sample."""
    return str(json.loads(browser.get("/thu/bang").content)["soctrang-tttt-2022 q3"])


@pytest.fixture
def leader(served: Served, bang: str) -> Iterator[Browser]:
    """A leader's browser; the screens that a test leaves open end with it."""
    browser = Browser(served.port)
    browser.sign_in("Lãnh đạo")
    yield browser
    _press(browser, bang, "tat")


@pytest.fixture
def television(served: Served) -> Browser:
    return Browser(served.port)


def _press(browser: Browser, bang: str, task: str, **instead: str) -> tuple[int, str, str]:
    """Press a button of the page; give status, text and where it leads."""
    page = browser.get(f"/man-hinh?bang={bang}").text
    answer = browser.post("/man-hinh", {**hidden_fields(page), "viec": task, **instead})
    return answer.status, answer.text, answer.headers.get("location", "")


def _code(browser: Browser, bang: str) -> str:
    found = re.search(r'<strong class="code">([^<]*)</strong>', _press(browser, bang, "ti-vi")[1])
    assert found is not None
    return found[1]


def _type(television: Browser, code: str, **instead: str) -> tuple[int, str, str]:
    page = television.get(ENTRY).text
    answer = television.post(ENTRY, {**hidden_fields(page), "ma_man_hinh": code, **instead})
    return answer.status, answer.text, answer.headers.get("location", "")


@pytest.mark.parametrize("role", MAY_OPEN)
def test_the_page_offers_this_machine_a_television_and_the_end(browser: Browser, bang: str, role: str) -> None:
    browser.sign_in(role)
    answer = browser.get(f"/man-hinh?bang={bang}")
    assert answer.status == 200
    for words in ("Mở trên máy này", "Mở trên ti vi", "Tắt mọi màn hình", "Quý III 2022", "12 giờ"):
        assert words in answer.text
    assert "<script" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_signed_out_the_way_leads_over_signing_in_and_back(browser: Browser, bang: str) -> None:
    answer = browser.get(f"/man-hinh?bang={bang}")
    assert answer.status == 303
    wanted = f"/man-hinh?bang={bang}"
    assert browser.sign_in("Lãnh đạo", wanted).headers["location"] == wanted
    assert browser.get(answer.headers["location"]).status == 200


@pytest.mark.parametrize("role", ["Phòng", "Thẩm định"])
@pytest.mark.parametrize("task", [None, "may-nay", "ti-vi", "tat"])
def test_who_may_not_open_a_screen_is_told_so(browser: Browser, bang: str, role: str, task: str | None) -> None:
    browser.sign_in(role)
    fields = {**hidden_fields(browser.get(ENTRY).text), "bang": bang, "viec": task or ""}
    answer = browser.post("/man-hinh", fields) if task else browser.get(f"/man-hinh?bang={bang}")
    assert answer.status == 403
    assert "không được mở màn hình lớn" in answer.text
    assert "cchc_screen" not in answer.cookies()


@pytest.mark.parametrize("unknown", ["", "khong-co", "0" * 16])
def test_an_assessment_that_is_not_there_is_a_page_that_says_so(leader: Browser, unknown: str) -> None:
    answer = leader.get(f"/man-hinh?{urlencode({'bang': unknown})}")
    assert answer.status == 404
    assert "Không tìm thấy bảng chấm" in answer.text


def test_on_this_machine_one_click_opens_the_screen(leader: Browser, bang: str) -> None:
    page = leader.get(f"/man-hinh?bang={bang}").text
    answer = leader.post("/man-hinh", {**hidden_fields(page), "viec": "may-nay"})
    assert (answer.status, answer.headers["location"]) == (303, f"/man-hinh-lon?bang={bang}")
    line = answer.cookies()["cchc_screen"].casefold()
    assert "httponly" in line
    assert "samesite=lax" in line
    assert "cchc_session" not in answer.cookies()
    assert "Đang mở 1 màn hình" in leader.get(f"/man-hinh?bang={bang}").text


def test_opening_it_again_in_the_same_browser_leaves_one_screen(leader: Browser, bang: str) -> None:
    for _ in range(3):
        _press(leader, bang, "may-nay")
    assert "Đang mở 1 màn hình" in leader.get(f"/man-hinh?bang={bang}").text


def test_a_television_is_let_in_by_its_code_once_and_bears_no_person_s_session(
    leader: Browser, television: Browser, served: Served, bang: str
) -> None:
    code = _code(leader, bang)
    assert re.fullmatch(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", code)
    status, _, leads_to = _type(television, code.lower())
    assert (status, leads_to) == (303, f"/man-hinh-lon?bang={bang}")
    assert set(television.cookies) == {"cchc_form", "cchc_screen"}
    again, said, _ = _type(Browser(served.port), code)
    assert again == 403
    assert "Mã không đúng hoặc đã hết hạn" in said
    assert code not in served.log()


def test_the_page_with_the_code_tells_the_address_to_type(leader: Browser, bang: str) -> None:
    text = _press(leader, bang, "ti-vi")[1]
    assert f"http://localhost:{leader.port}{ENTRY}" in text
    assert "--address 0.0.0.0" in text


def test_a_screen_s_cookie_opens_nothing_but_its_page(leader: Browser, television: Browser, bang: str) -> None:
    _type(television, _code(leader, bang))
    token = television.cookies["cchc_screen"]
    for cookies in ({"cchc_screen": token}, {"cchc_session": token}, {"cchc_screen": token, "cchc_session": token}):
        forged = Browser(television.port, cookies)
        assert forged.get(f"/xuat/{bang}.xlsx").headers["location"].startswith("/dang-nhap")
        assert forged.get(f"/man-hinh?bang={bang}").headers["location"].startswith("/dang-nhap")
        assert forged.get("/dang-xuat").headers["location"] == "/dang-nhap"


def test_ending_all_screens_ends_the_codes_too(leader: Browser, television: Browser, bang: str) -> None:
    _press(leader, bang, "may-nay")
    code = _code(leader, bang)
    status, said, _ = _press(leader, bang, "tat")
    assert (status, "1 màn hình của đơn vị đã tắt" in said) == (200, True)
    assert _type(television, code)[0] == 403
    assert "không có màn hình nào" in leader.get(f"/man-hinh?bang={bang}").text
    assert "Không có màn hình nào đang mở" in _press(leader, bang, "tat")[1]


@pytest.mark.parametrize("task", ["", "khac"])
def test_a_form_that_asks_for_nothing_known_does_nothing(leader: Browser, bang: str, task: str) -> None:
    assert _press(leader, bang, task)[0] == 400


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_forms_without_the_right_token_are_refused(leader: Browser, television: Browser, bang: str, token: str) -> None:
    for task in ("may-nay", "ti-vi", "tat"):
        status, said, _ = _press(leader, bang, task, ma=token)
        assert (status, "Biểu mẫu đã cũ" in said) == (403, True)
    assert _type(television, _code(leader, bang), ma=token)[0] == 403


def test_a_form_that_is_far_too_long_is_refused(television: Browser) -> None:
    assert _type(television, "x" * 20_000)[0] == 403


def test_signed_out_a_form_opens_nothing(leader: Browser, bang: str) -> None:
    fields = hidden_fields(leader.get(f"/man-hinh?bang={bang}").text)
    person = leader.cookies.pop("cchc_session")
    answer = leader.post("/man-hinh", {**fields, "viec": "may-nay"})
    leader.cookies["cchc_session"] = person
    assert answer.headers["location"].startswith("/dang-nhap")
    assert "cchc_screen" not in answer.cookies()


def test_a_sender_of_many_wrong_codes_is_stopped(leader: Browser, television: Browser, bang: str) -> None:
    page = television.get(ENTRY).text
    # From an address of its own, so that the other tests' televisions are not stopped with it.
    statuses = [_type_from("127.0.0.9", television, page, f"2222222{letter}") for letter in LETTERS[:MOST_WRONG]]
    assert set(statuses) == {403}
    assert _type_from("127.0.0.9", television, page, _code(leader, bang)) == 429


def _type_from(address: str, television: Browser, page: str, code: str) -> int:
    connection = HTTPConnection("127.0.0.1", television.port, timeout=30, source_address=(address, 0))
    headers = {
        "host": f"localhost:{television.port}",
        "content-type": "application/x-www-form-urlencoded",
        "origin": f"http://localhost:{television.port}",
        "cookie": f"cchc_form={television.cookies['cchc_form']}",
    }
    try:
        connection.request("POST", ENTRY, urlencode({**hidden_fields(page), "ma_man_hinh": code}), headers)
        return connection.getresponse().status
    finally:
        connection.close()
