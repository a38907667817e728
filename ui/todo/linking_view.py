"""Gắn với tiêu chí: the tasks that serve nothing yet, each with suggestions to choose from."""

import streamlit as st

from cchc_core import workspace
from cchc_core.asks_for import shortened
from cchc_core.errors import CchcError
from cchc_core.rules.decimals import format_points
from cchc_core.store.users import User
from cchc_core.task_links.keeping import settle
from cchc_core.task_links.linking import LinkingPage, Unlinked, unlinked_tasks
from cchc_core.task_links.model import Offered
from ui import access, navigation
from ui.office import Desk
from ui.task_links import task_address
from ui.words import literal, literal_label, points_unit

PAGE = "trang"
_LONGEST = 140


def show(user: User, desk: Desk, room_id: str | None) -> None:
    """Draw a page of tasks that serve no criterion yet."""
    found = unlinked_tasks(
        workspace.current().database,
        user,
        desk.office.id,
        desk.year,
        assessment_id=desk.assessment_id,
        room_id=room_id,
        page=_number(),
    )
    if found is None:
        st.info(
            f"Năm {desk.year} chưa có bảng chấm điểm của Sở, nên chưa gắn được nhiệm vụ với tiêu chí. "
            "Hãy mở bảng chấm ở trang «Bắt đầu».",
            icon=":material/info:",
        )
        return
    if not found.total:
        st.success(
            "Mọi nhiệm vụ đều đã gắn với tiêu chí, hoặc năm này chưa có nhiệm vụ.", icon=":material/check_circle:"
        )
        return
    st.markdown(
        f"**{found.total} nhiệm vụ chưa gắn với tiêu chí nào.** Gợi ý dựa vào chữ của nhiệm vụ và của tiêu chí, có thể "
        "sai: tiêu chí được đánh dấu khi lưu mới được gắn, tiêu chí không đánh dấu sẽ không được gợi ý lại."
    )
    for each in found.tasks:
        _draw(found, each)
    _draw_pages(found)


def _draw(found: LinkingPage, each: Unlinked) -> None:
    task = each.task
    code = f"**{literal(task.code)}** " if task.code else ""
    with st.container(border=True, key=f"unlinked-{task.id}"):
        st.markdown(f"{code}{literal(shortened(task.title, 260))}")
        if problem := st.session_state.pop(_problem(task.id), None):
            st.error(f"**CHƯA LƯU.** {literal(problem)}", icon=":material/error:")
        if each.offered:
            _draw_form(found, each)
        st.page_link(
            navigation.TASKS,
            label="Mở nhiệm vụ để gắn tiêu chí khác" if each.offered else "Không có gợi ý: mở nhiệm vụ để gắn",
            icon=":material/task_alt:",
            query_params=task_address(found.assessment_id, task),
        )


def _draw_form(found: LinkingPage, each: Unlinked) -> None:
    task_id = each.task.id
    strengths = {offered.criterion.code: offered.strength for offered in each.offered}
    with st.form(f"link {task_id}", border=False, enter_to_submit=False):
        for offered in each.offered:
            st.checkbox(_label(found, offered), key=_key(task_id, offered.criterion.code))
        st.form_submit_button(
            "Lưu lựa chọn",
            key=f"settle {task_id}",
            on_click=_settle,
            args=(task_id, found.assessment_id, strengths),
        )


def _label(found: LinkingPage, offered: Offered) -> str:
    criterion = offered.criterion
    points = "không còn điểm chưa đạt"
    if offered.open_points > 0:
        points = f"{format_points(offered.open_points)} {points_unit(found.rubric)} chưa đạt"
    title = literal_label(shortened(criterion.title, _LONGEST))
    return f"Tiêu chí {literal_label(criterion.code)} {title} · {points} · giống {offered.strength}/100"


def _key(task_id: str, code: str) -> str:
    return f"choose {task_id} {code}"


def _problem(task_id: str) -> str:
    return f"problem of choice {task_id}"


def _settle(task_id: str, assessment_id: str, strengths: dict[str, int]) -> None:
    user = access.current_user()
    if user is None:
        return
    chosen = {code: each for code, each in strengths.items() if st.session_state.get(_key(task_id, code))}
    rest = {code: each for code, each in strengths.items() if code not in chosen}
    try:
        settle(
            workspace.current().database,
            user,
            task_id=task_id,
            assessment_id=assessment_id,
            confirmed=chosen,
            refused=rest,
        )
    except CchcError as why:
        st.session_state[_problem(task_id)] = str(why)


def _number() -> int:
    text = st.query_params.get(PAGE, "1")
    return int(text[:6]) if text.isascii() and text.isdigit() else 1


def _draw_pages(found: LinkingPage) -> None:
    if found.pages <= 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="linking-pages"):
        for words, number, icon in (
            ("Trang trước", found.number - 1, ":material/chevron_left:"),
            ("Trang sau", found.number + 1, ":material/chevron_right:"),
        ):
            st.button(
                words,
                key=f"linking {words}",
                icon=icon,
                disabled=not 1 <= number <= found.pages,
                on_click=_turn_to,
                args=(number,),
            )
        st.markdown(f"Trang {found.number}/{found.pages}", width="content")


def _turn_to(number: int) -> None:
    st.query_params[PAGE] = str(number)
