import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from cchc_core import scoring
from cchc_core.errors import BadText, NotAllowed, NotFound, StaleText
from cchc_core.permissions import Role, State
from cchc_core.planning import save_remedy, set_expected, set_final
from cchc_core.reaching import year_line
from cchc_core.rules.problems import AnswerRefused
from cchc_core.store import remedies
from cchc_core.store.log import LogAction
from cchc_core.store.remedies import Remedy
from cchc_core.store.users import User
from cchc_core.store.verify import verify
from tests.running_year import assessment_of, everything, expect, opened
from tests.store.world import World, make_world, reopen

A_DAY = date(2024, 9, 10)


@pytest.fixture
def q1(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    yield made
    made.database.close()


def _mend(world: World, text: str, version: int = 0, code: str = "1.1", **of_remedy: object) -> None:
    user = of_remedy.pop("user", world.officer)
    responsible, due = of_remedy.pop("responsible", ""), of_remedy.pop("due", None)
    assert isinstance(user, User)
    assert isinstance(responsible, str)
    assert due is None or isinstance(due, date)
    save_remedy(
        world.database,
        user,
        assessment_id=world.assessment_id,
        code=code,
        action_text=text,
        responsible=responsible,
        due=due,
        expected_version=version,
    )


def _remedies(world: World) -> Mapping[str, Remedy]:
    line = year_line(assessment_of(world))
    with world.database.read() as connection:
        return remedies.of_year(connection, line)


def _final(world: World, code: str, *, is_final: bool = True, user: User | None = None) -> None:
    set_final(world.database, user or world.officer, assessment_id=world.assessment_id, code=code, is_final=is_final)


def test_an_expected_answer_is_kept_with_who_expects_it(q1: World) -> None:
    expect(q1, "1.3", {"numerator": "18", "denominator": "20"})
    outlook = q1.sheet().outlooks["1.3"]
    assert (dict(outlook.expected_json), outlook.is_final) == ({"numerator": "18", "denominator": "20"}, False)
    assert (outlook.version, outlook.changed_by_name) == (1, q1.officer.name)
    assert q1.sheet().answers == {}
    again = reopen(q1)
    assert again.sheet().outlooks["1.3"] == outlook
    assert verify(again.database).findings == ()
    again.database.close()


def test_an_expected_answer_is_taken_out_by_an_empty_one(q1: World) -> None:
    expect(q1, "1.1", {"level": 0})
    expect(q1, "1.1", {})
    outlook = q1.sheet().outlooks["1.1"]
    assert (outlook.expected, dict(outlook.expected_json), outlook.version) == (None, {}, 2)


def test_expecting_what_is_expected_already_changes_nothing(q1: World) -> None:
    expect(q1, "1.4", {"ticked": [1, 0]})
    before = everything(q1)
    expect(q1, "1.4", {"ticked": [0, 1]})
    expect(q1, "1.2", {})
    assert everything(q1) == before


def test_what_is_not_due_yet_can_be_expected_of_the_years_end(q1: World) -> None:
    expect(q1, "1.9", {"level": 0})
    assert q1.sheet().outlooks["1.9"].expected is not None


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("1.1", {"level": 9}),
        ("1.1", {"count": 1}),
        ("1.1", {"not_due": True}),
        ("1.1", {"not_applicable": "không được giao"}),
        ("1.1", {"voided": "bị sửa"}),
        ("1.3", {"numerator": "1", "denominator": "0"}),
        ("1.7", {"points": "0.3"}),
        ("1.8", {"points": "2", "source": "x"}),
    ],
)
def test_what_the_rule_refuses_at_the_years_end_is_not_kept(q1: World, code: str, raw: dict[str, object]) -> None:
    before = everything(q1)
    with pytest.raises(AnswerRefused):
        expect(q1, code, raw)
    assert everything(q1) == before


def test_a_final_mark_and_an_expected_answer_keep_each_other(q1: World) -> None:
    expect(q1, "1.1", {"level": 1})
    _final(q1, "1.1")
    expect(q1, "1.1", {"level": 0})
    outlook = q1.sheet().outlooks["1.1"]
    assert (dict(outlook.expected_json), outlook.is_final, outlook.version) == ({"level": 0}, True, 3)
    _final(q1, "1.1", is_final=False)
    assert (q1.sheet().outlooks["1.1"].is_final, outlook.expected_json) == (False, {"level": 0})
    lines = scoring.history(q1.database, q1.officer, q1.assessment_id, "1.1")
    assert [line.action for line in lines] == [LogAction.OUTLOOK] * 4


def test_an_outlook_that_somebody_else_changed_meanwhile_is_refused_with_theirs(q1: World) -> None:
    expect(q1, "1.1", {"level": 0})
    before = everything(q1)
    where = {"assessment_id": q1.assessment_id, "code": "1.1"}
    with pytest.raises(StaleText, match=re.escape(q1.officer.name)) as refused:
        set_expected(q1.database, q1.people[Role.ROOM], **where, raw={"level": 1}, expected_version=0)
    assert "dự kiến: " in str(refused.value)
    assert "chưa chốt" in str(refused.value)
    with pytest.raises(StaleText):
        set_final(q1.database, q1.people[Role.ROOM], **where, is_final=True, expected_version=0)
    set_expected(q1.database, q1.people[Role.ROOM], **where, raw={"level": 0}, expected_version=0)
    assert everything(q1) == before
    version = refused.value.version
    set_expected(q1.database, q1.people[Role.ROOM], **where, raw={"level": 1}, expected_version=version)
    set_final(q1.database, q1.officer, **where, is_final=True, expected_version=version + 1)
    outlook = q1.sheet().outlooks["1.1"]
    assert (dict(outlook.expected_json), outlook.is_final) == ({"level": 1}, True)


