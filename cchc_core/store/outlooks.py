"""What a scorer expects of criteria at the year's end: an expected answer, or that nothing more can be won."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_core.rules.answers import Entry, read_entry
from cchc_core.rules.kinds import Leaf
from cchc_core.rules.problems import AnswerRefused
from cchc_core.store import assessments, log
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory


@dataclass(frozen=True, slots=True)
class Outlook:
    """The outlook of one criterion.

    ``expected`` is None where nothing is expected, or where the rule does not take what is stored any more:
    ``expected_json`` then still holds it.
    """

    code: str
    expected: Entry | None
    expected_json: Mapping[str, Any]
    is_final: bool
    version: int
    changed_by_name: str
    changed_at_utc: datetime


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is to be stored of one criterion's outlook; ``expected_json`` is empty for nothing."""

    code: str
    expected_json: Mapping[str, Any]
    is_final: bool


_COLUMNS = "code, expected, is_final, version, changed_by, changed_utc"


def of_assessment(connection: Connection, assessment_id: str, leaves: Mapping[str, Leaf]) -> dict[str, Outlook]:
    """Read the outlooks of an assessment by code; ``leaves`` are the criteria of its set."""
    people = directory(connection).users
    rows = connection.rows(f"SELECT {_COLUMNS} FROM outlooks WHERE assessment_id = :id", id=assessment_id)  # noqa: S608
    return {row["code"]: _outlook(row, leaves[row["code"]], people) for row in rows if row["code"] in leaves}


def store(connection: Connection, assessment_id: str, wanted: Expectation, actor: log.Actor) -> None:
    """Store the outlook of one criterion over the one before, logged."""
    store_many(connection, assessment_id, [wanted], actor)


def store_many(connection: Connection, assessment_id: str, wanted: list[Expectation], actor: log.Actor) -> None:
    """Store the outlooks of several criteria, each logged, as one change of the assessment."""
    known = {
        row["code"]: row
        for row in connection.rows(
            f"SELECT {_COLUMNS} FROM outlooks WHERE assessment_id = :id",  # noqa: S608 (constant)
            id=assessment_id,
        )
    }
    now = now_utc()
    for each in wanted:
        before = known.get(each.code)
        row = _stored(assessment_id, each, before, actor, now)
        if before is None:
            connection.run_many("outlooks", [row])
        else:
            connection.run(_UPDATE, **row)
        line = log.Line(
            log.LogAction.OUTLOOK,
            each.code,
            new={"expected": dict(each.expected_json), "is_final": each.is_final},
            old=None if before is None else _logged(before),
            assessment_id=assessment_id,
            actor=actor,
            at_utc=now,
        )
        log.append(connection, [line])
    if wanted:
        assessments.count_change(connection, assessment_id)


_UPDATE = (
    "UPDATE outlooks SET expected = :expected, is_final = :is_final, version = :version, changed_by = :changed_by, "
    "changed_utc = :changed_utc WHERE assessment_id = :assessment_id AND code = :code"
)


def _stored(assessment_id: str, wanted: Expectation, before: Row | None, actor: log.Actor, now: datetime) -> Row:
    return {
        "assessment_id": assessment_id,
        "code": wanted.code,
        "expected": json.dumps(wanted.expected_json, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "is_final": wanted.is_final,
        "version": 1 if before is None else before["version"] + 1,
        "changed_by": actor.id,
        "changed_utc": now,
    }


def _logged(row: Row) -> log.Json:
    return {"expected": json.loads(row["expected"]), "is_final": row["is_final"]}


def _outlook(row: Row, leaf: Leaf, people: Mapping[str, Row]) -> Outlook:
    expected_json = json.loads(row["expected"])
    try:
        expected = read_entry(leaf, expected_json) if expected_json else None
    except AnswerRefused:
        expected = None
    return Outlook(
        row["code"],
        expected,
        expected_json,
        row["is_final"],
        row["version"],
        people[row["changed_by"]]["name"] if row["changed_by"] in people else "",
        row["changed_utc"],
    )
