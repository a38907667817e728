"""Remedies: what will be done about criteria that lose points, by whom and by when."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_core.store import log, year_lines
from cchc_core.store.connection import Connection
from cchc_core.store.year_lines import YearLine


@dataclass(frozen=True, slots=True)
class Remedy:
    """What will be done about a criterion that loses points, by whom and by when."""

    code: str
    action_text: str
    responsible: str
    due: date | None
    version: int
    changed_by_name: str
    changed_at_utc: datetime


def of_year(connection: Connection, line: YearLine) -> dict[str, Remedy]:
    """Read the remedies of a year by criterion; one that was taken out is not among them."""
    rows = year_lines.rows(connection, "remedies", line, ("code", "action_text", "responsible", "due"))
    return {
        row["code"]: Remedy(
            row["code"],
            row["action_text"],
            row["responsible"],
            row["due"],
            *year_lines.last_change(connection, row),
        )
        for row in rows
        if row["action_text"]
    }


def version(connection: Connection, line: YearLine, code: str) -> int:
    """Tell how often a remedy was written or taken out; 0 for never."""
    rows = year_lines.rows(connection, "remedies", line, ("code",))
    return next((int(row["version"]) for row in rows if row["code"] == code), 0)


def store(
    connection: Connection,
    line: YearLine,
    code: str,
    action_text: str,
    responsible: str,
    due: date | None,
    actor: log.Actor,
) -> None:
    """Store a remedy; an empty action takes it out. Logged."""
    wanted = {"code": code, "action_text": action_text, "responsible": responsible, "due": due}
    year_lines.store(connection, "remedies", line, wanted, log.LogAction.REMEDY, actor)
