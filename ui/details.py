"""The details of the criterion that is worked on: evidence, self note, what does not apply, outlook, history."""

from collections.abc import Mapping

import streamlit as st

from cchc_core import scoring, workspace
from cchc_core.permissions import Action
from cchc_core.rubric.model import Criterion
from cchc_core.scoring import Sheet
from cchc_core.store.users import User
from ui import carried_note, evidence_list, history, outlook_form, rights, saving, source_form, task_links
from ui.saving import NOTE, Callbacks, widget_key
from ui.words import literal


def show(sheet: Sheet, user: User, criterion: Criterion, callback: Callbacks) -> None:
    """Draw the details below the row; ``callback`` turns a saver into a widget's callback."""
    may_answer = rights.may_answer(user, sheet)
    carried_note.show(sheet, user, criterion)
    evidence_list.show(sheet, user, criterion, callback)
    if facts := _facts(criterion):
        st.markdown(facts)
    st.text_area(
        "Thuyết minh tự chấm",
        key=widget_key(sheet.assessment.id, criterion.code, NOTE),
        on_change=callback(saving.save_note),
        disabled=not may_answer,
        placeholder="Lời giải thích khi tài liệu kiểm chứng thiếu hoặc chưa đủ.",
    )
    source_form.show(sheet, user, criterion, callback)
    if may_answer:
        _draw_modifiers(sheet, criterion, callback)
    if rights.may(user, sheet, Action.VIEW_PLANNING):
        task_links.show_tasks(user, sheet, criterion)
        outlook_form.show(sheet, user, criterion, callback)
    _draw_history(sheet, user, criterion)


def _facts(criterion: Criterion) -> str:
    named = {
        "Thời hạn": criterion.deadline,
        "Kinh phí": criterion.funding,
        "Trách nhiệm": criterion.responsible,
        "Ghi chú": criterion.note,
        "Hạ điểm chuẩn": criterion.scored.not_applicable_clause,
        "Huỷ điểm": criterion.scored.void_condition,
        "Về bản in": criterion.print_note,
        "Nguồn": criterion.reference,
    }
    return "\n".join(f"**{name}:** {literal(text)}  " for name, text in named.items() if text)


def _draw_modifiers(sheet: Sheet, criterion: Criterion, callback: Callbacks) -> None:
    leaf, stored = criterion.scored, sheet.answers.get(criterion.code)
    entry = stored.entry if stored else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if leaf.not_applicable_clause is not None:
            is_on = entry is not None and entry.not_applicable is not None
            _reasoned(sheet, criterion, callback, "not_applicable", "không áp dụng (hạ điểm chuẩn)", is_on)
        if leaf.void_condition is not None:
            is_on = entry is not None and entry.voided is not None
            _reasoned(sheet, criterion, callback, "voided", "huỷ điểm (tính 0)", is_on)
        if sheet.period.is_provisional and not leaf.is_external:
            is_on = entry is not None and entry.not_due
            words = "Bỏ «chưa đến kỳ»" if is_on else "Chưa đến kỳ"
            raw: dict[str, object] = {} if is_on else {"not_due": True}
            st.button(words, key=f"not due {criterion.code}", on_click=callback(_Save(raw)))
        if entry is not None and not entry.is_empty:
            st.button("Xoá câu trả lời", key=f"clear {criterion.code}", on_click=callback(_Save({})))


def _reasoned(sheet: Sheet, criterion: Criterion, callback: Callbacks, name: str, words: str, is_on: bool) -> None:
    if is_on:
        st.button(f"Bỏ «{words}»", key=f"{name} off {criterion.code}", on_click=callback(_Without(name)))
        return
    field = widget_key(sheet.assessment.id, criterion.code, f"reason {name}")
    st.text_input(f"Lý do {words}", key=field)
    st.button(words.capitalize(), key=f"{name} on {criterion.code}", on_click=callback(_With(name, field)))


class _Save:
    """Saves a fixed raw answer."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self.raw = raw

    def __call__(self, sheet: Sheet, user: User, criterion: Criterion) -> None:
        saving.save_raw(sheet, user, criterion, self.raw, {})


class _With:
    """Saves a reason: alone where the criterion does not apply, beside the answer where it is voided."""

    def __init__(self, name: str, field: str) -> None:
        self.name, self.field = name, field

    def __call__(self, sheet: Sheet, user: User, criterion: Criterion) -> None:
        stored = sheet.answers.get(criterion.code)
        kept = dict(stored.entry_json) if stored and self.name == "voided" else {}
        reason = str(st.session_state.get(self.field) or "")
        saving.save_raw(sheet, user, criterion, {**kept, self.name: reason}, {})


class _Without:
    """Saves the answer without a reason that stood beside it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, sheet: Sheet, user: User, criterion: Criterion) -> None:
        stored = sheet.answers.get(criterion.code)
        kept = {key: value for key, value in (stored.entry_json if stored else {}).items() if key != self.name}
        saving.save_raw(sheet, user, criterion, kept, {})


def _draw_history(sheet: Sheet, user: User, criterion: Criterion) -> None:
    changes = scoring.history(workspace.current().database, user, sheet.assessment.id, criterion.code)
    if not changes:
        st.caption("Chưa có thay đổi nào được ghi lại.")
        return
    st.markdown("**Lịch sử**\n\n" + history.lines(changes[:10]))
