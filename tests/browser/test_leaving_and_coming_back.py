"""What leaves the system is right, and what was shown as saved outlives the server."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, expect

from cchc_core import scoring, workspace
from cchc_core.commands import OWNER
from cchc_core.store.verify import verify
from tests.browser.conftest import NewVisitor, running, running_blank
from tests.offices import NAM_DINH, SOC_TRANG
from tests.workbook.compare import differences
from tests.workbook.office import recalculated

pytestmark = pytest.mark.browser


def test_the_downloaded_workbook_recalculates_to_the_totals_of_the_core(tmp_path: Path, sit_down: NewVisitor) -> None:
    data_dir = tmp_path / "data"
    with running(data_dir) as server:
        tab = sit_down(server.port).enter("Cán bộ đầu mối").open()
        # The department's own, not one of the units below it.
        cards = tab.main.get_by_test_id("stVerticalBlock").filter(has_text="Quý III 2022")
        card = cards.filter(has_text="(dữ liệu mẫu)").last
        card.get_by_role("link", name="Xuất tệp").click()
        link = tab.page.get_by_role("link", name="Tải bảng điểm")
        assessment_id = str(link.get_attribute("href")).removeprefix("/xuat/").removesuffix(".xlsx")
        downloads: list[Download] = []
        # The link opens a tab of its own, which the download closes before anybody could ask it.
        tab.page.context.on("page", lambda page: page.on("download", lambda file: downloads.append(file)))
        tab.page.on("download", lambda file: downloads.append(file))
        link.click()
        while not downloads:
            tab.page.wait_for_timeout(50)
        file = tmp_path / "tải về.xlsx"
        downloads[0].save_as(file)
        assert downloads[0].suggested_filename.startswith("Bảng điểm CCHC - Sở Thông tin")
    own = workspace.open_workspace(data_dir)
    sheet = scoring.open_sheet(own.database, OWNER, assessment_id)
    own.close()
    assert sheet.rubric.id == SOC_TRANG
    assert differences(load_workbook(file, data_only=True), sheet) == []
    again = recalculated(tmp_path, {"again": load_workbook(file)})["again"]
    assert differences(load_workbook(again, data_only=True), sheet) == []


def test_what_was_shown_as_saved_is_there_after_the_server_was_killed_in_the_middle_of_a_save(
    tmp_path: Path, sit_down: NewVisitor
) -> None:
    data_dir = tmp_path / "data"
    with running_blank(data_dir) as (server, ids):
        opened = ids[NAM_DINH, "q3"]
        tab = sit_down(server.port).enter("Cán bộ đầu mối").open("cham-diem", bang=opened, lv="1")
        acknowledged = {}
        for code, level in (("1.1.1", 0), ("1.1.2", 1), ("1.2.1", 2)):
            tab.choose(code, level)
            tab.expect_saved(code)
            acknowledged[code] = level
        tab.choose("1.1.1", 2)  # nobody waits for this one
        server.kill()
        expect(tab.page.get_by_test_id("stConnectionStatus").or_(tab.page.get_by_role("dialog")).first).to_be_visible()
        server.start()
        tab.reload()
        in_flight = tab.row("1.1.1").get_by_role("radio")
        assert in_flight.nth(0).is_checked() or in_flight.nth(2).is_checked()
        for code in ("1.1.2", "1.2.1"):
            expect(tab.row(code).get_by_role("radio").nth(acknowledged[code])).to_be_checked()
        tab.choose("1.2.2", 0)
        tab.expect_saved("1.2.2")
    own = workspace.open_workspace(data_dir)
    try:
        stored = scoring.open_sheet(own.database, OWNER, opened).answers
        assert {code: json.dumps(dict(stored[code].entry_json)) for code in ("1.1.2", "1.2.1", "1.2.2")} == {
            "1.1.2": '{"level": 1}',
            "1.2.1": '{"level": 2}',
            "1.2.2": '{"level": 0}',
        }
        assert verify(own.database).findings == ()
    finally:
        own.close()
