"""The form for work that was assigned during the year."""

import streamlit as st

from cchc_core import workspace
from cchc_core.days import read_day
from cchc_core.store.users import User
from cchc_core.tasks import texts
from cchc_core.tasks.keeping import Assigned, add_assigned
from ui.office import Desk
from ui.tasks.change_form import rooms_of
from ui.tasks.typed import Fields, Form

_FIELDS = (
    "title",
    "product",
    "due",
    "assigning_body",
    "assigning_number",
    "assigning_date",
    "room_id",
    "person",
    "note",
)
_ADDED = "_tasks_added"


def draw(desk: Desk) -> None:
    """Draw the form; what is saved empties it for the next one."""
    department_id, year = desk.office.id, desk.year

    def store(user: User, fields: Fields, _version: int) -> None:
        add_assigned(workspace.current().database, user, department_id, year, _read(fields))
        # A new version of an empty form empties the fields.
        st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1

    version = int(st.session_state.get(_ADDED, 0))
    form = Form(f"assigned|{department_id}|{year}", dict.fromkeys(_FIELDS, ""), version, store, empties_itself=True)
    form.fill()
    with st.form("assigned work", border=False, enter_to_submit=False):
        st.text_area(
            "Nội dung nhiệm vụ được giao",
            key=form.key("title"),
            max_chars=texts.MOST_TITLE,
            height=80,
            placeholder="ví dụ: báo cáo tình hình giải quyết hồ sơ trực tuyến",
        )
        _draw_source(form)
        _draw_work(form, rooms_of(desk))
        st.form_submit_button("Thêm nhiệm vụ được giao", key="add assigned", type="primary", on_click=form.saver())
    form.draw_outcome("Đã thêm nhiệm vụ được giao.")


def _read(fields: Fields) -> Assigned:
    return Assigned(
        title=fields["title"],
        due=read_day("Thời hạn", fields["due"]),
        product=fields["product"],
        room_id=fields["room_id"] or None,
        person=fields["person"],
        note=fields["note"],
        assigning_body=fields["assigning_body"],
        assigning_number=fields["assigning_number"],
        assigning_date=read_day("Ngày văn bản giao", fields["assigning_date"]),
    )


def _draw_source(form: Form) -> None:
    with st.container(horizontal=True):
        st.text_input(
            "Cơ quan giao",
            key=form.key("assigning_body"),
            max_chars=texts.MOST_NAME,
            placeholder="ví dụ: UBND tỉnh",
            width=260,
        )
        st.text_input(
            "Số, ký hiệu văn bản giao", key=form.key("assigning_number"), max_chars=texts.MOST_NUMBER, width=220
        )
        st.text_input(
            "Ngày văn bản giao", key=form.key("assigning_date"), max_chars=20, placeholder="05/09/2026", width=170
        )
        st.text_input("Thời hạn", key=form.key("due"), max_chars=20, placeholder="20/09/2026", width=170)


def _draw_work(form: Form, rooms: dict[str, str]) -> None:
    with st.container(horizontal=True):
        st.selectbox(
            "Phòng, đơn vị chủ trì",
            options=list(rooms),
            format_func=rooms.__getitem__,
            key=form.key("room_id"),
            width=300,
        )
        st.text_input("Người thực hiện", key=form.key("person"), max_chars=texts.MOST_NAME, width=220)
        st.text_input("Sản phẩm", key=form.key("product"), max_chars=texts.MOST_TITLE, width=300)
        st.text_input("Ghi chú", key=form.key("note"), max_chars=texts.MOST_TEXT, width=300)
