"""What a department expects, aims at, mends and tries out is its own: whoever appraises it never meets any of that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cchc_core import planning, scenarios, scoring
from cchc_core.attention import Item, Reason
from cchc_core.board import read_board
from cchc_core.board_tables import TITLES, take_table
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.figures import OF_THE_FORECAST, Figure
from cchc_core.permissions import Role, State
from cchc_core.scoring import Assessment
from cchc_core.store.log import OF_PLANNING
from cchc_core.targets import TargetKind
from cchc_core.trying import attempt
from cchc_core.workbook import write_workbook
from tests.offices import SOC_TRANG
from tests.pages.board_page import BoardPage
from tests.pages.screen import BOARD, EVERY_PAGE, LOST, SCORING, WHAT_IF, Office

ANSWERED, FINAL = "I.1.6", "I.1.5.1"
ACTION, BY_WHOM, SCENARIO = "Đôn đốc kín 4417", "Tổ kín 4418", "Phương án kín 4419"
TARGET, QUARTER_NOTE = "73,21", "Thuyết minh quý kín 4420"
NOT_FOR_APPRAISERS = (
    *(ACTION, BY_WHOM, SCENARIO, TARGET, QUARTER_NOTE),
    *("Dự kiến cuối năm", "dự kiến cuối năm", "đã chốt", "Dự báo cuối năm", "Dự báo:", "Chỉ tiêu năm"),
    *("Việc khắc phục", "việc khắc phục", "Hạn khắc phục", "Còn lấy được", "Không lấy lại được"),
    *("Quý I 2022", "Quý III 2022", "kỳ trước ("),
)
LEADERS_SEE = (ACTION, BY_WHOM, SCENARIO, TARGET, "Dự kiến cuối năm", "đã chốt", "Quý III 2022")


@dataclass(frozen=True)
class Year:
    """A year assessment that was handed in, with all that was planned around it."""

    office: Office
    assessment: Assessment
    scenario_id: str

    def pages(self, role: Role) -> Iterator[tuple[str, str]]:
        """Read every page as somebody sees it, at every address that has something of its own to show."""
        addresses: list[tuple[str, dict[str, str]]] = [(page, {}) for page in EVERY_PAGE]
        addresses += [(page, {"tc": code}) for page in (SCORING, LOST) for code in (ANSWERED, FINAL)]
        addresses += [(LOST, {"xem": figure.value}) for figure in (*sorted(OF_THE_FORECAST), Figure.LOST)]
        addresses += [(WHAT_IF, {"pa": self.scenario_id, "pb": self.scenario_id, "tc": ANSWERED})]
        for page, query in addresses:
            screen = self.office.screen(role).open(page, bang=self.assessment.id, **query)
            read = BoardPage(screen, read_board(self.office.database, self.office.person(role), self.assessment.id))
            ways = [" ".join((way.label, *way.query.values())) for way in read.ways]
            yield f"{page} {query}", "\n".join([read.everything(), *ways])

    def files(self, role: Role) -> Iterator[tuple[str, str]]:
        """Read every table and the workbook as somebody takes them away."""
        database, person = self.office.database, self.office.person(role)
        for key in TITLES:
            try:
                table = take_table(database, person, self.assessment.id, key).table
            except (NotFound, NotAllowed) as why:
                yield key, str(why) if isinstance(why, NotFound) else ""
            else:
                yield key, "\n".join(map(str, (table.title, table.note, table.columns, table.rows)))
        content, board = BytesIO(), read_board(database, person, self.assessment.id)
        write_workbook(board.sheet, content, board.items)
        for sheet in load_workbook(content).worksheets:
            yield f"workbook {sheet.title}", "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)

    def item(self, role: Role) -> Item:
        """Give the answered criterion as the list of lost points has it."""
        items = read_board(self.office.database, self.office.person(role), self.assessment.id).items
        return next(item for item in items if item.criterion.code == ANSWERED)


@pytest.fixture
def year(office: Office) -> Year:
    opened, quarter = office.assessment(SOC_TRANG, "year"), office.assessment(SOC_TRANG)
    officer, database = office.person(Role.OFFICER), office.database
    office.save(quarter.id, ANSWERED, {"count": 0})
    scoring.save_note(database, officer, assessment_id=quarter.id, code=ANSWERED, note=QUARTER_NOTE, expected_version=1)
    office.save(opened.id, ANSWERED, {"count": 1})
    planning.set_expected(database, officer, assessment_id=opened.id, code=ANSWERED, raw={"count": 0})
    planning.set_final(database, officer, assessment_id=opened.id, code=FINAL, is_final=True)
    planning.save_remedy(
        database,
        officer,
        assessment_id=opened.id,
        code=ANSWERED,
        action_text=ACTION,
        responsible=BY_WHOM,
        due=date(2022, 1, 3),
        expected_version=0,
    )
    kind, value = TargetKind.PERCENT, Decimal("73.21")
    planning.set_target(database, officer, assessment_id=opened.id, section=None, kind=kind, value=value)
    kept = scenarios.keep_scenario(
        database, officer, assessment_id=opened.id, name=SCENARIO, entries={FINAL: {"level": 0}}
    )
    office.put_into(opened.id, State.SUBMITTED)
    return Year(office, office.assessment(SOC_TRANG, "year"), kept)


def test_no_page_shows_an_appraiser_what_was_planned_nor_a_quarter(year: Year) -> None:
    for where, shown in year.pages(Role.APPRAISER):
        assert [words for words in NOT_FOR_APPRAISERS if words in shown] == [], where


def test_no_file_hands_an_appraiser_what_was_planned_nor_a_quarter(year: Year) -> None:
    for where, content in year.files(Role.APPRAISER):
        assert [words for words in NOT_FOR_APPRAISERS if words in content] == [], where


def test_the_department_itself_reads_all_of_it(year: Year) -> None:
    shown = "\n".join(text for _, text in year.pages(Role.LEADER))
    assert [words for words in LEADERS_SEE if words not in shown] == []
    content = "\n".join(text for _, text in year.files(Role.LEADER))
    assert [words for words in (ACTION, BY_WHOM, "Quý III", "Giải thích") if words not in content] == []


def test_what_is_late_by_a_remedy_alone_is_not_late_for_an_appraiser(year: Year) -> None:
    own, theirs = year.item(Role.LEADER), year.item(Role.APPRAISER)
    assert Reason.OVERDUE in own.reasons
    assert Reason.OVERDUE not in theirs.reasons
    assert (own.responsible, theirs.responsible) == (BY_WHOM, own.criterion.responsible or "")
    assert (theirs.remedy, theirs.forecast) == (None, None)
    assert own.at_stake == theirs.at_stake


def test_the_table_of_the_forecast_is_refused_and_that_of_lost_points_has_no_remedies(year: Year) -> None:
    database, appraiser = year.office.database, year.office.person(Role.APPRAISER)
    with pytest.raises(NotAllowed, match="không được xem dự kiến, chỉ tiêu, việc khắc phục và phương án"):
        take_table(database, appraiser, year.assessment.id, "du-bao")
    columns = [column.name for column in take_table(database, appraiser, year.assessment.id, "mat-diem").table.columns]
    assert columns[-1] == "Đơn vị phụ trách"


def test_scenarios_and_trials_are_refused(year: Year) -> None:
    database, appraiser = year.office.database, year.office.person(Role.APPRAISER)
    for act in (
        lambda: scenarios.list_scenarios(database, appraiser, year.assessment.id),
        lambda: scenarios.open_scenario(database, appraiser, year.scenario_id),
        lambda: attempt(database, appraiser, year.assessment.id, {}),
    ):
        with pytest.raises(NotAllowed, match="phương án"):
            act()


def test_a_board_without_planning_keeps_to_what_the_answers_say(year: Year) -> None:
    database = year.office.database
    own, theirs = (
        read_board(database, year.office.person(role), year.assessment.id) for role in (Role.LEADER, Role.APPRAISER)
    )
    assert (own.shows_planning, theirs.shows_planning) == (True, False)
    assert own.sheet.outlooks
    assert not (theirs.sheet.outlooks or theirs.targets or theirs.needs or theirs.remedies)
    assert [point.period_code for point in theirs.trend] == ["year"]
    assert (theirs.previous, theirs.against_previous) == (None, None)
    assert OF_PLANNING & {change.action for change in own.changes}
    assert not OF_PLANNING & {change.action for change in theirs.changes}
    assert theirs.sheet.totals == own.sheet.totals
    listed = scoring.history(database, year.office.person(Role.APPRAISER), year.assessment.id, ANSWERED)
    assert listed
    assert not OF_PLANNING & {change.action for change in listed}


def test_a_board_says_nothing_of_targets_where_it_shows_none(year: Year) -> None:
    screen = year.office.screen(Role.APPRAISER).open(BOARD, bang=year.assessment.id)
    assert next(metric.label for metric in screen.elements("metric")) == "Tổng điểm"
    assert "Thử điểm" not in [link.label for link in screen.elements("page_link")]
    assert "Vai trò của bạn không có phần thử điểm" in (
        year.office.screen(Role.APPRAISER).open(WHAT_IF, bang=year.assessment.id, pa=year.scenario_id).texts()
    )
