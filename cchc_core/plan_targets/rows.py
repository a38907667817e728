"""The targets of an issued plan as rows of a department's plan, and the same again for a further year."""

from datetime import date
from decimal import Decimal

from cchc_core.plans.model import Plan, Target
from cchc_core.store import log, plan_targets
from cchc_core.store.connection import Connection, Row
from cchc_core.tasks.years import moved_time, moved_title
from cchc_core.time_reading import TimeKind, read_time

_READ_AS_A_DAY = frozenset({TimeKind.DATE, TimeKind.MONTH, TimeKind.QUARTER, TimeKind.YEAR})
_STATES_RESET = {"actual": "", "note": ""}


def add_for_plan(
    connection: Connection, actor: log.Actor, plan_row_id: str, plan: Plan, department_id: str, year: int
) -> None:
    """Add the targets of a plan that a department takes over, for the year that it is taken over for.

    Where the plan's data names what measures a target, that is where its actual value comes from; people can change it.
    """
    rows = [
        _row(target, ordinal, plan_row_id, department_id)
        | _moved(target.text, target.deadline or "", plan.year, year)
        | {"year": year}
        for ordinal, target in enumerate(plan.targets, start=1)
    ]
    if rows:
        plan_targets.add(connection, rows, actor)


def copy_for_plan(
    connection: Connection, actor: log.Actor, from_plan_row_id: str, to_plan_row_id: str, year: int
) -> None:
    """Add the targets of one plan to its copy for another year, without their actual values and notes.

    Printed deadlines are moved to that year and read anew.
    """
    rows = [
        {
            **{name: value for name, value in row.items() if name not in _ABOUT_THE_ROW},
            **_STATES_RESET,
            **_moved(row["target_text"], row["deadline_text"], row["year"], year),
            "plan_id": to_plan_row_id,
            "year": year,
        }
        for row in plan_targets.rows_of_plan(connection, from_plan_row_id)
    ]
    if rows:
        plan_targets.add(connection, rows, actor)


_ABOUT_THE_ROW = frozenset({"id", "version", "changed_by", "changed_utc"})


def end_for_plan(connection: Connection, actor: log.Actor, plan_row_id: str) -> None:
    """End the targets of a plan that a department takes out."""
    plan_targets.end_of_plan(connection, plan_row_id, actor)


def deadline_of(text: str, year: int) -> date | None:
    """Read the printed deadline of a target; None where the print names no day that all of it is due by.

    >>> deadline_of("Trước ngày 14/12/2024", 2024), deadline_of("Thường xuyên trong năm 2024", 2024)
    (datetime.date(2024, 12, 13), None)
    """
    reading = read_time(text, year)
    return reading.due[-1].date if reading.due and reading.kind in _READ_AS_A_DAY else None


def _moved(text: str, deadline_text: str, from_year: int, to_year: int) -> Row:
    moved = moved_time(deadline_text, from_year, to_year)
    return {
        "target_text": moved_title(text, from_year, to_year),
        "deadline_text": moved,
        "deadline": deadline_of(moved, to_year),
    }


def _row(target: Target, ordinal: int, plan_row_id: str, department_id: str) -> Row:
    source, _, key = (target.actual_from or "").partition(":")
    return {
        "department_id": department_id,
        "plan_id": plan_row_id,
        "ordinal": ordinal,
        "operator": target.operator,
        "value": f"{target.value:f}" if isinstance(target.value, Decimal) else target.value,
        "unit_text": target.unit,
        "task_code": target.task or "",
        "where_text": target.where,
        "is_repeat": target.repeats,
        "print_note": target.print_note or "",
        "source": source,
        "source_key": key,
        "actual": "",
        "note": "",
        "ended_utc": None,
    }
