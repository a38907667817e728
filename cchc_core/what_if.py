"""Trying out (thử điểm): what other answers would come to, with nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cchc_core.rubric.capping import capped
from cchc_core.rules.answers import EMPTY, Entry, entry_to_json, read_entry
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import Score, score
from cchc_core.sheet import Sheet
from cchc_core.store.answers import StoredAnswer
from cchc_core.store.clock import now_utc
from cchc_core.text import cleaned
from cchc_core.totals import total_rubric

Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Trial:
    """An assessment as it would be with other answers.

    ``sheet`` has the answers, scores and totals of the trial; ``changed`` are the criteria that are answered otherwise
    than in the real one, in printed order; ``problems`` say why a tried answer was left out, by code.
    """

    sheet: Sheet
    changed: tuple[str, ...]
    problems: Mapping[str, str]


def try_out(sheet: Sheet, entries: Mapping[str, Raw]) -> Trial:
    """Score an assessment with some criteria answered otherwise: raw answers by code, an empty one for none.

    What a rule refuses, and a criterion that the set does not have (any more), is left out and told.
    """
    tried: dict[str, tuple[Entry, Score]] = {}
    problems: dict[str, str] = {}
    for code, raw in entries.items():
        if code not in sheet.scores:
            problems[code] = "Bộ tiêu chí này không có (hoặc không còn) tiêu chí này nên bỏ qua."
            continue
        try:
            tried[code] = _tried(sheet, code, raw)
        except AnswerRefused as refused:
            problems[code] = str(refused)
    changed = tuple(leaf.code for leaf in sheet.rubric.leaves if _is_other(sheet, leaf.code, tried))
    scores = capped(sheet.rubric, {**sheet.scores, **{code: tried[code][1] for code in changed}})
    answers = {**sheet.answers, **{code: _answer(sheet, code, tried[code][0]) for code in changed}}
    totals = total_rubric(sheet.rubric, scores)
    return Trial(replace(sheet, answers=answers, scores=scores, totals=totals), changed, problems)


def _tried(sheet: Sheet, code: str, raw: Raw) -> tuple[Entry, Score]:
    leaf = sheet.rubric.criterion(code).scored
    entry = read_entry(leaf, cleaned(raw))
    return entry, score(leaf, entry, sheet.period)


def _is_other(sheet: Sheet, code: str, tried: Mapping[str, tuple[Entry, Score]]) -> bool:
    if code not in tried:
        return False
    stored = sheet.answers.get(code)
    return tried[code][0] != (EMPTY if stored is None else stored.entry)


def _answer(sheet: Sheet, code: str, entry: Entry) -> StoredAnswer:
    stored = sheet.answers.get(code)
    if stored is None:
        return StoredAnswer(code, 0, entry, entry_to_json(entry), "", "", now_utc())
    return replace(stored, entry=entry, entry_json=entry_to_json(entry), carried_from=None)
