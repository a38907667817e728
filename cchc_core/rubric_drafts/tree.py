"""The rows of a draft as a tree: in printed order, and each as what its place makes it, a group or a leaf."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cchc_core.rubric_drafts.model import DraftNode, Json, RuleState
from cchc_core.rubric_in.model import NodeKind

_OF_LEAVES = frozenset({"max_points", "not_applicable_clause", "void_condition", "due_period", "effect"})


def in_order(nodes: Iterable[DraftNode]) -> tuple[DraftNode, ...]:
    """Put rows into printed order, depth first, each as a group or a leaf; one without its parent is left out."""
    below = children(nodes)
    return tuple(_walk(below, None))


def children(nodes: Iterable[DraftNode]) -> Mapping[str | None, Sequence[DraftNode]]:
    """Give the rows right below each row (None: at the top), by their place among each other."""
    below: dict[str | None, list[DraftNode]] = defaultdict(list)
    for node in sorted(nodes, key=lambda each: (each.ordinal, each.id)):
        below[node.parent_id].append(node)
    return below


def is_leaf(node: DraftNode) -> bool:
    """Tell whether a row as :func:`in_order` gives it is scored itself."""
    return node.rule_state is not RuleState.NONE


def below(nodes: Iterable[DraftNode], node_id: str) -> tuple[DraftNode, ...]:
    """Give all rows below a row."""
    of = children(nodes)
    return tuple(_walk(of, node_id))


def _walk(below: Mapping[str | None, Sequence[DraftNode]], parent_id: str | None) -> Iterator[DraftNode]:
    for node in below.get(parent_id, ()):
        yield _placed(node, has_children=bool(below.get(node.id)))
        yield from _walk(below, node.id)


def _placed(node: DraftNode, *, has_children: bool) -> DraftNode:
    if node.kind is not NodeKind.CRITERION:
        return node
    return _as_group(node) if has_children else _as_leaf(node)


def _as_group(node: DraftNode) -> DraftNode:
    # What it said as a leaf stays stored and comes back when nothing stands below it any more.
    fields: Json = {name: value for name, value in node.fields.items() if name not in _OF_LEAVES}
    if "max_points" in node.fields:
        fields.setdefault("declared_max", node.fields["max_points"])
    return replace(node, fields=fields, rule=None, rule_state=RuleState.NONE)


def _as_leaf(node: DraftNode) -> DraftNode:
    declared = node.fields.get("declared_max")
    fields = node.fields
    if declared is not None and "max_points" not in fields:
        fields = {name: value for name, value in fields.items() if name != "declared_max"} | {"max_points": declared}
    state = RuleState.PROPOSED if node.rule_state is RuleState.NONE else node.rule_state
    return replace(node, fields=fields, rule_state=state)
