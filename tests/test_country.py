"""The database that boards of a whole country are measured on holds what the product itself would have written."""

from collections.abc import Iterator

import pytest

from benchmarks import province, results
from benchmarks.country import RUBRIC, Country, make_country
from cchc_core import scoring
from cchc_core.permissions import Role
from cchc_core.store import users
from cchc_core.store.verify import verify
from cchc_core.unconfirmed import unconfirmed
from cchc_core.units_board import units_board


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    made = make_country(tmp_path_factory.mktemp("country") / "cchc.duckdb", units_each=2, departments=2)
    yield made
    made.database.close()


def test_its_scores_are_those_of_the_rules_and_only_the_log_of_every_answer_is_left_out(country: Country) -> None:
    report = verify(country.database)
    assert {finding.code for finding in report.findings} == {"KT-06"}
    assert report.answers == country.answers > 2 * 2 * 4 * 110


def test_its_board_is_that_of_its_sheets(country: Country) -> None:
    admin = next(user for user in users.trial_users(country.database) if user.role is Role.ADMIN)
    for code in ("q1", "h1", "q3", "year"):
        board = units_board(country.database, admin, RUBRIC, 2024, code)
        assert len(board.rows) == 4
        for row in board.rows:
            sheet = scoring.open_sheet(country.database, admin, row.assessment_id)
            assert (row.total, row.sections) == (sheet.totals.total, sheet.totals.sections)
            carried = unconfirmed(sheet)
            assert (row.unconfirmed, row.unconfirmed_points) == (carried.count, carried.points)
            assert (carried.count > 0) is (code == "q3")


def test_a_province_is_measured_against_a_tenth_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        province, "make_country", lambda path, units_each: make_country(path, units_each, departments=1)
    )
    rows = province.measure(units_each=10, rounds=1)
    assert sum(row.goal == "≤ 10×" for row in rows) == 4
    assert all(line.count("|") == 7 for line in results.markdown(rows).splitlines())
