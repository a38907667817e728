"""Kept what-ifs (phương án): open one by its address, keep what is tried under a name, share, compare, take out."""

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

import streamlit as st

from cchc_core import scenarios, workspace
from cchc_core.addresses import WHAT_IF_PATH
from cchc_core.errors import CchcError, StaleText
from cchc_core.scenario_tables import BESIDE, SCENARIO, TRIED, heading
from cchc_core.scenarios import MOST_NAME_CHARACTERS, Scenario
from cchc_core.sheet import Sheet
from cchc_core.store.users import User
from cchc_core.trying import Attempt
from cchc_core.what_if import try_out
from ui import access, current, downloads, navigation, rights, what_if_state, what_if_sums
from ui.what_if_state import WhatIf
from ui.words import clock_time, literal

_NAME, _WITH = "_scenario_name", "_scenario_beside"
_SAID, _LEFT_OUT = "_scenario_said", "_scenario_left_out"
_TO_FINISH = "Hãy sửa xong rồi lưu lại nếu cần."


def follow_address(user: User, sheet: Sheet, state: WhatIf) -> None:
    """Open the kept scenario that the address names, or say why it cannot be opened."""
    wanted = st.query_params.get(SCENARIO)
    if wanted is None:
        if state.scenario is not None:
            st.query_params[SCENARIO] = state.scenario.id
        return
    if state.scenario is not None and state.scenario.id == wanted:
        return
    scenario = _opened(user, wanted)
    if scenario is None:
        return
    if scenario.assessment_id != sheet.assessment.id:
        st.info(f"Phương án «{literal(scenario.name)}» thuộc một bảng chấm điểm khác.", icon=":material/swap_horiz:")
        query = {current.ASSESSMENT: scenario.assessment_id, SCENARIO: scenario.id}
        st.page_link(navigation.WHAT_IF, label="Mở phương án ở bảng của nó", query_params=query)
        return
    what_if_state.open_kept(state, sheet, scenario)


def _opened(user: User, scenario_id: str) -> Scenario | None:
    try:
        return scenarios.open_scenario(workspace.current().database, user, scenario_id)
    except CchcError as why:
        st.error(literal(str(why)), icon=":material/link_off:")
        return None


def draw_opened(user: User, sheet: Sheet, state: WhatIf) -> None:
    """Draw which kept scenario is open, its address to share, and the ways to leave it or take it out."""
    if said := st.session_state.pop(_SAID, ""):
        st.success(literal(said))
    if left_out := st.session_state.pop(_LEFT_OUT, ()):
        st.warning(f"Phương án không có tiêu chí {_codes(left_out)}: phiếu thử chưa đủ hoặc không hợp lệ. {_TO_FINISH}")
    scenario = state.scenario
    if scenario is None:
        return
    with st.container(border=True, key="scenario-open"):
        changed = " :orange-badge[Đã sửa, chưa lưu]" if state.is_changed else ""
        st.markdown(
            f"Phương án **{literal(scenario.name)}** · {literal(scenario.changed_by_name)} lưu lúc "
            f"{clock_time(scenario.changed_at_utc)}{changed}"
        )
        st.caption("Gửi địa chỉ này cho người khác để họ mở đúng phương án đã lưu:")
        st.code(_address(sheet, scenario), language=None, wrap_lines=True)
        with st.container(horizontal=True):
            if state.is_changed:
                st.button("Mở lại như đã lưu", key="reopen scenario", on_click=_reopen, args=(sheet.assessment.id,))
            st.button("Thôi phương án này, thử từ đầu", key="leave scenario", on_click=_leave, args=(sheet,))
            if scenarios.may_change(user, sheet.assessment, scenario):
                _draw_drop(sheet, scenario)


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(literal(code) for code in codes)


def _leave(sheet: Sheet) -> None:
    state = what_if_state.of(sheet.assessment.id)
    state.scenario, state.tried = None, {}
    for name in (SCENARIO, BESIDE):
        st.query_params.pop(name, None)


def _reopen(assessment_id: str) -> None:
    # The address still names it, so it is opened anew.
    what_if_state.of(assessment_id).scenario = None


def _address(sheet: Sheet, scenario: Scenario) -> str:
    query = urlencode({current.ASSESSMENT: sheet.assessment.id, SCENARIO: scenario.id})
    return urlsplit(st.context.url or WHAT_IF_PATH)._replace(query=query, fragment="").geturl()


def _draw_drop(sheet: Sheet, scenario: Scenario) -> None:
    with st.popover("Xoá phương án", icon=":material/delete:"):
        st.markdown(f"Xoá phương án **{literal(scenario.name)}**? Ai có địa chỉ của nó cũng không mở được nữa.")
        if not st.button("Xoá hẳn", key="end scenario", type="primary"):
            return
    user = access.require_user()
    try:
        scenarios.drop_scenario(workspace.current().database, user, scenario.id)
    except CchcError as why:
        st.error(literal(str(why)))
        return
    _leave(sheet)
    st.session_state[_SAID] = f"Đã xoá phương án {scenario.name}."
    st.rerun()


