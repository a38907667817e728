"""How many documents are attached to each criterion of a unit's year, in one short query."""

from collections.abc import Mapping
from dataclasses import asdict

from cchc_core.store.connection import Connection
from cchc_core.store.year_lines import YearLine


def of_period(connection: Connection, line: YearLine, period_ordinal: int) -> Mapping[str, int]:
    """Count by criterion what is attached as a period of the year shows it; a criterion without any is left out."""
    rows = connection.rows(
        "SELECT a.code, COUNT(*) AS documents FROM attachments a JOIN documents d ON d.id = a.document_id "
        "WHERE a.unit_id = :unit_id AND a.rubric_id = :rubric_id AND a.year = :year "
        "AND a.period_ordinal <= :period_ordinal AND (a.ended_from IS NULL OR a.ended_from > :period_ordinal) "
        "AND a.ended_utc IS NULL AND d.ended_utc IS NULL GROUP BY a.code",
        period_ordinal=period_ordinal,
        **asdict(line),
    )
    return {row["code"]: row["documents"] for row in rows}
