"""Where the actual value of a promised figure comes from, what was typed, the note; and taking the figure out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError, StaleText
from cchc_core.indicators.keeping import form_of
from cchc_core.indicators.values import ValuesRefused
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.plan_targets import keeping
from cchc_core.plan_targets.actuals import choices, typed_again
from cchc_core.plan_targets.keeping import MOST_TEXT_CHARACTERS, Measured
from cchc_core.plan_targets.measuring import GRADES
from cchc_core.store.users import User
from ui import access
from ui.words import literal

TARGET: Final = "ct"
"""The query parameter that names the opened figure."""
_FIELDS = ("source", "actual", "note")


@dataclass
class _Typed:
    """What the session knows of a form: the version it was filled from, and what is typed and not saved."""

    version: int = -1
    unsaved: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    readings: tuple[str, ...] = ()
    conflict: StaleText | None = None
    must_refill: bool = False
    is_page_behind: bool = False


def draw(user: User, measured: Measured) -> None:
    """Draw the form below an opened line."""
    target_id = measured.target.id
    typed = _typed(target_id)
    if typed.is_page_behind:
        # The counts and the chart above the lines follow.
        typed.is_page_behind = False
        st.rerun(scope="app")
    _fill(typed, measured)
    listed = dict(choices(measured.goal, form_of(measured.target.year)))
    stored = keeping.source_of(measured.target)
    if stored not in listed:
        listed[stored] = f"{stored} (không còn)"
    with st.form(f"target form {target_id}", border=False, enter_to_submit=False):
        st.selectbox(
            "Kết quả lấy từ", options=list(listed), format_func=listed.__getitem__, key=_key(target_id, "source")
        )
        with st.container(horizontal=True):
            st.text_input(
                "Kết quả, khi nhập tay",
                key=_key(target_id, "actual"),
                max_chars=60,
                placeholder=_placeholder(measured),
                width=220,
            )
            st.text_input("Ghi chú", key=_key(target_id, "note"), max_chars=MOST_TEXT_CHARACTERS, width=420)
        st.form_submit_button(
            "Lưu kết quả", key=f"save target {target_id}", type="primary", on_click=partial(_save, target_id)
        )
    _draw_problem(target_id, typed)
    if may_in_office(user.role, OfficeAction.PLAN_TASKS):
        _draw_removal(measured)


def _placeholder(measured: Measured) -> str:
    if isinstance(measured.goal.value, str):
        return f"ví dụ: {GRADES[-2]}"
    return "ví dụ 85,5" if measured.goal.is_percent else "ví dụ 3"


def _typed(target_id: str) -> _Typed:
    typed: _Typed = st.session_state.setdefault(f"target form of {target_id}", _Typed())
    return typed


def _key(target_id: str, name: str) -> str:
    return f"target|{target_id}|{name}"


def _fill(typed: _Typed, measured: Measured) -> None:
    target = measured.target
    stored = {"source": keeping.source_of(target), "actual": typed_again(target.actual), "note": target.note}
    is_new = typed.version != target.version and not typed.unsaved
    for name, value in (typed.unsaved or stored).items():
        key = _key(target.id, name)
        if is_new or typed.must_refill or key not in st.session_state:
            st.session_state[key] = value
    typed.must_refill = False
    if is_new:
        typed.version = target.version


def _save(target_id: str, *, is_over: bool = False, instead: Mapping[str, str] | None = None) -> None:
    user, typed = access.current_user(), _typed(target_id)
    if user is None:
        return
    now = {name: str(st.session_state.get(_key(target_id, name)) or "") for name in _FIELDS} | dict(instead or {})
    # Whoever types a result and forgets to say so means that it is typed.
    now["source"] = now["source"] or ("typed:" if now["actual"].strip() else "")
    version = typed.conflict.version if is_over and typed.conflict is not None else typed.version
    typed.problem, typed.readings, typed.conflict, typed.must_refill = "", (), None, True
    try:
        keeping.measure(
            workspace.current().database,
            user,
            target_id,
            source=now["source"],
            actual=now["actual"],
            note=now["note"],
            expected_version=version,
        )
    except ValuesRefused as why:
        typed.unsaved, typed.problem = now, str(why)
        typed.readings = tuple(reading for problem in why.problems for reading in problem.readings)
    except CchcError as why:
        typed.unsaved, typed.problem = now, str(why)
        typed.conflict = why if isinstance(why, StaleText) else None
    else:
        typed.unsaved, typed.version, typed.is_page_behind = {}, -1, True


def _draw_problem(target_id: str, typed: _Typed) -> None:
    if not typed.problem:
        return
    st.error(f"**CHƯA LƯU.** {literal(typed.problem)}", icon=":material/error:")
    with st.container(horizontal=True):
        for reading in typed.readings:
            again = partial(_save, target_id, instead={"actual": reading})
            st.button(f"Hiểu là {literal(reading)}", key=f"target reading {target_id} {reading}", on_click=again)
        if typed.conflict is not None:
            over = partial(_save, target_id, is_over=True)
            st.button("Lưu nội dung của tôi", key=f"target over {target_id}", type="primary", on_click=over)
        st.button("Lấy nội dung đã lưu", key=f"target stored {target_id}", on_click=partial(_give_up, target_id))


def _give_up(target_id: str) -> None:
    typed = _typed(target_id)
    typed.unsaved, typed.problem, typed.readings, typed.conflict, typed.version = {}, "", (), None, -1


def _draw_removal(measured: Measured) -> None:
    target = measured.target
    with st.popover("Bỏ chỉ tiêu này", icon=":material/delete:", type="tertiary"):
        st.markdown("Chỉ tiêu không còn hiện ở kế hoạch này; nhật ký vẫn giữ.")
        st.button("Bỏ chỉ tiêu", key=f"end target {target.id}", on_click=partial(_end, target.id, target.version))


def _end(target_id: str, version: int) -> None:
    user, typed = access.current_user(), _typed(target_id)
    if user is None:
        return
    try:
        keeping.end_target(workspace.current().database, user, target_id, expected_version=version)
    except CchcError as why:
        typed.problem = str(why)
    else:
        st.query_params.pop(TARGET, None)
        # The line finds that the figure is gone, and the page is drawn again.
        typed.problem = ""
