"""What the sample department keeps beside its assessments: plans on the way and assigned work.

Everything goes through the use cases that people go through, each step only where it was not done yet: a first start
that was cut off is gone on with at the next one.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from cchc_core import offices, sample_proofs
from cchc_core.offices import Office
from cchc_core.permissions import OfficeAction
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.tasks import keeping as tasks
from cchc_core.tasks.keeping import Assigned
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.listing import everything
from cchc_core.tasks.model import Occurrence, Task, TaskKind
from cchc_core.tasks.query import Query

PLANS: Final = ("soctrang-tttt-2022", "namdinh-tnmt-2024", "namdinh-sxd-2024")
_SEED = 20_240_915
_PROVINCE = "UBND tỉnh"
_WORKED_UNTIL: Final = (date(2022, 9, 14), date(2024, 9, 14))
_ROOMS: Final[Mapping[str, str]] = {
    "Phòng Thanh tra": "Thanh tra Sở",
    "Phòng BC-VT-CNTT": "Phòng Bưu chính, Viễn thông",
    "Phòng TT-BC-XB": "Phòng Công nghệ thông tin",
    "Văn phòng": "Văn phòng Sở",
}
_ASSIGNED: Final = (
    (Assigned("Báo cáo tình hình chuyển đổi số 6 tháng đầu năm", date(2022, 6, 15)), "112/UBND-VX", -3),
    (Assigned("Rà soát dịch vụ công trực tuyến thuộc thẩm quyền của Sở", date(2022, 7, 1)), "145/UBND-KSTTHC", 0),
    (Assigned("Tham mưu kế hoạch ứng cứu sự cố an toàn thông tin mạng", date(2022, 7, 31)), "160/UBND-VX", 6),
    (Assigned("Góp ý dự thảo quy chế quản lý cổng thông tin điện tử", date(2022, 8, 31)), "201/UBND-TH", None),
)


def fill_office(database: Database, officer: User) -> None:
    """Fill in what is not there yet for the department that the sample officer works in."""
    office = offices.offices_for(database, officer, OfficeAction.PLAN_TASKS)[0]
    have = {plan.origin for plan in tasks.list_plans(database, officer, office.id)}
    for plan_id in PLANS:
        if plan_id not in have:
            tasks.adopt_plan(database, officer, office.id, plan_id)
    for until in _WORKED_UNTIL:
        _work(database, officer, office, until)
    _assign(database, officer, office)
    sample_proofs.fill_proofs(database, officer, office)


def _tasks(database: Database, officer: User, office: Office, until: date) -> tuple[Task, ...]:
    return everything(database, officer, Query(office.id, until.year), today=until)


def _work(database: Database, officer: User, office: Office, until: date) -> None:
    """Let rooms have done most of what was due by the period that is open, some of it late, some of it not."""
    named = {unit.name: unit.id for unit in office.units}
    for task in _tasks(database, officer, office, until):
        if task.kind is not TaskKind.PLAN:
            continue
        room = named.get(_ROOMS.get(task.lead_text, ""))
        if room is not None and task.room_id is None:
            tasks.change_task(database, officer, task.id, {"room_id": room}, expected_version=task.version)
        for each in task.occurrences:
            if each.due is not None and each.version == 1:
                chance = Random(f"{_SEED} {task.code} {each.ordinal}")  # noqa: S311 (sample data)
                done_on = min(each.due + timedelta(days=chance.randint(-12, 9)), until)
                # Of what falls due later less is done by now.
                _report(database, officer, each, chance.random() + 0.25 * (each.due > until), done_on)


def _report(database: Database, officer: User, each: Occurrence, luck: float, done_on: date) -> None:
    if luck < 0.72:
        tasks.report(database, officer, each.id, state=TaskState.DONE, done_on=done_on, expected_version=each.version)
    elif luck < 0.86:
        tasks.report(database, officer, each.id, state=TaskState.IN_PROGRESS, expected_version=each.version)


def _assign(database: Database, officer: User, office: Office) -> None:
    until = _WORKED_UNTIL[0]
    known = {task.assigning_number for task in _tasks(database, officer, office, until)}
    rooms = [unit.id for unit in office.units if unit.name in _ROOMS.values()]
    for room_id, (work, number, late) in zip(rooms, _ASSIGNED, strict=True):
        if number in known or work.due is None:
            continue
        given = replace(
            work,
            room_id=room_id,
            assigning_body=_PROVINCE,
            assigning_number=number,
            assigning_date=work.due - timedelta(days=28),
        )
        task_id = tasks.add_assigned(database, officer, office.id, until.year, given)
        if late is not None:
            (each,) = tasks.task_for(database, officer, task_id).occurrences
            done_on = work.due + timedelta(days=late)
            tasks.report(database, officer, each.id, state=TaskState.DONE, done_on=done_on, expected_version=1)
