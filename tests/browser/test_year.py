"""A whole year as it is worked on: scored, carried forward, confirmed, forecast, tried out, brought to its target.

At every step board, lists and files show what the pure core makes of the same answers.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from cchc_core import scoring, workspace
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.rules.kinds import Levels
from cchc_core.rules.scoring import Status
from cchc_core.store import users
from cchc_core.unconfirmed import unconfirmed
from tests.browser.conftest import NewVisitor, running
from tests.browser.desk import Tab, Visitor, choose
from tests.browser.ledger import Ledger
from tests.offices import SOC_TRANG
from tests.workbook.compare import differences
from tests.workbook.desk import opened

pytestmark = pytest.mark.browser

SEED = 2022
TARGET = Decimal(83)


@dataclass
class Year:
    """A department's year: what it has answered, its server, the officer and the leader before their browsers."""

    ledger: Ledger
    officer: Visitor
    tab: Tab
    leading: Tab
    assessment_id: str

    def check(self) -> None:
        """Compare board, list of lost points, tables and workbook with the core."""
        sheet, open_points = self.ledger.sheet, unconfirmed(self.ledger.sheet)
        total = sheet.totals.total
        self.leading.open("bang-diem", bang=self.assessment_id)
        board, rest = self.leading.main, self.leading.page.locator(".st-key-board-open")
        for points in (total.points, total.self_points, total.external_points):
            expect(board).to_contain_text(format_points(points))
        expect(board).to_contain_text(format_percent(total.percent))
        for points in (total.lost, total.at_risk, total.not_due, total.awaiting):
            expect(rest).to_contain_text(format_points(points))
        if open_points.count:
            expect(rest).to_contain_text(f"{open_points.count} tiêu chí")
        sums = self.ledger.forecast.total
        for points in (sums.low, sums.expected, sums.high, sums.within_reach, sums.lost, sums.external):
            expect(self.leading.main).to_contain_text(format_points(points))
        self._check_list(total.lost, total.at_risk, open_points.points)
        self._check_files()

    def _check_list(self, *sums: Decimal) -> None:
        self.tab.open("tieu-chi-mat-diem", bang=self.assessment_id)
        cards = self.tab.page.locator(".st-key-board-open")
        for points in sums:
            expect(cards).to_contain_text(format_points(points))
        expect(self.tab.main).to_contain_text(f"{format_points(self.ledger.at_stake())} điểm")

    def _check_files(self) -> None:
        total = self.ledger.sheet.totals.total
        sections = self._csv("linh-vuc")
        assert sections[-1]["Điểm"] == format_points(total.points)
        assert sections[-1]["Mất"] == format_points(total.lost)
        assert sections[-1]["Chưa chấm"] == format_points(total.at_risk)
        lost = self._csv("mat-diem")
        assert format_points(self.ledger.at_stake()) in lost[-1].values()
        content = self._fetch(f"/xuat/{self.assessment_id}.xlsx")
        assert differences(opened(content, values=True), self.ledger.sheet) == []

    def _csv(self, key: str) -> list[dict[str, str]]:
        text = self._fetch(f"/xuat/{self.assessment_id}/{key}.csv").decode("utf-8-sig")
        return list(csv.DictReader(StringIO(text), delimiter=";"))

    def _fetch(self, path: str) -> bytes:
        answer = self.officer.context.request.get(f"{self.officer.base}{path}")
        assert answer.ok, path
        return answer.body()

    def open_carried(self, period: str, title: str) -> None:
        """Open the next period from the first page, carried forward from what the page proposes."""
        self.tab.open()
        choose(self.tab.page.get_by_label("Bộ tiêu chí"), "2022")
        self.tab.settle()
        choose(self.tab.page.get_by_label("Kỳ", exact=True), title)
        self.tab.settle()
        expect(self.tab.main).to_contain_text("Kết chuyển từ")
        self.tab.page.get_by_role("button", name="Mở bảng chấm điểm").click()
        self.tab.page.get_by_role("heading", level=1, name="Chấm điểm", exact=True).wait_for()
        self.ledger.carry(period)
        expect(self.tab.main).to_contain_text(f"Đã chép {len(self.ledger.answers)} kết quả")
        self.assessment_id = parse_qs(urlsplit(self.tab.page.url).query)["bang"][0]

    def score(self, code: str) -> None:
        """Choose the best level of a criterion."""
        level = _best_level(self.ledger, code)
        self.go_to(code).choose(code, level)
        self.tab.expect_saved(code)
        self.ledger.answer(code, {"level": level})

    def go_to(self, code: str) -> Tab:
        """Open the form of a criterion."""
        section = self.ledger.rubric.criterion(code).section
        return self.tab.open("cham-diem", bang=self.assessment_id, lv=section, tc=code)

    def confirm_all(self) -> None:
        """Confirm whatever was carried, from the page of a section that has some of it."""
        code = unconfirmed(self.ledger.sheet).codes[0]
        self.tab.open("cham-diem", bang=self.assessment_id, lv=self.ledger.rubric.criterion(code).section)
        self.tab.page.get_by_role("button", name="tiêu chí của bảng").click()
        self.tab.page.get_by_role("button", name="Đã xem hết, xác nhận cả").click()
        expect(self.tab.main).to_contain_text(f"Đã xác nhận {len(self.ledger.unconfirmed)} tiêu chí")
        self.ledger.unconfirmed.clear()


