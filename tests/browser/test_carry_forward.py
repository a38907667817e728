"""A period starts from the last one: carried forward in one browser, confirmed there and seen in another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cchc_core import scoring, workspace
from cchc_core.commands import OWNER
from cchc_core.store.verify import verify
from cchc_core.unconfirmed import unconfirmed
from tests.browser.conftest import NewVisitor, Server, running_blank
from tests.browser.desk import PHONE, Tab
from tests.offices import NAM_DINH

pytestmark = pytest.mark.browser

# Two of section 1, one of section 2; all levels, 0 is the best one.
ANSWERS = {"1.1.1": 0, "1.1.2": 1, "2.1.1": 0}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Server, dict[tuple[str, str], str]]]:
    with running_blank(tmp_path / "data") as place:
        yield place


def _answer_the_first_quarter(tab: Tab, assessment_id: str) -> None:
    for section in ("1", "2"):
        tab.open("cham-diem", bang=assessment_id, lv=section)
        for code, level in ANSWERS.items():
            if code.startswith(section):
                tab.choose(code, level)
                tab.expect_saved(code)


def _button(tab: Tab, name: str) -> None:
    tab.main.get_by_role("button", name=name).click()


def test_what_is_carried_and_confirmed_in_one_browser_is_seen_in_another_and_told_to_who_comes_second(
    served: tuple[Server, dict[tuple[str, str], str]], sit_down: NewVisitor
) -> None:
    server, ids = served
    officer = sit_down(server.port).enter("Cán bộ đầu mối")
    _answer_the_first_quarter(officer, ids[NAM_DINH, "q1"])

    # The half year is opened from the first page, carried from the first quarter without anybody choosing it.
    officer.open()
    expect(officer.main.get_by_text("Kết chuyển từ", exact=True)).to_be_visible()
    _button(officer, "Mở bảng chấm điểm")
    expect(officer.main).to_contain_text("Đã chép 3 kết quả từ Quý I 2024, chờ xác nhận.")
    expect(officer.totals).to_contain_text("chưa xác nhận 2 tiêu chí (1,5000 điểm minh hoạ)")
    expect(officer.totals).to_contain_text("chưa xác nhận 3 tiêu chí (2,5000 điểm minh hoạ)")
    expect(officer.row("1.1.1")).to_contain_text("chép từ Quý I 2024")
    expect(officer.row("1.1.1").get_by_role("radio").nth(0)).to_be_checked()
    half = officer.page.url.rpartition("bang=")[2].partition("&")[0]

    room = sit_down(server.port, PHONE).enter("Phòng").open("cham-diem", bang=half, lv="1")
    leader = sit_down(server.port).enter("Lãnh đạo").open("cham-diem", bang=half, lv="1")
    expect(leader.row("1.1.1")).to_contain_text("Chưa xác nhận")
    expect(leader.main.get_by_role("button", name="Xác nhận")).to_have_count(0)

    # One criterion: its row and the counts follow, the row below still waits.
    officer.press("1.1.1", "Xác nhận")
    expect(officer.row("1.1.1")).not_to_contain_text("Chưa xác nhận")
    officer.expect_saved("1.1.1")
    expect(officer.totals).to_contain_text("chưa xác nhận 1 tiêu chí (0,5000 điểm minh hoạ)")
    expect(officer.main.get_by_role("button", name="Xác nhận 1 tiêu chí của lĩnh vực này")).to_be_visible()
    expect(officer.row("1.1.2")).to_contain_text("Chưa xác nhận")
    expect(leader.reload().row("1.1.1")).not_to_contain_text("Chưa xác nhận")

    # The room still sees the button, and is told who was first.
    room.press("1.1.1", "Xác nhận")
    expect(room.row("1.1.1")).to_contain_text("Đã được xác nhận hoặc sửa từ trước: 1.1.1 (Cán bộ đầu mối (dùng thử))")
    expect(room.row("1.1.1")).not_to_contain_text("Chưa xác nhận")

    # The rest of the section, then what is left of the set, which is less by now than when its button was drawn.
    _button(room, "Xác nhận 1 tiêu chí của lĩnh vực này")
    expect(room.main).to_contain_text("Đã xác nhận 1 tiêu chí.")
    expect(room.totals).to_contain_text("chưa xác nhận 1 tiêu chí (1,0000 điểm minh hoạ)")
    _button(officer, "Xác nhận cả 2 tiêu chí của bảng")
    expect(officer.main).to_contain_text("1 tiêu chí trong số này ở lĩnh vực khác, không hiện trên trang này.")
    _button(officer, "Đã xem hết, xác nhận cả 1 tiêu chí")
    expect(officer.main).to_contain_text("Đã xác nhận 1 tiêu chí.")
    expect(officer.totals).not_to_contain_text("chưa xác nhận")
    for tab in (officer, room, leader):
        assert tab.complaints == []
    server.stop()

    own = workspace.open_workspace(server.data_dir)
    try:
        sheet = scoring.open_sheet(own.database, OWNER, half)
        assert {code: answer.entry_json["level"] for code, answer in sheet.answers.items()} == ANSWERS
        assert unconfirmed(sheet).count == 0
        assert verify(own.database).findings == ()
    finally:
        own.close()


def test_two_who_confirm_at_the_same_moment_confirm_once(
    served: tuple[Server, dict[tuple[str, str], str]], sit_down: NewVisitor
) -> None:
    server, ids = served
    officer = sit_down(server.port).enter("Cán bộ đầu mối")
    _answer_the_first_quarter(officer, ids[NAM_DINH, "q1"])
    third = ids[NAM_DINH, "q3"]
    officer.open("cham-diem", bang=third, lv="1")
    officer.main.get_by_text("Kết chuyển từ kỳ trước").click()
    officer.main.get_by_role("button", name="Kết chuyển", exact=True).click()
    expect(officer.main).to_contain_text("Đã chép 3 kết quả từ Quý I 2024")
    room = sit_down(server.port).enter("Phòng").open("cham-diem", bang=third, lv="1")
    # Two dispatched clicks, with no waiting between them for what the first one does.
    for tab in (officer, room):
        tab.main.get_by_role("button", name="Xác nhận 2 tiêu chí của lĩnh vực này").dispatch_event("click")
    for tab in (officer, room):
        expect(tab.main.get_by_test_id("stAlert").filter(has_text="xác nhận").first).to_be_visible()
    told = [tab.main.get_by_test_id("stAlert").filter(has_text="xác nhận").last.inner_text() for tab in (officer, room)]
    assert sorted("Đã xác nhận 2 tiêu chí." in text for text in told) == [False, True]
    assert sorted("Đã được xác nhận hoặc sửa từ trước: 1.1.1" in text for text in told) == [False, True]
