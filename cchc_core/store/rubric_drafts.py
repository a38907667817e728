"""Criteria sets that are worked on: a row for the head, a row for each part, section and criterion."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from cchc_core.rubric_drafts.model import Draft, DraftHead, DraftNode, DraftState, Json, RuleState
from cchc_core.rubric_drafts.tree import in_order
from cchc_core.rubric_in.model import NodeKind
from cchc_core.store import kept
from cchc_core.store.connection import Connection, Row, any_of
from cchc_core.store.log import Actor
from cchc_core.store.year_lines import last_change


def add(
    connection: Connection,
    actor: Actor,
    *,
    rubric_id: str,
    head: DraftHead,
    based_on: str | None,
    origin: str,
    file_sha256: str,
) -> str:
    """Add a draft without rows, logged, and give its id."""
    row: Row = {
        "rubric_id": rubric_id,
        "head": _head_text(head),
        "based_on": based_on,
        "origin": origin,
        "file_sha256": file_sha256,
        "state": DraftState.OPEN.value,
        "issued_sha256": None,
        "ended_utc": None,
    }
    (draft_id,) = kept.add(connection, kept.RUBRIC_DRAFTS, [row], actor)
    return draft_id


def change_head(connection: Connection, draft_id: str, head: DraftHead, actor: Actor) -> bool:
    """Store the head of a draft, logged; tell False where nothing is new."""
    return _change(connection, draft_id, {"head": _head_text(head)}, actor)


def close(
    connection: Connection, draft_id: str, state: DraftState, actor: Actor, at_utc: datetime, sha256: str | None = None
) -> None:
    """Mark a draft as issued (``sha256``: as what) or dropped."""
    _change(connection, draft_id, {"state": state.value, "issued_sha256": sha256, "ended_utc": at_utc}, actor)


def find(connection: Connection, draft_id: str) -> Draft | None:
    """Find a draft with its rows by its id, which may come from an address that anybody typed."""
    row = kept.find(connection, kept.RUBRIC_DRAFTS, draft_id)
    if row is None:
        return None
    rows = connection.rows(
        "SELECT * FROM rubric_draft_nodes WHERE draft_id = :id AND ended_utc IS NULL ORDER BY ordinal, id", id=draft_id
    )
    return _draft(connection, row, in_order(map(node_of, rows)), _standings(connection, draft_id).get(draft_id))


def open_drafts(connection: Connection) -> tuple[Draft, ...]:
    """List the drafts that are open, without their rows, the one changed last first."""
    rows = connection.rows("SELECT * FROM rubric_drafts WHERE state = :open ORDER BY id", open=DraftState.OPEN.value)
    standings = _standings(connection)
    drafts = [_draft(connection, row, (), standings.get(row["id"])) for row in rows]
    return tuple(sorted(drafts, key=lambda draft: draft.changed_at_utc, reverse=True))


def head_change(connection: Connection, draft_id: str) -> tuple[int, str, datetime]:
    """Give the version of a draft's head, who changed it last, and when (KeyError for a draft that is not there)."""
    row = kept.find(connection, kept.RUBRIC_DRAFTS, draft_id)
    if row is None:
        raise KeyError(draft_id)
    return last_change(connection, row)


def with_file(connection: Connection, file_sha256: str) -> tuple[Draft, ...]:
    """List the open drafts that were made from a file, without their rows."""
    return tuple(draft for draft in open_drafts(connection) if draft.file_sha256 == file_sha256)


def add_nodes(connection: Connection, draft_id: str, nodes: Sequence[DraftNode], actor: Actor) -> None:
    """Add rows to a draft, logged; their ids are given, their versions begin at 1."""
    rows = [{"id": node.id, "draft_id": draft_id, **_columns(node), "ended_utc": None} for node in nodes]
    kept.add(connection, kept.RUBRIC_DRAFT_NODES, rows, actor)


def node_row(connection: Connection, node_id: str) -> Row | None:
    """Find the stored row of a node, also one that was taken out; its id may come from an address."""
    return kept.find(connection, kept.RUBRIC_DRAFT_NODES, node_id)


def node_rows(connection: Connection, node_ids: Sequence[str]) -> dict[str, Row]:
    """Find the stored rows of nodes by their ids, also those that were taken out."""
    condition, params = any_of("id", node_ids)
    rows = connection.rows(f"SELECT * FROM rubric_draft_nodes WHERE {condition} ORDER BY id", **params)  # noqa: S608
    return {row["id"]: row for row in rows}


def change_node(connection: Connection, before: Row, node: DraftNode, actor: Actor) -> bool:
    """Store a row over the one before, logged; tell False where nothing is new."""
    return kept.change(connection, kept.RUBRIC_DRAFT_NODES, before, _columns(node), actor)


