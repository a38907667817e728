"""Filling a report from a document of its task: what the file said of itself is not typed a second time."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from cchc_core.board import today_in_vietnam
from cchc_core.store.documents import Document
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import Occurrence, Task
from ui.documents.row import shortened
from ui.tasks.typed import Form
from ui.words import day, literal_label

_MOST = 3


def draw(task: Task, occurrence: Occurrence, form: Form, documents: Sequence[Document]) -> None:
    """Draw a button for each document that may be the result and is not yet; nothing is saved by it."""
    if not occurrence.state.is_open:
        return
    told = {each.result_number for each in task.occurrences}
    fitting = [document for document in documents if document.number and document.number not in told]
    # What was added last is most likely what is reported on now.
    for document in fitting[: -_MOST - 1 : -1]:
        st.button(
            literal_label(f"Điền theo {shortened(document.heading)}"),
            key=f"result {occurrence.id} {document.id}",
            icon=":material/edit_document:",
            help="Ghi số, ngày, trích yếu của tài liệu vào các ô ở trên; xem lại rồi bấm «Lưu tiến độ».",
            on_click=partial(form.put, _fields(document)),
        )


def _fields(document: Document) -> dict[str, str]:
    fields = {"number": document.number, "abstract": document.abstract}
    if document.doc_date is None:
        return fields
    fields["date"] = day(document.doc_date)
    if document.doc_date <= today_in_vietnam():
        fields |= {"state": TaskState.DONE.value, "done_on": day(document.doc_date)}
    return fields
