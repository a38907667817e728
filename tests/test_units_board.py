"""Units side by side: every figure is that of the unit's own sheet, and nobody sees more units than they may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core import listing, scoring, workspace
from cchc_core.errors import NotFound
from cchc_core.permissions import Role, State
from cchc_core.rubric.model import Rubric, Section
from cchc_core.store import units, users
from cchc_core.store.database import Database
from cchc_core.store.units import Unit
from cchc_core.store.users import User
from cchc_core.table import Kind, shown
from cchc_core.unconfirmed import unconfirmed
from cchc_core.units_board import UnitRow, UnitsBoard, heat_columns, heat_rows, units_board, units_table
from tests.offices import NAM_DINH, SOC_TRANG
from tests.store.world import RUBRIC, people_of, period

ILLUSTRATIVE = replace(RUBRIC, id="minh-hoa-2024", points_source="illustrative")
OLD = replace(RUBRIC, title="Bộ tiêu chí nhỏ, bản đầu")


@dataclass(frozen=True)
class Country:
    """Two departments, the first with two rooms."""

    database: Database
    people: Mapping[Role, User]
    units: Mapping[str, Unit]

    def open(self, unit: str, rubric: Rubric = RUBRIC, code: str = "year") -> str:
        """Open an assessment of a unit."""
        made = scoring.create_assessment(
            self.database, self.people[Role.ADMIN], unit_id=self.units[unit].id, rubric=rubric, period=period(code)
        )
        return made.id

    def save(self, assessment_id: str, code: str, raw: dict[str, object]) -> None:
        """Answer a criterion in whatever department."""
        unit_id = self.sheet(assessment_id).assessment.unit_id
        officer = replace(self.people[Role.OFFICER], unit_id=unit_id)
        scoring.save_entry(self.database, officer, assessment_id=assessment_id, code=code, raw=raw, expected_version=0)

    def sheet(self, assessment_id: str) -> scoring.Sheet:
        """Read an assessment."""
        return scoring.open_sheet(self.database, self.people[Role.ADMIN], assessment_id)

    def run(self, sql: str, **params: object) -> None:
        """Change the database behind the product's back."""
        with self.database.write() as connection:
            connection.run(sql, **params)

    def board(self, role: Role = Role.ADMIN, rubric: Rubric = RUBRIC, code: str = "year", of: str = "") -> UnitsBoard:
        """Read the board as somebody sees it, of one department or of all."""
        department_id = self.units[of].id if of else None
        return units_board(self.database, self.people[role], rubric.id, rubric.year, code, department_id)


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    database = Database.open(tmp_path / "cchc.duckdb")
    users.ensure_trial_users(database)
    admin = people_of(database)[Role.ADMIN]
    scoring.create_department(database, admin, "Sở Y tế", ["Thanh tra Sở", "Phòng Ảnh", "Phòng Đo đạc"])
    scoring.create_department(database, admin, "Sở Dân tộc", ["Văn phòng"])
    with database.read() as connection:
        by_name = {unit.name: unit for unit in units.present(connection)}
    yield Country(database, people_of(database), by_name)
    database.close()


def names(board: UnitsBoard) -> list[str]:
    return [row.unit_name for row in board.rows]


def row_of(board: UnitsBoard, unit: str) -> UnitRow:
    return next(row for row in board.rows if row.unit_name == unit)


def is_equal_to_sheet(row: UnitRow, sheet: scoring.Sheet) -> bool:
    carried = unconfirmed(sheet)
    return (
        row.total == sheet.totals.total
        and all(totals in (None, sheet.totals.sections[code]) for code, totals in row.sections.items())
        and list(row.sections) == list(sheet.totals.sections)
        and (row.unconfirmed, row.unconfirmed_points) == (carried.count, carried.points)
    )


