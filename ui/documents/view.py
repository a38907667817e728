"""Tài liệu kiểm chứng: the documents of a department's year, or one of them opened."""

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.listing import DocumentCounts, DocumentPage, count_documents, find_documents
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.store.users import User
from ui import navigation, office
from ui.documents import addresses, filters, limits_form, opened, row, upload
from ui.office import Desk
from ui.words import literal


def show(user: User) -> None:
    """Draw the list with its filters and the place to drop files, or the document that the address names."""
    if document_id := st.query_params.get(addresses.DOCUMENT):
        opened.show(user, document_id)
        return
    st.title("Tài liệu kiểm chứng")
    desk = office.open_desk(user, OfficeAction.VIEW_DOCUMENTS)
    if desk is None:
        return
    st.markdown(f"**{literal(desk.office.name)}** · năm {desk.year}")
    if may_in_office(user.role, OfficeAction.KEEP_DOCUMENTS):
        with st.expander("Thêm tài liệu: tải tệp lên hoặc dán liên kết", icon=":material/upload_file:"):
            upload.upload_here(user, desk, "documents")
    _draw_list(user, desk)
    if may_in_office(user.role, OfficeAction.SET_LIMITS):
        limits_form.show(desk)


def _draw_list(user: User, desk: Desk) -> None:
    database, query = workspace.current().database, filters.read(desk)
    try:
        counts = count_documents(database, user, query)
        page = find_documents(database, user, query, page=addresses.number_in(addresses.PAGE, 1))
    except CchcError as why:
        st.error(literal(str(why)))
        return
    filters.draw(desk, query, counts)
    _draw_sum(page, counts)
    for document in page.documents:
        row.draw(document)
    _draw_pages(page)


def _draw_sum(page: DocumentPage, counts: DocumentCounts) -> None:
    parts = [f"**{page.total} tài liệu**"]
    parts += [f"{counts.lacking} cần xem lại thông tin"] if counts.lacking else []
    parts += [f"{counts.unused} chưa dùng ở đâu"] if counts.unused else []
    st.markdown(" · ".join(parts))
    if page.total:
        return
    if filters.is_narrowed():
        st.info("Không có tài liệu nào hợp với các ô lọc. Hãy bỏ bớt một ô.", icon=":material/filter_alt_off:")
        st.button("Bỏ mọi ô lọc", key="documents_unfilter", on_click=filters.clear)
    else:
        st.info(
            "Năm này chưa có tài liệu nào. Hãy thả tệp vào ô phía trên, hoặc chọn năm khác.", icon=":material/inbox:"
        )


def _draw_pages(page: DocumentPage) -> None:
    if page.pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="documents-pages"):
        for number, words in ((page.page - 1, "Trang trước"), (page.page + 1, "Trang sau")):
            st.page_link(
                navigation.DOCUMENTS,
                label=words,
                icon=":material/chevron_left:" if number < page.page else ":material/chevron_right:",
                query_params=addresses.query_with(**{addresses.PAGE: str(number)}),
                disabled=not 1 <= number <= page.pages,
            )
        st.markdown(f"Trang {page.page}/{page.pages}")
