"""Links that take the tasks away as files; the server's own route writes them."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from cchc_core.addresses import TASK_FILES_PATH
from cchc_core.tasks import asked
from ui.office import Desk


def address(desk: Desk, file: str, parameters: Mapping[str, str] | None = None) -> str:
    """Give the address of a file of the department's year; ``parameters`` may hold filters."""
    kept = {name: value for name, value in (parameters or {}).items() if name in asked.EVERY and value}
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{TASK_FILES_PATH}/{desk.office.id}/{desk.year}/{file}{query}"


def draw(desk: Desk, parameters: Mapping[str, str]) -> None:
    """Draw the links; filters hold for the files too."""
    is_filtered = any(parameters.get(name) for name in asked.FILTERS)
    what = "các nhiệm vụ đang lọc" if is_filtered else "cả danh sách"
    files = (
        (f"Tải {what} (.xlsx)", "danh-sach.xlsx", ":material/download:"),
        (f"Tải {what} (.csv)", "danh-sach.csv", ":material/download:"),
        ("Phụ lục nhiệm vụ đã hoàn thành (.xlsx)", "phu-luc-1.xlsx", ":material/fact_check:"),
        ("Kế hoạch theo mẫu nhập (.xlsx)", "ke-hoach.xlsx", ":material/table_view:"),
        ("Lịch thời hạn (.ics)", "lich.ics", ":material/calendar_month:"),
    )
    with st.container(horizontal=True, key="downloads-tasks"):
        for label, file, icon in files:
            st.link_button(label, address(desk, file, parameters), icon=icon)
