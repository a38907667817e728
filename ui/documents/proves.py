"""What a document proves: criteria with the part of it, tasks; and the way to attach it to a criterion."""

from collections.abc import Callable

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.attaching import MOST_PART_CHARACTERS, change_part, detach, detach_from_task
from cchc_core.evidence.uses import CriterionUse, TaskUse, uses_of
from cchc_core.permissions import Action, OfficeAction, may, may_in_office
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from ui import access, current, navigation
from ui.documents import attach_form
from ui.task_links import task_query
from ui.words import literal

_LONGEST = 160


def show(user: User, document: Document) -> None:
    """Draw every use of a document that a person may see, and the form to attach it to the open assessment."""
    uses = uses_of(workspace.current().database, user, document.id, current.assessment_id())
    many = len(uses.criteria) + len(uses.tasks)
    with st.expander(f"Chứng minh cho ({many})", icon=":material/link:", expanded=True):
        if uses.is_empty:
            st.markdown("Tài liệu chưa được gắn vào tiêu chí hay nhiệm vụ nào.")
        for use in uses.criteria:
            _draw_criterion(user, use)
        for task in uses.tasks:
            _draw_task(user, task)
        attach_form.show(user, document, {use.code for use in uses.criteria})


def _draw_criterion(user: User, use: CriterionUse) -> None:
    assessment = use.assessment
    with st.container(border=True, key=f"document-proves-{use.attachment_id}"):
        st.page_link(
            navigation.SCORING,
            label=f"**{literal(use.code)}** {literal(use.criterion_title[:_LONGEST])}",
            icon=":material/edit_note:",
            query_params=navigation.criterion_address(assessment.id, use.section, use.code),
        )
        unit = f"{literal(assessment.unit_name)}, {literal(assessment.period_title)} {assessment.year}"
        if may(
            user.role,
            Action.ATTACH,
            assessment.state,
            is_provisional=assessment.is_provisional,
            is_locked=assessment.is_locked,
        ):
            st.caption(unit)
            _draw_part(use)
        else:
            st.caption(f"{unit} · phần chứng minh: {literal(use.part_text or 'chưa ghi')}")


def _draw_part(use: CriterionUse) -> None:
    key, seen = f"part of {use.attachment_id}", f"part seen of {use.attachment_id}"
    problem = f"problem of {use.attachment_id}"
    if st.session_state.get(seen) != use.version and not st.session_state.get(problem):
        st.session_state[key], st.session_state[seen] = use.part_text, use.version
    elif key not in st.session_state:
        st.session_state[key] = use.part_text
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Phần chứng minh (mục, trang)",
            key=key,
            max_chars=MOST_PART_CHARACTERS,
            placeholder="ví dụ: mục II.3, trang 4",
            on_change=_saver(use, key, problem),
            width=420,
        )
        st.button(
            "Gỡ",
            key=f"detach {use.attachment_id}",
            icon=":material/link_off:",
            help="Gỡ khỏi tiêu chí này từ kỳ ghi ở trên trở đi; các kỳ trước vẫn giữ. Tài liệu vẫn ở trong kho.",
            on_click=_taker_off(use, problem),
        )
    if said := st.session_state.get(problem):
        st.error(f"**CHƯA LƯU.** {literal(said)}", icon=":material/error:")


def _saver(use: CriterionUse, key: str, problem: str) -> Callable[[], None]:
    def save() -> None:
        user = access.current_user()
        if user is None:
            return
        try:
            change_part(
                workspace.current().database,
                user,
                use.assessment.id,
                use.attachment_id,
                part_text=str(st.session_state.get(key) or ""),
                evidence_line=use.evidence_line,
                expected_version=use.version,
            )
        except CchcError as why:
            st.session_state[problem] = str(why)
        else:
            st.session_state.pop(problem, None)

    return save


def _taker_off(use: CriterionUse, problem: str) -> Callable[[], None]:
    def take_off() -> None:
        user = access.current_user()
        if user is None:
            return
        try:
            detach(workspace.current().database, user, use.assessment.id, use.attachment_id)
        except CchcError as why:
            st.session_state[problem] = str(why)

    return take_off


def _draw_task(user: User, use: TaskUse) -> None:
    problem = f"problem of {use.id}"
    with st.container(border=True, key=f"document-of-task-{use.id}"):
        code = f"**{literal(use.code)}** " if use.code else ""
        st.page_link(
            navigation.TASKS,
            label=f"Nhiệm vụ {code}{literal(use.title[:_LONGEST])} :gray[năm {use.year}]",
            icon=":material/task_alt:",
            query_params=task_query(current.assessment_id(), use.task_id, use.year),
        )
        if may_in_office(user.role, OfficeAction.REPORT_TASKS):
            off = _taker_off_task(use, problem)
            st.button("Gỡ khỏi nhiệm vụ", key=f"detach task {use.id}", icon=":material/link_off:", on_click=off)
        if said := st.session_state.get(problem):
            st.error(literal(said), icon=":material/error:")


def _taker_off_task(use: TaskUse, problem: str) -> Callable[[], None]:
    def take_off() -> None:
        user = access.current_user()
        if user is None:
            return
        try:
            detach_from_task(workspace.current().database, user, use.id)
        except CchcError as why:
            st.session_state[problem] = str(why)

    return take_off
