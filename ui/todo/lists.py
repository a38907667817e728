"""The lists of Việc cần làm: tasks by how near they are due, criteria not scored, points without a document."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.task_links.stakes import DUE_GROUP_NAMES, DueGroup
from cchc_core.todo.reading import MOST_SHOWN, URGENT, Todo, TodoCriterion, details, points_together
from ui.office import Desk
from ui.todo import lines

MOST_AT_ONCE: Final = 100
UNSCORED, UNPROVEN = "chua-cham", "thieu-tai-lieu"
_SHORT_NAMES: Final = {
    DueGroup.OVERDUE: "Nhiệm vụ quá hạn",
    DueGroup.WITHIN_7: "Hạn trong 7 ngày",
    DueGroup.WITHIN_30: "Hạn 8 đến 30 ngày",
}


def show(desk: Desk, todo: Todo) -> None:
    """Draw what there is to do; a list that is empty is not drawn."""
    _draw_sums(todo)
    if todo.is_empty:
        st.success(
            "Không có việc nào quá hạn, sắp đến hạn, chưa chấm hay thiếu tài liệu.", icon=":material/check_circle:"
        )
    for group in URGENT:
        _draw_tasks(todo, group)
    _draw_criteria(todo, UNSCORED, "Tiêu chí chưa chấm", todo.unscored)
    _draw_criteria(todo, UNPROVEN, "Có điểm nhưng thiếu tài liệu kiểm chứng", todo.unproven)
    if todo.stakes.sheet is None:
        st.info(
            f"Năm {desk.year} chưa có bảng chấm điểm của Sở, nên ở đây chỉ có nhiệm vụ, chưa có tiêu chí và điểm. "
            "Hãy mở bảng chấm ở trang «Bắt đầu», hoặc chọn năm khác.",
            icon=":material/info:",
        )
    elif not todo.is_open:
        st.caption("Bảng chấm đang mở không nhận kết quả nữa, nên tiêu chí chưa chấm không nằm trong việc cần làm.")


def _draw_sums(todo: Todo) -> None:
    with st.container(horizontal=True, key="todo-sums"):
        for group in URGENT:
            listed = todo.ranked[group]
            _draw_sum(todo, group.value, _SHORT_NAMES[group], len(listed), todo.points_of(listed), "chưa đạt")
        if todo.is_open:
            _draw_sum(
                todo, UNSCORED, "Tiêu chí chưa chấm", len(todo.unscored), points_together(todo.unscored), "đang tính 0"
            )
            _draw_sum(
                todo, UNPROVEN, "Thiếu tài liệu", len(todo.unproven), points_together(todo.unproven), "đã tự chấm"
            )


def _draw_sum(todo: Todo, key: str, name: str, count: int, points: Decimal, meaning: str) -> None:
    beside = "" if todo.rubric is None else f"{lines.points_of(todo, points)} {meaning}"
    with st.container(border=True, key=f"card-todo-{key}"):
        st.metric(name, str(count), beside or None, delta_color="off", delta_arrow="off")


def _draw_tasks(todo: Todo, group: DueGroup) -> None:
    listed = todo.ranked[group]
    if not listed:
        return
    st.subheader(f"{DUE_GROUP_NAMES[group]} ({len(listed)} nhiệm vụ)", anchor=group.value)
    shown = listed[: _most(group.value, len(listed))]
    with st.container(key=f"todo-list-{group.value}"):
        for each in details(workspace.current().database, todo.stakes, shown):
            lines.draw_task(todo, each, with_room=todo.room_id is None)


def _draw_criteria(todo: Todo, key: str, name: str, listed: Sequence[TodoCriterion]) -> None:
    if not listed:
        return
    st.subheader(f"{name} ({len(listed)} tiêu chí)", anchor=key)
    shown = listed[: _most(key, len(listed))]
    with st.container(key=f"todo-list-{key}"):
        for each in shown:
            lines.draw_criterion(todo, each, key)


def _most(key: str, count: int) -> int:
    """Tell how many lines to draw: few at first, more when somebody asks."""
    if count <= MOST_SHOWN:
        return count
    most = min(count, MOST_AT_ONCE)
    words = f"Hiện cả {count}" if most == count else f"Hiện {most} trong {count}, nhiều điểm nhất trước"
    return most if st.toggle(words, key=f"_todo_all_{key}") else MOST_SHOWN
