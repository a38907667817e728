"""Step 4 of a draft: what will be issued, the note that goes with it, the button; or dropping the draft."""

import streamlit as st

from cchc_core import rubric_shelf, workspace
from cchc_core.errors import CchcError
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_drafts import issuing, keeping
from cchc_core.rubric_drafts.building import Built
from cchc_core.rubric_drafts.issuing import Overtaken
from cchc_core.rubric_drafts.model import Draft, RuleState
from ui import access, navigation
from ui.rubrics import draft_check, list_view, places, told
from ui.words import literal

_NOTE = "_rubric_issue_note"


def draw(draft: Draft, built: Built) -> None:
    """Draw what is to be issued, or what still stands in the way."""
    errors = sum(finding.level == "error" for finding in built.findings)
    if errors or built.rubric is None:
        _draw_not_yet(draft, built)
    else:
        _draw_issue(draft, built.rubric)
    _draw_drop(draft)


def _draw_not_yet(draft: Draft, built: Built) -> None:
    """Say what stands in the way, and lead to it: errors of step 3, or rules that wait in step 2."""
    mistakes = len(draft_check.mistakes(draft, built))
    waiting = sum(node.rule_state is RuleState.PROPOSED for node in draft.nodes)
    parts = [f"{mistakes} lỗi phải sửa"] if mistakes or not waiting else []
    parts += [f"{waiting} tiêu chí chờ xác nhận cách tính"] if waiting else []
    st.warning(f"Chưa ban hành được: còn {', '.join(parts)}.", icon=":material/block:")
    leads_to_rules = waiting and not mistakes
    label = "Xác nhận ở bước 2" if leads_to_rules else "Xem các lỗi ở bước 3"
    query = places.of_draft(draft.id, "cach-tinh" if leads_to_rules else "kiem-tra")
    st.button(label, key="back to check", type="primary", on_click=places.go, args=(query,))


def _draw_issue(draft: Draft, rubric: Rubric) -> None:
    earlier = rubric_shelf.versions_of(workspace.current().database, draft.rubric_id)
    number = earlier[0].number + 1 if earlier else 1
    lines = [
        f"Sẽ ban hành **phiên bản {number}** của «{literal(rubric.title)}».",
        f"{literal(rubric.issuer)}, năm {rubric.year} · {literal(rubric.document)}",
        list_view.summary(rubric),
    ]
    if in_use := next((each for each in earlier if each.is_newest), None):
        lines.append(f"Thay cho phiên bản {in_use.number} «{literal(in_use.title)}» khi mở bảng chấm mới.")
    if used := sum(each.used_by for each in earlier):
        lines.append(f"{used} bảng chấm đang dùng phiên bản cũ giữ nguyên phiên bản của mình.")
    st.markdown("  \n".join(lines))
    st.markdown(
        "Sau khi ban hành, phiên bản này không ai sửa được nữa. Bảng chấm mới sẽ mở theo nó; cần đổi gì thì soạn phiên "
        "bản tiếp theo."
    )
    st.text_input(
        "Ghi chú của phiên bản",
        key=_NOTE,
        max_chars=400,
        placeholder="ví dụ: theo Quyết định sửa đổi ngày 15/03/2026, đổi điểm 3 tiêu chí",
    )
    overtaken = issuing.overtaken_by(draft, earlier)
    is_known = overtaken is None or _draw_overtaken(overtaken)
    st.button(
        f"Ban hành phiên bản {number}",
        key="issue set",
        type="primary",
        icon=":material/verified:",
        disabled=not is_known,
        on_click=_issue,
        args=(draft, () if overtaken is None else tuple(each.sha256 for each in overtaken.since)),
    )


def _draw_overtaken(overtaken: Overtaken) -> bool:
    """Say what came since the draft was begun; tell whether the person issues it all the same."""
    newest = overtaken.since[0]
    st.warning(f"Khoan đã: {literal(overtaken.problem)}.", icon=":material/warning:")
    st.page_link(
        navigation.RUBRICS,
        label=f"So sánh phiên bản {overtaken.base.number} với phiên bản {newest.number}",
        icon=":material/compare_arrows:",
        query_params=places.of_version(newest, **{places.COMPARE: places.named(overtaken.base)}),
    )
    label = "Tôi đã xem những thay đổi ấy; bản soạn này thay cho tất cả"
    return st.checkbox(label, key=f"_rubric_in_place_of {newest.sha256[:12]}")


def _issue(draft: Draft, in_place_of: tuple[str, ...]) -> None:
    user = access.current_user()
    if user is None:
        return
    note = str(st.session_state.get(_NOTE) or "")
    try:
        version = issuing.issue(
            workspace.current().database,
            user,
            draft.id,
            note=note,
            expected_version=draft.revision,
            in_place_of=in_place_of,
        )
    except CchcError as why:
        told.problem(f"Chưa ban hành. {why}")
        return
    told.success(f"Đã ban hành phiên bản {version.number}. Mở bảng chấm điểm theo bộ này ở trang «Bắt đầu».")
    places.go(places.of_version(version))


def _draw_drop(draft: Draft) -> None:
    with st.expander("Bỏ bản soạn này", icon=":material/delete:", key="rubric-drop"):
        st.markdown("Bản soạn biến khỏi danh sách. Những phiên bản đã ban hành không bị ảnh hưởng.")
        st.checkbox("Tôi muốn bỏ bản soạn này", key="_rubric_drop_sure")
        st.button(
            "Bỏ bản soạn",
            key="drop draft",
            disabled=not st.session_state["_rubric_drop_sure"],
            on_click=_drop,
            args=(draft,),
        )


def _drop(draft: Draft) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        keeping.drop_draft(workspace.current().database, user, draft.id)
    except CchcError as why:
        told.problem(f"Chưa bỏ. {why}")
        return
    told.success(f"Đã bỏ bản soạn «{draft.head.title}».")
    places.go(places.of_list())
