"""Where the year is heading: the forecast, the targets, and the fewest criteria that close the gap."""

import streamlit as st

from cchc_core.board import Board
from cchc_core.figures import Figure
from cchc_core.forecast import Basis
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.targets import Need, TargetKind
from cchc_core.titles import sentence_case
from ui import charts, downloads, live_chart
from ui.board.links import criterion_link, figure_link
from ui.words import literal, points_unit

MOST_LINKS = 6
MOST_LINKS_OF_A_SECTION = 3


def draw_forecast(board: Board) -> None:
    """Draw where the year's points stand and where the year may end."""
    sums, overall = board.forecast.total, board.needs.get(None)
    st.subheader("Dự báo cuối năm")
    needed = None if overall is None else overall.needed
    figure = charts.forecast_bar(sums, needed, board.sheet.rubric)
    live_chart.draw(figure, "board forecast", charts.picture_config("du-bao"))
    st.markdown(_ends(board))
    with st.container(horizontal=True, key="board-forecast"):
        for name, points, behind in (
            ("Đã đạt", sums.earned, Figure.SECURED),
            ("Còn có thể đạt", sums.within_reach, Figure.WITHIN_REACH),
            ("Đã mất", sums.lost, Figure.LOST_FOR_GOOD),
            ("Bên ngoài chấm", sums.external, Figure.OUTSIDE),
        ):
            label = f"{name} **{format_points(points)}** {points_unit(board.sheet.rubric)}"
            figure_link(board.sheet.assessment.id, behind, label=label)
    downloads.links(board.sheet.assessment.id, "du-bao")


def _ends(board: Board) -> str:
    sums = board.forecast.total
    named = (
        ("Thấp", sums.low, sums.low_percent),
        ("dự kiến", sums.expected, sums.expected_percent),
        ("cao", sums.high, sums.high_percent),
    )
    is_illustrative = board.sheet.rubric.is_illustrative
    parts = [
        f"{name} **{format_points(points)}**" + ("" if is_illustrative else f" ({format_percent(percent)})")
        for name, points, percent in named
    ]
    # An expected answer can be refused, or stand on a criterion that is closed: those that count are counted.
    given = sum(leaf.basis is Basis.EXPECTED for leaf in board.forecast.leaves.values())
    typed = f" Có {given} tiêu chí do người chấm ghi kết quả dự kiến." if given else ""
    return f"{' · '.join(parts)} trên {format_points(sums.effective_max)} {points_unit(board.sheet.rubric)}.{typed}"


def draw_targets(board: Board) -> None:
    """Draw each target with what is still needed, and the shortest list of criteria that closes the gap."""
    st.subheader("Chỉ tiêu năm và phần còn thiếu")
    if not board.needs:
        st.info("Chưa đặt chỉ tiêu cho năm này. Lãnh đạo, cán bộ đầu mối hoặc quản trị đặt ở mục «Đặt chỉ tiêu năm».")
        return
    for section, need in board.needs.items():
        with st.container(key=f"board-need-{section or 'all'}"):
            _draw_need(board, section, need)


def _draw_need(board: Board, section: str | None, need: Need) -> None:
    rubric = board.sheet.rubric
    name = "Cả bộ tiêu chí" if section is None else f"{section} {sentence_case(rubric.section(section).title)}"
    st.markdown(f"**{literal(name)}** {_mark(need)}  \n{literal(need.explanation)}")
    most = MOST_LINKS if section is None else MOST_LINKS_OF_A_SECTION
    for code in need.closing[:most]:
        gain = board.forecast.leaves[code].within_reach
        points = f"+{format_points(gain)} {points_unit(rubric)}"
        worth = "1 tiêu chí" if need.target.kind is TargetKind.CRITERIA else points
        criterion_link(board.sheet.assessment.id, rubric.criterion(code), f"**{worth}**")
    if len(need.closing) > most:
        label = f"và {len(need.closing) - most} tiêu chí nữa, trong các tiêu chí còn có thể đạt"
        figure_link(board.sheet.assessment.id, Figure.WITHIN_REACH, section, label)


def _mark(need: Need) -> str:
    if need.is_met:
        return ":green-badge[Đạt]"
    if need.is_expected:
        return ":blue-badge[Dự kiến đạt]"
    return ":orange-badge[Còn thiếu]" if need.is_within_reach else ":red-badge[Không đủ điểm để đạt]"
