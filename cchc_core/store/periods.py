"""The periods of a criteria set's year, as they were when its first assessment was opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cchc_core.rules.scoring import PeriodView
from cchc_core.store import log
from cchc_core.store.clock import new_id
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory


class PeriodLike(Protocol):
    """What is kept of a period; :class:`cchc_core.periods.PeriodTemplate` has it."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def order(self) -> int: ...
    @property
    def is_provisional(self) -> bool: ...
    @property
    def data_from(self) -> date | None: ...
    @property
    def data_to(self) -> date | None: ...
    @property
    def internal_due(self) -> date | None: ...
    @property
    def outward_due(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Period:
    """A stored period of one criteria set and year."""

    id: str
    code: str
    title: str
    order: int
    is_provisional: bool
    data_from: date | None
    data_to: date | None
    internal_due: date | None
    outward_due: date | None


def view(code: str, *, is_provisional: bool, orders: Mapping[str, int]) -> PeriodView:
    """Give what scoring must know of a period; ``orders`` places every period of its year, by code.

    >>> sorted(view("h1", is_provisional=True, orders={"q1": 1, "h1": 2, "q3": 3}).reached)
    ['h1', 'q1']
    >>> view("year", is_provisional=False, orders={}).reached is None
    True
    """
    if not is_provisional:
        return PeriodView(code, is_provisional=False, reached=None)
    return PeriodView(
        code, is_provisional=True, reached=frozenset(other for other, order in orders.items() if order <= orders[code])
    )


def ensure(
    connection: Connection, rubric_id: str, year: int, periods: Sequence[PeriodLike], actor: log.Actor
) -> dict[str, str]:
    """Add the periods that are not there yet, logged, and give the id of each by its code."""
    known = {
        row["code"]: str(row["id"])
        for row in connection.rows(
            "SELECT id, code FROM periods WHERE rubric_id = :rubric_id AND year = :year", rubric_id=rubric_id, year=year
        )
    }
    rows = [_stored(rubric_id, year, period) for period in periods if period.code not in known]
    connection.change_structure()
    connection.run_many("periods", rows)
    lines = [log.Line(log.LogAction.ADD_PERIOD, row["id"], new=_logged(row), actor=actor) for row in rows]
    log.append(connection, lines)
    return known | {row["code"]: row["id"] for row in rows}


def of_year(connection: Connection, rubric_id: str, year: int) -> tuple[Period, ...]:
    """List the periods of a criteria set's year in their order."""
    rows = [
        row for row in directory(connection).periods.values() if (row["rubric_id"], row["year"]) == (rubric_id, year)
    ]
    return tuple(sorted((_period(row) for row in rows), key=lambda period: period.order))


def _period(row: Row) -> Period:
    return Period(
        row["id"],
        row["code"],
        row["title"],
        row["ordinal"],
        row["is_provisional"],
        row["data_from"],
        row["data_to"],
        row["internal_due"],
        row["outward_due"],
    )


def _stored(rubric_id: str, year: int, period: PeriodLike) -> Row:
    return {
        "id": new_id(),
        "rubric_id": rubric_id,
        "year": year,
        "code": period.code,
        "title": period.title,
        "ordinal": period.order,
        "is_provisional": period.is_provisional,
        "data_from": period.data_from,
        "data_to": period.data_to,
        "internal_due": period.internal_due,
        "outward_due": period.outward_due,
    }


def _logged(row: Row) -> log.Json:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
