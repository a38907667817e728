"""What was entered for each criterion, the score it gave, and the log line of both, stored as one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cchc_core.rules.answers import EMPTY, Entry, read_entry
from cchc_core.rules.kinds import Leaf
from cchc_core.rules.scoring import RULE_VERSION, Score, Status
from cchc_core.store import assessments, log
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What is stored for one criterion; ``version`` grows with every save of the answer or of its note.

    ``carried_from`` is the assessment that the answer was copied from, until somebody confirms or changes it.
    """

    code: str
    version: int
    entry: Entry
    entry_json: Mapping[str, Any]
    self_note: str
    changed_by_name: str
    changed_at_utc: datetime
    carried_from: str | None = None

    @property
    def is_confirmed(self) -> bool:
        """Tell whether somebody stands for this answer in this period."""
        return self.carried_from is None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer before its rule has read it, and the score stored beside it.

    ``score`` is None when it comes from another version of the rules; ``scored_version`` is the version of the answer
    that a score, of whatever rules, is stored for.
    """

    code: str
    version: int
    entry_json: Mapping[str, Any]
    self_note: str
    changed_by_name: str
    changed_at_utc: datetime
    score: Score | None
    scored_version: int | None
    carried_from: str | None = None

    def read(self, leaf: Leaf) -> StoredAnswer:
        """Read the entry by the criterion's rule. Raises AnswerRefused."""
        return replace(self.as_empty(), entry=read_entry(leaf, self.entry_json))

    def as_empty(self) -> StoredAnswer:
        """Give the row with its entry unread."""
        return StoredAnswer(
            self.code,
            self.version,
            EMPTY,
            self.entry_json,
            self.self_note,
            self.changed_by_name,
            self.changed_at_utc,
            self.carried_from,
        )


@dataclass(frozen=True, slots=True)
class Save:
    """One answer with its score, to be stored over the version before it."""

    code: str
    version: int
    entry_json: Mapping[str, Any]
    self_note: str
    score: Score
    action: log.LogAction = log.LogAction.ANSWER
    at_utc: datetime | None = None
    carried_from: str | None = None


_ANSWERS = (
    "SELECT code, version, entry, self_note, changed_by, changed_utc, carried_from FROM answers "
    "WHERE assessment_id = :id"
)
_SCORES = (
    "SELECT code, answer_version, rule_version, points, effective_max, not_due_points, status, is_external, "
    "explanation FROM scores WHERE assessment_id = :id"
)


def of_assessment(connection: Connection, assessment_id: str) -> tuple[AnswerRow, ...]:
    """Read all answers of an assessment with their scores."""
    scores = {row["code"]: row for row in connection.rows(_SCORES, id=assessment_id)}
    people = directory(connection).users
    rows = connection.rows(_ANSWERS, id=assessment_id)
    return tuple(_answer_row(row, scores.get(row["code"]), people) for row in rows)


def of_criterion(connection: Connection, assessment_id: str, code: str) -> AnswerRow | None:
    """Read the answer of one criterion; None when nothing was ever stored."""
    row = connection.row(f"{_ANSWERS} AND code = :code", id=assessment_id, code=code)
    if row is None:
        return None
    scored = connection.row(f"{_SCORES} AND code = :code", id=assessment_id, code=code)
    return _answer_row(row, scored, directory(connection).users)


_UPDATE_ANSWER = (
    "UPDATE answers SET version = :version, entry = :entry, self_note = :self_note, changed_by = :changed_by, "
    "changed_utc = :changed_utc, carried_from = :carried_from WHERE assessment_id = :assessment_id AND code = :code"
)
_UPDATE_SCORE = (
    "UPDATE scores SET answer_version = :answer_version, rule_version = :rule_version, points = :points, "
    "effective_max = :effective_max, not_due_points = :not_due_points, status = :status, is_external = :is_external, "
    "explanation = :explanation WHERE assessment_id = :assessment_id AND code = :code"
)


def store(
    connection: Connection, assessment_id: str, save: Save, before: AnswerRow | None, actor: log.Actor
) -> datetime:
    """Store an answer, its score and its log line in the caller's transaction; give the time they bear."""
    at_utc = save.at_utc or now_utc()
    answer, score = _answer_columns(assessment_id, save, actor, at_utc), _score_columns(assessment_id, save)
    # One statement that does either takes three times as long as the one that is needed.
    if before is None:
        connection.run_many("answers", [answer])
        connection.run_many("scores", [score])
    else:
        connection.run(_UPDATE_ANSWER, **answer)
        connection.run(_UPDATE_SCORE, **score)
    log.append(connection, [_line(assessment_id, save, before, actor, at_utc)])
    assessments.count_change(connection, assessment_id)
    return at_utc


