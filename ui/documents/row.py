"""One document in a list: what it is, what it lacks, and the way to it."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.limits import size_text
from cchc_core.store.documents import Document
from ui import navigation
from ui.documents.addresses import opening
from ui.words import day, in_vietnam, literal

ICONS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.PICTURE: ":material/image:",
    DocumentKind.LINK: ":material/link:",
    DocumentKind.LIST: ":material/list_alt:",
    DocumentKind.FORM: ":material/table_chart:",
}
PAPER: Final = ":material/description:"
_LONGEST: Final = 220


def draw(document: Document) -> None:
    """Draw a line that leads to the document."""
    with st.container(border=True, key=f"document-line-{document.id}"):
        st.page_link(
            navigation.DOCUMENTS,
            label=f"**{literal(shortened(document.title))}**",
            icon=ICONS.get(document.kind, PAPER),
            query_params=opening(document.id),
        )
        st.markdown(facts(document))


def shortened(text: str) -> str:
    """Give a title that fits into two lines or three."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def facts(document: Document) -> str:
    """Say in one line who issued and who keeps it, its file, who added it when, and what it lacks."""
    file = document.file
    is_a_rooms = document.unit_name and document.unit_id != document.department_id
    told = [document.issuer, f"{document.unit_name} giữ" if is_a_rooms else ""]
    told += [f"{file.extension.upper()}, {size_text(file.size_bytes)}"] if file else ["liên kết"]
    told.append(f"{document.created_by_name} thêm ngày {day(in_vietnam(document.created_at_utc).date())}")
    return " ".join([f":small[:gray[{literal(' · '.join(filter(None, told)))}]]", *lacks(document)])


def lack_of(document: Document) -> str:
    """Say why the data of a document are to be looked at, "" where nothing is lacking."""
    if not document.is_confirmed:
        return "Chưa xác nhận thông tin"
    return "Chưa đủ thông tin" if document.is_lacking else ""


def lacks(document: Document) -> list[str]:
    """Give the marks of what is missing or destroyed."""
    marks = []
    if lack := lack_of(document):
        marks.append(f":{'orange' if document.is_confirmed else 'blue'}-badge[{lack}]")
    if document.file is not None and document.file.is_purged:
        marks.append(":red-badge[Nội dung tệp đã huỷ]")
    return marks
