"""Where the assessment stands: the total against the target, the department's own part and that of others."""

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from cchc_core.board import Board
from cchc_core.comparison import PREVIOUS_PERIOD, SAME_PERIOD_LAST_YEAR
from cchc_core.figures import Figure
from cchc_core.permissions import STATE_TITLES
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.scoring import contradictions
from ui import charts
from ui.board.links import figure_link
from ui.words import literal


def draw_head(board: Board) -> None:
    """Draw whose board it is, and what a reader must know before any figure."""
    assessment, sheet = board.sheet.assessment, board.sheet
    st.markdown(
        f"**{literal(assessment.unit_name)}** · {literal(assessment.period_title)} {assessment.year} · "
        f"{literal(sheet.rubric.title)} · {STATE_TITLES[assessment.state]}"
    )
    if assessment.is_provisional:
        st.caption("Điểm quý là điểm tự chấm tạm tính, dùng nội bộ; chỉ điểm năm được gửi thẩm định.")
    if sheet.rubric.is_illustrative:
        st.warning(
            "Bộ tiêu chí này in ra không có điểm. Điểm dưới đây là **điểm minh hoạ**, không dùng để xếp hạng; "
            "hãy nhập điểm chính thức khi có văn bản.",
            icon=":material/info:",
        )
    for contradiction in contradictions(sheet):
        st.warning(literal(contradiction.message), icon=":material/compare_arrows:")


def draw_standing(board: Board) -> None:
    """Draw the total against the target, the changes, and a card for each figure."""
    total, target = board.sheet.totals.total, board.needs.get(None)
    is_illustrative = board.sheet.rubric.is_illustrative
    reached, whole = (
        (Decimal(total.met), Decimal(total.applicable)) if is_illustrative else (total.points, total.effective_max)
    )
    needed = None if target is None else target.needed
    figure = charts.progress_bar(reached, needed, whole, is_illustrative=is_illustrative)
    st.plotly_chart(figure, key="board progress", config=charts.picture_config("tien-do"))
    st.markdown(_changes(board))
    with st.container(horizontal=True, key="board-totals"):
        for card in _headline(board):
            _draw(board, card)
    with st.container(horizontal=True, key="board-open"):
        for card in _open_points(board):
            _draw(board, card)


@dataclass(frozen=True, slots=True)
class _Card:
    name: str
    figure: str
    beside: str
    behind: Figure


def _draw(board: Board, card: _Card) -> None:
    with st.container(border=True, key=f"card-{card.behind.value}"):
        st.metric(card.name, card.figure, card.beside, delta_color="off", delta_arrow="off")
        figure_link(board.sheet.assessment.id, card.behind)


def _headline(board: Board) -> list[_Card]:
    total = board.sheet.totals.total
    if board.sheet.rubric.is_illustrative:
        whole = f"trên {format_points(total.effective_max)}"
        return [
            _Card("Đạt", f"{total.met}/{total.applicable}", "tiêu chí", Figure.ALL),
            _Card("Điểm minh hoạ", format_points(total.points), whole, Figure.EARNED),
        ]
    return [
        _points("Tổng điểm", total.points, total.effective_max, total.percent, Figure.EARNED),
        _points("Sở tự chấm", total.self_points, total.self_max, total.self_percent, Figure.SELF),
        _points("Tự chấm, phần đã đến kỳ", total.self_points, total.due_max, total.due_percent, Figure.ALL),
        _points("Bên ngoài chấm", total.external_points, total.external_max, None, Figure.EXTERNAL),
    ]


def _points(name: str, points: Decimal, maximum: Decimal, percent: Decimal | None, behind: Figure) -> _Card:
    share = "" if percent is None else f" · {format_percent(percent)}"
    return _Card(name, format_points(points), f"trên {format_points(maximum)}{share}", behind)


def _open_points(board: Board) -> list[_Card]:
    total, waiting = board.sheet.totals.total, board.unconfirmed
    cards = [
        _Card("Mất điểm", format_points(total.lost), "", Figure.LOST),
        _Card("Chưa chấm", format_points(total.at_risk), "", Figure.MISSING),
        _Card("Chưa đến kỳ", format_points(total.not_due), "", Figure.NOT_DUE),
        _Card("Chờ bên ngoài", format_points(total.awaiting), "", Figure.AWAITING),
    ]
    if waiting.count:
        points = format_points(waiting.points)
        cards.append(_Card("Chưa xác nhận", points, f"{waiting.count} tiêu chí", Figure.UNCONFIRMED))
    return cards


def _changes(board: Board) -> str:
    lines = []
    for comparison, before, name in (
        (board.against_previous, board.previous, PREVIOUS_PERIOD),
        (board.against_year_ago, board.year_ago, SAME_PERIOD_LAST_YEAR),
    ):
        if comparison is not None and before is not None:
            period = f"{before.assessment.period_title} {before.assessment.year}"
            words = comparison.total.words(f"{name} ({period})")
            lines.append(f"- {literal(words[:1].upper() + words[1:])}")
    return "\n".join(lines) or ":gray[Chưa có kỳ trước hay cùng kỳ năm trước để so.]"
