"""Adding documents: files dropped in at once or an address, read, kept, and shown for confirmation."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st
from streamlit.typing import UploadedFile

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.drafts import DocumentDraft
from cchc_core.evidence.file_problems import KINDS_TEXT
from cchc_core.evidence.keeping import add_document, document_for, duplicates, end_document
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.limits import MEGABYTE, limits
from cchc_core.evidence.reading.intake import take_document
from cchc_core.permissions import OfficeAction, Role, may_in_office
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from ui import access, navigation
from ui.documents import data_form, kept
from ui.documents.addresses import opening
from ui.documents.kept import Added
from ui.office import Desk
from ui.words import literal

OnAdded = Callable[[Document], None]
_ENDINGS: Final = ["pdf", "doc", "docx", "xls", "xlsx", "pptx", "png", "jpg", "jpeg", "zip"]
_MOST_FORMS: Final = 20
_READS: Final = "PDF và Word có chữ được đọc sẵn số, ngày, trích yếu để bạn xác nhận."


def upload_here(user: User, desk: Desk, key: str, on_added: OnAdded | None = None) -> None:
    """Draw a place to drop files into or to paste an address, and the data of what was added for confirmation.

    ``key`` tells places apart; ``on_added`` is called for each document that was added, and may raise a CchcError,
    which is shown beside it.
    """
    if not may_in_office(user.role, OfficeAction.KEEP_DOCUMENTS):
        return
    state = kept.added(key)
    _draw_place(desk, key, state, on_added)
    _draw_link(desk, key, state, on_added)
    for sentence in state.refused:
        st.error(literal(sentence), icon=":material/block:")
    _draw_added(user, desk, state, key)


def _draw_place(desk: Desk, key: str, state: Added, on_added: OnAdded | None) -> None:
    with workspace.current().database.read() as connection:
        most = limits(connection).max_bytes // MEGABYTE
    files = st.file_uploader(
        f"Thả tệp vào đây, nhiều tệp một lúc cũng được: {KINDS_TEXT}; mỗi tệp không quá {most} MB. {_READS}",
        type=_ENDINGS,
        accept_multiple_files=True,
        key=f"files {key} {state.round}",
    )
    if not files:
        return
    state.refused, bar = [], st.progress(0.0)
    for place, file in enumerate(files):
        bar.progress(place / len(files), f"Đang nhận và đọc tệp {place + 1}/{len(files)}: {literal(file.name[:80])}")
        _take(desk, state, partial(_add_file, desk, file), file.name, on_added)
    # Another key lets go of the files, which the session would otherwise hold until the page is left.
    state.round += 1
    st.rerun()


def _add_file(desk: Desk, file: UploadedFile, user: User) -> Document:
    taken = take_document(
        workspace.current().database, user, desk.office.id, desk.year, unit_for(user, desk), file, file.name
    )
    kept.keep_found(taken.document.id, taken.found)
    return taken.document


def _take(desk: Desk, state: Added, add: Callable[[User], Document], name: str, on_added: OnAdded | None) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        document = add(user)
    except CchcError as why:
        state.refused.append(str(why) if name in str(why) else f"{name}: {why}")
        return
    state.documents.append(document.id)
    try:
        if on_added is not None:
            on_added(document)
    except CchcError as why:
        state.refused.append(f"{name} đã có trong kho, nhưng {why}")


def unit_for(user: User, desk: Desk) -> str:
    """Say whose document it becomes: a room's own, else the department's."""
    own = user.unit_id or ""
    return own if user.role is Role.ROOM and desk.office.name_of(own) else desk.office.id


def _draw_link(desk: Desk, key: str, state: Added, on_added: OnAdded | None) -> None:
    field = f"link {key}"

    def add() -> None:
        state.link_problem = ""
        address = str(st.session_state.get(field) or "").strip()
        before = len(state.refused)
        draft = DocumentDraft(DocumentKind.LINK, link=address)
        database, unit = workspace.current().database, unit_for
        _take(
            desk,
            state,
            lambda user: add_document(database, user, desk.office.id, desk.year, unit(user, desk), draft),
            address[:60] or "Liên kết",
            on_added,
        )
        if len(state.refused) > before:
            state.link_problem = state.refused.pop()
        else:
            st.session_state[field] = ""

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Hoặc dán liên kết (trang tin, cổng dịch vụ, thư mục dùng chung)",
            key=field,
            placeholder="https://",
            max_chars=2_000,
            width=520,
        )
        st.button("Thêm liên kết", key=f"add {field}", icon=":material/add_link:", on_click=add)
    if state.link_problem:
        st.error(literal(state.link_problem), icon=":material/block:")


def _draw_added(user: User, desk: Desk, state: Added, key: str) -> None:
    documents = _still_there(user, state)
    waiting = [document for document in documents if not document.is_confirmed][:_MOST_FORMS]
    saved = [document for document in documents if document.is_confirmed]
    if waiting:
        st.markdown(f"**Xem lại thông tin của {len(waiting)} tài liệu vừa thêm rồi lưu**")
        # Before the fields: what is there already need not be filled in again.
        _draw_duplicates(user, state, waiting, key)
        data_form.draw_batch(desk.office, waiting, _about, key)
    for document in saved:
        with st.container(key=f"document-way-{key}-{document.id}".replace(" ", "-")):
            st.page_link(
                navigation.DOCUMENTS,
                label=f"Đã lưu: {literal(document.title[:160])}",
                icon=":material/check_circle:",
                query_params=opening(document.id),
            )
    if saved and not waiting:
        st.button("Xong", key=f"done {state.round} {saved[0].id}", on_click=state.documents.clear)


def _still_there(user: User, state: Added) -> Sequence[Document]:
    found = []
    for document_id in list(state.documents):
        try:
            found.append(document_for(workspace.current().database, user, document_id))
        except CchcError:
            state.documents.remove(document_id)
    return found


def _about(document: Document) -> None:
    """Say which file the fields below belong to, and what to look at in it."""
    name = document.file.file_name if document.file else document.link
    st.markdown(f"**{literal(name)}**")
    found = kept.found_of(document.id)
    for warning in found.warnings if found else ():
        st.caption(f":material/info: {literal(warning[:1].upper() + warning[1:])}.")


def _draw_duplicates(user: User, state: Added, documents: Sequence[Document], key: str) -> None:
    for document in documents:
        file = document.file
        same = () if file is None else duplicates(workspace.current().database, user, file.sha256, besides=document.id)
        if not same or file is None:
            continue
        with st.container(border=True, key=f"document-twice-{key}-{document.id}".replace(" ", "-")):
            st.warning(
                f"«{literal(file.file_name)}» giống hệt tệp của tài liệu đã có: {literal(same[0].title[:160])}.",
                icon=":material/content_copy:",
            )
            with st.container(horizontal=True, vertical_alignment="center", key=f"document-way-twice-{document.id}"):
                st.page_link(navigation.DOCUMENTS, label="Mở tài liệu đã có", query_params=opening(same[0].id))
                st.button(
                    "Bỏ bản vừa tải",
                    key=f"drop twice {document.id}",
                    on_click=_drop,
                    args=(state, document.id, document.version),
                )


def _drop(state: Added, document_id: str, version: int) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        end_document(workspace.current().database, user, document_id, version)
    except CchcError as why:
        state.refused.append(str(why))
