"""A province's new set: from its workbook with three errors to a scored year, and a room's slip that comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cchc_core import scoring, workspace
from cchc_core.permissions import Role
from cchc_core.store import users
from tests.browser.conftest import NewVisitor, Server, running
from tests.browser.desk import Tab, choose
from tests.browser.new_set_files import PLANTED, SHEET_TYPE, filled_slip, set_workbook
from tests.browser.proving import put_in

pytestmark = pytest.mark.browser

TITLE = "Bộ tiêu chí cải cách hành chính năm 2026"
LATE, ALL_SENT = "2. Ban hành chậm (0,5000 điểm)", "1. Gửi đủ, đúng hạn (2,0000 điểm)"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    own = workspace.open_workspace(tmp_path / "data", with_sample=False)
    admin = next(user for user in users.trial_users(own.database) if user.role is Role.ADMIN)
    scoring.create_department(own.database, admin, "Sở Nội vụ", ["Văn phòng Sở", "Phòng Cải cách hành chính"])
    own.close()
    with running(tmp_path / "data") as server:
        yield server


def test_a_new_set_comes_in_is_mended_issued_scored_and_a_rooms_slip_comes_back(
    served: Server, sit_down: NewVisitor
) -> None:
    admin = sit_down(served.port).enter("Quản trị")
    _bring_the_set_in(admin)
    _confirm_its_rules(admin)
    _issue_it(admin)
    officer, room = sit_down(served.port).enter("Cán bộ đầu mối"), sit_down(served.port).enter("Phòng")
    address = _open_an_assessment(officer)
    _score_a_section(officer)
    slip = _take_the_rooms_slip(officer, address)
    room.open("cham-diem", bang=address, lv="1")
    room.choose("1.1", 0)
    room.expect_saved("1.1")
    _bring_the_slip_back(officer, address, filled_slip(slip, {"1.1|level": LATE, "1.2|level": ALL_SENT}))
    officer.open("cham-diem", bang=address, lv="1")
    officer.expect_points("1.1", "0,5000")
    officer.expect_points("1.2", "2,0000")
    assert admin.complaints == officer.complaints == room.complaints == []


def _bring_the_set_in(tab: Tab) -> None:
    """Every planted error is named by its cell; nothing can be taken over before all are mended."""
    tab.open("bo-tieu-chi")
    tab.page.get_by_role("button", name="Đưa bộ tiêu chí mới vào").click()
    put_in(tab.settle().main, "Tệp bộ tiêu chí", ("bac-an.xlsx", SHEET_TYPE, set_workbook(is_broken=True)))
    expect(tab.main).to_contain_text("CHƯA ĐƯA VÀO. Có 3 chỗ cần sửa")
    for row, column, _ in PLANTED:
        expect(tab.main).to_contain_text(f"Trang tính «Phụ lục», dòng {row}, cột {column}")
    expect(tab.page.get_by_role("button", name="Tạo bản soạn")).to_have_count(0)
    put_in(tab.main, "Tệp bộ tiêu chí", ("bac-an.xlsx", SHEET_TYPE, set_workbook()))
    expect(tab.main).to_contain_text("Đọc được 2 lĩnh vực, 4 tiêu chí, không có lỗi nào.")
    tab.settle()
    expect(tab.page.get_by_label("Tên bộ tiêu chí")).to_have_value(TITLE)
    expect(tab.page.get_by_label("Cơ quan áp dụng hoặc ban hành")).to_have_value("UBND tỉnh Bắc An")
    tab.page.get_by_role("button", name="Tạo bản soạn").click()
    expect(tab.main).to_contain_text("Đã tạo bản soạn.")
    expect(tab.settle().main).to_contain_text("2 · Cách tính (4 chờ xác nhận)")


def _confirm_its_rules(tab: Tab) -> None:
    """Each rule stands beside the print; one is put right by hand, the others are confirmed."""
    tab.page.get_by_text("2 · Cách tính", exact=False).first.click()
    expect(tab.main).to_contain_text("Chờ xác nhận (4)")
    card = tab.settle().page.locator("[class*=st-key-rubric-card-]").filter(has_text="Tỷ lệ hồ sơ giải quyết đúng hạn")
    card.get_by_role("button", name="Sửa cách tính").click()
    tab.settle()
    choose(card.get_by_role("combobox", name="Cách tính"), "Theo tỷ lệ")
    tab.settle()
    card.get_by_label("Tử số: đếm cái gì").fill("Số hồ sơ giải quyết đúng hạn")
    card.get_by_label("Mẫu số: trên tổng cái gì").fill("Tổng số hồ sơ đã giải quyết")
    card.get_by_role("button", name="Lưu và xác nhận cách tính").click()
    expect(card).to_contain_text("Đã lưu cách tính.")
    tab.settle()
    tab.page.get_by_role("button", name="Đóng ô sửa").click()
    expect(tab.main).to_contain_text("Chờ xác nhận (3)")
    for left in (2, 1, 0):
        tab.settle().page.get_by_role("button", name="Xác nhận", exact=True).first.click()
        expect(tab.main).to_contain_text(f"Chờ xác nhận ({left})")


def _issue_it(tab: Tab) -> None:
    tab.settle().page.get_by_role("button", name="Sang bước 3: Kiểm tra").click()
    expect(tab.main).to_contain_text("Bộ tiêu chí ban hành được")
    tab.settle().page.get_by_role("button", name="Sang bước 4: Ban hành").click()
    tab.page.get_by_role("button", name="Ban hành phiên bản 1").click()
    expect(tab.main).to_contain_text("Đã ban hành phiên bản 1")
    expect(tab.settle().main).to_contain_text("2 lĩnh vực · 4 tiêu chí · 6,0000")


def _open_an_assessment(tab: Tab) -> str:
    tab.open()
    choose(tab.page.get_by_label("Bộ tiêu chí"), "Bắc An")
    choose(tab.settle().page.get_by_label("Kỳ", exact=True), "Quý III")
    tab.settle().page.get_by_role("button", name="Mở bảng chấm điểm").click()
    tab.page.get_by_role("heading", level=1, name="Chấm điểm", exact=True).wait_for()
    tab.settle()
    return tab.page.url.partition("bang=")[2].partition("&")[0]


def _score_a_section(tab: Tab) -> None:
    tab.open("cham-diem", bang=tab.page.url.partition("bang=")[2].partition("&")[0], lv="2")
    tab.write("2.1", "Tử số", "18")
    tab.write("2.1", "Mẫu số", "20")
    tab.expect_saved("2.1")
    tab.expect_points("2.1", "1,8000")
    tab.choose("2.2", 0)
    tab.expect_saved("2.2")
    tab.expect_points("2.2", "1,0000")


def _take_the_rooms_slip(tab: Tab, address: str) -> bytes:
    tab.open("phieu-excel", bang=address)
    choose(tab.page.get_by_label("Phiếu dành cho"), "Văn phòng Sở")
    expect(tab.settle().page.get_by_role("link", name="Tải phiếu 2 tiêu chí (.xlsx)")).to_be_visible()
    return tab.download("Tải phiếu 2 tiêu chí (.xlsx)")


def _bring_the_slip_back(tab: Tab, address: str, content: bytes) -> None:
    """One criterion was scored meanwhile: both results stand side by side until one is chosen."""
    tab.open("phieu-excel", bang=address)
    put_in(tab.main, "Tệp phiếu", ("phieu.xlsx", SHEET_TYPE, content))
    expect(tab.main).to_contain_text("1 tiêu chí đã được sửa cả trong phiếu lẫn trong phần mềm")
    take = tab.settle().page.get_by_role("button", name="Nhận 2 tiêu chí")
    expect(take).to_be_disabled()
    tab.page.get_by_test_id("stRadio").get_by_text("Giữ theo phiếu").click()
    expect(take).to_be_enabled()
    tab.settle()
    take.click()
    expect(tab.main).not_to_contain_text("CHƯA NHẬN")
    expect(tab.main).to_contain_text("Đã lưu 2 tiêu chí từ Phiếu Excel.")
