"""One promised figure as a fragment of its own; opened, it shows where its actual value comes from."""

from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.errors import CchcError, NotFound
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.plan_targets.keeping import Measured, read_target
from cchc_core.plan_targets.measuring import OUTCOME_NAMES, Outcome, goal_words, shown
from cchc_core.store.users import User
from ui import access
from ui.indicators import target_form
from ui.indicators.target_form import TARGET
from ui.office import Desk
from ui.words import clock_time, day, literal

_OPENED_HERE: Final = "_target_opened_here"
COLORS: Final = {Outcome.MET: "green", Outcome.NOT_MET: "orange", Outcome.NO_DATA: "gray"}


def was_opened_here(target_id: str) -> bool:
    """Tell whether a line was opened by a click where it stands, and not by an address."""
    return bool(st.session_state.get(_OPENED_HERE) == target_id)


def show(desk: Desk, plan_id: str, measured: Measured) -> None:
    """Draw the line of a promised figure as its own fragment."""
    # The page has measured all of them. A session keeps its fragments, so none of them may keep what was read.
    at_hand, target_id = [measured], measured.target.id

    @st.fragment(key=_fragment_key(target_id))
    def line() -> None:
        user = access.require_user_in_fragment()
        try:
            now = at_hand.pop() if at_hand else _read(user, target_id)
        except NotFound:
            # Taken out meanwhile: the counts above the lines and the lines themselves are others now.
            st.rerun(scope="app")
        except CchcError as why:
            st.warning(literal(str(why)))
            return
        with st.container(border=True, key=f"promised-{target_id}"):
            _draw(user, now)

    line()


def _read(user: User, target_id: str) -> Measured:
    return read_target(workspace.current().database, user, target_id, today_in_vietnam())


def _draw(user: User, measured: Measured) -> None:
    st.markdown(_text(measured))
    is_open = st.query_params.get(TARGET) == measured.target.id
    may_enter = may_in_office(user.role, OfficeAction.ENTER_FIGURES)
    words = "Cập nhật kết quả" if may_enter else "Chi tiết"
    st.button(
        "Đóng" if is_open else words,
        key=f"open target {measured.target.id}",
        type="tertiary",
        icon=":material/expand_less:" if is_open else ":material/edit:" if may_enter else ":material/expand_more:",
        on_click=_toggle,
        args=(measured.target.id, is_open),
    )
    if is_open:
        st.markdown(_details(measured))
        if may_enter:
            target_form.draw(user, measured)


def _text(measured: Measured) -> str:
    target, outcome = measured.target, measured.outcome
    again = " :gray-badge[nhắc lại]" if target.is_repeat else ""
    badge = f":{COLORS[outcome]}-badge[{OUTCOME_NAMES[outcome]}]{again}"
    facts = [f"Mức: **{literal(goal_words(measured.goal))}**"]
    if measured.actual is not None:
        apart = f" ({literal(measured.distance)})" if measured.distance else ""
        facts.append(f"Thực hiện: **{literal(shown(measured.goal, measured.actual))}**{apart}")
    if target.deadline_text:
        facts.append(f"Thời hạn: {literal(target.deadline_text)}")
    if target.task_code:
        facts.append(f"Nhiệm vụ {literal(target.task_code)}")
    if measured.whence:
        facts.append(f":gray[Nguồn: {literal(measured.whence)}]")
    note = f"  \n:gray[Ghi chú: {literal(target.note)}]" if target.note else ""
    return f"**{target.ordinal}\\.** {literal(target.text)} {badge}  \n{' · '.join(facts)}{note}"


def _details(measured: Measured) -> str:
    target = measured.target
    lines = [f"**Nơi trong kế hoạch:** {literal(target.where)}"]
    if target.deadline is not None:
        lines.append(f"**Hạn hiểu là:** {day(target.deadline)}")
    if target.print_note:
        lines.append(f"**Về bản in:** {literal(target.print_note)}")
    if target.version > 1:
        when = clock_time(target.changed_at_utc)
        lines.append(f":gray[{literal(target.changed_by_name)} lưu lúc {when}]")
    return "  \n".join(lines)


def _fragment_key(target_id: str) -> str:
    return f"target {target_id}"


def _toggle(target_id: str, is_open: bool) -> None:
    before = st.query_params.get(TARGET)
    if is_open:
        st.query_params.pop(TARGET, None)
    else:
        st.query_params[TARGET] = target_id
    st.session_state[_OPENED_HERE] = target_id
    if before is not None and before != target_id:
        st.rerun([_fragment_key(target_id), _fragment_key(before)])
