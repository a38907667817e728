"""Step 2 of a draft: each proposed rule beside the printed text, to be confirmed, changed or left to a person."""

from collections.abc import Callable, Sequence

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping, tree
from cchc_core.rubric_drafts.building import Built
from cchc_core.rubric_drafts.model import Draft, DraftNode, RuleState
from cchc_core.store.database import Database
from cchc_core.store.users import User
from ui import access, current
from ui.rubrics import draft_rows, places, rule_card, told

CARDS_A_PAGE = 15
SURE = 0.9
_SHOWN, _SECTION = "_rubric_rules_shown", "_rubric_rules_section"
_EVERY = "tat-ca"
_STATES = {"cho": RuleState.PROPOSED, "xong": RuleState.CONFIRMED, "tay": RuleState.MANUAL, _EVERY: None}
_NAMES = {"cho": "Chờ xác nhận", "xong": "Đã xác nhận", "tay": "Nhập điểm tay", _EVERY: "Tất cả"}
_Decide = Callable[[Database, User, str, Sequence[str]], object]


def draw(draft: Draft, _built: Built) -> None:
    """Draw the rules that the filters ask for, a page at a time, with what can be done for many at once."""
    leaves = [node for node in draft.nodes if tree.is_leaf(node)]
    if not leaves:
        st.info("Chưa có tiêu chí nào để đặt cách tính. Hãy thêm tiêu chí ở bước 1.", icon=":material/inbox:")
        return
    if not any(node.rule_state is RuleState.PROPOSED for node in leaves):
        st.success("Mọi tiêu chí đã có cách tính được xác nhận hoặc để nhập tay.", icon=":material/check_circle:")
        st.button("Sang bước 3: Kiểm tra", key="to check", type="primary", on_click=_to_check, args=(draft.id,))
    st.markdown(
        "Không cách tính nào được dùng khi chưa có người xác nhận. So đề xuất với văn bản in ở bên trái: đúng thì xác "
        "nhận, chưa đúng thì sửa, văn bản không nói rõ thì để nhập điểm tay."
    )
    shown = _choose(draft, leaves)
    listed = _listed(draft, leaves, shown)
    page = _page_of(listed)
    _draw_many(draft, leaves, page)
    if not listed:
        st.info("Không có tiêu chí nào ở mục này. Hãy chọn mục khác.", icon=":material/filter_alt_off:")
    for node in page:
        rule_card.draw(draft, node)
    _draw_pages(listed)


def _to_check(draft_id: str) -> None:
    places.go(places.of_draft(draft_id, "kiem-tra"))


def _choose(draft: Draft, leaves: Sequence[DraftNode]) -> str:
    labels = {key: f"{_NAMES[key]} ({_count(leaves, key)})" for key in _STATES}
    named = st.query_params.get(places.SHOWN, "")
    opened = st.query_params.get(places.NODE)
    first = _EVERY if opened or not _count(leaves, "cho") else "cho"
    st.session_state[_SHOWN] = named if named in labels else first
    sections = {node.id: draft_rows.named(node) for node in draft.nodes if node.kind == "section"}
    wanted = st.query_params.get(current.SECTION, _EVERY)
    st.session_state[_SECTION] = wanted if wanted in sections else _EVERY
    # Not in one row with the field: buttons that share a row are cut off on a phone instead of going on below.
    st.segmented_control(
        "Hiện", list(labels), format_func=labels.__getitem__, key=_SHOWN, on_change=_follow_shown, required=True
    )
    names = {_EVERY: "Mọi lĩnh vực"} | sections
    st.selectbox(
        "Lĩnh vực", list(names), format_func=names.__getitem__, key=_SECTION, on_change=_follow_section, width=420
    )
    shown: str = st.session_state[_SHOWN]
    return shown


def _count(leaves: Sequence[DraftNode], key: str) -> int:
    wanted = _STATES[key]
    return sum(wanted is None or node.rule_state is wanted for node in leaves)


def _follow_shown() -> None:
    places.put(places.SHOWN, st.session_state[_SHOWN])
    _begin_anew()


