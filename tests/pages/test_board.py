"""Every figure of the board is the core's, and leads to the criteria behind it."""

import pytest

from cchc_core import planning, scoring
from cchc_core.asks_for import shortened
from cchc_core.attention import REASON_NAMES
from cchc_core.board_tables import ALL_UNITS, UNITS, take_table
from cchc_core.comparison import PREVIOUS_PERIOD, SAME_PERIOD_LAST_YEAR
from cchc_core.figures import COUNTED, FIGURE_NAMES, Figure, figure_count, figure_points
from cchc_core.periods import periods_for
from cchc_core.permissions import Role, State
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.store import units
from cchc_core.table import Kind, Table, shown
from cchc_core.tables import comparison_table, section_table, trend_table
from cchc_core.trend import MARK_NAMES, Mark
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.board_page import CARD_LINK, LOST_PAGE, SCORING_PAGE, BoardPage, PrintedTable, Way, open_board
from tests.pages.screen import BOARD, Office, as_read
from tests.running_year import version_of
from tests.store.world import RUBRIC, period
from ui import history
from ui.board.lists import MOST_ITEMS
from ui.charts.sections import SHARES
from ui.navigation import criterion_address
from ui.words import points_unit

SAMPLE = pytest.mark.parametrize("office", ["sample"], indirect=True)
BOTH_SETS = pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
OPEN_FIGURES = (Figure.LOST, Figure.MISSING, Figure.NOT_DUE, Figure.AWAITING)


def leads_to_form(way: Way, page: BoardPage, code: str) -> bool:
    criterion = page.board.sheet.rubric.criterion(code)
    query = criterion_address(page.board.sheet.assessment.id, criterion.section, code)
    return (way.page, way.query) == (SCORING_PAGE, query)


def behind(page: BoardPage, way: Way) -> str:
    """Give the points of the figure that a link leads to, as they are printed there."""
    assert way.page == LOST_PAGE
    assert way.query["bang"] == page.board.sheet.assessment.id
    figure, section = Figure(way.query["xem"]), way.query.get("lv")
    if figure in COUNTED:
        return str(figure_count(page.board.sheet, figure, section))
    return format_points(figure_points(page.board.sheet, page.board.forecast, figure, section))


def holds(printed: PrintedTable, table: Table) -> bool:
    kinds = [column.kind for column in table.columns]
    rows = [
        tuple(" ".join(shown(kind, value).split()) for kind, value in zip(kinds, row, strict=True))
        for row in table.rows
    ]
    return (printed.columns, printed.rows) == ([column.name for column in table.columns], rows)


@SAMPLE
def test_the_head_of_an_official_board_says_whose_it_is_and_the_total(office: Office) -> None:
    page = open_board(office, office.assessment(SOC_TRANG).id)
    total = page.board.sheet.totals.total
    assert page.cards["Tổng điểm"] == (
        format_percent(total.percent),
        f"{format_points(total.points)} / {format_points(total.effective_max)} điểm",
    )
    assessment = page.board.sheet.assessment
    assert f"**{assessment.unit_name}** · {assessment.period_title} {assessment.year} (tạm tính)" in page.words
    drawn = [note["text"] for note in page.chart("board progress")["layout"]["annotations"]]
    assert format_points(total.points) in drawn[0]


@SAMPLE
@BOTH_SETS
def test_each_card_shows_the_figure_of_the_core_and_leads_to_the_criteria_that_add_up_to_it(
    office: Office, rubric_id: str
) -> None:
    page = open_board(office, office.assessment(rubric_id).id)
    sheet, forecast = page.board.sheet, page.board.forecast
    for figure in OPEN_FIGURES:
        assert page.cards[FIGURE_NAMES[figure]][0] == format_points(figure_points(sheet, forecast, figure))
    ways = {way.label.removeprefix(CARD_LINK): way for way in page.ways_of(CARD_LINK)}
    assert set(OPEN_FIGURES) < {Figure(way.query["xem"]) for way in ways.values()}
    for name, way in ways.items():
        if name.startswith("còn có thể đạt"):  # more than what is missing: the link and its card name what it leads to
            unit = points_unit(sheet.rubric)
            assert name == f"còn có thể đạt {behind(page, way)} {unit}"
            assert page.cards["Còn thiếu"][1].endswith(f"; {name}")
        elif name not in ("Tổng điểm", "Đạt"):  # a percent, a count
            assert behind(page, way) == page.cards[name][0], name
    total = sheet.totals.total
    if rubric_id == SOC_TRANG:
        assert behind(page, ways["Tổng điểm"]) == format_points(total.points)
    else:
        assert behind(page, ways["Đạt"]) == str(total.met)


