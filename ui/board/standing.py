"""Where the assessment stands: the total against the target, and where all other points lie."""

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from cchc_core.board import Board
from cchc_core.comparison import PREVIOUS_PERIOD, SAME_PERIOD_LAST_YEAR, has_data
from cchc_core.figures import FIGURE_NAMES, Figure, figure_points
from cchc_core.permissions import STATE_TITLES
from cchc_core.rules.decimals import format_number, format_percent, format_points
from cchc_core.rules.scoring import Status
from cchc_core.scoring import contradictions
from cchc_core.targets import Need, TargetKind, printed
from ui import charts, live_chart
from ui.board.links import figure_link
from ui.words import NO_RESULTS, literal, points_unit


@dataclass(frozen=True, slots=True)
class _Card:
    """A figure with its name above it and a few words below; ``behind`` are the criteria that it leads to.

    ``way`` names these where they do not add up to the figure of the card.
    """

    name: str
    figure: str
    beside: str
    behind: Figure | None
    way: str = ""


def draw_head(board: Board) -> None:
    """Draw whose board it is; of which set, and what a reader must know before any figure, stand below the total."""
    assessment = board.sheet.assessment
    provisional = " (tạm tính)" if assessment.is_provisional else ""
    st.markdown(
        f"**{literal(assessment.unit_name)}** · {literal(assessment.period_title)} {assessment.year}{provisional} · "
        f"{STATE_TITLES[assessment.state]}"
    )


def draw_standing(board: Board) -> None:
    """Draw the total and what is missing to the target, as figures and as a bar, and how the total has moved."""
    total, target = board.sheet.totals.total, board.needs.get(None)
    is_illustrative = board.sheet.rubric.is_illustrative
    reached, whole = (
        (Decimal(total.met), Decimal(total.applicable)) if is_illustrative else (total.points, total.effective_max)
    )
    figures, bar = st.columns([2, 3], gap="medium", vertical_alignment="center")
    with figures, st.container(horizontal=True, key="board-hero"):
        cards = (_total(board), _gap(board, target)) if board.shows_planning else (_total(board),)
        for place, card in enumerate(cards):
            _draw(board, card, f"hero-{place}")
    with bar:
        standing = reached if has_data(total) else None
        figure = charts.progress_bar(standing, target, whole, is_illustrative=is_illustrative)
        live_chart.draw(figure, "board progress", charts.picture_config("tien-do"))
    st.markdown(_changes(board))
    _draw_what_to_know(board)


def draw_points(board: Board) -> None:
    """Draw a card for each of the figures that the total leaves open; each leads to its criteria."""
    st.subheader(f"Các phần {points_unit(board.sheet.rubric)}")
    with st.container(horizontal=True, key="board-totals"):
        for place, card in enumerate(_parts(board)):
            _draw(board, card, f"part-{place}")
    with st.container(horizontal=True, key="board-open"):
        for place, card in enumerate(_open_points(board)):
            _draw(board, card, f"open-{place}")


def _draw(board: Board, card: _Card, key: str) -> None:
    look = "card" if card.behind is None else "card-link"
    with st.container(border=True, key=f"{look}-{key}"):
        st.metric(card.name, card.figure, card.beside or None, delta_color="off", delta_arrow="off")
        if card.behind is not None:
            # The link covers the card and shows as an arrow; its words are for those who hear the page.
            figure_link(board.sheet.assessment.id, card.behind, label=f"Xem tiêu chí: {card.way or card.name}")


def _total(board: Board) -> _Card:
    total = board.sheet.totals.total
    if board.sheet.rubric.is_illustrative:
        if not has_data(total):
            return _Card("Đạt", NO_RESULTS, f"trên {total.applicable} tiêu chí", Figure.MET)
        return _Card("Đạt", f"{total.met}/{total.applicable}", "tiêu chí", Figure.MET)
    if not has_data(total):
        return _Card("Tổng điểm", NO_RESULTS, f"trên {format_points(total.effective_max)} điểm", Figure.ALL)
    whole = f"{format_points(total.points)} / {format_points(total.effective_max)} điểm"
    return _Card("Tổng điểm", format_percent(total.percent), whole, Figure.EARNED)


def _gap(board: Board, need: Need | None) -> _Card:
    if need is None:
        return _Card("Chỉ tiêu năm", "chưa đặt", "", None)
    aim = f"chỉ tiêu {printed(need.target)}"
    if need.maximum == 0:
        return _Card("Chỉ tiêu năm", printed(need.target), "không có gì để đạt", None)
    if need.is_met:
        return _Card("So với chỉ tiêu năm", "Đã đạt", aim, Figure.EARNED)
    if need.is_expected:
        awaited = _points_behind(board, Figure.AWAITING)
        words = f"{aim}, gồm {need.hope} trong {awaited} đang chờ"
        return _Card("So với chỉ tiêu năm", "Dự kiến đạt", words, Figure.AWAITING, f"chờ bên ngoài {awaited}")
    # What closes the gap is part of all that is within reach: the link says what it leads to, and so does the card.
    reach = f"còn có thể đạt {_points_behind(board, Figure.WITHIN_REACH)}"
    if need.target.kind is TargetKind.CRITERIA:
        words = f"tiêu chí, để đến chỉ tiêu {format_number(need.target.value)}; {reach}"
        return _Card("Còn thiếu", format_number(need.gap), words, Figure.WITHIN_REACH, reach)
    # Without the hope nobody could tell how the gap follows from the total beside it.
    hope = f", đã tính {need.hope}" if need.hope else ""
    return _Card("Còn thiếu", format_points(need.gap), f"điểm đến {aim}{hope}; {reach}", Figure.WITHIN_REACH, reach)


