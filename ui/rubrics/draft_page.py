"""A draft that is worked on, in four steps: its contents, its rules, what is still wrong, issuing it."""

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.permissions import may_keep_rubrics
from cchc_core.rubric_drafts import building, keeping
from cchc_core.rubric_drafts.building import Built
from cchc_core.rubric_drafts.model import Draft, DraftState, RuleState
from cchc_core.store.users import User
from ui.rubrics import draft_check, draft_content, draft_issue, draft_rules, official, places, told, version_view
from ui.words import clock_time, literal

CONTENT, RULES, CHECK, ISSUE, POINTS = "noi-dung", "cach-tinh", "kiem-tra", "ban-hanh", "diem"
_STEP = "_rubric_step"


def show(user: User, draft_id: str) -> None:
    """Draw a draft at the step that the address names, or say why it is not shown."""
    version_view.draw_way_back()
    if not may_keep_rubrics(user.role):
        st.title("Bộ tiêu chí")
        st.info("Bản soạn chỉ quản trị xem và sửa. Hãy xem các bộ đã ban hành.", icon=":material/lock:")
        return
    try:
        draft = keeping.open_draft(workspace.current().database, user, draft_id)
    except CchcError as why:
        st.title("Bộ tiêu chí")
        told.draw()
        st.error(literal(str(why)))
        return
    st.title(literal(draft.head.title))
    st.markdown(_facts(draft))
    told.draw()
    if draft.state is not DraftState.OPEN:
        _draw_closed(draft)
        return
    built = building.build(draft)
    step = _choose_step(draft, built)
    _draw_step(user, step, draft, built)


def _draw_step(user: User, step: str, draft: Draft, built: Built) -> None:
    if step == RULES:
        draft_rules.draw(draft, built)
    elif step == CHECK:
        draft_check.draw(draft, built)
    elif step == ISSUE:
        draft_issue.draw(draft, built)
    elif step == POINTS:
        official.draw(user, draft, built)
    else:
        draft_content.draw(user, draft, built)


def _facts(draft: Draft) -> str:
    head = draft.head
    source = ":orange-badge[điểm minh hoạ]" if head.points_source == "illustrative" else ":green-badge[điểm chính thức]"
    document = f" · {literal(head.document)}" if head.document else " · :orange[chưa ghi văn bản ban hành]"
    issuer = f"**{literal(head.issuer)}**" if head.issuer else ":orange[chưa ghi cơ quan ban hành]"
    saved = f"{literal(draft.changed_by_name)} lưu lúc {clock_time(draft.changed_at_utc)}"
    return (
        f":blue-badge[Bản soạn] {issuer} · năm {head.year}{document} {source}  \n"
        f":gray[{literal(draft.origin)} · {saved}]"
    )


def _draw_closed(draft: Draft) -> None:
    if draft.state is DraftState.ISSUED:
        st.success("Bản soạn này đã được ban hành. Muốn sửa, hãy soạn phiên bản mới từ bản đã ban hành.")
    else:
        st.info("Bản soạn này đã bỏ. Hãy chọn bản khác trong danh sách.", icon=":material/delete:")


def _choose_step(draft: Draft, built: Built) -> str:
    labels = _labels(draft, built)
    named = st.query_params.get(places.STEP, CONTENT)
    st.session_state[_STEP] = named if named in labels else CONTENT
    with st.container(key="rubric-steps"):
        st.segmented_control(
            "Các bước",
            list(labels),
            format_func=labels.__getitem__,
            key=_STEP,
            on_change=_follow,
            required=True,
            label_visibility="collapsed",
        )
    chosen: str = st.session_state[_STEP]
    return chosen


def _labels(draft: Draft, built: Built) -> dict[str, str]:
    leaves = sum(node.rule_state is not RuleState.NONE for node in draft.nodes)
    waiting = sum(node.rule_state is RuleState.PROPOSED for node in draft.nodes)
    wrong = len(draft_check.mistakes(draft, built))
    labels = {
        CONTENT: f"1 · Nội dung ({leaves} tiêu chí)" if leaves else "1 · Nội dung",
        RULES: f"2 · Cách tính ({waiting} chờ xác nhận)" if waiting else "2 · Cách tính",
        CHECK: f"3 · Kiểm tra ({wrong} lỗi)" if wrong else "3 · Kiểm tra",
        ISSUE: "4 · Ban hành",
    }
    if draft.based_on is not None or draft.head.points_source == "illustrative":
        labels[POINTS] = "Điểm chính thức"
    return labels


def _follow() -> None:
    for name in (places.NODE, places.PAGE):
        places.put(name, "")
    places.put(places.STEP, st.session_state[_STEP])
