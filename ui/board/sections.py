"""The sections: bars split by where their points stand, the same in a table, and the trend over the periods."""

from dataclasses import replace

import streamlit as st

from cchc_core.board import Board
from cchc_core.comparison import PREVIOUS_PERIOD, SAME_PERIOD_LAST_YEAR, Comparison
from cchc_core.figures import Figure
from cchc_core.sheet import Sheet
from cchc_core.tables import Table, comparison_table, section_table, trend_table
from ui import charts, downloads, live_chart, navigation, tables
from ui.board.links import figure_path

_BEHIND_COLUMN = {
    "Đạt": Figure.MET,
    "Áp dụng": Figure.APPLICABLE,
    "Điểm": Figure.EARNED,
    "Điểm chuẩn": Figure.MAXIMUM,
    "Sau khi hạ": Figure.EFFECTIVE_MAX,
    "Tỷ lệ": Figure.EARNED,
    "Mất": Figure.LOST,
    "Chưa chấm": Figure.MISSING,
    "Chưa đến kỳ": Figure.NOT_DUE,
    "Chờ bên ngoài": Figure.AWAITING,
    "Sở tự chấm": Figure.SELF,
    "Sở tự chấm, tối đa": Figure.SELF_MAX,
    "Bên ngoài chấm": Figure.EXTERNAL,
    "Bên ngoài chấm, tối đa": Figure.EXTERNAL_MAX,
}


def draw_sections(board: Board) -> None:
    """Draw a bar for each section; names, parts of bars and figures lead to the criteria behind them."""
    sheet, assessment_id = board.sheet, board.sheet.assessment.id
    st.subheader("Theo lĩnh vực, điểm minh hoạ" if sheet.rubric.is_illustrative else "Theo lĩnh vực")
    addresses = {
        section.code: figure_path(assessment_id, Figure.ALL, section.code) for section in sheet.rubric.sections
    }
    figure = charts.section_bars(sheet.rubric, sheet.totals, addresses)
    _lead_on(board.sheet, live_chart.draw(figure, "section bars", charts.picture_config("linh-vuc")))
    with st.expander(
        "Số liệu theo lĩnh vực; bấm vào một số để xem tiêu chí", expanded=True, key="board section figures"
    ):
        _draw_linked(assessment_id, section_table(sheet))
        downloads.links(assessment_id, "linh-vuc")
    _draw_comparison(board, board.against_previous, PREVIOUS_PERIOD, "ky-truoc")
    _draw_comparison(board, board.against_year_ago, SAME_PERIOD_LAST_YEAR, "cung-ky")


def _lead_on(sheet: Sheet, chosen: str | None) -> None:
    """Open the criteria behind the part of a bar that was clicked."""
    figure, _, section = (chosen or "").partition(" ")
    if figure in set(Figure) and section in sheet.totals.sections:
        query = navigation.figure_address(sheet.assessment.id, Figure(figure), section)
        st.switch_page(navigation.LOST, query_params=query)


def _draw_comparison(board: Board, comparison: Comparison | None, against: str, key: str) -> None:
    if comparison is None:
        return
    with st.expander(f"So với {against}", key=f"board {key}"):
        table = comparison_table(comparison, board.sheet.rubric, against)
        tables.draw(replace(table, key=key))
        downloads.links(board.sheet.assessment.id, key)


def _draw_linked(assessment_id: str, table: Table) -> None:
    behind = [_BEHIND_COLUMN.get(column.name.removesuffix(" (minh hoạ)")) for column in table.columns]

    def link(row: int, column: int, printed: str) -> str:
        figure, section = behind[column], table.rows[row][0]
        if figure is None or not table.rows[row][column]:
            return printed
        return f"[{printed}]({figure_path(assessment_id, figure, str(section) or None)})"

    tables.draw(table, link)


def draw_trend(board: Board) -> None:
    """Draw the periods of the year and the forecast of its end."""
    st.subheader("Diễn biến trong năm")
    figure = charts.trend_chart(board.trend, board.sheet.rubric)
    live_chart.draw(figure, "board trend", charts.picture_config("dien-bien", with_zoom=True))
    with st.expander("Số liệu theo kỳ", key="board trend figures"):
        tables.draw(trend_table(board.trend, board.sheet.rubric))
        downloads.links(board.sheet.assessment.id, "xu-huong")
