"""Codes that the head of a draft names, in caps and in pairs that exclude each other, follow a row's new code."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cchc_core.rubric_drafts.model import Draft, Json
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.store import rubric_drafts
from cchc_core.store.connection import Connection
from cchc_core.store.users import User


def follow_code(connection: Connection, user: User, draft: Draft, old: str, new: str) -> None:
    """Put a row's new code where the head names the old one, unless another row bears either of them.

    Two rows with one code are a slip of the pen that is put right soon: what was named before is not lost by it.
    """
    borne = Counter(node.code for node in draft.nodes)
    if old == new or borne[old] > 1 or borne[new]:
        return
    caps = tuple({**cap, "node": new} if cap.get("node") == old else cap for cap in draft.head.caps)
    exclusions = tuple(
        {**pair, "criteria": [new if code == old else code for code in pair["criteria"]]}
        for pair in draft.head.exclusions
    )
    rubric_drafts.change_head(connection, draft.id, replace(draft.head, caps=caps, exclusions=exclusions), user.actor)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that exclude each other: those that hold as the rows are, and of the others a sentence each."""

    standing: tuple[Json, ...]
    told: tuple[str, ...]


def pairs_of(draft: Draft) -> Pairs:
    """Tell which pairs of a draft still name two criteria with the levels that contradict each other.

    The others stay in the draft, for a row that comes back, and out of the set that it makes.
    """
    levels = {node.code: _levels(node.rule) for node in draft.nodes if is_leaf(node)}
    reasons = [(pair, _reason(pair, levels)) for pair in draft.head.exclusions]
    told = tuple(
        f"Cặp loại trừ {' và '.join(pair['criteria'])} ({pair['fact']}) không đưa vào phiên bản: {reason}."
        for pair, reason in reasons
        if reason
    )
    return Pairs(tuple(pair for pair, reason in reasons if not reason), told)


def _levels(rule: Json | None) -> int:
    return len(rule["levels"]) if rule is not None and rule["kind"] == "levels" else 0


def _reason(pair: Json, levels: Mapping[str, int]) -> str:
    first, second = pair["criteria"]
    gone = [code for code in dict.fromkeys((first, second)) if code not in levels]
    if gone:
        return f"bản soạn không còn tiêu chí {', '.join(gone)}"
    if first == second:
        return "hai mã giống nhau"
    if any(one >= levels[first] or other >= levels[second] for one, other in pair["contradictions"]):
        return "cách tính đã đổi nên không còn các mức mâu thuẫn"
    return ""