def test_marking_what_is_marked_already_changes_nothing(q1: World) -> None:
    _final(q1, "1.1", is_final=False)
    assert q1.sheet().outlooks == {}
    _final(q1, "1.1")
    before = everything(q1)
    _final(q1, "1.1")
    assert everything(q1) == before


def test_what_others_score_cannot_be_marked_final(q1: World) -> None:
    before = everything(q1)
    with pytest.raises(BadText, match="bên ngoài chấm"):
        _final(q1, "1.8")
    assert everything(q1) == before


def test_outlooks_are_for_those_who_answer_while_they_may(q1: World) -> None:
    before = everything(q1)
    for role in (Role.LEADER, Role.ADMIN, Role.APPRAISER):
        with pytest.raises(NotAllowed):
            _final(q1, "1.1", user=q1.people[role])
    for code in ("9.9", "2", ""):
        with pytest.raises(NotFound):
            expect(q1, code, {"level": 0})
        with pytest.raises(NotFound):
            _final(q1, code)
    assert everything(q1) == before
    q1.put_into(State.APPROVED)
    with pytest.raises(NotAllowed):
        expect(q1, "1.1", {"level": 0})
    with pytest.raises(NotAllowed):
        _final(q1, "1.1")


def test_a_remedy_is_kept_for_the_whole_year(q1: World) -> None:
    half = opened(q1, "h1")
    _mend(q1, " Ban  hành\nkế hoạch ", responsible="Phòng Một", due=A_DAY)
    (remedy,) = _remedies(half).values()
    assert (remedy.code, remedy.action_text, remedy.responsible, remedy.due) == (
        "1.1",
        "Ban hành kế hoạch",
        "Phòng Một",
        A_DAY,
    )
    assert (remedy.version, remedy.changed_by_name) == (1, q1.officer.name)
    again = reopen(q1)
    assert _remedies(again) == {"1.1": remedy}
    assert verify(again.database).findings == ()
    again.database.close()


def test_a_remedy_that_somebody_else_changed_is_refused_with_their_words(q1: World) -> None:
    _mend(q1, "của phòng", user=q1.people[Role.ROOM])
    before = everything(q1)
    with pytest.raises(StaleText) as refused:
        _mend(q1, "của tôi")
    assert (refused.value.version, q1.people[Role.ROOM].name in str(refused.value)) == (1, True)
    assert "«của phòng»" in str(refused.value)
    assert everything(q1) == before
    _mend(q1, "của tôi", refused.value.version)
    assert _remedies(q1)["1.1"].action_text == "của tôi"


def test_saving_the_same_remedy_is_no_conflict_and_no_change(q1: World) -> None:
    _mend(q1, "Đôn đốc", due=A_DAY)
    before = everything(q1)
    _mend(q1, "Đôn  đốc", due=A_DAY)
    _mend(q1, "", code="1.2")
    assert everything(q1) == before


def test_a_remedy_is_taken_out_and_written_anew(q1: World) -> None:
    _mend(q1, "Đôn đốc", responsible="Phòng Một", due=A_DAY)
    _mend(q1, "", 1)
    assert _remedies(q1) == {}
    # Nobody sees a version of what is not there.
    _mend(q1, "Làm lại")
    assert (_remedies(q1)["1.1"].action_text, _remedies(q1)["1.1"].version) == ("Làm lại", 3)


def test_a_remedy_that_somebody_took_out_meanwhile_is_refused_and_can_be_saved_again(q1: World) -> None:
    _mend(q1, "Đôn đốc")
    _mend(q1, "", 1, user=q1.people[Role.ROOM])
    with pytest.raises(StaleText, match="đã xoá") as refused:
        _mend(q1, "Đôn đốc thêm", 1)
    _mend(q1, "Đôn đốc thêm", refused.value.version)
    assert _remedies(q1)["1.1"].action_text == "Đôn đốc thêm"


def test_a_remedy_that_says_nothing_or_too_much_is_refused(q1: World) -> None:
    before = everything(q1)
    for of_remedy in ({"responsible": "Phòng Một"}, {"due": A_DAY}):
        with pytest.raises(BadText, match="chưa ghi việc sẽ làm"):
            _mend(q1, "", **of_remedy)
    with pytest.raises(BadText, match="2001"):
        _mend(q1, "đ" * 2_001)
    with pytest.raises(BadText, match="301"):
        _mend(q1, "Đôn đốc", responsible="p" * 301)
    for code in ("9.9", "2", "'; DROP TABLE remedies"):
        with pytest.raises(NotFound):
            _mend(q1, "Đôn đốc", code=code)
    assert everything(q1) == before
    _mend(q1, "đ" * 2_000)


def test_remedies_are_for_those_who_mend(q1: World) -> None:
    before = everything(q1)
    for role in (Role.ADMIN, Role.APPRAISER):
        with pytest.raises(NotAllowed):
            _mend(q1, "Đôn đốc", user=q1.people[role])
    assert everything(q1) == before
    _mend(q1, "Đôn đốc", user=q1.people[Role.LEADER])
    q1.put_into(State.APPROVED)
    _mend(q1, "Đôn đốc thêm", 1, user=q1.people[Role.ROOM])
    assert _remedies(q1)["1.1"].version == 2
