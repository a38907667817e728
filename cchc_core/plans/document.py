"""Plans as others read them: the JSON of ``plan list`` and ``plan show``, and the same in words."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from cchc_core.plans.model import Plan, Target, Task
from cchc_core.time_reading import Reading, read_time


def readings_of(task: Task, year: int) -> tuple[Reading, ...]:
    """Read every printed time that a task is held to: its column, its products', its title's."""
    return tuple(read_time(text, year) for text in task.times) or (read_time(task.time, year),)


def plans_to_json(plans: Iterable[Plan]) -> list[dict[str, Any]]:
    """Give the form of ``plan list --json``."""
    return [{**_head(plan), "tasks": len(plan.tasks), "targets": len(plan.targets)} for plan in plans]


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Give the form of ``plan show --json``.

    ``due`` of a task has one entry a day; a time from which no day follows has one entry whose date is null, so that
    its kind is still said. ``note`` joins the printed note and what is odd in the print.
    """
    return {
        **_head(plan),
        "groups": [{"code": group.code, "title": group.title} for group in plan.groups],
        "tasks": [_task_to_json(task, plan.year) for task in plan.tasks],
        "targets": [_target_to_json(target, plan.year) for target in plan.targets],
    }


def _head(plan: Plan) -> dict[str, Any]:
    return {"id": plan.id, "title": plan.title, "year": plan.year, "issuer": plan.issuer}


def _task_to_json(task: Task, year: int) -> dict[str, Any]:
    return {
        "code": task.code,
        "group": task.group,
        "title": task.title,
        "products": [product.text for product in task.products],
        "lead": task.lead,
        "coordinating": task.coordinating,
        "time": task.time,
        "due": _due_to_json(readings_of(task, year)),
        "funding": task.funding,
        "how": task.how,
        "note": " ".join(filter(None, (task.note, task.print_note))) or None,
        "uncertain": task.is_uncertain,
    }


def _due_to_json(readings: tuple[Reading, ...]) -> list[dict[str, str | None]]:
    dated = sorted({(due.date.isoformat(), due.kind.value) for reading in readings for due in reading.due})
    return [{"date": day, "kind": kind} for day, kind in dated] or [{"date": None, "kind": readings[0].kind.value}]


def _target_to_json(target: Target, year: int) -> dict[str, Any]:
    ends = deadline_of(target, year)
    return {
        "text": target.text,
        "operator": target.operator,
        "value": f"{target.value:f}" if isinstance(target.value, Decimal) else target.value,
        "unit": target.unit,
        "deadline": ends.isoformat() if ends else None,
        "task": target.task,
    }


def deadline_of(target: Target, year: int) -> date | None:
    """Give the last day of a target; None where the plan prints none from which a day follows."""
    if target.deadline is None:
        return None
    return max((due.date for due in read_time(target.deadline, year).due), default=None)


def lines_of_list(plans: Iterable[Plan]) -> Iterator[str]:
    """Name the plans, one a line."""
    for plan in plans:
        targets = f", {len(plan.targets)} chỉ tiêu" if plan.targets else ""
        yield f"{plan.id}  {plan.title} ({plan.issuer}, {plan.year}): {len(plan.tasks)} nhiệm vụ{targets}"


def lines_of_plan(plan: Plan) -> Iterator[str]:
    """Show a plan to a person: each task with its time and how that is read, then the targets."""
    yield plan.title
    yield f"{plan.issuer}, {plan.year}. {plan.document}"
    for group in plan.groups:
        tasks = tuple(plan.tasks_of(group.code))
        yield ""
        yield f"{group.code}  {group.title}: {len(tasks)} nhiệm vụ"
        for task in tasks:
            yield f"  {task.code}  {task.title}{' (bản in không chắc)' if task.is_uncertain else ''}"
            for reading in readings_of(task, plan.year):
                yield f"      {reading.text or '(không ghi thời gian)'} → {reading.sentence}"
    if plan.targets:
        yield ""
        yield f"Chỉ tiêu: {len(plan.targets)}"
        for target in plan.targets:
            value = str(target.value).replace(".", ",")
            yield f"  {target.operator} {value} {target.unit}  {target.text}"
