"""The scored workbook for whoever is signed in and may have it; looked up anew at every request."""

import unicodedata
from io import BytesIO
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.board import Board, read_board
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.handing_in.proof_lines import proof_lines
from cchc_core.permissions import Action, may
from cchc_core.store.assessments import Assessment
from cchc_core.store.users import User
from cchc_core.workbook import file_name, write_workbook
from server import sessions
from server.html import message_page
from server.logs import LOGGER, one_line
from server.sign_in import sign_in_address

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_routes() -> list[Route]:
    """Return the route of the workbook."""
    return [Route("/xuat/{assessment_id}.xlsx", _export, methods=["GET"])]


def _export(request: Request) -> Response:
    # Not async on purpose: Starlette runs it in a thread, and the event loop goes on serving.
    user = sessions.user_of(request)
    if user is None:
        return RedirectResponse(
            sign_in_address(request.url.path), status_code=303, headers={"cache-control": "no-store"}
        )
    assessment_id = request.path_params["assessment_id"]
    try:
        board = read_board(workspace.current().database, user, assessment_id)
    except NotFound as error:
        return message_page(404, "Không tìm thấy bảng chấm", str(error))
    except NotAllowed as error:
        return message_page(403, "Không có quyền xuất tệp", str(error))
    if not _may_export(user, board.sheet.assessment):
        return message_page(403, "Không có quyền xuất tệp", "Vai trò của bạn chỉ được xem bảng chấm này trên màn hình.")
    return _workbook(user, board)


def _may_export(user: User, assessment: Assessment) -> bool:
    # That the assessment is within this person's reach was settled when it was opened.
    return may(
        user.role,
        Action.EXPORT,
        assessment.state,
        is_provisional=assessment.is_provisional,
        is_locked=assessment.is_locked,
    )


def _workbook(user: User, board: Board) -> Response:
    content, sheet = BytesIO(), board.sheet
    attached = proof_lines(workspace.current().database, user, sheet.assessment.id)
    write_workbook(sheet, content, board.items, attached)
    LOGGER.info(
        "exported assessment=%s user=%s bytes=%s", one_line(sheet.assessment.id), one_line(user.id), content.tell()
    )
    headers = {"cache-control": "no-store", "content-disposition": content_disposition(file_name(sheet))}
    return Response(content.getvalue(), media_type=XLSX, headers=headers)


def content_disposition(name: str) -> str:
    """Return the header for a file name: plain letters for old programs, the true name for the others.

    >>> content_disposition("Điểm.xlsx")
    'attachment; filename="Diem.xlsx"; filename*=UTF-8\\'\\'%C4%90i%E1%BB%83m.xlsx'
    """
    plain = "".join(letter for letter in _unaccented(name) if letter.isascii() and letter.isprintable())
    safe = plain.replace('"', "").replace("\\", "")
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
