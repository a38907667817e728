"""The figures of indicators, a row for each indicator of a department's year."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_core.store import kept, log
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory


@dataclass(frozen=True, slots=True)
class FigureLine:
    """Whose figure of which year by which form."""

    department_id: str
    set_id: str
    year: int
    code: str


@dataclass(frozen=True, slots=True)
class StoredFigures:
    """The figures of an indicator in one year: a text for each, '' where it is missing, and the note."""

    code: str
    year: int
    texts: tuple[str, ...]
    note: str
    version: int
    changed_by_name: str
    changed_at_utc: datetime


def of_years(
    connection: Connection, department_id: str, set_id: str, years: Sequence[int]
) -> dict[tuple[int, str], StoredFigures]:
    """Read what is stored of a form in some years, by year and code."""
    rows = connection.rows(
        "SELECT * FROM indicator_values WHERE department_id = :department_id AND set_id = :set_id "
        "AND year BETWEEN :first AND :last",
        department_id=department_id,
        set_id=set_id,
        first=min(years),
        last=max(years),
    )
    return {(row["year"], row["code"]): _stored(connection, row) for row in rows if row["year"] in years}


def find(connection: Connection, line: FigureLine) -> StoredFigures | None:
    """Read one indicator's figures of a year; None where nothing was entered yet."""
    row = _row(connection, line)
    return None if row is None else _stored(connection, row)


def store(connection: Connection, line: FigureLine, texts: Sequence[str], note: str, actor: log.Actor) -> None:
    """Store the figures of an indicator over those before."""
    figures = json.dumps(list(texts), ensure_ascii=False)
    before = _row(connection, line)
    if before is not None:
        kept.change(connection, kept.INDICATOR_VALUES, before, {"figures": figures, "note": note}, actor)
        return
    row = {
        "department_id": line.department_id,
        "set_id": line.set_id,
        "year": line.year,
        "code": line.code,
        "figures": figures,
        "note": note,
    }
    kept.add(connection, kept.INDICATOR_VALUES, [row], actor)


def _row(connection: Connection, line: FigureLine) -> Row | None:
    return connection.row(
        "SELECT * FROM indicator_values WHERE department_id = :department_id AND set_id = :set_id AND year = :year "
        "AND code = :code",
        department_id=line.department_id,
        set_id=line.set_id,
        year=line.year,
        code=line.code,
    )


def _stored(connection: Connection, row: Row) -> StoredFigures:
    person = directory(connection).users.get(row["changed_by"])
    return StoredFigures(
        code=row["code"],
        year=row["year"],
        texts=tuple(json.loads(row["figures"])),
        note=row["note"],
        version=row["version"],
        changed_by_name="" if person is None else person["name"],
        changed_at_utc=row["changed_utc"],
    )
