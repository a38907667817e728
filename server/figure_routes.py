"""Counted figures and plan targets of a department's year as files, for whoever is signed in and may see them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.addresses import FIGURES_PATH, INDICATORS_PATH
from cchc_core.board import today_in_vietnam
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.indicators.keeping import read_two_years
from cchc_core.indicators.printed import comparison_table
from cchc_core.indicators.workbook import figures_workbook
from cchc_core.offices import offices_for
from cchc_core.permissions import OfficeAction
from cchc_core.plan_targets.keeping import read_targets
from cchc_core.plan_targets.tables import targets_table
from cchc_core.store.users import User
from cchc_core.table import Table
from cchc_core.table_files import to_csv, to_xlsx
from cchc_core.workbook.names import plain_name
from server import sessions
from server.export_route import XLSX, content_disposition
from server.html import message_page
from server.logs import LOGGER, one_line
from server.sign_in import sign_in_address

_TO_PAGE: Final = (INDICATORS_PATH, "Về trang Chỉ tiêu")
_CSV: Final = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Made:
    """A file's name without unit and year, its kind, and its bytes."""

    title: str
    media_type: str
    content: bytes


_Maker = Callable[[User, str, str, int], _Made]


def _form(user: User, department_id: str, name: str, year: int) -> _Made:
    years = read_two_years(workspace.current().database, user, department_id, year)
    return _Made("Biểu thống kê CCHC", XLSX, figures_workbook(years, name))


def _comparison(user: User, department_id: str, _name: str, year: int) -> _Made:
    years = read_two_years(workspace.current().database, user, department_id, year)
    return _Made("Số liệu thống kê CCHC", _CSV, to_csv(comparison_table(years)))


def _targets(user: User, department_id: str, year: int) -> Table:
    database, today = workspace.current().database, today_in_vietnam()
    return targets_table(read_targets(database, user, department_id, year, today), year)


def _targets_xlsx(user: User, department_id: str, _name: str, year: int) -> _Made:
    return _Made("Chỉ tiêu phấn đấu", XLSX, to_xlsx(_targets(user, department_id, year)))


def _targets_csv(user: User, department_id: str, _name: str, year: int) -> _Made:
    return _Made("Chỉ tiêu phấn đấu", _CSV, to_csv(_targets(user, department_id, year)))


_MAKERS: Final[Mapping[str, _Maker]] = {
    "thong-ke.xlsx": _form,
    "thong-ke.csv": _comparison,
    "phan-dau.xlsx": _targets_xlsx,
    "phan-dau.csv": _targets_csv,
}


def figure_routes() -> list[Route]:
    """Return the routes of the files, one for each."""
    return [Route(f"{FIGURES_PATH}/{{department_id}}/{{year}}/{name}", _of(name), methods=["GET"]) for name in _MAKERS]


def _of(name: str) -> Callable[[Request], Response]:
    # Not async on purpose: Starlette runs it in a thread, and the event loop goes on serving.
    def export(request: Request) -> Response:
        user = sessions.user_of(request)
        if user is None:
            headers = {"cache-control": "no-store"}
            return RedirectResponse(sign_in_address(request.url.path), status_code=303, headers=headers)
        department_id, year = str(request.path_params["department_id"]), str(request.path_params["year"])
        try:
            return _file(user, name, department_id, _read_year(year))
        except NotFound as error:
            return message_page(404, "Không có số liệu này", str(error), link=_TO_PAGE)
        except NotAllowed as error:
            LOGGER.warning("refused figures department=%s user=%s", one_line(department_id), one_line(user.id))
            return message_page(403, "Không có quyền tải số liệu", str(error), link=_TO_PAGE)

    return export


def _read_year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == len("2024")):
        raise NotFound("Tải số liệu", thing="năm", key=text[:10])
    return int(text)


def _file(user: User, name: str, department_id: str, year: int) -> Response:
    reached = offices_for(workspace.current().database, user, OfficeAction.VIEW_FIGURES)
    unit_name = next((office.name for office in reached if office.id == department_id), "")
    made = _MAKERS[name](user, department_id, unit_name, year)
    file_name = f"{made.title} - {plain_name(unit_name)} - {year}.{name.rpartition('.')[2]}"
    headers = {"cache-control": "no-store", "content-disposition": content_disposition(file_name)}
    LOGGER.info(
        "exported figures=%s department=%s year=%s user=%s", name, one_line(department_id), year, one_line(user.id)
    )
    return Response(made.content, media_type=made.media_type, headers=headers)
