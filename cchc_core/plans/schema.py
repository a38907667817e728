"""The keys of a plan file, one pydantic model each, and how they become a :class:`~cchc_core.plans.model.Plan`.

Shape only; what does not go together is named by :func:`disorder`.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from cchc_core.plans.model import Group, OtherTime, Plan, Product, Target, Task
from cchc_core.rubric.model import Rubric
from cchc_core.rule_schema import Strict, Text
from cchc_core.yaml_source import Where

Column = Literal["title", "products", "lead", "coordinating", "time", "funding", "how", "note"]


def _as_product(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class ProductFile(Strict):
    """A product: a text alone, or text and time."""

    text: Text
    time: Text | None = None


class OtherTimeFile(Strict):
    """A time outside the column of times."""

    where: Literal["title", "how"]
    text: Text


class GroupFile(Strict):
    """A group."""

    code: Text
    title: Text


class TaskFile(Strict):
    """A task."""

    code: Text
    group: Text
    title: Text
    products: tuple[Annotated[ProductFile, BeforeValidator(_as_product)], ...] = ()
    lead: Text | None = None
    coordinating: Text | None = None
    time: Text | None = None
    other_times: tuple[OtherTimeFile, ...] = ()
    funding: Text | None = None
    how: Text | None = None
    note: Text | None = None
    print_note: Text | None = None
    uncertain: tuple[Column, ...] = ()
    source: Text

    def to_task(self) -> Task:
        """Build the task."""
        plain = self.model_dump(exclude={"products", "other_times"})
        products = tuple(Product(product.text, product.time) for product in self.products)
        return Task(**plain, products=products, other_times=tuple(OtherTime(o.where, o.text) for o in self.other_times))


class TargetFile(Strict):
    """A target."""

    text: Text
    operator: Literal["=", ">", ">=", "<", "<="]
    value: Text
    unit: Text
    where: Text
    deadline: Text | None = None
    task: Text | None = None
    repeats: bool = False
    print_note: Text | None = None
    actual_from: Annotated[Text, Field(pattern=r"^(indicator|tasks):\S+$")] | None = None

    def to_target(self) -> Target:
        """Build the target; a value that is no number stays the grade that it is."""
        return Target(**{**self.model_dump(), "value": _number_or_text(self.value)})


class ProductTimeFile(Strict):
    """A time of one product (counted from 1) of a task that a criteria set gives."""

    task: Text
    product: Annotated[int, Field(ge=1)]
    time: Text


class PlanFile(Strict):
    """A whole file: with groups and tasks of its own, or with the criteria set whose criteria are its tasks."""

    id: Annotated[Text, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,60}$")]
    title: Text
    issuer: Text
    year: Annotated[int, Field(ge=2000, le=2100)]
    document: Text
    rubric: Text | None = None
    product_times: tuple[ProductTimeFile, ...] = ()
    groups: tuple[GroupFile, ...] = ()
    tasks: tuple[TaskFile, ...] = ()
    targets: tuple[TargetFile, ...] = ()

    def to_plan(self, rubric: Rubric | None) -> Plan:
        """Build the plan; ``rubric`` is the criteria set that the file names, None where it names none."""
        if rubric is None:
            groups = tuple(Group(group.code, group.title) for group in self.groups)
            tasks = tuple(task.to_task() for task in self.tasks)
        else:
            groups = tuple(Group(section.code, section.title) for section in rubric.sections)
            tasks = _tasks_of(rubric, {(each.task, each.product): each.time for each in self.product_times})
        return Plan(
            id=self.id,
            title=self.title,
            issuer=self.issuer,
            year=self.year,
            document=self.document,
            groups=groups,
            tasks=tasks,
            targets=tuple(target.to_target() for target in self.targets),
            rubric=self.rubric,
        )


def _number_or_text(value: str) -> Decimal | str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number if number.is_finite() else value


def _tasks_of(rubric: Rubric, product_times: dict[tuple[str, int], str]) -> tuple[Task, ...]:
    return tuple(
        Task(
            code=leaf.code,
            group=leaf.section,
            title=leaf.title,
            products=tuple(
                Product(evidence.text, product_times.get((leaf.code, place)))
                for place, evidence in enumerate(leaf.evidence, start=1)
            ),
            lead=leaf.responsible,
            time=leaf.deadline,
            funding=leaf.funding,
            note=leaf.note,
            print_note=leaf.print_note,
            source=leaf.reference,
        )
        for leaf in rubric.leaves
    )


def disorder(file: PlanFile, plan: Plan) -> Iterator[tuple[Where, str]]:
    """Name what does not go together in a file, each with its place and what to do."""
    yield from _two_sources(file)
    yield from _doubled("groups", [group.code for group in file.groups])
    yield from _doubled("tasks", [task.code for task in file.tasks])
    yield from _loose_groups(file, plan)
    codes = {task.code: task for task in plan.tasks}
    for index, target in enumerate(file.targets):
        if target.task is not None and target.task not in codes:
            yield ("targets", index, "task"), f"không có nhiệm vụ {target.task}; hãy sửa task hoặc bỏ khoá này."
    for index, each in enumerate(file.product_times):
        if each.task not in codes or each.product > len(codes[each.task].products):
            sentence = f"nhiệm vụ {each.task} không có sản phẩm thứ {each.product}; hãy sửa task hoặc product."
            yield ("product_times", index), sentence


def _loose_groups(file: PlanFile, plan: Plan) -> Iterator[tuple[Where, str]]:
    groups, used = {group.code for group in plan.groups}, {task.group for task in plan.tasks}
    for index, group in enumerate(file.groups):
        if group.code not in used:
            yield ("groups", index), f"nhóm {group.code} không có nhiệm vụ nào; hãy thêm nhiệm vụ hoặc bỏ nhóm."
    for index, task in enumerate(file.tasks):
        if task.group not in groups:
            yield ("tasks", index, "group"), f"không có nhóm {task.group}; hãy sửa group hoặc thêm vào groups."


def _two_sources(file: PlanFile) -> Iterator[tuple[Where, str]]:
    if file.rubric is None:
        if not file.tasks:
            yield ("tasks",), "kế hoạch không có nhiệm vụ nào; hãy thêm tasks, hoặc ghi rubric."
        if file.product_times:
            yield ("product_times",), "chỉ dùng khi có rubric; hãy ghi time vào từng sản phẩm trong tasks."
    elif file.groups or file.tasks:
        yield ("rubric",), "đã lấy nhiệm vụ từ bộ tiêu chí thì không ghi groups, tasks nữa; hãy bỏ một trong hai."


def _doubled(key: str, codes: list[str]) -> Iterator[tuple[Where, str]]:
    doubled = {code for code, count in Counter(codes).items() if count > 1}
    for index, code in enumerate(codes):
        if code in doubled and code in codes[:index]:
            yield (key, index, "code"), f"mã {code} đã dùng ở trên; mỗi mã chỉ dùng một lần."
