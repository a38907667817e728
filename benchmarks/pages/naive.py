"""The naive alternative: every leaf of the criteria set with all that the product shows of it, the totals last.

A frame and columns for each leaf, its details in an expander, and the whole page again at every click: the page that
one writes first.
"""

import streamlit as st

from benchmarks.pages import common
from cchc_core.rubric.model import Criterion
from cchc_core.scoring import Sheet
from ui import access, answer_forms, current, row, saving
from ui.words import literal


def _draw(sheet: Sheet, leaf: Criterion) -> None:
    saving.sync_widgets(sheet, leaf)
    score = sheet.scores[leaf.code]
    with st.container(border=True):
        words, answer, points = st.columns([3, 4, 3])
        with words:
            st.markdown(f"**{literal(leaf.code)}** · {literal(leaf.title)} {row.badge(score)}")
            st.caption(common.facts(leaf))
        with answer:
            answer_forms.draw(common.form(sheet, leaf))
        with points:
            st.markdown(common.result(score))
        with st.expander("Chi tiết"):
            st.markdown(common.evidence(leaf))
            note_key, note_saver = common.note_key(sheet, leaf), common.note_saver(sheet, leaf)
            st.text_area("Thuyết minh tự chấm", key=note_key, on_change=note_saver)


user = access.require_user()
sheet = current.require_sheet(user)
st.title("Chấm điểm")
for criterion in sheet.rubric.leaves:
    _draw(sheet, criterion)
common.draw_totals(sheet, current.section_code(sheet))
