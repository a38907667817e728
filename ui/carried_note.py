"""Kết quả cũ: what was answered to a criterion before it changed, beside its form until somebody puts it away."""

import streamlit as st

from cchc_core import old_results, workspace
from cchc_core.errors import CchcError
from cchc_core.old_results import OldResult
from cchc_core.rubric.model import Criterion
from cchc_core.sheet import Sheet
from cchc_core.store.users import User
from ui import rights
from ui.saving import user_for_saving
from ui.words import clock_time, literal


def show(sheet: Sheet, user: User, criterion: Criterion) -> None:
    """Draw what is known of a criterion from before it changed; nothing where nothing is."""
    if why := st.session_state.pop(_refused(sheet, criterion), None):
        st.error(literal(why), icon=":material/error:")
    found = old_results.old_results(workspace.current().database, user, sheet.assessment.id, criterion.code)
    for each in found:
        _draw(sheet, user, criterion, each)


def _draw(sheet: Sheet, user: User, criterion: Criterion, found: OldResult) -> None:
    note = found.note
    with st.container(border=True, key=f"old-result-{note.id}"):
        lines = (literal(line) for line in note.note_text.splitlines() if line.strip())
        st.markdown("  \n".join((f"**Kết quả cũ** · {literal(found.whence)}", *lines)))
        when = clock_time(note.changed_at_utc)
        st.caption(
            "Kết quả này thuộc bộ tiêu chí cũ, để tham khảo khi chấm lại và không được tính điểm. "
            f"{literal(note.changed_by_name)} kết chuyển lúc {when}."
        )
        if rights.may_answer(user, sheet):
            st.button(
                "Cất kết quả cũ",
                key=f"put away {note.id}",
                type="tertiary",
                icon=":material/inventory_2:",
                on_click=_put_away,
                args=(sheet, criterion, note.id),
            )


def _put_away(sheet: Sheet, criterion: Criterion, note_id: str) -> None:
    user = user_for_saving()
    if user is None:
        return
    try:
        old_results.put_away(workspace.current().database, user, note_id)
    except CchcError as why:
        st.session_state[_refused(sheet, criterion)] = str(why)


def _refused(sheet: Sheet, criterion: Criterion) -> str:
    return f"not put away {sheet.assessment.id} {criterion.code}"
