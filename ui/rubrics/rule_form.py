"""The form of a rule: its kind, and the fields that the kind has, filled with what is stored or printed."""

from functools import partial

import streamlit as st

from cchc_core import workspace
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import DraftNode
from cchc_core.rules.kinds import EmptyDenominator
from cchc_core.store.users import User
from ui.rubrics import rule_fields
from ui.rubrics.rule_fields import KINDS, NO, YES
from ui.rubrics.rule_words import EMPTY_NAMES
from ui.tasks.typed import Fields, Form

_TEXTS = {
    "numerator": ("Tử số: đếm cái gì", "ví dụ Số báo cáo gửi đúng hạn"),
    "denominator": ("Mẫu số: trên tổng cái gì", "ví dụ Số báo cáo phải gửi"),
    "measure": ("Đo cái gì", "ví dụ Tỷ lệ hồ sơ giải quyết đúng hạn"),
    "unit": ("Đơn vị tính", "%"),
    "source": ("Ai cho điểm, theo văn bản nào", "ví dụ Điều tra xã hội học của UBND tỉnh"),
    "reason": ("Vì sao phải nhập tay", "ví dụ Văn bản không nêu cách tính"),
}
_SHORT = {
    "floor_percent": "Dưới bao nhiêu % thì 0 điểm (để trống nếu không có)",
    "higher": "Điểm khi cao hơn năm trước",
    "equal": "Điểm khi bằng",
    "lower": "Điểm khi thấp hơn",
    "step": "Nhập theo bước",
}
_LINE = {
    "from": ("Từ", "không giới hạn", 125),
    "to": ("Đến", "không giới hạn", 125),
    "factor": ("hoặc hệ số nhân", "ví dụ 0,005", 125),
    "constant": ("cộng thêm", "0", 95),
}
_LONG = 90
_YES_NO = {
    "ratio": ("Cách cho điểm", {NO: "đạt hay không", YES: "theo tỷ lệ %"}, 165),
    "from_in": ("Kể cả mức từ", {YES: "kể cả", NO: "không kể"}, 120),
    "to_in": ("Kể cả mức đến", {YES: "kể cả", NO: "không kể"}, 120),
}


def draw(node: DraftNode) -> None:
    """Draw the form for the rule of a leaf."""
    kind = _choose_kind(node)
    printed = node.proposal.get("lines", ())
    before = node.rule or node.proposal.get("rule")
    count = _lines_key(node, kind)
    st.session_state.setdefault(count, rule_fields.lines_in(before, kind, printed))
    lines = int(st.session_state[count])
    form = Form(
        name=f"rule of {node.id} {kind}",
        fields=rule_fields.to_fields(before, kind, lines, printed),
        version=node.version,
        store=partial(_store, node, kind),
    )
    form.fill()
    with st.form(f"rule form {node.id}", border=False, enter_to_submit=False):
        _draw_singles(form, kind)
        for place in range(lines):
            _draw_line(form, kind, place)
        if rule_fields.columns(kind):
            st.caption("Dòng để trống cả nội dung và điểm thì không tính. Điểm viết kiểu 0,5.")
        with st.container(horizontal=True, key=f"rule-end-{node.id}"):
            st.form_submit_button(
                "Lưu và xác nhận cách tính",
                key=f"save rule {node.id}",
                type="primary",
                icon=":material/check:",
                on_click=form.saver(),
            )
            if rule_fields.columns(kind):
                more = f"more lines {node.id}"
                st.form_submit_button("Thêm dòng", key=more, icon=":material/add:", on_click=_more, args=(count,))
    form.draw_outcome("Đã lưu cách tính.")


def _choose_kind(node: DraftNode) -> str:
    key = f"rule kind of {node.id}"
    known = node.rule or node.proposal.get("rule") or {"kind": "levels"}
    st.session_state.setdefault(key, known["kind"])
    st.selectbox("Cách tính", list(KINDS), format_func=KINDS.__getitem__, key=key, width=320)
    chosen: str = st.session_state[key]
    return chosen


def _lines_key(node: DraftNode, kind: str) -> str:
    return f"rule lines of {node.id} {kind}"


def _more(count: str) -> None:
    st.session_state[count] = int(st.session_state[count]) + 1


def _draw_singles(form: Form, kind: str) -> None:
    names = rule_fields.singles(kind)
    for name in names:
        if name in _TEXTS or name == "of":
            label, example = _TEXTS.get(name) or _of(kind)
            st.text_input(label, key=form.key(name), placeholder=example, max_chars=400)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name in names:
            if name in _SHORT:
                st.text_input(_SHORT[name], key=form.key(name), width=210, max_chars=40)
            elif name == "empty_denominator":
                options = [each.value for each in EmptyDenominator]
                st.selectbox("Khi mẫu số bằng 0", options, format_func=_empty_name, key=form.key(name), width=320)


def _of(kind: str) -> tuple[str, str]:
    if kind == "compare":
        return "So cái gì với năm trước", "ví dụ Chỉ số hài lòng"
    return "Đếm cái gì", "ví dụ Số văn bản bị nhắc nhở"


def _empty_name(value: str) -> str:
    return EMPTY_NAMES[EmptyDenominator(value)]


def _draw_line(form: Form, kind: str, place: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"rule-line-{kind}-{form.name}-{place}"):
        for name in rule_fields.columns(kind):
            key = form.key(f"{name} {place}")
            if name in _YES_NO:
                label, names, width = _YES_NO[name]
                st.selectbox(label, list(names), format_func=names.__getitem__, key=key, width=width)
            elif name == "text":
                is_long = len(form.fields[f"{name} {place}"]) > _LONG
                field = partial(st.text_area, height=96) if is_long else st.text_input
                field(f"{_line_name(kind)} {place + 1}", key=key, max_chars=2000)
            elif name == "points":
                st.text_input(_points_label(kind, place), key=key, width=110, max_chars=40, placeholder="ví dụ 0,5")
            else:
                label, example, width = _LINE[name]
                st.text_input(label, key=key, width=width, max_chars=40, placeholder=example)


def _line_name(kind: str) -> str:
    return "Mức" if kind == "levels" else "Ý"


def _points_label(kind: str, place: int) -> str:
    return f"{place} trường hợp" if kind == "count" else "Điểm"


def _store(node: DraftNode, kind: str, user: User, fields: Fields, version: int) -> None:
    rule = rule_fields.to_rule(kind, fields, node.rule)
    keeping.change_node(workspace.current().database, user, node.id, {"rule": rule}, expected_version=version)