def _best_level(ledger: Ledger, code: str) -> int:
    rule = ledger.rubric.criterion(code).scored.rule
    assert isinstance(rule, Levels)
    return max(range(len(rule.levels)), key=lambda index: rule.levels[index].points)


def _open(ledger: Ledger) -> list[str]:
    """The criteria with levels that can bring points now, those that bring the most first."""
    scores = ledger.sheet.scores
    leaves = [
        leaf
        for leaf in ledger.rubric.leaves
        if isinstance(leaf.scored.rule, Levels) and scores[leaf.code].not_due_points == 0
    ]
    within = {leaf.code: ledger.forecast.leaves[leaf.code].within_reach for leaf in leaves}
    return sorted((code for code, points in within.items() if points > 0), key=lambda code: -within[code])


def _missing(ledger: Ledger) -> str:
    """The first of them that nobody has answered."""
    return next(code for code in _open(ledger) if ledger.sheet.scores[code].status is Status.MISSING)


def _carried_levels(ledger: Ledger) -> tuple[str, str]:
    """Find two unconfirmed criteria with levels: one that stands at the best of them, one that does not."""
    best, improvable = "", ""
    for code in unconfirmed(ledger.sheet).codes:
        if isinstance(ledger.rubric.criterion(code).scored.rule, Levels) and "level" in ledger.answers[code]:
            if ledger.answers[code]["level"] == _best_level(ledger, code):
                best = best or code
            else:
                improvable = improvable or code
    assert best
    assert improvable
    return best, improvable


@pytest.fixture
def year(tmp_path: Path, sit_down: NewVisitor) -> Iterator[Year]:
    ledger = Ledger.of_first_quarter(read_rubric(SOC_TRANG), SEED)
    assessment_id = _begin(tmp_path / "data", ledger)
    with running(tmp_path / "data") as server:
        officer = sit_down(server.port)
        tab = officer.enter("Cán bộ đầu mối")
        yield Year(ledger, officer, tab, sit_down(server.port).enter("Lãnh đạo"), assessment_id)
        assert tab.complaints == []


def _begin(data_dir: Path, ledger: Ledger) -> str:
    """Open the first quarter and store its answers; give the assessment's id."""
    own = workspace.open_workspace(data_dir, with_sample=False)
    people = {user.role: user for user in users.trial_users(own.database)}
    officer = people[Role.OFFICER]
    unit = scoring.create_department(own.database, officer, "Sở Thử nghiệm", ["Văn phòng Sở"])
    officer = {user.role: user for user in users.trial_users(own.database)}[Role.OFFICER]
    first = periods_for(ledger.rubric.id, ledger.rubric.year)[0]
    opened_first = scoring.create_assessment(own.database, officer, unit_id=unit.id, rubric=ledger.rubric, period=first)
    for code, raw in ledger.answers.items():
        where: dict[str, Any] = {"assessment_id": opened_first.id, "code": code, "expected_version": 0}
        scoring.save_entry(own.database, officer, **where, raw=raw)
    own.close()
    return opened_first.id


def test_a_year_from_the_first_quarter_to_its_target(year: Year) -> None:
    _score_the_first_quarter(year)
    _carry_into_the_half_year_and_confirm(year)
    _expect_something_of_the_third_quarter(year)
    _set_a_target(year)
    _try_out_what_is_hoped_for(year)
    _reach_the_target(year)
    _end_the_year(year)


