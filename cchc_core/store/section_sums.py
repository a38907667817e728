"""Sums of the cached scores by assessment and section, made where the scores lie.

A criterion that nobody has answered has no row. So what is summed is by how much the answered criteria differ from
unanswered ones: whoever asks adds that to the totals of an unanswered section, which are the same for everybody.
Points are summed as whole ten-thousandths: exact, and read in a third of the time that decimals take.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final

from cchc_core.rules.scoring import RULE_VERSION, Status
from cchc_core.store.connection import Connection, Row, any_of


@dataclass(frozen=True, slots=True)
class BlankLeaf:
    """A criterion that nobody has answered, and where its points stand then, in ten-thousandths of a point."""

    code: str
    section: str
    status: Status
    effective_max: int
    at_risk: int
    not_due: int
    awaiting: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose scores are summed: of a period, by one version of a criteria set, of some units or of all."""

    period_id: str
    rubric_sha256: str
    unit_ids: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class SectionSums:
    """What was summed, and the assessments that have to be scored anew, for a cached score of theirs is out of date.

    ``adjustments`` are the scores of bonuses and penalties, each by itself: caps can join what lies in many sections.
    Such a row has ``assessment_id``, ``code``, ``status``, ``is_external``, ``is_carried`` and ``points``.

    A row has ``assessment_id``, ``section``, what is named in :data:`POINTS` and :data:`UNCONFIRMED_POINTS` in
    ten-thousandths of a point, and what is named in :data:`COUNTS`, :data:`MET` and :data:`UNCONFIRMED` as numbers of
    criteria. Of the points the first two are sums, the others and the counts differ from an unanswered section.
    """

    rows: tuple[Row, ...]
    out_of_date: frozenset[str]
    adjustments: tuple[Row, ...] = ()


POINTS: Final = ("points", "external_points", "effective_max", "external_max", "at_risk", "not_due", "awaiting")
COUNTS: Final = {status: f"count_{status.value}" for status in Status}
MET: Final = "met"
UNCONFIRMED: Final = "unconfirmed"
UNCONFIRMED_POINTS: Final = "unconfirmed_points"


def read(
    connection: Connection, scope: Scope, leaves: Iterable[BlankLeaf], adjustments: Sequence[str] = ()
) -> SectionSums:
    """Sum the scores of a scope; a section without an answer has no row.

    ``adjustments`` are the codes of the bonuses and penalties, which are not among ``leaves``.

    A score is taken as it is cached where it bears the version of today's rules and that of its answer.
    """
    of_units, params = any_of("m.unit_id", scope.unit_ids)
    params |= {"period_id": scope.period_id, "sha256": scope.rubric_sha256}
    answered = connection.rows(
        f"SELECT m.id, count(*) AS answers {_ANSWERS} WHERE {_OF_SCOPE} AND {of_units} GROUP BY m.id",
        **params,
    )
    listed, of_leaves = _relation(leaves)
    rows = (
        []
        if not listed
        else connection.rows(
            f"WITH leaf AS ({_LEAF.format(listed)}), stored AS ({_STORED} WHERE {_OF_SCOPE} AND {of_units}) {_SUMS}",
            rule_version=RULE_VERSION,
            **params,
            **of_leaves,
        )
    )
    summed: dict[str, int] = {}
    for row in rows:
        summed[row["assessment_id"]] = summed.get(row["assessment_id"], 0) + row.pop("answers")
    adjusted = _adjusted(connection, adjustments, of_units, params)
    for row in adjusted:
        summed[row["assessment_id"]] = summed.get(row["assessment_id"], 0) + 1
    out_of_date = frozenset(row["id"] for row in answered if summed.get(row["id"]) != row["answers"])
    return SectionSums(tuple(rows), out_of_date, adjusted)


def _adjusted(connection: Connection, codes: Sequence[str], of_units: str, params: Row) -> tuple[Row, ...]:
    if not codes:
        return ()
    of_codes, wanted = any_of("a.code", codes)
    return tuple(
        connection.rows(
            f"{_ADJUSTED} WHERE {_OF_SCOPE} AND {of_units} AND {of_codes}",
            rule_version=RULE_VERSION,
            **params,
            **wanted,
        )
    )


