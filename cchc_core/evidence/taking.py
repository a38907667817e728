"""Opening the file of a document for somebody who may see it, read through before its first byte is given out."""

from dataclasses import dataclass
from typing import BinaryIO

from cchc_core.errors import CchcError, NotFound, Refused
from cchc_core.evidence.reach import seen
from cchc_core.evidence.vault import vault_of
from cchc_core.store.database import Database
from cchc_core.store.documents import Document, FileVersion
from cchc_core.store.users import User

WHERE = "Tệp của tài liệu"


class FilePurged(Refused):
    """The content was destroyed by the administrator; hash and reason stay."""

    code = "TL-11"
    what = "nội dung tệp «{name}» đã bị quản trị huỷ (lý do: {reason})"
    remedy = "Hãy tải lên bản thay thế nếu vẫn cần tài liệu này."


class FileNotWhole(CchcError):
    """The content is missing from the folder of files, or is not what was stored."""

    code = "TL-12"
    what = "tệp «{name}» trong kho bị mất hoặc đã thay đổi so với lúc lưu"
    remedy = "Hãy báo quản trị khôi phục từ bản sao lưu, hoặc tải lại tệp lên thành phiên bản mới."


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is open at its beginning; whoever asked closes it."""

    document: Document
    version: FileVersion
    stream: BinaryIO


def open_file(database: Database, user: User, document_id: str, file_version: int) -> OpenFile:
    """Open a version of a document's file. It is found by the document's row, never by its content.

    Raises NotFound, NotAllowedInOffice, FilePurged, FileNotWhole.
    """
    with database.read() as connection:
        document = seen(connection, user, document_id)
    version = next((each for each in document.files if each.file_version == file_version), None)
    if version is None:
        raise NotFound(WHERE, thing="phiên bản", key=str(file_version))
    if version.is_purged:
        raise FilePurged(WHERE, name=version.file_name, reason=version.purge_reason)
    stream = vault_of(database).open_whole(version.sha256)
    if stream is None:
        raise FileNotWhole(WHERE, name=version.file_name)
    return OpenFile(document, version, stream)
