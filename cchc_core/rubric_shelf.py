"""The criteria sets that can be looked at and opened: those of the product and those that were issued here.

A set that comes with the product is version 1 of its id; versions that are issued here continue its count. A version
is never edited and never deleted: one that was put away (thôi dùng) is no longer offered to new assessments.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from cchc_core.errors import NotAllowedInOffice, NotFound, StorageDamaged
from cchc_core.permissions import ACTION_TITLES, Action, may_keep_rubrics
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import readable_rubrics
from cchc_core.store import rubric_versions, rubrics
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.rubric_versions import SHIPPED, StoredVersion
from cchc_core.store.users import User
from cchc_core.text import clean_line, sort_key

_WHERE = "Bộ tiêu chí"


@dataclass(frozen=True, slots=True)
class RubricVersion:
    """A version on the shelf; ``sha256`` is its name everywhere.

    ``id`` and ``issued_at_utc`` are None for one that comes with the product. ``is_newest`` marks the one that new
    assessments of the set get: the newest that was not put away (``is_ended``). ``used_by`` counts the assessments
    that were opened with it, cut down to a kind of body or not.
    """

    id: str | None
    rubric_id: str
    number: int
    sha256: str
    title: str
    issuer: str
    year: int
    points_source: str
    is_shipped: bool
    is_newest: bool
    is_ended: bool
    origin: str
    note: str
    issued_at_utc: datetime | None
    issued_by_name: str
    used_by: int


def list_versions(database: Database) -> tuple[RubricVersion, ...]:
    """List every version that can be read: the newest year first, by name, the newest version of a set first."""
    with database.read() as connection:
        return versions_in(connection)


def versions_of(database: Database, rubric_id: str) -> tuple[RubricVersion, ...]:
    """List the versions of one set, the newest first; none for an id that is not known."""
    with database.read() as connection:
        return versions_in(connection, rubric_id)


def rubric_of(database: Database, sha256: str) -> Rubric:
    """Give the criteria set of a version, or one that an assessment pins. Raises NotFound."""
    with database.read() as connection:
        return rubric_in(connection, sha256)


def current_rubrics(database: Database) -> tuple[dict[str, Rubric], tuple[str, ...]]:
    """Give the set of each id that new assessments are opened with, and what is wrong with sets that cannot be read."""
    with database.read() as connection:
        newest = [each for each in versions_in(connection) if each.is_newest]
        found = {each.rubric_id: rubric_in(connection, each.sha256) for each in newest}
        issued = [each for each in rubric_versions.every(connection) if each.origin != SHIPPED]
        damaged = [each for each in issued if _kept_copy(connection, each.sha256) is None]
    problems = (
        f"{each.rubric_id}, bản {each.number}: bản lưu đã hỏng nên không mở được; hãy khôi phục từ bản sao lưu."
        for each in damaged
    )
    return found, (*readable_rubrics()[1], *problems)


def end_version(database: Database, user: User, sha256: str) -> None:
    """Put a version away: assessments keep it, new ones are not opened with it. Raises NotAllowed, NotFound."""
    _put_away(database, user, sha256, is_ended=True)


def restore_version(database: Database, user: User, sha256: str) -> None:
    """Offer a version again that was put away. Raises NotAllowed, NotFound."""
    _put_away(database, user, sha256, is_ended=False)


def require_keeper(user: User) -> None:
    """Raise NotAllowed for who may not bring criteria sets in, change and issue them."""
    if not may_keep_rubrics(user.role):
        # No assessment is concerned, so its state is no reason.
        raise NotAllowedInOffice("Phân quyền", role=user.role_title, action=ACTION_TITLES[Action.KEEP_RUBRICS])


def rubric_in(connection: Connection, sha256: str) -> Rubric:
    """Give a criteria set by its SHA-256 as part of the caller's transaction; see :func:`rubric_of`."""
    shipped = next((each for each in readable_rubrics()[0].values() if _sha256_of(each) == sha256), None)
    if shipped is not None:
        return shipped
    try:
        return rubrics.pinned(connection, sha256)
    except NotFound:
        raise NotFound(_WHERE, thing="phiên bản bộ tiêu chí", key=clean_line(sha256)[:12]) from None


def versions_in(connection: Connection, rubric_id: str | None = None) -> tuple[RubricVersion, ...]:
    """List versions as part of the caller's transaction; see :func:`list_versions`."""
    stored = rubric_versions.every(connection, rubric_id)
    used = _uses(connection)
    shipped = [each for each in readable_rubrics()[0].values() if rubric_id in (None, each.id)]
    issued = ((each, _kept_copy(connection, each.sha256)) for each in stored if each.origin != SHIPPED)
    listed = [
        *(_of_product(each, stored, used[_sha256_of(each)]) for each in shipped),
        *(_issued(each, rubric, used[each.sha256]) for each, rubric in issued if rubric is not None),
    ]
    newest = _newest(listed)
    marked = (replace(each, is_newest=newest.get(each.rubric_id) == each.number) for each in listed)
    return _in_order(marked)


