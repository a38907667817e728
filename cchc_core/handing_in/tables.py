"""The findings before handing in as a table, for the file that is taken away."""

from collections.abc import Iterable
from typing import Final

from cchc_core.handing_in.checking import check
from cchc_core.handing_in.model import CHECK_NAMES, LEVEL_NAMES, Finding
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.rubric.model import Rubric
from cchc_core.store.assessments import Assessment
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.table import Field, Kind, Table, made

KEY: Final = "kiem-tra"
"""The name of the table in addresses."""
TITLE: Final = "Kiểm tra trước khi nộp"


def take_checks(database: Database, user: User, assessment_id: str) -> tuple[Table, Assessment]:
    """Give the findings to whoever may take tables away, with their assessment. Raises NotFound, NotAllowed."""
    with database.read() as connection:
        permitted(connection, user, Action.EXPORT, assessment_id)
    checked = check(database, user, assessment_id)
    return findings_table(checked.findings, checked.sheet.rubric), checked.sheet.assessment


def findings_table(found: Iterable[Finding], rubric: Rubric) -> Table:
    """List findings as they are given."""
    return made(KEY, TITLE, _FIELDS, found, is_illustrative=rubric.is_illustrative)


_FIELDS: Final[tuple[Field[Finding], ...]] = (
    Field("Mức", Kind.TEXT, lambda finding: LEVEL_NAMES[finding.level]),
    Field("Mã", Kind.TEXT, lambda finding: finding.code or None),
    Field(
        "Tiêu chí", Kind.TEXT, lambda finding: "Cả bộ tiêu chí" if not finding.criterion else finding.criterion.title
    ),
    Field("Điểm đang tự chấm", Kind.POINTS, lambda finding: finding.points),
    Field("Việc kiểm tra", Kind.TEXT, lambda finding: CHECK_NAMES[finding.check]),
    Field("Phát hiện", Kind.TEXT, lambda finding: finding.message),
    Field("Cách khắc phục", Kind.TEXT, lambda finding: finding.remedy),
    Field("Đơn vị phụ trách", Kind.TEXT, lambda finding: finding.responsible or None),
)
