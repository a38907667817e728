"""Which criteria a document may prove: its title beside the documents that each criterion asks for.

Only suggested: a person attaches.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cchc_core.likeness import Comparer, Wording
from cchc_core.rubric.model import Rubric
from cchc_core.text import fold

MOST_SUGGESTED: Final = 5
WEAKEST: Final = 45
_SAME_TYPE, _OTHER_TYPE = 15, -15
_TYPES: Final = {
    "kế hoạch": r"ke hoach|kh",
    "báo cáo": r"bao cao|bc",
    "quyết định": r"quyet dinh|qd",
    "tờ trình": r"to trinh",
    "thông báo": r"thong bao",
    "biên bản": r"bien ban",
    "danh sách": r"danh sach",
    "công văn": r"cong van|van ban",
}
_SAID: Final = {name: re.compile(rf"\b(?:{words})\b") for name, words in _TYPES.items()}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A criterion that a document may prove, the line of its required evidence (from 0), and how alike: 0 to 100."""

    code: str
    evidence_line: int
    strength: int


def suggest_criteria(text: str, rubric: Rubric) -> tuple[Suggested, ...]:
    """Suggest criteria for a document's title, the likeliest first, each with its likeliest line of evidence.

    What another body follows itself is not suggested. An empty text gives nothing.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return ()
    best: dict[str, Suggested] = {}
    for found in _compared(lines, rubric):
        code = found.code
        if found.strength >= max(WEAKEST, best[code].strength + 1 if code in best else 0):
            best[code] = found
    return tuple(sorted(best.values(), key=lambda each: -each.strength)[:MOST_SUGGESTED])


def strength_for(text: str, rubric: Rubric, code: str, evidence_line: int | None) -> int:
    """Tell how alike a document's title is to a line of a criterion's evidence, or to the likeliest of its lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = (each for each in _compared(lines, rubric) if each.code == code) if lines else ()
    return max((each.strength for each in found if evidence_line in (None, each.evidence_line)), default=0)


def _compared(lines: Sequence[str], rubric: Rubric) -> Iterator[Suggested]:
    for key, strength in _comparer(tuple(_asked_for(rubric))).compare(lines).items():
        code, _, line = key.rpartition("|")
        asked = rubric.criterion(code).evidence[int(line)].text
        yield Suggested(code, int(line), _weighed(strength, lines[0], asked))


def _weighed(strength: float, title: str, asked: str) -> int:
    """Favour a line that asks for such a paper, a report say, over one that asks for another."""
    wanted, own = _types_in(asked), _types_in(title)[:1]
    change = 0 if not wanted or not own or not strength else _SAME_TYPE if own[0] in wanted else _OTHER_TYPE
    return min(100, max(0, round(strength) + change))


def _types_in(text: str) -> list[str]:
    """Name the types of papers that a text speaks of, the first one first."""
    folded = fold(text)
    found = {name: match.start() for name, pattern in _SAID.items() if (match := pattern.search(folded))}
    return sorted(found, key=found.__getitem__)


def _asked_for(rubric: Rubric) -> Sequence[tuple[str, str]]:
    return [
        (f"{leaf.code}|{index}", evidence.text)
        for leaf in rubric.leaves
        for index, evidence in enumerate(leaf.evidence)
        if evidence.brought_by_unit
    ]


@lru_cache(maxsize=8)
def _comparer(asked_for: tuple[tuple[str, str], ...]) -> Comparer:
    return Comparer(Wording(key, (text,)) for key, text in asked_for)
