"""A department with the two plans that promise figures, taken over for 2024."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from cchc_core.permissions import Role
from cchc_core.plan_targets import keeping
from cchc_core.plan_targets.keeping import Measured, PlanTargets
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.tasks.keeping import adopt_plan
from tests.store.world import World, make_world

XAY_DUNG, KHANH_HOA = "namdinh-sxd-2024", "khanhhoa-snv-2024"
TODAY = date(2024, 11, 20)


@dataclass(frozen=True)
class Promised:
    """An open database with both plans, by the id of the shipped one."""

    world: World
    plans: dict[str, str]

    @property
    def database(self) -> Database:
        """Give the database."""
        return self.world.database

    @property
    def department_id(self) -> str:
        """Give the department."""
        return self.world.department.id

    def user(self, role: Role = Role.OFFICER) -> User:
        """Give a person."""
        return self.world.people[role]

    def read(self, role: Role = Role.OFFICER, year: int = 2024) -> tuple[PlanTargets, ...]:
        """Read the year's targets."""
        return keeping.read_targets(self.database, self.user(role), self.department_id, year, TODAY)

    def of(self, plan: str) -> PlanTargets:
        """Read the targets of a plan."""
        return next(each for each in self.read() if each.plan_id == self.plans[plan])

    def target(self, words: str, plan: str = KHANH_HOA) -> Measured:
        """Find a target by words of its text."""
        return next(each for each in self.of(plan).listed if words in each.target.text)

    def measure(self, words: str, source: str, actual: str = "", note: str = "", plan: str = KHANH_HOA) -> Measured:
        """Say where the actual value of a target comes from."""
        target = self.target(words, plan).target
        keeping.measure(
            self.database,
            self.user(),
            target.id,
            source=source,
            actual=actual,
            note=note,
            expected_version=target.version,
        )
        return self.target(words, plan)


@pytest.fixture
def promised(tmp_path: Path) -> Iterator[Promised]:
    """Both plans in a database of the test's own."""
    world = make_world(tmp_path)
    department = world.department.id
    plans = {each: adopt_plan(world.database, world.officer, department, each) for each in (XAY_DUNG, KHANH_HOA)}
    yield Promised(world, plans)
    world.database.close()
