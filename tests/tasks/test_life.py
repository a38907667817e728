"""Late and early follow from days; a task's state and timeliness follow from what it delivers."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.tasks.life import (
    DUE_SOON_DAYS,
    STATE_NAMES,
    TIMELINESS_NAMES,
    TaskState,
    Timeliness,
    joined_state,
    joined_timeliness,
    timeliness,
)

DUE = date(2024, 3, 31)
days = st.dates(date(2023, 1, 1), date(2025, 12, 31))
states = st.sampled_from(TaskState)


@pytest.mark.parametrize(
    ("done_on", "expected"),
    [
        (date(2024, 3, 30), Timeliness.EARLY),
        (date(2024, 3, 31), Timeliness.ON_TIME),
        (date(2024, 4, 1), Timeliness.LATE),
    ],
)
def test_the_due_day_itself_is_on_time(done_on: date, expected: Timeliness) -> None:
    assert timeliness(TaskState.DONE, DUE, done_on, date(2030, 1, 1)) is expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 3, 23), Timeliness.OPEN),
        (date(2024, 3, 24), Timeliness.DUE_SOON),
        (date(2024, 3, 31), Timeliness.DUE_SOON),
        (date(2024, 4, 1), Timeliness.OVERDUE),
    ],
)
@pytest.mark.parametrize("state", [TaskState.NOT_STARTED, TaskState.IN_PROGRESS])
def test_what_is_open_is_due_soon_for_seven_days_and_then_overdue(
    state: TaskState, today: date, expected: Timeliness
) -> None:
    assert timeliness(state, DUE, None, today) is expected


def test_what_was_dropped_is_never_late() -> None:
    assert timeliness(TaskState.DROPPED, DUE, None, date(2030, 1, 1)) is Timeliness.DROPPED


@given(states, st.none() | days, days)
def test_without_a_due_day_nothing_is_early_or_late(state: TaskState, done_on: date | None, today: date) -> None:
    expected = Timeliness.DROPPED if state is TaskState.DROPPED else Timeliness.NO_DUE
    assert timeliness(state, None, done_on, today) is expected


@given(days, days, st.integers(1, 400))
def test_what_is_open_never_becomes_less_urgent_as_days_go_by(due: date, today: date, later: int) -> None:
    order = list(Timeliness)
    now = timeliness(TaskState.IN_PROGRESS, due, None, today)
    then = timeliness(TaskState.IN_PROGRESS, due, None, today + timedelta(days=later))
    assert order.index(then) <= order.index(now)


@given(days, days, days, days)
def test_how_something_was_done_does_not_depend_on_the_day_that_one_looks(
    due: date, done_on: date, one: date, other: date
) -> None:
    assert timeliness(TaskState.DONE, due, done_on, one) is timeliness(TaskState.DONE, due, done_on, other)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([TaskState.NOT_STARTED, TaskState.NOT_STARTED], TaskState.NOT_STARTED),
        ([TaskState.NOT_STARTED, TaskState.DROPPED], TaskState.NOT_STARTED),
        ([TaskState.NOT_STARTED, TaskState.IN_PROGRESS], TaskState.IN_PROGRESS),
        ([TaskState.NOT_STARTED, TaskState.DONE], TaskState.IN_PROGRESS),
        ([TaskState.DONE, TaskState.DROPPED], TaskState.DONE),
        ([TaskState.DROPPED, TaskState.DROPPED], TaskState.DROPPED),
        ([], TaskState.NOT_STARTED),
    ],
)
def test_a_task_is_done_when_nothing_of_it_is_left(parts: list[TaskState], expected: TaskState) -> None:
    assert {joined_state(order) for order in permutations(parts)} == {expected}


def test_a_task_stands_as_the_most_urgent_of_what_is_open() -> None:
    done = (TaskState.DONE, Timeliness.LATE)
    soon, open_ = (TaskState.IN_PROGRESS, Timeliness.DUE_SOON), (TaskState.NOT_STARTED, Timeliness.OPEN)
    assert joined_timeliness([done, open_, soon]) is Timeliness.DUE_SOON
    assert joined_timeliness([open_, done]) is Timeliness.OPEN


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([Timeliness.EARLY, Timeliness.LATE, Timeliness.ON_TIME], Timeliness.LATE),
        ([Timeliness.EARLY, Timeliness.ON_TIME], Timeliness.ON_TIME),
        ([Timeliness.EARLY, Timeliness.NO_DUE], Timeliness.EARLY),
        ([Timeliness.NO_DUE], Timeliness.NO_DUE),
    ],
)
def test_a_task_that_is_done_stands_as_the_worst_of_it(parts: list[Timeliness], expected: Timeliness) -> None:
    assert joined_timeliness((TaskState.DONE, part) for part in parts) is expected


def test_a_dropped_part_does_not_make_a_done_task_look_dropped() -> None:
    parts = [(TaskState.DROPPED, Timeliness.DROPPED), (TaskState.DONE, Timeliness.EARLY)]
    assert joined_timeliness(parts) is Timeliness.EARLY
    assert joined_timeliness(parts[:1]) is Timeliness.DROPPED


def test_every_state_and_timeliness_has_a_name_of_its_own() -> None:
    assert set(STATE_NAMES) == set(TaskState)
    assert set(TIMELINESS_NAMES) == set(Timeliness)
    assert len(set(TIMELINESS_NAMES.values())) == len(Timeliness)
    assert DUE_SOON_DAYS == 7
