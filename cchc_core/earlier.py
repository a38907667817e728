"""What earlier assessments have to say to the present one: their scores beside each criterion, and to its forecast."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cchc_core.carrying import carry_sources
from cchc_core.forecast import Forecast, forecast
from cchc_core.reaching import may_view, may_view_planning
from cchc_core.rubric.changes import Matches, Pair, continued
from cchc_core.rubric_diff.keeping import matches_of
from cchc_core.rules.scoring import Score
from cchc_core.sheet import Sheet, read_sheet
from cchc_core.store import assessments, periods, rubrics
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User

Scores = Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Scores of earlier assessments by code, of the criteria that read the same there; maybe none.

    ``previous`` are those of the period before (kỳ trước), ``year_ago`` of the same period last year (cùng kỳ năm
    trước).
    """

    previous: Scores
    year_ago: Scores


def earlier_scores(database: Database, user: User, assessment: Assessment) -> Earlier:
    """Give what earlier assessments that this person may look at scored for the criteria of this one."""
    with database.read() as connection:
        # Every row of a page asks for it: one query for both.
        mine = assessments.of_unit(connection, assessment.unit_id)
        before, year_ago = assessments.before(mine, assessment), assessments.year_ago(mine, assessment)
        return Earlier(*(_scores_in(database, connection, user, found, assessment) for found in (before, year_ago)))


def forecast_of(database: Database, user: User, sheet: Sheet) -> Forecast:
    """Forecast the year's end of an assessment as its board does: with the end of last year where there is one."""
    with database.read() as connection:
        return forecast_in(database, connection, user, sheet)


def forecast_in(database: Database, connection: Connection, user: User, sheet: Sheet) -> Forecast:
    """Forecast as :func:`forecast_of` does, as part of the caller's reading.

    For who may not look at the planning it says no more than the answers do: no outlooks, nothing of last year.
    """
    if not may_view_planning(connection, user, sheet.assessment):
        return forecast(replace(sheet, outlooks={}))
    last = assessments.end_of_last_year(assessments.of_unit(connection, sheet.assessment.unit_id), sheet.assessment)
    return forecast(sheet, _scores_in(database, connection, user, last, sheet.assessment))


def sources_for(database: Database, user: User, sheet: Sheet) -> tuple[Assessment, ...]:
    """List what could be carried forward into an open assessment, the most fitting first."""
    now = sheet.assessment
    with database.read() as connection:
        of_year = periods.of_year(connection, now.rubric_id, now.year)
    period = next(each for each in of_year if each.code == now.period_code)
    return carry_sources(database, user, unit_id=now.unit_id, rubric=sheet.rubric, period=period)


def period_name(database: Database, user: User, assessment_id: str) -> str:
    """Name the period of an assessment, such as «Quý I 2022»; empty where this person may not look at it."""
    with database.read() as connection:
        found = assessments.find(connection, assessment_id)
        if found is None or not may_view(connection, user, found):
            return ""
        return f"{found.period_title} {found.year}"


def _scores_in(
    database: Database, connection: Connection, user: User, found: Assessment | None, now: Assessment
) -> Scores:
    if found is None or not may_view(connection, user, found):
        return {}
    sheet = read_sheet(database, connection, found)
    if found.rubric_sha256 == now.rubric_sha256:
        return sheet.scores
    return {new: sheet.scores[old] for old, new in _in_common(connection, found.rubric_sha256, now.rubric_sha256)}


# Every row of a page asks for it, and what two versions have in common changes with what is matched alone.
_common: dict[tuple[str, str], tuple[Matches, tuple[Pair, ...]]] = {}


def _in_common(connection: Connection, old: str, new: str) -> tuple[Pair, ...]:
    matches = matches_of(connection, old, new)
    known = _common.get((old, new))
    if known is None or known[0] is not matches:
        found = continued(rubrics.pinned(connection, old), rubrics.pinned(connection, new), matches).unchanged
        known = _common[old, new] = matches, found
    return known[1]