@SAMPLE
def test_the_department_s_own_part_stands_apart_from_what_others_score(office: Office) -> None:
    page = open_board(office, office.assessment(SOC_TRANG).id)
    total = page.board.sheet.totals.total
    assert page.cards["Sở tự chấm"][0] == format_points(total.self_points)
    assert page.cards["Tự chấm, phần đã đến kỳ"][1].endswith(format_percent(total.due_percent))
    assert page.cards["Bên ngoài chấm"] == (
        format_points(total.external_points),
        f"trên {format_points(total.external_max)}",
    )


@SAMPLE
@BOTH_SETS
def test_the_table_of_sections_is_the_core_s_and_its_figures_lead_to_their_criteria(
    office: Office, rubric_id: str
) -> None:
    page = open_board(office, office.assessment(rubric_id).id)
    table = section_table(page.board.sheet)
    printed = page.table("Mã", "Chờ bên ngoài")
    assert holds(printed, table)
    for row, column, way in printed.links():
        assert way.query.get("lv", "") == table.rows[row][0]
        if column == "Tỷ lệ":
            assert way.query["xem"] == Figure.EARNED.value  # whose page prints the percent beside the points
        else:
            assert behind(page, way) == way.label, column
    linked = {(row, column) for row, column, _ in printed.links()}
    for row, values in enumerate(table.rows):
        for head, value in zip(table.columns, values, strict=True):
            if head.kind is not Kind.TEXT and value:
                assert (row, head.name) in linked, f"{head.name} in row {row} leads nowhere"


@SAMPLE
@BOTH_SETS
def test_the_bars_of_the_sections_are_drawn_from_the_totals_and_each_part_names_its_criteria(
    office: Office, rubric_id: str
) -> None:
    page = open_board(office, office.assessment(rubric_id).id)
    totals = page.board.sheet.totals
    chart = page.chart("section bars")
    sections = list(totals.sections)
    drawn = {
        (trace["ids"][at].split()[0], sections[place]): points
        for trace in chart["data"]
        for at, (place, points) in enumerate(zip(trace["y"], trace["x"], strict=True))
    }
    for code in totals.sections:
        for figure in {share.behind for share in SHARES}:
            points = figure_points(page.board.sheet, page.board.forecast, figure, code)
            assert drawn.get((figure.value, code), "0.0000") == f"{points:f}"
    names = [note["text"] for note in chart["layout"]["annotations"]]
    for name, code in zip(names, sections, strict=True):
        assert f"lv={code}" in name
        assert f"/{LOST_PAGE}?" in name


@SAMPLE
@BOTH_SETS
def test_the_forecast_shows_its_four_sums_its_ends_and_leads_to_the_criteria_of_each(
    office: Office, rubric_id: str
) -> None:
    page = open_board(office, office.assessment(rubric_id).id)
    sums = page.board.forecast.total
    assert sums.earned + sums.within_reach + sums.lost + sums.external == sums.effective_max
    for name, points in (
        ("Đã đạt", sums.earned),
        ("Còn có thể đạt", sums.within_reach),
        ("Đã mất", sums.lost),
        ("Bên ngoài chấm", sums.external),
    ):
        (way,) = page.ways_of(f"{name} **")
        assert way.label == f"{name} **{format_points(points)}** {points_unit(page.board.sheet.rubric)}"
        assert behind(page, way) == format_points(points)
    for name, points in (("Thấp", sums.low), ("dự kiến", sums.expected), ("cao", sums.high)):
        assert f"{name} **{format_points(points)}**" in page.words


@SAMPLE
@BOTH_SETS
def test_changes_since_earlier_periods_are_said_in_the_words_of_the_core(office: Office, rubric_id: str) -> None:
    page = open_board(office, office.assessment(rubric_id).id)
    against, previous = page.board.against_previous, page.board.previous
    assert against is not None
    assert previous is not None
    than = f"{PREVIOUS_PERIOD} ({previous.assessment.period_title} {previous.assessment.year})"
    said = against.total.words(than)
    assert said[1:] in page.words
    assert holds(page.table("Nhận xét"), comparison_table(against, page.board.sheet.rubric, PREVIOUS_PERIOD))
    assert page.board.against_year_ago is None
    assert SAME_PERIOD_LAST_YEAR not in page.words


@SAMPLE
@BOTH_SETS
def test_the_trend_is_a_table_too(office: Office, rubric_id: str) -> None:
    page = open_board(office, office.assessment(rubric_id).id)
    assert holds(page.table("Kỳ", "Số liệu"), trend_table(page.board.trend, page.board.sheet.rubric))


