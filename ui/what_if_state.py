"""What the session tries out in one assessment: the fields as they were typed, and the raw answers they make.

Nothing of it is stored. Streamlit forgets the value of a field that it does not draw, so the fields are kept here too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from cchc_core.forms import TwoReadings, collect, fill
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import EMPTY, Entry, read_entry
from cchc_core.rules.problems import AnswerRefused
from cchc_core.scenarios import Scenario
from cchc_core.sheet import Sheet
from cchc_core.what_if import Raw
from ui.saving import widget_key

PURPOSE = "Thử: "
MODIFIERS = ("not_applicable", "voided")
_REASON = "Thử điểm"


@dataclass
class Tried:
    """One criterion that is tried out; ``raw`` is None while its form is not finished."""

    fields: dict[str, object]
    raw: Raw | None
    problems: tuple[str, ...] = ()
    two_readings: tuple[TwoReadings, ...] = ()


@dataclass
class WhatIf:
    """The criteria that are tried out, the last added last, and the kept scenario that they came from."""

    tried: dict[str, Tried] = field(default_factory=dict)
    scenario: Scenario | None = None
    said: str = ""

    @property
    def entries(self) -> dict[str, Raw]:
        """Give the raw answers to try, by code; a form that is not finished counts for nothing."""
        return {code: each.raw for code, each in self.tried.items() if each.raw is not None}

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Give the codes whose forms are not finished, which a kept scenario would not hold."""
        return tuple(code for code, each in self.tried.items() if each.raw is None)

    @property
    def is_changed(self) -> bool:
        """Tell whether the kept scenario was changed since it was opened or kept."""
        return self.scenario is not None and {**self.scenario.entries} != self.entries


def of(assessment_id: str) -> WhatIf:
    """Give what the session tries out in an assessment."""
    state: WhatIf = st.session_state.setdefault(f"what-if of {assessment_id}", WhatIf())
    return state


def field_key(assessment_id: str, code: str, name: str) -> str:
    """Name the widget of a tried field, apart from that of the answer itself."""
    return widget_key(assessment_id, code, f"{PURPOSE}{name}")


def add(state: WhatIf, sheet: Sheet, code: str, raw: Raw | None = None) -> None:
    """Try out a criterion, from its stored answer or from a raw one; the form shows it at the next drawing."""
    stored = sheet.answers.get(code)
    now: Raw = ({} if stored is None else stored.entry_json) if raw is None else raw
    state.tried.pop(code, None)
    state.tried[code] = Tried(_fields(sheet.rubric.criterion(code), now), now)
    _show(sheet.assessment.id, code, state.tried[code].fields)


def open_kept(state: WhatIf, sheet: Sheet, scenario: Scenario) -> None:
    """Try out what a kept scenario holds; a criterion that the set does not have stays for the trial to tell."""
    state.scenario, state.tried = scenario, {}
    for code, raw in scenario.entries.items():
        if code in sheet.scores:
            add(state, sheet, code, raw)
        else:
            state.tried[code] = Tried({}, raw)


def _fields(criterion: Criterion, raw: Raw) -> dict[str, object]:
    try:
        entry = read_entry(criterion.scored, raw)
    except AnswerRefused:
        entry = EMPTY
    modifiers = {name: getattr(entry, name) is not None for name in MODIFIERS}
    return {**fill(criterion.scored, entry), **modifiers}


def _show(assessment_id: str, code: str, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        st.session_state[field_key(assessment_id, code, name)] = value


def read_fields(state: WhatIf, sheet: Sheet) -> None:
    """Take over what was typed since the last run, and put what is kept into fields that were not drawn."""
    for code, tried in state.tried.items():
        if code not in sheet.scores:
            continue
        typed = dict(tried.fields)
        for name, value in tried.fields.items():
            key = field_key(sheet.assessment.id, code, name)
            typed[name] = st.session_state.setdefault(key, value)
        if typed != tried.fields:
            state.tried[code] = _collected(sheet, code, typed)


def _collected(sheet: Sheet, code: str, typed: dict[str, object]) -> Tried:
    criterion, stored = sheet.rubric.criterion(code), sheet.answers.get(code)
    reasons = {name: _reason(stored.entry if stored else EMPTY, name) for name in MODIFIERS if typed[name]}
    if "not_applicable" in reasons:
        return Tried(typed, {"not_applicable": reasons["not_applicable"]})
    collected = collect(criterion.scored, typed)
    if collected.raw is None:
        return Tried(typed, None, collected.problems, collected.two_readings)
    return Tried(typed, {**_unless_empty(criterion, collected.raw, is_voided="voided" in reasons), **reasons})


def _unless_empty(criterion: Criterion, raw: Raw, *, is_voided: bool) -> Raw:
    """Leave out an answer that nobody gave, where a criterion is only voided."""
    is_untouched = collect(criterion.scored, fill(criterion.scored, EMPTY)).raw == raw
    return {} if is_voided and is_untouched else raw


def _reason(entry: Entry, name: str) -> str:
    return str(getattr(entry, name) or _REASON)
