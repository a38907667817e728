"""The tree once all rows are read: parts and sections, keys that no two share, a proposal for each leaf."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from cchc_core.rubric_in.codes import DOTTED, LOWER, NUMBER, ROMAN, UPPER, Code, roman
from cchc_core.rubric_in.model import ImportedNode, NodeKind, PrintedLine, Proposal
from cchc_core.rubric_in.outline import Found, Outline
from cchc_core.rubric_in.proposing import propose
from cchc_core.rules.kinds import Effect
from cchc_core.workbook_in.model import Problem

_MOST_PARTS = 4
_MOST_NAMED, _FEWEST_OF_LIST = 8, 3
_TITLE_OF_LIST = "Các tiêu chí"
_OUTER = (ROMAN, UPPER)


def settle(outline: Outline) -> tuple[tuple[ImportedNode, ...], list[Problem], list[str]]:
    """Give the nodes in printed order with keys, kinds and proposals; problems and notes of the tree as a whole."""
    notes: list[str] = []
    _mend_first_part(outline, notes)
    for root in outline.roots:
        _demote(root, notes)
    _gather(outline, notes)
    has_parts = _has_parts(outline.roots)
    for root in outline.roots:
        _name_kinds(root, has_parts=has_parts)
    for root in outline.roots:
        _fill_sections(root, notes)
    nodes = [node for root in outline.roots for node in root.walk()]
    problems = _give_keys(nodes)
    notes += _without_points(nodes)
    if in_titles := [node.key for node in nodes if node.points_in_title]:
        notes.append(f"Điểm được lấy ở cuối tên vì không có ở cột điểm: {_listed(in_titles)}.")
    return tuple(_imported(node) for node in nodes), problems, notes


def _mend_first_part(outline: Outline, notes: list[str]) -> None:
    """Take «1» over another «1» for part I where a part II follows: print and scan confuse them."""
    romans = [root for root in outline.roots if root.code.style == ROMAN]
    if len(romans) == len(outline.roots) or not romans:
        return
    for place, root in enumerate(outline.roots):
        first = root.children[0] if root.children else None
        if root.code.style == NUMBER and first is not None and first.code.text == root.code.text:
            code = roman(place + 1)
            notes.append(f"{root.place}: mã in «{root.code.text}» trùng với dòng ngay dưới; được đọc là {code}.")
            root.code = Code(code, (code,), root.code.names)


def _demote(node: Found, notes: list[str]) -> None:
    """Make lines of what stands below a criterion as a), b) or 1, 2 and is a level of it, not a criterion."""
    for child in node.children:
        _demote(child, notes)
    below = node.children
    listed = [child for child in below if child.code.style in (LOWER, NUMBER) and node.code.style == DOTTED]
    if not below or len(listed) != len(below) or any(child.children for child in below) or not _are_levels(node):
        return
    for child in below:
        text = f"{child.code.text}) {child.title}"
        node.lines += [PrintedLine(text, child.points, child.place), *child.lines]
        node.evidence += child.evidence
    notes.append(
        f"{node.place}: các dòng {below[0].code.text}, … {below[-1].code.text} là mức của tiêu chí {node.code.text}."
    )
    node.children = []


def _are_levels(node: Found) -> bool:
    points = [child.points for child in node.children]
    if node.points is None or all(each is None for each in points):
        return False
    given = [each for each in points if each is not None]
    return len(given) < len(points) or min(given) == 0 or sum(given, Decimal(0)) != node.points


def _gather(outline: Outline, notes: list[str]) -> None:
    """Put a plain list of criteria into one section: ten criteria are not ten sections of one criterion each."""
    roots = outline.roots
    is_list = all(root.code.style == NUMBER and not root.children and not root.code.names for root in roots)
    if len(roots) < _FEWEST_OF_LIST or not is_list or any(root.title.isupper() for root in roots):
        return
    section = Found(Code("I", ("I",)), _TITLE_OF_LIST, roots[0].place, children=list(roots))
    for root in roots:
        root.parent = section
    outline.roots = [section]
    notes.append(f"{section.place}: bộ không chia lĩnh vực; mọi tiêu chí được xếp vào một lĩnh vực «{section.title}».")


def _has_parts(roots: list[Found]) -> bool:
    named = {node.code.names for root in roots for node in (root, *root.children)}
    if any(root.code.names == "section" for root in roots):
        return False
    if "part" in named or any(child.code.names == "section" for root in roots for child in root.children):
        return True
    grouped = [root for root in roots if _is_over_groups(root)]
    nested = any(child.code.style in _OUTER for root in grouped for child in root.children)
    return bool(grouped) and (nested or (len(roots) <= _MOST_PARTS and len(grouped) * 2 > len(roots)))


def _is_over_groups(root: Found) -> bool:
    return root.code.style in _OUTER and bool(root.children) and all(child.children for child in root.children)


def _name_kinds(root: Found, *, has_parts: bool) -> None:
    says_part = root.code.names == "part" and bool(root.children)
    is_part = says_part or (has_parts and _is_over_groups(root))
    root.kind = NodeKind.PART if is_part else NodeKind.SECTION
    for child in root.children if is_part else ():
        child.kind = NodeKind.SECTION


def _fill_sections(root: Found, notes: list[str]) -> None:
    """Give a section without criteria one of its own: only criteria are scored."""
    for node in list(root.walk()):
        if node.kind is not NodeKind.SECTION or node.children:
            continue
        code = f"{node.code.text}.1"
        child = Found(
            Code(code, (*node.code.tokens, "1")), node.title, node.place, node.points, node.lines, node.evidence
        )
        child.texts, child.proposal, child.applies_to = node.texts, node.proposal, node.applies_to
        child.is_bonus, child.is_penalty, child.parent = node.is_bonus, node.is_penalty, node
        child.row, child.code_place, child.points_in_title = node.row, node.code_place, node.points_in_title
        node.children, node.lines, node.evidence, node.texts = [child], [], [], {}
        notes.append(
            f"{node.place}: «{node.title[:60]}» không có tiêu chí bên dưới; chính nó thành một tiêu chí, mã {code}."
        )


def _give_keys(nodes: list[Found]) -> list[Problem]:
    """Give each node its key: the printed code, with the top's before it where codes begin anew under each top."""
    tops: dict[str, set[int]] = {}
    for node in nodes:
        if node.code.style in (NUMBER, DOTTED, *_OUTER):
            tops.setdefault(node.code.text, set()).add(id(node.root))
    repeats = any(len(each) > 1 for each in tops.values())
    seen: dict[str, Found] = {}
    used: Counter[str] = Counter()
    problems = []
    for node in nodes:
        key = _key(node, repeats=repeats)
        used[key] += 1
        if (first := seen.setdefault(key, node)) is not node:
            problems.append(_duplicate(node, first))
        node.key = key if used[key] == 1 else f"{key} ({used[key]})"
    return problems


