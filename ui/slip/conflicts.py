"""Where the slip and the product both changed a criterion: the two side by side, and a choice for each."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from cchc_core.slip.model import Change, Choice, Comparison, Keep, Part, Side
from ui.slip.preview import entry_words, note_words, points_of
from ui.words import clock_time, literal

_NAMES: Final[Mapping[Keep, str]] = {Keep.MINE: "Giữ theo phiếu", Keep.THEIRS: "Giữ theo phần mềm"}


def draw(comparison: Comparison, round_number: int) -> None:
    """Draw every conflict with its choice, and the way to choose all alike."""
    st.warning(
        f"{len(comparison.conflicts)} tiêu chí đã được sửa cả trong phiếu lẫn trong phần mềm từ khi tải phiếu. "
        "Hãy chọn giữ kết quả nào.",
        icon=":material/compare_arrows:",
    )
    if len(comparison.conflicts) > 1:
        with st.container(horizontal=True):
            for keep, label in ((Keep.MINE, "Giữ phiếu cho tất cả"), (Keep.THEIRS, "Giữ phần mềm cho tất cả")):
                st.button(label, key=f"slip all {keep}", on_click=_choose_all, args=(comparison, round_number, keep))
    for change in comparison.conflicts:
        _draw_one(change, round_number)


def choices(comparison: Comparison, round_number: int) -> dict[str, Choice]:
    """Give what was chosen so far; a choice holds for the stored answer that it was made on."""
    found = {}
    for change in comparison.conflicts:
        chosen = st.session_state.get(_key(change, round_number))
        if chosen is not None:
            found[change.code] = Choice(Keep(chosen), change.version)
    return found


def _key(change: Change, round_number: int) -> str:
    return f"_slip_keep_{round_number}_{change.code}_{change.version}"


def _choose_all(comparison: Comparison, round_number: int, keep: Keep) -> None:
    for change in comparison.conflicts:
        st.session_state[_key(change, round_number)] = keep


def _draw_one(change: Change, round_number: int) -> None:
    when = f" lúc {clock_time(change.stored_at_utc)}" if change.stored_at_utc else ""
    with st.container(border=True):
        st.markdown(f"**{literal(change.code)}** · {literal(change.title)}")
        with st.container(horizontal=True):
            _draw_side("Trong phiếu", "", change, change.mine)
            _draw_side("Trong phần mềm", f"{change.stored_by}{when}", change, change.stored)
        if untouched := _words(change.mine, change.parts - change.conflicts):
            st.markdown("  \n".join(["Không ai khác sửa nên nhận theo phiếu:", *untouched]))
        st.radio(
            f"Tiêu chí {change.code}: giữ kết quả nào?",
            options=list(_NAMES),
            format_func=_NAMES.__getitem__,
            index=None,
            horizontal=True,
            key=_key(change, round_number),
        )


def _draw_side(title: str, who: str, change: Change, side: Side) -> None:
    lines = [f"**{title}**" + (f" :gray[({literal(who)})]" if who else "")]
    with st.container(width=420):
        st.markdown("  \n".join([*lines, *_words(side, change.conflicts)]))


def _words(side: Side, parts: frozenset[Part]) -> list[str]:
    words = []
    if Part.ENTRY in parts:
        words.append(f"**{points_of(side)} điểm** — {literal(entry_words(side))}")
    if Part.NOTE in parts:
        words.append(f"Thuyết minh: {literal(note_words(side))}")
    return words
