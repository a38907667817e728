"""The first block of the first page: the most pressing of what somebody has to do."""

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.offices import offices_for
from cchc_core.permissions import OfficeAction
from cchc_core.store.users import User
from cchc_core.task_links.stakes import DUE_GROUP_NAMES
from cchc_core.todo.reading import URGENT, Todo, details, read_todo
from ui import current, navigation, office
from ui.office import YEAR, Desk
from ui.todo import lines

MOST_ON_TOP = 3


def show(user: User) -> None:
    """Draw what presses most; nothing for who has no tasks to see, and nothing where nothing waits."""
    if not offices_for(workspace.current().database, user, OfficeAction.VIEW_TASKS):
        return
    desk = office.open_desk(user, OfficeAction.VIEW_TASKS)
    if desk is None:
        return
    todo = read_todo(
        workspace.current().database,
        user,
        desk.office.id,
        desk.year,
        today_in_vietnam(),
        assessment_id=desk.assessment_id,
    )
    if todo.is_empty:
        return
    st.subheader("Việc cần làm")
    st.markdown(_in_short(todo))
    first = [task for group in URGENT for task in todo.ranked[group]][:MOST_ON_TOP]
    with st.container(key="todo-list-first"):
        for each in details(workspace.current().database, todo.stakes, first):
            lines.draw_task(todo, each, with_room=todo.room_id is None)
    st.page_link(
        navigation.TODO,
        label="Xem tất cả việc cần làm",
        icon=":material/checklist:",
        query_params=_address(desk),
    )


def _in_short(todo: Todo) -> str:
    """Count what waits, in one line; what there is none of is left out."""
    parts = [
        f"**{len(todo.ranked[group])}** nhiệm vụ {DUE_GROUP_NAMES[group].lower()}"
        for group in URGENT
        if todo.ranked[group]
    ]
    if todo.unscored:
        parts.append(f"**{len(todo.unscored)}** tiêu chí chưa chấm")
    if todo.unproven:
        parts.append(f"**{len(todo.unproven)}** tiêu chí có điểm nhưng thiếu tài liệu kiểm chứng")
    return " · ".join(parts)


def _address(desk: Desk) -> dict[str, str]:
    opened = {} if desk.assessment_id is None else {current.ASSESSMENT: desk.assessment_id}
    return {**opened, YEAR: str(desk.year)}
