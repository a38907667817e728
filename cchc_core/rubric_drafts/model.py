"""A draft of a criteria set as it stands: its head, its rows as a tree, and how far its rules are confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cchc_core.rubric_in.model import NodeKind

Json = dict[str, Any]


class RuleState(StrEnum):
    """How far people stand for the rule of a leaf; a group has none."""

    NONE = ""
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    MANUAL = "manual"


RULE_STATE_NAMES: Mapping[RuleState, str] = {
    RuleState.NONE: "",
    RuleState.PROPOSED: "Chờ xác nhận",
    RuleState.CONFIRMED: "Đã xác nhận",
    RuleState.MANUAL: "Nhập điểm tay",
}


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    ISSUED = "issued"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class DraftNode:
    """A row of a draft. ``fields`` has the keys of a criterion (section, part) in a criteria-set file, without code,
    parent, title and rule; ``rule`` is a rule in the form of the contract, None for a group.

    ``proposal`` holds ``{confidence, reason, rule, lines: [{text, points, place}]}``, ``printed`` (code, title and
    points as a file had them) and ``points_from`` (the document that official points came with), each where there is
    one; ``place`` is where it stands in the source. A leaf whose rule is None and whose state is proposed still waits
    for somebody to choose.
    """

    id: str
    parent_id: str | None
    ordinal: int
    kind: NodeKind
    code: str
    title: str
    fields: Json
    rule: Json | None
    rule_state: RuleState
    proposal: Json
    place: str
    version: int


@dataclass(frozen=True, slots=True)
class DraftHead:
    """What a draft says of the whole set, by the keys of a criteria-set file."""

    title: str
    issuer: str
    year: int
    document: str
    points_source: str
    declared_total: str | None = None
    points_document: str | None = None
    applies_to: tuple[str, ...] = ()
    caps: tuple[Json, ...] = ()
    exclusions: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its rows in printed order (depth first).

    ``version`` is that of the head alone, to change it; ``revision`` grows with every change of the head or of any
    row, to tell whether the whole still is what was looked at. ``changed_by_name`` and ``changed_at_utc`` tell of
    the last change of either.
    """

    id: str
    rubric_id: str
    head: DraftHead
    based_on: str | None
    origin: str
    file_sha256: str
    state: DraftState
    version: int
    changed_by_name: str
    changed_at_utc: datetime
    nodes: tuple[DraftNode, ...] = ()
    revision: int = 0
