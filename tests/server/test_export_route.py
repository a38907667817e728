import json
import re
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from cchc_core.control import CannotWrite, CommandRefused, export_workbook, send_command
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


@pytest.fixture
def assessments(browser: Browser) -> dict[str, str]:
    """The ids of the sample's assessments, by criteria set and period."""
    listed: dict[str, str] = json.loads(browser.get("/thu/bang").content)
    return listed


def test_whoever_is_signed_in_gets_the_workbook_and_nobody_keeps_it(
    browser: Browser, assessments: dict[str, str]
) -> None:
    browser.sign_in("Cán bộ đầu mối")
    answer = browser.get(f"/xuat/{assessments['soctrang-tttt-2022 q3']}.xlsx")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert 'attachment; filename="Bang diem CCHC - So Thong tin' in answer.headers["content-disposition"]
    assert load_workbook(BytesIO(answer.content)).sheetnames


def test_an_appraiser_gets_no_workbook_before_it_is_handed_in(browser: Browser, assessments: dict[str, str]) -> None:
    browser.sign_in("Thẩm định")
    answer = browser.get(f"/xuat/{assessments['soctrang-tttt-2022 q3']}.xlsx")
    assert answer.status == 403
    assert "Không có quyền" in answer.text


def test_the_log_tells_who_took_which_workbook(browser: Browser, served: Served, assessments: dict[str, str]) -> None:
    browser.sign_in("Lãnh đạo")
    assessment_id = assessments["soctrang-tttt-2022 q1"]
    browser.get(f"/xuat/{assessment_id}.xlsx")
    assert f"exported assessment={assessment_id} user=" in served.log()


def test_the_command_line_exports_through_the_running_server(served: Served, tmp_path: Path) -> None:
    out = tmp_path / "bảng.xlsx"
    export_workbook(served.data_dir, out, rubric="soctrang-tttt-2022", unit="Sở Thông tin", period="q3")
    assert load_workbook(out).sheetnames
    assert list(tmp_path.iterdir()) == [out]


def test_a_command_that_names_nothing_lists_what_there_is(served: Served, tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match=r"Quý III \(q3\)"):
        export_workbook(
            served.data_dir, tmp_path / "a.xlsx", rubric="soctrang-tttt-2022", unit="Sở Thông tin", period="q9"
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("out", "why"), [("không có/a.xlsx", "thư mục không tồn tại"), ("thư mục", "đã có thư mục mang tên này")]
)
def test_a_file_that_cannot_be_written_says_why(served: Served, tmp_path: Path, out: str, why: str) -> None:
    (tmp_path / "thư mục").mkdir()
    with pytest.raises(CannotWrite, match=why):
        export_workbook(served.data_dir, tmp_path / out, rubric="soctrang-tttt-2022", unit="Sở Thông tin", period="q3")
    assert [path.name for path in tmp_path.iterdir()] == ["thư mục"]


def test_a_command_without_its_arguments_says_which(served: Served) -> None:
    with pytest.raises(CommandRefused, match="--rubric"):
        send_command(served.control, "export", {})
