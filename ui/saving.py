"""Saving one criterion from its form, and what the form remembers of values that are not saved yet.

A value that cannot be saved stays in its form, marked and with the reason; nothing typed is thrown away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from cchc_core import scoring, workspace
from cchc_core.errors import BadText, CchcError, StaleAnswer
from cchc_core.forms import Collected, TwoReadings, collect, field_names, fill
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import EMPTY
from cchc_core.rules.problems import AnswerRefused
from cchc_core.scoring import Sheet, StoredAnswer
from cchc_core.store.connection import Connection
from cchc_core.store.users import User
from ui import access

NOTE = "note"

Saver = Callable[[Sheet, User, Criterion], None]
Check = Callable[[Connection], None]
Callbacks = Callable[[Saver], Callable[[], None]]
"""Turns a saver into the callback of a widget in a criterion's row."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What stands in a form and not in the database, and why."""

    fields: Mapping[str, object]
    problems: tuple[str, ...] = ()
    two_readings: tuple[TwoReadings, ...] = ()
    conflict: StaleAnswer | None = None
    raw: Mapping[str, object] | None = None

    @property
    def is_note(self) -> bool:
        """Tell whether it is the self note, not the answer, that is not saved."""
        return NOTE in self.fields

    @property
    def can_be_tried_again(self) -> bool:
        """Tell whether the value itself is good, so that saving it once more can help."""
        return self.raw is not None or self.is_note


@dataclass
class FormState:
    """What the session knows of one assessment's forms: versions drawn, values not saved, the last save."""

    seen: dict[str, int] = field(default_factory=dict)
    answers: dict[str, Unsaved] = field(default_factory=dict)
    notes: dict[str, Unsaved] = field(default_factory=dict)
    to_refill: set[str] = field(default_factory=set)
    last_saved: StoredAnswer | None = None

    def of_kind(self, *, is_note: bool) -> dict[str, Unsaved]:
        """Give the unsaved notes or the unsaved answers: saving one never hides that the other is not saved."""
        return self.notes if is_note else self.answers

    def unsaved(self, code: str) -> list[Unsaved]:
        """List what is not saved of a criterion: its answer, its note, both or nothing."""
        return [kind[code] for kind in (self.answers, self.notes) if code in kind]

    @property
    def unsaved_codes(self) -> list[str]:
        """List the criteria that have anything unsaved."""
        return sorted({*self.answers, *self.notes})


def form_state(assessment_id: str) -> FormState:
    """Give the session's memory of an assessment's forms."""
    state: FormState = st.session_state.setdefault(f"forms of {assessment_id}", FormState())
    return state


def widget_key(assessment_id: str, code: str, name: str) -> str:
    """Name the widget of one field."""
    return f"{assessment_id}|{code}|{name}"


def sync_widgets(sheet: Sheet, criterion: Criterion) -> None:
    """Put into the widgets what the database holds, or what was typed and is not saved yet."""
    state, stored = form_state(sheet.assessment.id), sheet.answers.get(criterion.code)
    version = stored.version if stored else 0
    unsaved = state.unsaved(criterion.code)
    fields = fill(criterion.scored, stored.entry if stored else EMPTY) | {NOTE: stored.self_note if stored else ""}
    kept = {name: value for each in unsaved for name, value in each.fields.items()}
    is_refilled, is_new = criterion.code in state.to_refill, state.seen.get(criterion.code) != version
    state.to_refill.discard(criterion.code)
    for name, value in (fields | kept).items():
        key = widget_key(sheet.assessment.id, criterion.code, name)
        if is_refilled or (is_new and name not in kept) or key not in st.session_state:
            st.session_state[key] = value
    if not unsaved:
        state.seen[criterion.code] = version


def typed_fields(assessment_id: str, criterion: Criterion) -> dict[str, object]:
    """Give what stands in the answer's widgets now."""
    names = field_names(criterion.scored)
    return {name: st.session_state.get(widget_key(assessment_id, criterion.code, name)) for name in names}