def _points_behind(board: Board, figure: Figure) -> str:
    points = figure_points(board.sheet, board.forecast, figure)
    return f"{format_points(points)} {points_unit(board.sheet.rubric)}"


def _changes(board: Board) -> str:
    lines = []
    for comparison, before, name in (
        (board.against_previous, board.previous, PREVIOUS_PERIOD),
        (board.against_year_ago, board.year_ago, SAME_PERIOD_LAST_YEAR),
    ):
        if comparison is not None and before is not None:
            period = f"{before.assessment.period_title} {before.assessment.year}"
            words = comparison.total.words(f"{name} ({period})")
            lines.append(literal(words[:1].upper() + words[1:]))
    return "  \n".join(lines) or ":gray[Chưa có kỳ trước hay cùng kỳ năm trước để so.]"


def _draw_what_to_know(board: Board) -> None:
    sheet = board.sheet
    with st.container(key="board-what-to-know"):
        title = literal(sheet.rubric.title)
        if sheet.assessment.is_provisional:
            title += ". Điểm quý là điểm tự chấm tạm tính, dùng nội bộ; chỉ điểm năm được gửi thẩm định"
        st.caption(f"{title}.")
        if sheet.rubric.is_illustrative:
            st.warning(
                "Bộ tiêu chí này in ra không có điểm. Điểm dưới đây là **điểm minh hoạ**, không dùng để xếp hạng; "
                "hãy nhập điểm chính thức khi có văn bản.",
                icon=":material/info:",
            )
        if sheet.totals.total.effective_max == 0 and not sheet.totals.total.adjustments:
            st.info(_why_nothing_counts(board), icon=":material/block:")
        for contradiction in contradictions(sheet):
            st.warning(literal(contradiction.message), icon=":material/compare_arrows:")


def _why_nothing_counts(board: Board) -> str:
    if board.sheet.totals.total.max_points == 0:
        return "Bộ tiêu chí này không có điểm chuẩn nào, nên không có tổng điểm, tỷ lệ hay dự báo để tính."
    return "Không có tiêu chí nào áp dụng: điểm chuẩn sau khi hạ là 0, nên không có tỷ lệ hay dự báo để tính."


def _parts(board: Board) -> list[_Card]:
    total = board.sheet.totals.total
    if board.sheet.rubric.is_illustrative:
        return [
            _points("Điểm minh hoạ", total.points, total.effective_max, None, Figure.EARNED),
            _points("Sở tự chấm (minh hoạ)", total.self_points, total.self_max, None, Figure.SELF),
            _points("Bên ngoài chấm (minh hoạ)", total.external_points, total.external_max, None, Figure.EXTERNAL),
        ]
    return [
        _points("Sở tự chấm", total.self_points, total.self_max, total.self_percent, Figure.SELF),
        _points("Tự chấm, phần đã đến kỳ", total.self_points, total.due_max, total.due_percent, Figure.SELF),
        _points("Bên ngoài chấm", total.external_points, total.external_max, None, Figure.EXTERNAL),
    ]


def _points(name: str, points: Decimal, maximum: Decimal, percent: Decimal | None, behind: Figure) -> _Card:
    share = "" if percent is None else f" · {format_percent(percent)}"
    return _Card(name, format_points(points), f"trên {format_points(maximum)}{share}", behind)


def _open_points(board: Board) -> list[_Card]:
    cards = [_open(board, figure) for figure in (Figure.LOST, Figure.MISSING, Figure.NOT_DUE, Figure.AWAITING)]
    if board.sheet.totals.total.adjustments:
        cards += [
            _open(board, Figure.BONUS, "cộng ngoài điểm chuẩn"),
            _open(board, Figure.PENALTY, "đã tính trong phần mất điểm"),
        ]
    if board.sheet.totals.total.counts[Status.NOT_APPLICABLE]:
        cards.append(_open(board, Figure.NOT_APPLICABLE, "đã hạ khỏi điểm chuẩn"))
    if waiting := board.unconfirmed.count:
        cards.append(_open(board, Figure.UNCONFIRMED, f"{waiting} tiêu chí"))
    return cards


def _open(board: Board, figure: Figure, beside: str = "") -> _Card:
    points = figure_points(board.sheet, board.forecast, figure)
    return _Card(FIGURE_NAMES[figure], format_points(points), beside, figure)
