"""What can be done with a version: take it away, compare it, begin the next one from it, put it away."""

from collections.abc import Sequence

import streamlit as st

from cchc_core import rubric_shelf, workspace
from cchc_core.addresses import RUBRIC_FILES_PATH
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_shelf import RubricVersion
from ui import access, navigation
from ui.rubrics import places, told

_KINDS = {
    "docx": ("Tải Word", ":material/description:"),
    "xlsx": ("Tải Excel", ":material/table_view:"),
    "yaml": ("Tải YAML", ":material/code:"),
}
_OTHER = "_rubric_compare_with"


def draw_downloads(version: RubricVersion) -> None:
    """Draw the links to the set in its printed form and as YAML."""
    with st.container(horizontal=True, key="downloads-rubric"):
        for ending, (label, icon) in _KINDS.items():
            st.link_button(label, f"{RUBRIC_FILES_PATH}/{version.sha256}.{ending}", icon=icon)


def draw_ways_on(version: RubricVersion, others: Sequence[RubricVersion]) -> None:
    """Draw what an administrator can begin with this version."""
    with st.container(horizontal=True, key="rubric-ways-on"):
        st.button(
            "Soạn phiên bản mới từ bản này",
            key="rubric copy",
            icon=":material/edit_document:",
            on_click=_copy,
            args=(version.sha256, ""),
        )
        if version.points_source == "illustrative":
            st.button(
                "Đưa điểm chính thức vào",
                key="rubric official",
                type="primary",
                icon=":material/verified:",
                on_click=_copy,
                args=(version.sha256, "diem"),
            )
        words = "Dùng lại" if version.is_ended else "Thôi dùng"
        st.button(words, key="rubric end", on_click=_end, args=(version.sha256, not version.is_ended))
    if not version.is_ended:
        st.caption(
            "«Thôi dùng»: bảng chấm mới không mở được theo phiên bản này nữa; bảng đã mở giữ nguyên, và dùng lại được."
        )


def _copy(sha256: str, step: str) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        draft = keeping.start_copy(workspace.current().database, user, sha256)
    except CchcError as why:
        told.problem(f"Chưa soạn được. {why}")
        return
    told.success("Đã chép thành bản soạn mới. Phiên bản cũ giữ nguyên cho tới khi bạn ban hành bản này.")
    places.go(places.of_draft(draft.id, step))


def _end(sha256: str, is_ended: bool) -> None:
    user = access.current_user()
    if user is None:
        return
    change = rubric_shelf.end_version if is_ended else rubric_shelf.restore_version
    try:
        change(workspace.current().database, user, sha256)
    except CchcError as why:
        told.problem(f"Chưa đổi được. {why}")
        return
    told.success(
        "Đã thôi dùng phiên bản này cho bảng chấm mới." if is_ended else "Bảng chấm mới lại mở được theo bản này."
    )


def draw_compare(version: RubricVersion) -> None:
    """Draw the choice of another version to compare this one with: what came before it stands first."""
    every = rubric_shelf.list_versions(workspace.current().database)
    labels = {places.named(each): _label(each) for each in _by_likelihood(version, every)}
    if not labels:
        return
    with st.expander("So sánh với phiên bản khác", icon=":material/compare_arrows:", key="rubric-compare"):
        st.selectbox("So với", list(labels), format_func=labels.__getitem__, key=_OTHER)
        st.page_link(
            navigation.RUBRICS,
            label="Xem khác nhau những gì",
            icon=":material/difference:",
            query_params=places.of_version(version, **{places.COMPARE: st.session_state[_OTHER]}),
        )


def _by_likelihood(version: RubricVersion, every: Sequence[RubricVersion]) -> list[RubricVersion]:
    others = [each for each in every if each.sha256 != version.sha256]
    return sorted(
        others,
        key=lambda each: (
            (each.rubric_id, each.number) != (version.rubric_id, version.number - 1),
            each.rubric_id != version.rubric_id,
            each.issuer != version.issuer,
        ),
    )


def _label(version: RubricVersion) -> str:
    return f"{version.issuer}, {version.year}, phiên bản {version.number}"
