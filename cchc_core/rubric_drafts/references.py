"""Codes that the head of a draft names, in caps and in pairs that exclude each other, follow a row's new code."""

from dataclasses import replace

from cchc_core.rubric_drafts.model import Draft
from cchc_core.store import rubric_drafts
from cchc_core.store.connection import Connection
from cchc_core.store.users import User


def follow_code(connection: Connection, user: User, draft: Draft, old: str, new: str) -> None:
    """Put a row's new code where the head names the old one, unless another row still bears it."""
    if old == new or sum(node.code == old for node in draft.nodes) > 1:
        return
    caps = tuple({**cap, "node": new} if cap.get("node") == old else cap for cap in draft.head.caps)
    exclusions = tuple(
        {**pair, "criteria": [new if code == old else code for code in pair["criteria"]]}
        for pair in draft.head.exclusions
    )
    rubric_drafts.change_head(connection, draft.id, replace(draft.head, caps=caps, exclusions=exclusions), user.actor)
