"""Step 1 of a draft: what it says of itself, and its rows, a section at a time; a row opens where it stands."""

import streamlit as st

from cchc_core.rubric_drafts import tree
from cchc_core.rubric_drafts.building import Built
from cchc_core.rubric_drafts.model import RULE_STATE_NAMES, Draft, DraftNode, RuleState
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rules.kinds import Effect
from cchc_core.store.users import User
from cchc_core.text import fold
from ui import current
from ui.rubrics import add_row, draft_rows, head_form, node_form, places, taking_out
from ui.rubrics.rule_words import EFFECT_NAMES
from ui.rubrics.typed_numbers import typed
from ui.words import literal, sentence_case

ROWS_A_PAGE = 50
_SECTION, _SEARCH = "_rubric_draft_section", "_rubric_draft_search"
_EVERY = ""
_STATES = {RuleState.PROPOSED: "orange", RuleState.MANUAL: "gray"}


def draw(user: User, draft: Draft, built: Built) -> None:
    """Draw the head's form, the choice of a section and its rows."""
    head_form.draw(draft, built)
    with st.container(horizontal=True, vertical_alignment="bottom", key="rubric-draft-tools"):
        _draw_filters(draft)
        add_row.draw_first(draft)
        taking_out.draw_undo(draft)
    listed = _listed(draft)
    if not draft.nodes:
        st.info("Bản soạn chưa có dòng nào. Hãy bấm «Thêm lĩnh vực».", icon=":material/inbox:")
    elif not listed:
        st.info("Không có dòng nào hợp với ô tìm. Hãy tìm chữ khác hoặc xoá ô tìm.", icon=":material/search_off:")
    page, pages = _page(draft, listed)
    deep = draft_rows.depths(draft)
    with st.container(key="rubric-rows"):
        for node in _with_opened_first(draft, listed[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]):
            _draw_row(draft, node, deep[node.id])
    if pages > 1:
        _draw_pages(page, pages)
    taking_out.draw_taken_out(user, draft)


def _draw_filters(draft: Draft) -> None:
    sections = {node.id: node for node in draft.nodes if node.kind is NodeKind.SECTION}
    labels = {_EVERY: "Tất cả"} | {key: f"{n.code}. {sentence_case(n.title)}" for key, n in sections.items()}
    st.session_state[_SECTION] = _section(draft) or _EVERY
    st.selectbox(
        "Lĩnh vực", list(labels), format_func=labels.__getitem__, key=_SECTION, on_change=_follow_section, width=380
    )
    st.session_state[_SEARCH] = st.query_params.get(places.SEARCH, "")
    st.text_input(
        "Tìm", key=_SEARCH, on_change=_follow_search, width=240, placeholder="mã hoặc chữ, không cần dấu", max_chars=100
    )


def _section(draft: Draft) -> str | None:
    """Give the section to show: the one that the address names, of the opened row, else the first one.

    The empty text stands for every section.
    """
    sections = [node.id for node in draft.nodes if node.kind is NodeKind.SECTION]
    named = st.query_params.get(current.SECTION)
    if named == "tat-ca" or st.query_params.get(places.SEARCH):
        return None
    if named in sections:
        return named
    opened = st.query_params.get(places.NODE)
    of_opened = draft_rows.sections_of(draft).get(opened) if opened else None
    return of_opened if of_opened in sections else next(iter(sections), None)


def _follow_section() -> None:
    places.put(current.SECTION, st.session_state[_SECTION] or "tat-ca")
    for name in (places.NODE, places.PAGE, places.SEARCH):
        places.put(name, "")


def _follow_search() -> None:
    places.put(places.SEARCH, str(st.session_state[_SEARCH]).strip())
    for name in (places.NODE, places.PAGE):
        places.put(name, "")


def _listed(draft: Draft) -> list[DraftNode]:
    if wanted := fold(st.query_params.get(places.SEARCH, "")):
        return [node for node in draft.nodes if wanted in fold(f"{node.code} {node.title}")]
    section = _section(draft)
    if section is None:
        return list(draft.nodes)
    of = draft_rows.sections_of(draft)
    # Parts and what stands in no section have no list of their own, so they stand in every one.
    return [node for node in draft.nodes if of[node.id] == section or node.kind is NodeKind.PART or _is_loose(node)]


def _is_loose(node: DraftNode) -> bool:
    return node.kind is NodeKind.CRITERION and node.parent_id is None


def _page(draft: Draft, listed: list[DraftNode]) -> tuple[int, int]:
    pages = max(1, -(-len(listed) // ROWS_A_PAGE))
    opened = st.query_params.get(places.NODE)
    if places.PAGE not in st.query_params and opened:
        place = next((index for index, node in enumerate(listed) if node.id == opened), 0)
        return place // ROWS_A_PAGE, pages
    return min(max(places.number(places.PAGE, 1), 1), pages) - 1, pages


def _draw_pages(page: int, pages: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="rubrics-pages"):
        for wanted, words in ((page, "Trang trước"), (page + 2, "Trang sau")):
            is_there = 1 <= wanted <= pages
            st.button(words, key=f"rows {words}", disabled=not is_there, on_click=_turn_to, args=(wanted,))
        st.markdown(f"Trang {page + 1}/{pages}", width="content")


def _turn_to(number: int) -> None:
    places.put(places.PAGE, str(number))
    places.put(places.NODE, "")


def _with_opened_first(draft: Draft, listed: list[DraftNode]) -> list[DraftNode]:
    """Put the row that an address opens first, because no page can be told where to scroll to."""
    wanted = st.query_params.get(places.NODE)
    opened = next((node for node in draft.nodes if node.id == wanted), None)
    if wanted is None or places.was_opened_here(wanted):
        return listed
    if opened is None:
        st.warning("Dòng mà địa chỉ này mở không còn trong bản soạn.", icon=":material/link_off:")
        return listed
    st.caption("Dòng đang mở đứng đầu danh sách.")
    return [opened, *(node for node in listed if node.id != wanted)]


def _draw_row(draft: Draft, node: DraftNode, deep: int) -> None:
    is_open = st.query_params.get(places.NODE) == node.id
    with st.container(border=is_open, key=f"rubric-row-{'open' if is_open else min(deep, 4)}-{node.id}"):
        with st.container(horizontal=True, key=f"task-head-{node.id}"):
            st.markdown(_line(node))
            st.button(
                "Đóng" if is_open else "Sửa",
                key=f"open row {node.id}",
                type="tertiary",
                icon=":material/expand_less:" if is_open else ":material/edit:",
                on_click=places.toggle,
                args=(node.id, is_open),
            )
        if is_open:
            node_form.draw(draft, node)


def _line(node: DraftNode) -> str:
    points = typed(node.fields.get("max_points") or node.fields.get("declared_max"))
    shown = f" · **{literal(points)} điểm**" if points else ""
    if node.kind is not NodeKind.CRITERION:
        return f"**{literal(node.code)}. {literal(sentence_case(node.title))}**{shown}"
    if not tree.is_leaf(node):
        return f"**{literal(node.code)}** · **{literal(node.title)}**{shown}"
    points_missing = "" if points else " :red-badge[chưa có điểm]"
    colour = _STATES.get(node.rule_state)
    state = f" :{colour}-badge[{RULE_STATE_NAMES[node.rule_state].lower()}]" if colour else ""
    effect = node.fields.get("effect")
    added = f" :violet-badge[{EFFECT_NAMES[Effect(effect)].lower()}]" if effect else ""
    return f"**{literal(node.code)}** · {literal(node.title)}{shown}{points_missing}{added}{state}"
