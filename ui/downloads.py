"""Links that take a table of the open assessment away; the server's own route writes the files."""

import streamlit as st


def links(assessment_id: str, key: str) -> None:
    """Draw the links to a table, which ``key`` names, as an Excel file and as CSV."""
    address = f"/xuat/{assessment_id}/{key}"
    with st.container(horizontal=True, key=f"downloads-{key}"):
        st.link_button("Tải bảng này (.xlsx)", f"{address}.xlsx", icon=":material/download:")
        st.link_button("Tải bảng này (.csv)", f"{address}.csv", icon=":material/download:")
