"""What belongs to a unit's year by a criteria set and not to one of its periods."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from cchc_core.store import log
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory


@dataclass(frozen=True, slots=True)
class YearLine:
    """A unit's year by a criteria set; every version of the set counts as the same."""

    unit_id: str
    rubric_id: str
    year: int


_OF_LINE = "unit_id = :unit_id AND rubric_id = :rubric_id AND year = :year"


def rows(connection: Connection, table: str, line: YearLine, columns: Sequence[str]) -> list[Row]:
    """Read a table's rows of a year, with who changed them last."""
    wanted = ", ".join((*columns, "version", "changed_by", "changed_utc"))
    return connection.rows(f"SELECT {wanted} FROM {table} WHERE {_OF_LINE}", **asdict(line))  # noqa: S608 (constants)


def last_change(connection: Connection, row: Row) -> tuple[int, str, datetime]:
    """Give a row's version, who changed it last, and when."""
    return row["version"], directory(connection).person_name(row["changed_by"]), row["changed_utc"]


def store(
    connection: Connection,
    table: str,
    line: YearLine,
    wanted: Row,
    action: log.LogAction,
    actor: log.Actor,
    assessment_id: str,
) -> None:
    """Store a row over the one before; the first column of ``wanted`` is its key within the year.

    The log names ``assessment_id``, the assessment of the year that it was entered from.
    """
    key, *columns = wanted
    before = next((row for row in rows(connection, table, line, [*wanted]) if row[key] == wanted[key]), None)
    changed = {
        "version": 1 if before is None else before["version"] + 1,
        "changed_by": actor.id,
        "changed_utc": now_utc(),
    }
    row = {**asdict(line), **wanted, **changed}
    if before is None:
        connection.run_many(table, [row])
    else:
        settings = ", ".join(f"{column} = :{column}" for column in (*columns, *changed))
        connection.run(f"UPDATE {table} SET {settings} WHERE {_OF_LINE} AND {key} = :{key}", **row)  # noqa: S608
    old = None if before is None else _loggable({column: before[column] for column in columns})
    new = {**asdict(line), **_loggable({column: wanted[column] for column in columns})}
    log.append(connection, [log.Line(action, wanted[key], new, old, assessment_id, actor)])
    count_change(connection, line)


def count_change(connection: Connection, line: YearLine) -> None:
    """Let the change number of every assessment of a year grow: boards of all its periods show what has changed."""
    connection.run(
        "UPDATE assessments SET change_number = change_number + 1 WHERE unit_id = :unit_id AND rubric_id = :rubric_id "
        "AND period_id IN (SELECT id FROM periods WHERE rubric_id = :rubric_id AND year = :year)",
        **asdict(line),
    )


def _loggable(row: Row) -> log.Json:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
