"""Attaching to the opened criterion without leaving it: a document of the store, a new file, or a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.asks_for import shortened
from cchc_core.errors import CchcError
from cchc_core.evidence.attaching import attach
from cchc_core.evidence.drafts import MOST_ABSTRACT, MOST_LINK, DocumentDraft
from cchc_core.evidence.keeping import add_document
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.listing import DocumentQuery, find_documents
from cchc_core.handing_in.checklist import Checklist
from cchc_core.rubric.model import Criterion
from cchc_core.sheet import Sheet
from cchc_core.store.users import User
from ui.saving import Callbacks
from ui.words import literal

NO_LINE: Final = -1
"""Stands for no line of the required evidence in a list to choose from."""
MOST_FOUND = 8
FROM_STORE, BY_LINK = "kho", "lien-ket"
_WAYS: Final[Mapping[str, str]] = {FROM_STORE: "Chọn trong kho", BY_LINK: "Dán liên kết"}
_LONGEST_LINE, _LONGEST_TITLE = 60, 160


@dataclass
class _State:
    """What the session knows of adding to the criteria of an assessment: what was refused, which forms are new."""

    refused: dict[str, str] = field(default_factory=dict)
    links_added: dict[str, int] = field(default_factory=dict)


def _state(sheet: Sheet) -> _State:
    state: _State = st.session_state.setdefault(f"adding evidence to {sheet.assessment.id}", _State())
    return state


def line_labels(criterion: Criterion) -> Mapping[int, str]:
    """Name the lines of the required evidence for a list to choose from; the last stands for none of them."""
    lines = enumerate(criterion.evidence)
    named = {place: f"{place + 1}. {shortened(line.text, _LONGEST_LINE)}" for place, line in lines}
    return {**named, NO_LINE: "Cả tiêu chí, không theo dòng nào"}


def line_of(choice: object) -> int | None:
    """Give the place of the line that was chosen, None for none of them."""
    return choice if isinstance(choice, int) and choice != NO_LINE else None


def show(sheet: Sheet, user: User, criterion: Criterion, checklist: Checklist, callback: Callbacks) -> None:
    """Draw the ways to attach something, closed until somebody wants them."""
    code, state = criterion.code, _state(sheet)
    if refused := state.refused.pop(code, ""):
        st.error(literal(refused), icon=":material/error:")
    if not st.toggle("Gắn tài liệu vào tiêu chí này", key=f"adding {code}"):
        return
    labels = line_labels(criterion)
    if len(labels) > 1:
        st.selectbox(
            "Chứng minh cho",
            options=list(labels),
            index=list(labels).index(_first_open(checklist)),
            format_func=labels.__getitem__,
            key=_line_key(code),
        )
    way = st.segmented_control(
        "Lấy từ đâu",
        options=list(_WAYS),
        format_func=_WAYS.__getitem__,
        default=FROM_STORE,
        key=f"adding way {code}",
        required=True,
        wrap=True,
    )
    _DRAWN[way or FROM_STORE](_Adding(sheet, user, criterion, checklist, callback))


def _line_key(code: str) -> str:
    return f"adding line {code}"


def _first_open(checklist: Checklist) -> int:
    """Give the first line that the unit is asked for and that nothing is attached to yet."""
    lacking = (line.place for line in checklist.lines if line.evidence.brought_by_unit and not line.attached)
    return next(lacking, NO_LINE)


@dataclass(frozen=True, slots=True)
class _Adding:
    """Who adds to which criterion."""

    sheet: Sheet
    user: User
    criterion: Criterion
    checklist: Checklist
    callback: Callbacks


def _draw_store(adding: _Adding) -> None:
    code = adding.criterion.code
    sought = st.text_input(
        "Tìm trong kho tài liệu",
        key=f"adding search {code}",
        type="search",
        placeholder="số, trích yếu, tên tệp; không cần dấu",
        max_chars=100,
    )
    query = DocumentQuery(adding.checklist.department_id, text=sought)
    try:
        found = find_documents(workspace.current().database, adding.user, query, per_page=MOST_FOUND)
    except CchcError as why:
        st.error(literal(str(why)), icon=":material/error:")
        return
    if not found.documents:
        words = "Không có tài liệu nào khớp." if sought else "Kho chưa có tài liệu nào."
        st.info(f"{words} Hãy tìm bằng chữ khác, hoặc thêm tài liệu mới.", icon=":material/search_off:")
    chosen = line_of(st.session_state.get(_line_key(code), NO_LINE))
    for document in found.documents:
        is_there = adding.checklist.is_attached(document.id, chosen)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Đã gắn" if is_there else "Gắn",
                key=f"attach {code} {document.id}",
                icon=":material/check:" if is_there else ":material/attach_file:",
                disabled=is_there,
                on_click=adding.callback(_Attach(document.id)),
            )
            st.markdown(literal(shortened(document.title, _LONGEST_TITLE)), width="stretch")
    if found.total > len(found.documents):
        st.caption(f"Tìm thấy {found.total} tài liệu, đang hiện {len(found.documents)}. Gõ thêm chữ để tìm hẹp hơn.")


def _draw_link(adding: _Adding) -> None:
    code, add = adding.criterion.code, _AddLink(adding.checklist.department_id)
    with st.form(f"adding link form {code}", border=False, enter_to_submit=False):
        link, name = _link_keys(adding.sheet, code)
        st.text_input("Địa chỉ trang web", key=link, max_chars=MOST_LINK, placeholder="https://…")
        st.text_input("Nội dung chứng minh", key=name, max_chars=MOST_ABSTRACT, placeholder="ví dụ: trang công khai …")
        st.form_submit_button("Thêm liên kết và gắn", key=f"add link {code}", on_click=adding.callback(add))


def _link_keys(sheet: Sheet, code: str) -> tuple[str, str]:
    # A value that a callback puts into a field does not reach the browser here, so the next link gets new fields.
    place = _state(sheet).links_added.get(code, 0)
    return f"adding link {code} {place}", f"adding link name {code} {place}"


_DRAWN: Final[Mapping[str, Callable[[_Adding], None]]] = {FROM_STORE: _draw_store, BY_LINK: _draw_link}


class _Attach:
    """Attaches a document of the store to the chosen line."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id

    def __call__(self, sheet: Sheet, user: User, criterion: Criterion) -> None:
        chosen = line_of(st.session_state.get(_line_key(criterion.code), NO_LINE))
        try:
            attach(workspace.current().database, user, sheet.assessment.id, criterion.code, self.document_id, chosen)
        except CchcError as why:
            _state(sheet).refused[criterion.code] = str(why)


class _AddLink:
    """Keeps an address of the web as a document of the person's unit and attaches it to the chosen line."""

    def __init__(self, department_id: str) -> None:
        self.department_id = department_id

    def __call__(self, sheet: Sheet, user: User, criterion: Criterion) -> None:
        state, code = _state(sheet), criterion.code
        link, name = (str(st.session_state.get(key) or "") for key in _link_keys(sheet, code))
        draft = DocumentDraft(DocumentKind.LINK, abstract=name, link=link, is_confirmed=True)
        unit_id, year = user.unit_id or self.department_id, sheet.assessment.year
        try:
            added = add_document(workspace.current().database, user, self.department_id, year, unit_id, draft)
        except CchcError as why:
            state.refused[code] = str(why)
            return
        state.links_added[code] = state.links_added.get(code, 0) + 1
        _Attach(added.id)(sheet, user, criterion)
