"""Which criterion of a new version continues which of the old: by code, by what people said, and what is likely.

A code that both versions have decides by itself, unless its text tells that it now stands for another criterion. Any
other tie is only suggested, and holds once a person has confirmed it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from cchc_core.likeness import words
from cchc_core.rubric.changes import Matches, Reading, reading, section_matches
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rubric_diff.model import Decision, DecisionState, Strength, Suggestion

ALIKE: Final = 55
"""From this likeness on a text may be another wording of the other one."""

LIKELY: Final = 85
_CLEARLY: Final = 20
"""By so much another text must be more like before a code is not believed."""

_SURE: Final = 100
_TITLE, _PLACE, _RULE = 0.8, 0.1, 0.1
"""What a likeness is made of: the criterion's own text, the text above it, whether it is scored the same way."""


def resolve(old: Rubric, new: Rubric, decisions: Iterable[Decision] = ()) -> Matches:
    """Give the matches that hold: what people confirmed, then equal codes that were not refused or given away.

    Of two decisions that exclude each other the first one holds; one about a code that is not there says nothing.
    """
    both = _Both(old, new)
    return _resolved(both, _said(both, decisions))


def suggest_matches(old: Rubric, new: Rubric, decisions: Iterable[Decision] = ()) -> tuple[Suggestion, ...]:
    """Suggest which criteria that nothing is matched to yet continue which, each at most once, the likeliest first.

    Nothing of it holds until a person confirms it; what was refused is not suggested again.
    """
    return match(old, new, decisions)[1]


def match(old: Rubric, new: Rubric, decisions: Iterable[Decision] = ()) -> tuple[Matches, tuple[Suggestion, ...]]:
    """Give the matches that hold and those that are suggested beside them, both versions read once."""
    both = _Both(old, new)
    said = _said(both, decisions)
    matches = _resolved(both, said)
    left, free = said.free(both, matches)
    return matches, tuple(_best(both, left, free, said.refused, matches))


def _resolved(both: "_Both", said: "_Said") -> Matches:
    free_old, free_new = said.free(both, said.matches)
    may_stay = set(free_old)
    shared = [code for code in free_new if code in may_stay and (code, code) not in said.refused]
    shared = [code for code in shared if both.is_pair(code, code)]
    shifted = _shifted(both, shared)
    return {**said.matches, **{code: code for code in shared if code not in shifted}}


def _said(both: "_Both", decisions: Iterable[Decision]) -> "_Said":
    return _Said(each for each in decisions if both.knows(each))


class _Both:
    """What both versions ask, by code, and how alike two criteria are."""

    def __init__(self, old: Rubric, new: Rubric) -> None:
        self.old, self.new = old, new
        self.before = {each.code: reading(each, old.year) for each in old.criteria}
        self.after = {each.code: reading(each, new.year) for each in new.criteria}
        self._sections = section_matches(old, new)
        self._worded: dict[str, frozenset[tuple[str, int]]] = {}

    def knows(self, decision: Decision) -> bool:
        """Tell whether a decision is about criteria that are there, and of one sort."""
        one, other = decision.old_code, decision.new_code
        if one and other:
            return self.is_pair(one, other)
        return one in self.before if one else other in self.after

    def is_pair(self, one: str, other: str) -> bool:
        """Tell whether both are there and both are scored, or both are groups."""
        if one not in self.before or other not in self.after:
            return False
        return self.old.criterion(one).is_leaf is self.new.criterion(other).is_leaf

    def is_same_text(self, one: str, other: str) -> bool:
        """Tell whether the titles of two criteria say the same."""
        return self.before[one].title.says(self.after[other].title)

    def text_likeness(self, one: str, other: str) -> float:
        """Tell how alike the titles of two criteria are: 0 to 100."""
        if self.is_same_text(one, other):
            return 100.0
        return self._compared(self.before[one].title.text, self.after[other].title.text)

    def likeness(self, one: str, other: str, matches: Matches) -> float:
        """Tell how alike two criteria are by text, by what stands above them and by their rules."""
        above = 100.0 if self._is_below_the_same(one, other, matches) else self._above_likeness(one, other)
        same_rule = 100 if self.before[one].rule.says(self.after[other].rule) else 0
        return _TITLE * self.text_likeness(one, other) + _PLACE * above + _RULE * same_rule

    def _is_below_the_same(self, one: str, other: str, matches: Matches) -> bool:
        parent = self.old.criterion(one).parent
        return {**self._sections, **matches}.get(parent) == self.new.criterion(other).parent

    def _above_likeness(self, one: str, other: str) -> float:
        old, new = self.old.criterion(one), self.new.criterion(other)
        return self._compared(_title_above(self.old, old), _title_above(self.new, new))

    def _compared(self, one: str, other: str) -> float:
        """Tell which share of their words two texts have in common, abbreviations written out: 0 to 100."""
        before, after = self._words(one), self._words(other)
        count = len(before) + len(after)
        return 200 * len(before & after) / count if count else 100.0

    def _words(self, text: str) -> frozenset[tuple[str, int]]:
        """Give the words of a text, each with how often it stood there before."""
        known = self._worded.get(text)
        if known is None:
            seen: Counter[str] = Counter()
            known = self._worded[text] = frozenset(map(partial(_numbered, seen), words(text)))
        return known


