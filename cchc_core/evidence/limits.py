"""How large a file may be, and how much a unit may keep; the administrator sets both."""

from dataclasses import dataclass
from typing import Final

from cchc_core.errors import BadText
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.rights import office_refusal
from cchc_core.store import limits as stored
from cchc_core.store import stored_files
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User

MEGABYTE: Final = 1024 * 1024
GIGABYTE: Final = 1024 * MEGABYTE
MOST_MEGABYTES: Final = 25
"""The largest limit of one file; the server takes somewhat more (``server.maxUploadSize``), to refuse it in words."""
MOST_GIGABYTES: Final = 1000
_WHERE: Final = "Giới hạn dung lượng"
_MAX_BYTES, _QUOTA = "max_file_bytes", "unit_quota_bytes"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes of one file, and of all files of one unit."""

    max_bytes: int = 25 * MEGABYTE
    unit_quota_bytes: int = 2 * GIGABYTE


def limits(connection: Connection) -> Limits:
    """Read the limits in force."""
    usual = Limits()
    return Limits(
        stored.read(connection, _MAX_BYTES, usual.max_bytes), stored.read(connection, _QUOTA, usual.unit_quota_bytes)
    )


def set_limits(database: Database, user: User, *, max_bytes: int, unit_quota_bytes: int) -> None:
    """Set both limits, logged; what is stored already stays, even where it is more.

    Raises NotAllowedInOffice, BadText for a limit that nobody could work with.
    """
    if not may_in_office(user.role, OfficeAction.SET_LIMITS):
        raise office_refusal(user, OfficeAction.SET_LIMITS)
    if not MEGABYTE <= max_bytes <= MOST_MEGABYTES * MEGABYTE:
        raise BadText(
            _WHERE,
            problem="dung lượng lớn nhất của một tệp nằm ngoài khoảng cho phép",
            to_do=f"Hãy đặt từ 1 MB đến {MOST_MEGABYTES} MB.",
        )
    if not max_bytes <= unit_quota_bytes <= MOST_GIGABYTES * GIGABYTE:
        raise BadText(
            _WHERE,
            problem="hạn mức của một đơn vị nằm ngoài khoảng cho phép",
            to_do=f"Hãy đặt không nhỏ hơn một tệp và không quá {MOST_GIGABYTES} GB.",
        )
    with database.write() as connection:
        before = limits(connection)
        for name, old, new in (
            (_MAX_BYTES, before.max_bytes, max_bytes),
            (_QUOTA, before.unit_quota_bytes, unit_quota_bytes),
        ):
            if old != new:
                stored.write(connection, name, old, new, user.actor)


def used_bytes(connection: Connection, unit_id: str) -> int:
    """Add up what a unit's files take, each content once."""
    return stored_files.used_bytes(connection, unit_id)


def size_text(size_bytes: int) -> str:
    """Print a size as people say it.

    >>> size_text(900), size_text(1_300_000), size_text(2 * GIGABYTE)
    ('1 KB', '1,2 MB', '2 GB')
    """
    if size_bytes >= GIGABYTE:
        return f"{_one_place(size_bytes, GIGABYTE)} GB"
    if size_bytes >= MEGABYTE:
        return f"{_one_place(size_bytes, MEGABYTE)} MB"
    return f"{max(1, size_bytes // 1024)} KB"


def _one_place(size_bytes: int, unit: int) -> str:
    whole, tenths = divmod(size_bytes * 10 // unit, 10)
    return f"{whole},{tenths}" if tenths else str(whole)
