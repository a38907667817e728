"""Finding an assessment for somebody who wants to do something with it, or the refusal that says why not.

Whoever may look at an assessment and not at its planning (dự kiến, chỉ tiêu, việc khắc phục, phương án) gets it without
any of that from here on, so that no screen, table or file has it to show.
"""

from dataclasses import replace

from cchc_core.errors import NotFound
from cchc_core.permissions import Action
from cchc_core.rights import permits, refusal
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.sheet import Sheet, read_sheet
from cchc_core.store import assessments, log
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.log import LogAction
from cchc_core.store.users import User
from cchc_core.store.year_lines import YearLine
from cchc_core.text import clean_line


def permitted(connection: Connection, user: User, action: Action, assessment_id: str) -> Assessment:
    """Give an assessment that a person may do something with. Raises NotFound, NotAllowed."""
    assessment = assessments.find(connection, assessment_id)
    if assessment is None:
        raise unknown_assessment(assessment_id)
    if not permits(user, action, assessment, directory(connection).department_of):
        raise refusal(user, action, assessment.state, is_locked=assessment.is_locked)
    return assessment


def may_view(connection: Connection, user: User, assessment: Assessment) -> bool:
    """Tell whether a person may look at an assessment."""
    return permits(user, Action.VIEW, assessment, directory(connection).department_of)


def may_view_planning(connection: Connection, user: User, assessment: Assessment) -> bool:
    """Tell whether a person may look at what is expected, aimed at, planned and tried out around an assessment."""
    return permits(user, Action.VIEW_PLANNING, assessment, directory(connection).department_of)


def sheet_for(database: Database, connection: Connection, user: User, assessment: Assessment) -> Sheet:
    """Read an assessment as a person may see it: without outlooks for who may not look at the planning."""
    sheet = read_sheet(database, connection, assessment)
    return sheet if may_view_planning(connection, user, assessment) else replace(sheet, outlooks={})


def hidden_changes(connection: Connection, user: User, assessment: Assessment) -> frozenset[LogAction]:
    """Give the kinds of changes that a person is not told of."""
    return frozenset() if may_view_planning(connection, user, assessment) else log.OF_PLANNING


def unknown_assessment(assessment_id: str) -> NotFound:
    """Make the refusal for an id that stands for nothing."""
    return NotFound("Bảng tự chấm", thing="bảng tự chấm", key=clean_line(assessment_id)[:40])


def leaf_of(rubric: Rubric, code: str) -> Criterion:
    """Give a criterion that is scored itself. Raises NotFound for an unknown code and for a group."""
    try:
        criterion = rubric.criterion(code)
    except KeyError:
        raise NotFound("Chấm điểm", thing="tiêu chí", key=clean_line(code)[:40]) from None
    if not criterion.is_leaf:
        raise NotFound("Chấm điểm", thing="tiêu chí thành phần (mã này là nhóm, không chấm trực tiếp)", key=code)
    return criterion


def year_line(assessment: Assessment) -> YearLine:
    """Give the year that an assessment is part of."""
    return YearLine(assessment.unit_id, assessment.rubric_id, assessment.year)
