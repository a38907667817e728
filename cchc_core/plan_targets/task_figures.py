"""The tasks' own figures that a promised figure can be measured by: of its plan, and of the work that was assigned."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cchc_core.store.connection import Connection
from cchc_core.tasks.totals import Figures, assigned_figures, plan_figures


@dataclass(frozen=True, slots=True)
class TaskFigure:
    """A figure by name; ``of`` gives None where there is no task to count."""

    name: str
    is_percent: bool
    of: Callable[[Figures], Decimal | None]


_PLAN, _ASSIGNED = "plan.", "assigned."


def _completion(figures: Figures) -> Decimal | None:
    return figures.completion_percent


def _on_time(figures: Figures) -> Decimal | None:
    return figures.on_time_percent


def _early(figures: Figures) -> Decimal | None:
    return figures.early_percent


def _late(figures: Figures) -> Decimal | None:
    return Decimal(figures.late + figures.overdue) if figures.total else None


TASK_FIGURES: Final[Mapping[str, TaskFigure]] = {
    f"{_PLAN}completion": TaskFigure("tỷ lệ hoàn thành nhiệm vụ của kế hoạch này", True, _completion),
    f"{_PLAN}on_time": TaskFigure("tỷ lệ hoàn thành đúng hạn và sớm hạn của kế hoạch này", True, _on_time),
    f"{_PLAN}early": TaskFigure("tỷ lệ hoàn thành sớm hạn của kế hoạch này", True, _early),
    f"{_PLAN}late": TaskFigure("số nhiệm vụ trễ hạn của kế hoạch này", False, _late),
    f"{_ASSIGNED}completion": TaskFigure("tỷ lệ hoàn thành nhiệm vụ được giao", True, _completion),
    f"{_ASSIGNED}on_time": TaskFigure("tỷ lệ nhiệm vụ được giao hoàn thành đúng hạn và sớm hạn", True, _on_time),
    f"{_ASSIGNED}early": TaskFigure("tỷ lệ nhiệm vụ được giao hoàn thành sớm hạn", True, _early),
    f"{_ASSIGNED}late": TaskFigure("số nhiệm vụ được giao trễ hạn", False, _late),
}
"""By the name that is stored: percents are of all tasks, late ones those done late and those overdue."""


def task_figures(
    connection: Connection, department_id: str, plan_id: str, year: int, today: date
) -> dict[str, Decimal]:
    """Read the tasks' figures of a plan and of a year's assigned work; what has nothing to count is left out."""
    of_plan = plan_figures(connection, plan_id, today)
    assigned = assigned_figures(connection, department_id, year, today)
    values = {key: each.of(of_plan if key.startswith(_PLAN) else assigned) for key, each in TASK_FIGURES.items()}
    return {key: value for key, value in values.items() if value is not None}
