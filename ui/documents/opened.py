"""One document opened: what it is, a look at it, what it proves, its versions, and taking it out."""

import logging

import streamlit as st

from cchc_core import offices, workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.keeping import document_for, duplicates
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.reach import may_keep
from cchc_core.offices import Office
from cchc_core.permissions import OfficeAction, Role, may_in_office
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from ui import navigation
from ui.documents import data_form, kept, preview, proves, purge_form, row, versions
from ui.documents.addresses import back_query, file_address, opening
from ui.words import literal

# Below the server's own logger: what a page refuses stands in the same file as what a route refuses.
_LOGGER = logging.getLogger("cchc.pages")


def show(user: User, document_id: str) -> None:
    """Draw a document by its id, or say why it is not shown."""
    _draw_way_back()
    try:
        document = document_for(workspace.current().database, user, document_id)
    except CchcError as why:
        # Escaped and cut: anybody may have typed the address.
        _LOGGER.warning("refused document=%a user=%s why=%s", document_id[:40], user.id, type(why).__name__)
        st.title("Tài liệu kiểm chứng")
        st.error(literal(str(why)))
        return
    with workspace.current().database.read() as connection:
        may_change = may_keep(connection, user, document)
    st.title(literal(document.heading))
    st.markdown(_facts(document))
    _draw_ways_out(document)
    _draw_duplicates(user, document)
    if may_change:
        _draw_data(user, document)
    proves.show(user, document)
    if document.file is not None and not document.file.is_purged:
        with st.expander("Xem trước", icon=":material/visibility:", expanded=True):
            preview.show(document, document.file)
    versions.show(user, document, may_change=may_change)
    if may_in_office(user.role, OfficeAction.PURGE_FILES) and document.files:
        purge_form.show(document)


def _draw_way_back() -> None:
    with st.container(key="document-back"):
        st.page_link(
            navigation.DOCUMENTS, label="Về danh sách tài liệu", icon=":material/arrow_back:", query_params=back_query()
        )


def _facts(document: Document) -> str:
    lines = [f"**{literal(document.abstract)}**"] if document.abstract else []
    return "  \n".join([*lines, row.facts(document)])


def _draw_ways_out(document: Document) -> None:
    file = document.file
    with st.container(horizontal=True, key=f"downloads-document-{document.id}"):
        if file is not None and not file.is_purged:
            if document.kind is DocumentKind.PICTURE:
                st.link_button("Mở ảnh", file_address(document, file), icon=":material/open_in_new:")
            st.link_button("Tải tệp về", file_address(document, file, take_away=True), icon=":material/download:")
        if document.link:
            st.link_button("Mở liên kết", document.link, icon=":material/link:")
    if document.link:
        st.caption(f"Liên kết: {literal(document.link)}")


def _draw_duplicates(user: User, document: Document) -> None:
    file = document.file
    if file is None:
        return
    for other in duplicates(workspace.current().database, user, file.sha256, besides=document.id):
        with st.container(key=f"document-way-{other.id}"):
            st.page_link(
                navigation.DOCUMENTS,
                label=f"Cùng nội dung tệp với: {literal(other.title[:160])}",
                icon=":material/content_copy:",
                query_params=opening(other.id),
            )


def _draw_data(user: User, document: Document) -> None:
    office = _office(user, document)
    if office is None:
        return
    words = "Thông tin tài liệu" if document.is_confirmed else "Thông tin tài liệu: chưa ai xác nhận"
    with st.expander(words, icon=":material/edit_document:", expanded=document.is_lacking):
        found = kept.found_of(document.id)
        for warning in found.warnings if found else ():
            st.caption(f":material/info: {literal(warning[:1].upper() + warning[1:])}.")
        data_form.draw(office, document)
        versions.draw_reading(document)


def _office(user: User, document: Document) -> Office | None:
    reached = offices.offices_for(workspace.current().database, user, OfficeAction.KEEP_DOCUMENTS)
    found = next((office for office in reached if office.id == document.department_id), None)
    if found is None or user.role is not Role.ROOM:
        return found
    # A room keeps documents of its own alone.
    own = tuple(unit for unit in found.units if unit.id == user.unit_id)
    return Office(found.id, found.name, own)
