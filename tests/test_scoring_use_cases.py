from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Thread

import pytest

from cchc_core import scoring
from cchc_core.board import read_board
from cchc_core.earlier import earlier_scores
from cchc_core.errors import AlreadyThere, BadText, NotAllowed, NotFound, StaleAnswer
from cchc_core.permissions import Role, State
from cchc_core.rubric.document import fingerprint
from cchc_core.rules.answers import EMPTY, Entry, LevelAnswer
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import Status
from cchc_core.store.clock import now_utc
from cchc_core.store.log import LogAction
from cchc_core.store.verify import verify
from tests.store.world import RUBRIC, World, make_world, people_of, period, reopen


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.database.close()


def _log_lines(world: World) -> int:
    with world.database.read() as connection:
        return len(connection.rows("SELECT seq FROM change_log"))


def test_a_saved_answer_is_scored_and_there_after_a_restart(world: World) -> None:
    saved = world.save("1.3", {"numerator": "18", "denominator": "20"})
    again = reopen(world)
    sheet = again.sheet()
    assert (saved.version, saved.changed_by_name) == (1, again.officer.name)
    assert sheet.answers["1.3"] == saved
    assert sheet.scores["1.3"].points == Decimal("0.9000")
    assert sheet.totals.total.points == Decimal("0.9000")
    again.database.close()


def test_a_sheet_scores_every_leaf_also_those_without_an_answer(world: World) -> None:
    sheet = world.sheet()
    assert set(sheet.scores) == {leaf.code for leaf in RUBRIC.leaves}
    assert sheet.scores["1.1"].status is Status.MISSING
    assert sheet.scores["1.8"].status is Status.AWAITING
    assert sheet.totals.total.max_points == Decimal("10.0000")


def test_each_save_raises_the_version_and_the_change_number(world: World) -> None:
    before = scoring.change_number(world.database, world.assessment_id)
    assert [world.save("1.1", {"level": 0}).version, world.save("1.1", {"level": 1}, 1).version] == [1, 2]
    assert scoring.change_number(world.database, world.assessment_id) == before + 2


def test_a_sheet_opened_after_a_save_shows_the_save(world: World) -> None:
    world.sheet()
    world.save("1.1", {"level": 0})
    assert world.sheet().scores["1.1"].points == Decimal("1.0000")


def test_saving_what_is_stored_already_changes_nothing(world: World) -> None:
    first = world.save("1.1", {"level": 0})
    lines = _log_lines(world)
    assert world.save("1.1", {"level": 0}, 1) == first
    assert _log_lines(world) == lines


def test_clearing_nothing_changes_nothing(world: World) -> None:
    lines = _log_lines(world)
    assert world.save("1.1", {}).version == 0
    assert world.note("1.1", " ").version == 0
    assert _log_lines(world) == lines


def test_an_empty_answer_clears_the_criterion_and_is_logged(world: World) -> None:
    world.save("1.1", {"level": 0})
    cleared = world.save("1.1", {}, 1)
    assert (cleared.version, cleared.entry) == (2, EMPTY)
    assert world.sheet().scores["1.1"].status is Status.MISSING
    newest = scoring.history(world.database, world.officer, world.assessment_id, "1.1")[0]
    assert newest.old is not None
    assert newest.new is not None
    assert (newest.old["entry"], newest.new["entry"]) == ({"level": 0}, {})


def test_a_stale_save_is_refused_with_both_values_and_stores_nothing(world: World) -> None:
    room = world.people[Role.ROOM]
    world.save("1.1", {"level": 0}, user=room)
    lines = _log_lines(world)
    with pytest.raises(StaleAnswer) as refused:
        world.save("1.1", {"level": 1}, 0)
    conflict = refused.value
    assert (conflict.mine, conflict.stored) == (_level(1), _level(0))
    assert (conflict.who, conflict.version) == (room.name, 1)
    assert now_utc() - conflict.when_utc < timedelta(minutes=1)
    assert conflict.mine_explanation != conflict.stored_explanation
    assert room.name in str(conflict)
    assert world.sheet().answers["1.1"].entry == _level(0)
    assert _log_lines(world) == lines


