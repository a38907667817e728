"""The barest naive alternative: every leaf in columns with its form and points, the totals last, all at every click."""

import streamlit as st

from benchmarks.pages import common
from ui import access, answer_forms, current, saving
from ui.words import literal

user = access.require_user()
sheet = current.require_sheet(user)
st.title("Chấm điểm")
for leaf in sheet.rubric.leaves:
    score = sheet.scores[leaf.code]
    saving.sync_widgets(sheet, leaf)
    words, answer, points = st.columns([3, 4, 3])
    with words:
        st.markdown(f"**{literal(leaf.code)}** · {literal(leaf.title)}")
    with answer:
        answer_forms.draw(common.form(sheet, leaf))
    with points:
        st.caption(common.result(score))
common.draw_totals(sheet, current.section_code(sheet))
