"""Moving rows of a draft, taking them out, and undoing the last change."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import Draft, DraftNode
from cchc_core.store.users import User
from ui import access
from ui.rubrics import places, told
from ui.words import literal

_LAST = "_rubric_undo"
_MOST = 30


@dataclass(frozen=True, slots=True)
class _Undo:
    """The last change of a draft: what takes it back; without ``before`` a row that was taken out."""

    node_id: str
    words: str
    before: dict[str, Any] | None = None


def move(node_id: str, is_up: bool) -> None:
    """Move a row before or behind the one that it stands beside."""
    user = access.current_user()
    if user is None:
        return
    try:
        keeping.move_node(workspace.current().database, user, node_id, up=is_up, down=not is_up)
    except CchcError as why:
        told.problem(f"Chưa chuyển. {why}")


def move_under(node_id: str, key: str) -> None:
    """Move a row below the one that a field names."""
    user, parent = access.current_user(), st.session_state.get(key)
    if user is None or not parent:
        return
    try:
        keeping.move_node(workspace.current().database, user, node_id, parent_id=str(parent))
    except CchcError as why:
        told.problem(f"Chưa chuyển. {why}")
        return
    told.success("Đã chuyển chỗ, cùng mọi dòng bên dưới.")


def take_out(_draft: Draft, node: DraftNode) -> None:
    """Take a row out with all that stands below it."""
    user = access.current_user()
    if user is None:
        return
    try:
        keeping.end_node(workspace.current().database, user, node.id)
    except CchcError as why:
        told.problem(f"Chưa bỏ. {why}")
        return
    st.session_state[_LAST] = _Undo(node.id, f"bỏ {node.code}")
    told.success(f"Đã bỏ {node.code} cùng mọi dòng bên dưới. Bấm «Hoàn tác» để lấy lại.")
    places.put(places.NODE, "")


def remember_change(node: DraftNode, changes: dict[str, Any]) -> None:
    """Keep what stood in a row before it was changed."""
    before: dict[str, Any] = {name: getattr(node, name) for name in ("code", "title") if name in changes}
    if "fields" in changes:
        before["fields"] = {name: node.fields.get(name) for name in changes["fields"]}
    st.session_state[_LAST] = _Undo(node.id, f"sửa {node.code}", before)


def draw_undo(draft: Draft) -> None:
    """Draw the button that takes the last change back, where there is one in this draft."""
    last: _Undo | None = st.session_state.get(_LAST)
    if last is None or (last.before is not None and all(node.id != last.node_id for node in draft.nodes)):
        return
    st.button(
        f"Hoàn tác: {last.words}", key="undo row", icon=":material/undo:", on_click=_undo, args=(draft.nodes, last)
    )


def draw_taken_out(user: User, draft: Draft) -> None:
    """Draw what was taken out of a draft, each with the way back."""
    ended = keeping.ended_nodes(workspace.current().database, user, draft.id)
    if not ended:
        return
    with st.expander(f"Đã bỏ ra: {len(ended)} dòng", icon=":material/restore_from_trash:", key="rubric-taken-out"):
        for node in ended[:_MOST]:
            with st.container(horizontal=True, key=f"task-head-out-{node.id}"):
                st.markdown(f"**{literal(node.code)}** · {literal(node.title)}")
                st.button(
                    "Lấy lại",
                    key=f"restore {node.id}",
                    type="tertiary",
                    icon=":material/undo:",
                    on_click=_restore,
                    args=(node.id, node.code),
                )


def _restore(node_id: str, code: str) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        keeping.restore_node(workspace.current().database, user, node_id)
    except CchcError as why:
        told.problem(f"Chưa lấy lại được. {why}")
        return
    told.success(f"Đã lấy lại {code} cùng mọi dòng đã bỏ theo.")


def _undo(nodes: tuple[DraftNode, ...], last: _Undo) -> None:
    user = access.current_user()
    if user is None:
        return
    database = workspace.current().database
    try:
        if last.before is None:
            keeping.restore_node(database, user, last.node_id)
        else:
            version = next(node.version for node in nodes if node.id == last.node_id)
            keeping.change_node(database, user, last.node_id, last.before, expected_version=version)
    except CchcError as why:
        told.problem(f"Chưa hoàn tác. {why}")
        return
    st.session_state.pop(_LAST, None)
    told.success("Đã hoàn tác.")
