"""Bonuses, penalties and caps where answers are stored: kept sheets, many units, what is checked and carried."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_core.carrying import open_carried
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.scoring import open_sheet
from cchc_core.store import users, verify
from cchc_core.store.database import Database
from cchc_core.units_board import heat_rows, units_board, units_table
from tests.adjusted_set import ADJUSTED, ANSWERS
from tests.workbook.desk import Desk, open_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_desk(tmp_path_factory.mktemp("adjusted"), ADJUSTED, "h1")
    opened.save(ANSWERS)
    yield opened
    opened.database.close()


def test_a_sheet_that_followed_its_saves_is_the_sheet_that_is_read(tmp_path: Path) -> None:
    saved = open_desk(tmp_path, ADJUSTED, "h1")
    saved.sheet()
    saved.save(ANSWERS)
    kept = saved.sheet()
    saved.database.close()
    again = Database.open(tmp_path / "cchc.duckdb")
    read = open_sheet(again, saved.officer, saved.assessment_id)
    again.close()
    assert (dict(read.scores), read.totals) == (dict(kept.scores), kept.totals)
    assert read.scores["2.1.2"].before_cap is not None


def test_units_stand_beside_each_other_with_what_their_caps_leave(desk: Desk) -> None:
    sheet = desk.sheet()
    leader = next(user for user in users.trial_users(desk.database) if user.role is Role.LEADER)
    board = units_board(desk.database, leader, ADJUSTED.id, ADJUSTED.year, "h1")
    (row,) = board.rows
    assert row.total == sheet.totals.total
    assert dict(row.sections) == dict(sheet.totals.sections)
    table = units_table(board)
    figures = {column.name: value for column, value in zip(table.columns, table.rows[0], strict=True)}
    assert [str(figures[name]) for name in ("Điểm", "Điểm thưởng", "Điểm trừ")] == ["9.7500", "3.0000", "2.5000"]
    assert [cell and cell.percent for cell in heat_rows(board)[0].cells] == [
        sheet.totals.sections["1"].percent,
        None,
        sheet.totals.total.percent,
    ]


def test_what_is_stored_is_what_each_answer_gives_and_is_found_sound(desk: Desk) -> None:
    with desk.database.read() as connection:
        rows = connection.rows("SELECT code, points FROM scores WHERE code IN ('2.1.2', '2.9') ORDER BY code")
    assert [(row["code"], str(row["points"])) for row in rows] == [("2.1.2", "1.0000"), ("2.9", "-0.5000")]
    assert verify.verify(desk.database).findings == ()


def test_carried_bonuses_and_penalties_wait_to_be_confirmed_and_count_as_before(desk: Desk) -> None:
    before = desk.sheet()
    assessment, _ = open_carried(
        desk.database,
        desk.officer,
        unit_id=before.assessment.unit_id,
        rubric=ADJUSTED,
        period=next(each for each in periods_for(ADJUSTED.id, ADJUSTED.year) if each.code == "q3"),
        source_id=desk.assessment_id,
    )
    after = open_sheet(desk.database, desk.officer, assessment.id)
    assert after.totals.total.points == before.totals.total.points
    leader = next(user for user in users.trial_users(desk.database) if user.role is Role.LEADER)
    (row,) = units_board(desk.database, leader, ADJUSTED.id, ADJUSTED.year, "q3").rows
    assert row.total == after.totals.total
    assert (row.unconfirmed, str(row.unconfirmed_points)) == (7, "12.2500")
