"""Notes on how a task gets on: the newest first, and the field for another one."""

import streamlit as st

from cchc_core import workspace
from cchc_core.store.users import User
from cchc_core.tasks import texts
from cchc_core.tasks.keeping import add_note, notes_of
from cchc_core.tasks.model import Task
from ui.tasks.typed import Fields, Form
from ui.words import clock_time, literal

_MOST_SHOWN = 20


def draw(user: User, task: Task, *, may: bool) -> None:
    """Draw the notes of a task."""
    notes, task_id = notes_of(workspace.current().database, user, task.id), task.id
    for note in notes[:_MOST_SHOWN]:
        st.markdown(f":gray[{clock_time(note.at_utc)} · {literal(note.by_name)}:] {literal(note.text)}")
    if len(notes) > _MOST_SHOWN:
        st.caption(f"Còn {len(notes) - _MOST_SHOWN} ghi chú cũ hơn.")
    if not may:
        return

    def store(writer: User, fields: Fields, _version: int) -> None:
        add_note(workspace.current().database, writer, task_id, fields["note"])

    form = Form(f"note|{task_id}", {"note": ""}, len(notes), store, empties_itself=True)
    form.fill()
    with st.form(f"note {task_id}", border=False, enter_to_submit=False):
        st.text_area(
            "Ghi chú tiến độ",
            key=form.key("note"),
            max_chars=texts.MOST_TEXT,
            height=68,
            placeholder="ví dụ: đã gửi dự thảo lấy ý kiến các phòng",
        )
        st.form_submit_button("Thêm ghi chú", key=f"add note {task_id}", on_click=form.saver())
    form.draw_outcome("Đã thêm ghi chú.")
