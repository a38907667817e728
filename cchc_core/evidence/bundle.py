"""All documents of an assessment as one zip, written while it is sent: never whole in memory, never on the disk."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from cchc_core.errors import VIETNAM
from cchc_core.evidence.catalogue import TITLE, read_packed, table_of
from cchc_core.evidence.packing import Packed
from cchc_core.evidence.vault import Vault, vault_of
from cchc_core.rubric.model import Rubric
from cchc_core.store.assessments import Assessment
from cchc_core.store.clock import now_utc
from cchc_core.store.database import Database
from cchc_core.store.documents import Document, FileVersion
from cchc_core.store.users import User
from cchc_core.table_files import to_xlsx

CATALOGUE: Final = f"000 {TITLE}.xlsx"
NOT_WHOLE: Final = "tệp trong kho bị mất hoặc đã thay đổi nên không có trong gói này"
_CHUNK: Final = 256 * 1024
_READABLE: Final = 0o100644 << 16
_EARLIEST: Final = datetime(1980, 1, 1)  # noqa: DTZ001 (clock times of a zip have no zone)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is about to be sent: what it is taken from, and its bytes, which can be asked for once."""

    assessment: Assessment
    chunks: Iterator[bytes]


def take_bundle(database: Database, user: User, assessment_id: str) -> Bundle:
    """Prepare the bundle of an assessment for somebody who may take files away from it. Raises NotFound, NotAllowed.

    Each criterion has a folder, in printed order; links lie there as ``.url`` files. Every file is read through before
    it goes in: one that is missing or has changed is left out, and the list of documents, which comes last, says so.
    """
    with database.read() as connection:
        assessment, rubric, documents = read_packed(connection, user, assessment_id)
    return Bundle(assessment, _stream(vault_of(database), assessment, rubric, documents))


def stream_bundle(database: Database, user: User, assessment_id: str) -> Iterator[bytes]:
    """Give the bytes of :func:`take_bundle`; what is refused is refused before the first one."""
    return take_bundle(database, user, assessment_id).chunks


class _Outgoing:
    """What the archive writes into: it gathers bytes until they are sent, and cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what was written is sent by whoever asks."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _stream(vault: Vault, assessment: Assessment, rubric: Rubric, documents: tuple[Packed, ...]) -> Iterator[bytes]:
    out, trouble, written = _Outgoing(), dict[str, str](), set[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for each in documents:
            document = each.attached.document
            if each.path and document.file and each.path not in written:
                written.add(each.path)
                for _ in _put_file(archive, vault, each.path, document.file, trouble):
                    yield out.taken()
            if each.link_path and each.link_path not in written:
                written.add(each.link_path)
                archive.writestr(_entry(each.link_path, document.changed_at_utc), _shortcut(document))
            yield out.taken()
        table = table_of(assessment, rubric, documents, trouble)
        archive.writestr(_entry(CATALOGUE, now_utc()), to_xlsx(table))
    yield out.taken()


def _put_file(
    archive: zipfile.ZipFile, vault: Vault, path: str, file: FileVersion, trouble: dict[str, str]
) -> Iterator[None]:
    stored = vault.open_whole(file.sha256)
    if stored is None:
        trouble[file.sha256] = NOT_WHOLE
        return
    entry = _entry(path, file.added_at_utc)
    entry.file_size = file.size_bytes
    with stored, archive.open(entry, "w") as packed_file:
        for chunk in _chunks(stored):
            packed_file.write(chunk)
            yield


def _chunks(stored: BinaryIO) -> Iterator[bytes]:
    while chunk := stored.read(_CHUNK):
        yield chunk


def _entry(path: str, moment_utc: datetime) -> zipfile.ZipInfo:
    clock = max(moment_utc + VIETNAM, _EARLIEST)
    entry = zipfile.ZipInfo(path, clock.timetuple()[:6])
    entry.external_attr = _READABLE
    return entry


def _shortcut(document: Document) -> str:
    return f"[InternetShortcut]\r\nURL={document.link}\r\n"
