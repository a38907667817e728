"""Links between tasks and criteria, as they are kept and shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.rubric.model import Criterion
from cchc_core.tasks.model import Task


class LinkState(StrEnum):
    """What a person decided on a task and a criterion."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


LINK_NAMES: Final[Mapping[LinkState, str]] = {
    LinkState.CONFIRMED: "phục vụ tiêu chí",
    LinkState.REFUSED: "không phục vụ tiêu chí",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A decision on a task and a criterion; ``strength`` as it was suggested, None where a person thought of it."""

    code: str
    state: LinkState
    strength: int | None
    version: int
    changed_by_name: str
    changed_at_utc: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """A criterion that a task serves, with the points not yet earned there; ``link`` is None for a remedy's own."""

    criterion: Criterion
    open_points: Decimal
    link: Link | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A criterion that a task may serve, suggested with a strength of 0 to 100."""

    criterion: Criterion
    open_points: Decimal
    strength: int


@dataclass(frozen=True, slots=True)
class TaskLinks:
    """What a task serves, what it may serve, and what people said it does not serve."""

    task: Task
    served: tuple[Served, ...]
    offered: tuple[Offered, ...]
    refused: tuple[Link, ...]
    may_link: bool

    @property
    def codes(self) -> frozenset[str]:
        """Give the criteria that the task serves."""
        return frozenset(each.criterion.code for each in self.served)
