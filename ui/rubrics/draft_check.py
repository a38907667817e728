"""Step 3 of a draft: everything that does not add up, each finding with the row that it is about."""

from collections.abc import Iterable, Sequence

import streamlit as st

from cchc_core.rubric_drafts.building import Built, DraftFinding
from cchc_core.rubric_drafts.model import Draft, RuleState
from cchc_core.rules.decimals import format_points
from ui import tables
from ui.rubrics import places, version_tree
from ui.words import literal

_MOST = 60
_WAITS = "chưa xác nhận cách tính"
_OF_HEAD = "Phần chung:"
_LEVELS = {
    "error": ("Lỗi, phải sửa mới ban hành được", "error"),
    "warning": ("Bản in không khớp: giữ nguyên như in, chỉ nêu ra", "rule"),
    "note": ("Nên xem lại", "info"),
}


def mistakes(draft: Draft, built: Built) -> tuple[DraftFinding, ...]:
    """Give the errors that somebody made or that the print has; rules that only wait are told apart."""
    return _told_apart(draft, built.errors)


def draw(draft: Draft, built: Built) -> None:
    """Draw the sums of the set and its findings by how grave they are."""
    waiting = sum(node.rule_state is RuleState.PROPOSED for node in draft.nodes)
    if waiting:
        with st.container(horizontal=True, vertical_alignment="center", key="rubric-waiting"):
            st.warning(f"Còn **{waiting} tiêu chí** chờ xác nhận cách tính.", icon=":material/pending:")
            query = places.of_draft(draft.id, "cach-tinh")
            st.button("Xác nhận ở bước 2", key="to rules", type="primary", on_click=places.go, args=(query,))
    is_clean, told_here = True, _told_apart(draft, built.findings)
    for level, (name, icon) in _LEVELS.items():
        found = [each for each in told_here if each.level == level]
        if found:
            is_clean = is_clean and level != "error"
            with st.expander(f"{name}: {len(found)} chỗ", icon=f":material/{icon}:", expanded=level != "note"):
                _draw_findings(draft, found)
    if is_clean and not waiting:
        st.success("Không có lỗi nào. Bộ tiêu chí ban hành được.", icon=":material/check_circle:")
        query = places.of_draft(draft.id, "ban-hanh")
        st.button("Sang bước 4: Ban hành", key="to issue", type="primary", on_click=places.go, args=(query,))
    if built.rubric is not None:
        st.markdown(f"**Cộng các tiêu chí:** {format_points(built.rubric.max_points())}")
        tables.draw(version_tree.sums_table(built.rubric))


def _told_apart(draft: Draft, found: Iterable[DraftFinding]) -> tuple[DraftFinding, ...]:
    """Leave out what only says that a rule waits: that is told once for all."""
    waiting = {node.id for node in draft.nodes if node.rule_state is RuleState.PROPOSED}
    return tuple(each for each in found if not (each.node_id in waiting and _WAITS in each.message))


def _draw_findings(draft: Draft, found: Sequence[DraftFinding]) -> None:
    for place, finding in enumerate(found[:_MOST]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"task-head-{finding.level}-{place}"):
            where = f"  \n:gray[{literal(finding.place)}]" if finding.place else ""
            st.markdown(f"{literal(finding.message)}{where}")
            if finding.node_id is not None or finding.message.startswith(_OF_HEAD):
                row = {places.NODE: finding.node_id} if finding.node_id else {}
                st.button(
                    "Sửa",
                    key=f"to row {finding.level} {place}",
                    type="tertiary",
                    icon=":material/edit:",
                    on_click=places.go,
                    args=(places.of_draft(draft.id, "noi-dung", **row),),
                )
    if len(found) > _MOST:
        st.caption(f"và {len(found) - _MOST} chỗ nữa.")
