"""The plans of the year and the ways in which tasks come here: a workbook, a shipped plan, last year, assigned work."""

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.plans.files import readable_plans
from cchc_core.plans.model import Plan
from cchc_core.store.users import User
from cchc_core.tasks.keeping import adopt_plan, copy_plan, end_plan, list_plans
from cchc_core.tasks.model import PlanRow
from ui import access
from ui.office import EARLIEST, LATEST, YEAR, Desk
from ui.tasks import assigned_form, import_form, told
from ui.words import clock_time, literal

_CHOSEN = "_tasks_shipped"
_IMPORT, _SHIPPED, _ASSIGNED = "Nhập từ Excel", "Kế hoạch có sẵn", "Nhiệm vụ được giao"


def draw(user: User, desk: Desk, *, has_tasks: bool) -> None:
    """Draw the plans of the year, and for who may plan the ways to add tasks; opened where there is none yet."""
    told.draw()
    may_plan = may_in_office(user.role, OfficeAction.PLAN_TASKS)
    plans = list_plans(workspace.current().database, user, desk.office.id, desk.year)
    if not has_tasks:
        _draw_empty(desk, may_plan=may_plan)
    with st.container(horizontal=True, key="task-plans"):
        if plans:
            with st.popover(f"Kế hoạch của năm ({len(plans)})", icon=":material/assignment:"):
                for plan in plans:
                    _draw_plan(plan, may_plan=may_plan)
    if may_plan:
        # A key of its own for each state, so that it closes when it has done its work.
        key = f"add-tasks-{int(has_tasks)}-{import_form.rounds()}"
        with st.expander("Thêm nhiệm vụ", icon=":material/add_task:", expanded=not has_tasks, key=key):
            _draw_ways(desk)


def _draw_empty(desk: Desk, *, may_plan: bool) -> None:
    to_do = (
        "Hãy nhập kế hoạch từ Excel, lấy một kế hoạch có sẵn, hoặc ghi nhiệm vụ được giao ở bên dưới."
        if may_plan
        else "Hãy chọn năm khác, hoặc nhờ cán bộ đầu mối nhập kế hoạch của năm."
    )
    st.info(f"Năm {desk.year} chưa có nhiệm vụ nào. {to_do}", icon=":material/checklist:")


def _draw_plan(plan: PlanRow, *, may_plan: bool) -> None:
    whose = f"{literal(plan.issuer)} · " if plan.issuer else ""
    st.markdown(
        f"**{literal(plan.title)}**  \n{whose}{plan.tasks} nhiệm vụ  \n"
        f":gray[{literal(plan.document_text or plan.origin)} · {literal(plan.changed_by_name)} lưu lúc "
        f"{clock_time(plan.changed_at_utc)}]"
    )
    if not may_plan:
        return
    key = f"copy to {plan.id}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input("Sang năm", EARLIEST, LATEST, plan.year + 1, key=key, width=120)
        st.button("Chép", key=f"copy {plan.id}", icon=":material/content_copy:", on_click=_copy, args=(plan.id, key))
    sure = f"end sure {plan.id}"
    st.checkbox(f"Tôi muốn bỏ kế hoạch này cùng {plan.tasks} nhiệm vụ của nó", key=sure)
    st.button(
        "Bỏ kế hoạch",
        key=f"end {plan.id}",
        icon=":material/delete:",
        disabled=not st.session_state[sure],
        on_click=_end,
        args=(plan.id, plan.title),
    )


def _copy(plan_id: str, key: str) -> None:
    user, year = access.current_user(), int(st.session_state[key])
    if user is None:
        return
    try:
        copy_plan(workspace.current().database, user, plan_id, year)
    except CchcError as why:
        told.problem(str(why))
    else:
        told.success(f"Đã chép kế hoạch sang năm {year}, mọi nhiệm vụ trở về «chưa thực hiện». Đây là năm {year}.")
        st.query_params[YEAR] = str(year)


def _end(plan_id: str, title: str) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        end_plan(workspace.current().database, user, plan_id)
    except CchcError as why:
        told.problem(str(why))
    else:
        told.success(f"Đã bỏ kế hoạch «{title}».")


def _draw_ways(desk: Desk) -> None:
    by_import, shipped, assigned = st.tabs([_IMPORT, _SHIPPED, _ASSIGNED])
    with by_import:
        import_form.draw(desk)
    with shipped:
        _draw_shipped(desk)
    with assigned:
        assigned_form.draw(desk)


def _draw_shipped(desk: Desk) -> None:
    plans, _ = readable_plans()
    labels = {plan.id: _label(plan) for plan in sorted(plans.values(), key=lambda plan: plan.year != desk.year)}
    st.caption("Kế hoạch đã ban hành của một số sở, để dùng ngay hoặc làm mẫu; thời hạn được chuyển sang năm đang mở.")
    st.selectbox("Kế hoạch", options=list(labels), format_func=labels.__getitem__, key=_CHOSEN)
    st.button(
        f"Lấy kế hoạch này cho năm {desk.year}",
        key="adopt plan",
        icon=":material/library_add:",
        on_click=_adopt,
        args=(desk.office.id, desk.year),
    )


def _label(plan: Plan) -> str:
    return f"{plan.issuer}, năm {plan.year}: {len(plan.tasks)} nhiệm vụ"


def _adopt(department_id: str, year: int) -> None:
    user = access.current_user()
    if user is None:
        return
    # Not by an argument: whoever is quick presses the button before the choice was drawn.
    plan_id = str(st.session_state[_CHOSEN])
    try:
        adopt_plan(workspace.current().database, user, department_id, plan_id, year)
    except CchcError as why:
        told.problem(str(why))
    else:
        told.success(f"Đã lấy kế hoạch cho năm {year}.")
