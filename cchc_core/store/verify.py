"""Checks over the whole database: what a foreign key, a sequence or a second look at the rules would have told.

Nothing is changed; every finding is a Vietnamese line with a code.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cchc_core.errors import CchcError
from cchc_core.rubric.model import Rubric
from cchc_core.rules.answers import read_entry
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import RULE_VERSION, Score, score
from cchc_core.store import answers, assessments, log, rubrics, verify_files, verify_kept, verify_plans
from cchc_core.store.answers import AnswerRow
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.findings import Finding
from cchc_core.store.recovery import Loss
from cchc_core.store.vault import vault_beside
from cchc_core.store.verify_plans import LastLines

__all__ = ["Finding", "Report", "verify"]

_Key = tuple[str, str]
_OF_AN_ANSWER = (log.LogAction.ANSWER, log.LogAction.NOTE, log.LogAction.CARRY, log.LogAction.CONFIRM)


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found; an empty ``findings`` means that all is well."""

    log_lines: int
    answers: int
    findings: tuple[Finding, ...]


def verify(database: Database) -> Report:
    """Look through the whole database in one state of it, and through every file that it knows."""
    with database.read() as connection:
        report = _rows_report(connection)
        known = verify_files.contents(connection)
    # Reading gigabytes must not keep a transaction open: nothing could be moved into the database file meanwhile.
    return replace(report, findings=(*report.findings, *verify_files.findings(vault_beside(database.path), known)))


def _rows_report(connection: Connection) -> Report:
    found = [*_orphans(connection)]
    walk = _LogWalk(connection)
    found += walk.findings
    found += _losses(connection)
    found += _damaged_rubrics(connection)
    stored: set[_Key] = set()
    try:
        listed = assessments.every(connection)
    except KeyError:
        # An assessment that points nowhere cannot be read; it is named already.
        return Report(walk.lines, 0, tuple(found))
    for assessment in listed:
        rows = answers.of_assessment(connection, assessment.id)
        stored.update((assessment.id, row.code) for row in rows)
        found += _assessment_findings(connection, assessment, rows, walk.last)
    found += (
        Finding("KT-06", f"Tiêu chí {code} (bảng {of}): nhật ký có ghi nhưng không còn kết quả lưu.")
        for of, code in sorted(set(walk.last) - stored)
    )
    found += verify_plans.findings(connection, listed, walk.planned)
    found += verify_kept.findings(connection, walk.kept)
    return Report(walk.lines, len(stored), tuple(found))


_REFERENCES = (
    ("units", "parent_id", "units", "id"),
    ("users", "unit_id", "units", "id"),
    ("sessions", "user_id", "users", "id"),
    ("assessments", "unit_id", "units", "id"),
    ("assessments", "period_id", "periods", "id"),
    ("assessments", "rubric_sha256", "rubrics", "sha256"),
    ("answers", "assessment_id", "assessments", "id"),
    ("answers", "changed_by", "users", "id"),
    ("answers", "carried_from", "assessments", "id"),
    ("outlooks", "assessment_id", "assessments", "id"),
    ("outlooks", "changed_by", "users", "id"),
    ("targets", "unit_id", "units", "id"),
    ("targets", "changed_by", "users", "id"),
    ("remedies", "unit_id", "units", "id"),
    ("remedies", "changed_by", "users", "id"),
    ("scenarios", "assessment_id", "assessments", "id"),
    ("scenarios", "created_by", "users", "id"),
    ("scenarios", "changed_by", "users", "id"),
    ("scores", "assessment_id", "assessments", "id"),
    ("change_log", "assessment_id", "assessments", "id"),
    *verify_kept.REFERENCES,
)


def _orphans(connection: Connection) -> Iterator[Finding]:
    for table, column, target, key in _REFERENCES:
        rows = connection.rows(
            f"SELECT DISTINCT t.{column} AS missing FROM {table} t "  # noqa: S608 (constants)
            f"LEFT JOIN {target} r ON r.{key} = t.{column} WHERE t.{column} IS NOT NULL AND r.{key} IS NULL"
        )
        # The machine's owner works on the command line as the system, which is no person with a row.
        for row in (row for row in rows if (target, row["missing"]) != ("users", log.SYSTEM.id)):
            yield Finding("KT-01", f"Bảng {table}, cột {column} trỏ đến «{row['missing']}» không có trong {target}.")
    for row in connection.rows(
        "SELECT s.assessment_id AS of, s.code AS code FROM scores s LEFT JOIN answers a "
        "ON a.assessment_id = s.assessment_id AND a.code = s.code WHERE a.code IS NULL"
    ):
        yield Finding("KT-01", f"Điểm của tiêu chí {row['code']} (bảng {row['of']}) không có kết quả đi kèm.")


