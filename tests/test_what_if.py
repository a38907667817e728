from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core import scoring
from cchc_core.periods import periods_for
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.answers import entry_to_json
from cchc_core.rules.scoring import Status
from cchc_core.store.periods import view
from cchc_core.unconfirmed import unconfirmed
from cchc_core.what_if import try_out
from tests.running_year import carried, everything, opened
from tests.sheets import entries_for
from tests.store.world import World, make_world

PRINTED = read_rubric("soctrang-tttt-2022")
PERIODS = periods_for(PRINTED.id, PRINTED.year)
PERIOD = next(period for period in PERIODS if period.code == "h1")
VIEW = view(PERIOD.code, is_provisional=True, orders={period.code: period.order for period in PERIODS})
Raw = Mapping[str, dict[str, object]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A printed set of many kinds of rules, in a quarter."""
    made = make_world(tmp_path_factory.mktemp("printed"), "q1")
    opened_one = scoring.create_assessment(
        made.database, made.officer, unit_id=made.department.id, rubric=PRINTED, period=PERIOD
    )
    yield World(made.database, made.people, opened_one.id)
    made.database.close()


def test_a_trial_stores_nothing_and_totals_like_a_save(world: World) -> None:
    world.save("1.1", {"level": 1})
    world.save("1.2", {"level": 0})
    before, sheet = everything(world), world.sheet()
    trial = try_out(
        sheet, {"1.3": {"numerator": "1", "denominator": "3"}, "1.1": {"level": 0}, "1.5": {"not_applicable": "vì"}}
    )
    assert trial.changed == ("1.1", "1.3", "1.5")
    assert trial.problems == {}
    assert (trial.sheet.totals.total.points, trial.sheet.totals.total.effective_max) == (
        Decimal("2.3333"),
        Decimal("9.0000"),
    )
    assert trial.sheet.totals.sections["1"].points == Decimal("2.3333")
    assert trial.sheet.answers["1.2"] == sheet.answers["1.2"]
    assert everything(world) == before
    assert world.sheet().totals.total.points == Decimal("1.0000")


def test_an_empty_answer_tries_out_nothing_at_all_for_a_criterion(world: World) -> None:
    world.save("1.1", {"level": 0})
    trial = try_out(world.sheet(), {"1.1": {}, "1.2": {}})
    assert trial.changed == ("1.1",)
    assert trial.sheet.scores["1.1"].status is Status.MISSING
    assert trial.sheet.totals.total.points == 0


def test_trying_what_is_stored_changes_nothing(world: World) -> None:
    world.save("1.3", {"numerator": "18", "denominator": "20"})
    trial = try_out(world.sheet(), {"1.3": {"numerator": "18.0", "denominator": "20"}})
    assert (trial.changed, trial.sheet) == ((), world.sheet())


def test_what_a_rule_refuses_and_what_is_not_there_is_left_out_and_told(world: World) -> None:
    trial = try_out(
        world.sheet(),
        {"1.1": {"level": 9}, "1.9": {"level": 0}, "9.9": {"level": 0}, "2": {"level": 0}, "1.2": {"level": 0}},
    )
    assert trial.changed == ("1.2",)
    assert set(trial.problems) == {"1.1", "1.9", "9.9", "2"}
    assert "Mức 9 không có" in trial.problems["1.1"]
    assert "chưa đến kỳ" in trial.problems["1.9"]
    assert trial.problems["9.9"] == "Bộ tiêu chí này không có (hoặc không còn) tiêu chí này nên bỏ qua."
    assert trial.sheet.totals.total.points == Decimal("1.0000")


def test_a_tried_answer_counts_as_confirmed_like_a_saved_one(world: World) -> None:
    world.save("1.1", {"level": 1})
    world.save("1.2", {"level": 0})
    half = opened(world, "h1")
    carried(world, half)
    sheet = half.sheet()
    trial = try_out(sheet, {"1.1": {"level": 0}, "1.2": {"level": 0}})
    assert unconfirmed(sheet).codes == ("1.1", "1.2")
    assert unconfirmed(trial.sheet).codes == ("1.2",)


_LEAVES = st.sampled_from([leaf.code for leaf in PRINTED.leaves])


@st.composite
def _answers(draw: st.DrawFn) -> Raw:
    """Anything that may be entered for some criteria, nothing among it."""
    codes = draw(st.lists(_LEAVES, unique=True, max_size=6))
    return {code: entry_to_json(draw(entries_for(PRINTED.criterion(code).scored, VIEW))) for code in codes}


def _save_all(world: World, answers: Raw) -> scoring.Sheet:
    for code, raw in answers.items():
        stored = world.sheet().answers.get(code)
        world.save(code, raw, stored.version if stored else 0)
    return world.sheet()


@given(_answers(), _answers())
@settings(max_examples=25)
def test_a_trial_is_what_saving_the_same_answers_comes_to(printed: World, stored: Raw, tried: Raw) -> None:
    _save_all(printed, {**{code: {} for code in printed.sheet().answers}, **stored})
    before = printed.sheet()
    trial = try_out(before, tried)
    assert printed.sheet() == before
    saved = _save_all(printed, tried)
    assert trial.problems == {}
    assert trial.sheet.scores == saved.scores
    assert trial.sheet.totals == saved.totals
    entries = {code: answer.entry for code, answer in trial.sheet.answers.items() if not answer.entry.is_empty}
    assert entries == {code: answer.entry for code, answer in saved.answers.items() if not answer.entry.is_empty}
    changed = {code for code in tried if saved.answers.get(code) != before.answers.get(code)}
    assert set(trial.changed) == changed
