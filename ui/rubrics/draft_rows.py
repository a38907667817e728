"""What pages ask of the rows of a draft: where each stands, how deep, how it is named, where it may be moved."""

from cchc_core.rubric_drafts import tree
from cchc_core.rubric_drafts.model import Draft, DraftNode
from cchc_core.rubric_in.model import NodeKind
from cchc_core.titles import sentence_case
from ui.rubrics.typed_numbers import typed
from ui.words import literal

_LONGEST = 90
# The print's own marks of a list: each line is a point of a list here.
_POINT_MARKS = "-+–•* "
KIND_NAMES = {NodeKind.PART: "phần", NodeKind.SECTION: "lĩnh vực", NodeKind.CRITERION: "tiêu chí"}


def depths(draft: Draft) -> dict[str, int]:
    """Give how deep each row stands, by its id."""
    found: dict[str, int] = {}
    for node in draft.nodes:
        found[node.id] = 0 if node.parent_id is None else found.get(node.parent_id, 0) + 1
    return found


def sections_of(draft: Draft) -> dict[str, str]:
    """Give for each row the id of the section that it stands in; parts, and what stands outside, give their own."""
    found: dict[str, str] = {}
    for node in draft.nodes:
        is_own = node.kind is not NodeKind.CRITERION or node.parent_id is None
        found[node.id] = node.id if is_own else found.get(str(node.parent_id), node.id)
    return found


def named(node: DraftNode) -> str:
    """Name a row in one short line of plain text, for fields of choice."""
    title = sentence_case(node.title) if node.kind is not NodeKind.CRITERION else node.title
    line = f"{node.code}. {title}" if node.kind is not NodeKind.CRITERION else f"{node.code} · {title}"
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def parents_for(draft: Draft, node: DraftNode) -> dict[str, str]:
    """Give where a row may be moved: below another row that is no leaf, not below itself."""
    if node.kind is NodeKind.PART:
        return {}
    inside = {node.id, *(each.id for each in tree.below(draft.nodes, node.id))}
    wanted = _holds_sections if node.kind is NodeKind.SECTION else _holds_criteria
    deep = depths(draft)
    return {
        each.id: "\u2003" * deep[each.id] + named(each)
        for each in draft.nodes
        if wanted(each) and each.id not in inside and each.id != node.parent_id
    }


def _holds_sections(node: DraftNode) -> bool:
    return node.kind is NodeKind.PART


def _holds_criteria(node: DraftNode) -> bool:
    return node.kind is not NodeKind.PART and not tree.is_leaf(node)


def printed_lines(node: DraftNode) -> list[str]:
    """Give the lines as the file has them below a criterion, with their points, as Markdown."""
    return [
        f"{literal(str(line['text']).lstrip(_POINT_MARKS))}{_points(line.get('points'))}"
        for line in node.proposal.get("lines", ())
    ]


def _points(points: object) -> str:
    return f" **{literal(typed(points))}**" if points is not None else ""
