"""Tasks as they are kept: a line of a plan, assigned work or a remedy, with what is to be delivered by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from cchc_core.tasks.life import TaskState, Timeliness, joined_state, joined_timeliness, timeliness


class TaskKind(StrEnum):
    """Where a task comes from."""

    PLAN = "plan"
    ASSIGNED = "assigned"
    REMEDY = "remedy"


KIND_NAMES: Final[Mapping[TaskKind, str]] = {
    TaskKind.PLAN: "Theo kế hoạch",
    TaskKind.ASSIGNED: "Được giao",
    TaskKind.REMEDY: "Khắc phục tiêu chí",
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What a task delivers once: a product, or one time of a recurring task.

    ``time_text`` is the time as printed, ``reading`` how it was read, ``time_kind`` a
    :class:`~cchc_core.time_reading.TimeKind`; ``is_corrected`` tells that a person set ``due``.
    """

    id: str
    task_id: str
    ordinal: int
    product: str
    time_text: str
    time_kind: str
    reading: str
    due: date | None
    is_corrected: bool
    state: TaskState
    done_on: date | None
    reason: str
    result_number: str
    result_date: date | None
    result_abstract: str
    version: int
    changed_by_name: str
    changed_at_utc: datetime

    def timeliness(self, today: date) -> Timeliness:
        """Say how it stands against its due day."""
        return timeliness(self.state, self.due, self.done_on, today)

    @property
    def has_result(self) -> bool:
        """Tell whether a document is named as its result."""
        return bool(self.result_number or self.result_date or self.result_abstract)


@dataclass(frozen=True, slots=True)
class Task:
    """A task with its occurrences in order; text that the print does not have is empty.

    ``room_id`` is the unit that leads, None where ``lead_text`` names none that is known, ``room_name`` its name;
    ``remedy_unit_id``, ``remedy_rubric_id`` and ``remedy_code`` name the criterion that a remedy mends and its unit.
    """

    id: str
    department_id: str
    year: int
    plan_id: str | None
    kind: TaskKind
    ordinal: int
    code: str
    group_code: str
    group_title: str
    title: str
    lead_text: str
    room_id: str | None
    person: str
    coordinating: str
    time_text: str
    funding: str
    how: str
    note: str
    print_note: str
    uncertain: tuple[str, ...]
    source: str
    assigning_body: str
    assigning_number: str
    assigning_date: date | None
    remedy_unit_id: str | None
    remedy_rubric_id: str | None
    remedy_code: str | None
    version: int
    changed_by_name: str
    changed_at_utc: datetime
    occurrences: tuple[Occurrence, ...]
    room_name: str = ""

    @property
    def state(self) -> TaskState:
        """Give how far it has come, from its occurrences."""
        return joined_state(each.state for each in self.occurrences)

    def timeliness(self, today: date) -> Timeliness:
        """Say how it stands: by the most urgent of what is open; when nothing is, by the worst of what was done."""
        return joined_timeliness((each.state, each.timeliness(today)) for each in self.occurrences)

    @property
    def next_due(self) -> date | None:
        """Give the first due day of what is still to be done."""
        return min((each.due for each in self.occurrences if each.due and each.state.is_open), default=None)

    @property
    def done_on(self) -> date | None:
        """Give the day when the last of it was done; None while something is open."""
        if any(each.state.is_open for each in self.occurrences):
            return None
        return max((each.done_on for each in self.occurrences if each.done_on), default=None)

    @property
    def lead_name(self) -> str:
        """Name who leads: the room that was recognised, else as printed."""
        return self.room_name or self.lead_text

    def occurrence(self, occurrence_id: str) -> Occurrence:
        """Find one of its occurrences (KeyError)."""
        for each in self.occurrences:
            if each.id == occurrence_id:
                return each
        raise KeyError(occurrence_id)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A kept plan of a department's year; ``origin`` names the shipped plan or the file that it came from."""

    id: str
    department_id: str
    year: int
    title: str
    issuer: str
    document_text: str
    origin: str
    copied_from: str | None
    version: int
    changed_by_name: str
    changed_at_utc: datetime
    tasks: int


@dataclass(frozen=True, slots=True)
class TaskNote:
    """A note on how a task gets on."""

    id: str
    text: str
    by_name: str
    at_utc: datetime
