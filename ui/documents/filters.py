"""Search and filters of the list of documents; the address holds what is chosen."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.listing import DocumentCounts, DocumentQuery
from cchc_core.periods import periods_for
from ui import current, office
from ui.documents.addresses import KIND, LACKING, ON, PAGE, PERIOD, UNIT, UNUSED, number_in, remember
from ui.office import Desk

_ALL: Final = ""
_TO_LOOK_AT: Final = "Chưa ai xác nhận, hoặc còn thiếu số, ngày, cơ quan ban hành, trích yếu."
_EVERY: Final = (KIND, UNIT, PERIOD, UNUSED, LACKING, current.SEARCH)


def read(desk: Desk) -> DocumentQuery:
    """Read what is looked for from the address; what an address cannot mean is left out."""
    asked = st.query_params
    kind, unit = asked.get(KIND, ""), asked.get(UNIT, "")
    return DocumentQuery(
        department_id=desk.office.id,
        year=desk.year,
        kind=DocumentKind(kind) if kind in set(DocumentKind) else None,
        unit_id=unit if desk.office.name_of(unit) else None,
        period=number_in(PERIOD, 0) or None,
        unused=asked.get(UNUSED) == ON,
        lacking=asked.get(LACKING) == ON,
        text=asked.get(current.SEARCH, "")[:200],
    )


def is_narrowed() -> bool:
    """Tell whether any filter is set."""
    return any(st.query_params.get(name) for name in _EVERY)


def clear() -> None:
    """Take all filters out of the address."""
    for name in (*_EVERY, PAGE):
        st.query_params.pop(name, None)


def draw(desk: Desk, query: DocumentQuery, counts: DocumentCounts) -> None:
    """Draw the search field and the filters, each choice with how many documents are behind it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="documents-filters"):
        _draw_search(query)
        _choose(
            "Loại", KIND, query.kind or _ALL, {k: _counted(k.label, counts.by_kind.get(k, 0)) for k in DocumentKind}
        )
        units = {desk.office.id: desk.office.name} | {unit.id: unit.name for unit in desk.office.units}
        named = {key: _counted(name, counts.by_unit.get(key, 0)) for key, name in units.items()}
        _choose("Đơn vị giữ", UNIT, query.unit_id or _ALL, named)
        periods = {str(period.order): f"Từ {period.title}" for period in periods_for("", desk.year)}
        _choose("Gắn vào bảng chấm", PERIOD, str(query.period or _ALL), periods)
        office.choose_year(desk)
    with st.container(horizontal=True):
        _switch(f"Chưa dùng ở đâu ({counts.unused})", UNUSED, is_on=query.unused)
        _switch(f"Cần xem lại thông tin ({counts.lacking})", LACKING, is_on=query.lacking, told=_TO_LOOK_AT)


def _counted(name: str, many: int) -> str:
    return f"{name} ({many})" if many else name


def _draw_search(query: DocumentQuery) -> None:
    key = "_documents_search"
    st.session_state[key] = query.text
    st.text_input(
        "Tìm",
        key=key,
        placeholder="số, trích yếu, nơi ban hành, tên tệp",
        on_change=remember,
        args=(key, current.SEARCH),
        icon=":material/search:",
        width=250,
    )


def _choose(label: str, parameter: str, chosen: str, named: Mapping[str, str]) -> None:
    key = f"_documents_{parameter}"
    labels = {_ALL: "Tất cả", **named}
    st.session_state[key] = chosen if chosen in labels else _ALL
    st.selectbox(
        label,
        options=list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=remember,
        args=(key, parameter),
        width=175,
    )


def _switch(label: str, parameter: str, *, is_on: bool, told: str | None = None) -> None:
    key = f"_documents_{parameter}"
    st.session_state[key] = is_on
    st.toggle(label, key=key, help=told, on_change=remember, args=(key, parameter))
