"""The documents attached to criteria as lines of text, for files that leave the product."""

from collections.abc import Mapping

from cchc_core.evidence.attaching import Attached, attachments_of
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.store.database import Database
from cchc_core.store.users import User


def proof_lines(database: Database, user: User, assessment_id: str) -> Mapping[str, tuple[str, ...]]:
    """Name what is attached to each criterion, a line a document with the part that proves. Raises as permitted does.

    A document that is attached to several lines of a criterion is named once, with all its parts.
    """
    with database.read() as connection:
        assessment = permitted(connection, user, Action.VIEW, assessment_id)
        attached = attachments_of(connection, assessment)
    return {code: _lines(listed) for code, listed in attached.items()}


def _lines(listed: tuple[Attached, ...]) -> tuple[str, ...]:
    parts: dict[str, list[str]] = {}
    for each in listed:
        known = parts.setdefault(each.document.title, [])
        if each.part_text and each.part_text not in known:
            known.append(each.part_text)
    return tuple(title + (f" ({'; '.join(each)})" if each else "") for title, each in parts.items())
