"""What was handed in stays as it was: no document of it is exchanged, changed or taken off behind its back."""

from collections.abc import Iterable

from cchc_core.permissions import Action, State
from cchc_core.rights import permits, refusal
from cchc_core.store import assessments, attachments
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection, Row
from cchc_core.store.directory import directory
from cchc_core.store.users import User


def refuse_changes_from_elsewhere(connection: Connection, user: User, row: Row, assessment: Assessment) -> None:
    """Refuse to change an attachment from one period where the year's own assessment shows it and is no draft any more.

    Raises NotAllowed, which names the state of that assessment.
    """
    for other in _years_that_show(connection, [row]):
        if other.id != assessment.id and (other.state is not State.DRAFT or other.is_locked):
            raise refusal(user, Action.ATTACH, other.state, is_locked=other.is_locked)


def refuse_changes_of_document(connection: Connection, user: User, document_id: str) -> None:
    """Refuse to change a document that proves something in a year's assessment to which the person may attach nothing.

    Raises NotAllowed, which names the state of that assessment.
    """
    of = directory(connection).department_of
    for shown in _years_that_show(connection, attachments.of_documents(connection, (document_id,))):
        if not permits(user, Action.ATTACH, shown, of):
            raise refusal(user, Action.ATTACH, shown.state, is_locked=shown.is_locked)


def _years_that_show(connection: Connection, rows: Iterable[Row]) -> Iterable[Assessment]:
    for row in rows:
        for assessment in assessments.of_unit(connection, row["unit_id"]):
            same = (assessment.rubric_id, assessment.year) == (row["rubric_id"], row["year"])
            if same and not assessment.is_provisional and attachments.is_shown_in(row, assessment.period_order):
                yield assessment
