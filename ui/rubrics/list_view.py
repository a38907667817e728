"""The criteria sets: each with its versions, where they come from, their points and who uses them."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from cchc_core import rubric_shelf, workspace
from cchc_core.permissions import may_keep_rubrics
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import Draft, DraftState
from cchc_core.rubric_shelf import RubricVersion
from cchc_core.rules.decimals import format_points
from cchc_core.store.users import User
from ui import navigation
from ui.rubrics import places, told
from ui.words import clock_time, literal

FROM_FILE = "tep"


def show(user: User) -> None:
    """Draw the sets, the drafts and the way to bring in a new one."""
    st.title("Bộ tiêu chí")
    told.draw()
    st.markdown(
        "Mỗi bộ tiêu chí do tỉnh ban hành là một phiên bản không ai sửa được; bảng chấm điểm giữ đúng phiên bản mà nó "
        "mở. Có gì thay đổi thì ban hành phiên bản mới."
    )
    may_keep = may_keep_rubrics(user.role)
    if may_keep:
        _draw_way_in()
        _draw_drafts(keeping.list_drafts(workspace.current().database, user))
    else:
        st.caption("Đưa bộ tiêu chí mới vào là việc của quản trị; bạn xem và tải về được mọi bộ.")
    _draw_sets()


def _draw_way_in() -> None:
    with st.container(key="rubrics-way-in"):
        st.button(
            "Đưa bộ tiêu chí mới vào",
            key="new set",
            type="primary",
            icon=":material/add_circle:",
            on_click=places.go,
            args=(places.of_new(FROM_FILE),),
        )


def _draw_drafts(drafts: Sequence[Draft]) -> None:
    opened = [draft for draft in drafts if draft.state is DraftState.OPEN]
    if not opened:
        return
    st.subheader("Đang soạn")
    for draft in opened:
        with st.container(border=True, key=f"rubric-line-{draft.id}"):
            st.page_link(
                navigation.RUBRICS,
                label=f"**{literal(draft.head.title)}**",
                icon=":material/edit_document:",
                query_params=places.of_draft(draft.id),
            )
            saved = f"{literal(draft.changed_by_name)} lưu lúc {clock_time(draft.changed_at_utc)}"
            issuer = literal(draft.head.issuer or "Chưa ghi cơ quan")
            st.caption(f"{issuer} · năm {draft.head.year} · {literal(draft.origin)} · {saved}")


def _draw_sets() -> None:
    database = workspace.current().database
    versions = rubric_shelf.list_versions(database)
    for problem in rubric_shelf.current_rubrics(database)[1]:
        st.error(literal(problem), icon=":material/description:")
    st.subheader("Đã ban hành")
    if not versions:
        st.info("Chưa có bộ tiêu chí nào. Hãy đưa bộ tiêu chí của tỉnh vào.", icon=":material/inbox:")
    for rubric_id, of_set in groupby(versions, key=lambda version: version.rubric_id):
        listed = tuple(of_set)
        with st.container(border=True, key=f"rubric-line-{rubric_id}"):
            _draw_set(listed, rubric_shelf.rubric_of(database, listed[0].sha256))


def _draw_set(versions: Sequence[RubricVersion], newest: Rubric) -> None:
    first = versions[0]
    st.page_link(
        navigation.RUBRICS,
        label=f"**{literal(first.issuer)}, {first.year}:** {literal(first.title)}",
        icon=":material/account_tree:",
        query_params=places.of_version(first),
    )
    st.markdown(summary(newest))
    for version in versions:
        if len(versions) == 1:
            st.caption(version_facts(version))
        else:
            st.page_link(
                navigation.RUBRICS, label=f":gray[{version_facts(version)}]", query_params=places.of_version(version)
            )


def summary(rubric: Rubric) -> str:
    """Say how large a set is."""
    source = ":orange-badge[điểm minh hoạ]" if rubric.is_illustrative else ":green-badge[điểm chính thức]"
    total = f"**{format_points(rubric.max_points())}**"
    return f"{len(rubric.sections)} lĩnh vực · {len(rubric.leaves)} tiêu chí · {total} {source}"


def version_facts(version: RubricVersion) -> str:
    """Say where a version comes from and how many assessments hold to it."""
    used = f"{version.used_by} bảng chấm đang dùng" if version.used_by else "chưa bảng chấm nào dùng"
    if version.issued_at_utc is None:
        source = "kèm theo chương trình"
    else:
        source = f"{literal(version.issued_by_name)} ban hành lúc {clock_time(version.issued_at_utc)}"
    state = " · đã thôi dùng" if version.is_ended else " · mới nhất" if version.is_newest else ""
    note = f" · {literal(version.note)}" if version.note else ""
    return f"Phiên bản {version.number}{state} · {source} · {used}{note}"
