"""The documents attached to criteria as lines with addresses, for a slip that leaves the product."""

from collections.abc import Mapping

from cchc_core.addresses import FILES_PATH
from cchc_core.evidence.attaching import Attached, attachments_of
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.slip.model import ProofLink
from cchc_core.store.database import Database
from cchc_core.store.documents import Document
from cchc_core.store.users import User


def proof_links(database: Database, user: User, assessment_id: str, base: str) -> Mapping[str, tuple[ProofLink, ...]]:
    """Name what is attached to each criterion, a line a document with the part that proves, and where it lies.

    ``base`` is the address of the product as the person has it, without a slash at its end; a file opens there after
    signing in. Raises NotFound, NotAllowed.
    """
    with database.read() as connection:
        assessment = permitted(connection, user, Action.VIEW, assessment_id)
        attached = attachments_of(connection, assessment)
    return {code: tuple(dict.fromkeys(_link(each, base) for each in listed)) for code, listed in attached.items()}


def _link(attached: Attached, base: str) -> ProofLink:
    part = f" ({attached.part_text})" if attached.part_text else ""
    return ProofLink(attached.document.title + part, _address(attached.document, base))


def _address(document: Document, base: str) -> str:
    if document.file is None:
        return document.link
    return f"{base}{FILES_PATH}/{document.id}/{document.file.file_version}"
