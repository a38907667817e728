"""Documents met by files that nobody should keep, and by people of another department who know an address."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from cchc_core.permissions import Role
from tests.browser.conftest import NewVisitor
from tests.browser.desk import Tab
from tests.browser.office_papers import ABSTRACT, BAD_FILES, DAY, NUMBER, PAPER_NAME, PDF_TYPE, signed_plan
from tests.browser.proving import Department, put_in, running_department

pytestmark = pytest.mark.browser


@pytest.fixture
def department(tmp_path: Path) -> Iterator[Department]:
    with running_department(tmp_path / "data") as served:
        yield served


def test_files_that_nobody_should_keep_are_refused_with_their_reasons_and_the_next_one_is_taken(
    department: Department, sit_down: NewVisitor, chromium: Browser
) -> None:
    tab = _open_documents(department, sit_down)
    expect(tab.main).to_contain_text("Năm này chưa có tài liệu nào")
    put_in(tab.main, "Thả tệp vào đây", *((name, PDF_TYPE, content) for name, content, _ in BAD_FILES))
    for name, _, reason in BAD_FILES:
        expect(tab.page.get_by_test_id("stAlert").filter(has_text=name)).to_contain_text(reason)
    tab.settle()
    expect(tab.main).to_contain_text("Năm này chưa có tài liệu nào")
    assert not any(path.is_file() for path in (department.server.data_dir / "files").rglob("*"))
    put_in(tab.main, "Thả tệp vào đây", (PAPER_NAME, PDF_TYPE, signed_plan(chromium)))
    expect(tab.main).to_contain_text("Xem lại thông tin của 1 tài liệu vừa thêm")
    expect(tab.page.get_by_test_id("stAlert")).to_have_count(0)
    tab.page.get_by_role("button", name="Xác nhận và lưu").click()
    expect(tab.main).to_contain_text(f"Đã lưu: Kế hoạch số {NUMBER} ngày {DAY}")
    expect(tab.reload().main).to_contain_text("1 tài liệu")
    assert tab.complaints == []


@pytest.mark.parametrize("role", [Role.LEADER, Role.ROOM])
def test_a_document_is_not_opened_by_its_address_from_another_department_and_that_is_logged(
    department: Department, sit_down: NewVisitor, chromium: Browser, role: Role
) -> None:
    tab = _open_documents(department, sit_down)
    put_in(tab.main, "Thả tệp vào đây", (PAPER_NAME, PDF_TYPE, signed_plan(chromium)))
    tab.page.get_by_role("button", name="Xác nhận và lưu").click()
    tab.page.get_by_role("link", name=f"Đã lưu: Kế hoạch số {NUMBER}").click()
    expect(tab.page.get_by_role("heading", level=1)).to_contain_text(NUMBER)
    tab.settle()
    document_id = parse_qs(urlsplit(tab.page.url).query)["td"][0]
    file_path = str(tab.page.get_by_role("link", name="Tải tệp về").get_attribute("href"))
    stranger = sit_down(department.server.port)
    seen = stranger.come_with(department.strangers[role].token).open("tai-lieu", td=document_id)
    expect(seen.page.get_by_test_id("stAlert")).to_contain_text("không được")
    expect(seen.main).not_to_contain_text(NUMBER)
    expect(seen.main).not_to_contain_text(ABSTRACT)
    assert seen.complaints == []
    answer = stranger.context.request.get(f"{stranger.base}{file_path}")
    assert answer.status == 403
    assert "Không có quyền xem tài liệu" in answer.text()
    log = (department.server.data_dir / "log" / "cchc.log").read_text("utf-8")
    page, route = f"refused document='{document_id}' user=", f"refused path={urlsplit(file_path).path} user="
    for refused in (page, route):
        assert re.search(f"WARNING .*{re.escape(refused)}{department.strangers[role].id} why=NotAllowedInOffice", log)


def _open_documents(department: Department, sit_down: NewVisitor) -> Tab:
    tab = sit_down(department.server.port).enter("Cán bộ đầu mối").open("tai-lieu", bang=department.assessment_id)
    tab.page.get_by_text("Thêm tài liệu: tải tệp lên hoặc dán liên kết").click()
    return tab
