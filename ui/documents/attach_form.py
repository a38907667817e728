"""Attaching a document to a criterion of the open assessment: what it likely proves stands first."""

from collections.abc import Collection, Mapping
from typing import Final

import streamlit as st

from cchc_core import scoring, workspace
from cchc_core.errors import CchcError
from cchc_core.evidence.attaching import MOST_PART_CHARACTERS, attach
from cchc_core.evidence.reading import Suggested, suggest_criteria
from cchc_core.permissions import ALLOWED, Action
from cchc_core.scoring import Sheet
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from ui import access, current, rights
from ui.words import literal, literal_label

_NO_LINE: Final = -1
_LONGEST: Final = 120


def show(user: User, document: Document, attached: Collection[str]) -> None:
    """Draw the form where the open assessment is one that the person may attach to; else say which one to open."""
    sheet = _sheet(user)
    if sheet is None or not rights.may(user, sheet, Action.ATTACH):
        if _attaches_somewhere(user):
            st.caption("Muốn gắn vào tiêu chí, hãy chọn ở cột trái một bảng chấm đang mở.")
        return
    assessment = sheet.assessment
    st.markdown(f"**Gắn vào tiêu chí** · {literal(assessment.unit_name)}, {literal(assessment.period_title)}")
    code_key, line_key, part_key = (f"attach {name} {document.id}" for name in ("code", "line", "part"))
    _draw_suggestions(sheet, document, attached, code_key, line_key)
    titles = {leaf.code: f"{leaf.code} · {leaf.title[:_LONGEST]}" for leaf in sheet.rubric.leaves}
    code = st.selectbox(
        "Tiêu chí",
        options=list(titles),
        format_func=titles.__getitem__,
        index=None,
        placeholder="Gõ mã hoặc tên để tìm",
        key=code_key,
    )
    if code in titles:
        _draw_line(sheet, str(code), line_key)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Phần chứng minh (mục, trang)",
            key=part_key,
            max_chars=MOST_PART_CHARACTERS,
            placeholder="ví dụ: mục II.3, trang 4",
            width=420,
        )
        st.button(
            "Gắn",
            key=f"attach {document.id}",
            type="primary",
            icon=":material/link:",
            disabled=code not in titles,
            on_click=_attach,
            args=(assessment.id, document.id, (code_key, line_key, part_key)),
        )
    if said := st.session_state.get(_problem(document.id)):
        st.error(literal(said), icon=":material/error:")


def _attaches_somewhere(user: User) -> bool:
    return bool(ALLOWED[user.role][Action.ATTACH])


def _sheet(user: User) -> Sheet | None:
    opened = current.assessment_id()
    try:
        return scoring.open_sheet(workspace.current().database, user, opened) if opened else None
    except CchcError:
        return None


def _draw_suggestions(
    sheet: Sheet, document: Document, attached: Collection[str], code_key: str, line_key: str
) -> None:
    text = f"{document.kind.label} {document.abstract}" if document.abstract else ""
    found = [each for each in suggest_criteria(text, sheet.rubric) if each.code not in attached]
    if not found:
        return
    st.caption("Gợi ý theo trích yếu; bấm để chọn, xem lại rồi gắn:")
    with st.container(horizontal=True, key=f"suggested-{document.id}"):
        for each in found:
            asked = sheet.rubric.criterion(each.code).evidence[each.evidence_line].text
            st.button(
                literal_label(f"Tiêu chí {each.code}: {asked[:60]} ({each.strength}/100)"),
                key=f"suggest {document.id} {each.code}",
                on_click=_choose,
                args=(each, code_key, line_key),
            )


def _choose(each: Suggested, code_key: str, line_key: str) -> None:
    st.session_state[code_key] = each.code
    st.session_state[f"{line_key} {each.code}"] = each.evidence_line


def _draw_line(sheet: Sheet, code: str, line_key: str) -> None:
    evidence = sheet.rubric.criterion(code).evidence
    lines: Mapping[int, str] = {_NO_LINE: "Không thuộc dòng nào"} | {
        place: line.text[:_LONGEST] for place, line in enumerate(evidence)
    }
    if evidence:
        st.selectbox(
            "Dòng tài liệu cần có",
            options=list(lines),
            format_func=lines.__getitem__,
            key=f"{line_key} {code}",
        )


def _problem(document_id: str) -> str:
    return f"attach problem {document_id}"


def _attach(assessment_id: str, document_id: str, keys: tuple[str, str, str]) -> None:
    user, state = access.current_user(), st.session_state
    code_key, line_key, part_key = keys
    code = state.get(code_key)
    if user is None or code is None:
        return
    line = state.get(f"{line_key} {code}", _NO_LINE)
    state.pop(_problem(document_id), None)
    try:
        attach(
            workspace.current().database,
            user,
            assessment_id,
            str(code),
            document_id,
            None if line in (None, _NO_LINE) else int(line),
            str(state.get(part_key) or ""),
        )
    except CchcError as why:
        state[_problem(document_id)] = str(why)
    else:
        state[code_key], state[part_key] = None, ""
