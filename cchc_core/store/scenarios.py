"""What-ifs that people keep under a name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_core.store import assessments, log
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.text import fold


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kept what-if (phương án): raw answers by criterion, in the form of ANSWERS.json, beside the stored ones."""

    id: str
    assessment_id: str
    name: str
    entries: Mapping[str, Mapping[str, Any]]
    version: int
    created_by: str
    changed_by_name: str
    changed_at_utc: datetime


_COLUMNS = "id, assessment_id, name, entries, version, created_by, changed_by, changed_utc"


def of_assessment(connection: Connection, assessment_id: str) -> tuple[Scenario, ...]:
    """List the kept scenarios of an assessment, the last changed first."""
    rows = connection.rows(
        f"SELECT {_COLUMNS} FROM scenarios WHERE assessment_id = :id AND ended_utc IS NULL "  # noqa: S608 (constants)
        "ORDER BY changed_utc DESC, id",
        id=assessment_id,
    )
    return tuple(_scenario(connection, row) for row in rows)


def find(connection: Connection, scenario_id: str) -> Scenario | None:
    """Find a kept scenario by its id, which may come from an address that anybody typed."""
    if not (scenario_id.isascii() and scenario_id.isalnum()):
        return None
    row = connection.row(
        f"SELECT {_COLUMNS} FROM scenarios WHERE id = :id AND ended_utc IS NULL",  # noqa: S608 (constants)
        id=scenario_id,
    )
    return None if row is None else _scenario(connection, row)


def add(
    connection: Connection, assessment_id: str, name: str, entries: Mapping[str, Mapping[str, Any]], actor: log.Actor
) -> str:
    """Keep a new scenario, logged, and give its id."""
    now = now_utc()
    row: Row = {
        "id": new_id(),
        "assessment_id": assessment_id,
        "name": name,
        "name_search": fold(name),
        "entries": _text(entries),
        "version": 1,
        "created_by": actor.id,
        "created_utc": now,
        "changed_by": actor.id,
        "changed_utc": now,
    }
    connection.run_many("scenarios", [row])
    _log(connection, row["id"], assessment_id, (None, {"name": name, "entries": _plain(entries)}), actor)
    return str(row["id"])


def change(
    connection: Connection,
    scenario: Scenario,
    name: str,
    entries: Mapping[str, Mapping[str, Any]],
    actor: log.Actor,
) -> None:
    """Store a scenario anew, logged."""
    connection.run(
        "UPDATE scenarios SET name = :name, name_search = :name_search, entries = :entries, version = version + 1, "
        "changed_by = :actor, changed_utc = :now WHERE id = :id",
        name=name,
        name_search=fold(name),
        entries=_text(entries),
        actor=actor.id,
        now=now_utc(),
        id=scenario.id,
    )
    old = {"name": scenario.name, "entries": _plain(scenario.entries)}
    _log(connection, scenario.id, scenario.assessment_id, (old, {"name": name, "entries": _plain(entries)}), actor)


def end(connection: Connection, scenario: Scenario, actor: log.Actor) -> None:
    """Take a scenario out of the lists, logged; nothing is deleted."""
    connection.run("UPDATE scenarios SET ended_utc = :now WHERE id = :id", now=now_utc(), id=scenario.id)
    old = {"name": scenario.name, "entries": _plain(scenario.entries)}
    _log(connection, scenario.id, scenario.assessment_id, (old, None), actor)


def _log(
    connection: Connection,
    scenario_id: str,
    assessment_id: str,
    values: tuple[log.Json | None, log.Json | None],
    actor: log.Actor,
) -> None:
    old, new = values
    line = log.Line(log.LogAction.SCENARIO, scenario_id, new=new, old=old, assessment_id=assessment_id, actor=actor)
    log.append(connection, [line])
    assessments.count_change(connection, assessment_id)


def _plain(entries: Mapping[str, Mapping[str, Any]]) -> log.Json:
    return {code: dict(entry) for code, entry in entries.items()}


def _text(entries: Mapping[str, Mapping[str, Any]]) -> str:
    return json.dumps(_plain(entries), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _scenario(connection: Connection, row: Row) -> Scenario:
    person = directory(connection).users.get(row["changed_by"])
    return Scenario(
        row["id"],
        row["assessment_id"],
        row["name"],
        json.loads(row["entries"]),
        row["version"],
        row["created_by"],
        "" if person is None else person["name"],
        row["changed_utc"],
    )
