"""The first day: nothing is there yet, or only sample data."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor, running
from tests.browser.desk import choose

pytestmark = pytest.mark.browser


def test_from_nothing_to_the_first_scored_criterion(tmp_path: Path, sit_down: NewVisitor) -> None:
    with running(tmp_path / "data", "--no-sample") as server:
        tab = sit_down(server.port).sign_in("Cán bộ đầu mối")
        expect(tab.main).not_to_contain_text("DỮ LIỆU MẪU")
        tab.page.get_by_label("Tên đơn vị").fill("Sở Thông tin và Truyền thông")
        tab.page.get_by_label("Các phòng").fill("Văn phòng Sở\nThanh tra Sở")
        tab.page.get_by_role("button", name="Tạo đơn vị").click()
        expect(tab.main).to_contain_text("Đã tạo đơn vị Sở Thông tin và Truyền thông")
        choose(tab.settle().page.get_by_label("Bộ tiêu chí"), "2022")
        choose(tab.settle().page.get_by_label("Kỳ", exact=True), "Quý III")
        tab.settle()
        tab.page.get_by_role("button", name="Mở bảng chấm điểm").click()
        tab.page.get_by_role("heading", level=1, name="Chấm điểm", exact=True).wait_for()
        tab.write("I.1.2", "Tử số", "18")
        tab.write("I.1.2", "Mẫu số", "20")
        tab.expect_saved("I.1.2")
        tab.expect_points("I.1.2", "0,9000")
        tab.reload().expect_points("I.1.2", "0,9000")
        assert tab.complaints == []


def test_the_sample_is_left_with_one_click_and_the_session_goes_on(tmp_path: Path, sit_down: NewVisitor) -> None:
    with running(tmp_path / "data") as server:
        officer = sit_down(server.port)
        tab = officer.sign_in("Cán bộ đầu mối")
        watching = officer.tab().open("bang-diem")
        tab.page.get_by_role("button", name="Bỏ dữ liệu mẫu").click()
        expect(tab.main).to_contain_text("Bước 1: khai báo đơn vị")
        expect(tab.main).not_to_contain_text("DỮ LIỆU MẪU")
        tab.reload()
        expect(tab.main).to_contain_text("Bước 1: khai báo đơn vị")
        expect(watching.main).not_to_contain_text("Tổng điểm")
        assert tab.complaints == []
        server.stop()
        server.start()
        expect(tab.reload().main).to_contain_text("Bước 1: khai báo đơn vị")
