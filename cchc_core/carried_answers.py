"""Which answers of an earlier assessment fit a new one, and as what they are stored there."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cchc_core.rubric.changes import Continued, Pair
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import entry_to_json, read_entry
from cchc_core.rules.entries import EMPTY, Entry, PointsAnswer
from cchc_core.rules.kinds import Checklist, Compare, Leaf
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import score
from cchc_core.sheet import Sheet
from cchc_core.store.answers import Save, StoredAnswer
from cchc_core.store.assessments import Assessment
from cchc_core.store.log import LogAction


class CarriedAnswers:
    """What goes from one sheet to another; codes are those of the new set, in its printed order.

    ``wanted`` are the answers to be stored, ``noted`` the self notes that come alone. ``same`` gives the old code of
    every criterion whose answers fit, ``repriced`` of those among them that give other points now. What has something
    in the new assessment already is in neither.
    """

    def __init__(self, before: Sheet, now: Sheet, became: Continued) -> None:
        self.before, self.now = before, now
        self._became = became
        self._answered = {code: stored for code, stored in before.answers.items() if stored.entry_json}
        self._there = {code for code, stored in now.answers.items() if stored.entry_json or stored.self_note}
        self.repriced = {new: old for old, new in became.repriced if self._means_the_same(old)}
        self.same = {new: old for old, new in self._in_order((*became.unchanged, *_turned(self.repriced)))}
        self._saves = {new: self._copied(old, new) for new, old in self.same.items() if old in self._answered}
        found = {code: save for code, save in self._saves.items() if code not in self._there}
        self.wanted = {code: save for code, save in found.items() if save is not None}
        self.left = tuple(code for code, save in found.items() if save is None)
        self.noted = self._notes() if before.assessment.year == now.assessment.year else {}

    @property
    def kept(self) -> tuple[str, ...]:
        """Give the criteria that were answered before and have something in the new assessment already."""
        return tuple(code for code in self._saves if code in self._there)

    @property
    def changed(self) -> tuple[str, ...]:
        """Give the criteria that were answered before and read differently now."""
        return tuple(new for old, new in self._misfits if old in self._answered)

    @property
    def removed(self) -> tuple[str, ...]:
        """Give the criteria that were answered before and that nothing continues, by their old codes."""
        return tuple(code for code in self._became.removed if code in self._answered)

    @property
    def to_remember(self) -> tuple[Pair, ...]:
        """Give the criteria that read differently, or give other points, and have nothing yet."""
        pairs = (*self._misfits, *_turned(self.repriced))
        return tuple(pair for pair in pairs if pair[1] not in self._there)

    @property
    def going_on(self) -> tuple[Pair, ...]:
        """Give every criterion that goes on and has nothing yet, changed or not."""
        return tuple(pair for pair in self._became.going_on if pair[1] not in self._there)

    @property
    def _misfits(self) -> tuple[Pair, ...]:
        misfits = [pair for pair in self._became.repriced if pair[1] not in self.repriced]
        return self._in_order((*self._became.changed, *misfits))

    def _in_order(self, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
        old_codes = {new: old for old, new in pairs}
        return tuple((old_codes[leaf.code], leaf.code) for leaf in self.now.rubric.leaves if leaf.code in old_codes)

    def _means_the_same(self, old: str) -> bool:
        """Tell whether an answer says the same where only points are others: one that is points does not."""
        stored = self.before.answers.get(old)
        return stored is None or not isinstance(stored.entry.answer, PointsAnswer)

    def _copied(self, old: str, new: str) -> Save | None:
        criterion = self.now.rubric.criterion(new)
        return _copy(self._answered[old], criterion, self.before.assessment, self.now.assessment)

    def _notes(self) -> dict[str, Save]:
        noted = [(old, new) for new, old in self.same.items() if new not in self._there and new not in self.wanted]
        return {
            new: _note(self.before.answers[old], new, self.now) for old, new in noted if _has_note(self.before, old)
        }


def _turned(old_codes: Mapping[str, str]) -> tuple[Pair, ...]:
    return tuple((old, new) for new, old in old_codes.items())


def _copy(stored: StoredAnswer, criterion: Criterion, source: Assessment, target: Assessment) -> Save | None:
    """Give what is to be stored in the new assessment; None when nothing of the answer fits there."""
    is_same_year = source.year == target.year
    kept = _KEPT[is_same_year](stored.entry, criterion)
    if kept.not_due and not _stays_not_due(criterion.scored, target):
        # It has become due: an open criterion, not an answer.
        return None
    if kept.is_empty:
        return None
    raw: Mapping[str, Any] = entry_to_json(kept)
    try:
        scored = score(criterion.scored, read_entry(criterion.scored, raw), target.period)
    except AnswerRefused:
        return None
    note = stored.self_note if is_same_year else ""
    return Save(criterion.code, 1, raw, note, scored, LogAction.CARRY, carried_from=source.id)


def _has_note(before: Sheet, code: str) -> bool:
    return code in before.answers and bool(before.answers[code].self_note)


def _note(stored: StoredAnswer, code: str, now: Sheet) -> Save:
    """Give a self note alone: without an answer there is nothing to confirm."""
    scored = score(now.rubric.criterion(code).scored, EMPTY, now.assessment.period)
    return Save(code, 1, {}, stored.self_note, scored, LogAction.CARRY)


def _within_a_year(entry: Entry, criterion: Criterion) -> Entry:
    return entry


def _from_another_year(entry: Entry, criterion: Criterion) -> Entry:
    if criterion.scored.is_external:
        return Entry(not_applicable=entry.not_applicable)
    if isinstance(criterion.scored.rule, Compare):
        # «This year» and «last year» are other years now.
        return Entry(not_applicable=entry.not_applicable, not_due=entry.not_due)
    return Entry(entry.answer, entry.not_applicable, None, entry.not_due)


_KEPT: Mapping[bool, Callable[[Entry, Criterion], Entry]] = {True: _within_a_year, False: _from_another_year}


def _stays_not_due(leaf: Leaf, target: Assessment) -> bool:
    dues = [leaf.due_period]
    if isinstance(leaf.rule, Checklist):
        dues = [item.due_period or leaf.due_period for item in leaf.rule.items]
    # What has no due period falls due with the year.
    has_come = all(due is not None and target.period.has_reached(due) for due in dues)
    return target.is_provisional and not has_come
