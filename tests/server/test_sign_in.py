import pytest
from starlette.requests import Request
from starlette.responses import Response

from server.cookies import put_cookie
from tests.server.client import Browser, buttons, hidden_fields
from tests.server.conftest import Served

ROLES = ["Cán bộ đầu mối", "Phòng", "Lãnh đạo", "Thẩm định", "Quản trị"]


def test_the_page_offers_the_five_roles_in_the_order_of_the_work(browser: Browser) -> None:
    answer = browser.get("/dang-nhap")
    assert answer.status == 200
    assert list(buttons(answer.text)) == ROLES
    assert "<script" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("role", ROLES)
def test_one_click_signs_a_role_in_and_leads_on(browser: Browser, role: str) -> None:
    answer = browser.sign_in(role, "/cham-diem?tieu_chi=I.1.2")
    assert (answer.status, answer.headers["location"]) == (303, "/cham-diem?tieu_chi=I.1.2")
    assert "Bạn đang đăng nhập là" in browser.get("/dang-xuat").text


def test_no_script_can_read_the_cookie_and_no_other_site_can_use_it(browser: Browser) -> None:
    line = browser.sign_in("Quản trị").cookies()["cchc_session"].casefold()
    assert "httponly" in line
    assert "samesite=lax" in line
    assert "secure" not in line


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_cookie_of_https_never_travels_in_the_clear(scheme: str) -> None:
    response = Response()
    request = Request({"type": "http", "scheme": scheme, "path": "/", "headers": [(b"host", b"localhost")]})
    put_cookie(request, response, "cchc_session", "t", "lax")
    assert ("secure" in response.headers["set-cookie"].casefold()) == (scheme == "https")


@pytest.mark.parametrize("asked", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example"])
def test_signing_in_never_redirects_to_another_site(browser: Browser, asked: str) -> None:
    assert browser.sign_in("Quản trị", asked).headers["location"] == "/"


@pytest.mark.parametrize("asked", ["//evil.example/", "https://evil.example/"])
def test_a_forged_target_in_the_form_itself_is_not_followed(browser: Browser, asked: str) -> None:
    page = browser.get("/dang-nhap").text
    fields = {**hidden_fields(page), "nguoi_dung": buttons(page)["Quản trị"], "tiep": asked}
    assert browser.post("/dang-nhap", fields).headers["location"] == "/"


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_a_form_without_the_right_token_is_refused(browser: Browser, token: str) -> None:
    page = browser.get("/dang-nhap").text
    answer = browser.post("/dang-nhap", {"ma": token, "nguoi_dung": buttons(page)["Quản trị"]})
    assert answer.status == 403
    assert "cchc_session" not in browser.cookies


def test_a_form_without_the_cookie_is_refused(browser: Browser) -> None:
    page = browser.get("/dang-nhap").text
    browser.cookies.clear()
    answer = browser.post("/dang-nhap", {**hidden_fields(page), "nguoi_dung": buttons(page)["Quản trị"]})
    assert answer.status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:1", "null", "https://localhost"])
def test_a_form_of_another_origin_is_refused_even_with_the_right_token(browser: Browser, origin: str) -> None:
    page = browser.get("/dang-nhap").text
    fields = {**hidden_fields(page), "nguoi_dung": buttons(page)["Quản trị"]}
    assert browser.post("/dang-nhap", fields, origin=origin).status == 403
    assert browser.post("/dang-nhap", fields, sec_fetch_site="same-site").status == 403


def test_nobody_becomes_a_user_who_has_no_button(browser: Browser) -> None:
    page = browser.get("/dang-nhap").text
    answer = browser.post("/dang-nhap", {**hidden_fields(page), "nguoi_dung": "không có"})
    assert answer.status == 400
    assert "cchc_session" not in browser.cookies


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_host_name_is_refused_with_a_reason(browser: Browser, method: str) -> None:
    answer = browser.send(method, "/dang-nhap", b"", {"host": "evil.example"})
    assert answer.status == 403
    assert "chỉ mở trên chính máy đang chạy chương trình" in answer.text


def test_a_caller_behind_a_proxy_is_refused(browser: Browser) -> None:
    assert browser.get("/dang-nhap", x_forwarded_for="203.0.113.5").status == 403


def test_a_form_that_is_far_too_long_is_refused(browser: Browser) -> None:
    browser.get("/dang-nhap")
    assert browser.post("/dang-nhap", {"ma": "x" * 20_000}).status == 403


def test_signing_out_ends_this_session_and_no_other(browser: Browser, served: Served) -> None:
    other = Browser(served.port)
    browser.sign_in("Quản trị")
    other.sign_in("Quản trị")
    stolen = Browser(served.port, dict(browser.cookies))
    answer = browser.post("/dang-xuat", hidden_fields(browser.get("/dang-xuat").text))
    assert (answer.status, answer.headers["location"]) == (303, "/dang-nhap")
    assert "cchc_session" not in browser.cookies
    assert stolen.get("/dang-xuat").status == 303
    assert other.get("/dang-xuat").status == 200


def test_another_site_cannot_sign_anybody_out(browser: Browser) -> None:
    browser.sign_in("Quản trị")
    assert browser.post("/dang-xuat", {}, origin="http://evil.example").status == 403
    assert browser.get("/dang-xuat").status == 200


def test_a_page_of_ours_signs_out_with_one_click(browser: Browser) -> None:
    browser.sign_in("Quản trị")
    assert browser.post("/dang-xuat", {}).status == 303
    assert browser.get("/dang-xuat").headers["location"] == "/dang-nhap"


def test_signing_in_again_ends_the_session_before(browser: Browser, served: Served) -> None:
    browser.sign_in("Quản trị")
    earlier = Browser(served.port, dict(browser.cookies))
    browser.sign_in("Lãnh đạo")
    assert earlier.get("/dang-xuat").status == 303


def test_the_log_names_who_signed_in_but_never_the_token(browser: Browser, served: Served) -> None:
    browser.sign_in("Quản trị")
    assert "signed in user=" in served.log()
    assert browser.cookies["cchc_session"] not in served.log()
