"""The data of a document as a person fills them in: for one document, or for all that were just added at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.days import read_day
from cchc_core.errors import CchcError, StaleText
from cchc_core.evidence.drafts import MOST_ABSTRACT, MOST_ISSUER, MOST_LINK, MOST_NUMBER, DocumentDraft
from cchc_core.evidence.keeping import change_document
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.offices import Office
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from ui import access
from ui.words import clock_time, day, literal

_FIELDS: Final = ("kind", "number", "doc_date", "issuer", "abstract", "link", "unit", "year")


@dataclass
class Typed:
    """What the session knows of a document's form: its version, what is typed and not saved, what went wrong."""

    version: int = -1
    unsaved: dict[str, object] = field(default_factory=dict)
    problem: str = ""
    conflict: StaleText | None = None
    is_saved: bool = False


def typed_of(document_id: str) -> Typed:
    """Give what the session knows of a document's form."""
    typed: Typed = st.session_state.setdefault(f"document form {document_id}", Typed())
    return typed


def draw(office: Office, document: Document) -> None:
    """Draw the form of one document with its own button."""
    _fill(document)
    with st.form(f"document data {document.id}", border=False, enter_to_submit=False):
        draw_fields(office, document)
        words = "Lưu thay đổi" if document.is_confirmed else "Xác nhận và lưu"
        st.form_submit_button(
            words, key=f"save document {document.id}", type="primary", on_click=_saver((document.id,), is_over=False)
        )
    _draw_outcome(document)


def draw_batch(office: Office, documents: Sequence[Document], about: Callable[[Document], None], key: str) -> None:
    """Draw one form for several documents, each with its fields; ``about`` draws what else is to be said of one."""
    for document in documents:
        _fill(document)
    with st.form(f"documents added {key}", border=False, enter_to_submit=False):
        for document in documents:
            with st.container(border=True, key=f"document-data-{document.id}"):
                about(document)
                draw_fields(office, document)
                _draw_problem(document.id)
        words = f"Xác nhận và lưu {len(documents)} tài liệu" if len(documents) > 1 else "Xác nhận và lưu"
        ids = tuple(document.id for document in documents)
        st.form_submit_button(words, key=f"save documents {key}", type="primary", on_click=_saver(ids, is_over=False))


def draw_fields(office: Office, document: Document) -> None:
    """Draw the fields of a document within a form."""
    with st.container(horizontal=True):
        st.selectbox(
            "Loại tài liệu",
            options=[kind.value for kind in DocumentKind],
            format_func=lambda value: DocumentKind(value).label,
            key=_key(document.id, "kind"),
            width=190,
        )
        _text(document.id, "number", "Số, ký hiệu", MOST_NUMBER, "ví dụ 05/BC-STTTT", 190)
        _text(document.id, "doc_date", "Ngày văn bản", 20, "ngày/tháng/năm", 150)
        _text(document.id, "issuer", "Cơ quan ban hành", MOST_ISSUER, "ví dụ Sở Nội vụ", 320)
    st.text_area("Trích yếu", key=_key(document.id, "abstract"), max_chars=MOST_ABSTRACT, height=80)
    with st.container(horizontal=True):
        _draw_unit(office, document)
        st.number_input("Năm công tác", 2000, 2100, step=1, key=_key(document.id, "year"), width=130)
        if document.link or document.file is None:
            _text(document.id, "link", "Liên kết", MOST_LINK, "https://", 420)


def _text(document_id: str, name: str, label: str, most: int, placeholder: str, width: int) -> None:
    st.text_input(label, key=_key(document_id, name), max_chars=most, placeholder=placeholder, width=width)


def _draw_unit(office: Office, document: Document) -> None:
    names = {office.id: office.name} | {unit.id: unit.name for unit in office.units}
    names.setdefault(document.unit_id, document.unit_name or "Đơn vị đã ngừng hoạt động")
    st.selectbox(
        "Đơn vị giữ", options=list(names), format_func=names.__getitem__, key=_key(document.id, "unit"), width=340
    )


