"""Rows that are never deleted: versions, the log beside them, and what the check over all of it finds."""

from datetime import date

import pytest

from cchc_core.store import kept, units, users
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.units import UnitKind
from cchc_core.store.verify import verify


@pytest.fixture
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    opened = Database.open(tmp_path_factory.mktemp("kept") / "cchc.duckdb")
    users.ensure_trial_users(opened)
    return opened


def _plan(connection: Connection, actor: users.User) -> Row:
    (department,) = units.add(connection, [("Sở A", UnitKind.DEPARTMENT, None)], actor.actor)
    row = {"department_id": department.id, "year": 2024, "title": "Kế hoạch", "issuer": "Sở A", "document_text": ""}
    (key,) = kept.add(
        connection, kept.PLANS, [{**row, "origin": "", "copied_from": None, "ended_utc": None}], actor.actor
    )
    found = kept.find(connection, kept.PLANS, key)
    assert found is not None
    return found


def test_a_change_is_a_new_version_and_is_logged_whole(database: Database) -> None:
    officer = users.trial_users(database)[0]
    with database.write() as connection:
        plan = _plan(connection, officer)
        assert kept.change(connection, kept.PLANS, plan, {"title": "Kế hoạch 2024"}, officer.actor)
        changed = kept.find(connection, kept.PLANS, plan["id"])
    assert changed is not None
    assert (changed["version"], changed["title"], changed["issuer"]) == (2, "Kế hoạch 2024", "Sở A")
    assert verify(database).findings == ()


def test_a_change_that_changes_nothing_is_none(database: Database) -> None:
    officer = users.trial_users(database)[0]
    with database.write() as connection:
        plan = _plan(connection, officer)
        assert not kept.change(connection, kept.PLANS, plan, {"title": "Kế hoạch"}, officer.actor)
        again = kept.find(connection, kept.PLANS, plan["id"])
    assert again == plan


def test_many_rows_change_at_once_each_with_its_own_line_in_the_log(database: Database) -> None:
    officer = users.trial_users(database)[0]
    with database.write() as connection:
        plan, other, same = (_plan(connection, officer) for _each in range(3))
        changes: list[tuple[Row, dict[str, object]]] = [
            (plan, {"title": "Một"}),
            (other, {"title": "Hai", "year": 2025}),
            (same, {"title": same["title"]}),
        ]
        assert kept.change_many(connection, kept.PLANS, changes, officer.actor) == 2
        assert kept.change_many(connection, kept.PLANS, [], officer.actor) == 0
        stored = [kept.find(connection, kept.PLANS, row["id"]) for row in (plan, other, same)]
    assert [row and (row["title"], row["year"], row["version"]) for row in stored] == [
        ("Một", 2024, 2),
        ("Hai", 2025, 2),
        ("Kế hoạch", 2024, 1),
    ]
    assert verify(database).findings == ()


def test_a_row_that_differs_from_its_last_log_line_is_found(database: Database) -> None:
    officer = users.trial_users(database)[0]
    with database.write() as connection:
        plan = _plan(connection, officer)
        connection.run("UPDATE plans SET title = :title WHERE id = :id", title="Tên khác", id=plan["id"])
    assert [finding.code for finding in verify(database).findings] == ["KT-06"]


def test_a_row_that_has_gone_is_found(database: Database) -> None:
    officer = users.trial_users(database)[0]
    with database.write() as connection:
        _plan(connection, officer)
        connection.run("DELETE FROM plans")
    (finding,) = verify(database).findings
    assert "không còn lưu" in finding.message


def test_a_reference_to_nothing_is_found(database: Database) -> None:
    officer = users.trial_users(database)[0]
    with database.write() as connection:
        plan = _plan(connection, officer)
        kept.change(connection, kept.PLANS, plan, {"copied_from": "khong"}, officer.actor)
    (finding,) = verify(database).findings
    assert finding.code == "KT-01"
    assert "copied_from" in finding.message


def test_what_cannot_be_an_id_is_not_looked_up(database: Database) -> None:
    with database.read() as connection:
        assert kept.find(connection, kept.PLANS, "' OR 1=1 --") is None
        assert kept.find(connection, kept.PLANS, "é") is None


def test_days_are_logged_as_text() -> None:
    row = {"id": "x", "due": date(2024, 3, 31), "version": 1, "changed_by": "a", "changed_utc": None}
    assert kept.OCCURRENCES.logged(row) == {"due": "2024-03-31"}
