"""A department with two rooms, a small assessment of its year, and tasks that are put there as they are kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from cchc_core import scoring
from cchc_core.permissions import Role
from cchc_core.store import clock, occurrences, tasks, units, users
from cchc_core.store.database import Database
from cchc_core.store.units import UnitKind
from cchc_core.store.users import User
from cchc_core.task_links import keeping
from cchc_core.task_links.stakes import Stakes, read_stakes
from cchc_core.tasks.draft import OccurrenceDraft
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import TaskKind
from cchc_core.time_reading import TimeKind
from tests.store.world import RUBRIC, World, people_of, period

YEAR = 2024
TODAY = date(2024, 6, 15)
ONE, HALF = Decimal("1.0000"), Decimal("0.5000")
OFFICE_ROOM, OTHER_ROOM = "Văn phòng Sở", "Thanh tra Sở"


@dataclass(frozen=True)
class Desk(World):
    """The world with its rooms."""

    rooms: dict[str, str]

    @property
    def department_id(self) -> str:
        """Give the department's id."""
        return self.department.id

    def person(self, role: Role) -> User:
        """Give a person as they stand now."""
        return people_of(self.database)[role]

    def task(
        self,
        title: str,
        *,
        room: str | None = OFFICE_ROOM,
        due: date | None = None,
        person: str = "",
        state: TaskState = TaskState.NOT_STARTED,
        kind: TaskKind = TaskKind.PLAN,
        product: str = "Báo cáo",
        remedy_code: str | None = None,
        year: int = YEAR,
    ) -> str:
        """Put a task with one occurrence there, and give its id."""
        key = clock.new_id()
        actor = self.officer.actor
        with self.database.write() as connection:
            of_remedy = {
                "remedy_unit_id": self.department_id if remedy_code else None,
                "remedy_rubric_id": RUBRIC.id if remedy_code else None,
                "remedy_code": remedy_code,
            }
            row = {
                "id": key,
                "department_id": self.department_id,
                "year": year,
                "kind": kind.value,
                "ordinal": tasks.next_ordinal(connection, self.department_id, year, kind),
                "title": title,
                "room_id": self.rooms[room] if room else None,
                "lead_text": room or "",
                "person": person,
                **of_remedy,
            }
            tasks.add(connection, [row], [[product]], actor)
            draft = OccurrenceDraft(product, "", TimeKind.DATE, "", due)
            (occurrence_id,) = occurrences.add(connection, [(key, 1, draft)], actor)
            if state is not TaskState.NOT_STARTED:
                connection.run(
                    "UPDATE occurrences SET state = :state, done_on = :done_on WHERE id = :id",
                    state=state.value,
                    done_on=due,
                    id=occurrence_id,
                )
        return key

    def link(self, task_id: str, *codes: str, user: User | None = None) -> None:
        """Confirm that a task serves criteria."""
        for code in codes:
            keeping.confirm(
                self.database, user or self.officer, task_id=task_id, assessment_id=self.assessment_id, code=code
            )

    def stakes(self, user: User | None = None, **more: str) -> Stakes:
        """Read what hangs on the open tasks."""
        return read_stakes(self.database, user or self.officer, self.department_id, YEAR, TODAY, **more)


def open_desk(folder: Path) -> Desk:
    """Open a database with a department of two rooms and a draft of its year."""
    database = Database.open(folder / "cchc.duckdb")
    users.ensure_trial_users(database)
    admin = people_of(database)[Role.ADMIN]
    department = scoring.create_department(database, admin, "Sở Thử nghiệm", [OFFICE_ROOM, OTHER_ROOM])
    assessment = scoring.create_assessment(database, admin, unit_id=department.id, rubric=RUBRIC, period=period())
    with database.read() as connection:
        rooms = {unit.name: unit.id for unit in units.present(connection) if unit.kind is UnitKind.ROOM}
    return Desk(database, people_of(database), assessment.id, rooms)
