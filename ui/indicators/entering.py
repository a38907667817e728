"""Saving the figures of an indicator as they are typed, and what the session knows of those that are not saved yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError, StaleText
from cchc_core.indicators import keeping
from cchc_core.indicators.files import read_indicators
from cchc_core.indicators.keeping import TwoYears
from cchc_core.indicators.model import Indicator
from cchc_core.indicators.values import ValueProblem, ValuesRefused
from cchc_core.store.indicator_values import FigureLine, StoredFigures
from ui import access

NOTE = "note"


def widget_key(line: FigureLine, name: str) -> str:
    """Name the widget of a field: a figure by its number, or the note."""
    return f"figure|{line.department_id}|{line.set_id}|{line.year}|{line.code}|{name}"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What stands in the fields and not in the database, and why."""

    fields: Mapping[str, str]
    message: str
    problems: tuple[ValueProblem, ...] = ()
    conflict: StaleText | None = None

    @property
    def is_note(self) -> bool:
        """Tell whether it is the note, not the figures."""
        return NOTE in self.fields


@dataclass
class Typed:
    """What the session knows of one indicator's fields in one year."""

    version: int = -1
    unsaved: dict[bool, Unsaved] = field(default_factory=dict)
    must_refill: bool = False


def typed(line: FigureLine) -> Typed:
    """Give the session's memory of an indicator's fields in one year."""
    state: Typed = st.session_state.setdefault(f"typed of {widget_key(line, '')}", Typed())
    return state


def sync(line: FigureLine, indicator: Indicator, stored: StoredFigures | None) -> None:
    """Put into the fields what the database holds, or what was typed and is not saved yet."""
    state, version = typed(line), 0 if stored is None else stored.version
    texts = ("",) * len(indicator.figures) if stored is None else stored.texts
    fields = {str(number): text for number, text in enumerate(texts)} | {NOTE: "" if stored is None else stored.note}
    kept = {name: text for unsaved in state.unsaved.values() for name, text in unsaved.fields.items()}
    is_new = state.version != version
    for name, text in (fields | kept).items():
        key = widget_key(line, name)
        is_wanted = state.must_refill or (is_new and name not in kept) or key not in st.session_state
        # What stands there already is not set again: a field in which somebody is typing would lose it.
        if is_wanted and st.session_state.get(key) != text:
            st.session_state[key] = text
    state.must_refill = False
    if not state.unsaved:
        state.version = version


def save(line: FigureLine, *, is_note: bool, instead: Mapping[str, str] | None = None) -> None:
    """Save what stands in the fields of the figures, or of the note; what cannot be saved stays, with the reason.

    ``instead`` replaces what stands in some fields; the widgets follow when the row is drawn.
    """
    user, state = access.current_user(), typed(line)
    if user is None:
        return
    figures = read_indicators(line.set_id).indicator(line.code).figures
    names = [NOTE] if is_note else [str(number) for number in range(len(figures))]
    fields = {name: str(st.session_state.get(widget_key(line, name)) or "") for name in names} | dict(instead or {})
    state.must_refill = state.must_refill or bool(instead)
    database, version = workspace.current().database, max(state.version, 0)
    try:
        if is_note:
            saved = keeping.save_note(database, user, line, fields[NOTE], expected_version=version)
        else:
            texts = [fields[name] for name in names]
            saved = keeping.save_figures(database, user, line, texts, expected_version=version)
    except ValuesRefused as why:
        state.unsaved[is_note] = Unsaved(fields, str(why), problems=why.problems)
    except CchcError as why:
        conflict = why if isinstance(why, StaleText) else None
        state.unsaved[is_note] = Unsaved(fields, str(why), conflict=conflict)
    else:
        state.unsaved.pop(is_note, None)
        # Two fields that are left at once are saved one after the other, the second against what the first has stored.
        state.version = saved
        # Numbers are stored as they read: "1 200" becomes 1200 in the field too.
        state.must_refill = True


def save_over(line: FigureLine, *, is_note: bool) -> None:
    """Save one's own over what somebody else has saved meanwhile, which stays in the log."""
    state = typed(line)
    unsaved = state.unsaved.get(is_note)
    if unsaved is None:
        return
    if unsaved.conflict is not None:
        state.version = unsaved.conflict.version
    save(line, is_note=is_note, instead=unsaved.fields)


def give_up(line: FigureLine, *, is_note: bool) -> None:
    """Show again what is stored instead of what could not be saved."""
    state = typed(line)
    state.unsaved.pop(is_note, None)
    state.must_refill = True


def line_in(years: TwoYears, department_id: str, code: str, *, is_last: bool) -> FigureLine:
    """Name the figures of an indicator in year n or n − 1."""
    return FigureLine(department_id, years.form.id, years.year - is_last, code)
