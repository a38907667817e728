"""Links that take a table of the open assessment away; the server's own route writes the files."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from cchc_core.addresses import TABLES_PATH

WHOLE_LIST = "cả danh sách"
"""What a link takes away below a list that is shortened or narrowed."""


def links(assessment_id: str, key: str, what: str = "bảng này", query: Mapping[str, str] | None = None) -> None:
    """Draw the links to a table, which ``key`` names, as an Excel file and as CSV.

    ``what`` says what is taken away where that is more than is shown; ``query`` goes into the address.
    """
    address, asked = f"{TABLES_PATH}/{assessment_id}/{key}", f"?{urlencode(query)}" if query else ""
    with st.container(horizontal=True, key="-".join(["downloads", key, *(query or ())])):
        st.link_button(f"Tải {what} (.xlsx)", f"{address}.xlsx{asked}", icon=":material/download:")
        st.link_button(f"Tải {what} (.csv)", f"{address}.csv{asked}", icon=":material/download:")