def _uses(connection: Connection) -> Counter[str]:
    """Count the assessments by version; a copy that was cut down to a kind of body counts for the whole one."""
    used: Counter[str] = Counter()
    for sha256, many in rubric_versions.uses(connection).items():
        rubric = _kept_copy(connection, sha256)
        used[sha256 if rubric is None else rubric.cut_from or sha256] += many
    return used


def _kept_copy(connection: Connection, sha256: str) -> Rubric | None:
    # One damaged copy must not hide the sets that are whole.
    try:
        return rubrics.pinned(connection, sha256)
    except (NotFound, StorageDamaged):
        return None


def _newest(listed: Iterable[RubricVersion]) -> dict[str, int]:
    newest: dict[str, int] = {}
    for each in listed:
        if not each.is_ended:
            newest[each.rubric_id] = max(each.number, newest.get(each.rubric_id, each.number))
    return newest


def _in_order(listed: Iterable[RubricVersion]) -> tuple[RubricVersion, ...]:
    newest_first = sorted(listed, key=lambda each: (each.rubric_id, -each.number))
    head: dict[str, RubricVersion] = {}
    for each in newest_first:
        head.setdefault(each.rubric_id, each)

    def place(each: RubricVersion) -> tuple[int, str, str]:
        first = head[each.rubric_id]
        return -first.year, sort_key(f"{first.issuer} {first.title}"), each.rubric_id

    return tuple(sorted(newest_first, key=place))


def _of_product(rubric: Rubric, stored: Sequence[StoredVersion], used_by: int) -> RubricVersion:
    of_set = [each for each in stored if each.rubric_id == rubric.id]
    # An id that was taken here before the product came with a set of that id keeps its count.
    number = 0 if any(each.number == 1 for each in of_set) else 1
    return RubricVersion(
        id=None,
        rubric_id=rubric.id,
        number=number,
        sha256=_sha256_of(rubric),
        title=rubric.title,
        issuer=rubric.issuer,
        year=rubric.year,
        points_source=rubric.points_source,
        is_shipped=True,
        is_newest=False,
        is_ended=any(each.is_ended for each in of_set if each.origin == SHIPPED),
        origin="Kèm theo chương trình",
        note="",
        issued_at_utc=None,
        issued_by_name="",
        used_by=used_by,
    )


def _issued(stored: StoredVersion, rubric: Rubric, used_by: int) -> RubricVersion:
    return RubricVersion(
        id=stored.id,
        rubric_id=stored.rubric_id,
        number=stored.number,
        sha256=stored.sha256,
        title=rubric.title,
        issuer=rubric.issuer,
        year=rubric.year,
        points_source=rubric.points_source,
        is_shipped=False,
        is_newest=False,
        is_ended=stored.is_ended,
        origin=stored.origin,
        note=stored.note,
        issued_at_utc=stored.issued_at_utc,
        issued_by_name=stored.issued_by_name,
        used_by=used_by,
    )


def _put_away(database: Database, user: User, sha256: str, *, is_ended: bool) -> None:
    with database.write() as connection:
        require_keeper(user)
        wanted = next((each for each in versions_in(connection) if each.sha256 == sha256), None)
        if wanted is None:
            raise NotFound(_WHERE, thing="phiên bản bộ tiêu chí", key=clean_line(sha256)[:12])
        if wanted.is_ended == is_ended:
            return
        row_id = wanted.id if wanted.id is not None else _row_of_shipped(connection, user, wanted)
        rubric_versions.put_away(connection, row_id, user.actor, is_ended=is_ended)


def _row_of_shipped(connection: Connection, user: User, wanted: RubricVersion) -> str:
    stored = rubric_versions.every(connection, wanted.rubric_id)
    row_id = next((each.id for each in stored if each.origin == SHIPPED), None)
    if row_id is not None:
        return row_id
    sha256 = rubrics.pin(connection, rubric_in(connection, wanted.sha256), user.actor)
    return rubric_versions.add(
        connection, user.actor, rubric_id=wanted.rubric_id, number=0, sha256=sha256, origin=SHIPPED
    )


@lru_cache(maxsize=64)
def _sha256_of(rubric: Rubric) -> str:
    return fingerprint(rubric)
