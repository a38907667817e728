"""A small criteria set with one leaf of most kinds, and a department that scores by it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_core import scoring
from cchc_core.periods import PeriodTemplate
from cchc_core.permissions import Role, State
from cchc_core.rubric.model import Criterion, Exclusion, Rubric, Section
from cchc_core.rules.kinds import Checklist, External, Item, Leaf, Level, Levels, Manual, Ratio, Rule
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.units import Unit
from cchc_core.store.users import User

DEPARTMENT = "Sở Thử nghiệm"
ONE = Decimal("1.0000")
YES_NO = Levels((Level("Có", ONE), Level("Không", Decimal("0.0000"))))


def _criterion(code: str, rule: Rule, **of_leaf: Any) -> Criterion:
    return Criterion(code, "1", "1", f"Tiêu chí {code}", Leaf(ONE, rule, **of_leaf))


RUBRIC = Rubric(
    id="mau-2024",
    title="Bộ tiêu chí nhỏ",
    issuer="Sở Nội vụ",
    year=2024,
    document="Quyết định số 1",
    points_source="official",
    declared_total=None,
    parts=(),
    sections=(Section("1", None, "Chỉ đạo, điều hành"),),
    criteria=(
        _criterion("1.1", YES_NO),
        _criterion("1.2", YES_NO),
        _criterion("1.3", Ratio("số đã làm", "số được giao")),
        _criterion("1.4", Checklist((Item("Ý một", Decimal("0.5")), Item("Ý hai", Decimal("0.5"))))),
        _criterion("1.5", YES_NO, not_applicable_clause="Không được giao thì hạ điểm chuẩn"),
        _criterion("1.6", YES_NO, void_condition="Tài liệu bị chỉnh sửa"),
        _criterion("1.7", Manual(Decimal("0.25"), "Bản in mất cách tính")),
        _criterion("1.8", External("Điều tra xã hội học")),
        _criterion("1.9", YES_NO, due_period="q3"),
        Criterion("2", "1", "1", "Nhóm"),
        Criterion("2.1", "2", "1", "Trong nhóm", Leaf(ONE, YES_NO)),
    ),
    exclusions=(Exclusion(("1.1", "1.2"), "Có kế hoạch hay không", frozenset({(0, 1)})),),
)


def period(code: str = "year") -> PeriodTemplate:
    """Make a period of 2024."""
    order = ("q1", "h1", "q3", "year").index(code) + 1
    day = date(2024, 3 * order, 14)
    return PeriodTemplate(code, f"Kỳ {code}", order, code != "year", date(2023, 12, 15), day, day, day)


@dataclass(frozen=True)
class World:
    """An open database with people, a department and one assessment that is a draft."""

    database: Database
    people: dict[Role, User]
    assessment_id: str

    @property
    def officer(self) -> User:
        """Give the one who scores."""
        return self.people[Role.OFFICER]

    @property
    def department(self) -> Unit:
        """Give the department that the assessment is of."""
        return next(unit for unit in scoring.list_departments(self.database) if unit.name == DEPARTMENT)

    def save(
        self, code: str, raw: dict[str, object], version: int = 0, user: User | None = None
    ) -> scoring.StoredAnswer:
        """Save an answer as the officer does."""
        return scoring.save_entry(
            self.database,
            user or self.officer,
            assessment_id=self.assessment_id,
            code=code,
            raw=raw,
            expected_version=version,
        )

    def note(self, code: str, note: str, version: int = 0) -> scoring.StoredAnswer:
        """Save a note as the officer does."""
        return scoring.save_note(
            self.database,
            self.officer,
            assessment_id=self.assessment_id,
            code=code,
            note=note,
            expected_version=version,
        )

    def sheet(self) -> scoring.Sheet:
        """Open the sheet as the officer does."""
        return scoring.open_sheet(self.database, self.officer, self.assessment_id)

    def put_into(self, state: State, *, is_locked: bool = False) -> None:
        """Bring the assessment into a state, as the workflow will do."""
        with self.database.write() as connection:
            connection.run(
                "UPDATE assessments SET state = :state, is_locked = :is_locked WHERE id = :id",
                state=state.value,
                is_locked=is_locked,
                id=self.assessment_id,
            )


def people_of(database: Database) -> dict[Role, User]:
    """Give the trial users by role, as they stand now."""
    return {user.role: user for user in users.trial_users(database)}


def make_world(folder: Path, period_code: str = "year") -> World:
    """Open a new database in a folder and set it up for scoring."""
    database = Database.open(folder / "cchc.duckdb")
    users.ensure_trial_users(database)
    admin = people_of(database)[Role.ADMIN]
    department = scoring.create_department(database, admin, DEPARTMENT, ["Văn phòng", "Phòng Một"])
    people = people_of(database)
    opened = scoring.create_assessment(
        database, people[Role.OFFICER], unit_id=department.id, rubric=RUBRIC, period=period(period_code)
    )
    return World(database, people, opened.id)


def reopen(world: World) -> World:
    """Close the database and open it again, as a restart does."""
    world.database.close()
    database = Database.open(world.database.path)
    return World(database, people_of(database), world.assessment_id)
