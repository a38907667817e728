"""Lists of documents: searched, filtered, counted and cut into pages where the rows are."""

from dataclasses import dataclass

from cchc_core.evidence.kinds import WITH_NUMBER
from cchc_core.store.connection import Connection, Row
from cchc_core.store.documents import Document, Reach, of_rows, visible_where


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents of a department are wanted; None and "" set no condition. ``words`` are folded."""

    department_id: str
    year: int | None = None
    kind: str | None = None
    unit_id: str | None = None
    period: int | None = None
    unused: bool = False
    lacking: bool = False
    words: tuple[str, ...] = ()


_USED = (
    "(d.id IN (SELECT a.document_id FROM attachments a WHERE a.ended_utc IS NULL) OR d.id IN (SELECT td.document_id "
    "FROM task_documents td JOIN tasks t ON t.id = td.task_id WHERE td.ended_utc IS NULL AND t.ended_utc IS NULL))"
)
_NUMBERED = ", ".join(f"'{kind.value}'" for kind in WITH_NUMBER)
_LACKING = (
    f"(NOT d.is_confirmed OR d.abstract = '' OR (d.kind IN ({_NUMBERED}) "
    "AND (d.number = '' OR d.issuer = '' OR d.doc_date IS NULL)))"
)
_IN_PERIOD = (
    "d.id IN (SELECT a.document_id FROM attachments a WHERE a.ended_utc IS NULL "
    "AND a.period_ordinal = CAST(:period AS INTEGER))"
)


def _condition(reach: Reach, wanted: Wanted) -> tuple[str, Row]:
    where, params = _without_choices(reach, wanted)
    conditions = [where]
    for column in ("year", "kind", "unit_id"):
        if getattr(wanted, column) is not None:
            conditions.append(f"d.{column} = :wanted_{column}")
            params[f"wanted_{column}"] = getattr(wanted, column)
    if wanted.unused:
        conditions.append(f"NOT {_USED}")
    if wanted.lacking:
        conditions.append(_LACKING)
    return " AND ".join(conditions), params


def _without_choices(reach: Reach, wanted: Wanted) -> tuple[str, Row]:
    seen, params = visible_where(reach)
    conditions = [seen, "d.department_id = :wanted_department"]
    params["wanted_department"] = wanted.department_id
    if wanted.period is not None:
        conditions.append(_IN_PERIOD)
        params["period"] = wanted.period
    for place, word in enumerate(wanted.words):
        conditions.append(f"d.search_text LIKE :word_{place} ESCAPE '~'")
        params[f"word_{place}"] = f"%{_escaped(word)}%"
    return " AND ".join(conditions), params


def _escaped(word: str) -> str:
    return word.replace("~", "~~").replace("%", "~%").replace("_", "~_")


def page(connection: Connection, reach: Reach, wanted: Wanted, *, limit: int, offset: int) -> tuple[Document, ...]:
    """Give a page of the documents, the last added first."""
    where, params = _condition(reach, wanted)
    rows = connection.rows(
        f"SELECT d.* FROM documents d WHERE {where} ORDER BY d.created_utc DESC, d.id "  # noqa: S608 (names only)
        "LIMIT CAST(:most AS INTEGER) OFFSET CAST(:first AS INTEGER)",
        most=limit,
        first=offset,
        **params,
    )
    return of_rows(connection, rows)


def count(connection: Connection, reach: Reach, wanted: Wanted) -> int:
    """Count the documents."""
    where, params = _condition(reach, wanted)
    row = connection.row(f"SELECT count(*) AS many FROM documents d WHERE {where}", **params)  # noqa: S608 (names only)
    return 0 if row is None else int(row["many"])


@dataclass(frozen=True, slots=True)
class Head:
    """What a document is called, without all else."""

    id: str
    kind: str
    abstract: str


def heads(connection: Connection, reach: Reach, wanted: Wanted, *, limit: int) -> tuple[Head, ...]:
    """Give what the documents are called, the last added first."""
    where, params = _condition(reach, wanted)
    rows = connection.rows(
        f"SELECT d.id, d.kind, d.abstract FROM documents d WHERE {where} "  # noqa: S608 (names only)
        "ORDER BY d.created_utc DESC, d.id LIMIT CAST(:most AS INTEGER)",
        most=limit,
        **params,
    )
    return tuple(Head(**row) for row in rows)


@dataclass(frozen=True, slots=True)
class Group:
    """How many documents are alike in everything that one can choose by."""

    kind: str
    unit_id: str
    year: int
    is_used: bool
    is_lacking: bool
    many: int


def groups(connection: Connection, reach: Reach, wanted: Wanted) -> tuple[Group, ...]:
    """Count the documents by everything that one can choose by, whatever was chosen: one look serves all filters."""
    where, params = _without_choices(reach, wanted)
    rows = connection.rows(
        "SELECT c.kind, c.unit_id, c.year, c.is_used, c.is_lacking, count(*) AS many FROM "  # noqa: S608 (names only)
        f"(SELECT d.kind, d.unit_id, d.year, {_USED} AS is_used, {_LACKING} AS is_lacking "
        f"FROM documents d WHERE {where}) c GROUP BY c.kind, c.unit_id, c.year, c.is_used, c.is_lacking",
        **params,
    )
    return tuple(Group(**row) for row in rows)
