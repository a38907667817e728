"""A look at a picture or at the pages of a PDF without taking the file away."""

import streamlit as st

from cchc_core import workspace
from cchc_core.evidence.reading import pages_of
from cchc_core.evidence.vault import vault_of
from cchc_core.store.documents import Document, FileVersion
from ui.documents.addresses import picture_address
from ui.words import literal


def show(document: Document, file: FileVersion) -> None:
    """Draw one page of a file, and the way to the others."""
    pages = pages_of(vault_of(workspace.current().database).path_of(file.sha256), file.extension)
    if pages == 0:
        st.caption("Tệp này không xem trước được ở đây. Hãy tải về để xem bằng phần mềm trên máy.")
        return
    page = _choose(document.id, pages) if pages > 1 else 1
    # An address of our own route, which asks who is looking; a picture given to st.image would be open to anybody.
    with st.container(key=f"document-picture-{document.id}"):
        st.markdown(f"![Trang {page} của {literal(file.file_name)}]({picture_address(document, file, page)})")


def _choose(document_id: str, pages: int) -> int:
    key = f"page of {document_id}"
    # A new version may have fewer pages.
    st.session_state[key] = min(max(1, st.session_state.get(key, 1)), pages)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input("Trang", 1, pages, step=1, key=key, width=140)
        st.markdown(f":gray[trong {pages} trang]")
    return int(st.session_state[key])
