"""The form of one row of a draft, and what can be done with its place: add, move, take out."""

from functools import partial

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.rubric.bodies import BODY_KIND_NAMES, BodyKind
from cchc_core.rubric_drafts import keeping, tree
from cchc_core.rubric_drafts.model import Draft, DraftNode
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rules.kinds import Effect
from cchc_core.rules.period import PERIOD_NAMES
from cchc_core.store.users import User
from ui import access
from ui.rubrics import add_row, draft_rows, node_fields, places, taking_out, told
from ui.rubrics.rule_words import EFFECT_NAMES
from ui.tasks.typed import Fields, Form
from ui.words import literal

_PERIODS = {"": "mọi kỳ", **PERIOD_NAMES}
_LONG = {
    "note": ("Ghi chú", ""),
    "print_note": ("Về bản in: chỗ hỏng, chỗ in sai và cách hiểu", ""),
    "not_applicable_clause": ("Điều khoản hạ điểm chuẩn (khi không áp dụng)", "để trống nếu văn bản không cho phép"),
    "void_condition": ("Điều kiện huỷ điểm (tính 0)", "để trống nếu không có"),
}
_SHORT = {"deadline": "Thời gian thực hiện", "responsible": "Đơn vị chủ trì", "funding": "Kinh phí"}


def draw(draft: Draft, node: DraftNode) -> None:
    """Draw the form of a row and the ways to change its place."""
    form = Form(
        name=f"row of {node.id}",
        fields=node_fields.to_texts(node),
        version=node.version,
        store=partial(_store, node),
    )
    form.fill()
    with st.form(f"row form {node.id}", border=False, enter_to_submit=False):
        _draw_head(form, node)
        _draw_points(form, node)
        if node.kind is NodeKind.CRITERION:
            _draw_criterion(form, node)
        else:
            _long(form, "note")
        st.form_submit_button(
            "Lưu", key=f"save row {node.id}", type="primary", icon=":material/save:", on_click=form.saver()
        )
    form.draw_outcome("Đã lưu.")
    _draw_printed(node)
    if node.kind is NodeKind.CRITERION:
        _draw_bodies(node)
    _draw_rule_way(draft, node)
    _draw_place(draft, node)


def _draw_head(form: Form, node: DraftNode) -> None:
    with st.container(horizontal=True, key=f"row-head-{node.id}"):
        st.text_input("Mã", key=form.key("code"), max_chars=40, width=130)
        st.text_area("Nội dung", key=form.key("title"), max_chars=4000, height=80)


def _draw_points(form: Form, node: DraftNode) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"row-points-{node.id}"):
        if tree.is_leaf(node):
            st.text_input("Điểm chuẩn", key=form.key("max_points"), width=140, max_chars=40, placeholder="ví dụ 0,5")
            effects = [each.value for each in Effect]
            st.selectbox("Tính vào", effects, format_func=_effect_name, key=form.key("effect"), width=170)
            periods = list(_PERIODS | {form.fields["due_period"]: form.fields["due_period"]})
            st.selectbox(
                "Chỉ chấm được từ kỳ", periods, format_func=_period_name, key=form.key("due_period"), width=170
            )
        st.text_input(
            "Điểm văn bản in (nếu khác)" if tree.is_leaf(node) else "Điểm văn bản in",
            key=form.key("declared_max"),
            width=210,
            max_chars=40,
            help="Giữ đúng con số của bản in, dù cộng không khớp: chỗ không khớp được nêu ở bước Kiểm tra.",
        )


def _effect_name(value: str) -> str:
    return EFFECT_NAMES[Effect(value)].lower()


def _period_name(value: str) -> str:
    return _PERIODS.get(value, value)