def _follow_section() -> None:
    places.put(current.SECTION, st.session_state[_SECTION])
    _begin_anew()


def _begin_anew() -> None:
    for name in (places.PAGE, places.NODE):
        places.put(name, "")


def _listed(draft: Draft, leaves: Sequence[DraftNode], shown: str) -> list[DraftNode]:
    wanted, section = _STATES[shown], st.query_params.get(current.SECTION, _EVERY)
    of = draft_rows.sections_of(draft)
    opened = st.query_params.get(places.NODE)
    listed = [
        node
        for node in leaves
        if node.id == opened or (wanted in (None, node.rule_state) and section in (_EVERY, of[node.id]))
    ]
    if opened and places.was_opened_here(opened):
        return listed
    # What an address opens stands first, because no page can be told where to scroll to.
    return sorted(listed, key=lambda node: node.id != opened)


def _page_number(listed: Sequence[DraftNode]) -> tuple[int, int]:
    pages = max(1, -(-len(listed) // CARDS_A_PAGE))
    return min(max(places.number(places.PAGE, 1), 1), pages), pages


def _page_of(listed: Sequence[DraftNode]) -> Sequence[DraftNode]:
    number, _ = _page_number(listed)
    return listed[(number - 1) * CARDS_A_PAGE : number * CARDS_A_PAGE]


def _draw_pages(listed: Sequence[DraftNode]) -> None:
    number, pages = _page_number(listed)
    if pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="rubrics-pages"):
        for wanted, words in ((number - 1, "Trang trước"), (number + 1, "Trang sau")):
            is_there = 1 <= wanted <= pages
            st.button(words, key=f"rules {words}", disabled=not is_there, on_click=_turn_to, args=(wanted,))
        st.markdown(f"Trang {number}/{pages}", width="content")


def _turn_to(number: int) -> None:
    places.put(places.PAGE, str(number))
    places.put(places.NODE, "")


def _draw_many(draft: Draft, leaves: Sequence[DraftNode], page: Sequence[DraftNode]) -> None:
    """Draw what is done for many: the sure proposals of the whole set, and those that are ticked on this page."""
    waiting = [node for node in page if node.rule_state is RuleState.PROPOSED]
    sure = [node.id for node in leaves if _is_sure(node)]
    ticked = [node.id for node in waiting if st.session_state.get(rule_card.tick_key(node))]
    if not waiting and not sure:
        return
    with st.container(horizontal=True, key="rubric-rules-many"):
        if sure:
            st.button(
                f"Xác nhận {len(sure)} đề xuất tin cậy từ 90 %",
                key="confirm sure",
                icon=":material/done_all:",
                on_click=_decide,
                args=(keeping.confirm_rules, draft.id, sure, "Đã xác nhận"),
            )
        if waiting:
            st.button("Đánh dấu cả trang", key="tick page", on_click=_tick, args=(waiting, not ticked))
        if ticked:
            st.button(
                f"Xác nhận {len(ticked)} mục đã đánh dấu",
                key="confirm ticked",
                type="primary",
                on_click=_decide,
                args=(keeping.confirm_rules, draft.id, ticked, "Đã xác nhận"),
            )
            st.button(
                f"Để nhập tay {len(ticked)} mục",
                key="manual ticked",
                on_click=_decide,
                args=(keeping.leave_manual, draft.id, ticked, "Đã để nhập điểm tay"),
            )


def _is_sure(node: DraftNode) -> bool:
    is_waiting = node.rule_state is RuleState.PROPOSED and node.rule is not None
    return is_waiting and float(node.proposal.get("confidence", 0)) >= SURE


def _tick(nodes: Sequence[DraftNode], is_ticked: bool) -> None:
    for node in nodes:
        if node.rule is not None:
            st.session_state[rule_card.tick_key(node)] = is_ticked


def _decide(decide: _Decide, draft_id: str, node_ids: Sequence[str], words: str) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        decide(workspace.current().database, user, draft_id, node_ids)
    except CchcError as why:
        told.problem(f"Chưa lưu. {why}")
        return
    told.success(f"{words} {len(node_ids)} tiêu chí.")