def _score_the_first_quarter(year: Year) -> None:
    year.score(_missing(year.ledger))
    year.check()


def _carry_into_the_half_year_and_confirm(year: Year) -> None:
    """Confirm one criterion, change one, confirm a section, then all."""
    ledger = year.ledger
    year.open_carried("h1", "6 tháng")
    year.check()
    best, improvable = _carried_levels(ledger)
    year.go_to(best).press(best, "Xác nhận")
    year.tab.expect_saved(best)
    ledger.unconfirmed.discard(best)
    year.score(improvable)
    section = ledger.rubric.criterion(unconfirmed(ledger.sheet).codes[0]).section
    there = unconfirmed(ledger.sheet, section).codes
    year.tab.open("cham-diem", bang=year.assessment_id, lv=section)
    year.tab.page.get_by_role("button", name=f"Xác nhận {len(there)} tiêu chí của lĩnh vực này").click()
    expect(year.tab.main).to_contain_text(f"Đã xác nhận {len(there)} tiêu chí")
    ledger.unconfirmed -= set(there)
    year.check()
    year.confirm_all()
    year.check()


def _expect_something_of_the_third_quarter(year: Year) -> None:
    """Tell what a criterion is expected to be at the year's end: the forecast uses it and says so."""
    ledger = year.ledger
    year.open_carried("q3", "Quý III")
    year.confirm_all()
    before, hoped = ledger.forecast.total.expected, _missing(ledger)
    level = _best_level(ledger, hoped)
    row = year.go_to(hoped).row(hoped)
    row.get_by_text("Nhập kết quả dự kiến cuối năm").click()
    wanted = row.get_by_role("radiogroup", name=f"Dự kiến: {hoped}")
    wanted.locator("label:has(input)").nth(level).click()
    row.get_by_role("button", name="Lưu dự kiến").click()
    ledger.expected[hoped] = {"level": level}
    assert ledger.forecast.total.expected != before
    expect(row).to_contain_text(f"dự kiến cuối năm {format_points(ledger.forecast.leaves[hoped].expected)}")
    year.check()


def _set_a_target(year: Year) -> None:
    """The leader sets it; the board says what is missing and names the fewest criteria that close the gap."""
    ledger, page = year.ledger, year.leading.page
    year.leading.open("bang-diem", bang=year.assessment_id)
    page.get_by_text("Đặt chỉ tiêu năm", exact=True).click()
    page.get_by_label("Chỉ tiêu", exact=True).fill(str(TARGET))
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    asked = ledger.need(TARGET)
    assert asked.gap > 0
    expect(year.leading.main).to_contain_text(asked.explanation)
    for code in asked.closing:
        gain = format_points(ledger.forecast.leaves[code].within_reach)
        expect(year.leading.main).to_contain_text(f"+{gain} điểm · {code}")


def _try_out_what_is_hoped_for(year: Year) -> None:
    """Seen beside the real figures, and nothing is stored."""
    ledger = year.ledger
    (hoped,) = ledger.expected
    stored, raw = ledger.sheet.totals.total.points, ledger.expected[hoped]
    tried = Ledger(ledger.rubric, ledger.period, {**ledger.answers, hoped: raw})
    year.tab.open("thu-diem", bang=year.assessment_id, tc=hoped)
    radio = year.tab.page.get_by_test_id("stRadio").last
    radio.locator("label:has(input)").nth(_best_level(ledger, hoped)).click()
    expect(year.tab.main).to_contain_text(format_points(tried.sheet.totals.total.points))
    expect(year.tab.main).to_contain_text(format_points(stored))
    year.check()


def _reach_the_target(year: Year) -> None:
    """Do the work, criterion after criterion."""
    while year.ledger.need(TARGET).gap > 0:
        year.score(_open(year.ledger)[0])
    _see_the_target(year)
    year.check()


def _end_the_year(year: Year) -> None:
    """Carry quý III into the year: target and figures are the same ones."""
    year.open_carried("year", "Năm")
    year.confirm_all()
    year.check()
    _see_the_target(year)


def _see_the_target(year: Year) -> None:
    year.leading.open("bang-diem", bang=year.assessment_id)
    expect(year.leading.main).to_contain_text(year.ledger.need(TARGET).explanation)
