"""What the address of the page of documents says, and the addresses of files and of their drawn pages."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from cchc_core.addresses import FILES_PATH, PREVIEWS_PATH
from cchc_core.store.documents import Document, FileVersion

DOCUMENT: Final = "td"
KIND, UNIT, PERIOD, UNUSED, LACKING, PAGE = "loai", "dv", "ky", "chua-dung", "thieu", "trang"
ON: Final = "1"


def query_with(**changed: str | None) -> dict[str, str]:
    """Give the query of this page with some of it changed; None takes a parameter out."""
    query = {**st.query_params.to_dict(), **changed}
    return {name: value for name, value in query.items() if value}


def opening(document_id: str) -> dict[str, str]:
    """Give the query that opens a document and leads back to the same list."""
    return query_with(**{DOCUMENT: document_id})


def number_in(name: str, otherwise: int) -> int:
    """Read a whole number from the address that anybody may have typed."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else otherwise


def remember(key: str, parameter: str) -> None:
    """Keep what a filter's widget holds in the address, and go back to the first page."""
    value = st.session_state.get(key)
    if value in (None, "", False):
        st.query_params.pop(parameter, None)
    else:
        st.query_params[parameter] = ON if value is True else str(value)
    st.query_params.pop(PAGE, None)


def file_address(document: Document, file: FileVersion, *, take_away: bool = False) -> str:
    """Give the address of a version of a document's file."""
    return f"{FILES_PATH}/{document.id}/{file.file_version}{'?tai=1' if take_away else ''}"


def picture_address(document: Document, file: FileVersion, page: int) -> str:
    """Give the address of a drawn page."""
    return f"{PREVIEWS_PATH}/{document.id}/{file.file_version}/{page}.png"


def back_query() -> Mapping[str, str]:
    """Give the query of the list that a document was opened from."""
    return query_with(**{DOCUMENT: None})
