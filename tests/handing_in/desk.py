"""A department with documents of its own: kept with real files, attached, and checked."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from cchc_core import scoring
from cchc_core.evidence.attaching import attach
from cchc_core.evidence.keeping import Document, DocumentDraft, add_document
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.vault import vault_of
from cchc_core.handing_in.checking import check
from cchc_core.handing_in.model import Check, Finding
from cchc_core.permissions import Role
from cchc_core.scoring import Assessment, Sheet
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from tests.offices import NAM_DINH, open_quarters

PDF = b"%PDF-1.4\n%%EOF\n"


def keep(
    database: Database,
    user: User,
    assessment: Assessment,
    draft: DocumentDraft,
    content: bytes | None = PDF,
) -> Document:
    """Keep a document of the assessment's department, with a file unless there is none."""
    stream = None if content is None else BytesIO(content)
    name = "" if content is None else "van-ban.pdf"
    unit = assessment.unit_id
    return add_document(database, user, unit, assessment.year, unit, draft, stream, name)


def plan(
    number: str = "12/KH-STNMT",
    day: date | None = date(2023, 12, 20),
    abstract: str = "Kế hoạch CCHC năm 2024",
) -> DocumentDraft:
    """Make what is said of a plan."""
    return DocumentDraft(DocumentKind.PLAN, number, day, "Sở Thử nghiệm", abstract, is_confirmed=True)


@dataclass(frozen=True)
class Desk:
    """An open database, its people, and the open assessments by criteria set and period."""

    database: Database
    people: dict[Role, User]
    opened: dict[tuple[str, str], Assessment]

    @property
    def officer(self) -> User:
        """Give the one who scores."""
        return self.people[Role.OFFICER]

    def assessment(self, period: str = "year", rubric_id: str = NAM_DINH) -> Assessment:
        """Give an assessment."""
        return self.opened[rubric_id, period]

    def sheet(self, period: str = "year", rubric_id: str = NAM_DINH) -> Sheet:
        """Read an assessment as the officer does."""
        return scoring.open_sheet(self.database, self.officer, self.assessment(period, rubric_id).id)

    def save(self, code: str, raw: dict[str, object], period: str = "year", rubric_id: str = NAM_DINH) -> None:
        """Save an answer."""
        stored = self.sheet(period, rubric_id).answers.get(code)
        scoring.save_entry(
            self.database,
            self.officer,
            assessment_id=self.assessment(period, rubric_id).id,
            code=code,
            raw=raw,
            expected_version=stored.version if stored else 0,
        )

    def keep(self, draft: DocumentDraft, content: bytes | None = PDF) -> Document:
        """Keep a document."""
        return keep(self.database, self.officer, self.assessment(), draft, content)

    def attach(
        self, document: Document, code: str, line: int | None = None, part: str = "", period: str = "year"
    ) -> str:
        """Attach a document."""
        return attach(self.database, self.officer, self.assessment(period).id, code, document.id, line, part)

    def found(self, code: str, period: str = "year", rubric_id: str = NAM_DINH) -> list[Finding]:
        """Give what is found of a criterion."""
        checked = check(self.database, self.officer, self.assessment(period, rubric_id).id)
        return [finding for finding in checked.findings if finding.code == code]

    def checks(self, code: str, period: str = "year") -> list[Check]:
        """Give which checks find something of a criterion."""
        return [finding.check for finding in self.found(code, period)]

    def file_of(self, document: Document) -> Path:
        """Give the place of a document's file."""
        assert document.file is not None
        return vault_of(self.database).path_of(document.file.sha256)


def make_desk(folder: Path) -> Desk:
    """Open a new database with a department that has scored nothing yet."""
    database = Database.open(folder / "cchc.duckdb")
    users.ensure_trial_users(database)
    opened = open_quarters(database)
    return Desk(database, {user.role: user for user in users.trial_users(database)}, opened)
