"""The required evidence of the opened criterion as a checklist: what is attached to each line, by which part of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.asks_for import shortened
from cchc_core.errors import CchcError, StaleText
from cchc_core.evidence.attaching import MOST_PART_CHARACTERS, Attached, change_part, detach
from cchc_core.handing_in.checklist import AskedLine, read_checklist
from cchc_core.permissions import Action
from cchc_core.rubric.model import Criterion, Evidence
from cchc_core.sheet import Sheet
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from ui import current, evidence_add, navigation, rights
from ui.documents.addresses import DOCUMENT, file_address
from ui.documents.row import lack_of
from ui.evidence_add import NO_LINE, line_labels, line_of
from ui.saving import Callbacks
from ui.words import literal

_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class _Unsaved:
    """Why what stands in the fields of an attachment is not saved; ``version`` where somebody else saved meanwhile."""

    problem: str
    version: int | None = None


@dataclass
class _State:
    """What the session knows of the attachments of an assessment: versions drawn, what is not saved or was refused."""

    seen: dict[str, int] = field(default_factory=dict)
    unsaved: dict[str, _Unsaved] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def _state(sheet: Sheet) -> _State:
    state: _State = st.session_state.setdefault(f"attachments of {sheet.assessment.id}", _State())
    return state


def show(sheet: Sheet, user: User, criterion: Criterion, callback: Callbacks) -> None:
    """Draw the checklist of the opened criterion; ``callback`` turns a saver into a widget's callback."""
    checklist = read_checklist(workspace.current().database, sheet, criterion)
    may_attach = rights.may(user, sheet, Action.ATTACH)
    drawing = _Drawing(sheet, criterion, callback, may_attach)
    st.markdown("**Tài liệu kiểm chứng cần có**")
    if not checklist.lines:
        st.markdown("Văn bản không nêu tài liệu nào.")
    for line in checklist.lines:
        st.markdown(_line_words(line))
        drawing.attached(line.attached)
    if checklist.others:
        st.markdown("Tài liệu khác đã gắn" if checklist.lines else "Tài liệu đã gắn")
        drawing.attached(checklist.others)
    if refused := _state(sheet).refused.pop(criterion.code, ""):
        st.error(literal(refused), icon=":material/error:")
    if may_attach:
        evidence_add.show(sheet, user, criterion, checklist, callback)


def _line_words(line: AskedLine) -> str:
    evidence = line.evidence
    dates = f" :gray[(thời gian: {literal(evidence.dates)})]" if evidence.dates else ""
    return f"{line.place + 1}\\. {literal(evidence.text)}{dates} {_line_badge(evidence, len(line.attached))}"


