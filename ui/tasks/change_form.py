"""Changing a task as it is kept: who leads it, what it says, a further product; and taking it out."""

from collections.abc import Mapping

import streamlit as st

from cchc_core import workspace
from cchc_core.days import read_day
from cchc_core.store.users import User
from cchc_core.tasks import texts
from cchc_core.tasks.keeping import add_occurrence, change_task, end_task
from cchc_core.tasks.model import Task, TaskKind
from ui.office import Desk
from ui.tasks.typed import Fields, Form
from ui.words import clock_time, literal

NO_ROOM = ""


def rooms_of(desk: Desk) -> dict[str, str]:
    """Name the rooms and units of the department, with the choice of none first."""
    return {NO_ROOM: "Chưa rõ"} | {unit.id: unit.name for unit in desk.office.units}


def draw(desk: Desk, task: Task) -> None:
    """Draw the forms, opened on demand."""
    with st.expander("Sửa nhiệm vụ, thêm sản phẩm, bỏ nhiệm vụ", icon=":material/edit:", key=f"change task {task.id}"):
        _draw_change(desk, task)
        _draw_addition(task)
        _draw_end(task)


def _draw_change(desk: Desk, task: Task) -> None:
    task_id, stored = task.id, _stored(task)

    def store(user: User, fields: Fields, version: int) -> None:
        # What nobody touched is not sent: the print may be longer than what people may type.
        changes: dict[str, object] = {name: text for name, text in fields.items() if text != stored[name]}
        if "assigning_date" in changes:
            changes["assigning_date"] = read_day("Ngày văn bản giao", fields["assigning_date"])
        change_task(workspace.current().database, user, task_id, changes, expected_version=version)

    form = Form(f"task|{task_id}", stored, task.version, store, counts=True)
    form.fill()
    with st.form(f"change {task_id}", border=False, enter_to_submit=False):
        st.text_area("Nội dung nhiệm vụ", key=form.key("title"), max_chars=texts.MOST_TITLE, height=80)
        _draw_people(form, rooms_of(desk))
        if task.kind is TaskKind.ASSIGNED:
            _draw_assigning(form)
        st.text_area("Cách thức thực hiện", key=form.key("how"), max_chars=texts.MOST_TEXT, height=68)
        st.text_area("Ghi chú", key=form.key("note"), max_chars=texts.MOST_TEXT, height=68)
        st.form_submit_button("Lưu nhiệm vụ", key=f"save task {task_id}", on_click=form.saver())
    form.draw_outcome("Đã lưu nhiệm vụ.")
    st.caption(f"{literal(task.changed_by_name)} lưu lúc {clock_time(task.changed_at_utc)}.")


def _stored(task: Task) -> Mapping[str, str]:
    fields = {
        "title": task.title,
        "room_id": task.room_id or NO_ROOM,
        "lead_text": task.lead_text,
        "person": task.person,
        "coordinating": task.coordinating,
        "funding": task.funding,
        "how": task.how,
        "note": task.note,
    }
    if task.kind is not TaskKind.ASSIGNED:
        return fields
    return {
        **fields,
        "assigning_body": task.assigning_body,
        "assigning_number": task.assigning_number,
        "assigning_date": "" if task.assigning_date is None else f"{task.assigning_date:%d/%m/%Y}",
    }


def _draw_people(form: Form, rooms: Mapping[str, str]) -> None:
    if st.session_state[form.key("room_id")] not in rooms:
        rooms = {**rooms, str(st.session_state[form.key("room_id")]): "Đơn vị đã giải thể"}
    with st.container(horizontal=True):
        st.selectbox(
            "Phòng, đơn vị chủ trì",
            options=list(rooms),
            format_func=rooms.__getitem__,
            key=form.key("room_id"),
            width=300,
        )
        st.text_input("Chủ trì ghi trong kế hoạch", key=form.key("lead_text"), max_chars=texts.MOST_TITLE, width=300)
        st.text_input("Người thực hiện", key=form.key("person"), max_chars=texts.MOST_NAME, width=240)
        st.text_input("Đơn vị phối hợp", key=form.key("coordinating"), max_chars=texts.MOST_TITLE, width=300)
        st.text_input("Kinh phí", key=form.key("funding"), max_chars=texts.MOST_TITLE, width=240)


def _draw_assigning(form: Form) -> None:
    with st.container(horizontal=True):
        st.text_input("Cơ quan giao", key=form.key("assigning_body"), max_chars=texts.MOST_NAME, width=300)
        st.text_input("Số, ký hiệu", key=form.key("assigning_number"), max_chars=texts.MOST_NUMBER, width=200)
        st.text_input("Ngày văn bản giao", key=form.key("assigning_date"), max_chars=20, width=170)


def _draw_addition(task: Task) -> None:
    task_id = task.id

    def store(user: User, fields: Fields, _version: int) -> None:
        due = read_day("Hạn", fields["due"])
        add_occurrence(workspace.current().database, user, task_id, product=fields["product"], due=due)

    fields = {"product": "", "due": ""}
    form = Form(f"more|{task_id}", fields, len(task.occurrences), store, empties_itself=True, counts=True)
    form.fill()
    with (
        st.form(f"more {task_id}", border=False, enter_to_submit=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            "Thêm sản phẩm hoặc lần thực hiện", key=form.key("product"), max_chars=texts.MOST_TITLE, width=420
        )
        st.text_input("Hạn (ngày/tháng/năm)", key=form.key("due"), max_chars=20, width=190)
        st.form_submit_button("Thêm", key=f"add occurrence {task_id}", on_click=form.saver())
    form.draw_outcome("Đã thêm.")


def _draw_end(task: Task) -> None:
    task_id = task.id

    def store(user: User, _fields: Fields, version: int) -> None:
        end_task(workspace.current().database, user, task_id, expected_version=version)

    form = Form(f"end task|{task_id}", {}, task.version, store, counts=True)
    form.fill()
    with st.popover("Bỏ nhiệm vụ", icon=":material/delete:"):
        st.markdown("Nhiệm vụ sẽ không còn trong danh sách; nhật ký vẫn giữ mọi điều đã ghi.")
        st.button("Bỏ nhiệm vụ này", key=f"end task {task_id}", type="primary", on_click=form.saver())
    form.draw_outcome()
