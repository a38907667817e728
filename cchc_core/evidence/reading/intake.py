"""Taking an uploaded file in: first it is read, then it is kept with what it says of itself, for a person to confirm.

A file that bears a mark of secrecy is refused before anything of it is kept.
"""

from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from cchc_core.evidence.drafts import WHERE, DocumentDraft
from cchc_core.evidence.keeping import add_document, add_file, document_for
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.limits import limits
from cchc_core.evidence.reading import READABLE, Found, read_file
from cchc_core.evidence.secrecy import refuse_secrets
from cchc_core.evidence.vault import vault_of
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from cchc_core.text import fold

_BY_ENDING = {"xls": DocumentKind.FORM, "xlsx": DocumentKind.FORM}


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that was kept, and what its file was found to say."""

    document: Document
    found: Found

    @property
    def differences(self) -> tuple[str, ...]:
        """Say where the file bears another number or date than what is told of the document."""
        document, found = self.document, self.found
        numbers, days = (found.number, document.number), (found.doc_date, document.doc_date)
        said = []
        if all(numbers) and fold(numbers[0]) != fold(numbers[1]):
            said.append(f"số {numbers[0]}, thông tin đang ghi số {numbers[1]}")
        if days[0] and days[1] and days[0] != days[1]:
            said.append(f"ngày {days[0]:%d/%m/%Y}, thông tin đang ghi ngày {days[1]:%d/%m/%Y}")
        return tuple(said)


def take_document(
    database: Database, user: User, department_id: str, year: int, unit_id: str, file: BinaryIO, file_name: str
) -> Taken:
    """Keep an uploaded file as a new document whose data are what the file says; nobody has confirmed them yet.

    Raises what :func:`cchc_core.evidence.keeping.add_document` raises.
    """
    found = _read(database, file, file_name)
    with database.read() as connection:
        draft = draft_of(connection, found, file_name)
    document = add_document(database, user, department_id, year, unit_id, draft, file, file_name)
    return Taken(document, found)


def take_version(database: Database, user: User, document_id: str, file: BinaryIO, file_name: str) -> Taken:
    """Keep an uploaded file as the new version of a document's file; what is said of the document stays.

    Raises what :func:`cchc_core.evidence.keeping.add_file` raises.
    """
    found = _read(database, file, file_name)
    if found.classification:
        refuse_secrets(WHERE, f"({found.classification})")
    return Taken(add_file(database, user, document_id, file, file_name), found)


def read_again(database: Database, user: User, document_id: str) -> Found:
    """Read the file of a document that is kept. Raises NotFound, NotAllowedInOffice."""
    file = document_for(database, user, document_id).file
    if file is None or file.is_purged:
        return Found()
    return read_file(vault_of(database).path_of(file.sha256), file.extension)


def draft_of(connection: Connection, found: Found, file_name: str) -> DocumentDraft:
    """Turn what a file says into the data of a document; a body that is known here gets its own spelling."""
    ending = _ending(file_name)
    return DocumentDraft(
        kind=found.kind or _BY_ENDING.get(ending, DocumentKind.OTHER),
        number=found.number,
        doc_date=found.doc_date,
        issuer=_as_known(connection, found.issuer),
        abstract=found.abstract,
        classification=found.classification,
    )


def _read(database: Database, file: BinaryIO, file_name: str) -> Found:
    ending = _ending(file_name)
    with database.read() as connection:
        most = limits(connection).max_bytes
    vault = vault_of(database)
    if ending not in READABLE:
        return read_file(vault.folder, ending)
    file.seek(0)
    with vault.receiving(file, most) as received:
        found = read_file(received.path, ending) if received.size <= most else Found()
    file.seek(0)
    return found


def _as_known(connection: Connection, issuer: str) -> str:
    spelled = {fold(name): name for name in directory(connection).unit_names.values()}
    return spelled.get(fold(issuer), issuer)


def _ending(file_name: str) -> str:
    return PurePath(file_name).suffix.lower().lstrip(".")
