from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cchc_core import scoring
from cchc_core.board import read_board
from cchc_core.evidence.attaching import attachments_of
from cchc_core.evidence.listing import DocumentQuery, find_documents
from cchc_core.forecast import Basis
from cchc_core.offices import offices_for
from cchc_core.permissions import OfficeAction, Role, State
from cchc_core.rules.scoring import Status
from cchc_core.sample import DEPARTMENT, RUBRICS, SUBORDINATES, fill_sample
from cchc_core.store import log, units
from cchc_core.store.database import Database
from cchc_core.store.verify import verify
from cchc_core.tasks.life import Timeliness
from cchc_core.tasks.listing import everything
from cchc_core.tasks.model import TaskKind
from cchc_core.tasks.query import Query
from tests.store.world import people_of

Sheets = dict[str, list[scoring.Sheet]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database.open(tmp_path_factory.mktemp("sample") / "cchc.duckdb")
    fill_sample(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sheets(database: Database) -> Sheets:
    return _sheets(database)


def _sheets(database: Database) -> Sheets:
    leader = people_of(database)[Role.LEADER]
    listed = (a for a in scoring.list_assessments(database, leader) if a.unit_name == DEPARTMENT)
    opened = [scoring.open_sheet(database, leader, a.id) for a in listed]
    return {rubric: [sheet for sheet in opened if sheet.rubric.id == rubric] for rubric in RUBRICS}


def test_each_criteria_set_has_two_approved_quarters_and_a_draft(sheets: Sheets) -> None:
    for of_rubric in sheets.values():
        states = [(sheet.assessment.period_code, sheet.assessment.state) for sheet in of_rubric]
        assert states == [("q1", State.APPROVED), ("h1", State.APPROVED), ("q3", State.DRAFT)]


def test_points_grow_over_the_year_and_something_is_left_to_do(sheets: Sheets) -> None:
    for of_rubric in sheets.values():
        points = [sheet.totals.total.points for sheet in of_rubric]
        assert points == sorted(set(points))
        assert all(sheet.totals.total.points < sheet.totals.total.effective_max for sheet in of_rubric)
        assert all(sheet.totals.total.counts[Status.MISSING] > 0 for sheet in of_rubric)


def test_every_status_a_screen_must_show_occurs(sheets: Sheets) -> None:
    shown = {score.status for of_rubric in sheets.values() for sheet in of_rubric for score in sheet.scores.values()}
    assert shown == set(Status)
    for of_rubric in sheets.values():
        assert of_rubric[-1].totals.total.counts[Status.NOT_APPLICABLE] > 0
        assert of_rubric[-1].totals.total.counts[Status.NOT_DUE] > 0
        assert any(stored.self_note for stored in of_rubric[-1].answers.values())


def test_the_sample_is_sound_marked_and_in_the_log(database: Database) -> None:
    assert verify(database).findings == ()
    with database.read() as connection:
        (department,) = units.departments(connection)
        assert len(units.present(connection)) > 4
        assert log.read_tail(connection).seq > 300
    assert department.name == DEPARTMENT
    assert "dữ liệu mẫu" in department.name


def test_nothing_in_the_sample_contradicts_itself(sheets: Sheets) -> None:
    for of_rubric in sheets.values():
        assert [scoring.contradictions(sheet) for sheet in of_rubric] == [(), (), ()]


def test_units_below_the_department_score_themselves_and_differ(database: Database) -> None:
    leader = people_of(database)[Role.LEADER]
    below = [a for a in scoring.list_assessments(database, leader) if a.unit_name != DEPARTMENT]
    assert {a.unit_name for a in below} == set(SUBORDINATES)
    opened = [scoring.open_sheet(database, leader, a.id) for a in below]
    assert len({sheet.totals.total.points for sheet in opened}) == len(below)
    assert all(scoring.contradictions(sheet) == () for sheet in opened)


def test_the_year_of_the_sample_has_targets_remedies_expectations_and_something_to_confirm(database: Database) -> None:
    leader = people_of(database)[Role.LEADER]
    drafts = [
        a for a in scoring.list_assessments(database, leader) if a.state is State.DRAFT and a.unit_name == DEPARTMENT
    ]
    for draft in drafts:
        board = read_board(database, leader, draft.id)
        assert board.needs[None].needed > 0
        assert len(board.remedies) == 2
        assert any(outlook.is_final for outlook in board.sheet.outlooks.values())
        assert any(leaf.basis is Basis.EXPECTED for leaf in board.forecast.leaves.values())
        assert 0 < board.unconfirmed.count < len(board.sheet.answers)


def test_filling_twice_changes_nothing(database: Database) -> None:
    before = verify(database).log_lines
    fill_sample(database)
    assert verify(database).log_lines == before


def test_the_same_figures_come_at_every_first_start(sheets: Sheets, tmp_path: Path) -> None:
    other = Database.open(tmp_path / "cchc.duckdb")
    fill_sample(other)
    for rubric, again in _sheets(other).items():
        assert [sheet.totals for sheet in again] == [sheet.totals for sheet in sheets[rubric]]
    other.close()


def test_the_plans_are_on_their_way_and_some_of_it_was_late(database: Database) -> None:
    leader = people_of(database)[Role.LEADER]
    office = offices_for(database, leader, OfficeAction.VIEW_TASKS)[0]
    found = everything(database, leader, Query(office.id, 2022), today=date(2022, 9, 14))
    kinds = {each.timeliness(date(2022, 9, 14)) for task in found for each in task.occurrences}
    assert {Timeliness.EARLY, Timeliness.LATE, Timeliness.OVERDUE, Timeliness.DUE_SOON} <= kinds
    assert {task.kind for task in found} >= {TaskKind.PLAN, TaskKind.ASSIGNED, TaskKind.REMEDY}
    assert len([task for task in found if task.kind is TaskKind.PLAN]) == 45


def test_documents_prove_criteria_and_one_of_them_nothing_yet(database: Database, sheets: Sheets) -> None:
    leader = people_of(database)[Role.LEADER]
    opened = sheets["soctrang-tttt-2022"][-1].assessment
    with database.read() as connection:
        attached = attachments_of(connection, opened)
    assert sorted(attached) == ["I.1.1", "I.1.2", "I.1.3", "I.1.4.1"]
    office = offices_for(database, leader, OfficeAction.VIEW_DOCUMENTS)[0]
    assert find_documents(database, leader, DocumentQuery(office.id)).total == 4
    assert find_documents(database, leader, DocumentQuery(office.id, unused=True)).total == 1