def _numbered(seen: Counter[str], word: str) -> tuple[str, int]:
    seen[word] += 1
    return word, seen[word]


def _title_above(rubric: Rubric, criterion: Criterion) -> str:
    sections = {section.code: section.title for section in rubric.sections}
    return sections.get(criterion.parent) or rubric.criterion(criterion.parent).title


class _Said:
    """What people said: ``gone`` are old codes that nothing continues, ``come`` new ones that continue nothing."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.matches: dict[str, str] = {}
        self.gone: set[str] = set()
        self.come: set[str] = set()
        self.refused: set[tuple[str, str]] = set()
        for each in decisions:
            if each.state is DecisionState.REFUSED:
                self.refused.add((each.old_code, each.new_code))
            elif not self._is_settled(each):
                self._settle(each.old_code, each.new_code)

    def _is_settled(self, decision: Decision) -> bool:
        one, other = decision.old_code, decision.new_code
        return one in self.gone or one in self.matches or other in self.come or other in self.matches.values()

    def _settle(self, one: str, other: str) -> None:
        if one and other:
            self.matches[one] = other
        elif one:
            self.gone.add(one)
        else:
            self.come.add(other)

    def free(self, both: _Both, matches: Matches) -> tuple[list[str], list[str]]:
        """Give the codes of either version that are not matched and that nothing is settled of."""
        taken = set(matches.values()) | self.come
        left = [code for code in both.before if code not in matches and code not in self.gone]
        return left, [code for code in both.after if code not in taken]


def _shifted(both: _Both, shared: Sequence[str]) -> frozenset[str]:
    """Give the codes that stand for another criterion now: their text is found elsewhere, more like than here."""
    firm = {code for code in shared if both.is_same_text(code, code)}
    left, free = ([code for code in codes if code not in firm] for codes in (both.before, both.after))
    return frozenset(code for code in shared if code not in firm and _is_elsewhere(both, code, left, free))


def _is_elsewhere(both: _Both, code: str, left: Sequence[str], free: Sequence[str]) -> bool:
    others = [*((code, other) for other in free), *((one, code) for one in left)]
    enough = max(ALIKE, both.text_likeness(code, code) + _CLEARLY)
    return any(
        both.is_pair(*pair) and (both.is_same_text(*pair) or both.text_likeness(*pair) >= enough)
        for pair in others
        if pair != (code, code)
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    old_code: str
    new_code: str
    likeness: float
    is_same_text: bool


def _best(
    both: _Both, left: Sequence[str], free: Sequence[str], refused: set[tuple[str, str]], matches: Matches
) -> Iterator[Suggestion]:
    found = sorted(_candidates(both, left, free, refused, matches), key=lambda each: (-each.likeness, each.old_code))
    same = [each for each in found if each.is_same_text]
    twins = Counter(each.old_code for each in same) + Counter(f"new {each.new_code}" for each in same)
    taken_old: set[str] = set()
    taken_new: set[str] = set()
    for each in found:
        if each.old_code in taken_old or each.new_code in taken_new:
            continue
        taken_old.add(each.old_code)
        taken_new.add(each.new_code)
        is_only = twins[each.old_code] == 1 and twins[f"new {each.new_code}"] == 1
        yield _suggestion(both, each, is_exact=each.is_same_text and is_only)


def _candidates(
    both: _Both, left: Sequence[str], free: Sequence[str], refused: set[tuple[str, str]], matches: Matches
) -> Iterator[_Candidate]:
    for one in left:
        for other in free:
            if (one, other) in refused or not both.is_pair(one, other):
                continue
            if both.text_likeness(one, other) < ALIKE:
                continue
            yield _Candidate(one, other, both.likeness(one, other, matches), both.is_same_text(one, other))


def _suggestion(both: _Both, found: _Candidate, *, is_exact: bool) -> Suggestion:
    strength = Strength.EXACT if is_exact else Strength.LIKELY if found.likeness >= LIKELY else Strength.POSSIBLE
    before, after = both.before[found.old_code], both.after[found.new_code]
    likeness = min(_SURE, round(found.likeness))
    return Suggestion(found.old_code, found.new_code, strength, likeness, _reason(both, found, before, after))


def _reason(both: _Both, found: _Candidate, before: Reading, after: Reading) -> str:
    text = round(both.text_likeness(found.old_code, found.new_code))
    said = ["nội dung giống hệt" if found.is_same_text else f"nội dung giống {text} %"]
    if before.scoring.text:
        same = "cùng cách tính và điểm" if before.scoring.says(after.scoring) else "cùng cách tính, khác điểm"
        said.append(same if before.rule.says(after.rule) else "khác cách tính")
    return ", ".join(said)


def codes_by_new(matches: Mapping[str, str]) -> dict[str, str]:
    """Turn matches round: the old code by the new one."""
    return {other: one for one, other in matches.items()}
