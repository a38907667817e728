"""The versions of a document's file, a place to bring a new one, and taking the document out."""

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.drafts import DocumentDraft
from cchc_core.evidence.keeping import end_document
from cchc_core.evidence.limits import MEGABYTE, limits, size_text
from cchc_core.evidence.reading import Found
from cchc_core.evidence.reading.intake import draft_of, read_again, take_version
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from ui import access
from ui.documents import data_form, kept
from ui.documents.addresses import DOCUMENT, file_address
from ui.words import clock_time, day, literal


def show(user: User, document: Document, *, may_change: bool) -> None:
    """Draw the versions, the newest first, and for who may change them what can be done."""
    if not document.files and not may_change:
        return
    with st.expander(f"Các bản của tệp ({len(document.files)})", icon=":material/history:"):
        for file in reversed(document.files):
            when = f"{literal(file.added_by_name)} thêm lúc {clock_time(file.added_at_utc)}"
            line = f"**Bản {file.file_version}** · {literal(file.file_name)} · {size_text(file.size_bytes)} · {when}"
            if file.is_purged:
                st.markdown(f"{line}  \n:red[Nội dung đã huỷ: {literal(file.purge_reason)}]")
            else:
                st.markdown(f"{line} · [tải về]({file_address(document, file, take_away=True)})")
            st.caption(f"SHA-256: `{file.sha256}`")
        if may_change:
            _draw_new_version(user, document)
    if may_change:
        _draw_taking_out(document)


def _draw_new_version(user: User, document: Document) -> None:
    state = kept.added(f"version of {document.id}")
    with workspace.current().database.read() as connection:
        most = limits(connection).max_bytes // MEGABYTE
    file = st.file_uploader(
        f"Thay bằng bản mới (không quá {most} MB); bản cũ vẫn giữ ở đây",
        key=f"version of {document.id} {state.round}",
    )
    for sentence in state.refused:
        st.error(literal(sentence), icon=":material/block:")
    for difference in state.differences:
        words = f"Bản vừa tải ghi {literal(difference)}. Hãy xem có nhầm tệp không, rồi sửa ở «Thông tin tài liệu»."
        st.warning(words, icon=":material/difference:")
    if file is None:
        return
    state.refused, state.differences = [], ()
    try:
        taken = take_version(workspace.current().database, user, document.id, file, file.name)
        kept.keep_found(document.id, taken.found)
        state.differences = taken.differences
    except CchcError as why:
        state.refused.append(str(why))
    state.round += 1
    st.rerun()


def _draw_taking_out(document: Document) -> None:
    key = f"sure to end {document.id}"
    with st.expander("Bỏ khỏi kho", icon=":material/delete:"):
        st.markdown("Tài liệu không còn chứng minh gì thì bỏ được khỏi kho. Nhật ký và tệp vẫn được giữ.")
        st.checkbox("Tôi chắc chắn muốn bỏ tài liệu này", key=key)
        st.button(
            "Bỏ tài liệu",
            key=f"end document {document.id}",
            disabled=not st.session_state.get(key),
            on_click=_end,
            args=(document.id, document.version),
        )
        if problem := kept.added(f"end of {document.id}").refused:
            st.error(literal(problem[-1]), icon=":material/block:")


def _end(document_id: str, version: int) -> None:
    user, state = access.current_user(), kept.added(f"end of {document_id}")
    if user is None:
        return
    state.refused.clear()
    try:
        end_document(workspace.current().database, user, document_id, version)
    except CchcError as why:
        state.refused.append(str(why))
    else:
        st.query_params.pop(DOCUMENT, None)


def draw_reading(document: Document) -> None:
    """Draw the button that reads the file once more and fills the form with what it says, nothing saved."""
    file = document.file
    if file is None or file.is_purged or file.extension not in ("pdf", "docx"):
        return
    st.button(
        "Đọc lại từ tệp",
        key=f"read again {document.id}",
        icon=":material/document_scanner:",
        help="Điền số, ngày, cơ quan ban hành, trích yếu mà tệp ghi vào các ô phía trên; chưa lưu gì.",
        on_click=_read,
        args=(document,),
    )


def _read(document: Document) -> None:
    user, database = access.current_user(), workspace.current().database
    if user is None or document.file is None:
        return
    try:
        found = read_again(database, user, document.id)
    except CchcError as why:
        data_form.typed_of(document.id).problem = str(why)
        return
    kept.keep_found(document.id, found)
    if found.is_empty:
        return
    with database.read() as connection:
        _fill_in(document, draft_of(connection, found, document.file.file_name), found)


def _fill_in(document: Document, draft: DocumentDraft, found: Found) -> None:
    said = {
        "number": draft.number,
        "doc_date": "" if draft.doc_date is None else day(draft.doc_date),
        "issuer": draft.issuer,
        "abstract": draft.abstract,
        "kind": draft.kind.value if found.kind else "",
    }
    data_form.put_in(document, {name: value for name, value in said.items() if value})
