"""What a version of a criteria set changed of the one before: which criteria go on, and which still ask the same.

Which criterion continues which is given as ``matches`` (code in the old version by code in the new one); without it
codes alone decide.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from cchc_core.rubric.document import points_text, rule_to_json
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.kinds import Leaf

Matches = Mapping[str, str]
"""Codes of the new version by the codes of the old one that they continue."""

Pair = tuple[str, str]
"""A code of the old version, and the one that continues it in the new version."""

_YEAR: Final = re.compile(r"\b20\d\d\b")
_NEAR: Final = 2
"""How many years before and after its own a set may name and mean "last year" or "next year"."""

_ENDS: Final = " .;,:"
_POINTS: Final = frozenset({"points", "higher", "equal", "lower", "step"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of a year's set, so that how it is typed makes no difference: folded, without its end mark."""

    text: str
    year: int

    def says(self, other: "Wording") -> bool:
        """Tell whether two texts say the same; a year they name may be the same one, or as far from their own.

        >>> wording("Kế hoạch CCHC năm 2025.", 2025).says(wording("Kế hoạch  CCHC năm 2024", 2024))
        True
        >>> wording("Nghị quyết năm 2021", 2025).says(wording("Nghị quyết năm 2021", 2024))
        True
        >>> wording("Kế hoạch năm 2021", 2025).says(wording("Kế hoạch năm 2020", 2025))
        False
        """
        if self.text == other.text:
            return True
        if "20" not in self.text or _YEAR.sub("", self.text) != _YEAR.sub("", other.text):
            return False
        named = zip(_YEAR.findall(self.text), _YEAR.findall(other.text), strict=True)
        return all(one == two or self._away(one) == other._away(two) for one, two in named)

    def _away(self, named: str) -> int | str:
        distance = int(named) - self.year
        return distance if abs(distance) <= _NEAR else named


def wording(text: str, year: int) -> Wording:
    """Give a text of a year's set as versions are compared by it."""
    return Wording(folded_title(text).rstrip(_ENDS), year)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a criterion asks: its title, its whole way of scoring (empty for a group), the same but for the points."""

    title: Wording
    scoring: Wording
    rule: Wording

    def asks_as(self, other: "Reading") -> bool:
        """Tell whether two criteria ask the same and give the same points for it."""
        return self.title.says(other.title) and self.scoring.says(other.scoring)

    def asks_for_other_points(self, other: "Reading") -> bool:
        """Tell whether two criteria ask the same, whatever points they give for it."""
        return self.title.says(other.title) and self.rule.says(other.rule)


def reading(criterion: Criterion, year: int) -> Reading:
    """Read what a criterion of a year's set asks."""
    title = wording(criterion.title, year)
    if criterion.leaf is None:
        return Reading(title, Wording("", year), Wording("", year))
    form = _form(criterion.leaf)
    without = {**_without_points(form), "max_points": None}
    return Reading(title, Wording(_written(form), year), Wording(_written(without), year))


