"""Destroying the content of a file that should never have been uploaded: for the administrator."""

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.purging import MOST_REASON_CHARACTERS, purge_file
from cchc_core.store.documents import Document
from ui import access
from ui.words import literal


def show(document: Document) -> None:
    """Draw the form; a content that was destroyed already is not offered."""
    left = {file.id: f"Bản {file.file_version}: {file.file_name}" for file in document.files if not file.is_purged}
    with st.expander("Huỷ nội dung tệp tải nhầm", icon=":material/delete_forever:"):
        if not left:
            st.markdown("Nội dung của mọi bản đã được huỷ.")
            return
        st.markdown(
            "Dùng khi tệp có dữ liệu cá nhân hoặc nội dung không được lưu. Nội dung bị xoá hẳn, không lấy lại được; "
            "tên tệp, mã băm và lý do được giữ lại."
        )
        chosen, reason, sure = (f"purge {name} {document.id}" for name in ("which", "reason", "sure"))
        st.selectbox("Bản của tệp", options=list(left), format_func=left.__getitem__, key=chosen)
        st.text_input("Lý do huỷ", key=reason, max_chars=MOST_REASON_CHARACTERS)
        st.checkbox("Tôi hiểu nội dung bị xoá hẳn", key=sure)
        st.button(
            "Huỷ nội dung",
            key=f"purge {document.id}",
            disabled=not st.session_state.get(sure),
            on_click=_purge,
            args=(document.id, chosen, reason, sure),
        )
        if said := st.session_state.get(_problem(document.id)):
            st.error(literal(said), icon=":material/error:")


def _problem(document_id: str) -> str:
    return f"purge problem {document_id}"


def _purge(document_id: str, chosen: str, reason: str, sure: str) -> None:
    user, state = access.current_user(), st.session_state
    if user is None:
        return
    state.pop(_problem(document_id), None)
    try:
        purge_file(workspace.current().database, user, str(state[chosen]), str(state.get(reason) or ""))
    except CchcError as why:
        state[_problem(document_id)] = str(why)
    else:
        state[reason], state[sure] = "", False
