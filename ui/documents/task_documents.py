"""The documents of a task: what is there, adding one, and hanging one of the store on it, without leaving the task."""

from functools import partial

import streamlit as st

from cchc_core import offices, workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.attaching import TaskDocument, attach_to_task, detach_from_task, documents_of_task
from cchc_core.evidence.listing import DocumentQuery, find_documents
from cchc_core.permissions import OfficeAction
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from cchc_core.tasks.keeping import may_report
from cchc_core.tasks.model import Task
from ui import access, navigation
from ui.documents import row, upload
from ui.documents.addresses import DOCUMENT, file_address
from ui.office import Desk
from ui.words import literal

MOST_FOUND = 8


def show(user: User, task: Task) -> None:
    """Draw the documents of a task, and for who reports on it the ways to add one."""
    try:
        there = documents_of_task(workspace.current().database, user, task.id)
    except CchcError as why:
        st.error(literal(str(why)))
        return
    may_add = may_report(workspace.current().database, user, task)
    st.markdown(f"**Tài liệu của nhiệm vụ ({len(there)})**")
    for each in there:
        _draw(each, may_add=may_add)
    if said := st.session_state.pop(_problem(task.id), ""):
        st.error(literal(said), icon=":material/error:")
    if may_add and st.toggle("Thêm tài liệu cho nhiệm vụ", key=f"adding documents to {task.id}"):
        _draw_store(user, task, {each.document.id for each in there})
        _draw_upload(user, task)


def _draw(each: TaskDocument, *, may_add: bool) -> None:
    document = each.document
    with st.container(border=True, key=f"task-document-{each.id}"):
        st.page_link(
            navigation.DOCUMENTS,
            label=literal(row.shortened(document.title)),
            icon=row.ICONS.get(document.kind, row.PAPER),
            query_params={DOCUMENT: document.id},
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if document.file is not None and not document.file.is_purged:
                st.link_button(
                    "Tải về", file_address(document, document.file, take_away=True), icon=":material/download:"
                )
            if may_add:
                st.button("Gỡ", key=f"off task {each.id}", icon=":material/link_off:", on_click=_take_off, args=(each,))


def _problem(task_id: str) -> str:
    return f"task documents problem {task_id}"


def _take_off(each: TaskDocument) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        detach_from_task(workspace.current().database, user, each.id)
    except CchcError as why:
        st.session_state[_problem(each.task_id)] = str(why)


def _draw_store(user: User, task: Task, there: set[str]) -> None:
    sought = st.text_input(
        "Tìm trong kho tài liệu",
        key=f"task documents search {task.id}",
        placeholder="số, trích yếu, tên tệp; không cần dấu",
        max_chars=100,
        icon=":material/search:",
    )
    if not sought.strip():
        return
    try:
        query = DocumentQuery(task.department_id, text=sought)
        found = find_documents(workspace.current().database, user, query, per_page=MOST_FOUND)
    except CchcError as why:
        st.error(literal(str(why)))
        return
    if not found.documents:
        st.info("Không có tài liệu nào khớp. Hãy tìm bằng chữ khác, hoặc tải tệp lên.", icon=":material/search_off:")
    for document in found.documents:
        is_there = document.id in there
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Đã gắn" if is_there else "Gắn",
                key=f"to task {task.id} {document.id}",
                icon=":material/check:" if is_there else ":material/attach_file:",
                disabled=is_there,
                on_click=_put_on,
                args=(task.id, document.id),
            )
            st.markdown(literal(row.shortened(document.title)), width="stretch")


def _put_on(task_id: str, document_id: str) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        attach_to_task(workspace.current().database, user, task_id, document_id)
    except CchcError as why:
        st.session_state[_problem(task_id)] = str(why)


def _draw_upload(user: User, task: Task) -> None:
    reached = offices.offices_for(workspace.current().database, user, OfficeAction.KEEP_DOCUMENTS)
    office = next((office for office in reached if office.id == task.department_id), None)
    if office is not None:
        upload.upload_here(user, Desk(office, task.year, None), f"task {task.id}", partial(_added, task.id))


def _added(task_id: str, document: Document) -> None:
    user = access.current_user()
    if user is not None:
        attach_to_task(workspace.current().database, user, task_id, document.id)
