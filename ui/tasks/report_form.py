"""The form that reports on one of the things that a task delivers: how far it has come, and its result document."""

from collections.abc import Sequence

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.days import read_day
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from cchc_core.tasks import texts
from cchc_core.tasks.keeping import report
from cchc_core.tasks.life import STATE_NAMES, TaskState
from cchc_core.tasks.model import Occurrence, Task
from ui.tasks import result_from
from ui.tasks.typed import Fields, Form
from ui.words import clock_time, day, literal

_DAY = "ví dụ 05/09/2026"


def draw(task: Task, occurrence: Occurrence, documents: Sequence[Document] = ()) -> None:
    """Draw the form, the one click that most reports are, and the ways to fill it from ``documents`` of the task."""
    form = _form(occurrence)
    form.fill()
    with st.form(f"report {occurrence.id}", border=False, enter_to_submit=False):
        _draw_fields(form)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Lưu tiến độ", key=f"save report {occurrence.id}", type="primary", on_click=form.saver()
            )
            if occurrence.state.is_open:
                today = {"state": TaskState.DONE.value, "done_on": day(today_in_vietnam())}
                st.form_submit_button(
                    "Hoàn thành hôm nay",
                    key=f"done today {occurrence.id}",
                    icon=":material/task_alt:",
                    on_click=form.saver(today),
                )
    result_from.draw(task, occurrence, form, documents)
    form.draw_outcome("Đã lưu tiến độ.")
    if occurrence.version > 1:
        when = clock_time(occurrence.changed_at_utc)
        st.caption(f"{literal(occurrence.changed_by_name)} lưu lúc {when}.")


def _form(occurrence: Occurrence) -> Form:
    occurrence_id = occurrence.id

    def store(user: User, fields: Fields, version: int) -> None:
        report(
            workspace.current().database,
            user,
            occurrence_id,
            state=TaskState(fields["state"]),
            done_on=read_day("Ngày hoàn thành", fields["done_on"]),
            reason=fields["reason"],
            result_number=fields["number"],
            result_date=read_day("Ngày văn bản kết quả", fields["date"]),
            result_abstract=fields["abstract"],
            expected_version=version,
        )

    fields = {
        "state": occurrence.state.value,
        "done_on": "" if occurrence.done_on is None else day(occurrence.done_on),
        "reason": occurrence.reason,
        "number": occurrence.result_number,
        "date": "" if occurrence.result_date is None else day(occurrence.result_date),
        "abstract": occurrence.result_abstract,
    }
    return Form(f"report|{occurrence_id}", fields, occurrence.version, store, counts=True)


def _draw_fields(form: Form) -> None:
    names = {state.value: name for state, name in STATE_NAMES.items()}
    with st.container(horizontal=True):
        st.selectbox("Trạng thái", options=list(names), format_func=names.__getitem__, key=form.key("state"), width=190)
        st.text_input("Ngày hoàn thành", key=form.key("done_on"), max_chars=20, placeholder=_DAY, width=170)
        st.text_input("Lý do, nếu không thực hiện", key=form.key("reason"), max_chars=texts.MOST_TITLE, width=340)
    with st.container(horizontal=True):
        st.text_input(
            "Số, ký hiệu văn bản kết quả",
            key=form.key("number"),
            max_chars=texts.MOST_NUMBER,
            placeholder="ví dụ 12/KH-SXD",
            width=240,
        )
        st.text_input("Ngày văn bản", key=form.key("date"), max_chars=20, placeholder=_DAY, width=170)
        st.text_input("Trích yếu", key=form.key("abstract"), max_chars=texts.MOST_TITLE, width=340)
