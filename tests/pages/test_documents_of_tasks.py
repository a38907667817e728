"""The documents of an opened task: added, found in the store, taken off, without leaving the task."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_core.evidence.attaching import attach_to_task, documents_of_task
from cchc_core.evidence.drafts import DocumentDraft
from cchc_core.evidence.keeping import Document, add_document
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.permissions import Role
from cchc_core.tasks.life import TaskState, Timeliness
from cchc_core.tasks.model import Task
from tests.pages.screen import Office, Screen, as_read
from tests.pages.task_desk import YEAR, again, department, field, open_page, three_tasks, today

PDF = (Path(__file__).parents[1] / "reading" / "files" / "cong-van.pdf").read_bytes()


def stored(office: Office, abstract: str) -> Document:
    draft = DocumentDraft(DocumentKind.LINK, abstract=abstract, link="https://example.vn/a")
    top = department(office)
    return add_document(office.database, office.person(Role.OFFICER), top, YEAR, top, draft)


def adding(office: Office, task: Task, role: Role = Role.OFFICER) -> Screen:
    screen = open_page(office, role, nv=task.id)
    screen.at.toggle(key=f"adding documents to {task.id}").set_value(True)
    return screen.run()


def titles(office: Office, task: Task) -> list[str]:
    hung = documents_of_task(office.database, office.person(Role.OFFICER), task.id)
    return [each.document.title for each in hung]


def test_a_file_dropped_at_a_task_is_read_and_hung_on_it(office: Office) -> None:
    task = three_tasks(office)[0]
    screen = adding(office, task)
    boxes: list[Any] = list(screen.at.get("file_uploader"))
    next(box for box in boxes if box.accept_multiple_files).set_value([("cv.pdf", PDF, "application/pdf")])
    screen.run()
    assert titles(office, task) == [
        "Công văn số 1234/SNV-CCHC&VTLT ngày 24/09/2024: Báo cáo tự kiểm tra công tác cải cách hành chính năm 2024"
    ]
    assert "Tài liệu của nhiệm vụ (1)" in screen.texts()


def test_a_document_of_the_store_is_found_without_marks_and_hung_on_a_task_once(office: Office) -> None:
    task, document = three_tasks(office)[0], stored(office, "Ảnh lớp tập huấn")
    screen = adding(office, task)
    next(box for box in screen.at.text_input if box.key == f"task documents search {task.id}").set_value("lop tap huan")
    screen.run().press(f"to task {task.id} {document.id}")
    assert titles(office, task) == ["Liên kết: Ảnh lớp tập huấn"]
    assert screen.at.button(key=f"to task {task.id} {document.id}").disabled


def test_a_document_is_taken_off_a_task_and_stays_in_the_store(office: Office) -> None:
    task, document = three_tasks(office)[0], stored(office, "Ảnh lớp tập huấn")
    hung = attach_to_task(office.database, office.person(Role.OFFICER), task.id, document.id)
    open_page(office, nv=task.id).press(f"off task {hung}")
    assert titles(office, task) == []


def test_a_report_is_filled_from_a_document_of_the_task_and_saved_by_the_person_alone(office: Office) -> None:
    task, officer = three_tasks(office)[0], office.person(Role.OFFICER)
    top, (occurrence,) = department(office), task.occurrences
    issued = today() - timedelta(days=20)
    draft = DocumentDraft(DocumentKind.PLAN, "03/KH-SXD", issued, "Sở Xây dựng", "Rà soát", "https://example.vn/a")
    document = add_document(office.database, officer, top, YEAR, top, draft)
    attach_to_task(office.database, officer, task.id, document.id)
    attach_to_task(office.database, officer, task.id, stored(office, "Không có số").id)
    screen = open_page(office, nv=task.id)
    offered = [str(button.key) for button in screen.at.button if str(button.key).startswith("result ")]
    assert offered == [f"result {occurrence.id} {document.id}"]
    screen.press(offered[0])
    assert again(office, task).occurrences == task.occurrences
    screen.press(f"save report {occurrence.id}")
    (done,) = again(office, task).occurrences
    assert (done.state, done.done_on, done.timeliness(today())) == (TaskState.DONE, issued, Timeliness.EARLY)
    assert (done.result_number, done.result_date, done.result_abstract) == ("03/KH-SXD", issued, "Rà soát")
    assert not screen.has_button(offered[0])


def test_a_document_dated_ahead_fills_what_it_says_and_finishes_nothing(office: Office) -> None:
    task, officer, top = three_tasks(office)[0], office.person(Role.OFFICER), department(office)
    ahead = today() + timedelta(days=2)
    draft = DocumentDraft(DocumentKind.PLAN, "04/KH-SXD", ahead, "Sở Xây dựng", "Rà soát", "https://example.vn/a")
    document = add_document(office.database, officer, top, YEAR, top, draft)
    attach_to_task(office.database, officer, task.id, document.id)
    (occurrence,) = task.occurrences
    screen = open_page(office, nv=task.id).press(f"result {occurrence.id} {document.id}")
    typed = {name: field(screen, f"report|{occurrence.id}", name).value for name in ("state", "done_on", "date")}
    assert typed == {"state": TaskState.NOT_STARTED.value, "done_on": "", "date": f"{ahead:%d/%m/%Y}"}


@pytest.mark.parametrize(
    ("role", "place", "may"), [(Role.ROOM, 0, True), (Role.ROOM, 1, False), (Role.LEADER, 0, False)]
)
def test_only_who_reports_on_a_task_adds_to_it(office: Office, role: Role, place: int, may: bool) -> None:
    task = three_tasks(office)[place]
    screen = open_page(office, role, nv=task.id)
    assert "Tài liệu của nhiệm vụ (0)" in as_read(screen.texts())
    assert any(box.key == f"adding documents to {task.id}" for box in screen.at.toggle) is may