def test_a_refused_stale_save_goes_through_with_the_version_it_named(world: World) -> None:
    world.save("1.1", {"level": 0}, user=world.people[Role.ROOM])
    with pytest.raises(StaleAnswer) as refused:
        world.save("1.1", {"level": 1}, 0)
    assert world.save("1.1", {"level": 1}, refused.value.version).version == 2
    history = scoring.history(world.database, world.officer, world.assessment_id, "1.1")
    assert [change.actor_name for change in history] == [world.officer.name, world.people[Role.ROOM].name]


def test_two_people_who_save_the_same_value_are_not_in_conflict(world: World) -> None:
    first = world.save("1.1", {"level": 0}, user=world.people[Role.ROOM])
    assert world.save("1.1", {"level": 0}, 0) == first


def test_a_stale_note_is_refused_with_both_notes(world: World) -> None:
    world.note("1.1", "của tôi")
    with pytest.raises(StaleAnswer) as refused:
        world.note("1.1", "của bạn", 0)
    assert (refused.value.mine_note, refused.value.stored_note) == ("của bạn", "của tôi")
    assert refused.value.mine is None


def test_of_many_people_saving_at_once_one_wins_each_version(world: World) -> None:
    outcomes: list[str] = []

    def save(level: int) -> None:
        try:
            world.save("1.1", {"level": level % 2}, 0)
            outcomes.append("saved")
        except StaleAnswer:
            outcomes.append("stale")

    threads = [Thread(target=save, args=(level,)) for level in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Four of the eight carry the value that won; saving it again is no conflict.
    assert sorted(outcomes) == ["saved"] * 4 + ["stale"] * 4
    assert world.sheet().answers["1.1"].version == 1
    assert verify(world.database).findings == ()


def test_an_answer_that_the_rule_refuses_stores_nothing(world: World) -> None:
    lines = _log_lines(world)
    for raw in ({"level": 9}, {"count": 1}, {"level": 0, "voided": "vì sao"}, {"not_applicable": "vì sao"}):
        with pytest.raises(AnswerRefused):
            world.save("1.1", dict(raw))
    assert world.sheet().answers == {}
    assert _log_lines(world) == lines


def test_a_note_and_an_answer_share_a_version_and_keep_each_other(world: World) -> None:
    world.save("1.1", {"level": 0})
    noted = world.note("1.1", "Theo kế hoạch số 5", 1)
    changed = world.save("1.1", {"level": 1}, 2)
    assert (noted.entry, changed.self_note, changed.version) == (_level(0), "Theo kế hoạch số 5", 3)


def test_a_note_alone_leaves_the_criterion_missing(world: World) -> None:
    world.note("1.1", "Chưa có văn bản")
    sheet = world.sheet()
    assert (sheet.answers["1.1"].self_note, sheet.scores["1.1"].status) == ("Chưa có văn bản", Status.MISSING)


def test_text_is_cleaned_of_control_characters_and_kept_in_one_spelling(world: World) -> None:
    noted = world.note("1.1", "dòng một\r\nhoà\u0000 b\u0300\ud800 \u001b[31m")
    assert noted.self_note == "dòng một\nhoà b\u0300 [31m"
    saved = world.save("1.5", {"not_applicable": "không\u0007 được\u0000 giao"})
    assert saved.entry.not_applicable == "không được giao"


def test_a_note_that_is_too_long_is_refused_and_one_just_short_enough_is_kept(world: World) -> None:
    with pytest.raises(BadText, match="20000"):
        world.note("1.1", "đ" * 20_001)
    assert len(world.note("1.1", "đ" * 20_000).self_note) == 20_000


def test_unknown_ids_and_groups_are_told_apart_from_what_is_there(world: World) -> None:
    for code in ("9.9", "1", "", "1.1\ud800", "'; DROP TABLE answers"):
        with pytest.raises(NotFound):
            world.save(code, {"level": 0})
    with pytest.raises(NotFound, match="nhóm"):
        world.save("2", {"level": 0})
    for unknown in ("khong-co", "", "0" * 16, "a\ud800", "x" * 10_000):
        with pytest.raises(NotFound) as refused:
            scoring.open_sheet(world.database, world.officer, unknown)
        str(refused.value).encode()
        with pytest.raises(NotFound):
            scoring.change_number(world.database, unknown)


def test_a_lock_stops_answering_and_not_looking(world: World) -> None:
    world.put_into(State.DRAFT, is_locked=True)
    with pytest.raises(NotAllowed, match="khoá"):
        world.save("1.1", {"level": 0})
    assert world.sheet().assessment.is_locked


def test_each_role_is_held_to_its_rights(world: World) -> None:
    for role in (Role.LEADER, Role.ADMIN, Role.APPRAISER):
        with pytest.raises(NotAllowed):
            world.save("1.1", {"level": 0}, user=world.people[role])
    with pytest.raises(NotAllowed):
        scoring.open_sheet(world.database, world.people[Role.APPRAISER], world.assessment_id)
    with pytest.raises(NotAllowed):
        scoring.history(world.database, world.people[Role.APPRAISER], world.assessment_id, "1.1")
    assert world.save("1.1", {"level": 0}, user=world.people[Role.ROOM]).version == 1


def test_an_appraiser_sees_an_assessment_once_it_is_submitted(world: World) -> None:
    appraiser = world.people[Role.APPRAISER]
    assert scoring.list_assessments(world.database, appraiser) == ()
    world.put_into(State.SUBMITTED)
    (listed,) = scoring.list_assessments(world.database, appraiser)
    assert scoring.open_sheet(world.database, appraiser, listed.id).assessment.state is State.SUBMITTED


def test_another_departments_officer_neither_sees_nor_scores(world: World) -> None:
    other = scoring.create_department(world.database, world.people[Role.ADMIN], "Sở Khác")
    with world.database.write() as connection:
        connection.change_structure()
        connection.run("UPDATE users SET unit_id = :unit WHERE id = :id", unit=other.id, id=world.officer.id)
    stranger = people_of(world.database)[Role.OFFICER]
    assert scoring.list_assessments(world.database, stranger) == ()
    with pytest.raises(NotAllowed):
        world.save("1.1", {"level": 0}, user=stranger)
    with pytest.raises(NotAllowed):
        scoring.create_assessment(
            world.database, stranger, unit_id=world.department.id, rubric=RUBRIC, period=period("q1")
        )


def test_the_same_assessment_is_not_opened_twice(world: World) -> None:
    with pytest.raises(AlreadyThere):
        scoring.create_assessment(
            world.database, world.officer, unit_id=world.department.id, rubric=RUBRIC, period=period()
        )
    assert len(scoring.list_assessments(world.database, world.officer)) == 1


def test_assessments_are_listed_in_the_order_of_the_year(world: World) -> None:
    for code in ("q3", "q1"):
        scoring.create_assessment(
            world.database, world.officer, unit_id=world.department.id, rubric=RUBRIC, period=period(code)
        )
    listed = scoring.list_assessments(world.database, world.officer)
    assert [assessment.period_code for assessment in listed] == ["q1", "q3", "year"]
    assert listed[0].unit_name == "Sở Thử nghiệm"
    assert listed[0].is_provisional


def test_the_criteria_set_is_pinned_as_it_was(world: World) -> None:
    sheet = world.sheet()
    assert sheet.assessment.rubric_sha256 == fingerprint(RUBRIC)
    assert sheet.rubric == RUBRIC


def test_a_department_needs_an_administrator_a_name_and_rooms_that_differ(world: World) -> None:
    admin = world.people[Role.ADMIN]
    for role in (Role.ROOM, Role.LEADER, Role.APPRAISER):
        with pytest.raises(NotAllowed):
            scoring.create_department(world.database, world.people[role], "Sở Mới")
    for empty in ("", " \u0000 "):
        with pytest.raises(BadText):
            scoring.create_department(world.database, admin, empty)
    with pytest.raises(AlreadyThere):
        scoring.create_department(world.database, admin, " Sở  Thử nghiệm ")
    with pytest.raises(AlreadyThere, match="Phòng A"):
        scoring.create_department(world.database, admin, "Sở Mới", ["Phòng A", "Phòng A"])
    assert [unit.name for unit in scoring.list_departments(world.database)] == ["Sở Thử nghiệm"]


def test_what_falls_due_later_counts_as_not_due_in_a_quarter(tmp_path: Path) -> None:
    world = make_world(tmp_path, "h1")
    sheet = world.sheet()
    assert sheet.scores["1.9"].status is Status.NOT_DUE
    assert world.save("1.1", {"not_due": True}).entry.not_due
    with pytest.raises(AnswerRefused):
        world.save("1.9", {"level": 0})
    world.database.close()


def test_contradicting_answers_are_flagged(world: World) -> None:
    world.save("1.1", {"level": 0})
    assert scoring.contradictions(world.sheet()) == ()
    world.save("1.2", {"level": 1})
    (flagged,) = scoring.contradictions(world.sheet())
    assert flagged.codes == ("1.1", "1.2")
    assert "1.2" in flagged.message


def test_history_tells_who_what_and_when_newest_first(world: World) -> None:
    world.save("1.1", {"level": 0})
    world.note("1.1", "ghi chú", 1)
    world.save("1.2", {"level": 0})
    noted, answered = scoring.history(world.database, world.officer, world.assessment_id, "1.1")
    assert (noted.action, answered.action) == (LogAction.NOTE, LogAction.ANSWER)
    assert answered.old is None
    assert answered.new is not None
    assert (answered.new["points"], answered.new["status"]) == ("1.0000", "scored")
    recent = read_board(world.database, world.officer, world.assessment_id).changes
    assert [change.subject for change in recent[:2]] == ["1.2", "1.1"]
    assert recent[0].title == "Lưu kết quả"


def test_a_score_of_older_rules_is_computed_anew_and_refreshed_at_the_next_save(world: World) -> None:
    world.save("1.1", {"level": 0})
    with world.database.write() as connection:
        connection.run("UPDATE scores SET rule_version = 'cũ', points = 0, explanation = 'cũ'")
        connection.run("UPDATE assessments SET change_number = change_number + 1")
    assert world.sheet().scores["1.1"].points == Decimal("1.0000")
    world.note("1.1", "lưu lại", 1)
    with world.database.read() as connection:
        row = connection.row("SELECT points, rule_version FROM scores")
    assert row is not None
    assert (row["points"], row["rule_version"] != "cũ") == (Decimal("1.0000"), True)


def test_a_stored_answer_that_the_rules_no_longer_take_counts_as_missing_and_says_why(world: World) -> None:
    world.save("1.1", {"level": 0})
    with world.database.write() as connection:
        connection.run("UPDATE answers SET entry = :entry", entry='{"level": 7}')
        connection.run("UPDATE scores SET rule_version = 'cũ'")
        connection.run("UPDATE assessments SET change_number = change_number + 1")
    sheet = world.sheet()
    assert sheet.scores["1.1"].status is Status.MISSING
    assert "không còn hợp" in sheet.scores["1.1"].explanation
    assert world.save("1.1", {"level": 1}, 1).version == 2


def _level(level: int) -> Entry:
    return Entry(LevelAnswer(level))


def _opened(world: World, code: str) -> scoring.Assessment:
    return scoring.create_assessment(
        world.database, world.officer, unit_id=world.department.id, rubric=RUBRIC, period=period(code)
    )


def test_the_period_before_is_the_nearest_earlier_one_of_the_same_year(world: World) -> None:
    first, third = _opened(world, "q1"), _opened(world, "q3")
    scoring.save_entry(
        world.database, world.officer, assessment_id=first.id, code="1.1", raw={"level": 0}, expected_version=0
    )
    before_third = earlier_scores(world.database, world.officer, third).previous
    assert before_third["1.1"].points == Decimal("1.0000")
    assert earlier_scores(world.database, world.officer, first).previous == {}
    year = world.sheet().assessment
    assert earlier_scores(world.database, world.officer, year).previous["1.1"].status is Status.MISSING
    assert earlier_scores(world.database, world.people[Role.APPRAISER], year).previous == {}


def test_what_falls_due_later_in_the_year_is_known_from_the_years_periods(world: World) -> None:
    assert _opened(world, "h1").period.reached == frozenset({"q1", "h1"})
    assert _opened(world, "q3").period.reached == frozenset({"q1", "h1", "q3"})