def test_a_period_that_nobody_opened_is_a_named_gap_of_the_trend(office: Office) -> None:
    office.save(office.assessment(SOC_TRANG, "q1").id, "I.1.5.1", {"level": 0})
    opened = office.assessment(SOC_TRANG, "q3")
    office.save(opened.id, "I.1.5.1", {"level": 0})
    page = open_board(office, opened.id)
    rows = {row[0]: row for row in page.table("Kỳ", "Số liệu").rows}
    assert rows["6 tháng"][1] == MARK_NAMES[Mark.NOT_OPENED]
    assert set(rows["6 tháng"][2:]) == {""}
    (line, *_) = page.chart("board trend")["data"]
    assert line["y"][line["x"].index("h1")] is None
    assert line["connectgaps"] is False


@SAMPLE
@BOTH_SETS
def test_the_largest_open_points_come_first_with_their_reasons_and_lead_to_their_forms(
    office: Office, rubric_id: str
) -> None:
    page = open_board(office, office.assessment(rubric_id).id)
    ways = {way.label: way for way in page.ways}
    unit = "điểm" if rubric_id == SOC_TRANG else "điểm minh hoạ"
    for item in page.board.items[:MOST_ITEMS]:
        reasons = ", ".join(REASON_NAMES[reason] for reason in item.reasons)
        title = f"{item.criterion.code} {shortened(item.criterion.title, 110)}"
        way = ways[" ".join(f"**{format_points(item.at_stake)} {unit}** · {reasons} · {title}".split())]
        assert leads_to_form(way, page, item.criterion.code)
    (everything,) = page.ways_of("Xem cả ")
    assert everything.label.startswith(f"Xem cả {len(page.board.items)} tiêu chí")
    assert (everything.page, everything.query) == (LOST_PAGE, {"bang": page.board.sheet.assessment.id})


@SAMPLE
def test_days_that_come_and_changes_of_others_are_listed_as_the_core_has_them(office: Office) -> None:
    page = open_board(office, office.assessment(SOC_TRANG).id)
    assert page.board.due
    for due in page.board.due:
        assert f"{due.day:%d/%m/%Y}" in page.words
        assert due.what in page.words
        assert f"quá hạn {-due.days} ngày" in page.words
    assert page.board.changes
    ways = {way.label: way for way in page.ways}
    for change in page.board.changes:
        line = as_read(history.line(change, with_subject=True))
        assert line in page.words
        if change.subject in page.board.sheet.scores:
            assert leads_to_form(ways[line], page, change.subject)


