"""A filter whose choice stands in the address, so that a list can be sent, kept and gone back to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

EVERYTHING: Final = ""
NOBODY: Final = "chua-ghi"
"""An empty text in the address stands for everything, so those that name nobody have a word of their own."""


@dataclass(frozen=True, slots=True)
class UrlFilter:
    """A field of a filter: its label, its parameter in the address, the parameters that a new choice takes out.

    ``nothing`` says what is not there for a choice that an address names and no line has.
    """

    label: str
    parameter: str
    forgets: Collection[str]
    nothing: str
    width: int
    names_nobody: bool = False

    def chosen(self) -> str | None:
        """Give what the address asks for; None for everything, the empty text for what names nobody."""
        value = st.query_params.get(self.parameter)
        return "" if self.names_nobody and value == NOBODY else value

    def draw(self, key: str, labels: Mapping[str, str]) -> None:
        """Draw the field; ``labels`` gives what there is to choose, the empty text for what names nobody."""
        chosen = self.chosen()
        wanted = EVERYTHING if chosen is None else chosen or NOBODY
        shown = {EVERYTHING: "Tất cả"} | {value or NOBODY: label for value, label in labels.items()}
        if wanted not in shown:
            shown[wanted] = f"{wanted[:40]} ({self.nothing})"
        st.session_state[key] = wanted
        st.selectbox(
            self.label,
            options=list(shown),
            format_func=shown.__getitem__,
            key=key,
            on_change=self._remember,
            args=(key,),
            width=self.width,
        )

    def _remember(self, key: str) -> None:
        if value := st.session_state[key]:
            st.query_params[self.parameter] = value
        else:
            st.query_params.pop(self.parameter, None)
        for parameter in self.forgets:
            st.query_params.pop(parameter, None)
