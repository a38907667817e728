"""The least that can save an answer: one criterion's widget and the totals."""

import streamlit as st

from benchmarks.pages import common
from ui import access, answer_forms, current, saving

user = access.require_user()
sheet = current.require_sheet(user)
criterion = sheet.rubric.criterion(st.query_params["mot"])
common.draw_totals(sheet, criterion.section)
saving.sync_widgets(sheet, criterion)
answer_forms.draw(common.form(sheet, criterion))
