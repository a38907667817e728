"""Targets: what a unit's year is meant to reach, over the whole set and section by section."""

from dataclasses import dataclass
from datetime import datetime

from cchc_core.store import log, year_lines
from cchc_core.store.connection import Connection
from cchc_core.store.year_lines import YearLine


@dataclass(frozen=True, slots=True)
class StoredTarget:
    """A target as it is stored; ``section`` is '' for the whole set, ``value`` a decimal number as text."""

    section: str
    kind: str
    value: str
    version: int
    changed_by_name: str
    changed_at_utc: datetime


def of_year(connection: Connection, line: YearLine) -> dict[str, StoredTarget]:
    """Read the targets of a year by section; one that was taken out is not among them."""
    return {section: target for section, target in _all(connection, line).items() if target.value}


def find(connection: Connection, line: YearLine, section: str) -> StoredTarget | None:
    """Find the target of a section, also one that was taken out: its value is empty then."""
    return _all(connection, line).get(section)


def _all(connection: Connection, line: YearLine) -> dict[str, StoredTarget]:
    rows = year_lines.rows(connection, "targets", line, ("section", "kind", "value"))
    return {
        row["section"]: StoredTarget(
            row["section"], row["kind"], row["value"], *year_lines.last_change(connection, row)
        )
        for row in rows
    }


def store(
    connection: Connection,
    line: YearLine,
    section: str,
    kind: str,
    value: str,
    actor: log.Actor,
    assessment_id: str,
) -> None:
    """Set a target, or take it out with an empty value; logged as entered from an assessment of the year."""
    wanted = {"section": section, "kind": kind, "value": value}
    year_lines.store(connection, "targets", line, wanted, log.LogAction.TARGET, actor, assessment_id)
