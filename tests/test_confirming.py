from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread

import pytest

from cchc_core import scoring
from cchc_core.confirming import Confirmed, confirm
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.permissions import Role, State
from cchc_core.store.log import LogAction
from cchc_core.store.users import User
from cchc_core.store.verify import verify
from cchc_core.unconfirmed import is_unconfirmed, unconfirmed
from tests.running_year import carried, everything, opened, stranger_of
from tests.store.world import World, make_world, reopen

CODES = ("1.1", "1.2", "1.3", "2.1")


@pytest.fixture
def half(tmp_path: Path) -> Iterator[World]:
    """An assessment of which all answers were carried forward."""
    q1 = make_world(tmp_path, "q1")
    q1.save("1.1", {"level": 0})
    q1.save("1.2", {"level": 1})
    q1.save("1.3", {"numerator": "1", "denominator": "3"})
    q1.save("2.1", {"level": 0})
    half = opened(q1, "h1")
    carried(q1, half)
    yield half
    half.database.close()


def _confirm(world: World, *codes: str, user: User | None = None) -> Confirmed:
    return confirm(world.database, user or world.officer, world.assessment_id, codes)


def _is_sound(world: World) -> bool:
    return verify(world.database).findings == ()


def test_a_confirmed_answer_stays_as_it_is_and_bears_who_stands_for_it(half: World) -> None:
    before = half.sheet()
    done = _confirm(half, "1.3", user=half.people[Role.ROOM])
    after = half.sheet()
    assert (done, done.message) == (Confirmed(("1.3",)), "Đã xác nhận 1 tiêu chí.")
    assert after.answers["1.3"].is_confirmed
    assert after.answers["1.3"].changed_by_name == half.people[Role.ROOM].name
    assert after.answers["1.3"].entry == before.answers["1.3"].entry
    assert after.answers["1.3"].version == before.answers["1.3"].version
    assert (after.scores, after.totals) == (before.scores, before.totals)
    assert unconfirmed(after).codes == ("1.1", "1.2", "2.1")
    assert unconfirmed(after).points == Decimal("2.0000")
    assert _is_sound(half)


def test_a_confirmation_is_in_the_history_of_the_criterion(half: World) -> None:
    _confirm(half, "1.3")
    confirmed, copied = scoring.history(half.database, half.officer, half.assessment_id, "1.3")
    assert (confirmed.action, copied.action) == (LogAction.CONFIRM, LogAction.CARRY)
    assert confirmed.old == copied.new
    assert confirmed.new is not None
    assert copied.new is not None
    assert confirmed.new == {name: value for name, value in copied.new.items() if name != "carried_from"}


def test_a_section_or_all_is_confirmed_as_one_change(half: World) -> None:
    number = scoring.change_number(half.database, half.assessment_id)
    done = _confirm(half, *unconfirmed(half.sheet(), "1").codes)
    assert done.codes == CODES
    assert scoring.change_number(half.database, half.assessment_id) == number + 1
    assert unconfirmed(half.sheet()).count == 0
    assert _is_sound(half)


def test_only_what_was_on_the_screen_is_confirmed(half: World) -> None:
    assert _confirm(half, "1.1", "1.2").codes == ("1.1", "1.2")
    assert unconfirmed(half.sheet()).codes == ("1.3", "2.1")


def test_whoever_comes_second_is_told_who_was_first(half: World) -> None:
    room = half.people[Role.ROOM]
    _confirm(half, "1.1", "1.2", user=room)
    half.save("1.3", {"numerator": "2", "denominator": "3"}, 1, user=room)
    done = _confirm(half, *CODES)
    assert done == Confirmed(("2.1",), (("1.1", room.name), ("1.2", room.name), ("1.3", room.name)))
    assert done.message == (
        "Đã xác nhận 1 tiêu chí. Đã được xác nhận hoặc sửa từ trước: "
        f"1.1 ({room.name}), 1.2 ({room.name}), 1.3 ({room.name})."
    )
    before = everything(half)
    assert _confirm(half, "1.1").message.startswith("Không còn gì phải xác nhận. Đã được xác nhận")
    assert everything(half) == before


def test_a_long_list_of_others_is_cut_and_counted() -> None:
    others = tuple((f"1.{n}", "Lan") for n in range(7))
    assert Confirmed((), others).message.endswith("1.4 (Lan) và 2 tiêu chí khác.")


