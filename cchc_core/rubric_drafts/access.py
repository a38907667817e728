"""Who reaches drafts, and in which state: what every use case of drafts asks first, inside its transaction."""

from typing import Final

from cchc_core.errors import BadText, NotFound, StaleText
from cchc_core.rubric_drafts.model import Draft, DraftNode, DraftState
from cchc_core.rubric_shelf import require_keeper, versions_in
from cchc_core.store import rubric_drafts
from cchc_core.store.connection import Connection, Row
from cchc_core.store.users import User
from cchc_core.text import clean_line

WHERE: Final = "Soạn bộ tiêu chí"
_CLOSED: Final = {
    DraftState.ISSUED: "bản soạn này đã được ban hành",
    DraftState.DROPPED: "bản soạn này đã bị bỏ",
}


def draft_for(connection: Connection, user: User, draft_id: str) -> Draft:
    """Give a draft to somebody who may see drafts. Raises NotAllowed, NotFound."""
    require_keeper(user)
    draft = rubric_drafts.find(connection, draft_id)
    if draft is None:
        raise NotFound(WHERE, thing="bản soạn", key=clean_line(draft_id)[:40])
    return draft


def draft_to_change(connection: Connection, user: User, draft_id: str) -> Draft:
    """Give a draft that may still be changed. Raises NotAllowed, NotFound, BadText for one that is closed."""
    draft = draft_for(connection, user, draft_id)
    if draft.state is not DraftState.OPEN:
        to_do = "Hãy tạo bản soạn mới từ phiên bản đã ban hành."
        raise BadText(WHERE, problem=_CLOSED[draft.state], to_do=to_do)
    return draft


def row_to_change(connection: Connection, user: User, node_id: str) -> tuple[Draft, Row]:
    """Give the stored row of a node, also one that was taken out, with its draft. Raises as draft_to_change does."""
    require_keeper(user)
    row = rubric_drafts.node_row(connection, node_id)
    if row is None:
        raise NotFound(WHERE, thing="dòng", key=clean_line(node_id)[:40])
    return draft_to_change(connection, user, row["draft_id"]), row


def check_year(connection: Connection, rubric_id: str, year: int) -> None:
    """Raise BadText where a set has versions of another year: they would be offered for their own year no more."""
    other = next((each for each in versions_in(connection, rubric_id) if each.year != year), None)
    if other is not None:
        raise BadText(
            f"{WHERE}, năm",
            problem=f"bộ «{rubric_id}» đã có phiên bản {other.number} của năm {other.year}; các phiên bản của một bộ "
            f"cùng một năm, để bảng chấm của năm {other.year} vẫn mở được",
            to_do=f"Hãy giữ năm {other.year}, hoặc đưa vào thành một bộ tiêu chí mới cho năm {year}.",
        )


def node_in(draft: Draft, node_id: str) -> DraftNode:
    """Give a row of a draft as it is shown. Raises NotFound for one that was taken out."""
    found = next((node for node in draft.nodes if node.id == node_id), None)
    if found is None:
        raise NotFound(WHERE, thing="dòng", key=clean_line(node_id)[:40])
    return found


def check_revision(draft: Draft, expected: int) -> None:
    """Raise StaleText when a draft is no longer what was looked at."""
    if draft.revision != expected:
        raise StaleText(
            WHERE,
            version=draft.revision,
            who=draft.changed_by_name,
            when_utc=draft.changed_at_utc,
            stored=draft.head.title,
        )


def named(node: DraftNode) -> str:
    """Name a row for messages: its code and the beginning of its title."""
    title = node.title if len(node.title) <= 60 else f"{node.title[:59].rstrip()}…"
    return f"{node.code} {title}"
