"""Assessments: one unit, one pinned criteria set, one period."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_core.permissions import State
from cchc_core.rules.scoring import PeriodView
from cchc_core.store import log, periods
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row, any_of
from cchc_core.store.directory import Directory, directory


@dataclass(frozen=True, slots=True)
class Assessment:
    """A row with the names that screens show. ``change_number`` grows with every change of anything in it."""

    id: str
    unit_id: str
    unit_name: str
    rubric_id: str
    rubric_title: str
    rubric_sha256: str
    period_id: str
    period_code: str
    period_title: str
    period_order: int
    year: int
    is_provisional: bool
    state: State
    is_locked: bool
    change_number: int
    data_from: date | None
    data_to: date | None
    internal_due: date | None
    outward_due: date | None
    period: PeriodView


_COLUMNS = "id, unit_id, period_id, rubric_id, rubric_sha256, state, is_locked, change_number"


def find(connection: Connection, assessment_id: str) -> Assessment | None:
    """Find an assessment by its id, which may come from an address that anybody typed."""
    if not _can_be_id(assessment_id):
        return None
    row = connection.row(f"SELECT {_COLUMNS} FROM assessments WHERE id = :id", id=assessment_id)  # noqa: S608 (constant)
    return None if row is None else _assessment(row, directory(connection))


def every(connection: Connection) -> tuple[Assessment, ...]:
    """List all assessments by unit, year, criteria set and period."""
    return _listed(connection, connection.rows(f"SELECT {_COLUMNS} FROM assessments"))  # noqa: S608 (constant)


def of_units(connection: Connection, unit_ids: Sequence[str]) -> tuple[Assessment, ...]:
    """List the assessments of some units by unit, year, criteria set and period."""
    of_them, params = any_of("unit_id", unit_ids)
    rows = connection.rows(f"SELECT {_COLUMNS} FROM assessments WHERE {of_them}", **params)  # noqa: S608 (names only)
    return _listed(connection, rows)


def of_period(connection: Connection, period_id: str, unit_ids: Sequence[str] | None = None) -> tuple[Assessment, ...]:
    """List the assessments of a period by unit and criteria set: those of some units, or all."""
    of_them, params = any_of("unit_id", unit_ids)
    rows = connection.rows(
        f"SELECT {_COLUMNS} FROM assessments WHERE period_id = :period_id AND {of_them}",  # noqa: S608 (names only)
        period_id=period_id,
        **params,
    )
    return _listed(connection, rows)


def units_with_some(
    connection: Connection, kinds: Sequence[tuple[State, bool]], unit_ids: Sequence[str] | None = None
) -> frozenset[str]:
    """Give the units that have an assessment in one of these states, each with whether it is provisional."""
    if not kinds:
        return frozenset()
    of_them, params = any_of("a.unit_id", unit_ids)
    listed = ", ".join(f"(:state_{place}, :provisional_{place})" for place in range(len(kinds)))
    for place, (state, is_provisional) in enumerate(kinds):
        params |= {f"state_{place}": state.value, f"provisional_{place}": is_provisional}
    rows = connection.rows(
        "SELECT DISTINCT a.unit_id FROM assessments a JOIN periods p ON p.id = a.period_id "  # noqa: S608 (names only)
        f"WHERE (a.state, p.is_provisional) IN ({listed}) AND {of_them}",
        **params,
    )
    return frozenset(row["unit_id"] for row in rows)


def _listed(connection: Connection, rows: Sequence[Row]) -> tuple[Assessment, ...]:
    names = directory(connection)
    listed = [_assessment(row, names) for row in rows]
    return tuple(sorted(listed, key=lambda a: (names.unit_sorts[a.unit_id], a.year, a.rubric_id, a.period_order, a.id)))


def of_unit(connection: Connection, unit_id: str) -> tuple[Assessment, ...]:
    """List a unit's assessments by year, period and criteria set."""
    rows = connection.rows(
        f"SELECT {_COLUMNS} FROM assessments WHERE unit_id = :unit_id",  # noqa: S608 (constant)
        unit_id=unit_id,
    )
    names = directory(connection)
    return tuple(
        sorted((_assessment(row, names) for row in rows), key=lambda a: (a.year, a.period_order, a.rubric_id, a.id))
    )


def of_year(mine: Sequence[Assessment], assessment: Assessment) -> tuple[Assessment, ...]:
    """Pick those of the same year by any version of the criteria set, in the year's order.

    ``mine``, here and below, are the assessments :func:`of_unit` of the same unit: read once, asked several times.
    """
    same = (assessment.rubric_id, assessment.year)
    return tuple(a for a in mine if (a.rubric_id, a.year) == same)


