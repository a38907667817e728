"""Chỉ tiêu phấn đấu: what the plans of a year promise against what was reached."""

from collections.abc import Sequence

import streamlit as st

from cchc_core import workspace
from cchc_core.addresses import FIGURES_PATH
from cchc_core.board import today_in_vietnam
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.plan_targets.keeping import Measured, PlanTargets, read_targets
from cchc_core.plan_targets.measuring import OUTCOME_NAMES, Outcome
from cchc_core.store.users import User
from ui import current, live_chart, navigation, office
from ui.charts import look
from ui.charts.targets import can_be_drawn, target_bars
from ui.indicators import target_line, target_new
from ui.indicators.target_form import TARGET
from ui.office import Desk
from ui.words import literal

PLAN, OUTCOME = "kh", "kq"
_ALL = ""
_FILTERS = {
    _ALL: "Tất cả",
    "dat": OUTCOME_NAMES[Outcome.MET],
    "chua-dat": OUTCOME_NAMES[Outcome.NOT_MET],
    "chua-co": OUTCOME_NAMES[Outcome.NO_DATA],
}
_OUTCOMES = dict(zip(list(_FILTERS)[1:], Outcome, strict=True))


def show(user: User, desk: Desk) -> None:
    """Draw one plan's promised figures: how many are met, a chart, a line for each, files to take away."""
    plans = read_targets(workspace.current().database, user, desk.office.id, desk.year, today_in_vietnam())
    if not plans:
        st.info(
            f"Chưa có kế hoạch nào của năm {desk.year}. Hãy mở trang «Nhiệm vụ» để lấy một kế hoạch mẫu hoặc nhập kế "
            "hoạch từ Excel; chỉ tiêu của kế hoạch sẽ hiện ở đây.",
            icon=":material/flag:",
        )
        query = {office.YEAR: str(desk.year)} | ({current.ASSESSMENT: desk.assessment_id} if desk.assessment_id else {})
        st.page_link(navigation.TASKS, label="Mở trang Nhiệm vụ", icon=":material/checklist:", query_params=query)
        return
    plan = _choose_plan(plans)
    _draw_counts(plan)
    _draw_chart(plan)
    _draw_lines(desk, plan)
    if may_in_office(user.role, OfficeAction.PLAN_TASKS):
        target_new.draw(plan.plan_id)
    _draw_downloads(desk)


def _choose_plan(plans: Sequence[PlanTargets]) -> PlanTargets:
    by_id = {plan.plan_id: plan for plan in plans}
    chosen = st.query_params.get(PLAN, "")
    if chosen not in by_id:
        chosen = next((plan.plan_id for plan in plans if plan.listed), plans[0].plan_id)
    if len(plans) > 1:
        key = "_targets_plan"
        st.session_state[key] = chosen
        st.selectbox(
            "Kế hoạch",
            options=list(by_id),
            format_func=lambda plan_id: f"{by_id[plan_id].title} ({len(by_id[plan_id].listed)} chỉ tiêu)",
            key=key,
            on_change=_remember,
            args=(key, PLAN),
        )
    else:
        st.markdown(f"Kế hoạch: **{literal(plans[0].title)}**")
    return by_id[chosen]


def _draw_counts(plan: PlanTargets) -> None:
    repeats = sum(each.target.is_repeat for each in plan.listed)
    counts = " ".join(
        f":{target_line.COLORS[outcome]}-badge[{name}: {plan.count(outcome)}]"
        for outcome, name in OUTCOME_NAMES.items()
    )
    again = f" :gray[· {repeats} chỉ tiêu nhắc lại chỉ tính một lần]" if repeats else ""
    st.markdown(f"**{len(plan.listed) - repeats} chỉ tiêu** {counts}{again}")


def _draw_chart(plan: PlanTargets) -> None:
    drawn = [each for each in plan.listed if can_be_drawn(each) and not each.target.is_repeat]
    if not drawn:
        return
    st.markdown("**Thực hiện so với mức phấn đấu** :gray[(chỉ tiêu tính bằng %, đã có số liệu; vạch đen là mức)]")
    live_chart.draw(target_bars(drawn), "targets chart", look.picture_config("chi-tieu-phan-dau"))


def _draw_lines(desk: Desk, plan: PlanTargets) -> None:
    if not plan.listed:
        st.info("Kế hoạch này chưa có chỉ tiêu nào. Hãy thêm chỉ tiêu ở dưới.")
        return
    chosen = _choose_outcome(plan)
    listed = [each for each in plan.listed if not chosen or each.outcome is _OUTCOMES[chosen]]
    if not listed:
        st.info("Không có chỉ tiêu nào như vậy. Hãy chọn «Tất cả».")
    for measured in _first_ones(listed, st.query_params.get(TARGET)):
        target_line.show(desk, plan.plan_id, measured)


def _first_ones(listed: list[Measured], opened: str | None) -> list[Measured]:
    """Put what an address opens first, because no page can be told where to scroll to."""
    if opened is None or target_line.was_opened_here(opened):
        return listed
    return sorted(listed, key=lambda each: each.target.id != opened)


def _choose_outcome(plan: PlanTargets) -> str:
    key = "_targets_outcome"
    named = st.query_params.get(OUTCOME, _ALL)
    st.session_state[key] = named if named in _FILTERS else _ALL
    counts = {name: sum(each.outcome is outcome for each in plan.listed) for name, outcome in _OUTCOMES.items()}
    st.segmented_control(
        "Lọc theo kết quả",
        options=list(_FILTERS),
        format_func=lambda name: f"{_FILTERS[name]} ({counts.get(name, len(plan.listed))})",
        key=key,
        required=True,
        wrap=True,
        on_change=_remember,
        args=(key, OUTCOME),
    )
    return str(st.session_state[key])


def _remember(key: str, parameter: str) -> None:
    if chosen := st.session_state[key]:
        st.query_params[parameter] = str(chosen)
    else:
        st.query_params.pop(parameter, None)
    st.query_params.pop(TARGET, None)


def _draw_downloads(desk: Desk) -> None:
    address = f"{FIGURES_PATH}/{desk.office.id}/{desk.year}/phan-dau"
    with st.container(horizontal=True, key="downloads-targets"):
        st.link_button("Tải chỉ tiêu của mọi kế hoạch (.xlsx)", f"{address}.xlsx", icon=":material/download:")
        st.link_button("Tải chỉ tiêu của mọi kế hoạch (.csv)", f"{address}.csv", icon=":material/download:")
