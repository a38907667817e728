"""The rows of a draft put right by hand: changed, added, moved, taken out and put back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from cchc_core.errors import BadText, StaleText
from cchc_core.rubric_drafts import printed, values
from cchc_core.rubric_drafts.access import WHERE, draft_for, draft_to_change, named, node_in, row_to_change
from cchc_core.rubric_drafts.manual import with_step
from cchc_core.rubric_drafts.model import Draft, DraftNode, Json, RuleState
from cchc_core.rubric_drafts.references import follow_code
from cchc_core.rubric_drafts.tree import below, is_leaf
from cchc_core.rubric_in.model import NodeKind
from cchc_core.store import rubric_drafts
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.users import User

MOST_NODES: Final = 3_000
STEP: Final = 1_000
"""The distance between siblings, so that rows find room between them."""
_CHANGEABLE: Final = frozenset({"code", "title", "fields", "rule"})
_ABOVE: Final[Mapping[NodeKind, tuple[NodeKind | None, ...]]] = {
    NodeKind.PART: (None,),
    NodeKind.SECTION: (None, NodeKind.PART),
    NodeKind.CRITERION: (NodeKind.SECTION, NodeKind.CRITERION),
}
_WRONG_PLACE: Final[Mapping[NodeKind, str]] = {
    NodeKind.PART: "Phần đứng ở cấp trên cùng, không nằm trong mục khác.",
    NodeKind.SECTION: "Lĩnh vực đứng ở cấp trên cùng hoặc ngay dưới một phần.",
    NodeKind.CRITERION: "Tiêu chí đứng dưới một lĩnh vực hoặc một tiêu chí khác.",
}


def change_node(
    database: Database, user: User, node_id: str, changes: Mapping[str, object], expected_version: int
) -> DraftNode:
    """Change code, title, fields or rule of a row and give it as it stands then.

    ``fields`` names only the fields to change; None or an empty text takes one out. Points are Decimals, or texts
    with a decimal point. A rule that a person sets is confirmed by that; None gives it back to be chosen. Where the
    printed code, title or points change, the note keeps what was printed.
    Raises NotAllowed, NotFound, BadText, and StaleText when somebody else has changed the row in the meantime.
    """
    with database.write() as connection:
        draft, row = row_to_change(connection, user, node_id)
        shown = node_in(draft, node_id)
        if row["version"] != expected_version:
            raise _stale(connection, shown, row)
        wanted = _changed(shown, rubric_drafts.node_of(row), changes)
        rubric_drafts.change_node(connection, row, wanted, user.actor)
        follow_code(connection, user, draft, shown.code, wanted.code)
        return node_in(draft_for(connection, user, draft.id), node_id)


def _changed(shown: DraftNode, stored: DraftNode, changes: Mapping[str, object]) -> DraftNode:
    where = f"{WHERE}, dòng {named(shown)}"
    unknown = sorted(changes.keys() - _CHANGEABLE)
    if unknown:
        raise BadText(where, problem=f"không có mục {', '.join(unknown)} để sửa", to_do="Hãy tải lại trang.")
    code = values.code_of(where, str(changes.get("code", stored.code)))
    title = values.title_of(where, str(changes.get("title", stored.title)))
    fields = _fields(where, shown, stored, changes.get("fields") or {})
    rule, state = _rule(where, shown, stored, changes)
    if state is RuleState.MANUAL and rule is not None:
        rule = with_step(rule, fields.get("max_points"))
    return replace(
        stored,
        code=code,
        title=title,
        fields=printed.with_print_note(replace(stored, fields=shown.fields), code, title, fields),
        rule=rule,
        rule_state=state,
        proposal=printed.without_official_mark(shown, fields),
    )


def _fields(where: str, shown: DraftNode, stored: DraftNode, changes: Any) -> Json:
    if not isinstance(changes, Mapping):
        raise BadText(where, problem="nội dung sửa không đọc được", to_do="Hãy tải lại trang.")
    if is_leaf(shown):
        return values.with_fields(where, shown.kind, shown.fields, changes)
    fields = stored.fields
    if "declared_max" in changes:  # a group that was a leaf once: what it declares now is this
        fields = {name: value for name, value in fields.items() if name != "max_points"}
    return values.with_fields(where, shown.kind, fields, changes)


def _rule(
    where: str, shown: DraftNode, stored: DraftNode, changes: Mapping[str, object]
) -> tuple[Json | None, RuleState]:
    if "rule" not in changes:
        return stored.rule, stored.rule_state
    rule = changes["rule"]
    if rule is None:
        return None, RuleState.PROPOSED if is_leaf(shown) else stored.rule_state
    if not is_leaf(shown):
        to_do = "Hãy đặt cách tính ở các tiêu chí bên dưới, hoặc bỏ chúng đi trước."
        raise BadText(where, problem="đây là nhóm, có tiêu chí bên dưới nên không mang cách tính", to_do=to_do)
    if not isinstance(rule, Mapping):
        raise BadText(where, problem="cách tính không đọc được", to_do="Hãy tải lại trang.")
    return values.rule_of(where, rule), RuleState.CONFIRMED


def _stale(connection: Connection, shown: DraftNode, row: Row) -> StaleText:
    version, who, when_utc = rubric_drafts.last_change_of(connection, row)
    where = f"{WHERE}, dòng {shown.code}"
    return StaleText(where, version=version, who=who, when_utc=when_utc, stored=named(shown))


def add_node(
    database: Database,
    user: User,
    draft_id: str,
    parent_id: str | None,
    after_id: str | None,
    kind: NodeKind,
    code: str,
    title: str,
) -> DraftNode:
    """Add a row below a parent (None: at the top), right after a sibling (None: as the last), and give it.

    Raises NotAllowed, NotFound, BadText for a place where such a row cannot stand.
    """
    with database.write() as connection:
        draft = draft_to_change(connection, user, draft_id)
        where = f"{WHERE}, thêm dòng"
        if len(draft.nodes) >= MOST_NODES:
            raise BadText(where, problem=f"bản soạn đã có {MOST_NODES} dòng", to_do="Hãy bỏ bớt dòng không dùng.")
        _check_place(where, draft, kind, parent_id)
        node = DraftNode(
            id=new_id(),
            parent_id=parent_id,
            ordinal=_room(connection, user, draft, parent_id, after_id),
            kind=kind,
            code=values.code_of(where, code),
            title=values.title_of(where, title),
            fields={},
            rule=None,
            rule_state=RuleState.PROPOSED if kind is NodeKind.CRITERION else RuleState.NONE,
            proposal={},
            place="",
            version=1,
        )
        rubric_drafts.add_nodes(connection, draft_id, [node], user.actor)
        return node


def move_node(
    database: Database,
    user: User,
    node_id: str,
    *,
    up: bool = False,
    down: bool = False,
    parent_id: str | None = None,
    to_top: bool = False,
) -> None:
    """Move a row with all below it: one place up or down, or to the end below another parent or of the top.

    A first row moved up, or a last one moved down, stays. Raises NotAllowed, NotFound, BadText for a place where such
    a row cannot stand.
    """
    with database.write() as connection:
        draft, row = row_to_change(connection, user, node_id)
        node = node_in(draft, node_id)
        if parent_id is not None or to_top:
            where = f"{WHERE}, chuyển dòng {named(node)}"
            if parent_id == node_id or parent_id in {each.id for each in below(draft.nodes, node_id)}:
                raise BadText(where, problem="không chuyển một mục vào trong chính nó", to_do="Hãy chọn mục cha khác.")
            _check_place(where, draft, node.kind, parent_id)
            wanted = replace(
                rubric_drafts.node_of(row), parent_id=parent_id, ordinal=_room(connection, user, draft, parent_id, None)
            )
            rubric_drafts.change_node(connection, row, wanted, user.actor)
        elif up or down:
            _swap(connection, user, draft, node, -1 if up else 1)


def end_node(database: Database, user: User, node_id: str) -> int:
    """Take a row out with all below it, and tell how many rows that are. Raises NotAllowed, NotFound, BadText."""
    with database.write() as connection:
        draft, _row = row_to_change(connection, user, node_id)
        node = node_in(draft, node_id)
        gone = [node.id, *(each.id for each in below(draft.nodes, node.id))]
        rubric_drafts.end_nodes(connection, gone, user.actor, now_utc())
    return len(gone)


def restore_node(database: Database, user: User, node_id: str) -> int:
    """Put a row back with what was taken out together with it, and tell how many rows that are.

    Raises NotAllowed, NotFound, BadText where what it stood below is out too.
    """
    with database.write() as connection:
        draft, row = row_to_change(connection, user, node_id)
        if row["ended_utc"] is None:
            return 0
        if row["parent_id"] is not None and all(node.id != row["parent_id"] for node in draft.nodes):
            where = f"{WHERE}, khôi phục dòng {row['code']}"
            raise BadText(where, problem="mục cha của dòng này cũng đã bỏ", to_do="Hãy khôi phục mục cha trước.")
        together = [each for each in _ended(connection, draft.id) if each[1] == row["ended_utc"]]
        back = [node_id, *(each.id for each in below([node for node, _at in together], node_id))]
        rubric_drafts.end_nodes(connection, back, user.actor, None)
    return len(back)


def ended_nodes(database: Database, user: User, draft_id: str) -> tuple[DraftNode, ...]:
    """List what was taken out and can be put back, the last first; not what went with a row above it.

    Raises NotAllowed, NotFound.
    """
    with database.read() as connection:
        draft_for(connection, user, draft_id)
        ended = _ended(connection, draft_id)
        at = {node.id: moment for node, moment in ended}
        return tuple(node for node, moment in ended if at.get(node.parent_id or "") != moment)


def _ended(connection: Connection, draft_id: str) -> list[tuple[DraftNode, object]]:
    rows = rubric_drafts.ended_rows(connection, draft_id)
    return [(rubric_drafts.node_of(row), row["ended_utc"]) for row in rows]


def _check_place(where: str, draft: Draft, kind: NodeKind, parent_id: str | None) -> None:
    above = None if parent_id is None else node_in(draft, parent_id).kind
    if above not in _ABOVE[kind]:
        raise BadText(where, problem="mục này không đứng được ở đó", to_do=_WRONG_PLACE[kind])


def _siblings(draft: Draft, parent_id: str | None) -> list[DraftNode]:
    return [node for node in draft.nodes if node.parent_id == parent_id]


def _room(connection: Connection, user: User, draft: Draft, parent_id: str | None, after_id: str | None) -> int:
    """Give the ordinal right after a sibling, or after the last; where there is no room siblings are moved apart."""
    siblings = _siblings(draft, parent_id)
    ids = [node.id for node in siblings]
    if after_id is not None and after_id not in ids:
        node_in(draft, after_id)
        raise BadText(WHERE, problem="dòng đứng trước không nằm cùng mục cha", to_do="Hãy chọn lại chỗ thêm.")
    if not siblings or after_id in (None, ids[-1]):
        return (siblings[-1].ordinal if siblings else 0) + STEP
    place = ids.index(after_id)
    before, behind = siblings[place].ordinal, siblings[place + 1].ordinal
    if behind - before > 1:
        return (before + behind) // 2
    _spread(connection, user, siblings)
    return (place + 1) * STEP + STEP // 2


def _spread(connection: Connection, user: User, siblings: Sequence[DraftNode]) -> None:
    _set_ordinals(connection, user, {node.id: index * STEP for index, node in enumerate(siblings, start=1)})


def _swap(connection: Connection, user: User, draft: Draft, node: DraftNode, way: int) -> None:
    siblings = _siblings(draft, node.parent_id)
    place = next(index for index, each in enumerate(siblings) if each.id == node.id)
    if not 0 <= place + way < len(siblings):
        return
    other = siblings[place + way]
    if other.ordinal == node.ordinal:
        _spread(connection, user, siblings)
        _swap(connection, user, draft_for(connection, user, draft.id), node, way)
        return
    _set_ordinals(connection, user, {node.id: other.ordinal, other.id: node.ordinal})


def _set_ordinals(connection: Connection, user: User, ordinals: Mapping[str, int]) -> None:
    rows = rubric_drafts.node_rows(connection, [*ordinals])
    moved = [(row, replace(rubric_drafts.node_of(row), ordinal=ordinals[key])) for key, row in rows.items()]
    rubric_drafts.change_nodes(connection, moved, user.actor)