@lru_cache(maxsize=8192)
def folded_title(title: str) -> str:
    """Give the form of a title by which two versions are compared: no diacritics, đ as d, no case, single spaces.

    >>> folded_title("CẢI CÁCH  Thể chế") == folded_title("Cải cách thể chế")
    True
    """
    bare = unicodedata.normalize("NFC", title).casefold().replace("đ", "d")
    letters = (c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def _form(leaf: Leaf) -> dict[str, Any]:
    return {
        "max_points": points_text(leaf.max_points),
        "rule": rule_to_json(leaf.rule),
        "not_applicable_clause": leaf.not_applicable_clause,
        "void_condition": leaf.void_condition,
        "due_period": leaf.due_period,
        "effect": leaf.effect.value,
    }


def _written(form: Mapping[str, Any]) -> str:
    return json.dumps(_folded(form), ensure_ascii=False, sort_keys=True)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return folded_title(value).rstrip(_ENDS)
    if isinstance(value, Mapping):
        return {key: _folded(inner) for key, inner in value.items()}
    return [_folded(inner) for inner in value] if isinstance(value, list) else value


def _without_points(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_points(inner) for inner in value]
    if not isinstance(value, Mapping):
        return value
    return {key: _blank(key, inner) for key, inner in value.items()}


def _blank(key: str, value: Any) -> Any:
    if key == "points_by_count":
        return len(value)
    if key == "linear":
        return None if value is None else "linear"
    return None if key in _POINTS else _without_points(value)


def is_unchanged(a: Criterion, b: Criterion) -> bool:
    """Tell whether two versions of one year have the very same criterion: equal code, title and way of scoring.

    What was answered to one may then stand for the other, and their points may be compared. How a title is typed
    (capitals, spaces, the place of a tone mark's code) makes no difference; its words do.
    """
    return a.code == b.code and reading(a, 0).asks_as(reading(b, 0))


@dataclass(frozen=True, slots=True)
class Continued:
    """What became of the scored criteria of an old version, in the printed order of the new one.

    ``repriced`` ask the same for other points; ``changed`` have another title or another rule; ``removed`` are the
    codes of the old version that nothing continues.
    """

    unchanged: tuple[Pair, ...]
    repriced: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    removed: tuple[str, ...]

    @property
    def going_on(self) -> tuple[Pair, ...]:
        """Give every criterion that goes on, changed or not."""
        return (*self.unchanged, *self.repriced, *self.changed)


def continued(old: Rubric, new: Rubric, matches: Matches | None = None) -> Continued:
    """Tell what became of the scored criteria of an old version; only what is scored in both versions goes on."""
    given = by_code(old, new) if matches is None else matches
    pairs = sorted(_scored(old, new, given), key=_printed_order(new))
    sorts: dict[str, list[Pair]] = {"unchanged": [], "repriced": [], "changed": []}
    for pair in pairs:
        sorts[_sort(reading(old.criterion(pair[0]), old.year), reading(new.criterion(pair[1]), new.year))].append(pair)
    going_on = {code for code, _ in pairs}
    removed = tuple(leaf.code for leaf in old.leaves if leaf.code not in going_on)
    return Continued(tuple(sorts["unchanged"]), tuple(sorts["repriced"]), tuple(sorts["changed"]), removed)


def by_code(old: Rubric, new: Rubric) -> Matches:
    """Match criteria by their codes alone: what is scored with what is scored, groups with groups."""
    before = {criterion.code: criterion.is_leaf for criterion in old.criteria}
    return {each.code: each.code for each in new.criteria if before.get(each.code) is each.is_leaf}


def _scored(old: Rubric, new: Rubric, matches: Matches) -> Iterator[Pair]:
    before, after = {leaf.code for leaf in old.leaves}, {leaf.code for leaf in new.leaves}
    return ((one, other) for one, other in matches.items() if one in before and other in after)


def _printed_order(new: Rubric) -> Callable[[Pair], int]:
    order = {criterion.code: place for place, criterion in enumerate(new.criteria)}
    return lambda pair: order[pair[1]]


def _sort(before: Reading, after: Reading) -> str:
    if before.asks_as(after):
        return "unchanged"
    return "repriced" if before.asks_for_other_points(after) else "changed"


def section_matches(old: Rubric, new: Rubric) -> Matches:
    """Match sections that have one title: first those whose code is the same too, then by titles that stand alone."""
    before, after = (
        {section.code: wording(section.title, rubric.year) for section in rubric.sections} for rubric in (old, new)
    )
    same = {code: code for code, title in after.items() if code in before and before[code].says(title)}
    moved = {
        code: found[0]
        for code, title in before.items()
        if code not in same
        and len(found := _saying(title, after, same)) == 1
        and len(_saying(after[found[0]], before, same)) == 1
    }
    return same | moved


def _saying(title: Wording, listed: Mapping[str, Wording], taken: Matches) -> list[str]:
    return [code for code, other in listed.items() if code not in taken and title.says(other)]
