"""The form of the year's targets: of the whole set and of each section."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from cchc_core import planning, workspace
from cchc_core.board import Board
from cchc_core.errors import CchcError
from cchc_core.permissions import Action
from cchc_core.rules.decimals import parse_vietnamese
from cchc_core.rules.problems import AmbiguousNumber, NotANumber
from cchc_core.scoring import Sheet
from cchc_core.store.users import User
from cchc_core.targets import Target, TargetKind, printed
from cchc_core.titles import sentence_case
from ui import rights
from ui.words import literal

_WHOLE = ""
_LABELS = {TargetKind.PERCENT: "Tỷ lệ phần trăm", TargetKind.POINTS: "Số điểm", TargetKind.CRITERIA: "Số tiêu chí đạt"}
_SAID = "_target_said"
_SHOWN = "targets shown of"


def show(user: User, board: Board) -> None:
    """Draw the form for whoever may set targets."""
    sheet, targets = board.sheet, board.targets
    if not rights.may(user, sheet, Action.SET_TARGET):
        return
    with st.expander("Đặt chỉ tiêu năm", icon=":material/flag:", key="board target form"):
        st.caption(
            "Chỉ tiêu dùng chung cho mọi kỳ của năm. Đặt cho cả bộ tiêu chí hoặc từng lĩnh vực; để trống rồi lưu để bỏ."
        )
        _say_what_was_done()
        _draw(user, sheet, targets, board.target_versions)


def _say_what_was_done() -> None:
    kind, words = st.session_state.pop(_SAID, ("", ""))
    if words:
        (st.success if kind == "done" else st.error)(literal(words))


def _draw(user: User, sheet: Sheet, targets: Mapping[str | None, Target], versions: Mapping[str | None, int]) -> None:
    of = sheet.assessment.id
    # The page is read anew before the button is looked at; who pressed it saw these.
    shown: Mapping[str | None, int] = st.session_state.get(f"{_SHOWN} {of}", versions)
    st.session_state[f"{_SHOWN} {of}"] = versions
    codes = [_WHOLE, *(section.code for section in sheet.rubric.sections)]
    kinds = [TargetKind.CRITERIA] if sheet.rubric.is_illustrative else [TargetKind.PERCENT, TargetKind.POINTS]
    with st.form("target", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        section = st.selectbox(
            "Áp dụng cho", codes, key=f"target section {of}", format_func=lambda code: _scope(sheet, targets, code)
        )
        kind = st.selectbox("Tính bằng", kinds, format_func=lambda each: _LABELS[each])
        typed = st.text_input("Chỉ tiêu", placeholder="ví dụ 90 hoặc 88,5", max_chars=20)
        is_sent = st.form_submit_button("Lưu chỉ tiêu", type="primary")
    if is_sent:
        st.session_state[_SAID] = _save(user, sheet, section or None, kind, typed, shown.get(section or None, 0))
        st.rerun()


def _scope(sheet: Sheet, targets: Mapping[str | None, Target], code: str) -> str:
    name = f"{code} {sentence_case(sheet.rubric.section(code).title)}" if code else "Cả bộ tiêu chí"
    target = targets.get(code or None)
    return name if target is None else f"{name} (đang đặt {printed(target)})"


def _save(user: User, sheet: Sheet, section: str | None, kind: TargetKind, typed: str, version: int) -> tuple[str, str]:
    try:
        value = _value(typed)
        planning.set_target(
            workspace.current().database,
            user,
            assessment_id=sheet.assessment.id,
            section=section,
            kind=kind,
            value=value,
            expected_version=version,
        )
    except AmbiguousNumber as twice:
        # Without the point between thousands, so that each reading can be typed as it stands and means one thing.
        readings = " hoặc ".join(f"{reading:f}".replace(".", ",") for reading in twice.readings)
        return "refused", f"Chỉ tiêu: «{typed}» có thể hiểu hai cách. Hãy viết {readings} cho rõ."
    except NotANumber:
        return "refused", f"Chỉ tiêu: «{typed}» không phải là số. Hãy nhập một số, ví dụ 90 hoặc 88,5."
    except CchcError as why:
        return "refused", str(why)
    scope = section or "cả bộ tiêu chí"
    return "done", f"Đã bỏ chỉ tiêu của {scope}." if value is None else f"Đã lưu chỉ tiêu của {scope}."


def _value(typed: str) -> Decimal | None:
    text = typed.strip().removesuffix("%").strip()
    return parse_vietnamese(text) if text else None
