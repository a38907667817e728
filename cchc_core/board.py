"""The board of one assessment: everything that its screens, lists and files show, read in one go.

Whoever shows a figure of an assessment takes it from here or from its sheet, so that all of them agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from cchc_core import attention
from cchc_core.attention import Item
from cchc_core.comparison import Comparison, compare
from cchc_core.due_soon import Due, due_soon
from cchc_core.earlier import forecast_in
from cchc_core.errors import VIETNAM
from cchc_core.forecast import Forecast
from cchc_core.permissions import Action
from cchc_core.planning import target_versions, targets_in
from cchc_core.reaching import hidden_changes, may_view, may_view_planning, permitted, sheet_for, year_line
from cchc_core.sheet import Sheet
from cchc_core.store import assessments, log, periods, remedies
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.log import Change
from cchc_core.store.periods import PeriodLike
from cchc_core.store.remedies import Remedy
from cchc_core.store.users import User
from cchc_core.targets import Need, Target, need
from cchc_core.trend import TrendPoint, trend
from cchc_core.unconfirmed import Unconfirmed, unconfirmed

LAST_CHANGES = 8


@dataclass(frozen=True, slots=True)
class Board:
    """One assessment with its forecast, targets, comparisons, trend, open points, due days and last changes.

    ``target_versions`` are those of ``targets``, for whoever sets them anew. ``needs`` says for each target what is
    still needed; None stands for the whole set. ``previous`` and ``year_ago`` are None where there is no such
    assessment, or none that this person may look at. Other units stand in :mod:`cchc_core.units_board`.

    Where ``shows_planning`` is false, this person may not look at what is expected, aimed at, planned and tried out:
    there are no outlooks, targets, remedies, quarters and no changes of these. The forecast then says no more than the
    answers and is not to be shown.
    """

    sheet: Sheet
    forecast: Forecast
    targets: Mapping[str | None, Target]
    target_versions: Mapping[str | None, int]
    needs: Mapping[str | None, Need]
    unconfirmed: Unconfirmed
    previous: Sheet | None
    year_ago: Sheet | None
    against_previous: Comparison | None
    against_year_ago: Comparison | None
    trend: tuple[TrendPoint, ...]
    remedies: Mapping[str, Remedy]
    items: tuple[Item, ...]
    due: tuple[Due, ...]
    changes: tuple[Change, ...]
    shows_planning: bool


def read_board(database: Database, user: User, assessment_id: str, today: date | None = None) -> Board:
    """Read the board of an assessment; ``today`` is Vietnam's unless given. Raises NotFound, NotAllowed."""
    with database.read() as connection:
        assessment = permitted(connection, user, Action.VIEW, assessment_id)
        return _read(database, connection, user, assessment, today or today_in_vietnam())


def board_version(database: Database, user: User, assessment_id: str, *, across: bool = False) -> str:
    """Give a text that changes whenever the board of an assessment may have changed, for whoever polls.

    It is read in one short query over the units of the department, or ``across`` departments for a board that shows
    them all. Every criteria set counts: the year ago may be by another. The day is part of it, because what is due
    soon changes with it. Raises NotFound, NotAllowed.
    """
    with database.read() as connection:
        assessment = permitted(connection, user, Action.VIEW, assessment_id)
        units = None if across else _units_of_department(connection, assessment)
        count, changes = assessments.changes_of_units(connection, units)
    return f"{count} {changes} {today_in_vietnam()}"


def today_in_vietnam() -> date:
    """Give the day that it is in Vietnam."""
    return (datetime.now(UTC) + VIETNAM).date()


def _units_of_department(connection: Connection, assessment: Assessment) -> list[str]:
    department_of = directory(connection).department_of
    mine = department_of[assessment.unit_id]
    return [unit_id for unit_id, department in department_of.items() if department == mine]


def _read(database: Database, connection: Connection, user: User, assessment: Assessment, today: date) -> Board:
    sheet = sheet_for(database, connection, user, assessment)
    foreseen = forecast_in(database, connection, user, sheet)
    shows_planning, line = may_view_planning(connection, user, assessment), year_line(assessment)
    mended = remedies.of_year(connection, line) if shows_planning else {}
    targets = targets_in(connection, line) if shows_planning else {}
    mine = assessments.of_unit(connection, assessment.unit_id)
    previous = _viewable(database, connection, user, assessments.before(mine, assessment))
    year_ago = _viewable(database, connection, user, assessments.year_ago(mine, assessment))
    of_year = periods.of_year(connection, assessment.rubric_id, assessment.year)
    whole_year = assessments.of_year(mine, assessment)
    up_to_now = [a for a in whole_year if a.period_order <= assessment.period_order]
    run = [each for a in up_to_now if (each := _viewable(database, connection, user, a)) is not None]
    return Board(
        sheet=sheet,
        forecast=foreseen,
        targets=targets,
        target_versions=target_versions(connection, line) if shows_planning else {},
        needs={code: need(sheet, foreseen, t) for code, t in targets.items() if _has(sheet, code)},
        unconfirmed=unconfirmed(sheet),
        previous=previous,
        year_ago=year_ago,
        against_previous=None if previous is None else compare(sheet, previous),
        against_year_ago=None if year_ago is None else compare(sheet, year_ago),
        trend=_trend(run, foreseen, of_year) if shows_planning else trend(run),
        remedies=mended,
        items=attention.items(sheet, mended, today, foreseen if shows_planning else None),
        due=due_soon(sheet, of_year, mended, today),
        changes=log.newest(
            connection,
            assessment.id,
            LAST_CHANGES,
            [a.id for a in whole_year],
            without=hidden_changes(connection, user, assessment),
        ),
        shows_planning=shows_planning,
    )


def _trend(run: Sequence[Sheet], foreseen: Forecast, of_year: Sequence[PeriodLike]) -> tuple[TrendPoint, ...]:
    last = max(sheet.assessment.period_order for sheet in run)
    return trend(run, foreseen, [period for period in of_year if period.order <= last or not period.is_provisional])


def _has(sheet: Sheet, section: str | None) -> bool:
    return section is None or section in sheet.totals.sections


def _viewable(database: Database, connection: Connection, user: User, found: Assessment | None) -> Sheet | None:
    if found is None or not may_view(connection, user, found):
        return None
    return sheet_for(database, connection, user, found)
