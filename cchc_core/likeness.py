"""How alike two Vietnamese texts are, by what they are about: 0 to 100.

Texts are folded, usual abbreviations are written out (TTHC = thủ tục hành chính), and words that stand in every line
of a plan ("xây dựng, ban hành, kế hoạch") say nothing by themselves. Two views are joined: rapidfuzz on the words of
the whole texts, and the two lines that have most of their rare words in common. Measured: docs/suggested-links.md.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Final

from cchc_core.text import fold

_WORD: Final = re.compile(r"[a-z0-9]+")
_WRITTEN_OUT: Final[Mapping[str, str]] = {
    "bcci": "buu chinh cong ich",
    "cbcc": "can bo cong chuc",
    "cbccvc": "can bo cong chuc vien chuc",
    "cchc": "cai cach hanh chinh",
    "ccvc": "cong chuc vien chuc",
    "cds": "chuyen doi so",
    "cntt": "cong nghe thong tin",
    "dgnb": "danh gia noi bo",
    "dvc": "dich vu cong",
    "dvctt": "dich vu cong truc tuyen",
    "dvsncl": "don vi su nghiep cong lap",
    "hdnd": "hoi dong nhan dan",
    "htqlcl": "he thong quan ly chat luong",
    "mcdt": "mot cua dien tu",
    "mtcl": "muc tieu chat luong",
    "pakn": "phan anh kien nghi",
    "pvhcc": "phuc vu hanh chinh cong",
    "qlvb": "quan ly van ban",
    "qppl": "quy pham phap luat",
    "ttdt": "thong tin dien tu",
    "tthc": "thu tuc hanh chinh",
    "ubnd": "uy ban nhan dan",
    "udcntt": "ung dung cong nghe thong tin",
    "vbqppl": "van ban quy pham phap luat",
    "xxld": "xem xet lanh dao",
}
_EVERYWHERE: Final = (
    "ban bang bao bo cac can cao cap cho co cong cua cung da dam dap day den di do don du dung duoc gia hanh hien hoac "
    "hoach ke ket khi khong kip la lam lap mot muc nam nay nham nhung noi phong qua quan quy ra so tac tai theo thoi "
    "thu thuc thuoc tiep tinh to trien trong tu tuc tung uy ve vi viec voi xay"
)
_IN_EVERY_LINE: Final = frozenset(_EVERYWHERE.split())
_WHOLE, _LINE = 0.25, 0.75
"""Shares of the two views; chosen on one section of one plan."""


def words(text: str) -> tuple[str, ...]:
    """Give the words of a text, folded, with abbreviations written out.

    >>> words("Rà soát TTHC")
    ('ra', 'soat', 'thu', 'tuc', 'hanh', 'chinh')
    """
    return tuple(part for word in _WORD.findall(fold(text)) for part in _WRITTEN_OUT.get(word, word).split())


def likeness(one: str, other: str) -> int:
    """Tell how alike two single texts are: 100 where one says all that the other does.

    >>> likeness("Niêm yết công khai TTHC", "Công khai, niêm yết thủ tục hành chính")
    100
    >>> likeness("Tinh giản biên chế", "Đào tạo, bồi dưỡng công chức") < 50
    True
    """
    from rapidfuzz import fuzz

    return round(fuzz.token_set_ratio(_telling(one), _telling(other)))


@dataclass(frozen=True, slots=True)
class Wording:
    """A text to compare with, by the name it is known under: its lines, the title first."""

    key: str
    lines: tuple[str, ...]


class Comparer:
    """Texts made ready to be compared with others; a word counts the more, the fewer of their lines have it."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._wholes: dict[str, str] = {}
        lines: list[tuple[str, Counter[str]]] = []
        for wording in wordings:
            self._wholes[wording.key] = _telling(" ".join(wording.lines))
            lines += [(wording.key, _terms(line)) for line in dict.fromkeys(wording.lines)]
        self._count = len(lines)
        self._with_term = Counter(term for _, terms in lines for term in terms)
        self._owners = [key for key, _ in lines]
        self._places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, (_, terms) in enumerate(lines):
            for term, weight in self._weighted(terms).items():
                self._places[term].append((place, weight))

    def compare(self, lines: Sequence[str]) -> dict[str, float]:
        """Tell how alike a text, given in lines, is to each of the texts: 0 to 100 by their keys."""
        from rapidfuzz import fuzz, process

        best = dict.fromkeys(self._wholes, 0.0)
        for line in dict.fromkeys(lines):
            for place, share in self._shared(line).items():
                key = self._owners[place]
                best[key] = max(best[key], share)
        whole = _telling(" ".join(lines))
        found = process.extract(whole, self._wholes, scorer=fuzz.token_set_ratio, processor=None, limit=None)
        return {key: _WHOLE * ratio + _LINE * 100 * best[key] for _, ratio, key in found}

    def _shared(self, line: str) -> dict[int, float]:
        """Give the cosine of a line with each line that has a term in common with it, by place."""
        shares: defaultdict[int, float] = defaultdict(float)
        for term, weight in self._weighted(_terms(line)).items():
            for place, other in self._places.get(term, ()):
                shares[place] += weight * other
        return shares

    def _weighted(self, terms: Counter[str]) -> dict[str, float]:
        """Weigh the terms of a line so that their squares add up to one; a rare term weighs most."""
        weights = {term: sqrt(times) * self._rarity(term) for term, times in terms.items()}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()} if length else {}

    def _rarity(self, term: str) -> float:
        return log((1 + self._count) / (1 + self._with_term[term]))


def _telling(text: str) -> str:
    return " ".join(word for word in words(text) if word not in _IN_EVERY_LINE)


def _terms(line: str) -> Counter[str]:
    """Count the words and the pairs of words that follow each other: most Vietnamese words have two syllables."""
    each = words(line)
    pairs = (f"{one} {other}" for one, other in pairwise(each) if not _say_nothing(one, other))
    return Counter([*(word for word in each if word not in _IN_EVERY_LINE), *pairs])


def _say_nothing(*each: str) -> bool:
    return all(word in _IN_EVERY_LINE for word in each)
