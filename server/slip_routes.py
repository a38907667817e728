"""The Phiếu Excel of an assessment for whoever is signed in and may have it; looked up anew at every request."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.addresses import SLIP_PATH, SLIPS_PATH
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.slip.scope import By
from cchc_core.slip.taking import Taken, take_slip
from cchc_core.store.users import User
from server import sessions
from server.export_route import XLSX, content_disposition
from server.html import message_page
from server.logs import LOGGER, one_line
from server.sign_in import sign_in_address

_TO_PAGE: Final = (SLIP_PATH, "Về trang Phiếu Excel")
_PARTS: Final = (By.SECTION, By.ROOM, By.GIVEN)


def slip_routes() -> list[Route]:
    """Return the route of the slips."""
    return [Route(f"{SLIPS_PATH}/{{assessment_id}}.xlsx", _export, methods=["GET"])]


def _export(request: Request) -> Response:
    # Not async on purpose: Starlette runs it in a thread, and the event loop goes on serving.
    user = sessions.user_of(request)
    if user is None:
        wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        return RedirectResponse(sign_in_address(wanted), status_code=303, headers={"cache-control": "no-store"})
    assessment_id = str(request.path_params["assessment_id"])
    try:
        taken = _take(request, user, assessment_id)
    except NotFound as error:
        return message_page(404, "Không có phiếu này", str(error), link=_TO_PAGE)
    except NotAllowed as error:
        return message_page(403, "Không có quyền tải phiếu", str(error), link=_TO_PAGE)
    size, who = len(taken.content), one_line(user.id)
    LOGGER.info(
        "exported slip assessment=%s criteria=%s user=%s bytes=%s", one_line(assessment_id), taken.criteria, who, size
    )
    headers = {"cache-control": "no-store", "content-disposition": content_disposition(taken.name)}
    return Response(taken.content, media_type=XLSX, headers=headers)


def _take(request: Request, user: User, assessment_id: str) -> Taken:
    """Make the slip that the address asks for: the first kind of part that it names, else all."""
    asked = request.query_params
    by = next((each for each in _PARTS if each in asked), By.ALL)
    base = str(request.base_url).rstrip("/")
    database = workspace.current().database
    return take_slip(database, user, assessment_id, by=by, keys=asked.getlist(by), base=base)
