"""Tiêu chí mất điểm: every lost, missing or unconfirmed point, why it is so, and what is done about it."""

from collections.abc import Sequence

import streamlit as st

from cchc_core import workspace
from cchc_core.attention import Group, Item
from cchc_core.board import Board, read_board
from cchc_core.board_tables import BY_REASON, BY_RESPONSIBLE, BY_SECTION, board_table
from cchc_core.figures import OF_THE_FORECAST, Figure
from cchc_core.narrowing import Narrowing, choices, narrowed, stakes
from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import format_points
from cchc_core.sheet import Sheet
from cchc_core.store.users import User
from ui import current, downloads, figure_view, lost_line, navigation, rights, tables
from ui.heading import assessment_line
from ui.url_filter import UrlFilter
from ui.words import literal, points_unit, sentence_case

MOST_LINES = 30
RESPONSIBLE, REASON = "tn", "ly-do"
_FORGETS, _NOTHING = (current.CRITERION,), "không có tiêu chí nào"
_FILTERS = {
    "section": UrlFilter("Lĩnh vực", current.SECTION, _FORGETS, _NOTHING, 300),
    "responsible": UrlFilter("Đơn vị phụ trách", RESPONSIBLE, _FORGETS, _NOTHING, 300, names_nobody=True),
    "reason": UrlFilter("Lý do", REASON, _FORGETS, _NOTHING, 300),
}


def show(user: User, sheet: Sheet) -> None:
    """Draw the list of lost points, or the criteria behind the figure that the address names."""
    named = st.query_params.get(navigation.FIGURE)
    board = read_board(workspace.current().database, user, sheet.assessment.id)
    if named in _figures(board):
        figure_view.show(board, Figure(named))
        return
    st.title("Tiêu chí mất điểm")
    st.markdown(assessment_line(board.sheet))
    if named is not None:
        st.warning(f"Bảng điểm không có con số nào tên là «{literal(named[:40])}». Dưới đây là mọi tiêu chí mất điểm.")
    _draw_sums(board)
    if not board.items:
        _draw_nothing_lost(board)
        return
    _draw_groups(user, board)
    _draw_list(user, board)


def _figures(board: Board) -> frozenset[str]:
    return frozenset(Figure) if board.shows_planning else frozenset(Figure) - OF_THE_FORECAST


def _draw_sums(board: Board) -> None:
    totals = board.sheet.totals.total
    cards = (
        ("Mất điểm", totals.lost, "đã chấm dưới mức tối đa, hoặc bị huỷ"),
        ("Chưa chấm", totals.at_risk, "chưa có kết quả, đang tính 0"),
        ("Chưa xác nhận", board.unconfirmed.points, "lấy từ kỳ khác, chưa ai xác nhận"),
    )
    with st.container(horizontal=True, key="board-open"):
        for name, points, meaning in cards:
            st.metric(
                name, format_points(points), meaning, delta_color="off", delta_arrow="off", border=True, width=230
            )
    if board.sheet.rubric.is_illustrative:
        st.caption("Bộ tiêu chí này in ra không có điểm: mọi con số ở trang này là điểm minh hoạ.")


def _draw_nothing_lost(board: Board) -> None:
    query = {current.ASSESSMENT: board.sheet.assessment.id}
    st.success("Không có tiêu chí nào mất điểm, chưa chấm hay chưa xác nhận.", icon=":material/check_circle:")
    st.page_link(navigation.BOARD, label="Về bảng điểm", icon=":material/bar_chart:", query_params=query)


def _draw_groups(user: User, board: Board) -> None:
    drawn = {BY_SECTION: "Theo lĩnh vực", BY_RESPONSIBLE: "Theo đơn vị phụ trách", BY_REASON: "Theo lý do"}
    with st.expander("Cộng theo lĩnh vực, theo đơn vị, theo lý do", icon=":material/table_rows:", key="lost-groups"):
        for tab, key in zip(st.tabs(list(drawn.values())), drawn, strict=True):
            with tab:
                if table := board_table(board, key):
                    tables.draw(table)
                if rights.may_export(user, board.sheet):
                    downloads.links(board.sheet.assessment.id, key)


def _draw_list(user: User, board: Board) -> None:
    listed = narrowed(board.items, _draw_filters(board))
    sums, unit = stakes(listed), points_unit(board.sheet.rubric)
    st.markdown(f"**{sums.count} tiêu chí · {format_points(sums.at_stake)} {unit}**, xếp từ nhiều đến ít")
    if not listed:
        st.info("Không có tiêu chí nào hợp với cả ba ô lọc. Hãy chọn «Tất cả» ở một ô.")
    for item in _first_ones(board.sheet, listed):
        lost_line.show(board, item.criterion.code)
    if rights.may_export(user, board.sheet):
        downloads.links(board.sheet.assessment.id, "mat-diem", downloads.WHOLE_LIST)


def _first_ones(sheet: Sheet, listed: Sequence[Item]) -> Sequence[Item]:
    """Give the lines to draw: what an address opens stands first, because no page can be told where to scroll to."""
    opened = current.criterion_code()
    if opened is not None and opened not in {item.criterion.code for item in listed}:
        _draw_not_listed(sheet, opened)
    elif opened is not None and not lost_line.was_opened_here(opened):
        listed = sorted(listed, key=lambda item: item.criterion.code != opened)
    if len(listed) <= MOST_LINES:
        return listed
    shows_all = st.toggle(f"Hiện cả {len(listed)} tiêu chí", key="_show_all_lost")
    return listed if shows_all else listed[:MOST_LINES]


def _draw_not_listed(sheet: Sheet, code: str) -> None:
    if code not in sheet.scores:
        st.warning(f"Bộ tiêu chí này không có tiêu chí «{literal(code[:40])}».", icon=":material/link_off:")
        return
    st.info(f"Tiêu chí {literal(code)} không nằm trong danh sách: không mất điểm, hoặc không hợp với ô lọc.")
    query = navigation.criterion_address(sheet.assessment.id, sheet.rubric.criterion(code).section, code)
    st.page_link(navigation.SCORING, label=f"Mở phiếu chấm {literal(code)}", query_params=query)


def _draw_filters(board: Board) -> Narrowing:
    now, rubric = Narrowing(**{side: field.chosen() for side, field in _FILTERS.items()}), board.sheet.rubric
    with st.container(horizontal=True):
        for side, groups in choices(board.items, rubric, now).items():
            _FILTERS[side].draw(f"_lost_{side}", {group.key: _group_label(group, rubric) for group in groups})
    return now


def _group_label(group: Group, rubric: Rubric) -> str:
    is_section = any(section.code == group.key for section in rubric.sections)
    name = f"{group.key} · {sentence_case(group.name)}" if is_section else group.name
    return f"{name} ({group.count} tiêu chí, {format_points(group.at_stake)} {points_unit(rubric)})"
