"""Criteria sets that are worked on: begun, looked at, put right and dropped; only administrators do any of it."""

from dataclasses import dataclass

from cchc_core.errors import BadText, StaleText
from cchc_core.rubric_drafts import values
from cchc_core.rubric_drafts.access import WHERE, check_year, draft_for, draft_to_change
from cchc_core.rubric_drafts.confirming import confirm_rules, leave_manual
from cchc_core.rubric_drafts.editing import add_node, change_node, end_node, ended_nodes, move_node, restore_node
from cchc_core.rubric_drafts.ids import suggest_id
from cchc_core.rubric_drafts.model import Draft, DraftHead, DraftState
from cchc_core.rubric_drafts.starting import start_copy, start_empty, start_from_import, start_from_rubric
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.rubric_shelf import RubricVersion, require_keeper, rubric_in, versions_in
from cchc_core.store import rubric_drafts, rubric_versions
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User

__all__ = [
    "SameFile",
    "add_node",
    "change_head",
    "change_node",
    "confirm_rules",
    "drop_draft",
    "end_node",
    "ended_nodes",
    "leave_manual",
    "list_drafts",
    "move_node",
    "open_draft",
    "restore_node",
    "same_file",
    "start_copy",
    "start_empty",
    "start_from_import",
    "start_from_rubric",
    "suggest_id",
]


@dataclass(frozen=True, slots=True)
class SameFile:
    """Where a file was brought in before: open drafts (without their rows) and versions on the shelf."""

    drafts: tuple[Draft, ...]
    versions: tuple[RubricVersion, ...]

    def __bool__(self) -> bool:
        return bool(self.drafts or self.versions)


def open_draft(database: Database, user: User, draft_id: str) -> Draft:
    """Give a draft with its rows, also one that was issued or dropped. Raises NotAllowed, NotFound."""
    with database.read() as connection:
        return draft_for(connection, user, draft_id)


def list_drafts(database: Database, user: User) -> tuple[Draft, ...]:
    """List the drafts that are worked on, without their rows, the one changed last first. Raises NotAllowed."""
    require_keeper(user)
    with database.read() as connection:
        return rubric_drafts.open_drafts(connection)


def same_file(database: Database, user: User, file_sha256: str) -> SameFile:
    """Tell where a file was brought in before. Raises NotAllowed."""
    require_keeper(user)
    if not file_sha256:
        return SameFile((), ())
    with database.read() as connection:
        issued = {each.id for each in rubric_versions.every(connection) if each.file_sha256 == file_sha256}
        versions = tuple(each for each in versions_in(connection) if each.id is not None and each.id in issued)
        return SameFile(rubric_drafts.with_file(connection, file_sha256), versions)


def change_head(database: Database, user: User, draft_id: str, head: DraftHead, expected_version: int) -> Draft:
    """Change what a draft says of the whole set and give the draft; ``expected_version`` is the draft's ``version``.

    Raises NotAllowed, NotFound, BadText, and StaleText when somebody else has changed it in the meantime.
    """
    where = f"{WHERE}, phần chung"
    clean = values.head_of(where, head)
    with database.write() as connection:
        draft = draft_to_change(connection, user, draft_id)
        if draft.version != expected_version:
            version, who, when_utc = rubric_drafts.head_change(connection, draft_id)
            stored = f"{draft.head.title} ({draft.head.issuer}, {draft.head.year})"
            raise StaleText(where, version=version, who=who, when_utc=when_utc, stored=stored)
        check_year(connection, draft.rubric_id, clean.year)
        _check_source(connection, draft, clean)
        rubric_drafts.change_head(connection, draft_id, clean, user.actor)
        return draft_for(connection, user, draft_id)


def _check_source(connection: Connection, draft: Draft, head: DraftHead) -> None:
    """Refuse to call points official that were copied from an illustrative set, before official ones came."""
    if head.points_source != "official" or draft.head.points_source == "official" or draft.based_on is None:
        return
    has_marks = all(node.proposal.get("points_from") for node in draft.nodes if is_leaf(node))
    if rubric_in(connection, draft.based_on).is_illustrative and not has_marks:
        raise BadText(
            f"{WHERE}, nguồn điểm",
            problem="điểm của bản này chép từ điểm minh hoạ, chưa phải điểm chính thức",
            to_do="Hãy nhập điểm chính thức cho mọi tiêu chí, kèm số và ngày của văn bản.",
        )


def drop_draft(database: Database, user: User, draft_id: str) -> None:
    """Drop a draft that nobody wants to issue any more. Raises NotAllowed, NotFound, BadText for a closed one."""
    with database.write() as connection:
        draft = draft_to_change(connection, user, draft_id)
        rubric_drafts.close(connection, draft.id, DraftState.DROPPED, user.actor, now_utc())