class _LogWalk:
    """Goes through the log once: gaps, broken seals, and the last line of everything that is stored."""

    def __init__(self, connection: Connection) -> None:
        self.lines = 0
        self.findings: list[Finding] = []
        self.last: dict[_Key, log.Json] = {}
        self.planned = LastLines()
        self.kept = verify_kept.LastLines()
        hash_before, seq_before = "", 0
        for row in log.every_row(connection):
            self.lines += 1
            if row["seq"] != seq_before + 1:
                message = f"Nhật ký thiếu dòng: sau số {seq_before} là số {row['seq']}."
                self.findings.append(Finding("KT-02", message))
            if log.seal(hash_before, row) != row["hash"]:
                message = f"Chuỗi niêm phong của nhật ký bị đứt ở dòng số {row['seq']}."
                self.findings.append(Finding("KT-03", message))
            seq_before, hash_before = row["seq"], row["hash"]
            if row["action"] in _OF_AN_ANSWER:
                self.last[row["assessment_id"], row["subject"]] = json.loads(row["new_value"])
            self.planned.take(row)
            self.kept.take(row)


def _losses(connection: Connection) -> Iterator[Finding]:
    for change in log.losses(connection):
        yield Finding("KT-04", Loss.from_json(change.new or {}).message)


def _damaged_rubrics(connection: Connection) -> Iterator[Finding]:
    for sha256 in rubrics.damaged(connection):
        yield Finding("KT-05", f"Bản ghim của bộ tiêu chí {sha256[:12]} không còn đúng với mã niêm phong của nó.")


def _assessment_findings(
    connection: Connection,
    assessment: Assessment,
    rows: tuple[AnswerRow, ...],
    last_logged: Mapping[_Key, log.Json],
) -> Iterator[Finding]:
    try:
        rubric = rubrics.pinned(connection, assessment.rubric_sha256)
    except CchcError:
        # Its damaged copy is named already.
        return
    for row in rows:
        where = f"Tiêu chí {row.code} (bảng {assessment.id})"
        if not _agrees(row, last_logged.get((assessment.id, row.code))):
            yield Finding("KT-06", f"{where}: kết quả hoặc điểm đang lưu khác dòng nhật ký cuối cùng.")
        yield from _score_findings(where, row, rubric, assessment)


def _agrees(row: AnswerRow, logged: log.Json | None) -> bool:
    if logged is None:
        return False
    if row.score is not None:
        return logged == answers.logged(row.entry_json, row.self_note, row.score, row.version, row.carried_from)
    kept = (logged["version"], logged["entry"], logged["note"], logged.get("carried_from"))
    return kept == (row.version, dict(row.entry_json), row.self_note, row.carried_from)


def _score_findings(where: str, row: AnswerRow, rubric: Rubric, assessment: Assessment) -> Iterator[Finding]:
    if row.scored_version != row.version:
        yield Finding("KT-07", f"{where}: thiếu điểm đi kèm kết quả.")
    if row.score is None:
        return
    try:
        expected = _rescored(row, rubric, assessment)
    except (AnswerRefused, KeyError, ValueError) as refused:
        yield Finding("KT-08", f"{where}: cách tính không nhận kết quả đang lưu ({refused}).")
        return
    if expected != row.score:
        figures = f"điểm đang lưu {row.score.points}, tính lại được {expected.points}"
        yield Finding("KT-09", f"{where}: {figures} (cách tính phiên bản {RULE_VERSION}).")


def _rescored(row: AnswerRow, rubric: Rubric, assessment: Assessment) -> Score:
    leaf = rubric.criterion(row.code).scored
    return score(leaf, read_entry(leaf, row.entry_json), assessment.period)
