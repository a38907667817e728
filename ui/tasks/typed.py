"""Forms that lose nothing: what was typed and not saved stays in its fields, with the reason and the ways on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from cchc_core.errors import CchcError, StaleText
from cchc_core.store.users import User
from ui import access
from ui.words import literal

Fields = Mapping[str, str]
Store = Callable[[User, Fields, int], None]
"""Saves the fields of a form over the version that was on the screen, or raises CchcError."""


@dataclass
class _State:
    """What the session knows of one form."""

    version: int = -1
    unsaved: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    conflict: StaleText | None = None
    is_saved: bool = False
    is_page_behind: bool = False


@dataclass(frozen=True)
class Form:
    """One form: its name in the session, what is stored (``fields`` as of ``version``), and how it is saved.

    ``counts`` tells that the page outside its fragment shows something that a save changes; ``empties_itself`` that
    there is nothing stored to go back to.
    """

    name: str
    fields: Fields
    version: int
    store: Store
    empties_itself: bool = False
    counts: bool = False

    def key(self, field_name: str) -> str:
        """Name the widget of a field."""
        return f"{self.name}|{field_name}"

    def fill(self) -> None:
        """Put into the fields what is stored, or what was typed and is not saved yet; call before drawing them."""
        state = self._state()
        if state.is_page_behind:
            state.is_page_behind = False
            st.rerun(scope="app")
        is_new = state.version != self.version and not state.unsaved
        for name, text in (state.unsaved or self.fields).items():
            if is_new or self.key(name) not in st.session_state:
                st.session_state[self.key(name)] = text
        if is_new:
            state.version = self.version

    def save(self, instead: Fields | None = None) -> None:
        """Save what stands in the fields; ``instead`` replaces some of it."""
        self._save(self._state().version, instead or {})

    def saver(self, instead: Fields | None = None) -> Callable[[], None]:
        """Give the same for a button."""
        return partial(self.save, instead)

    def put(self, values: Fields) -> None:
        """Write into the fields as if a person had typed it; for a button's callback."""
        for name, text in values.items():
            st.session_state[self.key(name)] = text

    def draw_outcome(self, saved: str = "") -> None:
        """Say what became of the last try to save, with the ways on where it was refused."""
        state = self._state()
        if state.problem:
            st.error(f"**CHƯA LƯU.** {literal(state.problem)}", icon=":material/error:")
            with st.container(horizontal=True):
                if state.conflict is not None:
                    st.button("Lưu nội dung của tôi", key=f"{self.name}|over", type="primary", on_click=self._save_over)
                if not self.empties_itself:
                    st.button("Lấy nội dung đã lưu", key=f"{self.name}|stored", on_click=self._give_up)
        elif state.is_saved and saved:
            st.success(saved, icon=":material/check:")
        state.is_saved = False

    def _state(self) -> _State:
        state: _State = st.session_state.setdefault(f"form of {self.name}", _State())
        return state

    def _typed(self) -> dict[str, str]:
        return {name: str(st.session_state.get(self.key(name)) or "") for name in self.fields}

    def _save(self, version: int, instead: Fields) -> None:
        user, state = access.current_user(), self._state()
        if user is None:
            return
        now = {**self._typed(), **instead}
        state.problem, state.conflict, state.is_saved = "", None, False
        try:
            self.store(user, now, version)
        except CchcError as why:
            state.unsaved, state.problem = now, str(why)
            state.conflict = why if isinstance(why, StaleText) else None
            # What was written against an older version stays so until somebody decides.
            state.version = version
        else:
            state.unsaved, state.is_saved, state.version = {}, True, -1
            state.is_page_behind = self.counts

    def _save_over(self) -> None:
        conflict = self._state().conflict
        if conflict is not None:
            self._save(conflict.version, self._state().unsaved)

    def _give_up(self) -> None:
        state = self._state()
        state.unsaved, state.problem, state.conflict, state.version = {}, "", None, -1
