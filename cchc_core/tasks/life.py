"""The life of a task: what people type of it, and what follows from its days.

Late or early is never typed: it follows from the due day, the day when it was done, and today.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

DUE_SOON_DAYS: Final = 7


class TaskState(StrEnum):
    """How far something has come, as people say it."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Tell whether there is still something to do."""
        return self in OPEN_STATES


OPEN_STATES: Final = frozenset({TaskState.NOT_STARTED, TaskState.IN_PROGRESS})
STATE_NAMES: Final[Mapping[TaskState, str]] = {
    TaskState.NOT_STARTED: "Chưa thực hiện",
    TaskState.IN_PROGRESS: "Đang thực hiện",
    TaskState.DONE: "Hoàn thành",
    TaskState.DROPPED: "Không thực hiện",
}


class Timeliness(StrEnum):
    """How something stands against its due day; the first is the most urgent, the last asks for nothing."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    OPEN = "open"
    NO_DUE = "no_due"
    LATE = "late"
    ON_TIME = "on_time"
    EARLY = "early"
    DROPPED = "dropped"


TIMELINESS_NAMES: Final[Mapping[Timeliness, str]] = {
    Timeliness.OVERDUE: "Quá hạn, chưa hoàn thành",
    Timeliness.DUE_SOON: "Sắp đến hạn",
    Timeliness.OPEN: "Còn hạn",
    Timeliness.NO_DUE: "Chưa có hạn",
    Timeliness.LATE: "Hoàn thành quá hạn",
    Timeliness.ON_TIME: "Hoàn thành đúng hạn",
    Timeliness.EARLY: "Hoàn thành sớm hạn",
    Timeliness.DROPPED: "Không thực hiện",
}


def timeliness(state: TaskState, due: date | None, done_on: date | None, today: date) -> Timeliness:
    """Say how something stands against its due day, that day included.

    What has no due day is never early or late, also when it is done.

    >>> timeliness(TaskState.DONE, date(2024, 3, 31), date(2024, 3, 31), date(2024, 5, 1))
    <Timeliness.ON_TIME: 'on_time'>
    >>> timeliness(TaskState.IN_PROGRESS, date(2024, 3, 31), None, date(2024, 3, 31))
    <Timeliness.DUE_SOON: 'due_soon'>
    >>> timeliness(TaskState.IN_PROGRESS, date(2024, 3, 31), None, date(2024, 4, 1))
    <Timeliness.OVERDUE: 'overdue'>
    """
    if state is TaskState.DROPPED:
        return Timeliness.DROPPED
    if due is None:
        return Timeliness.NO_DUE
    if state is TaskState.DONE:
        return _done(due, done_on or due)
    if today > due:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if due - today <= timedelta(days=DUE_SOON_DAYS) else Timeliness.OPEN


def _done(due: date, done_on: date) -> Timeliness:
    if done_on == due:
        return Timeliness.ON_TIME
    return Timeliness.EARLY if done_on < due else Timeliness.LATE


def joined_state(states: Iterable[TaskState]) -> TaskState:
    """Give the state of a task from those of its occurrences: done when nothing of it is left to do.

    >>> joined_state([TaskState.DONE, TaskState.NOT_STARTED]).value, joined_state([TaskState.DROPPED] * 2).value
    ('in_progress', 'dropped')
    """
    seen = set(states)
    if seen == {TaskState.DROPPED}:
        return TaskState.DROPPED
    if seen and seen <= {TaskState.DONE, TaskState.DROPPED}:
        return TaskState.DONE
    return TaskState.IN_PROGRESS if seen & {TaskState.DONE, TaskState.IN_PROGRESS} else TaskState.NOT_STARTED


def joined_timeliness(stand: Iterable[tuple[TaskState, Timeliness]]) -> Timeliness:
    """Give how a task stands: by the most urgent of what is open; when nothing is, by the worst of what was done."""
    parts = set(stand)
    still = {each for state, each in parts if state.is_open}
    done = {each for state, each in parts if state is TaskState.DONE}
    if still:
        return next(each for each in Timeliness if each in still)
    # A result without a due day says nothing against one that was early.
    return next((each for each in _WORST_FIRST if each in done), Timeliness.DROPPED if parts else Timeliness.NO_DUE)


_WORST_FIRST: Final = (Timeliness.LATE, Timeliness.ON_TIME, Timeliness.EARLY, Timeliness.NO_DUE)