def _key(document_id: str, name: str) -> str:
    return f"document|{document_id}|{name}"


def _fill(document: Document) -> None:
    typed = typed_of(document.id)
    is_new = typed.version != document.version and not typed.unsaved
    for name, value in (typed.unsaved or _stored(document)).items():
        key = _key(document.id, name)
        if is_new or key not in st.session_state:
            st.session_state[key] = value
    if is_new:
        typed.version = document.version


def _stored(document: Document) -> dict[str, object]:
    return {
        "kind": document.kind.value,
        "number": document.number,
        "doc_date": "" if document.doc_date is None else day(document.doc_date),
        "issuer": document.issuer,
        "abstract": document.abstract,
        "link": document.link,
        "unit": document.unit_id,
        "year": document.year,
    }


def _draw_problem(document_id: str) -> None:
    typed = typed_of(document_id)
    if typed.problem:
        st.error(f"**CHƯA LƯU.** {literal(typed.problem)}", icon=":material/error:")


def _draw_outcome(document: Document) -> None:
    typed = typed_of(document.id)
    _draw_problem(document.id)
    if typed.problem:
        with st.container(horizontal=True):
            if typed.conflict is not None:
                over = _saver((document.id,), is_over=True)
                st.button("Lưu nội dung của tôi", key=f"document over {document.id}", type="primary", on_click=over)
            st.button(
                "Lấy nội dung đã lưu", key=f"document stored {document.id}", on_click=give_up, args=(document.id,)
            )
    else:
        when = clock_time(document.changed_at_utc)
        st.caption(f"{'Đã lưu. ' if typed.is_saved else ''}{literal(document.changed_by_name)} lưu lúc {when}.")


def _saver(document_ids: Sequence[str], *, is_over: bool) -> Callable[[], None]:
    def run() -> None:
        user = access.current_user()
        if user is not None:
            for document_id in document_ids:
                _save(user, document_id, is_over=is_over)

    return run


def _save(user: User, document_id: str, *, is_over: bool) -> None:
    typed = typed_of(document_id)
    now = {name: st.session_state.get(_key(document_id, name)) for name in _FIELDS}
    now = {name: value for name, value in now.items() if value is not None}
    version = typed.conflict.version if is_over and typed.conflict is not None else typed.version
    typed.problem, typed.conflict, typed.is_saved = "", None, False
    try:
        change_document(
            workspace.current().database,
            user,
            document_id,
            _draft(now),
            version,
            unit_id=str(now["unit"]),
            year=int(str(now["year"])),
        )
    except CchcError as why:
        typed.unsaved, typed.problem, typed.version = now, str(why), version
        typed.conflict = why if isinstance(why, StaleText) else None
    else:
        typed.unsaved, typed.is_saved, typed.version = {}, True, -1


def _draft(now: dict[str, object]) -> DocumentDraft:
    text = {name: str(now.get(name) or "") for name in ("number", "issuer", "abstract", "link")}
    kind = DocumentKind(str(now["kind"]))
    return DocumentDraft(kind, doc_date=read_day("Ngày văn bản", str(now["doc_date"])), is_confirmed=True, **text)


def give_up(document_id: str) -> None:
    """Throw away what was typed: the form shows what is stored."""
    typed = typed_of(document_id)
    typed.unsaved, typed.problem, typed.conflict, typed.version = {}, "", None, -1


def put_in(document: Document, values: Mapping[str, str]) -> None:
    """Put values into the form as if a person had typed them; what is not named stays."""
    typed = typed_of(document.id)
    typed.unsaved = {**(typed.unsaved or _stored(document)), **values}
    for name, value in typed.unsaved.items():
        st.session_state[_key(document.id, name)] = value
    typed.version, typed.problem, typed.conflict = document.version, "", None
