import pytest

from server.safe_path import safe_next


@pytest.mark.parametrize("path", ["/", "/cham-diem", "/cham-diem?bang=a1&tieu_chi=I.1.2", "/bảng", "/a//b", "/@evil"])
def test_a_path_of_the_product_is_kept(path: str) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "cham-diem",
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "//[evil",
        "/" + "a" * 3000,
    ],
)
def test_what_could_lead_out_of_the_product_becomes_the_front_page(asked: str) -> None:
    assert safe_next(asked) == "/"


@pytest.mark.parametrize("asked", ["/dang-nhap", "/dang-xuat", "/dang-nhap?tiep=/dang-nhap", "/dang-nhap/"])
def test_signing_in_never_leads_back_to_signing_in_or_out(asked: str) -> None:
    assert safe_next(asked) == "/"
