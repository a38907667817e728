"""The page Nhiệm vụ as tests use it: a department with a plan, its tasks, and the fields of an opened one."""

from datetime import date, timedelta
from typing import Any

from cchc_core.board import today_in_vietnam
from cchc_core.offices import offices_for
from cchc_core.permissions import OfficeAction, Role
from cchc_core.tasks.draft import PlanDraft, TaskDraft
from cchc_core.tasks.keeping import import_plan, task_for
from cchc_core.tasks.listing import everything
from cchc_core.tasks.model import Task
from cchc_core.tasks.query import Query
from tests.pages.screen import TASKS, Office, Screen

YEAR = 2026
ROOM = "Văn phòng Sở"


def department(office: Office) -> str:
    """Give the department of the officer."""
    return offices_for(office.database, office.person(Role.OFFICER), OfficeAction.VIEW_TASKS)[0].id


def day(days: int) -> str:
    """Print the day so many days from today."""
    return f"{today_in_vietnam() + timedelta(days=days):%d/%m/%Y}"


def plan(office: Office, *tasks: TaskDraft, year: int = YEAR, title: str = "Kế hoạch thử") -> str:
    """Store a plan of these tasks, and give its id."""
    draft = PlanDraft(title, year, tasks, origin="thu.xlsx")
    return import_plan(office.database, office.person(Role.OFFICER), department(office), draft)


def three_tasks(office: Office) -> tuple[Task, ...]:
    """Store three tasks: overdue, due soon with two products, and without a day; only the first is the room's."""
    plan(
        office,
        TaskDraft("1", "Lập kế hoạch rà soát", "I", "Thể chế", lead_text=ROOM, time_text=day(-10)),
        TaskDraft("2", "Báo cáo tổng kết", "I", "Thể chế", lead_text="Phòng Lạ", time_text=day(3)),
        TaskDraft("3", "Họp giao ban", "II", "Điều hành", lead_text="Phòng Lạ", time_text="Theo quy định"),
    )
    return tasks_of(office)


def tasks_of(office: Office, year: int = YEAR, **asked: Any) -> tuple[Task, ...]:
    """Read the tasks of a year as they are stored."""
    query = Query(department(office), year, **asked)
    return everything(office.database, office.person(Role.OFFICER), query, today=today_in_vietnam())


def again(office: Office, task: Task) -> Task:
    """Read a task as it is stored now."""
    return task_for(office.database, office.person(Role.OFFICER), task.id)


def open_page(office: Office, role: Role = Role.OFFICER, year: int = YEAR, **query: str) -> Screen:
    """Open the page of a year."""
    return office.screen(role).open(TASKS, nam=str(year), **query)


def field(screen: Screen, form: str, name: str) -> Any:
    """Find the widget of a form's field."""
    key = f"{form}|{name}"
    boxes = (*screen.at.text_input, *screen.at.text_area, *screen.at.selectbox)
    return next(box for box in boxes if box.key == key)


def put(screen: Screen, form: str, button: str, **fields: str) -> Screen:
    """Fill fields of a form and press its button."""
    for name, text in fields.items():
        field(screen, form, name).set_value(text)
    return screen.press(button)


def listed(screen: Screen) -> list[str]:
    """Give the ids of the tasks that are drawn, in their order."""
    keys = [str(button.key) for button in screen.at.main.get("button")]
    return [key.removeprefix("open task ") for key in keys if key.startswith("open task ")]


def today() -> date:
    """Give the day that the page counts from."""
    return today_in_vietnam()