def store_first(connection: Connection, assessment_id: str, saves: Sequence[Save], actor: log.Actor) -> None:
    """Store the first answers of many criteria at once, in few statements; logged one by one."""
    now = now_utc()
    timed = [(save, save.at_utc or now) for save in saves]
    connection.run_many("answers", [_answer_columns(assessment_id, save, actor, at_utc) for save, at_utc in timed])
    connection.run_many("scores", [_score_columns(assessment_id, save) for save in saves])
    log.append(connection, [_line(assessment_id, save, None, actor, at_utc) for save, at_utc in timed])
    assessments.count_change(connection, assessment_id)


def confirm(connection: Connection, assessment_id: str, rows: Sequence[AnswerRow], actor: log.Actor) -> datetime:
    """Let somebody stand for carried answers as they are; logged one by one. Give the time that they bear."""
    now = now_utc()
    params = {f"code_{place}": row.code for place, row in enumerate(rows)}
    connection.run(
        "UPDATE answers SET carried_from = NULL, changed_by = :actor, changed_utc = :now "  # noqa: S608 (names only)
        f"WHERE assessment_id = :id AND code IN ({', '.join(f':{name}' for name in params)})",
        id=assessment_id,
        actor=actor.id,
        now=now,
        **params,
    )
    log.append(connection, [_confirmation(assessment_id, row, actor, now) for row in rows])
    assessments.count_change(connection, assessment_id)
    return now


def _confirmation(assessment_id: str, row: AnswerRow, actor: log.Actor, at_utc: datetime) -> log.Line:
    old = _logged_row(row)
    new = {name: value for name, value in old.items() if name != "carried_from"}
    return log.Line(
        log.LogAction.CONFIRM, row.code, new=new, old=old, assessment_id=assessment_id, actor=actor, at_utc=at_utc
    )


def logged(
    entry_json: Mapping[str, Any], note: str, score: Score, version: int, carried_from: str | None = None
) -> log.Json:
    """Give the form in which the log keeps an answer: the entry, the note, what it scored, whence it was carried."""
    line: log.Json = {
        "version": version,
        "entry": dict(entry_json),
        "note": note,
        "points": str(score.points),
        "effective_max": str(score.effective_max),
        "status": score.status.value,
    }
    return line if carried_from is None else {**line, "carried_from": carried_from}


def _answer_columns(assessment_id: str, save: Save, actor: log.Actor, at_utc: datetime) -> Row:
    return {
        "assessment_id": assessment_id,
        "code": save.code,
        "version": save.version,
        "entry": json.dumps(save.entry_json, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "self_note": save.self_note,
        "changed_by": actor.id,
        "changed_utc": at_utc,
        "carried_from": save.carried_from,
    }


def _score_columns(assessment_id: str, save: Save) -> Row:
    score = save.score
    return {
        "assessment_id": assessment_id,
        "code": save.code,
        "answer_version": save.version,
        "rule_version": RULE_VERSION,
        "points": score.points,
        "effective_max": score.effective_max,
        "not_due_points": score.not_due_points,
        "status": score.status.value,
        "is_external": score.is_external,
        "explanation": score.explanation,
    }


def _line(assessment_id: str, save: Save, before: AnswerRow | None, actor: log.Actor, at_utc: datetime) -> log.Line:
    old = None if before is None else _logged_row(before)
    new = logged(save.entry_json, save.self_note, save.score, save.version, save.carried_from)
    return log.Line(save.action, save.code, new=new, old=old, assessment_id=assessment_id, actor=actor, at_utc=at_utc)


def _logged_row(row: AnswerRow) -> log.Json:
    if row.score is not None:
        return logged(row.entry_json, row.self_note, row.score, row.version, row.carried_from)
    line: log.Json = {"version": row.version, "entry": dict(row.entry_json), "note": row.self_note}
    return line if row.carried_from is None else {**line, "carried_from": row.carried_from}


def _answer_row(row: Row, scored: Row | None, people: Mapping[str, Row]) -> AnswerRow:
    return AnswerRow(
        code=row["code"],
        version=row["version"],
        entry_json=json.loads(row["entry"]),
        self_note=row["self_note"],
        changed_by_name=people[row["changed_by"]]["name"] if row["changed_by"] in people else "",
        changed_at_utc=row["changed_utc"],
        score=_cached_score(row["version"], scored),
        scored_version=None if scored is None else scored["answer_version"],
        carried_from=row["carried_from"],
    )


def _cached_score(version: int, row: Row | None) -> Score | None:
    if row is None or row["answer_version"] != version or row["rule_version"] != RULE_VERSION:
        return None
    return Score(
        points=row["points"],
        effective_max=row["effective_max"],
        status=Status(row["status"]),
        explanation=row["explanation"],
        not_due_points=row["not_due_points"],
        is_external=row["is_external"],
    )
