"""Attaching to the opened criterion without leaving it: a document of the store, a new file, or a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.asks_for import shortened
from cchc_core.errors import CchcError
from cchc_core.evidence.attaching import attach
from cchc_core.evidence.listing import DocumentQuery, find_documents
from cchc_core.evidence.offering import offered_documents
from cchc_core.handing_in.checklist import Checklist
from cchc_core.offices import offices_for
from cchc_core.permissions import OfficeAction
from cchc_core.rubric.model import Criterion
from cchc_core.sheet import Sheet
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from ui import access
from ui.documents.upload import upload_here
from ui.office import Desk
from ui.saving import Callbacks
from ui.words import literal

NO_LINE: Final = -1
"""Stands for no line of the required evidence in a list to choose from."""
MOST_FOUND = 8
FROM_STORE, NEW = "kho", "moi"
_WAYS: Final[Mapping[str, str]] = {FROM_STORE: "Chọn trong kho", NEW: "Tải tệp lên, dán liên kết"}
_LONGEST_LINE, _LONGEST_TITLE = 60, 160


@dataclass
class _State:
    """What the session knows of attaching to the criteria of an assessment: what was refused."""

    refused: dict[str, str] = field(default_factory=dict)


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
        st.session_state.setdefault(_line_key(code), _first_open(checklist))
        st.selectbox(
            "Chứng minh cho",
            options=list(labels),
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


def _chosen_line(code: str) -> int | None:
    return line_of(st.session_state.get(_line_key(code), NO_LINE))


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
    try:
        _draw_found(adding, sought) if sought.strip() else _draw_offered(adding)
    except CchcError as why:
        st.error(literal(str(why)), icon=":material/error:")


def _draw_found(adding: _Adding, sought: str) -> None:
    query = DocumentQuery(adding.checklist.department_id, text=sought)
    found = find_documents(workspace.current().database, adding.user, query, per_page=MOST_FOUND)
    if not found.documents:
        words = "Không có tài liệu nào khớp. Hãy tìm bằng chữ khác, hoặc thêm tài liệu mới."
        st.info(words, icon=":material/search_off:")
    for document in found.documents:
        _draw_row(adding, document)
    if found.total > len(found.documents):
        st.caption(f"Tìm thấy {found.total} tài liệu, đang hiện {len(found.documents)}. Gõ thêm chữ để tìm hẹp hơn.")


def _draw_offered(adding: _Adding) -> None:
    """Draw the documents of the year: those that look like what is asked for stand first."""
    year = adding.sheet.assessment.year
    query = DocumentQuery(adding.checklist.department_id, year)
    database = workspace.current().database
    rubric, code = adding.sheet.rubric, adding.criterion.code
    offered = offered_documents(database, adding.user, query, rubric, code, _chosen_line(code), most=MOST_FOUND)
    if not offered:
        words = f"Kho chưa có tài liệu nào của năm {year}. Hãy gõ chữ để tìm ở mọi năm, hoặc thêm tài liệu mới."
        st.info(words, icon=":material/search_off:")
    likely = [each for each in offered if each.strength is not None]
    others = [each for each in offered if each.strength is None]
    if likely:
        st.caption("Gần với tài liệu cần có nhất (con số là độ giống trên 100):")
    for each in likely:
        _draw_row(adding, each.document, f" :gray[{each.strength}/100]")
    if others:
        st.caption(f"Mới thêm của năm {year}:")
    for each in others:
        _draw_row(adding, each.document)


def _draw_row(adding: _Adding, document: Document, more: str = "") -> None:
    code = adding.criterion.code
    is_there = adding.checklist.is_attached(document.id, _chosen_line(code))
    with st.container(horizontal=True, vertical_alignment="center", key=f"store-row-{document.id}"):
        st.button(
            "Đã gắn" if is_there else "Gắn",
            key=f"attach {code} {document.id}",
            icon=":material/check:" if is_there else ":material/attach_file:",
            disabled=is_there,
            on_click=adding.callback(_Attach(document.id)),
        )
        st.markdown(f"{literal(shortened(document.title, _LONGEST_TITLE))}{more}", width="stretch")


def _draw_upload(adding: _Adding) -> None:
    sheet, user, code = adding.sheet, adding.user, adding.criterion.code
    reached = offices_for(workspace.current().database, user, OfficeAction.KEEP_DOCUMENTS)
    office = next((office for office in reached if office.id == adding.checklist.department_id), None)
    if office is None:
        st.info("Vai trò của bạn không thêm được tài liệu. Hãy nhờ cán bộ đầu mối thêm giúp.", icon=":material/lock:")
        return
    desk = Desk(office, sheet.assessment.year, sheet.assessment.id)
    assessment_id = sheet.assessment.id
    upload_here(user, desk, f"criterion {assessment_id} {code}", partial(_attach_added, assessment_id, code))


def _attach_added(assessment_id: str, code: str, document: Document) -> None:
    user = access.current_user()
    if user is not None:
        attach(workspace.current().database, user, assessment_id, code, document.id, _chosen_line(code))


_DRAWN: Final[Mapping[str, Callable[[_Adding], None]]] = {FROM_STORE: _draw_store, NEW: _draw_upload}


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
