"""A database of a country's size: departments with many units, every unit with its periods scored.

The answers are made up and scored by the core for some kinds of unit, and every unit is of one of them. Units, periods,
assessments, answers and scores stand as the store writes them; the change log tells of units and assessments and not of
every answer, for nothing that is measured here reads that.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from cchc_core.periods import periods_for
from cchc_core.permissions import Role, State
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.answers import read_entry
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import RULE_VERSION, PeriodView, Score, score
from cchc_core.sample_answers import STAGES, SampleAnswer, sample_answers
from cchc_core.store import log, periods, rubrics, units, users
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.units import UnitKind

RUBRIC = "namdinh-tnmt-2024"
DEPARTMENTS = 34
UNITS = 120
_STATES = {"q1": State.APPROVED, "h1": State.APPROVED, "q3": State.DRAFT, "year": State.DRAFT}
_KINDS = 24
_CARRIED_EVERY = 9
_CHECKPOINT_EVERY = 6


@dataclass(frozen=True, slots=True)
class Country:
    """An open database, how many answers are in it, and its departments by id."""

    database: Database
    answers: int
    departments: tuple[str, ...]


def make_country(path: Path, units_each: int = UNITS, departments: int = DEPARTMENTS) -> Country:
    """Fill a new database with departments of so many units, all of them with every period scored."""
    rubric = read_rubric(RUBRIC)
    database = Database.open(path)
    users.ensure_trial_users(database)
    room = next(user for user in users.trial_users(database) if user.role is Role.ROOM)
    with database.write() as connection:
        tops = _add_departments(connection, departments)
        below = {top: _add_units(connection, top, units_each) for top in tops}
        users.place_trial_users(connection, tops[0], below[tops[0]][0], log.SYSTEM)
        period_ids = _add_assessments(connection, rubric, [unit for many in below.values() for unit in many])
        connection.run(_KINDS_TABLE)
        connection.run("CREATE TABLE kind_of_unit (unit_id VARCHAR, department_id VARCHAR, kind INTEGER)")
        connection.run_many("kind_of_unit", [row for top, many in below.items() for row in _kinds_of_units(top, many)])
        connection.run_many("kinds", list(_kinds(rubric, period_ids, min(_KINDS, units_each))))
    carried_from = period_ids[STAGES[-2]]
    for number, top in enumerate(tops, start=1):
        with database.write() as connection:
            connection.run(_ANSWERS, department_id=top, who=room.id, now=now_utc(), before=carried_from)
            connection.run(_SCORES, department_id=top, rules=RULE_VERSION)
        if number % _CHECKPOINT_EVERY == 0:
            database.checkpoint()
    with database.write() as connection:
        connection.run("DROP TABLE kinds")
        connection.run("DROP TABLE kind_of_unit")
        row = connection.row("SELECT count(*) AS answers FROM answers")
    # So much in the write-ahead log would have to be read again at the next start.
    database.checkpoint()
    return Country(database, int(row["answers"]) if row else 0, tuple(tops))


def _add_departments(connection: Connection, many: int) -> list[str]:
    named = [(f"Sở Nội vụ tỉnh {number:02d}", UnitKind.DEPARTMENT, None) for number in range(1, many + 1)]
    return [unit.id for unit in units.add(connection, named, log.SYSTEM)]


def _add_units(connection: Connection, department_id: str, many: int) -> list[str]:
    numbers = range(1, many + 1)
    named = [(f"Phòng Nội vụ huyện {number:03d}", UnitKind.SUBORDINATE, department_id) for number in numbers]
    return [unit.id for unit in units.add(connection, named, log.SYSTEM)]


def _add_assessments(connection: Connection, rubric: Rubric, unit_ids: Sequence[str]) -> Mapping[str, str]:
    sha256 = rubrics.pin(connection, rubric, log.SYSTEM)
    period_ids = periods.ensure(connection, rubric.id, rubric.year, periods_for(rubric.id, rubric.year), log.SYSTEM)
    rows: list[Row] = [
        {
            "id": new_id(),
            "unit_id": unit_id,
            "period_id": period_id,
            "rubric_id": rubric.id,
            "rubric_sha256": sha256,
            "state": _STATES[code].value,
            "is_locked": False,
            "change_number": 2,
            "created_by": log.SYSTEM.id,
            "created_utc": now_utc(),
        }
        for unit_id in unit_ids
        for code, period_id in period_ids.items()
    ]
    connection.run_many("assessments", rows)
    log.append(connection, map(_opened, rows))
    return period_ids


def _opened(row: Row) -> log.Line:
    new = {name: row[name] for name in ("unit_id", "rubric_sha256", "period_id", "state")}
    return log.Line(log.LogAction.OPEN_ASSESSMENT, row["id"], new=new, assessment_id=row["id"])


_KINDS_TABLE = (
    "CREATE TABLE kinds (kind INTEGER, period_id VARCHAR, code VARCHAR, entry VARCHAR, self_note VARCHAR, "
    "points DECIMAL(12, 4), effective_max DECIMAL(12, 4), not_due_points DECIMAL(12, 4), status VARCHAR, "
    "is_external BOOLEAN, explanation VARCHAR, is_carried BOOLEAN)"
)


def _kinds(rubric: Rubric, period_ids: Mapping[str, str], many: int) -> Iterator[Row]:
    of_year = periods_for(rubric.id, rubric.year)
    orders = {period.code: period.order for period in of_year}
    views = {
        period.code: periods.view(period.code, is_provisional=period.is_provisional, orders=orders)
        for period in of_year
    }
    for kind in range(many):
        made = _whole(rubric.id, views[STAGES[-1]], kind)
        for code, view in views.items():
            for place, answer in enumerate(made):
                given = _scored(rubric, answer, view)
                if given is not None:
                    is_carried = code == STAGES[-1] and (place + kind) % _CARRIED_EVERY == 0
                    yield _kind_row(kind, period_ids[code], answer, given) | {"is_carried": is_carried}


@cache
def _whole(rubric_id: str, view: PeriodView, kind: int) -> tuple[SampleAnswer, ...]:
    """Take for each criterion the first of many made-up offices that answered it, until none is left out."""
    rubric = read_rubric(rubric_id)
    found: dict[str, SampleAnswer] = {}
    for seed in count(kind * 1_000):
        for answer in sample_answers(rubric, view, seed):
            found.setdefault(answer.code, answer)
        if len(found) == len(rubric.leaves):
            return tuple(found[leaf.code] for leaf in rubric.leaves)
    raise AssertionError


def _scored(rubric: Rubric, answer: SampleAnswer, view: PeriodView) -> Score | None:
    leaf = rubric.criterion(answer.code).scored
    try:
        return score(leaf, read_entry(leaf, answer.entry_json), view)
    except AnswerRefused:
        # What is not due in a quarter cannot be answered, and the year knows nothing that is not due.
        return None


def _kind_row(kind: int, period_id: str, answer: SampleAnswer, given: Score) -> Row:
    return {
        "kind": kind,
        "period_id": period_id,
        "code": answer.code,
        "entry": json.dumps(answer.entry_json, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "self_note": answer.note,
        "points": given.points,
        "effective_max": given.effective_max,
        "not_due_points": given.not_due_points,
        "status": given.status.value,
        "is_external": given.is_external,
        "explanation": given.explanation,
    }


def _kinds_of_units(department_id: str, unit_ids: Sequence[str]) -> Iterator[Row]:
    for number, unit_id in enumerate(unit_ids):
        yield {"unit_id": unit_id, "department_id": department_id, "kind": number % _KINDS}


_OF_DEPARTMENT = (
    "FROM kind_of_unit u JOIN assessments a ON a.unit_id = u.unit_id "
    "JOIN kinds k ON k.period_id = a.period_id AND k.kind = u.kind"
)
_ANSWERS = (
    "INSERT INTO answers (assessment_id, code, version, entry, self_note, changed_by, changed_utc, carried_from) "
    "SELECT a.id, k.code, 1, k.entry, k.self_note, :who, CAST(:now AS TIMESTAMP), "
    f"CASE WHEN k.is_carried THEN b.id END {_OF_DEPARTMENT} "
    "JOIN assessments b ON b.unit_id = a.unit_id AND b.period_id = :before "
    "WHERE u.department_id = :department_id ORDER BY a.id, k.code"
)
_SCORES = (
    "INSERT INTO scores (assessment_id, code, answer_version, rule_version, points, effective_max, not_due_points, "
    "status, is_external, explanation) SELECT a.id, k.code, 1, :rules, k.points, k.effective_max, k.not_due_points, "
    f"k.status, k.is_external, k.explanation {_OF_DEPARTMENT} "
    "WHERE u.department_id = :department_id ORDER BY a.id, k.code"
)
