"""The fields of a set's head: title, issuer, year, document."""

from dataclasses import dataclass

import streamlit as st

from ui.office import EARLIEST, LATEST

_MOST_TITLE, _MOST_NAME = 400, 200


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed."""

    title: str
    issuer: str
    year: int
    document: str


def draw(name: str, *, title: str = "", issuer: str = "", year: int, document: str = "") -> None:
    """Draw the fields, filled with what is known; ``name`` keeps them apart from those of other forms."""
    for field, value in (("title", title), ("issuer", issuer), ("year", year), ("document", document)):
        st.session_state.setdefault(_key(name, field), value)
    st.text_area("Tên bộ tiêu chí", key=_key(name, "title"), max_chars=_MOST_TITLE, height=80)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Cơ quan áp dụng hoặc ban hành",
            key=_key(name, "issuer"),
            max_chars=_MOST_NAME,
            width=420,
            placeholder="ví dụ Sở Tài nguyên và Môi trường tỉnh Nam Định",
        )
        st.number_input("Năm", EARLIEST, LATEST, key=_key(name, "year"), width=130)
    st.text_input(
        "Văn bản ban hành (số, ngày)",
        key=_key(name, "document"),
        max_chars=_MOST_TITLE,
        placeholder="ví dụ Quyết định số 123/QĐ-UBND ngày 15/01/2026",
    )


def typed(name: str) -> Typed:
    """Give what stands in the fields."""
    state = st.session_state
    texts = {field: " ".join(str(state.get(_key(name, field)) or "").split()) for field in _TEXTS}
    return Typed(texts["title"], texts["issuer"], int(state[_key(name, "year")]), texts["document"])


_TEXTS = ("title", "issuer", "document")


def _key(name: str, field: str) -> str:
    return f"{name}|{field}"
