"""Where a document is used: the criteria and tasks that it proves, as far as somebody may see them."""

from dataclasses import dataclass

from cchc_core.evidence.reach import seen
from cchc_core.permissions import Action, OfficeAction
from cchc_core.rights import permits, permits_in_office
from cchc_core.store import assessments, attachments, rubrics, task_documents
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User


@dataclass(frozen=True, slots=True)
class CriterionUse:
    """A criterion that a document proves, with an assessment of that year in which it is shown."""

    attachment_id: str
    version: int
    assessment: Assessment
    section: str
    code: str
    criterion_title: str
    evidence_line: int | None
    part_text: str
    period_ordinal: int


@dataclass(frozen=True, slots=True)
class TaskUse:
    """A task that a document proves; ``id`` is that of the tie between them."""

    id: str
    task_id: str
    occurrence_id: str | None
    code: str
    title: str
    year: int


@dataclass(frozen=True, slots=True)
class Uses:
    """Everything that a document proves."""

    criteria: tuple[CriterionUse, ...]
    tasks: tuple[TaskUse, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether it proves nothing."""
        return not self.criteria and not self.tasks


def uses_of(database: Database, user: User, document_id: str, opened_id: str | None = None) -> Uses:
    """List what a document proves among what somebody may look at. Raises NotFound, NotAllowedInOffice.

    Each criterion comes with the assessment ``opened_id`` where that shows it, else with the latest one that does.
    """
    with database.read() as connection:
        document = seen(connection, user, document_id)
        of = directory(connection).department_of
        rows = attachments.of_documents(connection, (document.id,))
        criteria = filter(None, (_criterion_use(connection, user, row, opened_id) for row in rows))
        tasks = task_documents.of_documents(connection, (document.id,))
        return Uses(
            criteria=tuple(criteria),
            tasks=tuple(
                TaskUse(
                    row["id"], row["task_id"], row["occurrence_id"], row["task_code"], row["task_title"], row["year"]
                )
                for row in tasks
                if permits_in_office(user, OfficeAction.VIEW_TASKS, row["department_id"], of)
            ),
        )


def _criterion_use(connection: Connection, user: User, row: Row, opened_id: str | None) -> CriterionUse | None:
    of = directory(connection).department_of
    showing = [
        assessment
        for assessment in assessments.of_unit(connection, row["unit_id"])
        if (assessment.rubric_id, assessment.year) == (row["rubric_id"], row["year"])
        and attachments.is_shown_in(row, assessment.period_order)
        and permits(user, Action.VIEW, assessment, of)
    ]
    if not showing:
        return None
    assessment = next((each for each in showing if each.id == opened_id), showing[-1])
    rubric = rubrics.pinned(connection, assessment.rubric_sha256)
    known = {leaf.code: leaf for leaf in rubric.leaves}
    leaf = known.get(row["code"])
    return CriterionUse(
        attachment_id=row["id"],
        version=row["version"],
        assessment=assessment,
        section="" if leaf is None else leaf.section,
        code=row["code"],
        criterion_title="" if leaf is None else leaf.title,
        evidence_line=row["evidence_line"],
        part_text=row["part_text"],
        period_ordinal=row["period_ordinal"],
    )
