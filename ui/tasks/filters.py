"""The filters above the tasks: each says how many there are behind a choice, and stands in the address."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

import streamlit as st

from cchc_core.tasks import asked
from cchc_core.tasks.query import ORDER_NAMES, Choice, Choices, Order
from ui.tasks import places

_EVERYTHING: Final = ""
_LONGEST = 60


def draw(choices: Choices) -> None:
    """Draw search and filters; the rarer ones open on demand."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="task-filters"):
        _draw_search()
        _draw_choice("Hạn", asked.DUE, choices.dues, asked.DUES)
        _draw_choice("Trạng thái", asked.STATE, choices.states, asked.STATES)
        _draw_choice("Phòng, đơn vị", asked.ROOM, choices.rooms)
        with st.popover("Lọc thêm, sắp xếp", icon=":material/tune:"):
            _draw_choice("Nhóm nhiệm vụ", asked.GROUP, choices.groups, width="stretch")
            _draw_choice("Loại nhiệm vụ", asked.KIND, choices.kinds, asked.KINDS, width="stretch")
            _draw_choice("Kế hoạch", asked.PLAN, choices.plans, width="stretch")
            _draw_order()
        if any(st.query_params.get(name) for name in asked.FILTERS):
            st.button("Bỏ lọc", key="tasks no filter", icon=":material/filter_alt_off:", on_click=places.forget_filters)


def _draw_search() -> None:
    key = "_tasks_text"
    st.session_state[key] = st.query_params.get(asked.TEXT, "")
    st.text_input(
        "Tìm nhiệm vụ",
        key=key,
        placeholder="nội dung, sản phẩm …",
        max_chars=200,
        on_change=places.remember,
        args=(key, asked.TEXT),
        width=220,
    )


def _draw_choice(
    label: str,
    parameter: str,
    choices: Sequence[Choice],
    words: Mapping[Any, str] | None = None,
    *,
    width: int | Literal["stretch"] = 170,
) -> None:
    word_of = _word_of(parameter, words)
    labels = {_EVERYTHING: "Tất cả"} | {word_of(each.key): _label(each) for each in choices}
    wanted = st.query_params.get(parameter, _EVERYTHING)
    if wanted not in labels:
        labels[wanted] = f"{wanted[:_LONGEST]} (không có nhiệm vụ nào)"
    if len(labels) == 1:
        return
    key = f"_tasks_{parameter}"
    st.session_state[key] = wanted
    st.selectbox(
        label,
        options=list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=places.remember,
        args=(key, parameter),
        width=width,
    )


def _word_of(parameter: str, words: Mapping[Any, str] | None) -> Callable[[str], str]:
    if words is not None:
        return lambda key: words[key]
    # The room that was not recognised has the empty key, which in an address asks for nothing.
    return lambda key: key or asked.NOBODY if parameter == asked.ROOM else key


def _label(choice: Choice) -> str:
    name = choice.name if len(choice.name) <= _LONGEST else f"{choice.name[:_LONGEST].rstrip()}…"
    return f"{name} ({choice.many})"


def _draw_order() -> None:
    key = f"_tasks_{asked.ORDER}"
    labels = {asked.ORDERS[order]: ORDER_NAMES[order] for order in Order}
    named = st.query_params.get(asked.ORDER, "")
    st.session_state[key] = named if named in labels else asked.ORDERS[Order.PRINTED]
    st.selectbox(
        "Sắp xếp",
        options=list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=places.remember,
        args=(key, asked.ORDER),
    )
