"""What the office urges by as files, for whoever is signed in and may see the department's tasks."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.addresses import TODO_FILES_PATH, TODO_PATH
from cchc_core.board import today_in_vietnam
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.offices import offices_for
from cchc_core.permissions import OfficeAction
from cchc_core.store.users import User
from cchc_core.table import Table
from cchc_core.table_files import to_csv, to_xlsx
from cchc_core.text import clean_line
from cchc_core.todo.reading import read_todo
from cchc_core.todo.urging import urging_table
from cchc_core.workbook.names import plain_name
from server import sessions
from server.export_route import XLSX, content_disposition
from server.html import message_page
from server.logs import LOGGER, one_line
from server.sign_in import sign_in_address

ASSESSMENT: Final = "bang"
_TO_PAGE: Final = (TODO_PATH, "Về trang Việc cần làm")
_FORMS: Final[Mapping[str, tuple[str, Callable[[Table], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "xlsx": (XLSX, to_xlsx),
}


def todo_routes() -> list[Route]:
    """Return the routes of the list to urge by, one for each form of file."""
    address = f"{TODO_FILES_PATH}/{{department_id}}/{{year}}/don-doc"
    return [Route(f"{address}.{ending}", _of(ending), methods=["GET"]) for ending in _FORMS]


def _of(ending: str) -> Callable[[Request], Response]:
    # Not async on purpose: Starlette runs it in a thread, and the event loop goes on serving.
    def export(request: Request) -> Response:
        user = sessions.user_of(request)
        if user is None:
            headers = {"cache-control": "no-store"}
            return RedirectResponse(sign_in_address(_wanted(request)), status_code=303, headers=headers)
        department_id = str(request.path_params["department_id"])
        try:
            year = _read_year(str(request.path_params["year"]))
            return _file(user, department_id, year, request.query_params.get(ASSESSMENT), ending)
        except NotFound as error:
            return message_page(404, "Không có danh sách này", str(error), link=_TO_PAGE)
        except NotAllowed as error:
            LOGGER.warning("refused urging department=%s user=%s", one_line(department_id), one_line(user.id))
            return message_page(403, "Không có quyền tải danh sách", str(error), link=_TO_PAGE)

    return export


def _wanted(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _read_year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == len("2024")):
        raise NotFound("Tải danh sách đôn đốc", thing="năm", key=clean_line(text)[:10])
    return int(text)


def _file(user: User, department_id: str, year: int, assessment_id: str | None, ending: str) -> Response:
    database = workspace.current().database
    todo = read_todo(database, user, department_id, year, today_in_vietnam(), assessment_id=assessment_id)
    reached = offices_for(database, user, OfficeAction.VIEW_TASKS)
    unit_name = next((office.name for office in reached if office.id == department_id), "")
    media_type, write = _FORMS[ending]
    content = write(urging_table(database, todo))
    name = f"Đôn đốc nhiệm vụ - {plain_name(unit_name)} - {year}.{ending}"
    LOGGER.info(
        "exported urging=%s department=%s year=%s user=%s", ending, one_line(department_id), year, one_line(user.id)
    )
    headers = {"cache-control": "no-store", "content-disposition": content_disposition(name)}
    return Response(content, media_type=media_type, headers=headers)
