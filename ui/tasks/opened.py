"""An opened task: what is printed of it, what it delivers with the forms to report, what it serves, its notes."""

from collections.abc import Sequence

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.evidence.attaching import documents_of_task
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from cchc_core.tasks.keeping import may_report
from cchc_core.tasks.life import TIMELINESS_NAMES, Timeliness
from cchc_core.tasks.model import Occurrence, Task, TaskKind
from ui import current, navigation, task_links
from ui.documents import task_documents
from ui.office import Desk
from ui.tasks import change_form, due_form, notes, report_form
from ui.tasks.words import marks, occurrence_title, printed_facts
from ui.words import day, literal

_FEW = 3


def draw(user: User, desk: Desk, task: Task) -> None:
    """Draw everything below the line of a task."""
    if facts := [f"**{name}:** {text}" for name, text in printed_facts(task)]:
        st.markdown("  \n".join(facts))
    if task.uncertain:
        st.caption("Bản in không cho biết chắc: " + ", ".join(map(_column_name, task.uncertain)) + ".")
    if task.kind is TaskKind.REMEDY:
        _draw_way_to_remedy(desk, task)
    may_plan = may_in_office(user.role, OfficeAction.PLAN_TASKS)
    may = may_report(workspace.current().database, user, task)
    documents = _documents(user, task) if may else ()
    for occurrence in _chosen(task):
        _draw_occurrence(task, occurrence, documents, may=may, may_plan=may_plan)
    if not may:
        st.info(_why_not(user, task), icon=":material/lock:")
    task_documents.show(user, task)
    task_links.show_served(user, task)
    if may_plan and task.kind is not TaskKind.REMEDY:
        change_form.draw(desk, task)
    notes.draw(user, task, may=may)


def _why_not(user: User, task: Task) -> str:
    if not may_in_office(user.role, OfficeAction.REPORT_TASKS):
        return "Bạn xem được nhiệm vụ này nhưng không cập nhật được ở vai trò của bạn."
    if task.room_id is None:
        return "Nhiệm vụ này chưa ghi phòng, đơn vị chủ trì. Nếu là việc của phòng bạn, hãy nhờ cán bộ đầu mối ghi vào."
    return f"Nhiệm vụ này do {literal(task.room_name)} chủ trì nên bạn chỉ xem được."


_COLUMN_NAMES = {
    "title": "nội dung",
    "products": "sản phẩm",
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "time": "thời gian",
    "funding": "kinh phí",
    "how": "cách thức thực hiện",
    "note": "ghi chú",
}


def _column_name(key: str) -> str:
    return _COLUMN_NAMES.get(key, literal(key))


def _draw_way_to_remedy(desk: Desk, task: Task) -> None:
    if desk.assessment_id is None or task.remedy_code is None:
        return
    st.page_link(
        navigation.LOST,
        label=f"Mở tiêu chí {literal(task.remedy_code)} ở trang Tiêu chí mất điểm",
        icon=":material/trending_down:",
        query_params={current.ASSESSMENT: desk.assessment_id, current.CRITERION: task.remedy_code},
    )


def _chosen(task: Task) -> tuple[Occurrence, ...]:
    """Give what to draw: everything where it is little, else the one that is chosen, first the one to do next."""
    if len(task.occurrences) <= _FEW:
        return task.occurrences
    today = today_in_vietnam()
    labels = {each.id: f"{occurrence_title(task, each)} ({_stand(each)})" for each in task.occurrences}
    following = next((each.id for each in task.occurrences if each.state.is_open), task.occurrences[0].id)
    key = f"occurrence of {task.id}"
    if st.session_state.get(key) not in labels:
        st.session_state[key] = following
    done = sum(not each.state.is_open for each in task.occurrences)
    late = sum(each.timeliness(today) is Timeliness.OVERDUE for each in task.occurrences)
    st.selectbox(
        f"Lần thực hiện (đã xong {done}/{len(labels)}{f', {late} lần quá hạn' if late else ''})",
        options=list(labels),
        format_func=labels.__getitem__,
        key=key,
    )
    return (task.occurrence(st.session_state[key]),)


def _stand(occurrence: Occurrence) -> str:
    return TIMELINESS_NAMES[occurrence.timeliness(today_in_vietnam())].lower()


def _documents(user: User, task: Task) -> Sequence[Document]:
    hung = documents_of_task(workspace.current().database, user, task.id)
    return [each.document for each in hung]


def _draw_occurrence(
    task: Task, occurrence: Occurrence, documents: Sequence[Document], *, may: bool, may_plan: bool
) -> None:
    with st.container(border=len(task.occurrences) > 1, key=f"occurrence-{occurrence.id}"):
        stand = marks(occurrence.state, occurrence.timeliness(today_in_vietnam()))
        lines = [f"**{literal(occurrence_title(task, occurrence))}** {stand}"]
        if occurrence.time_text or occurrence.reading:
            lines.append(f":gray[{_reading(occurrence)}]{_corrected(occurrence)}")
        if said := _said(occurrence):
            lines.append(said)
        st.markdown("  \n".join(lines))
        if may:
            report_form.draw(task, occurrence, documents)
        if may_plan and task.kind is not TaskKind.REMEDY:
            due_form.draw(task, occurrence)


def _reading(occurrence: Occurrence) -> str:
    # Some readings begin with the print that they are of.
    is_said = not occurrence.time_text or occurrence.reading.startswith("«")
    printed = "" if is_said else f"«{literal(occurrence.time_text)}»: "
    return f"{printed}{literal(occurrence.reading)}"


def _corrected(occurrence: Occurrence) -> str:
    # Where nothing is printed the day was not corrected: a person gave it in the first place.
    is_over_print = occurrence.is_corrected and bool(occurrence.time_text)
    return " :orange-badge[hạn đã sửa tay]" if is_over_print else ""


def _said(occurrence: Occurrence) -> str:
    result = " ".join(
        filter(
            None,
            (
                occurrence.result_number,
                f"ngày {day(occurrence.result_date)}" if occurrence.result_date else "",
                occurrence.result_abstract,
            ),
        )
    )
    parts = (
        f"Hoàn thành ngày {day(occurrence.done_on)}" if occurrence.done_on else "",
        f"Lý do: {literal(occurrence.reason)}" if occurrence.reason else "",
        f"Kết quả: {literal(result)}" if result else "",
    )
    return " · ".join(filter(None, parts))