def change_nodes(connection: Connection, changes: Iterable[tuple[Row, DraftNode]], actor: Actor) -> int:
    """Store many rows, each over the one before, logged, and tell how many were not so already."""
    wanted = ((before, _columns(node)) for before, node in changes)
    return kept.change_many(connection, kept.RUBRIC_DRAFT_NODES, wanted, actor)


def end_nodes(connection: Connection, node_ids: Sequence[str], actor: Actor, at_utc: datetime | None) -> None:
    """Take rows out at a moment, or put them back (None), each logged."""
    ended = ((row, {"ended_utc": at_utc}) for row in node_rows(connection, node_ids).values())
    kept.change_many(connection, kept.RUBRIC_DRAFT_NODES, ended, actor)


def ended_rows(connection: Connection, draft_id: str) -> list[Row]:
    """Give the stored rows that were taken out of a draft, the last first."""
    return connection.rows(
        "SELECT * FROM rubric_draft_nodes WHERE draft_id = :id AND ended_utc IS NOT NULL "
        "ORDER BY ended_utc DESC, ordinal, id",
        id=draft_id,
    )


def node_of(row: Row) -> DraftNode:
    """Read a stored row as it stands, without regard to what is below it."""
    return DraftNode(
        id=row["id"],
        parent_id=row["parent_id"],
        ordinal=row["ordinal"],
        kind=NodeKind(row["kind"]),
        code=row["code"],
        title=row["title"],
        fields=json.loads(row["fields"]),
        rule=json.loads(row["rule"]) if row["rule"] else None,
        rule_state=RuleState(row["rule_state"]),
        proposal=json.loads(row["proposal"]),
        place=row["place"],
        version=row["version"],
    )


def last_change_of(connection: Connection, row: Row) -> tuple[int, str, datetime]:
    """Give a stored row's version, who changed it last, and when."""
    return last_change(connection, row)


def _change(connection: Connection, draft_id: str, changes: Mapping[str, object], actor: Actor) -> bool:
    row = kept.find(connection, kept.RUBRIC_DRAFTS, draft_id)
    return row is not None and kept.change(connection, kept.RUBRIC_DRAFTS, row, changes, actor)


def _standings(connection: Connection, draft_id: str | None = None) -> dict[str, Row]:
    """Give, for drafts with rows, the sum of the rows' versions, and who changed a row last and when."""
    # Every change of a row, its being taken out too, makes its version grow by one, and so the sum.
    of_draft, params = ("", {}) if draft_id is None else ("WHERE draft_id = :id ", {"id": draft_id})
    order = "PARTITION BY draft_id ORDER BY changed_utc DESC, id"
    newest = f"row_number() OVER ({order}) AS place, sum(version) OVER (PARTITION BY draft_id) AS versions"
    inner = f"SELECT draft_id, version, changed_by, changed_utc, {newest} FROM rubric_draft_nodes {of_draft}"  # noqa: S608
    rows = connection.rows(f"SELECT * FROM ({inner}) AS latest WHERE place = 1", **params)  # noqa: S608 (constants)
    return {row["draft_id"]: row for row in rows}


def _draft(connection: Connection, row: Row, nodes: tuple[DraftNode, ...], standing: Row | None) -> Draft:
    newest = row if standing is None or standing["changed_utc"] <= row["changed_utc"] else standing
    _version, by_name, at_utc = last_change(connection, newest)
    return Draft(
        id=row["id"],
        rubric_id=row["rubric_id"],
        head=_head(json.loads(row["head"])),
        based_on=row["based_on"],
        origin=row["origin"],
        file_sha256=row["file_sha256"],
        state=DraftState(row["state"]),
        version=row["version"],
        changed_by_name=by_name,
        changed_at_utc=at_utc,
        nodes=nodes,
        revision=row["version"] + (0 if standing is None else int(standing["versions"])),
    )


def _head(stored: Json) -> DraftHead:
    lists: dict[str, Any] = {name: tuple(stored.get(name, ())) for name in ("applies_to", "caps", "exclusions")}
    return DraftHead(**{**stored, **lists})


def _head_text(head: DraftHead) -> str:
    return _text(asdict(head))


def _columns(node: DraftNode) -> Row:
    return {
        "parent_id": node.parent_id,
        "ordinal": node.ordinal,
        "kind": node.kind.value,
        "code": node.code,
        "title": node.title,
        "fields": _text(node.fields),
        "rule": "" if node.rule is None else _text(node.rule),
        "rule_state": node.rule_state.value,
        "proposal": _text(node.proposal),
        "place": node.place,
    }


def _text(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
