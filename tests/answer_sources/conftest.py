"""A department that scores 2022 by Sóc Trăng's set, with that plan, assigned work and counted figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from cchc_core import scoring
from cchc_core.answer_sources import keeping
from cchc_core.answer_sources.model import SourceKind
from cchc_core.answer_sources.proposing import Proposal
from cchc_core.indicators import keeping as figures
from cchc_core.permissions import Role
from cchc_core.scoring import Assessment, Sheet
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.indicator_values import FigureLine
from cchc_core.store.users import User
from cchc_core.tasks.keeping import Assigned, add_assigned, adopt_plan, report, task_for
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import Occurrence
from tests.offices import SOC_TRANG, open_quarters

TODAY = date(2022, 12, 1)


@dataclass(frozen=True)
class Scored:
    """An open database with the year's assessment."""

    database: Database
    assessment: Assessment
    plan_id: str

    def user(self, role: Role = Role.OFFICER) -> User:
        """Give a person."""
        return next(user for user in users.trial_users(self.database) if user.role is role)

    def sheet(self) -> Sheet:
        """Read the assessment as the administrator does."""
        return scoring.open_sheet(self.database, self.user(Role.ADMIN), self.assessment.id)

    def choose(
        self, code: str, source: SourceKind, inputs: Mapping[str, str], version: int = 0, role: Role = Role.OFFICER
    ) -> None:
        """Choose where a criterion takes its inputs from."""
        keeping.set_source(
            self.database,
            self.user(role),
            assessment_id=self.assessment.id,
            code=code,
            source=source,
            inputs=inputs,
            expected_version=version,
        )

    def proposal(self, code: str, role: Role = Role.OFFICER) -> Proposal:
        """Say what the figures give for a criterion."""
        found = keeping.proposal(self.database, self.user(role), self.sheet(), code, TODAY)
        assert found is not None
        return found

    def shown(self, code: str) -> Mapping[str, object]:
        """Give the answer that the figures make."""
        raw = self.proposal(code).raw
        assert raw is not None
        return raw

    def confirm(self, code: str, shown: Mapping[str, object]) -> None:
        """Confirm what was shown, as the scoring form does."""
        user, sheet = self.user(), self.sheet()
        scoring.save_entry(
            self.database,
            user,
            assessment_id=self.assessment.id,
            code=code,
            raw=shown,
            expected_version=sheet.answers[code].version if code in sheet.answers else 0,
            check=lambda connection: keeping.refuse_changed(connection, user, sheet, code, shown, TODAY),
        )

    def enter(self, code: str, *texts: str, year: int = 2022, version: int = 0) -> None:
        """Enter the figures of an indicator."""
        line = FigureLine(self.assessment.unit_id, "sonla-2024", year, code)
        figures.save_figures(self.database, self.user(), line, texts, expected_version=version)

    def assign(
        self, title: str, done_on: date | None, body: str = "UBND tỉnh", assigned_on: date | None = None
    ) -> None:
        """Assign work that is due at the end of March, and report when it was done."""
        work = Assigned(title=title, due=date(2022, 3, 31), assigning_body=body, assigning_date=assigned_on)
        task_id = add_assigned(self.database, self.user(), self.assessment.unit_id, 2022, work)
        if done_on is not None:
            (occurrence,) = task_for(self.database, self.user(), task_id).occurrences
            self.finish(occurrence, done_on)

    def finish(self, occurrence: Occurrence, day: date) -> None:
        """Report that work was done on a day."""
        report(
            self.database,
            self.user(),
            occurrence.id,
            state=TaskState.DONE,
            done_on=day,
            expected_version=occurrence.version,
        )

    def save(self, code: str, raw: Mapping[str, object], version: int = 0) -> None:
        """Save an answer."""
        scoring.save_entry(
            self.database,
            self.user(),
            assessment_id=self.assessment.id,
            code=code,
            raw=raw,
            expected_version=version,
        )


@pytest.fixture
def scored(tmp_path: Path) -> Iterator[Scored]:
    """The year's assessment in a database of the test's own."""
    database = Database.open(tmp_path / "cchc.duckdb")
    users.ensure_trial_users(database)
    year = open_quarters(database)[SOC_TRANG, "year"]
    officer = next(user for user in users.trial_users(database) if user.role is Role.OFFICER)
    plan_id = adopt_plan(database, officer, year.unit_id, SOC_TRANG)
    yield Scored(database, year, plan_id)
    database.close()
