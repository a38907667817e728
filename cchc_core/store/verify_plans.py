"""Checks over what is planned: outlooks, targets, remedies and scenarios against the log and the criteria sets."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cchc_core.errors import CchcError
from cchc_core.rubric.model import Rubric
from cchc_core.store import rubrics
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection, Row
from cchc_core.store.findings import Finding
from cchc_core.store.log import Json, LogAction

Key = tuple[str, ...]
_OF_A_YEAR = ("unit_id", "rubric_id", "year")
_TITLES: Mapping[LogAction, str] = {
    LogAction.OUTLOOK: "Dự kiến",
    LogAction.TARGET: "Chỉ tiêu",
    LogAction.REMEDY: "Việc khắc phục",
    LogAction.SCENARIO: "Phương án thử điểm",
}


class LastLines:
    """The last log line of each thing that is planned; None for a scenario that was taken out."""

    def __init__(self) -> None:
        self.values: dict[Key, Json | None] = {}

    def take(self, row: Row) -> None:
        """Take the next row of the log, whatever it is about."""
        if row["action"] not in _TITLES:
            return
        new: Json | None = None if row["new_value"] is None else json.loads(row["new_value"])
        self.values[_logged_key(row, new or {})] = new


def _logged_key(row: Row, new: Json) -> Key:
    action = LogAction(row["action"])
    if action is LogAction.SCENARIO:
        return action, row["subject"]
    if action is LogAction.OUTLOOK:
        return action, str(row["assessment_id"]), row["subject"]
    return action, *(str(new.get(name)) for name in _OF_A_YEAR), row["subject"]


@dataclass(frozen=True, slots=True)
class _Planned:
    """A stored row in the form of the log; ``codes`` are the criteria or the section that it names."""

    key: Key
    value: Json | None
    codes: tuple[str, ...]
    pinned: tuple[str, ...]

    @property
    def where(self) -> str:
        title, (*of, subject) = _TITLES[LogAction(self.key[0])], self.key[1:]
        return f"{title} {subject or 'cả bộ tiêu chí'}" + (f" ({', '.join(of)})" if of else "")


def findings(connection: Connection, listed: Iterable[Assessment], last: LastLines) -> Iterator[Finding]:
    """Compare what is planned with its last log line, and look its codes up in the criteria sets."""
    stored: set[Key] = set()
    for planned in _all(connection, tuple(listed)):
        stored.add(planned.key)
        if planned.key not in last.values or planned.value != last.values[planned.key]:
            yield Finding("KT-06", f"{planned.where}: điều đang lưu khác dòng nhật ký cuối cùng.")
        if unknown := _unknown(connection, planned):
            yield Finding("KT-08", f"{planned.where}: bộ tiêu chí không có {', '.join(unknown)}.")
    for key in sorted(set(last.values) - stored):
        yield Finding("KT-06", f"{_Planned(key, None, (), ()).where}: nhật ký có ghi nhưng không còn lưu.")


def _all(connection: Connection, listed: tuple[Assessment, ...]) -> Iterator[_Planned]:
    pins = {assessment.id: (assessment.rubric_sha256,) for assessment in listed}
    for row in connection.rows("SELECT * FROM outlooks ORDER BY assessment_id, code"):
        of, code = row["assessment_id"], row["code"]
        value: Json = {"expected": json.loads(row["expected"]), "is_final": row["is_final"]}
        yield _Planned((LogAction.OUTLOOK, of, code), value, (code,), pins.get(of, ()))
    for row in connection.rows("SELECT * FROM scenarios ORDER BY id"):
        entries: Json = json.loads(row["entries"])
        kept = None if row["ended_utc"] is not None else {"name": row["name"], "entries": entries}
        yield _Planned((LogAction.SCENARIO, row["id"]), kept, tuple(entries), pins.get(row["assessment_id"], ()))
    for row in connection.rows("SELECT * FROM targets ORDER BY unit_id, rubric_id, year, section"):
        section = row["section"]
        yield _of_a_year(connection, row, LogAction.TARGET, section, (section,) if section else ())
    for row in connection.rows("SELECT * FROM remedies ORDER BY unit_id, rubric_id, year, code"):
        yield _of_a_year(connection, row, LogAction.REMEDY, row["code"], (row["code"],))


_COLUMNS: Mapping[LogAction, tuple[str, ...]] = {
    LogAction.TARGET: ("kind", "value"),
    LogAction.REMEDY: ("action_text", "responsible", "due"),
}


def _of_a_year(connection: Connection, row: Row, action: LogAction, subject: str, codes: tuple[str, ...]) -> _Planned:
    value = {name: _loggable(row[name]) for name in (*_OF_A_YEAR, *_COLUMNS[action])}
    key = (action, *(str(row[name]) for name in _OF_A_YEAR), subject)
    # Whichever version of the set it was entered by: a later one may have lost the criterion.
    return _Planned(key, value, codes, rubrics.versions(connection, row["rubric_id"]))


def _loggable(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _unknown(connection: Connection, planned: _Planned) -> list[str]:
    known: set[str] = set()
    for sha256 in planned.pinned:
        try:
            rubric = rubrics.pinned(connection, sha256)
        except CchcError:
            # Its damaged or missing copy is named already, and nobody can tell what it had.
            return []
        known |= _codes(rubric, LogAction(planned.key[0]))
    return [code for code in planned.codes if code not in known] if planned.pinned else []


def _codes(rubric: Rubric, action: LogAction) -> set[str]:
    if action is LogAction.TARGET:
        return {section.code for section in rubric.sections}
    return {leaf.code for leaf in rubric.leaves}
