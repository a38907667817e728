"""Lines of what is to be done: a task with its day and points, a criterion with its points."""

from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cchc_core.asks_for import shortened
from cchc_core.rules.decimals import format_points
from cchc_core.todo.reading import Todo, TodoCriterion, TodoTask
from cchc_core.todo.urging import how_far
from ui import navigation
from ui.task_links import task_address
from ui.words import day, literal, points_unit

_LONGEST_TITLE = 200
_SOON_DAYS = 7


def points_of(todo: Todo, points: Decimal) -> str:
    """Print points with their unit as the open set has it."""
    unit = "điểm" if todo.rubric is None else points_unit(todo.rubric)
    return f"{format_points(points)} {unit}"


def _line(key: str) -> DeltaGenerator:
    """Make the card of a line; its link, drawn last, covers it."""
    return st.container(border=True, key=f"card-link-todo-{key}")


def draw_task(todo: Todo, each: TodoTask, *, with_room: bool = True) -> None:
    """Draw a task: how far its day is, what it is, who does it, what hangs on it, and the way to it."""
    task, sheet = each.task, todo.stakes.sheet
    with _line(task.id):
        st.markdown(_task_text(todo, each, with_room=with_room))
        st.page_link(
            navigation.TASKS,
            label=f"Mở nhiệm vụ {literal(task.code or task.title[:60])}",
            icon=":material/chevron_right:",
            query_params=task_address(None if sheet is None else sheet.assessment.id, task),
        )


def _task_text(todo: Todo, each: TodoTask, *, with_room: bool) -> str:
    task = each.task
    code = f"**{literal(task.code)}** " if task.code else ""
    facts = [f"hạn {day(each.due)}"] if each.due else []
    names = (task.lead_name if with_room else "", task.person)
    facts += [literal(name) for name in dict.fromkeys(names) if name]
    if each.occurrence.product:
        facts.append(f"sản phẩm: {literal(shortened(each.occurrence.product, 100))}")
    lines = [f"{_far(each.days)} {code}{literal(shortened(task.title, _LONGEST_TITLE))}", f":gray[{' · '.join(facts)}]"]
    if each.codes:
        lines.append(f"Tiêu chí {literal(', '.join(each.codes))}{_worth(todo, each)}")
    return "  \n".join(lines)


def _worth(todo: Todo, each: TodoTask) -> str:
    return f" · **{points_of(todo, each.points)}** chưa đạt" if each.points > 0 else " · không còn điểm chưa đạt"


def _far(days: int | None) -> str:
    if days is None:
        return ":gray-badge[Chưa có hạn]"
    color = "red" if days < 0 else "orange" if days <= _SOON_DAYS else "blue"
    return f":{color}-badge[{how_far(days).capitalize()}]"


def draw_criterion(todo: Todo, each: TodoCriterion, what: str) -> None:
    """Draw a criterion with what its points are and the way to its form."""
    sheet, criterion = todo.stakes.sheet, each.criterion
    if sheet is None:
        return
    with _line(f"{what}-{criterion.code.replace('.', '-')}"):
        title = f"**{literal(criterion.code)}** {literal(shortened(criterion.title, _LONGEST_TITLE))}"
        responsible = f"  \n:gray[Phụ trách: {literal(criterion.responsible)}]" if criterion.responsible else ""
        st.markdown(f"**{points_of(todo, each.points)}** · {title}{responsible}")
        st.page_link(
            navigation.SCORING,
            label=f"Mở phiếu chấm {literal(criterion.code)}",
            icon=":material/chevron_right:",
            query_params=navigation.criterion_address(sheet.assessment.id, criterion.section, criterion.code),
        )
