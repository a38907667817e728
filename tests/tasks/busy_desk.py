"""A department in the middle of its year: tasks of every kind in every state, the same ones at every run."""

import random
from datetime import date, timedelta
from pathlib import Path

from cchc_core.planning import save_remedy
from cchc_core.plans.model import Product
from cchc_core.store import kept
from cchc_core.tasks import keeping
from cchc_core.tasks.draft import PlanDraft, TaskDraft
from cchc_core.tasks.keeping import Assigned
from cchc_core.tasks.life import TaskState
from tests.tasks.desk import YEAR, Desk, open_desk

_TIMES = ("Quý I", "Hàng quý", "Theo quy định", "Trước ngày 20/6/2024", "", "Trong năm 2024", "Tháng 6")
_LEADS = ("Văn phòng", "Phòng Một", "Các phòng")
_WORDS = ("Báo cáo 100%", "Rà soát_văn bản", "Kế hoạch", "Tập huấn", "Đối thoại")
_BODIES = ("UBND tỉnh", "Chủ tịch UBND tỉnh", "Bộ Nội vụ", "")


def open_busy_desk(folder: Path, tasks: int = 60) -> Desk:
    """Open a world with a plan of so many tasks, a second plan, assigned work and two remedies."""
    desk, chance = open_desk(folder), random.Random(20240615)
    lines = tuple(_line(chance, number) for number in range(tasks))
    desk.take(PlanDraft("Kế hoạch năm 2024", YEAR, lines[: tasks * 2 // 3], origin="a"))
    desk.take(PlanDraft("Kế hoạch thứ hai năm 2024", YEAR, lines[tasks * 2 // 3 :], origin="b"))
    desk.take(PlanDraft("Kế hoạch năm 2023", YEAR - 1, lines[:3]))
    for number in range(10):
        due = None if number % 4 == 0 else date(2024, 5, 1) + timedelta(days=chance.randrange(120))
        work = Assigned(f"Việc giao {number}", due=due, assigning_body=_BODIES[number % len(_BODIES)])
        keeping.add_assigned(desk.world.database, desk.officer, desk.department_id, YEAR, work)
    for code in ("1.1", "1.2"):
        save_remedy(
            desk.world.database,
            desk.officer,
            assessment_id=desk.world.assessment_id,
            code=code,
            action_text=f"Khắc phục {code}",
            responsible="Văn phòng",
            due=date(2024, 7, 1),
            expected_version=0,
        )
    _report(desk, chance)
    return desk


def _line(chance: random.Random, number: int) -> TaskDraft:
    group = ("I", "II", "")[number % 3]
    return TaskDraft(
        code=str(number + 1),
        title=f"{chance.choice(_WORDS)} số {number + 1}",
        group_code=group,
        group_title={"I": "Chỉ đạo", "II": "Thể chế"}.get(group, ""),
        products=tuple(Product(f"Sản phẩm {place}") for place in range(chance.randrange(3))),
        lead_text=chance.choice(_LEADS),
        time_text=chance.choice(_TIMES),
    )


def _report(desk: Desk, chance: random.Random) -> None:
    """Let people have reported at will, in one transaction."""
    tasks = desk.tasks()
    with desk.world.database.write() as connection:
        for occurrence in (each for task in tasks for each in task.occurrences):
            state = chance.choice(list(TaskState))
            day = (occurrence.due or date(2024, 6, 1)) + timedelta(days=chance.randrange(-3, 4))
            row = kept.find(connection, kept.OCCURRENCES, occurrence.id)
            assert row is not None
            changes = {
                "state": state.value,
                "done_on": day if state is TaskState.DONE else None,
                "reason": "không phát sinh" if state is TaskState.DROPPED else "",
            }
            kept.change(connection, kept.OCCURRENCES, row, changes, desk.officer.actor)
