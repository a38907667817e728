"""A sheet that is open when something is saved follows the save instead of being read again."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from cchc_core import scoring
from cchc_core.errors import StaleAnswer
from cchc_core.permissions import Role
from cchc_core.rules.problems import AnswerRefused
from tests.store.world import World, make_world, reopen

SAVES: tuple[tuple[str, dict[str, object]], ...] = (
    ("1.1", {"level": 0}),
    ("1.3", {"numerator": "18", "denominator": "20"}),
    ("1.4", {"ticked": [1, 0]}),
    ("1.5", {"not_applicable": "không được giao"}),
    ("1.6", {"level": 0, "voided": "có chỉnh sửa"}),
    ("1.7", {"points": "0.25"}),
    ("1.8", {"percent": "87", "source": "Thông báo số 1"}),
    ("1.9", {"level": 1}),
    ("2.1", {"level": 0}),
    ("1.1", {"level": 1}),
    ("1.3", {}),
)


@pytest.fixture(params=["year", "q3"])
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    made = make_world(tmp_path, request.param)
    yield made
    made.database.close()


def read_anew(world: World) -> scoring.Sheet:
    again = reopen(world)
    sheet = again.sheet()
    again.database.close()
    return sheet


def test_a_kept_sheet_is_to_the_letter_what_reading_it_anew_gives(world: World) -> None:
    world.sheet()
    for code, raw in SAVES:
        stored = world.sheet().answers.get(code)
        saved = world.save(code, raw, stored.version if stored else 0)
        assert world.sheet().answers[code] is saved
    world.note("1.3", "Đã đối chiếu", 2)
    world.note("1.2", "Chưa có số liệu")
    kept = world.sheet()
    anew = read_anew(world)
    assert kept == anew
    assert repr(kept.totals) == repr(anew.totals)
    assert {code: repr(score) for code, score in kept.scores.items()} == {
        code: repr(score) for code, score in anew.scores.items()
    }
    assert {code: repr(answer) for code, answer in kept.answers.items()} == {
        code: repr(answer) for code, answer in anew.answers.items()
    }


def test_what_is_refused_leaves_the_kept_sheet_alone(world: World) -> None:
    world.save("1.1", {"level": 0}, user=world.people[Role.ROOM])
    before = world.sheet()
    with pytest.raises(StaleAnswer):
        world.save("1.1", {"level": 1})
    with pytest.raises(AnswerRefused):
        world.save("1.3", {"numerator": "1", "denominator": "0"})
    assert world.sheet() == before


def test_people_who_save_at_once_leave_a_sheet_with_all_of_it(world: World) -> None:
    codes = ("1.1", "1.2", "1.6", "2.1")

    def score(code: str) -> None:
        for version in range(10):
            world.save(code, {"level": version % 2}, version)
            assert world.sheet().answers[code].version >= version + 1

    threads = [Thread(target=score, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = world.sheet()
    assert [kept.answers[code].version for code in codes] == [10] * 4
    assert kept == read_anew(world)
