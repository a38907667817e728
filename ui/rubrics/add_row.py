"""A new row in a draft: a part, a section, a criterion below or behind another row."""

import re

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping, tree
from cchc_core.rubric_drafts.model import Draft, DraftNode
from cchc_core.rubric_in.model import NodeKind
from ui import access
from ui.rubrics import draft_rows, places, told

_LAST_NUMBER = re.compile(r"(\d+)(\D*)$")


def draw_first(draft: Draft) -> None:
    """Draw the form of a section at the end of the draft."""
    last = next((node for node in reversed(draft.nodes) if node.kind is NodeKind.SECTION), None)
    code = following(last.code) if last else "1"
    parent = last.parent_id if last else None
    with st.popover("Thêm lĩnh vực", icon=":material/add:"):
        _draw(draft, "end", parent, last.id if last else None, NodeKind.SECTION, code)


def draw_below(draft: Draft, node: DraftNode) -> None:
    """Draw the form of a row below another one."""
    kind = NodeKind.SECTION if node.kind is NodeKind.PART else NodeKind.CRITERION
    below = [each for each in draft.nodes if each.parent_id == node.id]
    code = following(below[-1].code) if below else f"{node.code}.1"
    with st.popover(f"Thêm {draft_rows.KIND_NAMES[kind]} bên dưới", icon=":material/subdirectory_arrow_right:"):
        if tree.is_leaf(node):
            st.caption("Dòng này sẽ thành nhóm: điểm và cách tính chuyển xuống các tiêu chí bên dưới.")
        _draw(draft, f"below {node.id}", node.id, below[-1].id if below else None, kind, code)


def draw_after(draft: Draft, node: DraftNode) -> None:
    """Draw the form of a row behind another one."""
    with st.popover("Thêm ngay sau", icon=":material/add:"):
        _draw(draft, f"after {node.id}", node.parent_id, node.id, node.kind, following(node.code))


def _draw(draft: Draft, name: str, parent: str | None, after: str | None, kind: NodeKind, code: str) -> None:
    with st.form(f"add {name}", border=False, enter_to_submit=False):
        # The proposed code belongs to what stands there now.
        key = f"add|{name}|{code}"
        st.text_input("Mã", code, key=f"{key}|code", max_chars=40, width=150)
        st.text_area(f"Nội dung của {draft_rows.KIND_NAMES[kind]} mới", key=f"{key}|title", max_chars=4000, height=80)
        st.form_submit_button(
            "Thêm", key=f"add row {name}", type="primary", on_click=_add, args=(draft.id, key, parent, after, kind)
        )


def _add(draft_id: str, key: str, parent: str | None, after: str | None, kind: NodeKind) -> None:
    user = access.current_user()
    if user is None:
        return
    code, title = (str(st.session_state.get(f"{key}|{name}") or "") for name in ("code", "title"))
    try:
        keeping.add_node(workspace.current().database, user, draft_id, parent, after, kind, code, title)
    except CchcError as why:
        told.problem(f"Chưa thêm. {why}")
        return
    st.session_state[f"{key}|title"] = ""
    told.success(f"Đã thêm {draft_rows.KIND_NAMES[kind]} {code.strip()}.")
    places.put(places.SEARCH, "")


def following(code: str) -> str:
    """Give the code that comes after one; the same code with a mark where it ends in no number.

    >>> following("1.9"), following("I.1.5.010"), following("a")
    ('1.10', 'I.1.5.011', 'b')
    """
    found = _LAST_NUMBER.search(code)
    if found:
        digits = str(int(found.group(1)) + 1).zfill(len(found.group(1)))
        return f"{code[: found.start()]}{digits}{found.group(2)}"
    return f"{code[:-1]}{chr(ord(code[-1]) + 1)}" if code[-1:].isascii() and code[-1:].isalpha() else f"{code}.1"
