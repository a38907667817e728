"""The page Việc cần làm: what to do, whom to urge, what hangs on it, and what is not tied to points yet."""

from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.store.users import User
from cchc_core.todo.reading import Todo, read_todo
from ui import office
from ui.office import Desk
from ui.todo import linking_view, lists, stakes_view, urging_view
from ui.words import day, literal

PART = "muc"
TO_DO, URGE, STAKES, LINKS = "viec", "don-doc", "diem", "gan-tieu-chi"
PARTS: Final = {
    TO_DO: "Việc cần làm",
    URGE: "Đôn đốc",
    STAKES: "Điểm gắn với nhiệm vụ",
    LINKS: "Gắn với tiêu chí",
}
_KEY: Final = "_todo_part"


def show(user: User) -> None:
    """Draw the part that the address names, for the department and year that are open."""
    st.title("Việc cần làm")
    desk = office.open_desk(user, OfficeAction.VIEW_TASKS)
    if desk is None:
        return
    database, today = workspace.current().database, today_in_vietnam()
    todo = read_todo(database, user, desk.office.id, desk.year, today, assessment_id=desk.assessment_id)
    st.markdown(f"**{literal(_whose(desk, todo))}** · năm {desk.year} · tính đến ngày {day(today)}{_points_of(todo)}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        office.choose_year(desk)
        part = _choose_part(user, todo)
    _draw_part(user, desk, todo, part)


def _draw_part(user: User, desk: Desk, todo: Todo, part: str) -> None:
    if part == URGE:
        urging_view.show(desk, todo)
    elif part == STAKES:
        stakes_view.show(todo)
    elif part == LINKS:
        linking_view.show(user, desk, todo.room_id)
    else:
        lists.show(desk, todo)


def _whose(desk: Desk, todo: Todo) -> str:
    if todo.room_id is None:
        return desk.office.name
    return f"{desk.office.name_of(todo.room_id)} · {desk.office.name}"


def _points_of(todo: Todo) -> str:
    if todo.stakes.sheet is None:
        return ""
    assessment = todo.stakes.sheet.assessment
    named = f"{assessment.period_title} {assessment.year}: {assessment.rubric_title}"
    return f"  \n:gray[Điểm theo bảng {literal(named)}]"


def _parts_for(user: User, todo: Todo) -> dict[str, str]:
    """Give the parts that are somebody's business: a room urges nobody, who may not link has nothing to decide."""
    hidden = set()
    if todo.room_id is not None:
        hidden.add(URGE)
    if not may_in_office(user.role, OfficeAction.LINK_TASKS):
        hidden.add(LINKS)
    return {key: name for key, name in PARTS.items() if key not in hidden}


def _choose_part(user: User, todo: Todo) -> str:
    parts = _parts_for(user, todo)
    named = st.query_params.get(PART, TO_DO)
    st.session_state[_KEY] = named if named in parts else TO_DO
    st.segmented_control(
        "Xem", options=list(parts), format_func=parts.__getitem__, key=_KEY, required=True, on_change=_remember_part
    )
    return str(st.session_state[_KEY])


def _remember_part() -> None:
    st.query_params[PART] = st.session_state[_KEY]
