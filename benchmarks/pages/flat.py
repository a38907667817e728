"""The alternative with flat rows: one section, one widget for each criterion with its text in the label, totals first.

Every click draws the whole page again, the frame included.
"""

import streamlit as st

from benchmarks.pages import common
from cchc_core.rubric.model import Criterion
from cchc_core.rules.kinds import Levels
from cchc_core.scoring import Sheet
from ui import access, answer_forms, current, row, saving, sidebar
from ui.words import literal


def _draw(sheet: Sheet, criterion: Criterion) -> None:
    saving.sync_widgets(sheet, criterion)
    form, score, rule = common.form(sheet, criterion), sheet.scores[criterion.code], criterion.scored.rule
    if not isinstance(rule, Levels):
        answer_forms.draw(form)
        return
    st.radio(
        f"**{literal(criterion.code)}** · {literal(criterion.title)} {row.badge(score)}  \n{common.result(score)}",
        options=range(len(rule.levels)),
        format_func=lambda index: common.level_label(rule, index),
        index=None,
        key=form.key("level"),
        on_change=form.on_change,
    )


user = access.require_user()
current.choose_assessment(user)
sidebar.show(user)
sheet = current.require_sheet(user)
section = current.section_code(sheet)
st.title("Chấm điểm")
common.draw_totals(sheet, section)
for leaf in sheet.rubric.leaves_of(section):
    _draw(sheet, leaf)
