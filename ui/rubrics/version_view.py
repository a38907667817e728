"""A version of a criteria set as people read it: its head, what does not add up, its sections with every rule."""

from collections.abc import Sequence

import streamlit as st

from cchc_core import rubric_shelf, workspace
from cchc_core.errors import CchcError
from cchc_core.permissions import may_keep_rubrics
from cchc_core.rubric.bodies import BODY_KIND_NAMES
from cchc_core.rubric.checks import Finding
from cchc_core.rubric.model import Rubric
from cchc_core.rubric.notes import every_finding
from cchc_core.rubric_shelf import RubricVersion
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import Effect
from cchc_core.store.users import User
from ui import navigation
from ui.rubrics import list_view, places, told, version_actions, version_tree
from ui.words import literal

_LEVELS = {
    "error": ("Lỗi", ":material/error:"),
    "warning": ("Bản in không khớp", ":material/rule:"),
    "note": ("Nên xem lại", ":material/info:"),
}


def show(user: User) -> None:
    """Draw the version that the address names."""
    draw_way_back()
    version = _opened()
    if version is None:
        return
    database = workspace.current().database
    try:
        rubric = rubric_shelf.rubric_of(database, version.sha256)
    except CchcError as why:
        st.error(literal(str(why)))
        return
    st.title(literal(rubric.title))
    told.draw()
    st.markdown(_head(rubric, version))
    others = rubric_shelf.versions_of(database, version.rubric_id)
    _draw_versions(version, others)
    version_actions.draw_downloads(version)
    if may_keep_rubrics(user.role):
        version_actions.draw_ways_on(version, others)
    version_actions.draw_compare(version)
    draw_findings(every_finding(rubric))
    version_tree.draw(rubric)


def draw_way_back() -> None:
    """Draw the link to the list."""
    with st.container(key="rubrics-back"):
        st.page_link(
            navigation.RUBRICS,
            label="Mọi bộ tiêu chí",
            icon=":material/arrow_back:",
            query_params=places.of_list(),
        )


def _opened() -> RubricVersion | None:
    """Give the version that the address names; the newest where it names a set alone."""
    rubric_id = st.query_params[places.RUBRIC]
    versions = rubric_shelf.versions_of(workspace.current().database, rubric_id)
    number = st.query_params.get(places.NUMBER)
    named = [each for each in versions if number in (None, str(each.number))]
    if named:
        return named[0]
    st.title("Bộ tiêu chí")
    wanted = f"phiên bản {number[:10]} của " if number is not None else ""
    st.warning(
        f"Không có {literal(wanted)}bộ tiêu chí «{literal(rubric_id[:60])}». Hãy chọn trong danh sách.",
        icon=":material/link_off:",
    )
    return None


def _head(rubric: Rubric, version: RubricVersion) -> str:
    lines = [
        f"**{literal(rubric.issuer)}** · năm {rubric.year} · {literal(rubric.document)}",
        list_view.summary(rubric),
        list_view.version_facts(version),
    ]
    if rubric.is_illustrative:
        lines.append("Văn bản không in điểm: điểm ở đây chỉ để thử, không dùng để xếp hạng.")
    if rubric.points_document:
        lines.append(f"Điểm chính thức theo {literal(rubric.points_document)}")
    if rubric.applies_to:
        lines.append("Áp dụng cho: " + ", ".join(BODY_KIND_NAMES[kind].lower() for kind in rubric.applies_to))
    lines += [f"{_cap_name(cap.effect)} {_where(cap.node)}: tối đa {format_points(cap.most)}" for cap in rubric.caps]
    return "  \n".join(lines)


def _cap_name(effect: Effect) -> str:
    return "Điểm thưởng" if effect is Effect.BONUS else "Điểm trừ"


def _where(node: str | None) -> str:
    return "của cả bộ" if node is None else f"của {literal(node)}"


def _draw_versions(version: RubricVersion, others: Sequence[RubricVersion]) -> None:
    if len(others) < 2:
        return
    labels = {str(each.number): _label(each) for each in others}
    key = "_rubric_version"
    st.session_state[key] = str(version.number)
    st.selectbox("Phiên bản", list(labels), format_func=labels.__getitem__, key=key, on_change=_follow, width=420)


def _label(version: RubricVersion) -> str:
    state = " (đã thôi dùng)" if version.is_ended else " (mới nhất)" if version.is_newest else ""
    return f"Phiên bản {version.number}{state}"


def _follow() -> None:
    places.put(places.NUMBER, st.session_state["_rubric_version"])


def draw_findings(found: Sequence[Finding]) -> None:
    """Draw what does not add up: errors and warnings in sight, what is only worth a look folded up."""
    for level, (name, icon) in _LEVELS.items():
        listed = [finding for finding in found if finding.level == level]
        if not listed:
            continue
        with st.expander(f"{name}: {len(listed)} chỗ", icon=icon, expanded=level == "error", key=f"found {level}"):
            st.markdown("\n".join(f"- {literal(finding.message)}" for finding in listed))
