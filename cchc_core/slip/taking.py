"""Taking a Phiếu Excel away: who may, for which criteria, under which name."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from cchc_core.permissions import Action
from cchc_core.reaching import permitted, sheet_for
from cchc_core.slip.proof_links import proof_links
from cchc_core.slip.scope import By, find_scope
from cchc_core.slip.writing import write_slip
from cchc_core.store.assessments import Assessment
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.workbook.names import period_name, plain_name


@dataclass(frozen=True, slots=True)
class Taken:
    """A slip as a file, and for how many criteria it is."""

    name: str
    content: bytes
    criteria: int


def take_slip(
    database: Database, user: User, assessment_id: str, *, by: str = By.ALL, keys: Sequence[str] = (), base: str = ""
) -> Taken:
    """Make the slip of an assessment, or of a part of it, with links to what is attached.

    ``by`` and ``keys`` are those of :func:`cchc_core.slip.scope.find_scope`, ``base`` that of
    :func:`cchc_core.slip.proof_links.proof_links`. Raises NotFound, NotAllowed.
    """
    with database.read() as connection:
        assessment = permitted(connection, user, Action.EXPORT, assessment_id)
        sheet = sheet_for(database, connection, user, assessment)
    scope = find_scope(database, sheet, by, keys)
    content = BytesIO()
    write_slip(sheet, content, scope.codes, proof_links(database, user, assessment_id, base))
    return Taken(file_name(assessment, scope.name), content.getvalue(), len(scope.codes))


def file_name(assessment: Assessment, scope: str = "") -> str:
    """Name the file for people: what, whose, for when, and for which room or section where not for all."""
    parts = (assessment.unit_name, scope, period_name(assessment))
    return " - ".join(["Phiếu Excel CCHC", *(plain_name(part) for part in parts if part)]) + ".xlsx"