@pytest.mark.parametrize("code", ["q1", "h1", "q3"])
@pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
def test_every_figure_of_the_sample_is_that_of_the_sheet(sample: Database, rubric_id: str, code: str) -> None:
    admin = people_of(sample)[Role.ADMIN]
    listed = scoring.list_assessments(sample, admin)
    opened = {a.id: a for a in listed if (a.rubric_id, a.period_code) == (rubric_id, code)}
    board = units_board(sample, admin, rubric_id, min(a.year for a in opened.values()), code)
    assert {row.assessment_id for row in board.rows} == set(opened)
    for row in board.rows:
        of_unit = opened[row.assessment_id]
        assert (row.unit_name, row.state) == (of_unit.unit_name, of_unit.state)
        assert is_equal_to_sheet(row, scoring.open_sheet(sample, admin, row.assessment_id))
        assert [section.code for section in board.sections] == list(row.sections)
        assert board.period_title == of_unit.period_title


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = workspace.open_workspace(tmp_path_factory.mktemp("sample"))
    yield opened.database
    workspace.close_workspace()


def test_units_stand_in_vietnamese_order_each_department_before_its_units(country: Country) -> None:
    for unit in ("Phòng Đo đạc", "Thanh tra Sở", "Sở Y tế", "Văn phòng", "Phòng Ảnh", "Sở Dân tộc"):
        country.open(unit)
    board = country.board()
    assert names(board) == ["Sở Dân tộc", "Văn phòng", "Sở Y tế", "Phòng Ảnh", "Phòng Đo đạc", "Thanh tra Sở"]
    assert [row.group_name for row in board.rows] == ["Sở Dân tộc"] * 2 + ["Sở Y tế"] * 4
    assert board.has_groups
    assert not country.board(of="Sở Y tế").has_groups
    assert names(country.board(of="Sở Dân tộc")) == ["Sở Dân tộc", "Văn phòng"]


def test_a_unit_without_any_answer_has_no_figures_instead_of_a_bad_score(country: Country) -> None:
    silent, cleared = country.open("Sở Y tế"), country.open("Phòng Ảnh")
    country.save(cleared, "1.1", {"level": 0})
    admin = replace(country.people[Role.OFFICER], unit_id=country.units["Sở Y tế"].id)
    scoring.save_entry(country.database, admin, assessment_id=cleared, code="1.1", raw={}, expected_version=1)
    board = country.board()
    for row in board.rows:
        assert (row.total, row.sections) == (None, {"1": None})
    assert [row.assessment_id for row in board.rows] == [silent, cleared]
    assert [row[1] for row in units_table(board).rows] == ["Đang chấm, chưa có số liệu"] * 2
    assert [row.cells for row in heat_rows(board)] == [(None, None)] * 2


def test_what_scores_nothing_but_is_answered_is_shown_as_nothing_scored(country: Country) -> None:
    opened = country.open("Sở Y tế")
    country.save(opened, "1.1", {"level": 1})
    (row,) = country.board().rows
    assert row.total is not None
    assert (row.total.points, row.total.lost) == (Decimal(0), Decimal(1))


def test_each_unit_stands_on_its_own_effective_maximum(country: Country) -> None:
    whole, lowered = country.open("Sở Y tế"), country.open("Phòng Ảnh")
    country.save(whole, "1.1", {"level": 0})
    country.save(lowered, "1.1", {"level": 0})
    country.save(lowered, "1.5", {"not_applicable": "không được giao"})
    percents = [cells[-1].percent for row in heat_rows(country.board()) if (cells := row.cells) and cells[-1]]
    assert percents == [Decimal("10.00"), Decimal("11.11")]
    table = units_table(country.board())
    assert [column.name for column in table.columns][:5] == ["Đơn vị", "Tình trạng", "Điểm", "Sau khi hạ", "Tỷ lệ"]
    assert [shown(Kind.PERCENT, row[4]) for row in table.rows] == ["10,00 %", "11,11 %"]
    assert table.columns[5].name == "1 Chỉ đạo, điều hành"
    assert table.rows[0][5] == Decimal("10.00")


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE scores SET points = 0, rule_version = 'before' WHERE code = '1.1'",
        "UPDATE scores SET points = 0, answer_version = 0 WHERE code = '1.1'",
        "DELETE FROM scores WHERE code = '1.1'",
    ],
)
def test_scores_that_are_out_of_date_are_computed_anew(country: Country, spoil: str) -> None:
    for unit in ("Sở Y tế", "Phòng Ảnh"):
        opened = country.open(unit)
        country.save(opened, "1.1", {"level": 0})
        country.save(opened, "1.3", {"numerator": "1", "denominator": "3"})
    country.run(f"{spoil} AND assessment_id = :id", id=opened)
    for row in country.board().rows:
        assert is_equal_to_sheet(row, country.sheet(row.assessment_id))
        assert row.total is not None
        assert row.total.points == Decimal("1.3333")


