"""Which tasks an address asks for: its parameters read into a query, for pages and files alike."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import TaskKind
from cchc_core.tasks.query import NO_ROOM, DueFilter, Order, Query

PLAN, KIND, ROOM, GROUP = "kh", "loai", "phong", "nhom"
STATE, DUE, TEXT, ORDER = "tt", "han", "tim", "xep"
EVERY: Final = (PLAN, KIND, ROOM, GROUP, STATE, DUE, TEXT, ORDER)
"""The parameters of an address, in the words of the screen."""
FILTERS: Final = EVERY[:-1]

KINDS: Final = {TaskKind.PLAN: "ke-hoach", TaskKind.ASSIGNED: "duoc-giao", TaskKind.REMEDY: "khac-phuc"}
STATES: Final = {
    TaskState.NOT_STARTED: "chua-lam",
    TaskState.IN_PROGRESS: "dang-lam",
    TaskState.DONE: "hoan-thanh",
    TaskState.DROPPED: "khong-lam",
}
DUES: Final = {
    DueFilter.OVERDUE: "qua-han",
    DueFilter.SOON_7: "7-ngay",
    DueFilter.SOON_30: "30-ngay",
    DueFilter.NO_DUE: "chua-co-han",
}
ORDERS: Final = {Order.PRINTED: "in", Order.URGENT: "gap", Order.DUE: "han", Order.ROOM: "phong"}
NOBODY: Final = "chua-ro"
"""As the room: tasks whose lead was not recognised; an empty parameter asks for nothing."""
_LONGEST_TEXT = 200

_Named = TypeVar("_Named", bound=StrEnum)


def query_of(department_id: str, year: int, parameters: Mapping[str, str]) -> Query:
    """Read what an address asks for; a word that is none of those above asks for nothing.

    >>> query_of("d", 2024, {"tt": "hoan-thanh", "han": "sai"}).state
    <TaskState.DONE: 'done'>
    """
    room = parameters.get(ROOM)
    return Query(
        department_id=department_id,
        year=year,
        plan_id=parameters.get(PLAN) or None,
        kind=_named(KINDS, parameters.get(KIND)),
        room_id=NO_ROOM if room == NOBODY else room or None,
        group=parameters.get(GROUP) or None,
        state=_named(STATES, parameters.get(STATE)),
        due=_named(DUES, parameters.get(DUE)),
        text=parameters.get(TEXT, "")[:_LONGEST_TEXT].strip(),
        order=_named(ORDERS, parameters.get(ORDER)) or Order.PRINTED,
    )


def _named(names: Mapping[_Named, str], word: str | None) -> _Named | None:
    return next((value for value, name in names.items() if name == word), None)
