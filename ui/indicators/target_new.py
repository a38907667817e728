"""Adding a promised figure to a plan: for plans whose figures came with no file."""

from functools import partial

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.plan_targets.keeping import (
    MOST_SHORT_CHARACTERS,
    MOST_TEXT_CHARACTERS,
    TargetDraft,
    add_target,
)
from cchc_core.plan_targets.measuring import OPERATORS
from ui import access
from ui.words import literal

_FIELDS = ("text", "operator", "value", "unit", "deadline", "task_code")
_TOLD = "_target_added"


def draw(plan_id: str) -> None:
    """Draw the form in an expander, and say what became of the last one."""
    done, problem = st.session_state.pop(_TOLD, ("", ""))
    if done:
        st.success(literal(done))
    with st.expander("Thêm chỉ tiêu vào kế hoạch", icon=":material/add:", expanded=bool(problem)):
        with st.form(f"new target {plan_id}", border=False, enter_to_submit=False):
            st.text_area("Nội dung chỉ tiêu", key=_key(plan_id, "text"), max_chars=MOST_TEXT_CHARACTERS, height=80)
            with st.container(horizontal=True):
                st.selectbox(
                    "So sánh",
                    options=[">=", ">", "=", "<=", "<"],
                    format_func=lambda operator: f"{operator}  ({OPERATORS[operator]})",
                    key=_key(plan_id, "operator"),
                    width=170,
                )
                for name, label, example in (
                    ("value", "Mức phấn đấu", "ví dụ 90"),
                    ("unit", "Đơn vị tính", "ví dụ %"),
                    ("deadline", "Thời hạn", "ví dụ: Trong năm 2024"),
                    ("task_code", "Mã nhiệm vụ", "nếu có"),
                ):
                    st.text_input(
                        label, key=_key(plan_id, name), placeholder=example, max_chars=MOST_SHORT_CHARACTERS, width=190
                    )
            st.form_submit_button("Thêm chỉ tiêu", key=f"add target {plan_id}", on_click=partial(_add, plan_id))
        if problem:
            st.error(f"**CHƯA LƯU.** {literal(problem)}", icon=":material/error:")


def _key(plan_id: str, name: str) -> str:
    return f"new target|{plan_id}|{name}"


def _add(plan_id: str) -> None:
    user = access.current_user()
    if user is None:
        return
    typed = {name: str(st.session_state.get(_key(plan_id, name)) or "") for name in _FIELDS}
    try:
        add_target(workspace.current().database, user, plan_id, TargetDraft(**typed))
    except CchcError as why:
        st.session_state[_TOLD] = ("", str(why))
        return
    st.session_state[_TOLD] = ("Đã thêm chỉ tiêu.", "")
    for name in _FIELDS:
        if name != "operator":
            st.session_state[_key(plan_id, name)] = ""
