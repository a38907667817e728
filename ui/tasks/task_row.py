"""One task as a fragment of its own: a line, and opened all that is known of it with its forms."""

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.errors import CchcError
from cchc_core.tasks.keeping import task_for
from cchc_core.tasks.model import Task
from ui import access
from ui.office import Desk
from ui.tasks import opened, places
from ui.tasks.words import row_text
from ui.words import literal

_OPENED_HERE = "_task_opened_here"


def was_opened_here(task_id: str) -> bool:
    """Tell whether a task was opened by a click where it stands, and not by an address."""
    return bool(st.session_state.get(_OPENED_HERE) == task_id)


def _fragment_key(task_id: str) -> str:
    return f"task {task_id}"


def show(desk: Desk, task: Task) -> None:
    """Draw a task as its own fragment."""
    task_id = task.id
    # The page has read the task. A session keeps its fragments, so none of them may keep it.
    at_hand = [task]

    @st.fragment(key=_fragment_key(task_id))
    def row() -> None:
        user = access.require_user_in_fragment()
        try:
            now = at_hand.pop() if at_hand else task_for(workspace.current().database, user, task_id)
        except CchcError as why:
            st.error(literal(str(why)))
            return
        with st.container(border=True, key=f"task-line-{task_id}"):
            is_open = places.opened() == task_id
            with st.container(key=f"task-head-{task_id}"):
                st.markdown(row_text(now, today_in_vietnam()))
                st.button(
                    "Đóng" if is_open else "Mở",
                    key=f"open task {task_id}",
                    type="tertiary",
                    icon=":material/expand_less:" if is_open else ":material/expand_more:",
                    on_click=_toggle,
                    args=(task_id, is_open),
                )
            if is_open:
                with st.container(key=f"task-open-{task_id}"):
                    opened.draw(user, desk, now)

    row()


def _toggle(task_id: str, is_open: bool) -> None:
    before = places.opened()
    if is_open:
        st.query_params.pop(places.TASK, None)
    else:
        st.query_params[places.TASK] = task_id
    st.session_state[_OPENED_HERE] = task_id
    if before is not None and before != task_id:
        st.rerun([_fragment_key(task_id), _fragment_key(before)])
