"""Which document proves which criterion of a unit's year, by which part of it, from which period on."""

from collections.abc import Collection
from dataclasses import asdict

from cchc_core.store import kept, log, year_lines
from cchc_core.store.connection import Connection, Row, any_of
from cchc_core.store.year_lines import YearLine


def of_line(
    connection: Connection, line: YearLine, period_ordinal: int | None = None, code: str | None = None
) -> list[Row]:
    """Read what is attached in a year, as one period shows it or all of it, to one criterion or to all."""
    until = (
        ""
        if period_ordinal is None
        else " AND period_ordinal <= :ordinal AND (ended_from IS NULL OR ended_from > :ordinal)"
    )
    until += "" if code is None else " AND code = :code"
    named = {"ordinal": period_ordinal, "code": code}
    params = {name: value for name, value in named.items() if value is not None}
    return connection.rows(
        "SELECT * FROM attachments WHERE ended_utc IS NULL AND unit_id = :unit_id "  # noqa: S608 (constant)
        f"AND rubric_id = :rubric_id AND year = :year{until} ORDER BY code, id",
        **asdict(line),
        **params,
    )


def of_documents(connection: Connection, document_ids: Collection[str]) -> list[Row]:
    """Read what some documents are attached to."""
    among, params = any_of("document_id", sorted(document_ids))
    return connection.rows(
        f"SELECT * FROM attachments WHERE ended_utc IS NULL AND {among} "  # noqa: S608 (names of parameters)
        "ORDER BY year, rubric_id, code, evidence_line NULLS LAST, id",
        **params,
    )


def with_content(connection: Connection, sha256: str) -> list[Row]:
    """Read where documents with a file of this content are attached."""
    return connection.rows(
        "SELECT * FROM attachments WHERE ended_utc IS NULL AND document_id IN "
        "(SELECT document_id FROM document_files WHERE sha256 = :sha256)",
        sha256=sha256,
    )


def is_shown_in(row: Row, period_ordinal: int) -> bool:
    """Tell whether a period of the year shows an attachment: attached then or before, and not taken off by then."""
    ended_from = row["ended_from"]
    return row["period_ordinal"] <= period_ordinal and (ended_from is None or ended_from > period_ordinal)


def meet(one: Row, other: Row) -> bool:
    """Tell whether some period shows both of two attachments."""
    return is_shown_in(one, other["period_ordinal"]) or is_shown_in(other, one["period_ordinal"])


def alike(connection: Connection, row: Row) -> list[Row]:
    """Read where the same document is at the same line of the same criterion in this year, whatever the periods."""
    keys = ("document_id", "evidence_line")
    listed = of_line(connection, line_of(row), code=row["code"])
    return [other for other in listed if all(other[key] == row[key] for key in keys)]


def line_of(row: Row) -> YearLine:
    """Give the year that an attachment is part of."""
    return YearLine(row["unit_id"], row["rubric_id"], row["year"])


def find(connection: Connection, attachment_id: str) -> Row | None:
    """Find an attachment that has not ended."""
    row = kept.find(connection, kept.ATTACHMENTS, attachment_id)
    return row if row is not None and row["ended_utc"] is None else None


def add(connection: Connection, row: Row, actor: log.Actor, assessment_id: str) -> str:
    """Attach, logged as done from an assessment of the year, and give the id."""
    (added,) = kept.add(
        connection,
        kept.ATTACHMENTS,
        [{**row, "ended_from": None, "ended_utc": None}],
        actor,
        assessment_id=assessment_id,
    )
    year_lines.count_change(connection, line_of(row))
    return added


def change(connection: Connection, before: Row, changes: Row, actor: log.Actor, assessment_id: str) -> None:
    """Change or end an attachment, logged as done from an assessment of the year."""
    if kept.change(connection, kept.ATTACHMENTS, before, changes, actor, assessment_id=assessment_id):
        year_lines.count_change(connection, line_of(before))


def count_changes(connection: Connection, rows: Collection[Row]) -> None:
    """Let open pages and boards of every year follow in which one of these attachments is shown."""
    for line in {line_of(row) for row in rows}:
        year_lines.count_change(connection, line)