def test_units_on_different_versions_of_a_set_are_matched_by_the_code_of_the_section(country: Country) -> None:
    old, new = country.open("Sở Y tế", OLD), country.open("Phòng Ảnh", _with_a_new_section())
    country.save(old, "1.1", {"level": 0})
    country.save(new, "1.1", {"level": 0})
    country.save(new, "2.1", {"level": 0})
    board = country.board()
    assert board.rubric.title == RUBRIC.title
    assert [section.code for section in board.sections] == ["1", "9"]
    assert [list(row.sections) for row in board.rows] == [["1"], ["1", "9"]]
    for row in board.rows:
        assert is_equal_to_sheet(row, country.sheet(row.assessment_id))
    older, newer = heat_rows(board)
    assert older.cells[1] is None
    assert newer.cells[1] is not None
    assert [column[0] for column in heat_columns(board)] == ["1", "9", "Cộng"]
    assert len(units_table(board).columns) == len(units_table(board).rows[0])


def _with_a_new_section() -> Rubric:
    moved = [
        replace(criterion, section="9", parent="9" if criterion.code == "2" else criterion.parent)
        if criterion.code in ("2", "2.1")
        else criterion
        for criterion in RUBRIC.criteria
    ]
    return replace(RUBRIC, sections=(*RUBRIC.sections, Section("9", None, "Lĩnh vực mới")), criteria=tuple(moved))


def test_carried_answers_are_counted_until_somebody_confirms_them(country: Country) -> None:
    before, opened = country.open("Sở Y tế", code="q3"), country.open("Sở Y tế")
    for code in ("1.1", "1.2"):
        country.save(opened, code, {"level": 0})
    country.run(
        "UPDATE answers SET carried_from = :before WHERE code = '1.1' AND assessment_id = :id", before=before, id=opened
    )
    (row,) = country.board().rows
    assert (row.unconfirmed, row.unconfirmed_points) == (1, Decimal("1.0000"))
    table = units_table(country.board())
    assert [column.name for column in table.columns][-2:] == ["Số tiêu chí chưa xác nhận", "Điểm chưa xác nhận"]
    assert table.rows[0][-2:] == (1, Decimal("1.0000"))


def test_illustrative_points_make_no_percent_and_criteria_are_counted(country: Country) -> None:
    opened = country.open("Sở Y tế", ILLUSTRATIVE)
    country.save(opened, "1.1", {"level": 0})
    country.save(opened, "1.5", {"not_applicable": "không được giao"})
    board = country.board(rubric=ILLUSTRATIVE)
    assert board.is_illustrative
    (row,) = heat_rows(board)
    assert [(cell.part, cell.whole) for cell in row.cells if cell] == [(Decimal(1), Decimal(9))] * 2
    table = units_table(board)
    assert Kind.PERCENT not in {column.kind for column in table.columns}
    assert [column.name for column in table.columns][1:4] == ["Tình trạng", "Đạt", "Áp dụng"]
    assert table.rows[0][2:4] == (1, 9)


def test_people_of_a_department_see_its_units_alone_and_appraisers_what_is_handed_in(country: Country) -> None:
    for unit in ("Sở Y tế", "Thanh tra Sở", "Văn phòng"):
        opened = country.open(unit)
    country.run("UPDATE assessments SET state = :state WHERE id = :id", state=State.SUBMITTED.value, id=opened)
    assert names(country.board()) == ["Văn phòng", "Sở Y tế", "Thanh tra Sở"]
    for role in (Role.OFFICER, Role.ROOM, Role.LEADER):
        assert names(country.board(role)) == names(country.board(role, of="Sở Y tế")) == ["Sở Y tế", "Thanh tra Sở"]
        assert names(country.board(role, of="Sở Dân tộc")) == []
    assert names(country.board(Role.APPRAISER)) == ["Văn phòng"]
    nowhere = replace(country.people[Role.LEADER], unit_id=None)
    assert units_board(country.database, nowhere, RUBRIC.id, RUBRIC.year, "year").rows == ()


