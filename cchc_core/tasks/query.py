"""What somebody wants to see of the tasks of a department's year."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import Task, TaskKind

NO_ROOM: Final = ""
"""As ``room_id``: tasks whose lead was not recognised among the units of the department."""


class DueFilter(StrEnum):
    """What is still to be done, by its due day."""

    OVERDUE = "overdue"
    SOON_7 = "soon7"
    SOON_30 = "soon30"
    NO_DUE = "no_due"


DUE_NAMES: Final[Mapping[DueFilter, str]] = {
    DueFilter.OVERDUE: "Quá hạn, chưa hoàn thành",
    DueFilter.SOON_7: "Đến hạn trong 7 ngày",
    DueFilter.SOON_30: "Đến hạn trong 30 ngày",
    DueFilter.NO_DUE: "Chưa có hạn",
}


class Order(StrEnum):
    """In which order tasks are listed."""

    PRINTED = "printed"
    URGENT = "urgent"
    DUE = "due"
    ROOM = "room"


ORDER_NAMES: Final[Mapping[Order, str]] = {
    Order.PRINTED: "Theo kế hoạch",
    Order.URGENT: "Cần làm trước",
    Order.DUE: "Theo hạn",
    Order.ROOM: "Theo phòng, đơn vị",
}


@dataclass(frozen=True, slots=True)
class Query:
    """Which tasks, in which order; None does not ask. ``text`` is searched word by word without diacritics."""

    department_id: str
    year: int
    plan_id: str | None = None
    kind: TaskKind | None = None
    room_id: str | None = None
    group: str | None = None
    state: TaskState | None = None
    due: DueFilter | None = None
    text: str = ""
    order: Order = Order.PRINTED


@dataclass(frozen=True, slots=True)
class Page:
    """One page of tasks; ``number`` counts from 1 and is the last page where a later one was asked for."""

    tasks: tuple[Task, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What a filter may be set to, and how many tasks there are then."""

    key: str
    name: str
    many: int


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of every filter; each counts what the other filters leave."""

    plans: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    rooms: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    states: tuple[Choice, ...]
    dues: tuple[Choice, ...]
