"""The tasks of a department's year as files, for whoever is signed in and may see them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.addresses import TASK_FILES_PATH, TASKS_PATH
from cchc_core.board import today_in_vietnam
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.offices import offices_for
from cchc_core.permissions import OfficeAction
from cchc_core.store.users import User
from cchc_core.table_files import to_csv, to_xlsx
from cchc_core.tasks import asked
from cchc_core.tasks.calendar_file import to_ics
from cchc_core.tasks.keeping import list_plans
from cchc_core.tasks.listing import everything
from cchc_core.tasks.model import Task
from cchc_core.tasks.plan_form import blank_form, form_of_tasks
from cchc_core.tasks.query import Query
from cchc_core.tasks.tables import appendix_table, room_table, tasks_table
from cchc_core.tasks.totals import RoomTotals, room_totals
from cchc_core.workbook.names import plain_name
from server import sessions
from server.export_route import XLSX, content_disposition
from server.html import message_page
from server.logs import LOGGER, one_line
from server.sign_in import sign_in_address

_TO_PAGE: Final = (TASKS_PATH, "Về trang Nhiệm vụ")
_CSV: Final = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks for which tasks, and on which day."""

    user: User
    query: Query
    today: date

    def tasks(self) -> tuple[Task, ...]:
        """Read the tasks that are asked for."""
        return everything(workspace.current().database, self.user, self.query, today=self.today)


@dataclass(frozen=True, slots=True)
class _File:
    """A file's name without unit and year, its kind, and how its bytes are made."""

    title: str
    media_type: str
    make: Callable[[_Asked], bytes]


def _list(ask: _Asked) -> bytes:
    return to_xlsx(tasks_table(ask.tasks(), ask.today, year=ask.query.year))


def _list_csv(ask: _Asked) -> bytes:
    return to_csv(tasks_table(ask.tasks(), ask.today, year=ask.query.year))


def _appendix(ask: _Asked) -> bytes:
    return to_xlsx(appendix_table(ask.tasks(), ask.today, year=ask.query.year))


def _plan(ask: _Asked) -> bytes:
    database, query = workspace.current().database, ask.query
    plans = list_plans(database, ask.user, query.department_id, query.year)
    named = [plan.title for plan in plans if query.plan_id in (None, plan.id)]
    title = named[0] if len(named) == 1 else f"Kế hoạch cải cách hành chính năm {query.year}"
    return to_xlsx(form_of_tasks(title, query.year, ask.tasks()))


def _blank(ask: _Asked) -> bytes:
    # The form holds nothing of the department; asking for its plans settles that it is within reach.
    list_plans(workspace.current().database, ask.user, ask.query.department_id, ask.query.year)
    return to_xlsx(blank_form(ask.query.year))


def _calendar(ask: _Asked) -> bytes:
    return to_ics(ask.tasks(), ask.today)


def _rooms(ask: _Asked) -> bytes:
    return to_xlsx(room_table(_totals(ask), ask.today, year=ask.query.year))


def _rooms_csv(ask: _Asked) -> bytes:
    return to_csv(room_table(_totals(ask), ask.today, year=ask.query.year))


def _totals(ask: _Asked) -> tuple[RoomTotals, ...]:
    query = ask.query
    return room_totals(
        workspace.current().database, ask.user, query.department_id, query.year, ask.today, query.plan_id
    )


_FILES: Final[Mapping[str, _File]] = {
    "danh-sach.xlsx": _File("Nhiệm vụ CCHC", XLSX, _list),
    "danh-sach.csv": _File("Nhiệm vụ CCHC", _CSV, _list_csv),
    "phu-luc-1.xlsx": _File("Phụ lục nhiệm vụ đã hoàn thành", XLSX, _appendix),
    "ke-hoach.xlsx": _File("Kế hoạch CCHC", XLSX, _plan),
    "mau.xlsx": _File("Mẫu kế hoạch CCHC", XLSX, _blank),
    "theo-phong.xlsx": _File("Nhiệm vụ theo phòng", XLSX, _rooms),
    "theo-phong.csv": _File("Nhiệm vụ theo phòng", _CSV, _rooms_csv),
    "lich.ics": _File("Thời hạn nhiệm vụ", "text/calendar; charset=utf-8", _calendar),
}


def task_routes() -> list[Route]:
    """Return the routes of the files, one for each."""
    return [
        Route(f"{TASK_FILES_PATH}/{{department_id}}/{{year}}/{name}", _of(name), methods=["GET"]) for name in _FILES
    ]


def _of(name: str) -> Callable[[Request], Response]:
    # Not async on purpose: Starlette runs it in a thread, and the event loop goes on serving.
    def export(request: Request) -> Response:
        user = sessions.user_of(request)
        if user is None:
            wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
            headers = {"cache-control": "no-store"}
            return RedirectResponse(sign_in_address(wanted), status_code=303, headers=headers)
        department_id = str(request.path_params["department_id"])
        try:
            year = _read_year(str(request.path_params["year"]))
            query = asked.query_of(department_id, year, request.query_params)
            return _answer(name, _Asked(user, query, today_in_vietnam()))
        except NotFound as error:
            return message_page(404, "Không có nhiệm vụ này", str(error), link=_TO_PAGE)
        except NotAllowed as error:
            LOGGER.warning("refused tasks department=%s user=%s", one_line(department_id), one_line(user.id))
            return message_page(403, "Không có quyền tải nhiệm vụ", str(error), link=_TO_PAGE)

    return export


def _read_year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == len("2024")):
        raise NotFound("Tải nhiệm vụ", thing="năm", key=text[:10])
    return int(text)


def _answer(name: str, ask: _Asked) -> Response:
    file, query = _FILES[name], ask.query
    content = file.make(ask)
    reached = offices_for(workspace.current().database, ask.user, OfficeAction.VIEW_TASKS)
    unit_name = next((office.name for office in reached if office.id == query.department_id), "")
    file_name = f"{file.title} - {plain_name(unit_name)} - {query.year}.{name.rpartition('.')[2]}"
    LOGGER.info(
        "exported tasks=%s department=%s year=%s user=%s bytes=%s",
        name,
        one_line(query.department_id),
        query.year,
        one_line(ask.user.id),
        len(content),
    )
    headers = {"cache-control": "no-store", "content-disposition": content_disposition(file_name)}
    return Response(content, media_type=file.media_type, headers=headers)
