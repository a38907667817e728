"""What a draft says of the whole set: title, issuer, document, printed total, for whom it is, its caps."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import BadText, CchcError
from cchc_core.rubric.bodies import BODY_KIND_NAMES, BodyKind
from cchc_core.rubric_drafts import keeping, tree
from cchc_core.rubric_drafts.building import Built
from cchc_core.rubric_drafts.model import Draft, DraftHead
from cchc_core.rules.kinds import Effect
from cchc_core.store.users import User
from ui import access
from ui.office import EARLIEST, LATEST
from ui.rubrics import draft_rows, told
from ui.rubrics.rule_words import EFFECT_NAMES
from ui.rubrics.typed_numbers import maybe_plain, plain, typed
from ui.tasks.typed import Fields, Form
from ui.words import literal

_WHOLE = ""
_SOURCES = {"official": "điểm chính thức, văn bản có in điểm", "illustrative": "điểm minh hoạ, văn bản không in điểm"}


def draw(draft: Draft, _built: Built) -> None:
    """Draw the form of the head, open as long as something is missing in it."""
    is_lacking = not (draft.head.issuer and draft.head.document)
    with st.expander(
        "Thông tin chung của bộ tiêu chí", icon=":material/badge:", expanded=is_lacking, key="rubric-head"
    ):
        _draw_texts(draft)
        _draw_bodies(draft)
        _draw_caps(draft)


def _draw_texts(draft: Draft) -> None:
    head = draft.head
    fields = {
        "title": head.title,
        "issuer": head.issuer,
        "year": str(head.year),
        "document": head.document,
        "declared_total": typed(head.declared_total),
        "points_source": head.points_source,
    }
    store = partial(_store, head, draft.id)
    form = Form(name=f"head of {draft.id}", fields=fields, version=draft.version, store=store)
    form.fill()
    with st.form(f"head form {draft.id}", border=False, enter_to_submit=False):
        st.text_area("Tên bộ tiêu chí", key=form.key("title"), max_chars=400, height=80)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("Cơ quan áp dụng hoặc ban hành", key=form.key("issuer"), max_chars=200, width=420)
            st.text_input("Năm", key=form.key("year"), max_chars=4, width=90)
            st.text_input("Tổng điểm văn bản in", key=form.key("declared_total"), max_chars=40, width=180)
        st.text_input(
            "Văn bản ban hành (số, ngày)",
            key=form.key("document"),
            max_chars=400,
            placeholder="ví dụ Quyết định số 123/QĐ-UBND ngày 15/01/2026",
        )
        st.selectbox(
            "Điểm trong bộ này là", list(_SOURCES), format_func=_SOURCES.__getitem__, key=form.key("points_source")
        )
        st.form_submit_button("Lưu thông tin chung", key="save head", type="primary", on_click=form.saver())
    form.draw_outcome("Đã lưu thông tin chung.")


def _store(head: DraftHead, draft_id: str, user: User, fields: Fields, version: int) -> None:
    year = fields["year"].strip()
    if not (year.isascii() and year.isdigit() and EARLIEST <= int(year) <= LATEST):
        raise BadText("Năm", problem=f"«{year[:10]}» không phải một năm", to_do="Hãy ghi bốn chữ số, ví dụ 2026.")
    wanted = replace(
        head,
        title=fields["title"],
        issuer=fields["issuer"],
        year=int(year),
        document=fields["document"],
        declared_total=maybe_plain("Tổng điểm văn bản in", fields["declared_total"]),
        points_source=fields["points_source"],
    )
    keeping.change_head(workspace.current().database, user, draft_id, wanted, expected_version=version)


def _draw_bodies(draft: Draft) -> None:
    key = f"head bodies {draft.id} {draft.version}"
    st.session_state.setdefault(key, list(draft.head.applies_to))
    st.multiselect(
        "Bộ này áp dụng cho (để trống: mọi cơ quan, đơn vị)",
        [kind.value for kind in BodyKind],
        format_func=lambda value: BODY_KIND_NAMES[BodyKind(value)],
        key=key,
        placeholder="Mọi cơ quan, đơn vị",
        on_change=_save_bodies,
        args=(draft, key),
    )


def _save_bodies(draft: Draft, key: str) -> None:
    _save(draft, replace(draft.head, applies_to=tuple(st.session_state[key])))


def _save(draft: Draft, head: DraftHead) -> bool:
    user = access.current_user()
    if user is None:
        return False
    try:
        keeping.change_head(workspace.current().database, user, draft.id, head, expected_version=draft.version)
    except CchcError as why:
        told.problem(f"Chưa lưu. {why}")
        return False
    return True


def _draw_caps(draft: Draft) -> None:
    """Draw the caps of bonuses and penalties, where the set has such lines or caps."""
    has_effects = any(node.fields.get("effect") in _CAPPED for node in draft.nodes)
    if not has_effects and not draft.head.caps:
        return
    st.markdown("**Mức trần của điểm thưởng, điểm trừ**")
    for place, cap in enumerate(draft.head.caps):
        with st.container(horizontal=True, vertical_alignment="center", key=f"cap-{place}"):
            st.markdown(_cap_words(draft, cap), width="content")
            st.button("Bỏ", key=f"cap off {place}", type="tertiary", on_click=_take_cap, args=(draft, place))
    nodes = {_WHOLE: "cả bộ"} | {
        node.code: draft_rows.named(node) for node in draft.nodes if not tree.is_leaf(node) and node.kind != "part"
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="rubric-cap-form"):
        st.selectbox("Trần của", list(_CAPPED), format_func=_CAPPED.__getitem__, key="_cap_effect", width=160)
        st.selectbox("Tính cho", list(nodes), format_func=nodes.__getitem__, key="_cap_node", width=320)
        st.text_input("Nhiều nhất", key="_cap_most", width=120, placeholder="ví dụ 5", max_chars=40)
        st.button("Thêm mức trần", key="add cap", on_click=_add_cap, args=(draft,))


_CAPPED = {effect.value: EFFECT_NAMES[effect].lower() for effect in (Effect.BONUS, Effect.PENALTY)}


def _cap_words(draft: Draft, cap: dict[str, Any]) -> str:
    node = next((each for each in draft.nodes if each.code == cap.get("node")), None)
    where = f"của {literal(draft_rows.named(node))}" if node else "của cả bộ"
    return f"- {EFFECT_NAMES[Effect(cap['effect'])]} {where}: nhiều nhất **{literal(typed(cap['most']))}**"


def _add_cap(draft: Draft) -> None:
    state = st.session_state
    try:
        most = plain("Mức trần", str(state.get("_cap_most") or ""))
    except CchcError as why:
        told.problem(f"Chưa thêm. {why}")
        return
    node = {"node": state["_cap_node"]} if state["_cap_node"] else {}
    cap = {"effect": state["_cap_effect"], "most": most, **node}
    if _save(draft, replace(draft.head, caps=(*draft.head.caps, cap))):
        state["_cap_most"] = ""


def _take_cap(draft: Draft, place: int) -> None:
    caps = tuple(cap for index, cap in enumerate(draft.head.caps) if index != place)
    _save(draft, replace(draft.head, caps=caps))
