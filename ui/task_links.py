"""Tasks and criteria beside each other: what an opened task serves, and which tasks serve an opened criterion."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cchc_core import workspace
from cchc_core.asks_for import shortened
from cchc_core.board import today_in_vietnam
from cchc_core.errors import CchcError
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO, format_points
from cchc_core.scoring import Sheet
from cchc_core.store.users import User
from cchc_core.task_links.keeping import confirm, links_of, refuse, tasks_serving
from cchc_core.task_links.model import Link, Offered, Served, TaskLinks
from cchc_core.task_links.stakes import current_assessment
from cchc_core.tasks.model import Task
from ui import access, current, navigation
from ui.office import YEAR
from ui.tasks.words import marks
from ui.words import day, literal, points_unit

_LONGEST = 160
_MOST_TASKS = 20
Decision = Callable[..., None]


def show_served(user: User, task: Task) -> None:
    """Draw what a task serves with the points that hang on it, what is suggested, and the ways to decide."""
    database = workspace.current().database
    with st.container(key=f"served-{task.id}"):
        found = current_assessment(database, user, task.department_id, task.year, current.assessment_id())
        if found is None:
            st.caption(f"Năm {task.year} chưa có bảng chấm điểm của Sở, nên chưa gắn được nhiệm vụ với tiêu chí.")
            return
        try:
            links = links_of(database, user, task.id, found.id)
        except CchcError as why:
            st.error(literal(str(why)))
            return
        _draw_links(links, found.id, current.sheet_of(user, found.id).rubric)


def _line(key: str) -> DeltaGenerator:
    name = f"link-line-{key.replace('.', '-')}"
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key=name)


def _draw_links(links: TaskLinks, assessment_id: str, rubric: Rubric) -> None:
    unit = points_unit(rubric)
    st.markdown(_heading(links, unit))
    if problem := st.session_state.pop(_problem_key(links.task.id), None):
        st.error(f"**CHƯA LƯU.** {literal(problem)}", icon=":material/error:")
    for served in links.served:
        _draw_served(links, served, assessment_id, unit)
    if links.may_link:
        _draw_offered(links, assessment_id, unit)
        _draw_by_hand(links, assessment_id, rubric)
    elif not links.served:
        st.caption("Chưa gắn với tiêu chí nào.")


def _heading(links: TaskLinks, unit: str) -> str:
    if not links.served:
        return "**Phục vụ tiêu chí**"
    points = sum((served.open_points for served in links.served), ZERO)
    worth = f"gắn với {format_points(points)} {unit} chưa đạt" if points > 0 else "không còn điểm chưa đạt"
    return f"**Phục vụ {len(links.served)} tiêu chí, {worth}**"


def _draw_served(links: TaskLinks, served: Served, assessment_id: str, unit: str) -> None:
    criterion, link = served.criterion, served.link
    with _line(f"{links.task.id}-{criterion.code}"):
        st.markdown(f"{_named(criterion)} · {_open(served, unit)}{_whence(link)}", width="stretch")
        st.page_link(
            navigation.SCORING,
            label=f"Mở tiêu chí {literal(criterion.code)}",
            icon=":material/edit_note:",
            query_params=navigation.criterion_address(assessment_id, criterion.section, criterion.code),
        )
        if links.may_link and link is not None:
            _button("Gỡ", "off", refuse, links.task.id, assessment_id, criterion.code, None, link.version)


def _named(criterion: Criterion) -> str:
    return f"**{literal(criterion.code)}** {literal(shortened(criterion.title, _LONGEST))}"


def _open(served: Served | Offered, unit: str) -> str:
    if served.criterion.scored.is_external:
        return ":blue-badge[Bên ngoài chấm]"
    if served.open_points <= 0:
        return ":green-badge[Không còn điểm chưa đạt]"
    return f"**{format_points(served.open_points)}** {unit} chưa đạt"


def _whence(link: Link | None) -> str:
    return " :violet-badge[Việc khắc phục tiêu chí này]" if link is None else ""


def _draw_offered(links: TaskLinks, assessment_id: str, unit: str) -> None:
    if not links.offered:
        return
    name = f"Gợi ý theo nội dung, chưa gắn ({len(links.offered)})"
    with st.expander(name, icon=":material/lightbulb:", expanded=not links.served, key=f"offers {links.task.id}"):
        for offered in links.offered:
            code, strength = offered.criterion.code, offered.strength
            with _line(f"{links.task.id}-{code}"):
                said = f"{_named(offered.criterion)} · {_open(offered, unit)} :gray-badge[Giống {strength}/100]"
                st.markdown(said, width="stretch")
                _button("Gắn", "on", confirm, links.task.id, assessment_id, code, strength, 0)
                _button("Không phải", "no", refuse, links.task.id, assessment_id, code, strength, 0)


def _draw_by_hand(links: TaskLinks, assessment_id: str, rubric: Rubric) -> None:
    task_id = links.task.id
    labels = {leaf.code: f"{leaf.code} {leaf.title}" for leaf in rubric.leaves if leaf.code not in links.codes}
    versions = {link.code: link.version for link in links.refused}
    with st.popover("Gắn tiêu chí khác", icon=":material/add_link:"):
        key = f"link by hand {task_id}"
        st.selectbox(
            "Tiêu chí",
            options=list(labels),
            format_func=labels.__getitem__,
            key=key,
            index=None,
            placeholder="Gõ mã hoặc vài chữ của tiêu chí",
        )
        code = st.session_state.get(key)
        if code is not None:
            _button("Gắn tiêu chí này", "hand", confirm, task_id, assessment_id, code, None, versions.get(code, 0))


def _button(
    words: str,
    name: str,
    decision: Decision,
    task_id: str,
    assessment_id: str,
    code: str,
    strength: int | None,
    version: int,
) -> None:
    st.button(
        words,
        key=f"link {name} {task_id} {code}",
        on_click=_decide,
        args=(decision, task_id, assessment_id, code, strength, version),
    )


def _problem_key(task_id: str) -> str:
    return f"problem of links {task_id}"


def _decide(
    decision: Decision, task_id: str, assessment_id: str, code: str, strength: int | None, version: int
) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        decision(
            workspace.current().database,
            user,
            task_id=task_id,
            assessment_id=assessment_id,
            code=code,
            strength=strength,
            expected_version=version,
        )
    except CchcError as why:
        st.session_state[_problem_key(task_id)] = str(why)


def show_tasks(user: User, sheet: Sheet, criterion: Criterion) -> None:
    """Draw the tasks that serve a criterion with their state and day; nothing for who may not look at tasks."""
    if not may_in_office(user.role, OfficeAction.VIEW_TASKS):
        return
    tasks = tasks_serving(workspace.current().database, user, sheet, criterion.code)
    if not tasks:
        st.caption("Chưa có nhiệm vụ nào gắn với tiêu chí này.")
        return
    st.markdown(f"**Nhiệm vụ phục vụ tiêu chí này ({len(tasks)})**")
    for task in tasks[:_MOST_TASKS]:
        _draw_task(sheet, task)
    if len(tasks) > _MOST_TASKS:
        st.caption(f"Còn {len(tasks) - _MOST_TASKS} nhiệm vụ khác ở trang Nhiệm vụ.")


def _draw_task(sheet: Sheet, task: Task) -> None:
    today = today_in_vietnam()
    due = "" if task.next_due is None else f" · hạn {day(task.next_due)}"
    who = f" · {literal(task.lead_name)}" if task.lead_name else ""
    title = f"{literal(task.code)} {literal(shortened(task.title, _LONGEST))}".strip()
    with _line(f"tasks-{task.id}"):
        st.markdown(f"{title} {marks(task.state, task.timeliness(today))}:gray[{due}{who}]", width="stretch")
        st.page_link(
            navigation.TASKS,
            label=f"Mở nhiệm vụ {literal(task.code)}".strip(),
            icon=":material/task_alt:",
            query_params=task_address(sheet.assessment.id, task),
        )


def task_address(assessment_id: str | None, task: Task) -> dict[str, str]:
    """Give the query of the page of tasks that opens one."""
    return task_query(assessment_id, task.id, task.year)


def task_query(assessment_id: str | None, task_id: str, year: int) -> dict[str, str]:
    """Give the query of the page of tasks that opens one of which only the id is known."""
    of_assessment = {} if assessment_id is None else {current.ASSESSMENT: assessment_id}
    return {**of_assessment, YEAR: str(year), "nv": task_id}
