"""A department with rooms and people, and what they do with tasks in few words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cchc_core import scoring
from cchc_core.permissions import Role
from cchc_core.plans.model import Product
from cchc_core.store import units, users
from cchc_core.store.clock import new_id
from cchc_core.store.kept import EVERY
from cchc_core.store.log import every_row
from cchc_core.store.units import Unit
from cchc_core.store.users import User
from cchc_core.store.verify import verify
from cchc_core.tasks import keeping, listing
from cchc_core.tasks.draft import PlanDraft, TaskDraft
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.listing import Query
from cchc_core.tasks.model import Occurrence, Task
from tests.store.world import World, make_world

TODAY = date(2024, 6, 15)
YEAR = 2024
SMALL = PlanDraft(
    title="Kế hoạch CCHC năm 2024",
    year=YEAR,
    origin="ke-hoach.xlsx",
    tasks=(
        TaskDraft("1", "Ban hành kế hoạch", "I", "Chỉ đạo", (Product("Kế hoạch"),), "Văn phòng", time_text="Quý I"),
        TaskDraft("2", "Báo cáo định kỳ", "I", "Chỉ đạo", (Product("Báo cáo"),), "Phòng Một", time_text="Hàng quý"),
        TaskDraft("3", "Rà soát văn bản", "II", "Thể chế", (), "Các phòng", time_text="Theo quy định"),
        TaskDraft("4", "Tập huấn", "II", "Thể chế", (), "Phòng Một", time_text="Trước ngày 20/6/2024"),
    ),
)


@dataclass(frozen=True)
class Desk:
    """An open world with the people who keep its tasks."""

    world: World

    @property
    def officer(self) -> User:
        """Give the one who plans."""
        return self.world.officer

    @property
    def room(self) -> User:
        """Give somebody of the room «Văn phòng»."""
        return self.world.people[Role.ROOM]

    @property
    def department_id(self) -> str:
        """Give the department."""
        return self.world.department.id

    def unit(self, name: str) -> Unit:
        """Find a room by its name."""
        with self.world.database.read() as connection:
            return next(unit for unit in units.present(connection) if unit.name == name)

    def person(self, role: Role, unit_id: str | None) -> User:
        """Add a person."""
        user = User(new_id(), f"Người mới {role.value}", role, unit_id)
        with self.world.database.write() as connection:
            users.add(connection, [user])
        return user

    def other_officer(self) -> User:
        """Add another department with an officer of its own."""
        admin = self.world.people[Role.ADMIN]
        other = scoring.create_department(self.world.database, admin, "Sở Khác", ["Phòng Khác"])
        return self.person(Role.OFFICER, other.id)

    def take(self, draft: PlanDraft = SMALL) -> str:
        """Store a plan."""
        return keeping.import_plan(self.world.database, self.officer, self.department_id, draft)

    def tasks(self, year: int = YEAR, **asked: object) -> tuple[Task, ...]:
        """Read all tasks that are asked for."""
        query = Query(self.department_id, year, **asked)  # type: ignore[arg-type]
        return listing.everything(self.world.database, self.officer, query, today=TODAY)

    def by_code(self, year: int = YEAR, **asked: object) -> Mapping[str, Task]:
        """Read tasks by their code."""
        return {task.code: task for task in self.tasks(year, **asked)}

    def again(self, task: Task) -> Task:
        """Read a task anew."""
        return keeping.task_for(self.world.database, self.officer, task.id)

    def done(self, occurrence: Occurrence, day: date, user: User | None = None) -> int:
        """Report something as done."""
        return keeping.report(
            self.world.database,
            user or self.officer,
            occurrence.id,
            state=TaskState.DONE,
            done_on=day,
            expected_version=occurrence.version,
            today=date(2026, 1, 1),
        )

    def stored(self) -> tuple[object, ...]:
        """Give everything that is stored about tasks, to compare before with after."""
        with self.world.database.read() as connection:
            rows = [connection.rows(f"SELECT * FROM {kept.table} ORDER BY {kept.key}") for kept in EVERY]
            return (*rows, len(list(every_row(connection))))

    def is_whole(self) -> bool:
        """Tell whether the check over the database finds nothing."""
        return verify(self.world.database).findings == ()


def open_desk(folder: Path) -> Desk:
    """Open a new world."""
    return Desk(make_world(folder))