def test_a_save_of_somebody_else_is_the_first_of_the_changes(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    office.save(opened.id, "I.1.5.1", {"level": 0})
    page = open_board(office, opened.id)
    newest = next(way for way in page.ways if " · Lưu kết quả " in way.label)
    assert "Phòng (dùng thử) · Lưu kết quả **I.1.5.1**" in newest.label
    assert leads_to_form(newest, page, "I.1.5.1")


@SAMPLE
@pytest.mark.parametrize("key", ["du-bao", "linh-vuc", "ky-truoc", "xu-huong", "mat-diem", "thay-doi"])
def test_every_table_can_be_taken_away(office: Office, key: str) -> None:
    page = open_board(office, office.assessment(SOC_TRANG).id)
    addresses = [link.proto.url for link in page.screen.elements("link_button")]
    for ending in ("xlsx", "csv"):
        assert f"/xuat/{page.board.sheet.assessment.id}/{key}.{ending}" in addresses


def test_only_expected_answers_that_count_are_counted(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    room = office.person(Role.ROOM)
    for code in ("I.1.5.1", "I.1.5.2"):
        planning.set_expected(office.database, room, assessment_id=opened.id, code=code, raw={"level": 0})
    assert "Có 2 tiêu chí do người chấm ghi kết quả dự kiến." in open_board(office, opened.id).words
    planning.set_final(office.database, room, assessment_id=opened.id, code="I.1.5.1", is_final=True)
    assert "Có 1 tiêu chí do người chấm ghi kết quả dự kiến." in open_board(office, opened.id).words


@SAMPLE
def test_an_illustrative_board_counts_criteria_and_has_neither_percent_nor_rank(office: Office) -> None:
    page = open_board(office, office.assessment(NAM_DINH).id)
    total = page.board.sheet.totals.total
    assert page.cards["Đạt"] == (f"{total.met}/{total.applicable}", "tiêu chí")
    assert page.cards["Điểm minh hoạ"][0] == format_points(total.points)
    everything = page.everything().replace("%{", "")
    assert "%" not in everything
    assert everything.lower().count("hạng") == everything.count("không dùng để xếp hạng")
    heads = page.table("Mã", "Chờ bên ngoài").columns
    assert heads[:4] == ["Mã", "Lĩnh vực", "Đạt", "Áp dụng"]
    assert all(name.endswith("(minh hoạ)") for name in heads[4:])


def test_an_illustrative_board_counts_what_is_met(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    for code, level in (("1.1.1", 0), ("1.1.2", 0), ("1.2.1", 1)):
        office.save(opened.id, code, {"level": level})
    office.save(opened.id, "4.2", {"not_applicable": "Không có đơn vị sự nghiệp"})
    page = open_board(office, opened.id)
    assert page.cards["Đạt"][0] == "2/120"
    assert page.cards["Điểm minh hoạ"][0] == "2,5000"
    assert page.cards[FIGURE_NAMES[Figure.NOT_APPLICABLE]] == ("1,0000", "đã hạ khỏi điểm chuẩn")


@pytest.mark.parametrize("role", list(Role)[:5])
@BOTH_SETS
def test_a_unit_without_any_answer_has_a_board_for_everybody_who_may_see_it(
    office: Office, rubric_id: str, role: Role
) -> None:
    opened = office.assessment(rubric_id)
    if role is Role.APPRAISER:  # sees what was handed in
        opened = office.assessment(rubric_id, "year")
        office.put_into(opened.id, State.SUBMITTED)
    page = open_board(office, opened.id, role)
    assert ("Chưa đặt chỉ tiêu cho năm này" in page.words) is page.board.shows_planning
    assert page.cards.get("Chỉ tiêu năm", ("", ""))[0] == ("chưa đặt" if page.board.shows_planning else "")
    assert "chưa có kết quả" in page.everything()
    assert page.cards["Đạt" if rubric_id == NAM_DINH else "Tổng điểm"][0] == "chưa có kết quả"
    (drawn,) = [note["text"] for note in page.chart("board progress")["layout"]["annotations"]]
    assert drawn.startswith("Chưa có kết quả trên ")
    assert len(page.board.items) > MOST_ITEMS
    assert not page.screen.errors()


def test_last_period_and_the_same_period_of_last_year_stand_beside_each_other(office: Office) -> None:
    (department,) = scoring.list_departments(office.database)
    officer = office.person(Role.OFFICER)
    opened = {}
    for rubric, code in ((version_of(RUBRIC, rubric_id="mau-2023", year=2023), "q3"), (RUBRIC, "q1"), (RUBRIC, "q3")):
        opened[rubric.year, code] = scoring.create_assessment(
            office.database, officer, unit_id=department.id, rubric=rubric, period=period(code)
        )
    for level, assessment in enumerate(opened.values()):
        office.save(assessment.id, "1.1", {"level": level % 2}, Role.OFFICER)
    page = open_board(office, opened[2024, "q3"].id)
    for against, sheet, than in (
        (page.board.against_previous, page.board.previous, PREVIOUS_PERIOD),
        (page.board.against_year_ago, page.board.year_ago, SAME_PERIOD_LAST_YEAR),
    ):
        assert against is not None
        assert sheet is not None
        whence = f"{than} ({sheet.assessment.period_title} {sheet.assessment.year})"
        assert against.total.words(whence)[1:] in page.words
        assert f"So với {than}" in [box.label for box in page.screen.at.expander]


def test_the_units_are_taken_away_as_they_are_shown_those_of_the_department_or_all(office: Office) -> None:
    opened, admin = office.assessment(NAM_DINH), office.person(Role.ADMIN)
    rubric = read_rubric(NAM_DINH)
    quarter = next(each for each in periods_for(NAM_DINH, rubric.year) if each.code == "q3")
    other = scoring.create_department(office.database, admin, "Sở Khác", ["Phòng Khác"])
    with office.database.read() as connection:
        rooms = [unit.id for unit in units.present(connection) if unit.parent_id]
    for unit_id in (other.id, *rooms):
        scoring.create_assessment(office.database, admin, unit_id=unit_id, rubric=rubric, period=quarter)
    screen = office.screen(Role.ADMIN).open(BOARD, bang=opened.id)
    for key in (UNITS, ALL_UNITS):
        tables = [PrintedTable(each.value) for each in screen.elements("table")]
        (table,) = [each for each in tables if each.has(["Đơn vị"])]
        taken = take_table(office.database, admin, opened.id, key).table
        assert holds(table, taken)
        assert len(taken.rows) == {UNITS: len(rooms), ALL_UNITS: len(rooms) + 2}[key]
        addresses = [link.proto.url for link in screen.elements("link_button") if "/don-vi" in link.proto.url]
        assert addresses == [f"/xuat/{opened.id}/{key}.{ending}" for ending in ("xlsx", "csv")]
        screen.at.toggle(key="_board_every_department").set_value(True)
        screen.run()
