"""What-ifs and remedies in real browsers: kept by one person, shared by link with another, compared."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from cchc_core.rubric_files import read_rubric
from cchc_core.rules.answers import read_entry
from cchc_core.rules.decimals import format_points
from cchc_core.rules.scoring import PeriodView, score
from cchc_core.totals import total_rubric
from cchc_core.what_if import Raw
from tests.browser.conftest import NewVisitor, running_blank
from tests.browser.desk import PHONE, Tab
from tests.offices import NAM_DINH, SOC_TRANG

pytestmark = pytest.mark.browser

Ids = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Ids]]:
    with running_blank(tmp_path_factory.mktemp("what-if")) as (server, ids):
        yield server.port, ids


def _points(answers: dict[str, Raw]) -> str:
    rubric = read_rubric(SOC_TRANG)
    period = PeriodView("q3", is_provisional=True, reached=frozenset({"q1", "h1", "q3"}))
    entries = {code: read_entry(rubric.criterion(code).scored, answer) for code, answer in answers.items()}
    scores = {leaf.code: score(leaf.scored, entries.get(leaf.code), period) for leaf in rubric.leaves}
    return format_points(total_rubric(rubric, scores).total.points)


def _pick(tab: Tab, code: str) -> None:
    box = tab.main.get_by_label("Tiêu chí muốn thử")
    box.fill(code)
    tab.page.get_by_role("option", name=f"{code} ·").first.click()
    tab.main.get_by_role("button", name="Thử", exact=True).click()
    tab.row(code).wait_for()


def _keep(tab: Tab, name: str) -> str:
    """Keep what is tried under a name, and give the address that the page offers to share."""
    tab.settle()
    tab.main.get_by_label("Tên phương án").fill(name)
    tab.main.get_by_role("button", name="Lưu phương án", exact=True).click()
    expect(tab.main).to_contain_text(f"Đã lưu phương án {name}.")
    tab.settle()
    return tab.main.get_by_test_id("stCode").inner_text().strip()


def test_a_trial_is_kept_shared_by_link_and_compared_by_another_person(
    served: tuple[int, Ids], sit_down: NewVisitor
) -> None:
    port, ids = served
    opened = ids[SOC_TRANG, "q3"]
    officer = sit_down(port).enter("Cán bộ đầu mối").open("thu-diem", bang=opened)
    _pick(officer, "I.1.6")
    officer.write("I.1.6", "Số trường hợp", "1")
    one = _points({"I.1.6": {"count": 1}})
    expect(officer.totals).to_contain_text(f"thử {one} điểm")
    first = _keep(officer, "Chậm một nhiệm vụ")
    officer.main.get_by_role("button", name="Thôi phương án này").click()
    expect(officer.main).to_contain_text("Chưa thử gì")
    _pick(officer, "I.1.4.2")
    officer.choose("I.1.4.2", 0)
    two = _points({"I.1.4.2": {"level": 0}})
    expect(officer.totals).to_contain_text(f"thử {two} điểm")
    _keep(officer, "Đủ tin bài")

    leader = sit_down(port, PHONE).enter("Lãnh đạo")
    leader.page.goto(first)
    leader.settle()
    expect(leader.main).to_contain_text("Phương án Chậm một nhiệm vụ")
    expect(leader.totals).to_contain_text(f"thử {one} điểm")
    expect(leader.row("I.1.6").get_by_label("Số trường hợp")).to_have_value("1")
    leader.main.get_by_label("So sánh với phương án").tap()
    leader.page.get_by_role("option", name="Đủ tin bài").tap()
    expect(leader.main).to_contain_text("So sánh: Chậm một nhiệm vụ và Đủ tin bài")
    whole = leader.main.get_by_role("table").last.get_by_role("row").last
    expect(whole).to_contain_text("Cả bộ tiêu chí")
    expect(whole).to_contain_text(one)
    expect(whole).to_contain_text(two)
    leader.reload()
    expect(leader.main).to_contain_text("So sánh: Chậm một nhiệm vụ và Đủ tin bài")
    assert officer.complaints == leader.complaints == []

    board = sit_down(port).enter("Lãnh đạo").open("cham-diem", bang=opened, lv="I.1")
    expect(board.totals).to_contain_text("Cả bộ: 0,0000 /")


def test_a_remedy_is_planned_in_its_line_and_another_line_closes_the_first(
    served: tuple[int, Ids], sit_down: NewVisitor
) -> None:
    port, ids = served
    tab = sit_down(port).enter("Lãnh đạo").open("tieu-chi-mat-diem", bang=ids[NAM_DINH, "q3"])
    lines = tab.main.locator("[class*=st-key-lost-line-]")
    lines.nth(0).get_by_role("button", name="Việc khắc phục").click()
    expect(lines.nth(0).get_by_label("Việc sẽ làm")).to_be_visible()
    lines.nth(1).get_by_role("button", name="Việc khắc phục").click()
    expect(lines.nth(1).get_by_label("Việc sẽ làm")).to_be_visible()
    expect(tab.main.get_by_label("Việc sẽ làm")).to_have_count(1)
    lines.nth(1).get_by_label("Việc sẽ làm").fill("Bổ sung báo cáo")
    lines.nth(1).get_by_label("Người, đơn vị thực hiện").fill("Văn phòng Sở")
    lines.nth(1).get_by_label("Hạn").fill("31/02/2027")
    lines.nth(1).get_by_role("button", name="Lưu việc khắc phục").click()
    expect(lines.nth(1)).to_contain_text("tháng 2 năm 2027 không có ngày 31")
    lines.nth(1).get_by_label("Hạn").fill("1/3/2027")
    lines.nth(1).get_by_role("button", name="Lưu việc khắc phục").click()
    expect(lines.nth(1)).to_contain_text("Bổ sung báo cáo · Văn phòng Sở · hạn 01/03/2027")
    expect(lines.nth(1)).not_to_contain_text("CHƯA LƯU")
    tab.settle()
    lines.nth(1).get_by_role("link", name="Mở phiếu chấm").click()
    tab.page.get_by_role("heading", level=1, name="Chấm điểm", exact=True).wait_for()
    assert tab.complaints == []
