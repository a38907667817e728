"""Drafts begin: from a file that was read, from a version on the shelf, or with a head alone."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from cchc_core.errors import BadText, NotFound
from cchc_core.rubric.document import rule_to_json, source_form
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_drafts import values
from cchc_core.rubric_drafts.access import WHERE, check_year, draft_for
from cchc_core.rubric_drafts.ids import rubric_id_of
from cchc_core.rubric_drafts.imported_fields import imported_fields, with_kinds_of_sections
from cchc_core.rubric_drafts.model import Draft, DraftHead, DraftNode, Json, RuleState
from cchc_core.rubric_drafts.official_marks import names_number_and_date
from cchc_core.rubric_drafts.values import points_text
from cchc_core.rubric_in.model import ImportedNode, ImportedSet, NodeKind, Proposal
from cchc_core.rubric_shelf import require_keeper, rubric_in
from cchc_core.rules.kinds import Effect
from cchc_core.store import rubric_drafts
from cchc_core.store.clock import new_id
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.tasks.years import moved_title

MOST_NODES: Final = 3_000
_STEP: Final = 1_000
_OWN_COLUMNS: Final = frozenset({"code", "parent", "part", "title", "rule", "place"})


def start_from_import(database: Database, user: User, imported: ImportedSet, *, rubric_id: str) -> Draft:
    """Take over what was read from a file, every rule as a proposal, and give the draft.

    Raises NotAllowed, BadText for an id that can be none and for a file with problems or without rows.
    """
    require_keeper(user)
    where = f"Tệp {imported.file_name}"
    _check_import(where, imported)
    parents = {node.parent for node in imported.nodes}
    ids = {node.code: new_id() for node in imported.nodes}
    nodes = [
        _imported(node, ids, index, is_leaf=node.kind is NodeKind.CRITERION and node.code not in parents)
        for index, node in enumerate(with_kinds_of_sections(imported.nodes), start=1)
    ]
    has_points = all("max_points" in node.fields for node in nodes if node.rule_state is not RuleState.NONE)
    head = DraftHead(
        title=imported.title.strip() or imported.file_name,
        issuer=imported.issuer,
        year=imported.year,
        document=imported.document,
        points_source="official" if has_points and names_number_and_date(imported.document) else "illustrative",
        declared_total=None if imported.declared_total is None else points_text(imported.declared_total),
    )
    origin = f"Từ tệp {imported.file_name}"
    return _start(database, user, rubric_id, head, nodes, origin=origin, file_sha256=imported.file_sha256)


def start_copy(
    database: Database, user: User, sha256: str, *, rubric_id: str | None = None, year: int | None = None
) -> Draft:
    """Copy a version with its rules as they are, for its next version or, by another id, for another set.

    For another ``year`` the year of the title moves and the document is to be named anew. Raises NotAllowed,
    NotFound, BadText.
    """
    require_keeper(user)
    with database.read() as connection:
        rubric = rubric_in(connection, sha256)
    if rubric.body_kind is not None:
        raise NotFound(WHERE, thing="phiên bản bộ tiêu chí", key=sha256[:12])
    head = head_of_rubric(rubric)
    if year is not None and year != rubric.year:
        title = moved_title(rubric.title, rubric.year, year)
        head = replace(head, title=title, year=year, document="", points_document=None)
    nodes = nodes_of_rubric(rubric)
    origin = f"Chép từ «{rubric.full_name}»"
    return _start(database, user, rubric_id or rubric.id, head, nodes, origin=origin, based_on=sha256)


def start_from_rubric(
    database: Database, user: User, rubric: Rubric, *, rubric_id: str, origin: str, file_sha256: str = ""
) -> Draft:
    """Take over a set that was written as a criteria-set file, every rule confirmed. Raises NotAllowed, BadText."""
    require_keeper(user)
    head, nodes = head_of_rubric(rubric), nodes_of_rubric(rubric)
    return _start(database, user, rubric_id, head, nodes, origin=origin, file_sha256=file_sha256)


def start_empty(database: Database, user: User, *, rubric_id: str, head: DraftHead) -> Draft:
    """Begin a draft without rows. Raises NotAllowed, BadText."""
    require_keeper(user)
    return _start(database, user, rubric_id, head, [], origin="Soạn mới")


def head_of_rubric(rubric: Rubric) -> DraftHead:
    """Give the head of a criteria set as a draft has it."""
    form = source_form(rubric)
    names = ("title", "issuer", "year", "document", "points_source", "declared_total")
    lists: Json = {name: tuple(form.get(name, ())) for name in ("applies_to", "caps", "exclusions")}
    return DraftHead(**{name: form[name] for name in names}, points_document=rubric.points_document, **lists)


def nodes_of_rubric(rubric: Rubric) -> list[DraftNode]:
    """Give the rows of a criteria set as a new draft has them, every rule confirmed."""
    form = source_form(rubric)
    ids: dict[tuple[NodeKind, str], str] = {}
    nodes = []
    rows = [
        *((NodeKind.PART, row) for row in form["parts"]),
        *((NodeKind.SECTION, row) for row in form["sections"]),
        *((NodeKind.CRITERION, row) for row in form["criteria"]),
    ]
    for index, (kind, row) in enumerate(rows, start=1):
        node_id = ids.setdefault((kind, row["code"]), new_id())
        parent = _parent_of(kind, row, ids)
        mark = {"points_from": rubric.points_document} if rubric.points_document and row.get("rule") else {}
        nodes.append(_copied(node_id, parent, index, kind, row, mark))
    return nodes


def _parent_of(kind: NodeKind, row: Json, ids: dict[tuple[NodeKind, str], str]) -> str | None:
    if kind is NodeKind.CRITERION:
        return ids.get((NodeKind.CRITERION, row["parent"])) or ids.get((NodeKind.SECTION, row["parent"]))
    return ids.get((NodeKind.PART, row["part"])) if row.get("part") else None


def _copied(node_id: str, parent_id: str | None, index: int, kind: NodeKind, row: Json, mark: Json) -> DraftNode:
    rule = row.get("rule")
    is_manual = rule is not None and rule["kind"] == "manual"
    confirmed = RuleState.MANUAL if is_manual else RuleState.CONFIRMED
    return DraftNode(
        id=node_id,
        parent_id=parent_id,
        ordinal=index * _STEP,
        kind=kind,
        code=row["code"],
        title=row["title"],
        fields=_copied_fields(row),
        rule=rule,
        rule_state=RuleState.NONE if rule is None else confirmed,
        proposal=mark,
        place=row.get("place") or "",
        version=1,
    )


def _copied_fields(row: Json) -> Json:
    fields = {name: value for name, value in row.items() if name not in _OWN_COLUMNS and value not in (None, [])}
    if "rule" not in row:
        return fields
    if row["declared_max"] == row["max_points"]:  # a leaf that declares its own maximum does not say it twice
        return {name: value for name, value in fields.items() if name != "declared_max"}
    return fields | {"declared_max": row["declared_max"]}


def _imported(node: ImportedNode, ids: dict[str, str], index: int, *, is_leaf: bool) -> DraftNode:
    proposal = node.proposal if is_leaf else None
    points = _maybe(node.max_points)
    fields: Json = {} if points is None else {"max_points" if is_leaf else "declared_max": points}
    printed = {"code": node.code, "title": node.title, "points": points}
    return DraftNode(
        id=ids[node.code],
        parent_id=None if node.parent is None else ids[node.parent],
        ordinal=index * _STEP,
        kind=node.kind,
        code=node.code,
        title=node.title,
        fields=fields | imported_fields(node) | _clauses(proposal),
        rule=None if proposal is None or proposal.rule is None else rule_to_json(proposal.rule),
        rule_state=RuleState.PROPOSED if is_leaf else RuleState.NONE,
        proposal={**_kept_proposal(proposal), "lines": _lines(node), "printed": printed},
        place=node.place,
        version=1,
    )


def _clauses(proposal: Proposal | None) -> Json:
    if proposal is None:
        return {}
    clauses = {
        "not_applicable_clause": proposal.not_applicable_clause,
        "void_condition": proposal.void_condition,
        "effect": None if proposal.effect is Effect.NORMAL else proposal.effect.value,
    }
    return {name: value for name, value in clauses.items() if value}


def _kept_proposal(proposal: Proposal | None) -> Json:
    if proposal is None:
        return {}
    rule = None if proposal.rule is None else rule_to_json(proposal.rule)
    return {"confidence": round(proposal.confidence, 4), "reason": proposal.reason, "rule": rule}


def _lines(node: ImportedNode) -> list[Json]:
    return [{"text": line.text, "points": _maybe(line.points), "place": line.place} for line in node.lines]


def _maybe(points: Decimal | None) -> str | None:
    return None if points is None else points_text(points)


def _check_import(where: str, imported: ImportedSet) -> None:
    if imported.problems:
        first, many = imported.problems[0], len(imported.problems)
        problem = f"tệp còn {many} chỗ sai; chỗ đầu tiên: {first.where}: {first.problem}"
        raise BadText(where, problem=problem, to_do="Hãy sửa tệp rồi đọc lại; chưa có gì được đưa vào.")
    if not imported.nodes:
        raise BadText(where, problem="không có dòng nào để đưa vào", to_do="Hãy kiểm tra lại bảng trong tệp.")
    if len(imported.nodes) > MOST_NODES:
        problem = f"có {len(imported.nodes)} dòng, quá {MOST_NODES}"
        raise BadText(where, problem=problem, to_do="Hãy kiểm tra lại bảng trong tệp.")


def _start(
    database: Database,
    user: User,
    rubric_id: str,
    head: DraftHead,
    nodes: Iterable[DraftNode],
    *,
    origin: str,
    file_sha256: str = "",
    based_on: str | None = None,
) -> Draft:
    wanted_id, clean = rubric_id_of(WHERE, rubric_id), values.head_of(WHERE, head)
    with database.write() as connection:
        check_year(connection, wanted_id, clean.year)
        draft_id = rubric_drafts.add(
            connection,
            user.actor,
            rubric_id=wanted_id,
            head=clean,
            based_on=based_on,
            origin=origin,
            file_sha256=file_sha256,
        )
        rubric_drafts.add_nodes(connection, draft_id, list(nodes), user.actor)
        return draft_for(connection, user, draft_id)
