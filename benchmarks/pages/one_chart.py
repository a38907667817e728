"""The least that a board could be: in the product's frame, the bars of the sections and nothing else."""

import streamlit as st

from benchmarks.pages import frame
from ui import access, charts, current


def _draw() -> None:
    sheet = current.require_sheet(access.require_user())
    st.title("Một biểu đồ")
    figure = charts.section_bars(sheet.rubric, sheet.totals)
    st.plotly_chart(figure, key="section bars", config=charts.picture_config("linh-vuc"))


frame.show(_draw, "Một biểu đồ", "mot-bieu-do")
