"""Official points for a draft: typed in place or read from a workbook, with the document that they came with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from cchc_core.errors import BadText
from cchc_core.rubric.leaf_checks import leaf_problems
from cchc_core.rubric_drafts.access import WHERE, draft_for, draft_to_change
from cchc_core.rubric_drafts.manual import with_step
from cchc_core.rubric_drafts.model import Draft, DraftNode, Json, RuleState
from cchc_core.rubric_drafts.official_marks import MARK, documents_of, leaves_without, names_number_and_date
from cchc_core.rubric_drafts.points_file import PointsRead, points_template, read_points_file
from cchc_core.rubric_drafts.printed import with_print_note
from cchc_core.rubric_drafts.scaling import rule_from_json, scaled
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.rubric_drafts.values import MOST_TITLE, points_text
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rules.decimals import decimals_of, format_number, format_points
from cchc_core.rules.kinds import Leaf
from cchc_core.store import rubric_drafts
from cchc_core.store.connection import Row
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.text import clean_line

__all__ = ["PointsPut", "PointsRead", "points_template", "put_points", "read_points_file"]

MOST_POINTS: Final = Decimal(100_000)
_WHERE: Final = f"{WHERE}, điểm chính thức"


@dataclass(frozen=True, slots=True)
class PointsPut:
    """What came of official points: the draft, how many rows changed, whose rules must be looked at again.

    ``missing`` are the codes of leaves that have no points from a document yet; without any ``is_official``.
    """

    draft: Draft
    changed: int
    proposed_again: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_official(self) -> bool:
        """Tell whether every leaf has its points from a document."""
        return not self.missing


def put_points(
    database: Database, user: User, draft_id: str, points: Mapping[str, Decimal], document: str
) -> PointsPut:
    """Put official points into a draft by code; a group's or section's are what the document declares for it.

    The points inside a rule follow its leaf's maximum in proportion where that is exact; where it is not, the rule
    waits for a person again. Once every leaf has its points from a document, the set's points are official; where a
    later document puts only some of them right, the set names both.
    Raises NotAllowed, NotFound, BadText for a document without number and date and for points that cannot be, with
    every one of them named; nothing is stored then.
    """
    named = _document(document)
    with database.write() as connection:
        draft = draft_to_change(connection, user, draft_id)
        nodes = _found(draft, points)
        wanted = {node.id: _with_points(node, value, named) for node, value in nodes}
        rows = rubric_drafts.node_rows(connection, [*wanted])
        changes = [(row, _stored(row, wanted[key])) for key, row in rows.items()]
        changed = rubric_drafts.change_nodes(connection, changes, user.actor)
        put = draft_for(connection, user, draft_id)
        missing = tuple(node.code for node in leaves_without(put.nodes))
        if nodes and not missing:
            source = documents_of(put.nodes, put.head.points_document)
            head = replace(put.head, points_source="official", points_document=source)
            rubric_drafts.change_head(connection, draft_id, head, user.actor)
            put = draft_for(connection, user, draft_id)
    again = tuple(node.code for node, _value in nodes if _waits_again(node, wanted[node.id]))
    return PointsPut(put, changed, again, missing)


def _waits_again(before: DraftNode, after: DraftNode) -> bool:
    return after.rule_state is RuleState.PROPOSED and before.rule_state is not RuleState.PROPOSED


def _document(text: str) -> str:
    named = " ".join(clean_line(text).split())
    if len(named) > MOST_TITLE:
        raise BadText(_WHERE, problem=f"tên văn bản dài quá {MOST_TITLE} ký tự", to_do="Hãy viết gọn lại.")
    if not names_number_and_date(named):
        raise BadText(
            _WHERE,
            problem="chưa ghi đủ số và ngày của văn bản kèm điểm chính thức",
            to_do="Hãy ghi như «Quyết định số 12/QĐ-UBND ngày 05/01/2025 của UBND tỉnh».",
        )
    return named


def _found(draft: Draft, points: Mapping[str, Decimal]) -> list[tuple[DraftNode, Decimal]]:
    by_code: dict[str, list[DraftNode]] = {}
    for node in sorted(draft.nodes, key=lambda each: each.kind is NodeKind.PART):
        by_code.setdefault(node.code, []).append(node)
    found, problems = [], []
    for code, value in points.items():
        nodes = [node for node in by_code.get(code, ()) if node.kind is not NodeKind.PART] or by_code.get(code, [])
        problem = _problem(nodes, value)
        if problem:
            problems.append(f"{clean_line(code)[:40]}: {problem}")
        else:
            found.append((nodes[0], value))
    if problems:
        to_do = "Hãy sửa các dòng ấy rồi nhập lại; chưa có gì được lưu."
        raise BadText(_WHERE, problem=f"{len(problems)} dòng chưa đúng: {'; '.join(problems)}", to_do=to_do)
    return found


def _problem(nodes: list[DraftNode], value: Decimal) -> str:
    if not nodes:
        return "bản soạn không có mã này"
    if len(nodes) > 1:
        return "mã này dùng cho nhiều dòng của bản soạn"
    if not value.is_finite() or not 0 < value <= MOST_POINTS:
        return "điểm phải lớn hơn 0"
    return f"điểm {format_number(value)} có quá bốn chữ số thập phân" if decimals_of(value) > 4 else ""


def _with_points(node: DraftNode, value: Decimal, document: str) -> DraftNode:
    text = points_text(value)
    if not is_leaf(node):
        return replace(node, fields=with_print_note(node, node.code, node.title, {**node.fields, "declared_max": text}))
    old = node.fields.get("max_points")
    fields: Json = {**{name: each for name, each in node.fields.items() if name != "declared_max"}, "max_points": text}
    rule, state, reason = _rule_for(node, None if old is None else Decimal(old), value)
    again = {"confidence": 0.0, "reason": reason, "rule": rule} if reason else {}
    return replace(
        node,
        fields=with_print_note(node, node.code, node.title, fields),
        rule=rule,
        rule_state=state,
        proposal={**node.proposal, **again, MARK: document},
    )


def _rule_for(node: DraftNode, old: Decimal | None, new: Decimal) -> tuple[Json | None, RuleState, str]:
    """Give the rule with the state it is in then, and why it waits for a person again, if it does."""
    rule = node.rule
    if rule is None or old == new:
        return rule, node.rule_state, ""
    if node.rule_state is RuleState.MANUAL:
        return with_step(rule, points_text(new)), node.rule_state, ""
    follows = rule if old is None or old <= 0 else scaled(rule, old, new)
    if follows is not None and not leaf_problems(Leaf(new, rule_from_json(follows))):
        return follows, node.rule_state, ""
    before = "chưa có" if old is None else format_points(old)
    reason = (
        f"Điểm chuẩn đổi từ {before} thành {format_points(new)} mà điểm trong cách tính không chia lại được đúng; "
        "hãy sửa theo văn bản."
    )
    return rule, RuleState.PROPOSED, reason


def _stored(row: Row, wanted: DraftNode) -> DraftNode:
    if is_leaf(wanted):
        return wanted
    # What a group said as a leaf once stays stored, but for the points.
    stored = rubric_drafts.node_of(row)
    kept = {name: each for name, each in stored.fields.items() if name != "max_points"}
    return replace(stored, fields={**kept, **wanted.fields})
