"""What a Phiếu Excel that came back holds, and how it stands to what is stored now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cchc_core.rules.entries import Entry
from cchc_core.rules.scoring import Score
from cchc_core.store.assessments import Assessment
from cchc_core.workbook_in.model import Cell


@dataclass(frozen=True, slots=True)
class ProofLink:
    """A document attached to a criterion, as a line; ``address`` leads to it, empty where nothing does."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class CellIn:
    """What stands in an input cell that came back, and where."""

    cell: Cell
    place: str


@dataclass(frozen=True, slots=True)
class CriterionIn:
    """A criterion of a slip: the answer and note that it was written with, and every input cell by field."""

    code: str
    version: int
    entry_json: Mapping[str, Any]
    note: str
    cells: Mapping[str, CellIn]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that keeps it from being taken over: where, what is wrong, what to do."""

    where: str
    problem: str
    to_do: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A workbook that came back, recognised by its hidden ids; nothing in it is believed yet.

    ``problems`` are of the file itself: rows that were taken out or doubled.
    """

    name: str
    assessment_id: str
    rubric_sha256: str
    about: str
    written_at_utc: datetime | None
    criteria: tuple[CriterionIn, ...]
    problems: tuple[Problem, ...] = ()


class Part(StrEnum):
    """What of a criterion a slip changes."""

    ENTRY = "entry"
    NOTE = "note"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Side:
    """A criterion as one side has it; ``score`` is the core's, of bonuses and penalties as far as caps count them."""

    entry: Entry
    note: str
    score: Score


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion that the slip answers otherwise than when it was written.

    ``mine`` is as it will be stored: what the slip does not change stays as it is stored now. ``parts`` are what it
    changes, ``conflicts`` those of them that somebody else changed meanwhile too.
    """

    code: str
    title: str
    parts: frozenset[Part]
    conflicts: frozenset[Part]
    before: Side
    stored: Side
    mine: Side
    version: int
    stored_by: str = ""
    stored_at_utc: datetime | None = None

    @property
    def is_conflict(self) -> bool:
        """Tell whether somebody has to choose."""
        return bool(self.conflicts)

    @property
    def gain(self) -> Decimal:
        """Give how many points the change brings, negative for fewer."""
        return self.mine.score.points - self.stored.score.points


@dataclass(frozen=True, slots=True)
class Comparison:
    """What taking a slip over would do; nothing can be taken over while there are problems.

    ``there`` are criteria that the slip changed and that are stored just so already; ``left`` are those that stand in
    it as it was written, while they have been changed in the product since: they stay as they are stored.
    """

    slip: Slip
    assessment: Assessment
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    there: tuple[str, ...]
    left: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """Give the changes for which somebody has to choose."""
        return tuple(change for change in self.changes if change.is_conflict)

    @property
    def clear(self) -> tuple[Change, ...]:
        """Give the changes that nobody else touched."""
        return tuple(change for change in self.changes if not change.is_conflict)


class Keep(StrEnum):
    """Whose answer stays where both changed it."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody's choice for a conflict, made on seeing the stored answer of that version."""

    keep: Keep
    version: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What was stored, by code, and for which conflicts the stored answer was kept."""

    taken: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def message(self) -> str:
        """Say in Vietnamese what was done."""
        if not self.taken:
            kept = f" Giữ nguyên {len(self.kept)} tiêu chí theo phần mềm." if self.kept else ""
            return f"Không có gì phải lưu.{kept}"
        kept = f", giữ nguyên {len(self.kept)} tiêu chí theo phần mềm" if self.kept else ""
        return f"Đã lưu {len(self.taken)} tiêu chí từ Phiếu Excel{kept}."
