"""Documents with the versions of their files, and which of them somebody reaches."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_core.evidence.kinds import DocumentKind
from cchc_core.store import kept, log
from cchc_core.store.connection import Connection, Row, any_of
from cchc_core.store.directory import directory
from cchc_core.text import fold


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One version of a document's file, as it was given; the bytes lie in the vault under ``sha256``."""

    id: str
    file_version: int
    sha256: str
    file_name: str
    extension: str
    size_bytes: int
    is_purged: bool
    purge_reason: str
    added_by_name: str
    added_at_utc: datetime


@dataclass(frozen=True, slots=True)
class Document:
    """A document; ``files`` are its versions, oldest first, the last one counts. ``doc_date`` is what it bears."""

    id: str
    department_id: str
    unit_id: str
    unit_name: str
    year: int
    kind: DocumentKind
    number: str
    doc_date: date | None
    issuer: str
    abstract: str
    link: str
    is_confirmed: bool
    created_by: str
    created_by_name: str
    created_at_utc: datetime
    version: int
    changed_by_name: str
    changed_at_utc: datetime
    files: tuple[FileVersion, ...]

    @property
    def file(self) -> FileVersion | None:
        """Give the version of the file that counts, None where there is only a link."""
        return self.files[-1] if self.files else None

    @property
    def heading(self) -> str:
        """Name the document by kind, number and date; what it lacks is left out."""
        number = f"số {self.number}" if self.number else ""
        day = f"ngày {self.doc_date:%d/%m/%Y}" if self.doc_date else ""
        return " ".join(filter(None, (self.kind.label, number, day)))

    @property
    def title(self) -> str:
        """Name the document as lists do: heading and abstract, or its file or link where it has neither."""
        fallback = self.file.file_name if self.file else self.link
        return ": ".join(filter(None, (self.heading, self.abstract or ("" if self.number else fallback))))

    @property
    def is_lacking(self) -> bool:
        """Tell whether something is missing that such a document has, or nobody has looked at its data yet."""
        unnumbered = self.kind.wants_number and not (self.number and self.doc_date and self.issuer)
        return unnumbered or not self.abstract or not self.is_confirmed