def before(mine: Sequence[Assessment], assessment: Assessment) -> Assessment | None:
    """Pick the one of the period before: of the same year, the nearest earlier one."""
    earlier = [a for a in of_year(mine, assessment) if a.period_order < assessment.period_order]
    return earlier[-1] if earlier else None


def year_ago(mine: Sequence[Assessment], assessment: Assessment) -> Assessment | None:
    """Pick the one of the same period a year ago, rather by the same criteria set than another."""
    wanted = (assessment.year - 1, assessment.period_code)
    found = [a for a in mine if (a.year, a.period_code) == wanted]
    return max(found, key=lambda a: (_kinship(a, assessment), a.id), default=None)


def end_of_last_year(mine: Sequence[Assessment], assessment: Assessment) -> Assessment | None:
    """Pick the last one of the year before, rather by the same criteria set than by another."""
    found = [a for a in mine if a.year == assessment.year - 1]
    return max(found, key=lambda a: (_kinship(a, assessment), a.period_order, a.id), default=None)


def _kinship(one: Assessment, other: Assessment) -> int:
    return 2 * (one.rubric_sha256 == other.rubric_sha256) + (one.rubric_id == other.rubric_id)


def change_number(connection: Connection, assessment_id: str) -> int | None:
    """Read how often an assessment has changed; None where there is none."""
    if not _can_be_id(assessment_id):
        return None
    row = connection.row("SELECT change_number FROM assessments WHERE id = :id", id=assessment_id)
    return None if row is None else int(row["change_number"])


def changes_of_units(connection: Connection, unit_ids: Collection[str] | None) -> tuple[int, int]:
    """Count the assessments of some units, or of all, by whatever criteria set, and their changes together."""
    params = {} if unit_ids is None else {f"unit_{place}": unit_id for place, unit_id in enumerate(sorted(unit_ids))}
    among = "" if unit_ids is None else f" WHERE unit_id IN ({', '.join(f':{name}' for name in params)})"
    row = connection.row(
        f"SELECT count(*) AS many, sum(change_number) AS changes FROM assessments{among}",  # noqa: S608 (names only)
        **params,
    )
    return (0, 0) if row is None else (int(row["many"]), int(row["changes"] or 0))


def is_there(connection: Connection, unit_id: str, rubric_id: str, period_id: str) -> bool:
    """Tell whether this unit has an assessment by this criteria set for this period already."""
    row = connection.row(
        "SELECT id FROM assessments WHERE unit_id = :unit_id AND rubric_id = :rubric_id AND period_id = :period_id",
        unit_id=unit_id,
        rubric_id=rubric_id,
        period_id=period_id,
    )
    return row is not None


def add(
    connection: Connection,
    *,
    unit_id: str,
    rubric_id: str,
    rubric_sha256: str,
    period_id: str,
    actor: log.Actor,
    state: State = State.DRAFT,
    at_utc: datetime | None = None,
) -> str:
    """Add an assessment, logged, and give its id."""
    now = at_utc or now_utc()
    row: Row = {
        "id": new_id(),
        "unit_id": unit_id,
        "period_id": period_id,
        "rubric_id": rubric_id,
        "rubric_sha256": rubric_sha256,
        "state": state.value,
        "is_locked": False,
        "change_number": 1,
        "created_by": actor.id,
        "created_utc": now,
    }
    connection.run_many("assessments", [row])
    new = {name: row[name] for name in ("unit_id", "rubric_sha256", "period_id", "state")}
    log.append(
        connection,
        [log.Line(log.LogAction.OPEN_ASSESSMENT, row["id"], new=new, assessment_id=row["id"], actor=actor, at_utc=now)],
    )
    return str(row["id"])


def count_change(connection: Connection, assessment_id: str) -> None:
    """Let the change number grow, in the transaction of the change."""
    connection.run("UPDATE assessments SET change_number = change_number + 1 WHERE id = :id", id=assessment_id)


def _can_be_id(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _assessment(row: Row, names: Directory) -> Assessment:
    period = names.periods[row["period_id"]]
    return Assessment(
        unit_name=names.unit_names[row["unit_id"]],
        rubric_title=names.rubric_titles[row["rubric_sha256"]],
        period_code=period["code"],
        period_title=period["title"],
        period_order=period["ordinal"],
        period=periods.view(
            period["code"],
            is_provisional=period["is_provisional"],
            orders=names.orders_of_year(period["rubric_id"], period["year"]),
        ),
        **{name: period[name] for name in _OF_PERIOD},
        **{**row, "state": State(row["state"])},
    )


_OF_PERIOD = ("year", "is_provisional", "data_from", "data_to", "internal_due", "outward_due")
