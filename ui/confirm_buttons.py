"""Confirming what was carried forward: one criterion in its row, a section or the whole set above the rows."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from cchc_core import confirming, workspace
from cchc_core.confirming import Confirmed
from cchc_core.earlier import period_name
from cchc_core.errors import CchcError
from cchc_core.rubric.model import Criterion
from cchc_core.scoring import Sheet
from cchc_core.store.users import User
from cchc_core.unconfirmed import Unconfirmed, is_unconfirmed, unconfirmed
from ui import access, current, rights
from ui.saving import form_state, user_for_saving
from ui.words import literal

MANY = "confirm many"
"""The fragment of the buttons above the rows."""
_SHOWN = "_unconfirmed_shown"
_ASKED = "_confirm_all_asked"
_OF_MANY = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said once after a confirmation; of a criterion in its row, of many above the rows."""

    text: str
    is_problem: bool = False


def _told(assessment_id: str) -> dict[str, _Told]:
    told: dict[str, _Told] = st.session_state.setdefault(f"told of {assessment_id}", {})
    return told


def mark(sheet: Sheet, user: User, code: str) -> str:
    """Mark an answer that was carried forward and say from where; empty for any other."""
    stored = sheet.answers.get(code)
    if stored is None or stored.carried_from is None:
        return ""
    whence = period_name(workspace.current().database, user, stored.carried_from) or "kỳ trước"
    return f" :orange-badge[Chưa xác nhận] :gray[chép từ {literal(whence)}]"


def draw_one(sheet: Sheet, user: User, criterion: Criterion, on_click: Callable[[], None]) -> None:
    """Draw the button that confirms a criterion, where there is something to confirm."""
    if is_unconfirmed(sheet, criterion.code) and rights.may_answer(user, sheet):
        st.button("Xác nhận", key=f"confirm {criterion.code}", icon=":material/check:", on_click=on_click)


def draw_told(assessment_id: str, code: str = _OF_MANY) -> None:
    """Say once what became of the last confirmation, where that is not plain to see."""
    told = _told(assessment_id).pop(code, None)
    if told is None:
        return
    if told.is_problem:
        st.error(literal(told.text), icon=":material/error:")
    else:
        st.success(literal(told.text), icon=":material/check:")


def confirm_one(sheet: Sheet, user: User, criterion: Criterion) -> None:
    """Confirm a criterion as it is; that somebody else was faster is told in its row."""
    code, assessment_id = criterion.code, sheet.assessment.id
    confirmed = _confirm(assessment_id, user, (code,), code)
    if confirmed is None:
        return
    if confirmed.codes:
        form_state(assessment_id).last_saved = current.sheet_of(user, assessment_id).answers[code]
    else:
        _told(assessment_id)[code] = _Told(confirmed.message)


def _confirm(assessment_id: str, user: User, codes: tuple[str, ...], told_at: str) -> Confirmed | None:
    try:
        return confirming.confirm(workspace.current().database, user, assessment_id, codes)
    except CchcError as why:
        _told(assessment_id)[told_at] = _Told(str(why), is_problem=True)
        return None


def has_outdated(user: User, assessment_id: str, code: str) -> bool:
    """Tell whether the buttons above the rows still count a criterion that is confirmed by now."""
    if code not in st.session_state.get(_SHOWN, ()):
        return False
    return not is_unconfirmed(current.sheet_of(user, assessment_id), code)


def show_many(sheet: Sheet, user: User, section: str) -> None:
    """Draw the buttons that confirm a section or the whole set, as a fragment that rows can ask for."""
    st.session_state[_SHOWN] = ()
    assessment_id = sheet.assessment.id
    has_some = unconfirmed(sheet, section).count or _is_asked(assessment_id, section)
    if not (has_some and rights.may_answer(user, sheet)) and _OF_MANY not in _told(assessment_id):
        return

    @st.fragment(key=MANY)
    def many() -> None:
        asking = access.require_user_in_fragment()
        _draw_many(current.sheet_of(asking, assessment_id), asking, section)

    many()


def _draw_many(sheet: Sheet, user: User, section: str) -> None:
    draw_told(sheet.assessment.id)
    here, whole = unconfirmed(sheet, section), unconfirmed(sheet)
    st.session_state[_SHOWN] = whole.codes
    if not rights.may_answer(user, sheet):
        return
    if here.count:
        _draw_buttons(sheet.assessment.id, here, whole, section)
    # Also when somebody else confirms the section meanwhile: what was asked for gets its question.
    if whole.count > here.count and _is_asked(sheet.assessment.id, section):
        _draw_question(sheet.assessment.id, here, whole)


def _draw_buttons(assessment_id: str, here: Unconfirmed, whole: Unconfirmed, section: str) -> None:
    with st.container(horizontal=True):
        st.button(
            f"Xác nhận {here.count} tiêu chí của lĩnh vực này",
            key="confirm section",
            icon=":material/done_all:",
            on_click=_confirm_many,
            args=(assessment_id, here.codes),
        )
        if whole.count > here.count:
            words = f"Xác nhận cả {whole.count} tiêu chí của bảng"
            st.button(words, key="confirm all", on_click=_ask, args=((assessment_id, section),))


def _ask(where: tuple[str, str] | None) -> None:
    st.session_state[_ASKED] = where


def _is_asked(assessment_id: str, section: str) -> bool:
    return bool(st.session_state.get(_ASKED) == (assessment_id, section))


def _draw_question(assessment_id: str, here: Unconfirmed, whole: Unconfirmed) -> None:
    st.warning(
        f"{whole.count - here.count} tiêu chí trong số này ở lĩnh vực khác, không hiện trên trang này. Xác nhận nghĩa "
        "là bạn cho rằng kết quả cũ vẫn đúng cho kỳ này; hãy chỉ làm khi đã xem hết.",
        icon=":material/visibility_off:",
    )
    with st.container(horizontal=True):
        st.button(
            f"Đã xem hết, xác nhận cả {whole.count} tiêu chí",
            key="confirm all indeed",
            type="primary",
            on_click=_confirm_many,
            args=(assessment_id, whole.codes),
        )
        st.button("Thôi", key="confirm all not", on_click=_ask, args=(None,))


def _confirm_many(assessment_id: str, codes: tuple[str, ...]) -> None:
    user = user_for_saving()
    _ask(None)
    if user is not None:
        confirmed = _confirm(assessment_id, user, codes, _OF_MANY)
        if confirmed is not None:
            _told(assessment_id)[_OF_MANY] = _Told(confirmed.message)
    st.rerun()