def test_the_places_that_people_choose_from_are_those_with_something_to_see(country: Country) -> None:
    for unit in ("Thanh tra Sở", "Văn phòng", "Sở Y tế"):
        opened = country.open(unit)
    country.run("UPDATE assessments SET state = :state WHERE id = :id", state=State.SUBMITTED.value, id=opened)
    health = country.units["Sở Y tế"].id
    of_admin = listing.places(country.database, country.people[Role.ADMIN])
    assert [place.name for place in of_admin.departments] == ["Sở Dân tộc", "Sở Y tế"]
    assert [place.name for place in of_admin.units_of(health)] == ["Sở Y tế", "Thanh tra Sở"]
    of_appraiser = listing.places(country.database, country.people[Role.APPRAISER])
    assert [place.name for place in of_appraiser.units_of(health)] == ["Sở Y tế"]
    of_leader = listing.places(country.database, country.people[Role.LEADER])
    assert [place.name for place in of_leader.departments] == ["Sở Y tế"]
    assert not listing.places(country.database, replace(country.people[Role.LEADER], unit_id=None))


def test_what_is_listed_or_found_is_what_the_table_of_permissions_lets_one_see(country: Country) -> None:
    ids = {unit: country.open(unit, code=code) for unit, code in (("Sở Y tế", "q3"), ("Văn phòng", "year"))}
    ids["Thanh tra Sở"] = country.open("Thanh tra Sở")
    country.run("UPDATE assessments SET state = 'submitted' WHERE id = :id", id=ids["Thanh tra Sở"])
    for person in country.people.values():
        wanted = scoring.list_assessments(country.database, person)
        by_department = [
            assessment
            for department in listing.places(country.database, person).departments
            for assessment in listing.of_department(country.database, person, department.id)
        ]
        assert sorted(a.id for a in by_department) == sorted(a.id for a in wanted)
        by_unit = listing.of_units(country.database, person, [unit.id for unit in country.units.values()])
        assert by_unit == wanted
        found = {each for each in ids.values() if listing.find(country.database, person, each)}
        assert found == {a.id for a in wanted}
    assert listing.find(country.database, country.people[Role.ADMIN], "khong-co") is None


def test_a_period_with_no_assessment_has_an_empty_board(country: Country) -> None:
    country.open("Sở Y tế", code="q3")
    board = country.board(code="h1")
    assert (board.rows, board.rubric.title) == ((), RUBRIC.title)
    assert units_table(board).rows == ()
    assert heat_rows(board) == ()


@pytest.mark.parametrize("wanted", [("khong-co", 2024, "year"), (RUBRIC.id, 1999, "year"), (RUBRIC.id, 2024, "x<y>")])
def test_a_set_or_a_period_that_is_not_there_is_named(country: Country, wanted: tuple[str, int, str]) -> None:
    country.open("Sở Y tế")
    with pytest.raises(NotFound, match=str(wanted[1])):
        units_board(country.database, country.people[Role.ADMIN], *wanted)


def test_an_effective_maximum_of_nothing_has_no_percent(country: Country) -> None:
    one = replace(RUBRIC, id="mot-2024", criteria=tuple(c for c in RUBRIC.criteria if c.code == "1.5"), exclusions=())
    opened = country.open("Sở Y tế", one)
    country.save(opened, "1.5", {"not_applicable": "không được giao"})
    board = country.board(rubric=one)
    assert [row.total for row in board.rows] == [country.sheet(opened).totals.total]
    assert [cell.percent for cell in heat_rows(board)[0].cells if cell] == [None, None]
    assert units_table(board).rows[0][3:6] == (0, None, None)
