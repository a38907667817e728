"""Who may see which document: one rule, asked alike by lists, pages, previews, downloads and bundles.

The office, the leader and the administrator see every document of a department. A room sees those of its own unit,
those that it added, those that prove a task of its own, and those that are attached to an assessment it may look at.
An appraiser sees what is attached to an assessment that was handed in. A screen on a wall sees none.
"""

from collections.abc import Mapping
from dataclasses import replace

from cchc_core.errors import NotFound
from cchc_core.permissions import Action, OfficeAction
from cchc_core.rights import office_refusal, permits, permits_in_office
from cchc_core.store import assessments, documents
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.store.documents import Document, Reach, YearReach
from cchc_core.store.users import User
from cchc_core.text import clean_line


def reach_of(connection: Connection, user: User) -> Reach:
    """Find out what somebody reaches, as rights, rooms and states of assessments are now."""
    of = directory(connection).department_of
    tops = {department for unit, department in of.items() if unit == department}
    whole = frozenset(top for top in tops if permits_in_office(user, OfficeAction.VIEW_ALL_DOCUMENTS, top, of))
    home = of.get(user.unit_id or "")
    if whole:
        return Reach(departments=whole)
    own = None
    if user.unit_id is not None and home is not None and _keeps_own(user, home, of):
        own = (home, user.unit_id, user.id)
    return Reach(own=own, years=_years(connection, user, of))


def _keeps_own(user: User, department_id: str, department_of: Mapping[str, str]) -> bool:
    return permits_in_office(user, OfficeAction.VIEW_DOCUMENTS, department_id, department_of)


def _years(connection: Connection, user: User, department_of: Mapping[str, str]) -> frozenset[YearReach]:
    # To open a document is to take something away, which a screen on a wall may not, though it looks at the points.
    return frozenset(
        YearReach(assessment.unit_id, assessment.rubric_id, assessment.year, assessment.period_order)
        for assessment in assessments.every(connection)
        if all(permits(user, action, assessment, department_of) for action in (Action.VIEW, Action.EXPORT))
    )


def visible_where(connection: Connection, user: User) -> tuple[str, Row]:
    """Give the condition that a document ``d`` may be seen, with its parameters, for the store's queries."""
    return documents.visible_where(reach_of(connection, user))


def may_see(connection: Connection, user: User, document: Document | str) -> bool:
    """Tell whether somebody may see a document, given whole or by its id."""
    document_id = document if isinstance(document, str) else document.id
    return document_id in seen_among(connection, user, (document_id,))


def seen_among(connection: Connection, user: User, document_ids: tuple[str, ...]) -> frozenset[str]:
    """Pick those of some documents that somebody may see."""
    return documents.reached(connection, reach_of(connection, user), document_ids) if document_ids else frozenset()


def seen(connection: Connection, user: User, document_id: str) -> Document:
    """Give a document to somebody who may see it. Raises NotFound, NotAllowedInOffice.

    Who has no place in the department's office gets the file that counts alone, not what was there before.
    """
    document = documents.find(connection, document_id)
    if document is None:
        raise unknown_document(document_id)
    if not may_see(connection, user, document):
        raise office_refusal(user, OfficeAction.VIEW_ALL_DOCUMENTS)
    return as_seen(connection, user, document)


def as_seen(connection: Connection, user: User, document: Document) -> Document:
    """Give a document without the earlier versions of its file to who only sees what was handed in."""
    of = directory(connection).department_of
    if permits_in_office(user, OfficeAction.VIEW_DOCUMENTS, document.department_id, of):
        return document
    return newest(document)


def newest(document: Document) -> Document:
    """Give a document with the version of its file that counts alone."""
    return document if len(document.files) <= 1 else replace(document, files=document.files[-1:])


def may_keep(connection: Connection, user: User, document: Document | Row) -> bool:
    """Tell whether somebody may change a document: the office any of the department, a room those of its own."""
    row = document if isinstance(document, dict) else {name: getattr(document, name) for name in _OWNED}
    of = directory(connection).department_of
    if not permits_in_office(user, OfficeAction.KEEP_DOCUMENTS, row["department_id"], of):
        return False
    if permits_in_office(user, OfficeAction.VIEW_ALL_DOCUMENTS, row["department_id"], of):
        return True
    return bool(row["unit_id"] == user.unit_id or row["created_by"] == user.id)


_OWNED = ("department_id", "unit_id", "created_by")


def unknown_document(document_id: str) -> NotFound:
    """Make the refusal for an id that stands for no document, or for one that has ended."""
    return NotFound("Tài liệu kiểm chứng", thing="tài liệu", key=clean_line(document_id)[:40])
