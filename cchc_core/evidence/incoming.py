"""A file on its way in: received beside, checked, given its place; only then a row may name it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

from cchc_core.evidence import file_checks
from cchc_core.evidence.file_checks import FileRefused, Reason
from cchc_core.evidence.limits import limits, size_text
from cchc_core.evidence.vault import vault_of
from cchc_core.store import stored_files
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User

WHERE: Final = "Tải tệp lên"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that lies in the vault and that no row names yet."""

    sha256: str
    size: int
    extension: str
    name: str


def take_in(database: Database, unit_id: str, file: BinaryIO, file_name: str) -> Incoming:
    """Put a file into the vault for a unit's document.

    Raises FileRefused with the reason, StorageError. What is refused leaves nothing behind; what is taken in and then
    named by no row is swept later.
    """
    with database.read() as connection:
        most = limits(connection).max_bytes
    file_checks.check_name(file_name)
    vault = vault_of(database)
    if file.seekable():
        # Somebody may have read it before, to see what it says.
        file.seek(0)
    with vault.receiving(file, most) as received:
        checked = file_checks.check_file(received.path, file_name, most)
        came = Incoming(received.sha256, received.size, checked.extension, checked.safe_name)
        with database.read() as connection:
            _refuse_where_there_is_no_place(connection, unit_id, came)
        vault.keep(received)
    return came


@contextmanager
def naming(database: Database, came: Incoming | None) -> Iterator[Connection]:
    """Give the transaction whose rows name a file that was taken in.

    A content that the administrator destroyed while it was on its way in again does not stay.
    """
    try:
        with database.write() as connection:
            yield connection
    except FileRefused as refused:
        if came is not None and refused.reason is Reason.PURGED:
            vault_of(database).purge(came.sha256)
        raise


def enter(connection: Connection, user: User, unit_id: str, came: Incoming) -> None:
    """Take note of a file in the transaction that names it; what may have changed meanwhile is looked at again.

    Raises FileRefused.
    """
    _refuse_where_there_is_no_place(connection, unit_id, came)
    stored_files.keep(connection, came.sha256, came.size, user.actor)


def _refuse_where_there_is_no_place(connection: Connection, unit_id: str, came: Incoming) -> None:
    known = stored_files.find(connection, came.sha256)
    if known is not None and known["purged_utc"] is not None:
        raise FileRefused(WHERE, Reason.PURGED, came.name)
    if stored_files.unit_has(connection, unit_id, came.sha256):
        return
    quota, used = limits(connection).unit_quota_bytes, stored_files.used_bytes(connection, unit_id)
    if used + came.size > quota:
        raise FileRefused(
            WHERE,
            Reason.OVER_QUOTA,
            came.name,
            f"đã dùng {size_text(used)} trong {size_text(quota)}, tệp này {size_text(came.size)}",
        )