def _line_badge(evidence: Evidence, attached: int) -> str:
    if attached:
        return f":green-badge[đã gắn {attached}]"
    return ":orange-badge[chưa gắn]" if evidence.brought_by_unit else ":blue-badge[cơ quan khác theo dõi]"


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws what is attached, for one criterion and one person."""

    sheet: Sheet
    criterion: Criterion
    callback: Callbacks
    may_attach: bool

    def attached(self, listed: Sequence[Attached]) -> None:
        """Draw some attachments, each with its part and the ways to change it."""
        for each in listed:
            with st.container(border=True, key=f"attached-{each.id}"):
                st.markdown(_document_words(each, with_part=not self.may_attach))
                if self.may_attach:
                    self._fields(each)
                    self._draw_lacking(each.document)

    def _draw_lacking(self, document: Document) -> None:
        if document.is_lacking:
            st.page_link(
                navigation.DOCUMENTS,
                label="Ghi đủ thông tin của tài liệu",
                icon=":material/edit:",
                query_params={current.ASSESSMENT: self.sheet.assessment.id, DOCUMENT: document.id},
            )

    def _fields(self, each: Attached) -> None:
        state = _state(self.sheet)
        _fill(state, each)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                "Mục, trang chứng minh",
                key=_key("part", each.id),
                max_chars=MOST_PART_CHARACTERS,
                placeholder="ví dụ: mục II.3, trang 4",
                on_change=self.callback(_SavePart(each.id)),
                width=340,
            )
            labels = line_labels(self.criterion)
            if len(labels) > 2 or each.evidence_line is None:
                st.selectbox(
                    "Chứng minh cho",
                    options=list(labels),
                    format_func=labels.__getitem__,
                    key=_key("line", each.id),
                    on_change=self.callback(_SavePart(each.id)),
                    width=300,
                )
            st.button(
                "Gỡ",
                key=f"detach {each.id}",
                icon=":material/link_off:",
                help="Gỡ từ kỳ này trở đi; các kỳ trước trong năm vẫn giữ. Tài liệu vẫn còn trong kho, gắn lại được.",
                on_click=self.callback(_Detach(each.id)),
            )
        self._draw_problem(state, each)

    def _draw_problem(self, state: _State, each: Attached) -> None:
        if each.id not in state.unsaved:
            return
        unsaved = state.unsaved[each.id]
        st.error(f"**CHƯA LƯU.** {literal(unsaved.problem)}", icon=":material/error:")
        with st.container(horizontal=True):
            if unsaved.version is not None:
                over = self.callback(_SavePart(each.id, is_over=True))
                st.button("Lưu nội dung của tôi", key=f"part over {each.id}", type="primary", on_click=over)
            st.button("Lấy nội dung đã lưu", key=f"part stored {each.id}", on_click=self.callback(_GiveUp(each.id)))


def _document_words(each: Attached, *, with_part: bool) -> str:
    document, part = each.document, ""
    if with_part:
        part = f"  \n:gray[Mục, trang: {literal(each.part_text or 'chưa ghi')}]"
    lacking = f" :orange-badge[{_lacking_words(document)}]" if document.is_lacking else ""
    return f":material/description: {_linked(document)}{lacking}{part}"


def _linked(document: Document) -> str:
    title = literal(shortened(document.title, _LONGEST_TITLE))
    if document.file is not None and not document.file.is_purged:
        return f"[{title}]({file_address(document, document.file)})"
    return f"[{title}]({_as_target(document.link)})" if document.link else title


def _as_target(link: str) -> str:
    # Addresses are checked when they are stored; brackets would end the link here.
    return link.replace("(", "%28").replace(")", "%29")


def _lacking_words(document: Document) -> str:
    has_head = document.number and document.doc_date
    return "thiếu số, ngày" if document.kind.wants_number and not has_head else lack_of(document).lower()


def _key(name: str, attachment_id: str) -> str:
    return f"attachment|{name}|{attachment_id}"


def _fill(state: _State, each: Attached) -> None:
    """Put into the fields what is stored; what was typed and is not saved yet stays."""
    is_new = each.id not in state.unsaved and state.seen.get(each.id) != each.version
    line = NO_LINE if each.evidence_line is None else each.evidence_line
    for name, value in (("part", each.part_text), ("line", line)):
        if is_new or _key(name, each.id) not in st.session_state:
            st.session_state[_key(name, each.id)] = value
    if is_new:
        state.seen[each.id] = each.version


class _SavePart:
    """Saves by which part a document proves the criterion, and for which line."""

    def __init__(self, attachment_id: str, *, is_over: bool = False) -> None:
        self.attachment_id, self.is_over = attachment_id, is_over

    def __call__(self, sheet: Sheet, user: User, _criterion: Criterion) -> None:
        state, attachment_id = _state(sheet), self.attachment_id
        before = state.unsaved.pop(attachment_id, None)
        version = before.version if self.is_over and before is not None else None
        try:
            change_part(
                workspace.current().database,
                user,
                sheet.assessment.id,
                attachment_id,
                part_text=str(st.session_state.get(_key("part", attachment_id)) or ""),
                evidence_line=line_of(st.session_state.get(_key("line", attachment_id), NO_LINE)),
                expected_version=state.seen.get(attachment_id, 0) if version is None else version,
            )
        except StaleText as why:
            state.unsaved[attachment_id] = _Unsaved(str(why), why.version)
        except CchcError as why:
            state.unsaved[attachment_id] = _Unsaved(str(why))


class _GiveUp:
    """Shows again what is stored."""

    def __init__(self, attachment_id: str) -> None:
        self.attachment_id = attachment_id

    def __call__(self, sheet: Sheet, _user: User, _criterion: Criterion) -> None:
        state = _state(sheet)
        state.unsaved.pop(self.attachment_id, None)
        state.seen.pop(self.attachment_id, None)


class _Detach:
    """Takes a document off the criterion."""

    def __init__(self, attachment_id: str) -> None:
        self.attachment_id = attachment_id

    def __call__(self, sheet: Sheet, user: User, criterion: Criterion) -> None:
        state = _state(sheet)
        try:
            detach(workspace.current().database, user, sheet.assessment.id, self.attachment_id)
        except CchcError as why:
            state.refused[criterion.code] = str(why)
        else:
            state.unsaved.pop(self.attachment_id, None)
