"""Destroying the content of a file that should never have been stored, such as one with personal data."""

from cchc_core.errors import BadText, NotFound
from cchc_core.evidence.vault import vault_of
from cchc_core.offices import require
from cchc_core.permissions import OfficeAction
from cchc_core.store import attachments, kept, stored_files
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.text import clean_line

WHERE = "Huỷ nội dung tệp"
MOST_REASON_CHARACTERS = 500


def purge_file(database: Database, user: User, file_version_id: str, reason: str) -> None:
    """Destroy the content of a version of a file, wherever the same content was stored; hash and reason stay.

    A version that was destroyed already stays as it is. Raises NotFound, NotAllowedInOffice, BadText without a reason,
    StorageError where the file cannot be removed just now: it is out of reach all the same and goes at the next start.
    """
    said = " ".join(clean_line(reason).split())
    if not said or len(said) > MOST_REASON_CHARACTERS:
        problem = f"lý do dài quá {MOST_REASON_CHARACTERS} ký tự" if said else "chưa ghi lý do"
        raise BadText(WHERE, problem=problem, to_do="Hãy ghi ngắn gọn vì sao phải huỷ nội dung tệp này.")
    with database.write() as connection:
        version, content = _found(connection, user, file_version_id)
        if content["purged_utc"] is None:
            stored_files.mark_purged(connection, content, said, user.actor, now_utc())
            attachments.count_changes(connection, attachments.with_content(connection, version["sha256"]))
    vault_of(database).purge(version["sha256"])


def _found(connection: Connection, user: User, file_version_id: str) -> tuple[Row, Row]:
    version = kept.find(connection, kept.DOCUMENT_FILES, file_version_id)
    # Also of a document that was taken out: its content lies there still.
    document = None if version is None else kept.find(connection, kept.DOCUMENTS, version["document_id"])
    content = None if version is None else stored_files.find(connection, version["sha256"])
    if version is None or document is None or content is None:
        raise NotFound(WHERE, thing="tệp", key=clean_line(file_version_id)[:40])
    require(connection, user, OfficeAction.PURGE_FILES, document["department_id"])
    return version, content
