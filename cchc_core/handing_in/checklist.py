"""What a criterion asks for, line by line, with the documents that are attached to each."""

from dataclasses import dataclass

from cchc_core.evidence.attaching import Attached, attachments_of
from cchc_core.rubric.model import Criterion, Evidence
from cchc_core.sheet import Sheet
from cchc_core.store.database import Database
from cchc_core.store.directory import directory


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One line of the required evidence, by its place from 0, with what is attached to it."""

    place: int
    evidence: Evidence
    attached: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The required evidence of a criterion; ``others`` are attached to the criterion and to none of its lines."""

    department_id: str
    lines: tuple[AskedLine, ...]
    others: tuple[Attached, ...]

    @property
    def attached(self) -> tuple[Attached, ...]:
        """Give all that is attached, line by line."""
        return (*(attached for line in self.lines for attached in line.attached), *self.others)

    def is_attached(self, document_id: str, place: int | None) -> bool:
        """Tell whether a document is attached to a line already, or to the criterion as a whole."""
        return any((each.document.id, each.evidence_line) == (document_id, place) for each in self.attached)


def read_checklist(database: Database, sheet: Sheet, criterion: Criterion) -> Checklist:
    """Read what is attached to one criterion of a sheet, for whoever was given that sheet."""
    attached: tuple[Attached, ...] = ()
    with database.read() as connection:
        department_id = directory(connection).department_of[sheet.assessment.unit_id]
        if sheet.attached.get(criterion.code):
            attached = attachments_of(connection, sheet.assessment, criterion.code).get(criterion.code, ())
    places = range(len(criterion.evidence))
    lines = tuple(
        AskedLine(place, criterion.evidence[place], tuple(each for each in attached if each.evidence_line == place))
        for place in places
    )
    return Checklist(department_id, lines, tuple(each for each in attached if each.evidence_line not in places))
