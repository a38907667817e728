"""Correcting a due day: typed, or counted from the day of the event that a printed term runs from."""

import streamlit as st

from cchc_core import workspace
from cchc_core.days import read_day
from cchc_core.errors import BadText
from cchc_core.store.users import User
from cchc_core.tasks.keeping import correct_due, correct_due_from_event, end_occurrence, term_of
from cchc_core.tasks.model import Occurrence, Task
from ui.tasks.typed import Fields, Form
from ui.words import day


def draw(task: Task, occurrence: Occurrence) -> None:
    """Draw what may be changed of the due day, opened on demand."""
    form = _form(occurrence)
    form.fill()
    with st.popover("Sửa hạn", icon=":material/event:"):
        with st.form(f"due {occurrence.id}", border=False, enter_to_submit=False):
            st.text_input(
                "Hạn (ngày/tháng/năm)", key=form.key("due"), max_chars=20, help="Xoá trắng để bỏ hạn.", width=220
            )
            st.form_submit_button("Lưu hạn", key=f"save due {occurrence.id}", on_click=form.saver())
        form.draw_outcome("Đã lưu hạn.")
        if term_of(occurrence, task.year) is not None:
            _draw_from_event(occurrence)
        if len(task.occurrences) > 1:
            _draw_end(occurrence)


def _form(occurrence: Occurrence) -> Form:
    occurrence_id = occurrence.id

    def store(user: User, fields: Fields, version: int) -> None:
        due = read_day("Hạn", fields["due"])
        correct_due(workspace.current().database, user, occurrence_id, due, expected_version=version)

    due = "" if occurrence.due is None else day(occurrence.due)
    return Form(f"due|{occurrence_id}", {"due": due}, occurrence.version, store, counts=True)


def _draw_from_event(occurrence: Occurrence) -> None:
    occurrence_id = occurrence.id

    def store(user: User, fields: Fields, version: int) -> None:
        event = read_day("Ngày phát sinh việc", fields["event"])
        if event is None:
            raise BadText("Ngày phát sinh việc", problem="chưa ghi ngày", to_do="Hãy ghi ngày rồi bấm lại.")
        correct_due_from_event(workspace.current().database, user, occurrence_id, event, expected_version=version)

    form = Form(f"event|{occurrence_id}", {"event": ""}, occurrence.version, store, counts=True)
    form.fill()
    with st.form(f"event {occurrence_id}", border=False, enter_to_submit=False):
        st.text_input("Tính từ ngày phát sinh việc", key=form.key("event"), max_chars=20, width=220)
        st.form_submit_button("Tính hạn", key=f"count due {occurrence_id}", on_click=form.saver())
    form.draw_outcome("Đã tính hạn.")


def _draw_end(occurrence: Occurrence) -> None:
    occurrence_id = occurrence.id

    def store(user: User, _fields: Fields, version: int) -> None:
        end_occurrence(workspace.current().database, user, occurrence_id, expected_version=version)

    form = Form(f"end|{occurrence_id}", {}, occurrence.version, store, counts=True)
    form.fill()
    st.button("Bỏ lần này", key=f"end occurrence {occurrence_id}", icon=":material/delete:", on_click=form.saver())
    form.draw_outcome()
