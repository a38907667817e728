"""The list of tasks, a page at a time; a task opens where it stands."""

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.errors import CchcError
from cchc_core.store.users import User
from cchc_core.tasks.keeping import task_for
from cchc_core.tasks.listing import find_tasks
from cchc_core.tasks.model import Task
from cchc_core.tasks.query import Page, Query
from ui.office import Desk
from ui.tasks import places, task_row
from ui.words import literal


def show(user: User, desk: Desk, query: Query) -> None:
    """Draw one page of the tasks that are asked for."""
    database, today = workspace.current().database, today_in_vietnam()
    page = find_tasks(database, user, query, today=today, page=places.page_number())
    st.markdown(f"**{page.total} nhiệm vụ**" + (f" · trang {page.number}/{page.pages}" if page.pages > 1 else ""))
    if not page.total:
        st.info(
            "Không có nhiệm vụ nào hợp với các ô lọc. Hãy bấm «Bỏ lọc» hoặc sửa ô tìm.", icon=":material/search_off:"
        )
    for task in _with_opened_first(user, page):
        task_row.show(desk, task)
    _draw_pages(page)


def _with_opened_first(user: User, page: Page) -> list[Task]:
    """Give the tasks to draw: what an address opens stands first, because no page can be told where to scroll to."""
    wanted = places.opened()
    opened = next((task for task in page.tasks if task.id == wanted), None)
    if wanted is None or (opened is not None and task_row.was_opened_here(wanted)):
        return list(page.tasks)
    opened = opened or _elsewhere(user, wanted)
    if opened is None:
        return list(page.tasks)
    return [opened, *(task for task in page.tasks if task.id != wanted)]


def _elsewhere(user: User, wanted: str) -> Task | None:
    try:
        task = task_for(workspace.current().database, user, wanted)
    except CchcError as why:
        st.warning(literal(str(why)), icon=":material/link_off:")
        return None
    st.caption("Nhiệm vụ đang mở đứng đầu; nó không nằm trong các nhiệm vụ đang lọc ở trang này.")
    return task


def _draw_pages(page: Page) -> None:
    if page.pages <= 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="task-pages"):
        st.button(
            "Trang trước",
            key="tasks before",
            icon=":material/chevron_left:",
            disabled=page.number <= 1,
            on_click=_turn_to,
            args=(page.number - 1,),
        )
        st.markdown(f"Trang {page.number}/{page.pages}", width="content")
        st.button(
            "Trang sau",
            key="tasks after",
            icon=":material/chevron_right:",
            disabled=page.number >= page.pages,
            on_click=_turn_to,
            args=(page.number + 1,),
        )


def _turn_to(number: int) -> None:
    st.query_params[places.PAGE] = str(number)
    st.query_params.pop(places.TASK, None)
