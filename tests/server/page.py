"""A small page for the tests of what stands around pages."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(page_title="Trang thử")
st.text_input("Tên", key="name")
st.plotly_chart(go.Figure(go.Bar(x=["I", "II"], y=[1, 2])), key="chart")
st.data_editor(pd.DataFrame({"mã": ["I.1", "I.2"], "điểm": ["0,5", "1,0"]}), key="table")
if st.button("Làm hỏng trang"):
    raise RuntimeError("nội bộ: mật-khẩu-thử")
