"""The list to urge by as files: what the core lists, for whoever may see the department's tasks."""

import csv
import json
from io import BytesIO, StringIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from tests.offices import SOC_TRANG
from tests.server.client import Browser
from tests.server.conftest import Served

YEAR = 2022


@pytest.fixture
def department(browser: Browser) -> str:
    """The id of the sample's department."""
    return str(json.loads(browser.get("/thu/so").content))


def _path(department: str, ending: str = "csv") -> str:
    return f"/viec-can-lam-tep/{department}/{YEAR}/don-doc.{ending}"


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_without_a_session_the_way_leads_over_signing_in_and_back(browser: Browser, department: str) -> None:
    answer = browser.get(f"{_path(department)}?bang=x")
    assert answer.status == 303
    assert answer.headers["location"].startswith(f"/dang-nhap?tiep={_path(department)}")
    assert answer.headers["cache-control"] == "no-store"


def test_the_list_comes_in_both_forms_with_the_same_tasks(browser: Browser, department: str) -> None:
    browser.sign_in("Lãnh đạo")
    as_csv, as_xlsx = (browser.get(_path(department, ending)) for ending in ("csv", "xlsx"))
    assert (as_csv.status, as_xlsx.status) == (200, 200)
    header, *rows = _rows(as_csv.content)
    assert header[:3] == ["Phòng, đơn vị", "Mã", "Nhiệm vụ"]
    assert rows
    (sheet,) = load_workbook(BytesIO(as_xlsx.content)).worksheets
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {row[2] for row in rows if row[2]} <= cells
    for answer, ending in ((as_csv, "csv"), (as_xlsx, "xlsx")):
        name = unquote(answer.headers["content-disposition"])
        assert name.endswith(f" - {YEAR}.{ending}")
        assert "Đôn đốc nhiệm vụ - Sở Thông tin và Truyền thông" in name
        assert answer.headers["cache-control"] == "no-store"


def test_a_room_gets_its_own_tasks_alone(browser: Browser, department: str) -> None:
    browser.sign_in("Cán bộ đầu mối")
    everything = _rows(browser.get(_path(department)).content)[1:]
    browser.sign_in("Phòng")
    own = _rows(browser.get(_path(department)).content)[1:]
    rooms = {row[0] for row in own if row[2]}
    assert rooms == {"Văn phòng Sở"}
    assert len(own) < len(everything)


def test_the_points_are_those_of_the_assessment_that_is_named(browser: Browser, department: str) -> None:
    browser.sign_in("Cán bộ đầu mối")
    opened = json.loads(browser.get("/thu/bang").content)[f"{SOC_TRANG} q1"]
    answer = browser.get(f"{_path(department)}?bang={opened}")
    assert answer.status == 200
    assert _rows(answer.content)[0][-1] == "Điểm chưa đạt"


def test_an_appraiser_gets_nothing_and_the_refusal_is_logged(browser: Browser, served: Served, department: str) -> None:
    browser.sign_in("Thẩm định")
    answer = browser.get(_path(department))
    assert answer.status == 403
    assert "Không có quyền tải danh sách" in answer.text
    assert f"refused urging department={department} user=" in served.log()


@pytest.mark.parametrize("path", ["khong-co/2022/don-doc.csv", "{department}/20x2/don-doc.csv"])
def test_what_is_not_there_is_a_page_that_says_so(browser: Browser, department: str, path: str) -> None:
    browser.sign_in("Quản trị")
    answer = browser.get(f"/viec-can-lam-tep/{path.format(department=department)}")
    assert answer.status == 404
    assert "Về trang Việc cần làm" in answer.text
    hostile = browser.get("/viec-can-lam-tep/%3Cimg%20src=x%3E/2022/don-doc.csv")
    assert hostile.status == 404
    assert "<img" not in hostile.text