def save_form(sheet: Sheet, user: User, criterion: Criterion, instead: Mapping[str, object] | None = None) -> None:
    """Save what stands in the form, or keep it there with the reason why it is not saved.

    ``instead`` replaces what stands in some fields. The widgets follow when the row is drawn: a value that a callback
    puts into a widget does not reach the browser when only some fragments run again.
    """
    typed = typed_fields(sheet.assessment.id, criterion)
    if instead:
        typed |= instead
        form_state(sheet.assessment.id).to_refill.add(criterion.code)
    collected = collect(criterion.scored, typed)
    if collected.raw is None:
        _keep(sheet, criterion, typed, collected)
        return
    stored = sheet.answers.get(criterion.code)
    voided = {"voided": stored.entry.voided} if stored and stored.entry.voided is not None else {}
    save_raw(sheet, user, criterion, {**collected.raw, **voided}, typed)


def _keep(sheet: Sheet, criterion: Criterion, typed: Mapping[str, object], collected: Collected) -> None:
    unsaved = Unsaved(typed, collected.problems, collected.two_readings)
    form_state(sheet.assessment.id).answers[criterion.code] = unsaved


def save_raw(
    sheet: Sheet,
    user: User,
    criterion: Criterion,
    raw: Mapping[str, object],
    typed: Mapping[str, object],
    *,
    check: Check | None = None,
) -> None:
    """Save a raw answer against the version that the form was drawn from; ``typed`` is empty for one not typed.

    Raises BadText where ``check`` refuses, in the same write; all else is kept as unsaved with its reason.
    """
    state, code = form_state(sheet.assessment.id), criterion.code
    if not typed:
        state.to_refill.add(code)
    try:
        saved = scoring.save_entry(
            workspace.current().database,
            user,
            assessment_id=sheet.assessment.id,
            code=code,
            raw=raw,
            expected_version=state.seen.get(code, 0),
            check=check,
        )
    except AnswerRefused as why:
        state.answers[code] = Unsaved(typed, why.problems)
    except StaleAnswer as why:
        state.answers[code] = Unsaved(typed, (str(why),), conflict=why, raw=raw)
    except CchcError as why:
        if check is not None and isinstance(why, BadText):
            raise
        state.answers[code] = Unsaved(typed, (str(why),), raw=raw)
    else:
        _remember(state, saved, is_note=False)


def save_note(sheet: Sheet, user: User, criterion: Criterion) -> None:
    """Save the self note (thuyết minh) as it stands in its field."""
    state, code = form_state(sheet.assessment.id), criterion.code
    note = str(st.session_state.get(widget_key(sheet.assessment.id, code, NOTE)) or "")
    try:
        saved = scoring.save_note(
            workspace.current().database,
            user,
            assessment_id=sheet.assessment.id,
            code=code,
            note=note,
            expected_version=state.seen.get(code, 0),
        )
    except StaleAnswer as why:
        state.notes[code] = Unsaved({NOTE: note}, (str(why),), conflict=why)
    except CchcError as why:
        state.notes[code] = Unsaved({NOTE: note}, (str(why),))
    else:
        _remember(state, saved, is_note=True)


def _remember(state: FormState, saved: StoredAnswer, *, is_note: bool) -> None:
    state.seen[saved.code] = saved.version
    state.of_kind(is_note=is_note).pop(saved.code, None)
    state.last_saved = saved


def save_again(sheet: Sheet, user: User, criterion: Criterion, *, is_note: bool) -> None:
    """Save an unsaved value once more; over another person's value, which stays in the history, where there is one."""
    state = form_state(sheet.assessment.id)
    unsaved = state.of_kind(is_note=is_note).get(criterion.code)
    if unsaved is None:
        return
    if unsaved.conflict is not None:
        state.seen[criterion.code] = unsaved.conflict.version
    if is_note:
        save_note(sheet, user, criterion)
    elif unsaved.raw is not None:
        save_raw(sheet, user, criterion, unsaved.raw, unsaved.fields)


def take_stored(sheet: Sheet, _user: User, criterion: Criterion, *, is_note: bool) -> None:
    """Answer a conflict, or give up an unsaved value: show again what the database holds."""
    state = form_state(sheet.assessment.id)
    state.of_kind(is_note=is_note).pop(criterion.code, None)
    state.to_refill.add(criterion.code)


def user_for_saving() -> User | None:
    """Give the user for a widget's callback; without one nothing is saved and the page refuses when it is drawn."""
    return access.current_user()
