"""A department's plans: taken over from those that come with the product, from a workbook, from the year before."""

from dataclasses import replace

from cchc_core import offices
from cchc_core.errors import AlreadyThere, BadText, NotFound
from cchc_core.permissions import OfficeAction
from cchc_core.plan_targets import keeping as plan_targets
from cchc_core.plans.files import read_plan
from cchc_core.plans.model import Product
from cchc_core.store import kept, plans, tasks, units
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.tasks import texts
from cchc_core.tasks.adding import add_tasks
from cchc_core.tasks.draft import PlanDraft, Slot, TaskDraft, draft_of
from cchc_core.tasks.draft_checks import checked
from cchc_core.tasks.model import PlanRow, Task
from cchc_core.tasks.years import moved_time, moved_title
from cchc_core.text import clean_line, fold

_WHERE = "Kế hoạch"


def list_plans(database: Database, user: User, department_id: str, year: int | None = None) -> tuple[PlanRow, ...]:
    """List a department's plans, or those of one year, the newest year first. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        offices.require(connection, user, OfficeAction.VIEW_TASKS, department_id)
        return plans.of_department(connection, department_id, year)


def adopt_plan(database: Database, user: User, department_id: str, plan_id: str, year: int | None = None) -> str:
    """Take a shipped plan over with its tasks and targets, and give the id of the department's plan.

    For another ``year`` than the plan's its times are moved to that year. Raises NotFound, NotAllowedInOffice,
    AlreadyThere for a plan that the department has for that year already.
    """
    try:
        shipped = read_plan(plan_id)
    except KeyError:
        raise NotFound(_WHERE, thing="kế hoạch mẫu", key=clean_line(plan_id)[:40]) from None
    wanted = shipped.year if year is None else texts.year(_WHERE, year)
    draft = _moved(draft_of(shipped), wanted)
    with database.write() as connection:
        offices.require(connection, user, OfficeAction.PLAN_TASKS, department_id)
        plan_row_id = _add(connection, user, department_id, draft)
        plan_targets.add_for_plan(connection, user.actor, plan_row_id, shipped, department_id, wanted)
    return plan_row_id


def import_plan(database: Database, user: User, department_id: str, draft: PlanDraft) -> str:
    """Store an imported plan with its tasks, all or nothing, and give its id.

    Raises NotFound, NotAllowedInOffice, BadText for a plan without title or tasks or with texts that are too long,
    AlreadyThere for a file that was imported under that title for that year already.
    """
    clean = checked(draft)
    with database.write() as connection:
        offices.require(connection, user, OfficeAction.PLAN_TASKS, department_id)
        return _add(connection, user, department_id, clean)


def copy_plan(database: Database, user: User, plan_row_id: str, to_year: int) -> str:
    """Copy a plan with its tasks and targets to another year, nothing of it begun, and give the copy's id.

    Printed times are moved and read anew. A day that a person had set is not taken over: the reading tells of it.
    Raises NotFound, NotAllowedInOffice, BadText, AlreadyThere for a plan that was copied to that year already.
    """
    texts.year("Chép kế hoạch", to_year)
    with database.write() as connection:
        plan = _plan_for(connection, user, plan_row_id)
        if to_year == plan.year:
            raise BadText("Chép kế hoạch", problem=f"kế hoạch này đã là của năm {to_year}", to_do="Hãy chọn năm khác.")
        kept_tasks = tasks.tasks_of(connection, tasks.rows_of_plan(connection, plan.id))
        present = frozenset(unit.id for unit in units.present(connection))
        draft = PlanDraft(
            title=plan.title,
            year=plan.year,
            tasks=tuple(_draft_again(task, present, plan.year) for task in kept_tasks),
            issuer=plan.issuer,
            document_text="",
            origin=plan.origin,
            copied_from=plan.id,
        )
        copy_id = _add(connection, user, plan.department_id, _moved(draft, to_year))
        plan_targets.copy_for_plan(connection, user.actor, plan.id, copy_id, to_year)
    return copy_id


def end_plan(database: Database, user: User, plan_row_id: str) -> None:
    """Take a plan out with its tasks and targets; what was reported stays in the log.

    Raises NotFound, NotAllowedInOffice.
    """
    with database.write() as connection:
        plan = _plan_for(connection, user, plan_row_id)
        ended = {"ended_utc": now_utc()}
        for row in tasks.rows_of_plan(connection, plan.id):
            kept.change(connection, kept.TASKS, row, ended, user.actor)
        plans.change(connection, plan.id, ended, user.actor)
        plan_targets.end_for_plan(connection, user.actor, plan.id)


def _plan_for(connection: Connection, user: User, plan_row_id: str) -> PlanRow:
    plan = plans.find(connection, plan_row_id)
    if plan is None:
        raise NotFound(_WHERE, thing="kế hoạch", key=clean_line(plan_row_id)[:40])
    offices.require(connection, user, OfficeAction.PLAN_TASKS, plan.department_id)
    return plan


def _add(connection: Connection, user: User, department_id: str, draft: PlanDraft) -> str:
    for plan in plans.of_department(connection, department_id, draft.year):
        if (plan.origin, fold(plan.title)) == (draft.origin, fold(draft.title)):
            raise AlreadyThere(_WHERE, thing=f"kế hoạch năm {draft.year}", key=plan.title)
    plan_row_id = plans.add(connection, department_id, draft, user.actor)
    add_tasks(connection, user.actor, department_id, draft, plan_row_id)
    return plan_row_id


def _moved(draft: PlanDraft, year: int) -> PlanDraft:
    if draft.year == year:
        return draft
    of_years = (draft.year, year)
    return replace(
        draft,
        title=moved_title(draft.title, *of_years),
        year=year,
        tasks=tuple(_task_moved(task, *of_years) for task in draft.tasks),
    )


def _task_moved(task: TaskDraft, from_year: int, to_year: int) -> TaskDraft:
    def time(text: str) -> str:
        return moved_time(text, from_year, to_year)

    def title(text: str) -> str:
        return moved_title(text, from_year, to_year)

    return replace(
        task,
        title=title(task.title),
        products=tuple(Product(title(each.text), time(each.time) if each.time else None) for each in task.products),
        time_text=time(task.time_text),
        title_times=tuple(map(time, task.title_times)),
        slots=tuple((title(product), time(printed)) for product, printed in task.slots),
    )


def _draft_again(task: Task, present: frozenset[str], year: int) -> TaskDraft:
    slots = _slots_again(task, year)
    return TaskDraft(
        code=task.code,
        title=task.title,
        group_code=task.group_code,
        group_title=task.group_title,
        lead_text=task.lead_text,
        coordinating=task.coordinating,
        time_text=task.time_text,
        funding=task.funding,
        how=task.how,
        note=task.note,
        print_note=task.print_note,
        uncertain=task.uncertain,
        source=task.source,
        person=task.person,
        room_id=task.room_id if task.room_id in present else None,
        slots=tuple(slots),
        remarks=tuple(slots.values()),
    )


def _slots_again(task: Task, year: int) -> dict[Slot, str]:
    """Give each product with its time once, however many days the time had, and what to remark beside it."""
    corrected: dict[Slot, list[str]] = {}
    for each in task.occurrences:
        days = corrected.setdefault((each.product, each.time_text), [])
        if each.is_corrected and each.due is not None:
            days.append(f"{each.due:%d/%m/%Y}")
    return {slot: _remark(year, days) for slot, days in corrected.items()}


def _remark(year: int, days: list[str]) -> str:
    return f"Năm {year} hạn do người lập ghi là {', '.join(days)}." if days else ""
