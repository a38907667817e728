"""Scoring as people do it: a whole section, two people at once, the keyboard alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from cchc_core.rubric_files import read_rubric
from cchc_core.rules.answers import read_entry
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.rules.scoring import PeriodView, score
from cchc_core.totals import RubricTotals, total_rubric
from tests.browser.conftest import NewVisitor, running_blank
from tests.browser.desk import Tab, Visitor
from tests.offices import NAM_DINH, SOC_TRANG
from ui.words import WORD_JOINER

pytestmark = pytest.mark.browser


@dataclass
class Place:
    """A server with the assessments of a department, and a way to sit down before it."""

    port: int
    ids: dict[tuple[str, str], str]
    sit_down: NewVisitor

    def visitor(self) -> Visitor:
        return self.sit_down(self.port)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, dict[tuple[str, str], str]]]:
    with running_blank(tmp_path_factory.mktemp("scoring")) as (server, ids):
        yield server.port, ids


@pytest.fixture
def place(served: tuple[int, dict[tuple[str, str], str]], sit_down: NewVisitor) -> Place:
    return Place(*served, sit_down)


# Every leaf of I.1: what a person does in its form, and the answer that makes.
SECTION: dict[str, dict[str, Any]] = {
    "I.1.1": {"points": "0.475"},
    "I.1.2": {"numerator": "18", "denominator": "20"},
    "I.1.3": {"ticked": [0, 1, 3]},
    "I.1.4.1": {"ticked": [0, 2]},
    "I.1.4.2": {"level": 0},
    "I.1.4.3": {"ticked": [0], "percents": {"1": "87.5"}},
    "I.1.5.1": {"level": 1},
    "I.1.5.2": {"level": 0},
    "I.1.5.3": {"ticked": [1, 2]},
    "I.1.6": {"count": 1},
    "I.1.7": {"level": 0},
}


def _expected() -> RubricTotals:
    rubric = read_rubric(SOC_TRANG)
    period = PeriodView("q3", is_provisional=True, reached=frozenset({"q1", "h1", "q3"}))
    entries = {code: read_entry(rubric.criterion(code).scored, answer) for code, answer in SECTION.items()}
    scores = {leaf.code: score(leaf.scored, entries.get(leaf.code), period) for leaf in rubric.leaves}
    return total_rubric(rubric, scores)


def _fill(tab: Tab, code: str, answer: dict[str, Any]) -> None:
    if "level" in answer:
        tab.choose(code, answer["level"])
    for item in answer.get("ticked", ()):
        tab.tick(code, item)
        tab.expect_saved(code)
    written = {
        "I.1.1": (("Điểm", "0,475"),),
        "I.1.2": (("Tử số", "18"), ("Mẫu số", "20")),
        "I.1.4.3": (("Tỷ lệ % của ý", "87,5 %"),),
        "I.1.6": (("Số trường hợp", "1"),),
    }
    for label, text in written.get(code, ()):
        tab.write(code, label, text)


def _expect_the_section(tab: Tab, points: str = "0,4750", percent: str = "87,5") -> None:
    totals = _expected()
    section = totals.sections["I.1"]
    expect(tab.totals).to_contain_text(
        f"I.1: {format_points(section.points)} / {format_points(section.effective_max)} ·"
    )
    expect(tab.totals).to_contain_text(
        f"{format_points(totals.total.points)} / 98,5000 ({format_percent(totals.total.percent)})"
    )
    expect(tab.row("I.1.2").get_by_label("Tử số")).to_have_value("18")
    expect(tab.row("I.1.2").get_by_label("Mẫu số")).to_have_value("20")
    expect(tab.row("I.1.1").get_by_label("Điểm")).to_have_value(points)
    expect(tab.row("I.1.6").get_by_label("Số trường hợp")).to_have_value("1")
    expect(tab.row("I.1.4.3").get_by_label("Tỷ lệ % của ý")).to_have_value(percent)
    expect(tab.row("I.1.4.2").get_by_role("radio").nth(0)).to_be_checked()
    expect(tab.row("I.1.5.1").get_by_role("radio").nth(1)).to_be_checked()
    for code, ticked in (("I.1.3", [0, 1, 3]), ("I.1.4.1", [0, 2]), ("I.1.4.3", [0]), ("I.1.5.3", [1, 2])):
        boxes = tab.row(code).get_by_role("checkbox")
        assert [index for index in range(boxes.count()) if boxes.nth(index).is_checked()] == ticked


def test_a_whole_section_is_scored_reloaded_and_seen_again(place: Place) -> None:
    officer = place.visitor()
    tab = officer.enter("Cán bộ đầu mối").open("cham-diem", bang=place.ids[SOC_TRANG, "q3"], lv="I.1")
    assert set(SECTION) == {leaf.code for leaf in read_rubric(SOC_TRANG).leaves_of("I.1")}
    for code, answer in SECTION.items():
        _fill(tab, code, answer)
        tab.expect_saved(code)
    _expect_the_section(tab, "0,475", "87,5 %")  # as typed
    expect(tab.totals).to_contain_text("đã chấm 11/11")
    _expect_the_section(tab.reload())
    _expect_the_section(officer.tab().open("cham-diem", bang=place.ids[SOC_TRANG, "q3"], lv="I.1"))
    shared = officer.tab().open("cham-diem", bang=place.ids[SOC_TRANG, "q3"], tc="I.1.6")
    expect(shared.row("I.1.6")).to_contain_text("Tài liệu kiểm chứng cần có")
    expect(shared.row("I.1.6").get_by_label("Thuyết minh tự chấm")).to_be_visible()
    expect(shared.row("I.1.6").get_by_label("Số trường hợp")).to_have_value("1")


def test_two_browsers_that_save_one_criterion_both_see_both_values(place: Place) -> None:
    opened = place.ids[NAM_DINH, "year"]
    first = place.visitor().enter("Cán bộ đầu mối").open("cham-diem", bang=opened, lv="1")
    second = place.visitor().enter("Phòng").open("cham-diem", bang=opened, lv="1")
    first.choose("1.1.1", 0)
    first.expect_saved("1.1.1")
    second.choose("1.1.1", 1)
    expect(second.row("1.1.1")).to_contain_text("CHƯA LƯU")
    expect(second.row("1.1.1")).to_contain_text("Cán bộ đầu mối (dùng thử) đã lưu giá trị khác lúc")
    expect(second.row("1.1.1")).to_contain_text("Của bạn: Chọn một mức: mức 2 trong 3 mức")
    expect(second.row("1.1.1")).to_contain_text("mức 1 trong 3 mức")
    expect(second.totals).to_contain_text("1 tiêu chí CHƯA LƯU: 1.1.1")
    second.press("1.1.1", "Lưu giá trị của tôi")
    second.expect_saved("1.1.1")
    second.expect_points("1.1.1", "0,5000")
    expect(second.row("1.1.1")).not_to_contain_text("CHƯA LƯU")
    first.choose("1.1.1", 2)
    expect(first.row("1.1.1")).to_contain_text("Phòng (dùng thử) đã lưu giá trị khác")
    first.press("1.1.1", "Giữ giá trị đã lưu")
    first.expect_points("1.1.1", "0,5000")
    expect(first.row("1.1.1").get_by_role("radio").nth(1)).to_be_checked()


def test_signing_out_in_one_tab_stops_the_other_from_saving(place: Place) -> None:
    opened = place.ids[NAM_DINH, "q1"]
    officer = place.visitor()
    form = officer.enter("Cán bộ đầu mối").open("cham-diem", bang=opened, lv="1")
    form.choose("1.1.2", 0)
    form.expect_saved("1.1.2")
    other = officer.tab()
    other.page.goto(f"{other.base}/dang-xuat")
    other.page.get_by_role("button", name="Đăng xuất").click()
    other.page.get_by_role("heading", name="Đăng nhập").wait_for()
    form.choose("1.1.1", 0)
    expect(form.main).to_contain_text("Bạn chưa đăng nhập hoặc phiên làm việc đã kết thúc")
    expect(form.main.get_by_role("radio")).to_have_count(0)
    leader = place.visitor().enter("Lãnh đạo").open("cham-diem", bang=opened, lv="1")
    expect(leader.row("1.1.1")).to_contain_text("Chưa chấm")
    leader.expect_points("1.1.2", "1,0000")


def test_a_section_is_scored_with_the_keyboard_alone(place: Place) -> None:
    tab = place.visitor().enter("Cán bộ đầu mối")
    tab.open("cham-diem", bang=place.ids[SOC_TRANG, "year"], lv="I.1")
    keys = tab.page.keyboard
    tab.row("I.1.2").get_by_label("Tử số").focus()
    keys.type("18")
    keys.press("Tab")
    expect(tab.row("I.1.2").get_by_label("Mẫu số")).to_be_focused()
    keys.type("20")
    keys.press("Tab")
    tab.expect_saved("I.1.2")
    tab.expect_points("I.1.2", "0,9000")
    _tab_to(tab, tab.row("I.1.3").get_by_role("checkbox").nth(0))
    keys.press("Space")
    tab.expect_saved("I.1.3")
    tab.expect_points("I.1.3", "0,1250")
    expect(tab.row("I.1.3").get_by_role("checkbox").nth(0)).to_be_focused()
    _tab_to(tab, tab.row("I.1.4.2").get_by_role("radio").nth(0))
    keys.press("Space")
    tab.expect_saved("I.1.4.2")
    tab.expect_points("I.1.4.2", "0,5000")
    keys.press("ArrowDown")
    tab.expect_points("I.1.4.2", "0,0000")
    expect(tab.row("I.1.4.2").get_by_role("radio").nth(1)).to_be_focused()


def _tab_to(tab: Tab, wanted: Locator) -> None:
    """Press Tab until the field has the keyboard; it must come within the fields between here and there."""
    for _ in range(40):
        if wanted.evaluate("field => field === document.activeElement"):
            return
        tab.page.keyboard.press("Tab")
    pytest.fail("the Tab key never came to the field")


def test_what_is_typed_is_drawn_letter_by_letter(place: Place) -> None:
    opened, code = place.ids[NAM_DINH, "q3"], read_rubric(NAM_DINH).leaves_of("5")[0].code
    tab = place.visitor().enter("Cán bộ đầu mối").open("cham-diem", bang=opened, tc=code)
    tab.write(code, "Thuyết minh tự chấm", NASTY)
    tab.expect_saved(code)
    _expect_drawn_letter_by_letter(tab.row(code).get_by_test_id("stMarkdownContainer").filter(has_text="Lịch sử"))
    tab.open("bang-diem", bang=opened)
    _expect_drawn_letter_by_letter(tab.main.get_by_test_id("stMarkdownContainer").filter(has_text="xa.example"))
    assert tab.complaints == []


def _expect_drawn_letter_by_letter(text: Locator) -> None:
    expect(text).to_be_visible()
    assert NASTY in text.inner_text().replace(WORD_JOINER, "")
    assert text.locator("a, img, em, code, svg, sup, .katex, [data-testid=stIconMaterial]").count() == 0


NASTY = (
    "<img src=x onerror=alert(1)> <script>alert(2)</script> **đậm** _nghiêng_ [bấm](https://xa.example) "
    "https://xa.example www.xa.example toi@xa.example :red[đỏ] :smile: :material/home: :streamlit: $x^2$ `mã` -> <- -- "
    "~~bỏ~~ # 1. a|b &amp; &lt; \\* ![x](y) [^1] (c) {{ x }} 'a' \"b\""
)
