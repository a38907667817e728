"""People stand for the rules of a draft: they confirm what was proposed, or leave a leaf to be scored by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from cchc_core.rubric_drafts.access import draft_to_change, node_in
from cchc_core.rubric_drafts.manual import manual_rule
from cchc_core.rubric_drafts.model import DraftNode, RuleState
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.store import rubric_drafts
from cchc_core.store.database import Database
from cchc_core.store.users import User


def confirm_rules(database: Database, user: User, draft_id: str, node_ids: Sequence[str]) -> int:
    """Confirm the proposed rules of these leaves, and tell of how many; one without a proposed rule stays as it is.

    Raises NotAllowed, NotFound, BadText for a draft that is closed.
    """

    def confirmed(node: DraftNode) -> DraftNode:
        is_proposed = node.rule is not None and node.rule_state is RuleState.PROPOSED
        return replace(node, rule_state=RuleState.CONFIRMED) if is_proposed else node

    return _change_each(database, user, draft_id, node_ids, confirmed)


def leave_manual(database: Database, user: User, draft_id: str, node_ids: Sequence[str]) -> int:
    """Leave these leaves to be scored by hand, the printed lines as the reason, and tell how many changed.

    Raises NotAllowed, NotFound, BadText for a draft that is closed.
    """

    def by_hand(node: DraftNode) -> DraftNode:
        if node.rule_state is RuleState.MANUAL:
            return node
        rule = manual_rule(node.fields.get("max_points"), node.proposal)
        return replace(node, rule=rule, rule_state=RuleState.MANUAL)

    return _change_each(database, user, draft_id, node_ids, by_hand)


def _change_each(
    database: Database, user: User, draft_id: str, node_ids: Sequence[str], change: Callable[[DraftNode], DraftNode]
) -> int:
    with database.write() as connection:
        draft = draft_to_change(connection, user, draft_id)
        chosen = [node_in(draft, node_id) for node_id in dict.fromkeys(node_ids)]
        wanted = {shown.id: change(shown) for shown in filter(is_leaf, chosen)}
        changes = [
            (row, replace(rubric_drafts.node_of(row), rule=wanted[key].rule, rule_state=wanted[key].rule_state))
            for key, row in rubric_drafts.node_rows(connection, [*wanted]).items()
        ]
        return rubric_drafts.change_nodes(connection, changes, user.actor)
