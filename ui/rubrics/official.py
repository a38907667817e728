"""Official points for a set whose points are illustrative: typed in place or from a workbook, with their document."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from cchc_core import workspace
from cchc_core.addresses import RUBRIC_FILES_PATH
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import official_points, points_file, tree
from cchc_core.rubric_drafts.building import Built
from cchc_core.rubric_drafts.model import Draft, DraftNode
from cchc_core.rubric_drafts.official_points import PointsPut
from cchc_core.store.users import User
from cchc_core.workbook_in.model import Problem
from ui import access, current
from ui.rubrics import draft_rows, places, told
from ui.rubrics.typed_numbers import plain, typed
from ui.words import literal, literal_label

_DOCUMENT, _SECTION = "_rubric_points_document", "_rubric_points_section"
_ROUND = "_rubric_points_round"
_FEW = 8


def draw(user: User, draft: Draft, _built: Built) -> None:
    """Draw the document's field and both ways to give the points."""
    leaves = [node for node in draft.nodes if tree.is_leaf(node)]
    given = sum(bool(node.proposal.get("points_from")) for node in leaves)
    st.markdown(
        "Văn bản của bộ này không in điểm, hoặc tỉnh vừa công bố điểm khác? Ghi số, ngày của văn bản có điểm rồi đưa "
        "điểm vào. Khi mọi tiêu chí đã có điểm từ văn bản, bộ tiêu chí trở thành **điểm chính thức**."
    )
    st.markdown(f"**{given}/{len(leaves)}** tiêu chí đã có điểm từ văn bản.")
    st.session_state.setdefault(_DOCUMENT, draft.head.points_document or "")
    st.text_input(
        "Văn bản có điểm (số, ngày)",
        key=_DOCUMENT,
        max_chars=400,
        placeholder="ví dụ Quyết định số 45/QĐ-UBND ngày 20/02/2026",
    )
    from_file, in_place = st.tabs(["Từ tệp Excel", "Gõ tại chỗ"])
    with from_file:
        _draw_file(user, draft)
    with in_place:
        _draw_typing(draft)


def _draw_file(user: User, draft: Draft) -> None:
    st.markdown("Tải bảng về, điền cột điểm, rồi thả lại vào đây.")
    address = f"{RUBRIC_FILES_PATH}/diem/{draft.id}.xlsx"
    st.link_button("Tải bảng để điền điểm (.xlsx)", address, icon=":material/download:")
    uploaded = st.file_uploader("Bảng điểm đã điền", key=f"_rubric_points_{st.session_state.get(_ROUND, 0)}")
    if uploaded is None:
        return
    try:
        read = points_file.read_points_file(uploaded.getvalue(), uploaded.name, draft)
    except CchcError as why:
        st.error(f"**CHƯA ĐỌC ĐƯỢC.** {literal(str(why))}", icon=":material/error:")
        return
    if read.problems:
        _draw_problems(read.problems)
        return
    st.success(f"Đọc được **{len(read.points)}** dòng có điểm, không có lỗi nào.", icon=":material/check_circle:")
    for note in read.notes:
        st.caption(literal(note))
    st.button(
        f"Đưa {len(read.points)} dòng điểm vào",
        key="put points",
        type="primary",
        on_click=_put,
        args=(draft.id, read.points, read.document),
    )


def _draw_problems(problems: Sequence[Problem]) -> None:
    st.error(f"**CHƯA ĐƯA VÀO.** Tệp có {len(problems)} chỗ cần sửa.", icon=":material/error:")
    rows = [(each.where, each.problem, each.to_do) for each in problems]
    frame = pd.DataFrame(rows, columns=["Ở đâu", "Điều gì sai", "Cần làm gì"]).map(literal)
    st.table(frame, border="horizontal", hide_index=True)


def _draw_typing(draft: Draft) -> None:
    sections = {node.id: draft_rows.named(node) for node in draft.nodes if node.kind == "section"}
    if not sections:
        st.info("Bản soạn chưa có lĩnh vực nào. Hãy thêm ở bước 1.", icon=":material/inbox:")
        return
    named = st.query_params.get(current.SECTION)
    st.session_state[_SECTION] = named if named in sections else next(iter(sections))
    st.selectbox("Lĩnh vực", list(sections), format_func=sections.__getitem__, key=_SECTION, on_change=_follow)
    of = draft_rows.sections_of(draft)
    leaves = [node for node in draft.nodes if tree.is_leaf(node) and of[node.id] == st.session_state[_SECTION]]
    for node in leaves:
        # What no document gave is no official point, not even where nobody would give another one: it stays empty.
        st.session_state.setdefault(_key(node), _in_use(node) if node.proposal.get("points_from") else "")
    st.caption(
        "Ô để trống là chưa có điểm từ văn bản; số mờ trong ô là điểm đang dùng. Điểm nào giữ nguyên cũng gõ lại."
    )
    with st.form(f"points of {st.session_state[_SECTION]}", border=False, enter_to_submit=False):
        for node in leaves:
            _draw_leaf(node)
        st.form_submit_button(
            "Lưu điểm của lĩnh vực này", key="save points", type="primary", on_click=_put_typed, args=(draft, leaves)
        )


def _draw_leaf(node: DraftNode) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"rubric-points-{node.id}"):
        source = " :green-badge[đã có từ văn bản]" if node.proposal.get("points_from") else ""
        st.markdown(f"**{literal(node.code)}** · {literal(node.title)}{source}")
        st.text_input(
            literal_label(f"Điểm của {node.code}"),
            key=_key(node),
            width=120,
            max_chars=40,
            label_visibility="collapsed",
            placeholder=_in_use(node),
        )


def _in_use(node: DraftNode) -> str:
    return typed(node.fields.get("max_points"))


def _key(node: DraftNode) -> str:
    return f"points of {node.id} {node.version}"


def _follow() -> None:
    places.put(current.SECTION, st.session_state[_SECTION])


def _put_typed(draft: Draft, leaves: Sequence[DraftNode]) -> None:
    points: dict[str, Decimal] = {}
    try:
        for node in leaves:
            text = str(st.session_state.get(_key(node)) or "")
            if text.strip():
                points[node.code] = Decimal(plain(f"Điểm của {node.code}", text))
    except CchcError as why:
        told.problem(f"Chưa lưu. {why}")
        return
    _put(draft.id, points)


def _put(draft_id: str, points: Mapping[str, Decimal], named_in_file: str = "") -> None:
    user = access.current_user()
    if user is None:
        return
    document = str(st.session_state.get(_DOCUMENT) or "").strip() or named_in_file
    try:
        put = official_points.put_points(workspace.current().database, user, draft_id, points, document)
    except CchcError as why:
        told.problem(f"Chưa lưu. {why}")
        return
    st.session_state[_ROUND] = int(st.session_state.get(_ROUND, 0)) + 1
    told.success(_outcome(put))


def _outcome(put: PointsPut) -> str:
    said = [f"Đã lưu điểm, {put.changed} dòng thay đổi."]
    if put.proposed_again:
        codes = ", ".join(put.proposed_again[:_FEW]) + ("…" if len(put.proposed_again) > _FEW else "")
        said.append(f"Cách tính của {len(put.proposed_again)} tiêu chí cần xác nhận lại ở bước 2: {codes}.")
    if put.is_official:
        said.append("Mọi tiêu chí đã có điểm từ văn bản: bộ này giờ là điểm chính thức.")
    else:
        said.append(f"Còn {len(put.missing)} tiêu chí chưa có điểm từ văn bản.")
    return " ".join(said)
