"""One leaf of a draft: what is printed on the left, how it would be scored on the right, and the decision."""

from collections.abc import Callable, Iterator, Sequence

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import RULE_STATE_NAMES, Draft, DraftNode, RuleState
from cchc_core.store.database import Database
from cchc_core.store.users import User
from ui import access
from ui.rubrics import draft_rows, places, rule_form, told
from ui.rubrics.rule_fields import KINDS
from ui.rubrics.rule_json import lines_of
from ui.rubrics.typed_numbers import typed
from ui.rubrics.version_tree import as_lines
from ui.words import literal

_SURE, _LIKELY = 0.9, 0.6
_COLOURS = {RuleState.PROPOSED: "orange", RuleState.CONFIRMED: "green", RuleState.MANUAL: "gray"}


def tick_key(node: DraftNode) -> str:
    """Name the field that marks a leaf for a decision about many."""
    return f"tick rule {node.id}"


def draw(draft: Draft, node: DraftNode) -> None:
    """Draw a leaf with its proposal; the form below it where the address opens it."""
    is_open = st.query_params.get(places.NODE) == node.id
    with st.container(border=True, key=f"rubric-card-{node.id}"):
        state = f":{_COLOURS[node.rule_state]}-badge[{RULE_STATE_NAMES[node.rule_state].lower()}]"
        points = typed(node.fields.get("max_points"))
        shown = f"**{literal(points)}** điểm" if points else ":red[chưa có điểm]"
        st.markdown(f"**{literal(node.code)}** · {literal(node.title)}  \n{shown} {state}")
        if _is_printed(node):
            print_side, rule_side = st.columns(2, gap="medium")
            print_side.markdown(as_lines(*_printed(node)))
            rule_side.markdown(as_lines(*_proposed(node)))
        else:
            st.markdown(as_lines(*_proposed(node)))
        _draw_buttons(draft, node, is_open)
        if is_open:
            rule_form.draw(node)


def _is_printed(node: DraftNode) -> bool:
    """Tell whether there is a print to hold the rule against: not so for what was copied or written here."""
    return bool(node.place or node.proposal.get("lines"))


def _printed(node: DraftNode) -> Iterator[str]:
    yield "*Văn bản in*"
    lines = draft_rows.printed_lines(node)
    yield from (f"- {line}" for line in lines)
    if not lines:
        yield ":gray[Không có dòng nào về cách chấm dưới tiêu chí này.]"
    if note := node.fields.get("note"):
        yield f"Ghi chú: {literal(str(note))}"
    if node.place:
        yield f":gray[{literal(node.place)}]"


def _proposed(node: DraftNode) -> Iterator[str]:
    is_waiting = node.rule_state is RuleState.PROPOSED
    yield f"*{'Đề xuất' if is_waiting else 'Cách tính'}*"
    if node.rule is None:
        yield ":gray[Không đoán được cách tính từ lời văn.]" if is_waiting else "Nhập điểm tay"
    else:
        yield f":blue-badge[{KINDS[node.rule['kind']].lower()}]{_confidence(node) if is_waiting else ''}"
        yield from lines_of(node.rule)
    named = {"Hạ điểm chuẩn": "not_applicable_clause", "Huỷ điểm": "void_condition"}
    yield from (f"*{name}:* {literal(str(node.fields[key]))}" for name, key in named.items() if node.fields.get(key))
    if is_waiting and (reason := node.proposal.get("reason")):
        yield f":gray[Vì sao: {literal(str(reason))}]"


def _confidence(node: DraftNode) -> str:
    confidence = float(node.proposal.get("confidence", 0))
    colour = "green" if confidence >= _SURE else "orange" if confidence >= _LIKELY else "red"
    return f" :{colour}-badge[tin cậy {confidence:.0%}]"


def _draw_buttons(draft: Draft, node: DraftNode, is_open: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"rubric-decide-{node.id}"):
        is_waiting = node.rule_state is RuleState.PROPOSED
        if is_waiting and node.rule is not None:
            st.button(
                "Xác nhận",
                key=f"confirm {node.id}",
                type="primary",
                icon=":material/check:",
                on_click=_decide,
                args=(keeping.confirm_rules, draft.id, node.id),
            )
        st.button(
            "Đóng ô sửa" if is_open else "Sửa cách tính",
            key=f"change rule {node.id}",
            icon=":material/expand_less:" if is_open else ":material/edit:",
            on_click=places.toggle,
            args=(node.id, is_open),
        )
        if node.rule_state is not RuleState.MANUAL:
            st.button(
                "Để nhập điểm tay",
                key=f"manual {node.id}",
                on_click=_decide,
                args=(keeping.leave_manual, draft.id, node.id),
            )
        if is_waiting and node.rule is not None:
            st.checkbox("Đánh dấu", key=tick_key(node))


def _decide(decide: Callable[[Database, User, str, Sequence[str]], object], draft_id: str, node_id: str) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        decide(workspace.current().database, user, draft_id, [node_id])
    except CchcError as why:
        told.problem(f"Chưa lưu. {why}")
        return
    if st.query_params.get(places.NODE) == node_id:
        places.put(places.NODE, "")
