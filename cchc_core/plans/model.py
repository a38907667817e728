"""A yearly plan (kế hoạch): groups, tasks with their products, and targets, in printed order; codes are text."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Group:
    """A heading that tasks stand under."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Product:
    """What a task brings forth (sản phẩm); ``time`` where the plan gives this product a date of its own."""

    text: str
    time: str | None = None


@dataclass(frozen=True, slots=True)
class OtherTime:
    """A time that is printed outside the column of times: in the ``title`` of the task, or in ``how`` it is done."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task (nhiệm vụ) with its columns as printed; None where the print has no such column or left it blank.

    ``print_note`` says what is odd in the print; ``uncertain`` names the columns that the print leaves in doubt.
    """

    code: str
    group: str
    title: str
    products: tuple[Product, ...] = ()
    lead: str | None = None
    coordinating: str | None = None
    time: str | None = None
    other_times: tuple[OtherTime, ...] = ()
    funding: str | None = None
    how: str | None = None
    note: str | None = None
    print_note: str | None = None
    uncertain: tuple[str, ...] = ()
    source: str | None = None

    @property
    def is_uncertain(self) -> bool:
        """Tell whether a column of the task is in doubt."""
        return bool(self.uncertain)

    @property
    def times(self) -> tuple[str, ...]:
        """Give every printed time that the task as a whole is held to, each once: column, products, title.

        What ``how`` says of steps inside the department is none of them.
        """
        own = (product.time for product in self.products)
        in_title = (other.text for other in self.other_times if other.where == "title")
        return tuple(dict.fromkeys(text for text in (self.time, *own, *in_title) if text))

    def time_of(self, product: Product) -> str | None:
        """Give the printed time of a product: its own, else the task's, unless that is another product's.

        >>> plan, report = Product("Kế hoạch", "Kế hoạch trước ngày 31/12/2023"), Product("Báo cáo")
        >>> task = Task("1", "I", "Lập kế hoạch", (plan, report), time="Kế hoạch trước ngày 31/12/2023")
        >>> task.time_of(plan), task.time_of(report)
        ('Kế hoạch trước ngày 31/12/2023', None)
        """
        if product.time is not None:
            return product.time
        return None if any(other.time == self.time for other in self.products) else self.time


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that a plan promises (chỉ tiêu): the measured value stands in ``operator`` to ``value``.

    ``value`` is text where the print asks for a grade ("Tốt"). ``task`` is the code of the task that carries it.
    ``repeats`` marks a target that another column says again. ``actual_from`` names what measures it where the
    product has that figure: ``indicator:<set>/<code>/<figure>`` or ``tasks:<figure>``.
    """

    text: str
    operator: str
    value: Decimal | str
    unit: str
    where: str
    deadline: str | None = None
    task: str | None = None
    repeats: bool = False
    print_note: str | None = None
    actual_from: str | None = None


@dataclass(frozen=True)
class Plan:
    """One issued plan. ``rubric`` names the criteria set whose criteria are the tasks, where it is one."""

    id: str
    title: str
    issuer: str
    year: int
    document: str
    groups: tuple[Group, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...] = ()
    rubric: str | None = None

    @cached_property
    def _by_code(self) -> dict[str, Task]:
        return {task.code: task for task in self.tasks}

    def task(self, code: str) -> Task:
        """Find a task by its code (KeyError when there is none)."""
        return self._by_code[code]

    def tasks_of(self, group: str) -> Iterator[Task]:
        """Give the tasks of a group in printed order."""
        return (task for task in self.tasks if task.group == group)

    def targets_of(self, task: str) -> Iterator[Target]:
        """Give the targets that a task carries."""
        return (target for target in self.targets if target.task == task)