def test_of_two_people_confirming_at_once_each_answer_is_confirmed_by_one(half: World) -> None:
    users = (half.officer, half.people[Role.ROOM])
    done: dict[str, Confirmed] = {}
    together = Barrier(len(users))

    def confirm_all(user: User) -> None:
        together.wait()
        done[user.name] = _confirm(half, *CODES, user=user)

    threads = [Thread(target=confirm_all, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = (done[user.name] for user in users)
    assert sorted((*first.codes, *second.codes)) == sorted(CODES)
    winner = users[0] if first.codes else users[1]
    told = second if first.codes else first
    assert told.others == tuple((code, winner.name) for code in CODES)
    lines = [scoring.history(half.database, half.officer, half.assessment_id, code) for code in CODES]
    assert [[change.action for change in changes] for changes in lines] == [[LogAction.CONFIRM, LogAction.CARRY]] * 4
    assert _is_sound(half)


def test_a_changed_answer_counts_as_confirmed(half: World) -> None:
    saved = half.save("1.1", {"level": 1}, 1)
    assert saved.is_confirmed
    assert half.sheet().answers["1.1"] == saved
    assert not is_unconfirmed(half.sheet(), "1.1")
    assert _is_sound(half)


def test_an_answer_that_was_cleared_is_not_unconfirmed(half: World) -> None:
    half.save("1.1", {}, 1)
    assert unconfirmed(half.sheet()).codes == ("1.2", "1.3", "2.1")
    assert _is_sound(half)


def test_a_note_alone_confirms_nothing(half: World) -> None:
    noted = half.note("1.1", "Đã đối chiếu với phòng", 1)
    assert not noted.is_confirmed
    assert half.sheet().answers["1.1"] == noted
    assert unconfirmed(half.sheet()).codes == CODES
    assert _is_sound(half)
    assert _confirm(half, "1.1").codes == ("1.1",)
    assert half.sheet().answers["1.1"].self_note == "Đã đối chiếu với phòng"
    assert _is_sound(half)


def test_an_answer_is_saved_over_a_confirmation_that_came_in_between(half: World) -> None:
    seen = half.sheet().answers["1.1"].version
    _confirm(half, "1.1", user=half.people[Role.ROOM])
    assert half.save("1.1", {"level": 1}, seen).version == seen + 1
    assert _is_sound(half)


def test_a_confirmation_is_there_after_a_restart(half: World) -> None:
    _confirm(half, "1.1", "1.3")
    again = reopen(half)
    assert unconfirmed(again.sheet()).codes == ("1.2", "2.1")
    assert unconfirmed(again.sheet()).points == Decimal("1.0000")
    assert _is_sound(again)
    again.database.close()


def test_a_confirmation_with_scores_of_older_rules_stays_sound(half: World) -> None:
    with half.database.write() as connection:
        connection.run("UPDATE scores SET rule_version = 'cũ'")
    _confirm(half, "1.1")
    assert _is_sound(half)


def test_a_confirmation_that_was_taken_back_behind_the_log_is_found(half: World) -> None:
    _confirm(half, "1.1")
    with half.database.write() as connection:
        connection.run(
            "UPDATE answers SET carried_from = (SELECT max(carried_from) FROM answers) "
            "WHERE code = '1.1' AND assessment_id = :id",
            id=half.assessment_id,
        )
    (finding,) = verify(half.database).findings
    assert finding.code == "KT-06"


@pytest.mark.parametrize(("state", "is_locked"), [(State.APPROVED, False), (State.DRAFT, True)])
def test_in_an_approved_or_locked_assessment_nothing_is_confirmed(half: World, state: State, is_locked: bool) -> None:
    half.put_into(state, is_locked=is_locked)
    before = everything(half)
    with pytest.raises(NotAllowed):
        _confirm(half, "1.1")
    assert everything(half) == before


def test_who_may_not_answer_may_not_confirm(half: World) -> None:
    before = everything(half)
    for role in (Role.LEADER, Role.ADMIN, Role.APPRAISER):
        with pytest.raises(NotAllowed):
            _confirm(half, "1.1", user=half.people[role])
    assert everything(half) == before
    stranger = stranger_of(half)
    with pytest.raises(NotAllowed):
        _confirm(half, "1.1", user=stranger)


def test_unknown_codes_and_groups_are_refused_and_nothing_confirmed(half: World) -> None:
    before = everything(half)
    for code in ("9.9", "", "2", "'; DROP TABLE answers"):
        with pytest.raises(NotFound):
            _confirm(half, "1.1", code)
    with pytest.raises(NotFound):
        confirm(half.database, half.officer, "khong-co", CODES)
    assert everything(half) == before


def test_confirming_nothing_or_what_has_no_answer_changes_nothing(half: World) -> None:
    before = everything(half)
    for codes in ((), ("1.4",)):
        assert _confirm(half, *codes) == Confirmed(())
    assert Confirmed(()).message == "Không còn gì phải xác nhận."
    assert everything(half) == before


def test_other_assessments_keep_their_marks(half: World) -> None:
    third = opened(half, "q3")
    carried(half, third)
    _confirm(third, *CODES)
    assert unconfirmed(half.sheet()).codes == CODES
