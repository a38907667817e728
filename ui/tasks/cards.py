"""What the tasks of the year come to, as cards; each leads to its tasks."""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from cchc_core.tasks import asked
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.listing import Choices
from cchc_core.tasks.query import DueFilter
from ui import navigation
from ui.office import Desk
from ui.tasks import places


@dataclass(frozen=True, slots=True)
class _Card:
    name: str
    many: int
    beside: str
    query: dict[str, str]


def draw(desk: Desk, whole: Choices) -> None:
    """Draw the cards of a year."""
    with st.container(horizontal=True, key="tasks-cards"):
        for place, card in enumerate(_cards(whole)):
            with st.container(border=True, key=f"card-link-task-{place}"):
                st.metric(card.name, str(card.many), card.beside, delta_color="off", delta_arrow="off")
                # The link covers the card; its words are for those who hear the page.
                query = places.address(desk, card.query)
                st.page_link(navigation.TASKS, label=f"Xem nhiệm vụ: {card.name}", query_params=query)


def _cards(whole: Choices) -> Iterator[_Card]:
    states = {each.key: each.many for each in whole.states}
    dues = {each.key: each.many for each in whole.dues}
    total = sum(states.values())
    open_ones = sum(states.get(state, 0) for state in TaskState if state.is_open)
    yield _Card("Nhiệm vụ", total, f"còn {open_ones} chưa xong", {})
    yield _Card("Hoàn thành", states.get(TaskState.DONE, 0), f"trên {total}", {asked.STATE: "hoan-thanh"})
    for due, name, beside in (
        (DueFilter.OVERDUE, "Quá hạn", "chưa hoàn thành"),
        (DueFilter.SOON_7, "Đến hạn", "trong 7 ngày"),
        (DueFilter.SOON_30, "Đến hạn", "trong 30 ngày"),
        (DueFilter.NO_DUE, "Chưa có hạn", "cần ghi hạn"),
    ):
        query = {asked.DUE: asked.DUES[due], asked.ORDER: "gap"}
        yield _Card(name, dues.get(due, 0), beside, query)
