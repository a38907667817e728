"""Remedies: what will be done about criteria that lose points, by whom and by when."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_core.store import log, tasks, year_lines
from cchc_core.store.connection import Connection
from cchc_core.store.year_lines import YearLine


@dataclass(frozen=True, slots=True)
class Remedy:
    """What will be done about a criterion that loses points, by whom and by when.

    ``is_settled`` tells that its task was carried out or dropped, so that nothing of it is late any more.
    """

    code: str
    action_text: str
    responsible: str
    due: date | None
    version: int
    changed_by_name: str
    changed_at_utc: datetime
    is_settled: bool = False


def of_year(connection: Connection, line: YearLine) -> dict[str, Remedy]:
    """Read the remedies of a year by criterion; one that was taken out is not among them."""
    return {code: remedy for code, remedy in _all(connection, line).items() if remedy.action_text}


def find(connection: Connection, line: YearLine, code: str) -> Remedy | None:
    """Find the remedy of a criterion, also one that was taken out: its action is empty then."""
    return _all(connection, line).get(code)


def _all(connection: Connection, line: YearLine) -> dict[str, Remedy]:
    rows = year_lines.rows(connection, "remedies", line, ("code", "action_text", "responsible", "due"))
    settled = tasks.settled_remedies(connection, line) if rows else frozenset()
    return {
        row["code"]: Remedy(
            row["code"],
            row["action_text"],
            row["responsible"],
            row["due"],
            *year_lines.last_change(connection, row),
            is_settled=row["code"] in settled,
        )
        for row in rows
    }


def store(
    connection: Connection,
    line: YearLine,
    code: str,
    action_text: str,
    responsible: str,
    due: date | None,
    actor: log.Actor,
    assessment_id: str,
) -> None:
    """Store a remedy; an empty action takes it out. Logged as entered from an assessment of the year."""
    wanted = {"code": code, "action_text": action_text, "responsible": responsible, "due": due}
    year_lines.store(connection, "remedies", line, wanted, log.LogAction.REMEDY, actor, assessment_id)
