"""Trial sign-in: one click for each role, on the machine that runs the program and nowhere else.

Real accounts with passwords come later; until then nobody who reaches the port from outside may become anybody.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.permissions import Role
from cchc_core.session_cookie import NEXT_PARAMETER, SIGN_IN_PATH, SIGN_OUT_PATH
from cchc_core.store import users
from cchc_core.store.users import User
from server import csrf, sessions
from server.bodies import BodyTooLarge, read_form
from server.html import fill, message_page, page
from server.local_only import is_local
from server.logs import LOGGER, one_line
from server.safe_path import safe_next

_USER_FIELD = "nguoi_dung"
_TO_SIGN_IN = (SIGN_IN_PATH, "Mở trang đăng nhập")

_DOES: Final[Mapping[Role, str]] = {
    Role.OFFICER: "Khai báo đơn vị, mở bảng, chấm điểm cả bộ tiêu chí, xuất tệp",
    Role.ROOM: "Chấm điểm, ghi thuyết minh trong bảng của đơn vị mình",
    Role.LEADER: "Theo dõi bảng điểm, xem từng tiêu chí, xuất tệp",
    Role.APPRAISER: "Xem bảng điểm năm đã gửi thẩm định",
    Role.ADMIN: "Khai báo đơn vị, mở bảng, xem mọi bảng; không chấm điểm",
}

Handler = Callable[[Request], Awaitable[Response]]


def sign_in_routes() -> list[Route]:
    """Return the pages for signing in and out."""
    return [
        Route(SIGN_IN_PATH, _on_this_machine(_show_sign_in), methods=["GET"]),
        Route(SIGN_IN_PATH, _on_this_machine(_sign_in), methods=["POST"]),
        Route(SIGN_OUT_PATH, _show_sign_out, methods=["GET"]),
        Route(SIGN_OUT_PATH, _sign_out, methods=["POST"]),
    ]


def sign_in_address(next_path: str) -> str:
    """Return the address of the sign-in page that leads on to a path of this product."""
    return f"{SIGN_IN_PATH}?{NEXT_PARAMETER}={quote(next_path, safe='/')}"


def _on_this_machine(handler: Handler) -> Handler:
    async def guarded(request: Request) -> Response:
        if is_local(request):
            return await handler(request)
        LOGGER.warning("trial sign-in refused: not local client=%s", one_line(request.client))
        return message_page(
            403,
            "Chỉ đăng nhập dùng thử được trên máy chủ",
            "Lối vào dùng thử không có mật khẩu nên chỉ mở trên chính máy đang chạy chương trình, tại địa chỉ "
            "http://localhost kèm số cổng. Tài khoản cho các máy khác trong mạng sẽ do quản trị viên cấp.",
            link=_TO_SIGN_IN,
        )

    return guarded


async def _show_sign_in(request: Request) -> Response:
    people = await run_in_threadpool(_trial_users)
    token = csrf.form_token(request)
    asked = safe_next(request.query_params.get(NEXT_PARAMETER, "/"))
    texts = {"action": SIGN_IN_PATH, "token": token, "next": asked}
    response = page("Đăng nhập", fill("sign_in", texts, {"buttons": "".join(map(_button, people))}))
    csrf.remember_token(request, response, token)
    return response


async def _sign_in(request: Request) -> Response:
    fields = await _fields(request)
    if fields is None or not csrf.is_our_form(request, fields):
        return _stale_form()
    people = await run_in_threadpool(_trial_users)
    user = next((person for person in people if person.id == fields.get(_USER_FIELD)), None)
    if user is None:
        return message_page(400, "Chưa chọn vai", "Hãy chọn một trong các vai ở trang đăng nhập.", link=_TO_SIGN_IN)
    response = RedirectResponse(safe_next(fields.get(NEXT_PARAMETER, "/")), status_code=303)
    await sessions.start(request, response, user)
    LOGGER.info("signed in user=%s role=%s", one_line(user.id), one_line(user.role))
    return response


async def _show_sign_out(request: Request) -> Response:
    user = await run_in_threadpool(sessions.user_of, request)
    if user is None:
        return RedirectResponse(SIGN_IN_PATH, status_code=303)
    token = csrf.form_token(request)
    texts = {"action": SIGN_OUT_PATH, "token": token, "who": f"Bạn đang đăng nhập là {user.name}."}
    response = page("Đăng xuất", fill("sign_out", texts))
    csrf.remember_token(request, response, token)
    return response


async def _sign_out(request: Request) -> Response:
    fields = await _fields(request)
    if fields is None or not (csrf.is_our_form(request, fields) or csrf.is_sent_by_our_page(request)):
        return _stale_form()
    user = await run_in_threadpool(sessions.user_of, request)
    response = RedirectResponse(SIGN_IN_PATH, status_code=303)
    await sessions.end(request, response)
    if user is not None:
        LOGGER.info("signed out user=%s", one_line(user.id))
    return response


async def _fields(request: Request) -> dict[str, str] | None:
    try:
        return await read_form(request)
    except (BodyTooLarge, ValueError):
        return None


def _trial_users() -> tuple[User, ...]:
    return users.trial_users(workspace.current().database)


def _button(user: User) -> str:
    return fill("role", {"id": user.id, "role": user.role_title, "does": _DOES[user.role]})


def _stale_form() -> Response:
    return message_page(
        403,
        "Biểu mẫu đã cũ hoặc không phải của hệ thống này",
        "Vì an toàn, hệ thống chưa thực hiện. Hãy mở lại trang rồi bấm lần nữa; trình duyệt phải cho phép cookie.",
        link=_TO_SIGN_IN,
    )
