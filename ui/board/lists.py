"""Lists of the board: the largest open points, what is due soon, what changed last."""

import streamlit as st

from cchc_core.attention import REASON_NAMES
from cchc_core.board import Board
from cchc_core.due_soon import Due
from cchc_core.rules.decimals import format_points
from cchc_core.store.log import Change
from ui import downloads, history, navigation
from ui.board.links import criterion_link
from ui.current import ASSESSMENT
from ui.words import day, literal, points_unit

MOST_ITEMS = 10


def draw_items(board: Board) -> None:
    """Draw the criteria with the most points lost, missing or unconfirmed."""
    st.subheader("Tiêu chí mất điểm và chưa chấm")
    if not board.items:
        st.success("Không có tiêu chí nào mất điểm, chưa chấm hay chưa xác nhận.")
        return
    assessment_id, unit = board.sheet.assessment.id, points_unit(board.sheet.rubric)
    for item in board.items[:MOST_ITEMS]:
        reasons = ", ".join(REASON_NAMES[reason] for reason in item.reasons)
        criterion_link(assessment_id, item.criterion, f"**{format_points(item.at_stake)} {unit}** · {reasons}")
    told = "lý do và việc khắc phục" if board.shows_planning else "kèm lý do"
    st.page_link(
        navigation.LOST,
        label=f"Xem cả {len(board.items)} tiêu chí, {told}",
        icon=":material/arrow_forward:",
        query_params={ASSESSMENT: assessment_id},
    )
    downloads.links(assessment_id, "mat-diem", downloads.WHOLE_LIST)


def draw_due(board: Board) -> None:
    """Draw what is overdue and what falls due within thirty days."""
    st.subheader("Sắp đến hạn")
    if not board.due:
        st.caption("Trong 30 ngày tới không có hạn nào, và không có gì quá hạn.")
    for due in board.due:
        _draw_due(board, due)


def _draw_due(board: Board, due: Due) -> None:
    when = f"{day(due.day)} · {_distance(due)}"
    if due.code is None:
        st.markdown(f"- {when} · {literal(due.what)}")
    else:
        criterion_link(
            board.sheet.assessment.id, board.sheet.rubric.criterion(due.code), f"{when} · {literal(due.what)}"
        )


def _distance(due: Due) -> str:
    if due.is_overdue:
        return f":red-badge[quá hạn {-due.days} ngày]"
    return ":orange-badge[hôm nay]" if due.days == 0 else f":blue-badge[còn {due.days} ngày]"


def draw_changes(board: Board) -> None:
    """Draw what changed last and by whom; a criterion's change leads to its form."""
    st.subheader("Thay đổi gần nhất")
    if not board.changes:
        st.caption("Chưa có thay đổi nào.")
        return
    for change in board.changes:
        _draw_change(board, change)
    downloads.links(board.sheet.assessment.id, "thay-doi")


def _draw_change(board: Board, change: Change) -> None:
    line = history.line(change, with_subject=True)
    if change.action in history.OF_A_CRITERION and change.about in board.sheet.scores:
        criterion = board.sheet.rubric.criterion(change.about)
        query = navigation.criterion_address(board.sheet.assessment.id, criterion.section, criterion.code)
        st.page_link(navigation.SCORING, label=line, query_params=query)
    else:
        st.markdown(line)