def _draw_criterion(form: Form, node: DraftNode) -> None:
    st.text_area(
        "Tài liệu kiểm chứng, mỗi dòng một tài liệu",
        key=form.key("evidence"),
        height=100,
        help="Thêm « | thời gian: năm trước liền kề» nếu văn bản nêu thời gian của tài liệu, « | cơ quan khác theo "
        "dõi» nếu đơn vị không phải nộp.",
    )
    more = "Thời gian, chủ trì, kinh phí, ghi chú" + (", hạ điểm, huỷ điểm" if tree.is_leaf(node) else "")
    with st.expander(more, key=f"row more {node.id}"):
        with st.container(horizontal=True):
            for name, label in _SHORT.items():
                st.text_input(label, key=form.key(name), max_chars=400, width=260)
        if tree.is_leaf(node):
            _long(form, "not_applicable_clause")
            _long(form, "void_condition")
        _long(form, "note")
        _long(form, "print_note")


def _long(form: Form, name: str) -> None:
    label, example = _LONG[name]
    st.text_input(label, key=form.key(name), max_chars=4000, placeholder=example)


def _draw_printed(node: DraftNode) -> None:
    lines = draft_rows.printed_lines(node)
    if node.place or lines:
        st.caption(f"Trong tệp: {literal(node.place or 'không rõ chỗ')}")
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))


def _draw_bodies(node: DraftNode) -> None:
    """Ask which bodies a row is for; saved at once, for it is one choice and no text."""
    key = f"bodies of {node.id} {node.version}"
    st.session_state.setdefault(key, list(node.fields.get("applies_to", ())))
    st.multiselect(
        "Chỉ áp dụng cho (để trống: mọi cơ quan, đơn vị)",
        [kind.value for kind in BodyKind],
        format_func=lambda value: BODY_KIND_NAMES[BodyKind(value)],
        key=key,
        placeholder="Mọi cơ quan, đơn vị",
        on_change=_save_bodies,
        args=(node, key),
    )


def _save_bodies(node: DraftNode, key: str) -> None:
    _save_at_once(node, {"applies_to": list(st.session_state[key])})


def _save_at_once(node: DraftNode, fields: dict[str, object]) -> None:
    user = access.current_user()
    if user is None:
        return
    database = workspace.current().database
    try:
        keeping.change_node(database, user, node.id, {"fields": fields}, expected_version=node.version)
    except CchcError as why:
        told.problem(f"Chưa lưu. {why}")


def _draw_rule_way(draft: Draft, node: DraftNode) -> None:
    if not tree.is_leaf(node):
        return
    st.button(
        "Xem, sửa cách tính của tiêu chí này",
        key=f"to rule {node.id}",
        icon=":material/calculate:",
        on_click=places.go,
        args=(places.of_draft(draft.id, "cach-tinh", **{places.NODE: node.id}),),
    )


def _draw_place(draft: Draft, node: DraftNode) -> None:
    with st.container(horizontal=True, key=f"row-place-{node.id}"):
        add_row.draw_below(draft, node)
        add_row.draw_after(draft, node)
        for is_up, words, icon in ((True, "Lên", "arrow_upward"), (False, "Xuống", "arrow_downward")):
            st.button(
                words,
                key=f"move {words} {node.id}",
                icon=f":material/{icon}:",
                on_click=taking_out.move,
                args=(node.id, is_up),
            )
        _draw_other_parent(draft, node)
        st.button(
            "Bỏ dòng này",
            key=f"take out {node.id}",
            icon=":material/delete:",
            on_click=taking_out.take_out,
            args=(draft, node),
        )


def _draw_other_parent(draft: Draft, node: DraftNode) -> None:
    labels = draft_rows.parents_for(draft, node)
    if not labels:
        return
    with st.popover("Chuyển sang", icon=":material/drive_file_move:"):
        key = f"parent of {node.id}"
        st.selectbox("Đặt dưới", list(labels), format_func=labels.__getitem__, key=key, index=None, width=420)
        st.button("Chuyển", key=f"move under {node.id}", on_click=taking_out.move_under, args=(node.id, key))


def _store(node: DraftNode, user: User, fields: Fields, version: int) -> None:
    changes = node_fields.to_changes(node, fields)
    if not changes:
        return
    keeping.change_node(workspace.current().database, user, node.id, changes, expected_version=version)
    taking_out.remember_change(node, changes)