def _key(node: Found, *, repeats: bool) -> str:
    parent = node.parent
    if parent is None:
        return node.code.text
    if repeats and node.code.style != LOWER:
        return ".".join(node.full)
    is_inner = node.code.style == LOWER or (node.code.style == NUMBER and parent.code.style not in _OUTER)
    return f"{parent.key}.{node.code.text}" if is_inner else ".".join(node.code.tokens)


def _duplicate(node: Found, first: Found) -> Problem:
    hint = "Hãy đánh lại mã để mỗi tiêu chí có một mã riêng"
    last = node.code.tokens[-1]
    if node.code.style == DOTTED and last in ("1", "2", "3"):
        hint += f"; nếu mã đúng là {node.code.text}0 thì định dạng ô là Text (văn bản) rồi gõ lại"
    return Problem(node.code_place or node.place, f"mã «{node.code.text}» đã có ở {first.place}", f"{hint}.", node.row)


def _without_points(nodes: Iterable[Found]) -> Iterator[str]:
    leaves = [node for node in nodes if not node.children]
    without = [node.key for node in leaves if node.points is None]
    if not without:
        return
    if len(without) == len(leaves):
        yield "Không tiêu chí nào có điểm: tệp không in điểm, hoặc cột điểm chưa được nhận ra."
        return
    yield f"Chưa có điểm tối đa: {_listed(without)}."


def _listed(keys: list[str]) -> str:
    more = f" và {len(keys) - _MOST_NAMED} tiêu chí khác" if len(keys) > _MOST_NAMED else ""
    return f"{', '.join(keys[:_MOST_NAMED])}{more}"


def _imported(node: Found) -> ImportedNode:
    bare = ImportedNode(
        code=node.key,
        kind=node.kind,
        parent=None if node.parent is None else node.parent.key,
        title=node.title,
        max_points=node.points,
        place=node.place,
        lines=tuple(node.lines),
        evidence=tuple(node.evidence),
        texts=dict(node.texts) or None,
        applies_to=node.applies_to,
    )
    return bare if node.children else replace(bare, proposal=_proposal(node, bare))


def _proposal(node: Found, bare: ImportedNode) -> Proposal:
    found = node.proposal or propose(bare, [above.title for above in node.path()[:-1]])
    effect = Effect.PENALTY if node.is_penalty else Effect.BONUS if node.is_bonus else found.effect
    return replace(found, effect=effect)