def draw_keeping(user: User, sheet: Sheet, state: WhatIf) -> None:
    """Draw the form that keeps what is tried under a name, new or over the open scenario."""
    if not state.entries:
        return
    opened, unfinished = state.scenario, state.unfinished
    own = opened if opened is not None and scenarios.may_change(user, sheet.assessment, opened) else None
    with st.form("keep scenario", border=True):
        st.markdown("**Lưu phương án**, để mở lại, so sánh hoặc gửi cho người khác")
        if unfinished:
            st.caption(f"Không lưu tiêu chí {_codes(unfinished)}: phiếu thử chưa đủ hoặc không hợp lệ.")
        name = st.text_input(
            "Tên phương án",
            value=own.name if own else "",
            key=f"{_NAME} {own.id if own else ''}",
            max_chars=MOST_NAME_CHARACTERS,
            placeholder="ví dụ: Bổ sung đủ báo cáo quý III",
        )
        with st.container(horizontal=True):
            is_over = own is not None and st.form_submit_button("Lưu đè phương án đang mở", key="keep over")
            is_new = st.form_submit_button("Lưu thành phương án mới" if own else "Lưu phương án", key="keep new")
    if is_over or is_new:
        _keep(sheet, state, name, own if is_over else None)


def _keep(sheet: Sheet, state: WhatIf, name: str, over: Scenario | None) -> None:
    user, database = access.require_user(), workspace.current().database
    try:
        kept = scenarios.keep_scenario(
            database,
            user,
            assessment_id=sheet.assessment.id,
            name=name,
            entries=state.entries,
            scenario_id=over.id if over else None,
            expected_version=over.version if over else 0,
        )
        scenario = scenarios.open_scenario(database, user, kept)
    except StaleText as why:
        st.error(literal(str(why)))
        st.info("Bấm «Lưu thành phương án mới» với tên khác, hoặc «Mở lại như đã lưu» để xem nội dung mới.")
    except CchcError as why:
        st.error(f"**CHƯA LƯU.** {literal(str(why))}")
    else:
        state.scenario = scenario
        st.query_params[SCENARIO] = scenario.id
        st.session_state[_SAID] = f"Đã lưu phương án {scenario.name}."
        st.session_state[_LEFT_OUT] = state.unfinished
        st.rerun()


def draw_list(user: User, sheet: Sheet, state: WhatIf, attempt: Attempt) -> None:
    """List the kept scenarios of the assessment, and put one beside what is tried now."""
    st.subheader("Phương án đã lưu")
    kept = scenarios.list_scenarios(workspace.current().database, user, sheet.assessment.id)
    if not kept:
        st.caption("Chưa có phương án nào được lưu cho bảng này.")
    opened = state.scenario.id if state.scenario else None
    for scenario in kept:
        mark = " :blue-badge[đang mở]" if scenario.id == opened else ""
        when = clock_time(scenario.changed_at_utc)
        st.page_link(
            navigation.WHAT_IF,
            label=f"**{literal(scenario.name)}** · {literal(scenario.changed_by_name)}, {when}{mark}",
            icon=":material/science:",
            query_params={current.ASSESSMENT: sheet.assessment.id, SCENARIO: scenario.id},
        )
    _draw_comparison(user, sheet, {each.id: each for each in kept if each.id != opened}, state, attempt)


def _draw_comparison(user: User, sheet: Sheet, others: dict[str, Scenario], state: WhatIf, attempt: Attempt) -> None:
    wanted = st.query_params.get(BESIDE)
    if not others and wanted is None:
        return
    st.session_state[_WITH] = wanted if wanted in others else ""
    st.selectbox(
        "So sánh với phương án",
        options=["", *others],
        format_func=lambda key: others[key].name if key else "Không so sánh",
        key=_WITH,
        on_change=_remember_beside,
    )
    if wanted is None:
        return
    other = others.get(wanted) or _opened(user, wanted)
    if other is None or other.assessment_id != sheet.assessment.id:
        st.info("Chỉ so sánh được với phương án khác của chính bảng này. Hãy chọn lại trong danh sách.")
        return
    first, second = _name_of(state), other.name
    st.markdown(f"**So sánh:** {literal(first)} và {literal(second)}")
    trial = try_out(attempt.real, other.entries)
    for code, problem in trial.problems.items():
        st.warning(f"{literal(second)}, tiêu chí {literal(code[:40])}: {literal(problem)}")
    what_if_sums.draw_comparison(attempt.trial.sheet, trial.sheet, (heading(first), heading(second)))
    _draw_downloads(user, state, attempt, {BESIDE: other.id})


def draw_downloads(user: User, state: WhatIf, attempt: Attempt) -> None:
    """Draw the links that take away what is tried beside the real assessment, if it is a kept scenario."""
    _draw_downloads(user, state, attempt, {})


def _draw_downloads(user: User, state: WhatIf, attempt: Attempt, beside: dict[str, str]) -> None:
    if not rights.may_export(user, attempt.real):
        return
    # A file is made anew from what is kept, so what is only on this screen cannot be in it.
    if state.is_changed or (state.scenario is None and state.tried):
        st.caption("Muốn tải bảng này về, hãy lưu điều đang thử thành phương án trước.")
        return
    opened = {} if state.scenario is None else {SCENARIO: state.scenario.id}
    downloads.links(attempt.real.assessment.id, TRIED, query={**opened, **beside})


def _name_of(state: WhatIf) -> str:
    if state.scenario is None:
        return "Đang thử" if state.entries else "Thật"
    return f"{state.scenario.name} (đã sửa)" if state.is_changed else state.scenario.name


def _remember_beside() -> None:
    if chosen := st.session_state[_WITH]:
        st.query_params[BESIDE] = chosen
    else:
        st.query_params.pop(BESIDE, None)
