"""Criteria sets as files: in the form that provinces print, as YAML, as a comparison; the workbooks to fill in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import rubric_shelf, workspace
from cchc_core.addresses import RUBRIC_FILES_PATH, RUBRICS_PATH
from cchc_core.errors import CchcError, NotAllowed, NotFound
from cchc_core.permissions import Role
from cchc_core.rubric.model import Rubric
from cchc_core.store.users import User
from cchc_core.workbook.names import plain_name
from server import sessions
from server.export_route import XLSX, content_disposition
from server.html import message_page
from server.logs import LOGGER, one_line
from server.sign_in import sign_in_address

_TO_PAGE: Final = (RUBRICS_PATH, "Về trang Bộ tiêu chí")
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_YAML: Final = "application/yaml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is handed out."""

    name: str
    media_type: str
    content: bytes


_Make = Callable[[User, Mapping[str, str]], _File]


def rubric_routes() -> list[Route]:
    """Return the routes of the files; who is signed in may have them, big screens have none."""
    base = RUBRIC_FILES_PATH
    return [
        Route(f"{base}/mau.xlsx", _of(_template), methods=["GET"]),
        Route(f"{base}/diem/{{draft_id}}.xlsx", _of(_points), methods=["GET"]),
        Route(f"{base}/so-sanh/{{old}}/{{new}}.xlsx", _of(_difference), methods=["GET"]),
        Route(f"{base}/{{sha256}}.xlsx", _of(_printed_xlsx), methods=["GET"]),
        Route(f"{base}/{{sha256}}.docx", _of(_printed_docx), methods=["GET"]),
        Route(f"{base}/{{sha256}}.yaml", _of(_yaml), methods=["GET"]),
    ]


def _of(make: _Make) -> Callable[[Request], Response]:
    # Not async on purpose: Starlette runs it in a thread, and the event loop goes on serving.
    def export(request: Request) -> Response:
        user = sessions.user_of(request)
        if user is None or user.role is Role.SCREEN:
            headers = {"cache-control": "no-store"}
            return RedirectResponse(sign_in_address(request.url.path), status_code=303, headers=headers)
        asked = {name: str(value) for name, value in request.path_params.items()}
        try:
            return _answer(make(user, asked), user)
        except NotFound as error:
            return message_page(404, "Không có bộ tiêu chí này", str(error), link=_TO_PAGE)
        except NotAllowed as error:
            LOGGER.warning("refused criteria set path=%s user=%s", one_line(request.url.path), one_line(user.id))
            return message_page(403, "Không có quyền tải tệp này", str(error), link=_TO_PAGE)
        except CchcError as error:
            return message_page(409, "Chưa tải được tệp này", str(error), link=_TO_PAGE)

    return export


def _answer(file: _File, user: User) -> Response:
    LOGGER.info("handed out criteria set file=%s user=%s bytes=%s", one_line(file.name), user.id, len(file.content))
    headers = {"cache-control": "no-store", "content-disposition": content_disposition(file.name)}
    return Response(file.content, media_type=file.media_type, headers=headers)


def _template(_user: User, _asked: Mapping[str, str]) -> _File:
    from cchc_core.rubric_in.template import write_template  # brings xlsxwriter in, for who asks for it

    content = BytesIO()
    write_template(content)
    return _File("Mẫu bộ tiêu chí.xlsx", XLSX, content.getvalue())


def _points(user: User, asked: Mapping[str, str]) -> _File:
    from cchc_core.rubric_drafts import keeping, points_file

    draft = keeping.open_draft(workspace.current().database, user, asked["draft_id"])
    content = BytesIO()
    points_file.points_template(draft, content)
    return _File(
        f"Điểm chính thức - {plain_name(draft.head.issuer)} - {draft.head.year}.xlsx", XLSX, content.getvalue()
    )


def _difference(_user: User, asked: Mapping[str, str]) -> _File:
    from cchc_core import rubric_diff  # brings the measuring of likeness in

    difference = rubric_diff.compare_versions(workspace.current().database, asked["old"], asked["new"]).difference
    content = BytesIO()
    rubric_diff.write_difference_xlsx(difference, content)
    years = f"{difference.old.year} và {difference.new.year}"
    return _File(f"So sánh bộ tiêu chí - {years}.xlsx", XLSX, content.getvalue())


def _printed_xlsx(_user: User, asked: Mapping[str, str]) -> _File:
    from cchc_core.rubric_out.printed import write_printed_xlsx  # brings xlsxwriter in

    rubric, content = _rubric(asked), BytesIO()
    write_printed_xlsx(rubric, content)
    return _File(f"{_name(rubric)}.xlsx", XLSX, content.getvalue())


def _printed_docx(_user: User, asked: Mapping[str, str]) -> _File:
    from cchc_core.rubric_out.printed import write_printed_docx  # brings python-docx in

    rubric, content = _rubric(asked), BytesIO()
    write_printed_docx(rubric, content)
    return _File(f"{_name(rubric)}.docx", _DOCX, content.getvalue())


def _yaml(_user: User, asked: Mapping[str, str]) -> _File:
    from cchc_core.rubric_yaml import to_yaml

    rubric = _rubric(asked)
    return _File(f"{rubric.id}.yaml", _YAML, to_yaml(rubric).encode())


def _rubric(asked: Mapping[str, str]) -> Rubric:
    return rubric_shelf.rubric_of(workspace.current().database, asked["sha256"])


def _name(rubric: Rubric) -> str:
    return f"Bộ tiêu chí - {plain_name(rubric.issuer)} - {rubric.year}"
