"""Where a criterion takes its inputs from, what the figures say now, and the button that takes their points over."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from cchc_core import workspace
from cchc_core.answer_sources import keeping
from cchc_core.answer_sources.model import (
    ASSIGNING,
    FIGURE,
    PLAN_ID,
    SOURCE_NAMES,
    SourceKind,
    indicator_inputs,
    pickable,
    source_kinds,
    task_measures,
)
from cchc_core.answer_sources.proposing import Proposal
from cchc_core.board import today_in_vietnam
from cchc_core.errors import BadText, CchcError
from cchc_core.indicators.keeping import form_of
from cchc_core.permissions import OfficeAction, State, may_in_office
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import FIELD_NAMES
from cchc_core.rules.kinds import Compare
from cchc_core.sheet import Sheet
from cchc_core.store.answer_sources import StoredSource
from cchc_core.store.connection import Connection
from cchc_core.store.users import User
from ui import adjusted, rights, saving
from ui.saving import Callbacks, widget_key
from ui.words import clock_time, literal, points_unit

_CHANGING = frozenset({State.DRAFT, State.EXPLAINING})
_KIND = "source"


def mark(sheet: Sheet, user: User, criterion: Criterion) -> str:
    """Mark a criterion whose figures say something else than its answer, while answers can still be changed."""
    if sheet.assessment.state not in _CHANGING or not source_kinds(criterion.scored.rule):
        return ""
    found = keeping.proposal(workspace.current().database, user, sheet, criterion.code, today_in_vietnam())
    return " :violet-badge[Số liệu nguồn khác kết quả]" if found is not None and found.differs else ""


def show(sheet: Sheet, user: User, criterion: Criterion, callback: Callbacks) -> None:
    """Draw the source of a criterion in its details; nothing for one that people answer by themselves."""
    is_hidden = not source_kinds(criterion.scored.rule) or not may_in_office(user.role, OfficeAction.VIEW_FIGURES)
    if is_hidden or not keeping.takes_figures(workspace.current().database, user, sheet, criterion):
        return
    may_answer = rights.may_answer(user, sheet)
    found = keeping.proposal(workspace.current().database, user, sheet, criterion.code, today_in_vietnam())
    if found is None and not may_answer:
        return
    st.markdown("**Số liệu nguồn**")
    if found is not None:
        _draw_proposal(sheet, criterion, found, callback, may_answer=may_answer)
    problem = st.session_state.pop(_problem_key(sheet, criterion), None)
    if problem:
        st.error(f"**CHƯA LƯU.** {literal(problem)}", icon=":material/error:")
    if may_answer:
        with st.expander("Chọn nơi lấy số liệu", icon=":material/database:", expanded=bool(problem)):
            _draw_choice(sheet, user, criterion, callback)


def _draw_proposal(
    sheet: Sheet, criterion: Criterion, found: Proposal, callback: Callbacks, *, may_answer: bool
) -> None:
    for line in found.lines:
        st.markdown(f"- {literal(line)}")
    if found.score is None or found.raw is None:
        st.info(f"Chưa tính được điểm từ số liệu: {literal(found.problem)}", icon=":material/hourglass_empty:")
        return
    unit, now = points_unit(sheet.rubric), sheet.scores[criterion.code]
    new = f"{adjusted.out_of(criterion, found.score)} {unit}"
    if not found.differs:
        st.success(f"Kết quả đang lưu khớp với số liệu nguồn: {new}.", icon=":material/check_circle:")
        return
    st.warning(
        f"Theo số liệu nguồn: **{new}** — {literal(found.score.explanation)}  \n"
        f"Đang lưu: **{adjusted.out_of(criterion, now)} {unit}** — "
        f"{literal(now.explanation)}",
        icon=":material/compare_arrows:",
    )
    if may_answer:
        st.button(
            "Xác nhận, lấy theo số liệu nguồn",
            key=f"take figures {criterion.code}",
            type="primary",
            on_click=callback(partial(_confirm, shown=found.raw)),
        )


def _confirm(sheet: Sheet, user: User, criterion: Criterion, *, shown: Mapping[str, object]) -> None:
    def refuse_changed(connection: Connection) -> None:
        keeping.refuse_changed(connection, user, sheet, criterion.code, shown, today_in_vietnam())

    try:
        saving.save_raw(sheet, user, criterion, shown, {}, check=refuse_changed)
    except BadText as why:
        st.session_state[_problem_key(sheet, criterion)] = str(why)


def _problem_key(sheet: Sheet, criterion: Criterion) -> str:
    return widget_key(sheet.assessment.id, criterion.code, "source problem")


def _draw_choice(sheet: Sheet, user: User, criterion: Criterion, callback: Callbacks) -> None:
    stored = keeping.source_of(workspace.current().database, user, sheet, criterion.code)
    _fill(sheet, criterion, stored)
    key = partial(widget_key, sheet.assessment.id, criterion.code)
    kinds = source_kinds(criterion.scored.rule)
    kind = st.selectbox("Lấy số liệu từ", options=kinds, format_func=SOURCE_NAMES.__getitem__, key=key(_KIND))
    if kind is SourceKind.INDICATOR:
        _draw_indicators(sheet, criterion)
    elif kind is SourceKind.PLAN:
        _draw_plan(sheet, criterion)
    elif kind is SourceKind.ASSIGNED:
        st.text_input(
            "Cơ quan giao có chữ (để trống: mọi nhiệm vụ được giao)",
            key=key(f"source {ASSIGNING}"),
            placeholder="ví dụ: UBND tỉnh",
            max_chars=keeping.MOST_ASSIGNING_CHARACTERS,
        )
        _draw_measure(sheet, criterion)
    st.button("Lưu nơi lấy số liệu", key=f"save source {criterion.code}", on_click=callback(_save))
    if stored is not None:
        st.caption(f"{literal(stored.changed_by_name)} chọn lúc {clock_time(stored.changed_at_utc)}.")


def _fill(sheet: Sheet, criterion: Criterion, stored: StoredSource | None) -> None:
    """Put what is stored into the fields where they are drawn for the first time, or after somebody has stored."""
    seen, version = (
        widget_key(sheet.assessment.id, criterion.code, "source seen"),
        0 if stored is None else stored.version,
    )
    values = {_KIND: SourceKind(stored.source) if stored is not None else SourceKind.NONE}
    inputs = {f"source {name}": value for name, value in (stored.inputs if stored is not None else {}).items()}
    is_new = st.session_state.get(seen) != version
    for name, value in {**values, **inputs}.items():
        key = widget_key(sheet.assessment.id, criterion.code, name)
        # Streamlit forgets the fields of a criterion that is closed.
        if is_new or key not in st.session_state:
            st.session_state[key] = value
    st.session_state[seen] = version


def _draw_indicators(sheet: Sheet, criterion: Criterion) -> None:
    rule = criterion.scored.rule
    labels = {"": "Chưa chọn"} | {each.key: each.label for each in pickable(rule, form_of(sheet.assessment.year))}
    for name in indicator_inputs(rule):
        field = "Chỉ tiêu, năm nay so với năm trước" if isinstance(rule, Compare) else FIELD_NAMES[name].capitalize()
        _select(sheet, criterion, name, field, labels)


def _draw_plan(sheet: Sheet, criterion: Criterion) -> None:
    plans = {plan.id: plan.title for plan in keeping.plans_for(workspace.current().database, sheet)}
    if not plans:
        st.info(f"Năm {sheet.assessment.year} chưa có kế hoạch nào. Hãy lấy hoặc nhập kế hoạch ở trang «Nhiệm vụ».")
        return
    _select(sheet, criterion, PLAN_ID, "Kế hoạch", plans)
    _draw_measure(sheet, criterion)


def _draw_measure(sheet: Sheet, criterion: Criterion) -> None:
    measures = {name: measure.name.capitalize() for name, measure in task_measures(criterion.scored.rule).items()}
    _select(sheet, criterion, FIGURE, "Đếm", measures)


def _select(sheet: Sheet, criterion: Criterion, name: str, label: str, labels: Mapping[str, str]) -> None:
    key = widget_key(sheet.assessment.id, criterion.code, f"source {name}")
    if st.session_state.get(key) not in labels:
        st.session_state[key] = next(iter(labels))
    st.selectbox(label, options=list(labels), format_func=labels.__getitem__, key=key)


def _save(sheet: Sheet, user: User, criterion: Criterion) -> None:
    key = partial(widget_key, sheet.assessment.id, criterion.code)
    names = (*indicator_inputs(criterion.scored.rule), PLAN_ID, ASSIGNING, FIGURE)
    inputs = {name: str(st.session_state.get(key(f"source {name}")) or "") for name in names}
    try:
        keeping.set_source(
            workspace.current().database,
            user,
            assessment_id=sheet.assessment.id,
            code=criterion.code,
            source=SourceKind(st.session_state.get(key(_KIND)) or ""),
            inputs=inputs,
            expected_version=st.session_state.get(key("source seen"), 0),
        )
    except CchcError as why:
        st.session_state[_problem_key(sheet, criterion)] = str(why)
