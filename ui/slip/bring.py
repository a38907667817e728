"""Bringing a slip back: the file, what it changes, a choice for every conflict, and the button at the end."""

import hashlib
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.scoring import Sheet
from cchc_core.slip.applying import apply_slip
from cchc_core.slip.comparing import compare_slip
from cchc_core.slip.model import Comparison, Slip
from cchc_core.slip.reading import read_slip
from cchc_core.store.users import User
from ui import access
from ui.slip import conflicts, preview
from ui.words import clock_time, literal

_ROUND, _READ, _TOLD = "_slip_round", "_slip_read", "_slip_told"
NOT_TAKEN: Final = "**CHƯA NHẬN.**"


def draw_told() -> None:
    """Say once what became of the last slip."""
    text, is_problem = st.session_state.pop(_TOLD, ("", False))
    if is_problem:
        st.error(f"{NOT_TAKEN} {literal(text)}", icon=":material/error:")
    elif text:
        st.success(literal(text), icon=":material/check:")


def draw(user: User, sheet: Sheet) -> None:
    """Draw the place for a file and, once there is one, what taking it over would do."""
    st.caption("Chọn tệp phiếu đã nhập (.xlsx). Chưa có gì được lưu cho đến khi bạn xem so sánh và bấm «Nhận».")
    # Of every kind: what is no slip is refused by the core in words, by the toolkit in English.
    uploaded = st.file_uploader("Tệp phiếu", key=f"_slip_file_{st.session_state.get(_ROUND, 0)}")
    if uploaded is None:
        st.session_state.pop(_READ, None)
        return
    try:
        slip = _read(uploaded.getvalue(), uploaded.name)
        comparison = compare_slip(workspace.current().database, user, slip, sheet.assessment.id)
    except CchcError as why:
        st.error(f"{NOT_TAKEN} {literal(str(why))}", icon=":material/error:")
        return
    _draw_comparison(comparison)


def _read(content: bytes, name: str) -> Slip:
    """Read the file once, not at every run."""
    asked = (hashlib.sha256(content).hexdigest(), name)
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != asked:
        kept = (asked, read_slip(content, name))
        st.session_state[_READ] = kept
    slip: Slip = kept[1]
    return slip


def _draw_comparison(comparison: Comparison) -> None:
    written = comparison.slip.written_at_utc
    when = f", tải về lúc {clock_time(written)}" if written else ""
    st.markdown(f"Phiếu của **{literal(comparison.slip.about)}**{when}: {len(comparison.slip.criteria)} tiêu chí.")
    if comparison.problems:
        preview.draw_problems(comparison.problems)
    if comparison.left:
        preview.draw_left(comparison.left)
    if not comparison.changes:
        _draw_nothing(comparison)
        return
    round_number = int(st.session_state.get(_ROUND, 0))
    if comparison.conflicts:
        conflicts.draw(comparison, round_number)
    if comparison.clear:
        preview.draw_changes(comparison.clear, is_blocked=bool(comparison.problems))
    if comparison.there:
        st.caption(f"{len(comparison.there)} tiêu chí đã được lưu đúng như trong phiếu.")
    if not comparison.problems:
        _draw_button(comparison, round_number)


def _draw_nothing(comparison: Comparison) -> None:
    if comparison.problems:
        return
    there = f" {len(comparison.there)} tiêu chí đã được lưu đúng như trong phiếu." if comparison.there else ""
    st.info(f"Không có gì phải nhận: không ô nào khác lúc tải phiếu mà chưa được lưu.{there}", icon=":material/info:")


def _draw_button(comparison: Comparison, round_number: int) -> None:
    left = len(comparison.conflicts) - len(conflicts.choices(comparison, round_number))
    if left:
        st.warning(
            f"Còn {left} tiêu chí hai bên khác nhau: hãy chọn giữ kết quả nào ở trên.", icon=":material/pending:"
        )
    st.button(
        f"Nhận {len(comparison.changes)} tiêu chí",
        key="take slip over",
        type="primary",
        icon=":material/upload:",
        disabled=left > 0,
        on_click=_apply,
        args=(comparison, round_number),
    )


def _apply(comparison: Comparison, round_number: int) -> None:
    user = access.current_user()
    if user is None:
        return
    chosen = conflicts.choices(comparison, round_number)
    try:
        applied = apply_slip(workspace.current().database, user, comparison.slip, chosen)
    except CchcError as why:
        st.session_state[_TOLD] = (str(why), True)
        return
    st.session_state[_TOLD] = (applied.message, False)
    st.session_state[_ROUND] = round_number + 1
    st.session_state.pop(_READ, None)
