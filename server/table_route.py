"""The tables of a board as files, for whoever is signed in and may have them; looked up anew at every request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.addresses import BOARD_PATH, TABLES_PATH
from cchc_core.board_tables import BoardTable, take_table
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.handing_in.tables import KEY as CHECKS
from cchc_core.handing_in.tables import take_checks
from cchc_core.scenario_tables import BESIDE, SCENARIO, TRIED, take_scenarios
from cchc_core.store.users import User
from cchc_core.table import Table
from cchc_core.table_files import to_csv, to_xlsx
from cchc_core.workbook import table_file_name
from server import sessions
from server.export_route import XLSX, content_disposition
from server.html import message_page
from server.logs import LOGGER, one_line
from server.sign_in import sign_in_address


@dataclass(frozen=True, slots=True)
class _Form:
    media_type: str
    write: Callable[[Table], bytes]


_FORMS: Final[Mapping[str, _Form]] = {"csv": _Form("text/csv; charset=utf-8", to_csv), "xlsx": _Form(XLSX, to_xlsx)}
_TO_BOARD: Final = (BOARD_PATH, "Về bảng điểm")


def table_routes() -> list[Route]:
    """Return the routes of the tables, one for each form of file."""
    return [
        Route(f"{TABLES_PATH}/{{assessment_id}}/{{key}}.{ending}", _of(ending), methods=["GET"]) for ending in _FORMS
    ]


def _of(ending: str) -> Callable[[Request], Response]:
    # Not async on purpose: Starlette runs it in a thread, and the event loop goes on serving.
    def export(request: Request) -> Response:
        user = sessions.user_of(request)
        if user is None:
            headers = {"cache-control": "no-store"}
            return RedirectResponse(sign_in_address(_wanted(request)), status_code=303, headers=headers)
        try:
            taken = _take(request, user)
        except NotFound as error:
            return message_page(404, "Không có bảng số liệu này", str(error), link=_TO_BOARD)
        except NotAllowed as error:
            return message_page(403, "Không có quyền xuất tệp", str(error), link=_TO_BOARD)
        response = _file(taken, ending)
        LOGGER.info(
            "exported table=%s.%s assessment=%s user=%s bytes=%s",
            taken.table.key,
            ending,
            one_line(taken.assessment.id),
            one_line(user.id),
            len(response.body),
        )
        return response

    return export


def _wanted(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _take(request: Request, user: User) -> BoardTable:
    database = workspace.current().database
    assessment_id, key = (str(request.path_params[name]) for name in ("assessment_id", "key"))
    if key == CHECKS:
        return BoardTable(*take_checks(database, user, assessment_id))
    if key != TRIED:
        return take_table(database, user, assessment_id, key)
    first, second = (request.query_params.get(name, "") for name in (SCENARIO, BESIDE))
    return take_scenarios(database, user, assessment_id, first, second)


def _file(taken: BoardTable, ending: str) -> Response:
    form, name = _FORMS[ending], table_file_name(taken.table.title, taken.assessment, ending)
    headers = {"cache-control": "no-store", "content-disposition": content_disposition(name)}
    return Response(form.write(taken.table), media_type=form.media_type, headers=headers)
