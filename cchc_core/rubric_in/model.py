"""What a file brings: the head of a criteria set and its rows as a tree, each with its place and what was proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Evidence
from cchc_core.rules.kinds import Effect, Rule
from cchc_core.workbook_in.model import Problem


class NodeKind(StrEnum):
    """What a row of a criteria set is; a criterion without criteria below it is a leaf."""

    PART = "part"
    SECTION = "section"
    CRITERION = "criterion"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line below a criterion's title, or of its column "cách chấm", with the points printed beside it, if any."""

    text: str
    points: Decimal | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the wording of a leaf seems to ask; nothing of it holds until a person confirms it.

    ``rule`` is None where nothing fits: then it is left to be scored by hand. ``confidence`` runs from 0 to 1;
    ``reason`` says in Vietnamese what it was read from.
    """

    rule: Rule | None
    confidence: float
    reason: str
    not_applicable_clause: str | None = None
    void_condition: str | None = None
    effect: Effect = Effect.NORMAL


@dataclass(frozen=True, slots=True)
class ImportedNode:
    """A row in printed order: ``parent`` is the key of the one above it (None for a part, or a section without parts).

    ``code`` is the key, unique in the set (the printed code, with the part's before it where codes repeat), and
    ``max_points`` what is printed beside it. ``texts`` holds deadline, funding, responsible and note by the keys of a
    criteria-set file; ``applies_to`` the kinds of bodies that a filled template names (empty: all).
    """

    code: str
    kind: NodeKind
    parent: str | None
    title: str
    max_points: Decimal | None
    place: str
    lines: tuple[PrintedLine, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    texts: Mapping[str, str] | None = None
    proposal: Proposal | None = None
    applies_to: tuple[BodyKind, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column of the file and what it was taken for; ``field`` is '' for one that is not read."""

    letters: str
    name: str
    field: str


@dataclass(frozen=True, slots=True)
class ImportedSet:
    """What a file holds. As long as there is a problem nothing is taken over; notes are only told."""

    file_name: str
    file_sha256: str
    title: str
    issuer: str
    year: int
    document: str
    declared_total: Decimal | None
    nodes: tuple[ImportedNode, ...]
    columns: tuple[ColumnRead, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