def _relation(leaves: Iterable[BlankLeaf]) -> tuple[str, Row]:
    lines: list[str] = []
    params: Row = {}
    for place, leaf in enumerate(leaves):
        values = {f"{name}_{place}": getattr(leaf, name) for name in _OF_LEAF}
        lines.append(f"({', '.join(f':{name}' for name in values)})")
        params |= values
    return ", ".join(lines), params


_OF_LEAF = tuple(field.name for field in fields(BlankLeaf))
_OF_SCOPE = "m.period_id = :period_id AND m.rubric_sha256 = :sha256"
_ANSWERS = "FROM assessments m JOIN answers a ON a.assessment_id = m.id"
# Engines that are told nothing of the types of parameters take them for text.
_LEAF = (
    "SELECT CAST(code AS VARCHAR) AS code, CAST(section AS VARCHAR) AS section, "  # noqa: S608 (names only)
    "CAST(status AS VARCHAR) AS status, "
    + ", ".join(f"CAST({name} AS BIGINT) AS {name}" for name in _OF_LEAF[3:])
    + f" FROM (VALUES {{}}) AS listed({', '.join(_OF_LEAF)})"
)
_SCORED_TODAY = (
    "JOIN scores s ON s.assessment_id = a.assessment_id AND s.code = a.code "
    "AND s.answer_version = a.version AND s.rule_version = :rule_version"
)
_ADJUSTED = (
    "SELECT a.assessment_id, a.code, s.status, s.is_external, a.carried_from IS NOT NULL AS is_carried, "
    f"CAST(s.points * 10000 AS BIGINT) AS points {_ANSWERS} {_SCORED_TODAY}"
)
_STORED = (
    "SELECT a.assessment_id, l.section, s.status, s.is_external, a.carried_from IS NOT NULL AS is_carried, "
    "s.points = s.effective_max AND s.points > 0 AS is_met, CAST(s.points * 10000 AS BIGINT) AS points, "
    "CAST(s.effective_max * 10000 AS BIGINT) AS effective_max, CAST(s.not_due_points * 10000 AS BIGINT) AS not_due, "
    "CAST((s.effective_max - s.not_due_points - s.points) * 10000 AS BIGINT) AS open_points, "
    "l.status AS blank_status, l.effective_max AS blank_max, l.at_risk AS blank_at_risk, "
    f"l.not_due AS blank_not_due, l.awaiting AS blank_awaiting {_ANSWERS} "
    f"{_SCORED_TODAY} JOIN leaf l ON l.code = a.code"
)


def _where(condition: str, value: str = "1") -> str:
    return f"CASE WHEN {condition} THEN {value} ELSE 0 END"


def _in_status(status: Status, column: str, value: str = "1") -> str:
    return _where(f"{column} = '{status.value}'", value)


_SUMMED = {
    "points": "points",
    "external_points": _where("is_external", "points"),
    "effective_max": "effective_max - blank_max",
    "external_max": _where("is_external", "effective_max - blank_max"),
    "at_risk": f"{_in_status(Status.MISSING, 'status', 'open_points')} - blank_at_risk",
    "not_due": f"not_due + {_in_status(Status.NOT_DUE, 'status', 'open_points')} - blank_not_due",
    "awaiting": f"{_in_status(Status.AWAITING, 'status', 'open_points')} - blank_awaiting",
    MET: _where("is_met"),
    UNCONFIRMED: _where("is_carried"),
    UNCONFIRMED_POINTS: _where("is_carried", "points"),
} | {name: f"{_in_status(status, 'status')} - {_in_status(status, 'blank_status')}" for status, name in COUNTS.items()}
_SUMS = (
    "SELECT assessment_id, section, count(*) AS answers, "  # noqa: S608 (names only)
    + ", ".join(f"CAST(sum({value}) AS BIGINT) AS {name}" for name, value in _SUMMED.items())
    + " FROM stored GROUP BY assessment_id, section"
)