@dataclass(frozen=True, slots=True)
class YearReach:
    """What is attached to a year's criteria as a period shows it, both of an assessment that somebody may look at."""

    unit_id: str
    rubric_id: str
    year: int
    period_ordinal: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Which documents somebody reaches: those of whole departments; of an own unit, what was added by oneself and what
    proves a task of that unit; what is attached to years of assessments."""

    departments: frozenset[str] = frozenset()
    own: tuple[str, str, str] | None = None
    years: frozenset[YearReach] = frozenset()


_OWN = """(d.department_id = :own_department AND (d.unit_id = :own_unit OR d.created_by = :own_user OR d.id IN (
    SELECT td.document_id FROM task_documents td JOIN tasks t ON t.id = td.task_id
    WHERE td.ended_utc IS NULL AND t.ended_utc IS NULL
        AND t.department_id = :own_department AND t.room_id = :own_unit)))"""


def visible_where(reach: Reach) -> tuple[str, Row]:
    """Give the condition that a document ``d`` has not ended and is within reach, with its parameters."""
    ways, params = [], Row()
    if reach.departments:
        condition, named = any_of("d.department_id", sorted(reach.departments))
        ways.append(condition)
        params |= named
    if reach.own is not None:
        ways.append(_OWN)
        params |= dict(zip(("own_department", "own_unit", "own_user"), reach.own, strict=True))
    if reach.years:
        condition, named = _attached_in(reach.years)
        ways.append(condition)
        params |= named
    return f"d.ended_utc IS NULL AND ({' OR '.join(ways) or '1 = 0'})", params


def _attached_in(years: Iterable[YearReach]) -> tuple[str, Row]:
    lines, params = [], Row()
    listed = sorted(years, key=lambda y: (y.unit_id, y.rubric_id, y.year, y.period_ordinal))
    for place, year in enumerate(listed):
        params |= {
            f"reach_unit_{place}": year.unit_id,
            f"reach_rubric_{place}": year.rubric_id,
            f"reach_year_{place}": year.year,
            f"reach_ordinal_{place}": year.period_ordinal,
        }
        lines.append(
            f"(:reach_unit_{place}, :reach_rubric_{place}, "
            f"CAST(:reach_year_{place} AS INTEGER), CAST(:reach_ordinal_{place} AS INTEGER))"
        )
    sql = (
        "d.id IN (SELECT a.document_id FROM attachments a "  # noqa: S608 (names of parameters)
        f"JOIN (VALUES {', '.join(lines)}) r(unit_id, rubric_id, year, ordinal) "
        "ON a.unit_id = r.unit_id AND a.rubric_id = r.rubric_id AND a.year = r.year AND a.period_ordinal <= r.ordinal "
        "AND (a.ended_from IS NULL OR a.ended_from > r.ordinal) WHERE a.ended_utc IS NULL)"
    )
    return sql, params


def reached(connection: Connection, reach: Reach, document_ids: Collection[str]) -> frozenset[str]:
    """Pick those of some documents that have not ended and are within reach."""
    where, params = visible_where(reach)
    among, named = any_of("d.id", sorted(document_ids))
    rows = connection.rows(f"SELECT d.id FROM documents d WHERE {among} AND {where}", **named, **params)  # noqa: S608
    return frozenset(row["id"] for row in rows)


def row_of(connection: Connection, document_id: str) -> Row | None:
    """Read the row of a document that has not ended, by an id that anybody may have typed."""
    row = kept.find(connection, kept.DOCUMENTS, document_id)
    return row if row is not None and row["ended_utc"] is None else None


def find(connection: Connection, document_id: str) -> Document | None:
    """Find a document that has not ended."""
    row = row_of(connection, document_id)
    return None if row is None else of_rows(connection, [row])[0]


def of_ids(connection: Connection, document_ids: Collection[str]) -> dict[str, Document]:
    """Read documents that have not ended by their ids."""
    among, params = any_of("id", sorted(document_ids))
    rows = connection.rows(f"SELECT * FROM documents WHERE ended_utc IS NULL AND {among}", **params)  # noqa: S608
    return {document.id: document for document in of_rows(connection, rows)}


def with_content(connection: Connection, reach: Reach, sha256: str) -> tuple[Document, ...]:
    """List the documents within reach that have a file of this content in any version, oldest first."""
    where, params = visible_where(reach)
    rows = connection.rows(
        f"SELECT d.* FROM documents d WHERE {where} AND d.id IN "  # noqa: S608 (names of parameters)
        "(SELECT f.document_id FROM document_files f WHERE f.sha256 = :sha256) ORDER BY d.created_utc, d.id",
        sha256=sha256,
        **params,
    )
    return of_rows(connection, rows)


def of_rows(connection: Connection, rows: Sequence[Row]) -> tuple[Document, ...]:
    """Turn rows of documents into documents with their files, in the same order."""
    files = _files_of(connection, [row["id"] for row in rows])
    names = directory(connection)

    def name(user_id: str) -> str:
        person = names.users.get(user_id)
        return "" if person is None else str(person["name"])

    return tuple(
        Document(
            **{column: row[column] for column in _PLAIN},
            kind=DocumentKind(row["kind"]),
            unit_name=names.unit_names.get(row["unit_id"], ""),
            created_by_name=name(row["created_by"]),
            created_at_utc=row["created_utc"],
            changed_by_name=name(row["changed_by"]),
            changed_at_utc=row["changed_utc"],
            files=tuple(
                FileVersion(added_by_name=name(file.pop("changed_by")), **file) for file in files.get(row["id"], ())
            ),
        )
        for row in rows
    )


_PLAIN = (
    *("id", "department_id", "unit_id", "year", "number", "doc_date", "issuer", "abstract", "link"),
    *("is_confirmed", "created_by", "version"),
)


def _files_of(connection: Connection, document_ids: Sequence[str]) -> dict[str, list[Row]]:
    among, params = any_of("f.document_id", document_ids)
    rows = connection.rows(
        "SELECT f.document_id, f.id, f.file_version, f.sha256, f.file_name, f.extension, s.size_bytes, "  # noqa: S608
        "s.purged_utc IS NOT NULL AS is_purged, s.purge_reason, f.changed_by, f.changed_utc AS added_at_utc "
        f"FROM document_files f JOIN stored_files s ON s.sha256 = f.sha256 WHERE {among} "
        "ORDER BY f.document_id, f.file_version",
        **params,
    )
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        by_document.setdefault(row.pop("document_id"), []).append(row)
    return by_document


def add(connection: Connection, row: Row, actor: log.Actor, at_utc: datetime, file_names: Iterable[str] = ()) -> str:
    """Add a document, logged, and give its id; ``row`` holds the columns that people fill in.

    ``file_names`` are those of the files that come with it, so that it is found by them.
    """
    whole = {**row, "created_by": actor.id, "created_utc": at_utc, "ended_utc": None}
    whole["search_text"] = _search_text(whole, file_names)
    return kept.add(connection, kept.DOCUMENTS, [whole], actor, at_utc=at_utc)[0]


def change(connection: Connection, before: Row, changes: Row, actor: log.Actor) -> bool:
    """Change columns of a document, logged; tell whether anything is new."""
    after = {**before, **changes}
    names = [file["file_name"] for file in _files_of(connection, [before["id"]]).get(before["id"], ())]
    return kept.change(
        connection, kept.DOCUMENTS, before, {**changes, "search_text": _search_text(after, names)}, actor
    )


def add_file(
    connection: Connection, document: Row, sha256: str, file_name: str, extension: str, actor: log.Actor
) -> str:
    """Add the next version of a document's file, logged, and give its id; its name can be searched for."""
    before = _files_of(connection, [document["id"]]).get(document["id"], [])
    row = {
        "document_id": document["id"],
        "file_version": 1 + max((file["file_version"] for file in before), default=0),
        "sha256": sha256,
        "file_name": file_name,
        "extension": extension,
    }
    (added,) = kept.add(connection, kept.DOCUMENT_FILES, [row], actor)
    change(connection, document, {}, actor)
    return added


def _search_text(row: Row, file_names: Iterable[str]) -> str:
    words = (row["number"], row["issuer"], row["abstract"], row["link"], *file_names)
    return " ".join(" ".join(filter(None, map(fold, words))).split())
