"""Where criteria take their inputs from, for a unit's year by a criteria set."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from cchc_core.store import kept, log, year_lines
from cchc_core.store.connection import Connection, Row
from cchc_core.store.year_lines import YearLine


@dataclass(frozen=True, slots=True)
class StoredSource:
    """The source of a criterion as it is stored: '' (none), indicator, plan or assigned, and what fills its inputs."""

    code: str
    source: str
    inputs: Mapping[str, str]
    version: int
    changed_by_name: str
    changed_at_utc: datetime


def of_year(connection: Connection, line: YearLine) -> dict[str, StoredSource]:
    """Read the sources of a year by criterion; one that was taken out is not among them."""
    return {row["code"]: _stored(connection, row) for row in _rows(connection, line) if row["source"]}


def find(connection: Connection, line: YearLine, code: str) -> StoredSource | None:
    """Read the source of a criterion, also one that was taken out."""
    row = _row(connection, line, code)
    return None if row is None else _stored(connection, row)


def store(
    connection: Connection,
    line: YearLine,
    code: str,
    source: str,
    inputs: Mapping[str, str],
    actor: log.Actor,
    assessment_id: str,
) -> None:
    """Store the source of a criterion over the one before; the log names the assessment it was entered from."""
    wanted = {"source": source, "inputs": json.dumps(dict(sorted(inputs.items())), ensure_ascii=False)}
    before = _row(connection, line, code)
    if before is None:
        row = {**asdict(line), "code": code, **wanted}
        kept.add(connection, kept.ANSWER_SOURCES, [row], actor, assessment_id=assessment_id)
    else:
        kept.change(connection, kept.ANSWER_SOURCES, before, wanted, actor, assessment_id=assessment_id)
    year_lines.count_change(connection, line)


_OF_LINE = "unit_id = :unit_id AND rubric_id = :rubric_id AND year = :year"


def _rows(connection: Connection, line: YearLine) -> list[Row]:
    return connection.rows(f"SELECT * FROM answer_sources WHERE {_OF_LINE}", **asdict(line))  # noqa: S608 (constants)


def _row(connection: Connection, line: YearLine, code: str) -> Row | None:
    sql = f"SELECT * FROM answer_sources WHERE {_OF_LINE} AND code = :code"  # noqa: S608 (constants)
    return connection.row(sql, **asdict(line), code=code)


def _stored(connection: Connection, row: Row) -> StoredSource:
    inputs = {str(name): str(value) for name, value in json.loads(row["inputs"]).items()}
    return StoredSource(row["code"], row["source"], inputs, *year_lines.last_change(connection, row))
