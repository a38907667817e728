"""What a slip would change, criterion by criterion, and what has to be mended in it first."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import signed
from cchc_core.slip.model import Change, Part, Problem, Side
from ui.words import literal

_MOST_PROBLEMS: Final = 50
_MOST_CHANGES: Final = 200
_MOST_CODES: Final = 30
_LONGEST_NOTE: Final = 300


def draw_problems(problems: Sequence[Problem]) -> None:
    """Name every problem: where, what is wrong, what to do."""
    st.error(
        f"**CHƯA NHẬN.** Phiếu có {len(problems)} chỗ cần sửa. Hãy sửa trong tệp, lưu rồi tải lên lại.",
        icon=":material/error:",
    )
    rows = [(each.where, each.code, each.problem, each.to_do) for each in problems[:_MOST_PROBLEMS]]
    frame = pd.DataFrame(rows, columns=["Ở đâu", "Tiêu chí", "Điều gì sai", "Cần làm gì"]).map(literal)
    st.table(frame, border="horizontal", hide_index=True)
    if len(problems) > _MOST_PROBLEMS:
        st.caption(f"và {len(problems) - _MOST_PROBLEMS} chỗ nữa.")


def draw_left(codes: Sequence[str]) -> None:
    """Name what the product changed since and the slip did not, so that nobody takes it for taken over."""
    more = f" và {len(codes) - _MOST_CODES} tiêu chí nữa" if len(codes) > _MOST_CODES else ""
    st.info(
        f"{len(codes)} tiêu chí đã đổi trong phần mềm từ khi tải phiếu, còn trong phiếu vẫn như lúc tải, nên "
        f"**giữ theo phần mềm**: {literal(', '.join(codes[:_MOST_CODES]))}{more}. Nếu bạn cố ý nhập lại như lúc tải "
        "phiếu, hãy sửa ở trang Chấm điểm.",
        icon=":material/info:",
    )


def draw_changes(changes: Sequence[Change], *, is_blocked: bool) -> None:
    """Show what is stored beside what the slip brings, for changes that nobody else touched."""
    count = len(changes)
    st.markdown(
        f"**Ngoài các chỗ phải sửa, phiếu đổi {count} tiêu chí:**" if is_blocked else f"**Sẽ nhận {count} tiêu chí:**"
    )
    for change in changes[:_MOST_CHANGES]:
        before, after = points_of(change.stored), points_of(change.mine)
        points = f"{before} → **{after} điểm**" if before != after else f"{after} điểm, không đổi"
        lines = [f"**{literal(change.code)}** · {literal(change.title)}: {points}"]
        if Part.ENTRY in change.parts:
            lines.append(f":gray[Đang có: {literal(entry_words(change.stored))}]")
            lines.append(f"Phiếu: {literal(entry_words(change.mine))}")
        if Part.CONFIRMED in change.parts:
            lines.append(f"Xác nhận kết quả chép từ kỳ trước: {literal(entry_words(change.stored))}")
        if Part.NOTE in change.parts:
            lines.append(f"Thuyết minh mới: {literal(note_words(change.mine))}")
        st.markdown("  \n".join(lines))
    if len(changes) > _MOST_CHANGES:
        st.caption(f"và {len(changes) - _MOST_CHANGES} tiêu chí nữa.")


def points_of(side: Side) -> str:
    """Print the points of a side, with their sign where they stand beside the maximum."""
    points = side.score.points
    return format_points(points) if side.score.effective_max else signed(points)


def entry_words(side: Side) -> str:
    """Say what a side has entered, in the core's own explanation."""
    return side.score.explanation if not side.entry.is_empty else "chưa nhập"


def note_words(side: Side) -> str:
    """Say a note, shortened; an empty one is called so."""
    note = " ".join(side.note.split())
    return f"«{note if len(note) <= _LONGEST_NOTE else note[:_LONGEST_NOTE] + '…'}»" if note else "(trống)"
