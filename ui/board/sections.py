"""The sections: bars split by where their points stand, the same in a table, and the trend over the periods."""

import streamlit as st

from cchc_core.board import Board
from cchc_core.comparison import SAME_PERIOD_LAST_YEAR
from cchc_core.figures import Figure
from cchc_core.tables import Table, comparison_table, section_table, trend_table
from ui import charts, downloads, tables
from ui.board.links import figure_path

_BEHIND_COLUMN = {
    "Đạt": Figure.ALL,
    "Áp dụng": Figure.ALL,
    "Điểm": Figure.EARNED,
    "Mất": Figure.LOST,
    "Chưa chấm": Figure.MISSING,
    "Chưa đến kỳ": Figure.NOT_DUE,
    "Chờ bên ngoài": Figure.AWAITING,
    "Sở tự chấm": Figure.SELF,
    "Bên ngoài chấm": Figure.EXTERNAL,
}


def draw_sections(board: Board) -> None:
    """Draw a bar for each section; name and figures lead to the criteria behind them."""
    sheet, assessment_id = board.sheet, board.sheet.assessment.id
    st.subheader("Theo lĩnh vực, điểm minh hoạ" if sheet.rubric.is_illustrative else "Theo lĩnh vực")
    addresses = {
        section.code: figure_path(assessment_id, Figure.ALL, section.code) for section in sheet.rubric.sections
    }
    figure = charts.section_bars(sheet.rubric, sheet.totals, addresses)
    st.plotly_chart(figure, key="section bars", config=charts.picture_config("linh-vuc"))
    with st.expander("Số liệu theo lĩnh vực; bấm vào một số để xem tiêu chí", expanded=True):
        _draw_linked(assessment_id, section_table(sheet))
        downloads.links(assessment_id, "linh-vuc")
    if board.against_previous is not None:
        with st.expander("So với kỳ trước"):
            tables.draw(comparison_table(board.against_previous, sheet.rubric, "kỳ trước"))
            downloads.links(assessment_id, "ky-truoc")
    if board.against_year_ago is not None:
        with st.expander("So với cùng kỳ năm trước"):
            tables.draw(comparison_table(board.against_year_ago, sheet.rubric, SAME_PERIOD_LAST_YEAR))
            downloads.links(assessment_id, "cung-ky")


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
    st.plotly_chart(figure, key="board trend", config=charts.picture_config("dien-bien"))
    with st.expander("Số liệu theo kỳ"):
        tables.draw(trend_table(board.trend, board.sheet.rubric))
        downloads.links(board.sheet.assessment.id, "xu-huong")
