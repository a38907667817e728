"""The forms of the criteria that are tried out, each beside the real answer."""

import streamlit as st

from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import signed
from cchc_core.rules.kinds import screen_name
from cchc_core.sheet import Sheet
from cchc_core.trying import Attempt
from ui import adjusted, answer_forms, row, what_if_state
from ui.what_if_state import PURPOSE, Tried, WhatIf, field_key
from ui.what_if_sums import moved_badge
from ui.words import literal, points_unit

MOST_FORMS = 5
_MODIFIER_NAMES = {"not_applicable": "Thử không áp dụng (hạ điểm chuẩn)", "voided": "Thử bị huỷ điểm (tính 0)"}


def show(state: WhatIf, attempt: Attempt, *, may_try: bool) -> None:
    """Draw the tried criteria, the last added first, and what was left out of the trial."""
    codes = [code for code in reversed(state.tried) if code in attempt.real.scores]
    for code in state.tried:
        if code not in attempt.real.scores:
            st.warning(f"{literal(code[:40])}: {literal(attempt.trial.problems.get(code, ''))}")
    if len(codes) > MOST_FORMS and not st.toggle(f"Hiện cả {len(codes)} phiếu thử", key="_all_forms"):
        codes = codes[:MOST_FORMS]
    for code in codes:
        with st.container(border=True, key=f"criterion-{code.replace('.', '-')}"):
            _draw(state, attempt, code, may_try=may_try)


def _draw(state: WhatIf, attempt: Attempt, code: str, *, may_try: bool) -> None:
    real, tried = attempt.real, state.tried[code]
    criterion = real.rubric.criterion(code)
    st.markdown(_heading(attempt, criterion))
    if not tried.fields.get("not_applicable"):
        form = answer_forms.Form(real.assessment.id, criterion, real.period, None, not may_try, PURPOSE)
        answer_forms.draw(form)
    _draw_modifiers(real, criterion, is_disabled=not may_try)
    st.markdown(_result(attempt, code))
    _draw_problems(real, code, tried, attempt.trial.problems.get(code))
    if may_try:
        st.button(
            "Thôi thử tiêu chí này",
            key=f"drop {code}",
            type="tertiary",
            icon=":material/close:",
            on_click=_drop,
            args=(real.assessment.id, code),
        )


def _heading(attempt: Attempt, criterion: Criterion) -> str:
    score = attempt.trial.sheet.scores[criterion.code]
    leaf = criterion.scored
    rule = literal(answer_forms.rule_line(leaf.rule, leaf.effect))
    worth = adjusted.worth(criterion) if leaf.is_adjustment else ""
    facts = " · ".join(filter(None, (screen_name(leaf.rule), worth, rule)))
    title = f"**{literal(criterion.code)}** · {literal(criterion.title)}"
    return f"{title} {row.badge(score)}  \n:gray[{facts}]"


def _draw_modifiers(sheet: Sheet, criterion: Criterion, *, is_disabled: bool) -> None:
    leaf = criterion.scored
    offered = {"not_applicable": leaf.not_applicable_clause, "voided": leaf.void_condition}
    for name, clause in offered.items():
        if clause is not None:
            key = field_key(sheet.assessment.id, criterion.code, name)
            st.checkbox(_MODIFIER_NAMES[name], key=key, disabled=is_disabled, help=literal(clause))


def _result(attempt: Attempt, code: str) -> str:
    real, tried = attempt.real.scores[code], attempt.trial.sheet.scores[code]
    unit = points_unit(attempt.real.rubric)
    criterion = attempt.real.rubric.criterion(code)
    now = signed(real.points) if criterion.is_adjustment else format_points(real.points)
    figures = f"Thật {now} → thử **{adjusted.out_of(criterion, tried)} {unit}**"
    moved = moved_badge(next((line for line in attempt.lines if line.code == code), None))
    return f"{figures} {moved} — {literal(tried.explanation)}"


def _draw_problems(sheet: Sheet, code: str, tried: Tried, refused: str | None) -> None:
    problems = [*tried.problems, *([refused] if refused else [])]
    if not problems:
        return
    said = "  \n".join(literal(problem) for problem in problems)
    st.warning(f"**Chưa tính vào lần thử.** {said}", icon=":material/error:")
    with st.container(horizontal=True):
        for choice in tried.two_readings:
            for reading in choice.readings:
                st.button(
                    f"Hiểu là {literal(reading)}",
                    key=f"try reading {code} {choice.field} {reading}",
                    on_click=_read_as,
                    args=(field_key(sheet.assessment.id, code, choice.field), reading),
                )


def _read_as(key: str, reading: str) -> None:
    st.session_state[key] = reading


def _drop(assessment_id: str, code: str) -> None:
    what_if_state.of(assessment_id).tried.pop(code, None)
