"""The documents of a department as somebody may see them: searched, filtered, a page at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.reach import reach_of
from cchc_core.offices import require
from cchc_core.permissions import OfficeAction
from cchc_core.store import document_lists
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.document_lists import Group, Wanted
from cchc_core.store.documents import Document, Reach
from cchc_core.store.users import User
from cchc_core.text import fold

PER_PAGE = 30
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class DocumentQuery:
    """What is looked for. ``period`` is the place in the year of the period from which a document is attached.

    ``unused`` wants those that prove neither a criterion nor a task, ``lacking`` those whose data are incomplete or
    were looked at by nobody yet; every word of ``text`` has to occur, with or without diacritics.
    """

    department_id: str
    year: int | None = None
    kind: DocumentKind | None = None
    unit_id: str | None = None
    period: int | None = None
    unused: bool = False
    lacking: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of documents, the last added first; pages count from 1, ``total`` counts what the query finds."""

    documents: tuple[Document, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """How many documents a query finds, by each choice of the filters; each filter is counted as if it were not set."""

    total: int
    by_kind: Mapping[DocumentKind, int]
    by_unit: Mapping[str, int]
    by_year: Mapping[int, int]
    unused: int
    lacking: int


def find_documents(
    database: Database, user: User, query: DocumentQuery, *, page: int = 1, per_page: int = PER_PAGE
) -> DocumentPage:
    """Give a page of the documents that somebody looks for among those that they may see.

    A page beyond the last one gives the last one. Raises NotFound, NotAllowedInOffice.
    """
    with database.read() as connection:
        reach, wanted = look_for(connection, user, query)
        total = document_lists.count(connection, reach, wanted)
        pages = max(1, -(-total // per_page))
        number = min(max(1, page), pages)
        found = document_lists.page(connection, reach, wanted, limit=per_page, offset=(number - 1) * per_page)
        return DocumentPage(found, total, number, pages)


def count_documents(database: Database, user: User, query: DocumentQuery) -> DocumentCounts:
    """Count what a query finds by each choice of its filters. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        reach, wanted = look_for(connection, user, query)
        groups = document_lists.groups(connection, reach, wanted)

    def alike(apart: Wanted) -> list[Group]:
        return [group for group in groups if _is_in(group, apart)]

    def by(column: str, apart: Wanted) -> dict[Any, int]:
        counted: Counter[Any] = Counter()
        for group in alike(apart):
            counted[getattr(group, column)] += group.many
        return dict(sorted(counted.items()))

    def total(apart: Wanted) -> int:
        return sum(group.many for group in alike(apart))

    return DocumentCounts(
        total=total(wanted),
        by_kind={DocumentKind(kind): many for kind, many in by("kind", replace(wanted, kind=None)).items()},
        by_unit=by("unit_id", replace(wanted, unit_id=None)),
        by_year=by("year", replace(wanted, year=None)),
        unused=total(replace(wanted, unused=True)),
        lacking=total(replace(wanted, lacking=True)),
    )


def _is_in(group: Group, wanted: Wanted) -> bool:
    chosen = ((wanted.kind, group.kind), (wanted.unit_id, group.unit_id), (wanted.year, group.year))
    if any(choice not in (None, value) for choice, value in chosen):
        return False
    return not (wanted.unused and group.is_used) and not (wanted.lacking and not group.is_lacking)


def look_for(connection: Connection, user: User, query: DocumentQuery) -> tuple[Reach, Wanted]:
    """Give what somebody reaches and what they want of it, for the store. Raises NotFound, NotAllowedInOffice."""
    require(connection, user, OfficeAction.VIEW_DOCUMENTS, query.department_id)
    wanted = Wanted(
        department_id=query.department_id,
        year=query.year,
        kind=None if query.kind is None else query.kind.value,
        unit_id=query.unit_id,
        period=query.period,
        unused=query.unused,
        lacking=query.lacking,
        words=tuple(fold(query.text).split()[:MOST_WORDS]),
    )
    return reach_of(connection, user), wanted
