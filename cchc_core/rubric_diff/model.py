"""What differs between two versions of a criteria set, and which criterion may continue which."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.rubric.changes import Matches
from cchc_core.rubric.model import Criterion, Rubric


class ChangeKind(StrEnum):
    """What became of a criterion; several may be true of one that goes on."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    POINTS = "points"
    RULE = "rule"
    EVIDENCE = "evidence"
    OTHER = "other"


CHANGE_NAMES: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.ADDED: "Thêm mới",
    ChangeKind.REMOVED: "Bỏ",
    ChangeKind.MOVED: "Chuyển chỗ, đổi mã",
    ChangeKind.RENAMED: "Đổi nội dung",
    ChangeKind.POINTS: "Đổi điểm",
    ChangeKind.RULE: "Đổi cách tính",
    ChangeKind.EVIDENCE: "Đổi tài liệu kiểm chứng",
    ChangeKind.OTHER: "Đổi thông tin khác",
}


CODE: Final = "Mã"
"""What a detail about the code of a criterion is called."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that reads differently, in words; a side that has nothing is empty."""

    kind: ChangeKind
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion that differs: on one side alone, or on both with what changed."""

    old: Criterion | None
    new: Criterion | None
    kinds: tuple[ChangeKind, ...]
    details: tuple[Detail, ...] = ()

    @property
    def shown(self) -> Criterion:
        """Give the criterion as the new version has it, or the old one where it is gone."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a line without a criterion")
        return found


@dataclass(frozen=True, slots=True)
class SectionSum:
    """A section on both sides; codes, titles and points of a side that lacks it are None."""

    old_code: str | None
    new_code: str | None
    old_title: str | None
    new_title: str | None
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Give the points more on the new side; None where a side lacks the section."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Difference:
    """All that differs between two versions, in the printed order of the new one; what is gone stands where it stood.

    ``head`` tells of title, issuer, document and the like; ``unchanged`` counts the criteria, groups among them, that
    are the same in everything.
    """

    old: Rubric
    new: Rubric
    matches: Matches
    lines: tuple[Line, ...]
    unchanged: int
    sections: tuple[SectionSum, ...]
    head: tuple[Detail, ...] = ()

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """Count the criteria by what became of them; one that changed twice is counted twice."""
        found = Counter(kind for line in self.lines for kind in line.kinds)
        return {kind: found[kind] for kind in ChangeKind}

    @property
    def is_illustrative(self) -> bool:
        """Tell whether a side has points that its print does not have."""
        return self.old.is_illustrative or self.new.is_illustrative


class Strength(StrEnum):
    """How sure it is that one criterion continues another."""

    EXACT = "exact"
    LIKELY = "likely"
    POSSIBLE = "possible"


STRENGTH_NAMES: Final[Mapping[Strength, str]] = {
    Strength.EXACT: "Nội dung giống hệt",
    Strength.LIKELY: "Rất giống",
    Strength.POSSIBLE: "Có thể",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A criterion of the new version that may continue one of the old; ``likeness`` runs from 0 to 100."""

    old_code: str
    new_code: str
    strength: Strength
    likeness: int
    reason: str


class DecisionState(StrEnum):
    """What a person said of a pair."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said: one criterion continues the other, or it does not.

    Confirmed with an empty new code: nothing continues the old one; with an empty old code: the new one is new.
    """

    old_code: str
    new_code: str
    state: DecisionState
