"""What becomes tasks: a shipped plan, an imported workbook, last year's plan, before anything is stored.

A task that recurs, or that has several products, has an occurrence for each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from cchc_core.plans.model import Plan, Product
from cchc_core.plans.model import Task as PlanTask
from cchc_core.time_reading import Due, TimeKind, read_time

Slot: TypeAlias = tuple[str, str]
"""A product with the printed time that it is held to, either of them empty where the print has none."""


@dataclass(frozen=True, slots=True)
class OccurrenceDraft:
    """What a task is to deliver once, with how its printed time was read."""

    product: str
    time_text: str
    time_kind: TimeKind
    reading: str
    due: date | None
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A line of a plan before it is stored; ``title_times`` are times that its title names beside ``time_text``.

    ``room_id`` is given where the room is known already; else it is recognised in ``lead_text``. ``slots`` is given
    where it is known what the task delivers (a copied plan), with a remark for each beside how its time is read; else
    it follows from ``products`` and times.
    """

    code: str
    title: str
    group_code: str = ""
    group_title: str = ""
    products: tuple[Product, ...] = ()
    lead_text: str = ""
    coordinating: str = ""
    time_text: str = ""
    title_times: tuple[str, ...] = ()
    funding: str = ""
    how: str = ""
    note: str = ""
    print_note: str = ""
    uncertain: tuple[str, ...] = ()
    source: str = ""
    person: str = ""
    room_id: str | None = None
    slots: tuple[Slot, ...] = ()
    remarks: tuple[str, ...] = ()

    def occurrences(self, year: int) -> tuple[OccurrenceDraft, ...]:
        """Give what the task is to deliver in a year, one at least."""
        return occurrences_of(self.slots or self._slots(), year, self.remarks)

    def _slots(self) -> tuple[Slot, ...]:
        as_printed = PlanTask(self.code, "", self.title, self.products, time=self.time_text or None)
        of_products = [(product.text, as_printed.time_of(product) or "") for product in self.products]
        held = {time for _, time in of_products}
        alone = [("", time) for time in (self.time_text, *self.title_times) if time and time not in held]
        return (*of_products, *dict.fromkeys(alone)) or (("", ""),)


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan before it is stored; ``origin`` names the shipped plan or the file that it comes from."""

    title: str
    year: int
    tasks: tuple[TaskDraft, ...]
    issuer: str = ""
    document_text: str = ""
    origin: str = ""
    copied_from: str | None = None


def draft_of(plan: Plan) -> PlanDraft:
    """Make the draft of a shipped plan."""
    titles = {group.code: group.title for group in plan.groups}
    return PlanDraft(
        title=plan.title,
        year=plan.year,
        tasks=tuple(_task_draft(task, titles.get(task.group, "")) for task in plan.tasks),
        issuer=plan.issuer,
        document_text=plan.document,
        origin=plan.id,
    )


def _task_draft(task: PlanTask, group_title: str) -> TaskDraft:
    return TaskDraft(
        code=task.code,
        title=task.title,
        group_code=task.group,
        group_title=group_title,
        products=task.products,
        lead_text=task.lead or "",
        coordinating=task.coordinating or "",
        time_text=task.time or "",
        title_times=tuple(other.text for other in task.other_times if other.where == "title"),
        funding=task.funding or "",
        how=task.how or "",
        note=task.note or "",
        print_note=task.print_note or "",
        uncertain=task.uncertain,
        source=task.source or "",
    )


def occurrences_of(slots: Sequence[Slot], year: int, remarks: Sequence[str] = ()) -> tuple[OccurrenceDraft, ...]:
    """Read the printed times of what a task delivers: one occurrence a day, one without a day where none follows.

    Where a time names as many days as there are products held to it, the first product has the first day and so on
    ("kế hoạch, báo cáo": "27/01 và trong năm"); a time that recurs gives each of its days to each product.

    >>> [(each.product, each.due) for each in occurrences_of([("Báo cáo", "hàng quý")], 2024)][:2]
    [('Báo cáo', datetime.date(2024, 3, 31)), ('Báo cáo', datetime.date(2024, 6, 30))]
    """
    sharing: dict[str, list[int]] = {}
    for place, (_, time) in enumerate(slots):
        sharing.setdefault(time, []).append(place)
    made: list[OccurrenceDraft] = []
    for place, slot in enumerate(slots):
        remark = remarks[place] if place < len(remarks) else ""
        reading, others = read_time(slot[1], year), sharing[slot[1]]
        days: Iterable[Due | None] = reading.due or (None,)
        if len(others) > 1 and len(others) == len(reading.due) and reading.kind is not TimeKind.RECURRING:
            days = (reading.due[others.index(place)],)
        said = " ".join(filter(None, (reading.sentence, remark)))
        made.extend(_occurrence(slot, said, reading.kind, day) for day in days)
    return tuple(made)


def _occurrence(slot: Slot, said: str, kind: TimeKind, day: Due | None) -> OccurrenceDraft:
    if day is None:
        return OccurrenceDraft(*slot, kind, said, None)
    return OccurrenceDraft(*slot, day.kind, said, day.date)
