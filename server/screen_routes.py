"""Opening and ending big screens: on this machine by a click, on a television by a code that is typed there."""

import asyncio
from typing import Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cchc_core import screens, workspace
from cchc_core.addresses import BOARD_PATH
from cchc_core.errors import NotAllowed, NotFound, Refused
from cchc_core.screens import Place
from cchc_core.session_cookie import (
    ASSESSMENT_PARAMETER,
    ENTER_CODE_PATH,
    OPEN_SCREEN_PATH,
    SCREEN_COOKIE,
    SCREEN_PAGE,
)
from cchc_core.store import users
from cchc_core.store.users import User
from server import csrf, sessions
from server.bodies import BodyTooLarge, read_form
from server.cookies import put_cookie
from server.html import fill, message_page, page
from server.local_only import host_name
from server.logs import LOGGER, one_line
from server.screen_codes import LENGTH, LIVES_SECONDS, Offer, ScreenCodes, TooManyWrong, as_shown
from server.sign_in import sign_in_address

_TASK_FIELD, _CODE_FIELD = "viec", "ma_man_hinh"
_ON_THIS_MACHINE, _ON_A_TELEVISION, _END_ALL = "may-nay", "ti-vi", "tat"
_TO_BOARD: Final = (BOARD_PATH, "Về bảng điểm")
_TO_ENTRY: Final = (ENTER_CODE_PATH, "Gõ lại mã")
_SECONDS_FOR_EACH_WRONG_ONE = 0.1
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def screen_routes() -> list[Route]:
    """Return the routes; the codes that they give out are forgotten when the process ends."""
    codes = ScreenCodes()

    async def act(request: Request) -> Response:
        return await _act(request, codes)

    async def enter(request: Request) -> Response:
        return await _enter(request, codes)

    return [
        Route(OPEN_SCREEN_PATH, _show, methods=["GET"]),
        Route(OPEN_SCREEN_PATH, act, methods=["POST"]),
        Route(ENTER_CODE_PATH, _show_entry, methods=["GET"]),
        Route(ENTER_CODE_PATH, enter, methods=["POST"]),
    ]


def _address(path: str, assessment_id: str) -> str:
    return f"{path}?{urlencode({ASSESSMENT_PARAMETER: assessment_id})}"


async def _show(request: Request) -> Response:
    user = await run_in_threadpool(sessions.user_of, request)
    assessment_id = request.query_params.get(ASSESSMENT_PARAMETER, "")
    if user is None:
        return _to_sign_in(assessment_id)
    try:
        place = await run_in_threadpool(screens.find_place, workspace.current().database, user, assessment_id)
    except Refused as why:
        return _refusal(why)
    token = csrf.form_token(request)
    response = page("Màn hình lớn", fill("screens", _texts(place, token)))
    csrf.remember_token(request, response, token)
    return response


def _texts(place: Place, token: str) -> dict[str, str]:
    shown = place.assessment
    many = place.open_screens
    return {
        "what": f"{shown.unit_name} · {shown.period_title} {shown.year} · {shown.rubric_title}",
        "hours": str(screens.HOURS),
        "action": OPEN_SCREEN_PATH,
        "token": token,
        "assessment": shown.id,
        "open": f"Đang mở {many} màn hình của đơn vị" if many else "Hiện không có màn hình nào đang mở",
        "back": _address(BOARD_PATH, shown.id),
    }


async def _act(request: Request, codes: ScreenCodes) -> Response:
    fields = await _fields(request)
    if fields is None or not csrf.is_our_form(request, fields):
        return _stale_form(_TO_BOARD)
    assessment_id = fields.get(ASSESSMENT_PARAMETER, "")
    user = await run_in_threadpool(sessions.user_of, request)
    if user is None:
        return _to_sign_in(assessment_id)
    try:
        return await _do(request, codes, fields.get(_TASK_FIELD, ""), user, assessment_id)
    except Refused as why:
        return _refusal(why)


async def _do(request: Request, codes: ScreenCodes, task: str, user: User, assessment_id: str) -> Response:
    if task == _ON_THIS_MACHINE:
        return await _start(request, user, assessment_id)
    if task == _ON_A_TELEVISION:
        return await _show_code(request, codes, user, assessment_id)
    if task == _END_ALL:
        return await _end_all(codes, user, assessment_id)
    return message_page(400, "Chưa chọn việc", "Hãy chọn một trong các nút ở trang «Màn hình lớn».", link=_TO_BOARD)


async def _start(request: Request, user: User, assessment_id: str) -> Response:
    database = workspace.current().database
    token = await run_in_threadpool(screens.open_screen, database, user, assessment_id)
    await _end_kept(request)
    response = RedirectResponse(
        _address(f"/{SCREEN_PAGE}", assessment_id), status_code=303, headers={"cache-control": "no-store"}
    )
    put_cookie(request, response, SCREEN_COOKIE, token, "lax")
    LOGGER.info("screen opened assessment=%s user=%s", one_line(assessment_id), one_line(user.id))
    return response


async def _end_kept(request: Request) -> None:
    """End the screen that this browser showed until now, so that only those that are seen count as open."""
    database, kept = workspace.current().database, request.cookies.get(SCREEN_COOKIE)
    if kept and await run_in_threadpool(users.screen_of, database, kept) is not None:
        await run_in_threadpool(users.end_session, database, kept)


async def _show_code(request: Request, codes: ScreenCodes, user: User, assessment_id: str) -> Response:
    place = await run_in_threadpool(screens.find_place, workspace.current().database, user, assessment_id)
    host = request.headers.get("host", "")
    texts = {
        "address": f"{request.url.scheme}://{host}{ENTER_CODE_PATH}",
        "code": as_shown(codes.offer(Offer(user.id, place.assessment.id, place.department_id))),
        "minutes": str(LIVES_SECONDS // 60),
        "back": _address(OPEN_SCREEN_PATH, place.assessment.id),
    }
    hint = _HINT if host_name(host) in _LOCAL_NAMES else ""
    return page("Mở trên ti vi", fill("screen_code", texts, {"hint": hint}))


_HINT = (
    '<p class="note">Trên ti vi, thay tên máy trong địa chỉ bằng tên hoặc địa chỉ mạng của máy đang chạy chương trình, '
    "giữ nguyên số cổng. Chương trình phải được mở cho mạng (tuỳ chọn <code>--address 0.0.0.0</code>).</p>"
)


async def _end_all(codes: ScreenCodes, user: User, assessment_id: str) -> Response:
    database = workspace.current().database
    place = await run_in_threadpool(screens.find_place, database, user, assessment_id)
    codes.withdraw(place.department_id)
    many = await run_in_threadpool(screens.end_screens, database, user, assessment_id)
    LOGGER.info("screens ended assessment=%s user=%s many=%s", one_line(assessment_id), one_line(user.id), many)
    said = f"{many} màn hình của đơn vị đã tắt" if many else "Không có màn hình nào đang mở"
    return message_page(
        200,
        "Đã tắt mọi màn hình",
        f"{said}; các mã đã lấy mà chưa dùng cũng không dùng được nữa.",
        link=(_address(OPEN_SCREEN_PATH, assessment_id), "Quay lại"),
    )


async def _show_entry(request: Request) -> Response:
    token = csrf.form_token(request)
    texts = {"action": ENTER_CODE_PATH, "token": token, "length": str(LENGTH)}
    response = page("Mở màn hình lớn", fill("enter_code", texts))
    csrf.remember_token(request, response, token)
    return response


async def _enter(request: Request, codes: ScreenCodes) -> Response:
    fields = await _fields(request)
    if fields is None or not csrf.is_our_form(request, fields):
        return _stale_form(_TO_ENTRY)
    sender = request.client.host if request.client else ""
    try:
        offer = codes.take(fields.get(_CODE_FIELD, ""), sender)
    except TooManyWrong:
        return _too_many_wrong(sender)
    if offer is None:
        LOGGER.warning("wrong screen code client=%s", one_line(sender))
        await asyncio.sleep(_SECONDS_FOR_EACH_WRONG_ONE * codes.wrong_ones(sender))
        return _wrong_code()
    # Whoever asked for the code may have left, or lost the right, in the meantime.
    user = await run_in_threadpool(users.find, workspace.current().database, offer.user_id)
    try:
        return _wrong_code() if user is None else await _start(request, user, offer.assessment_id)
    except (NotFound, NotAllowed):
        return _wrong_code()


def _wrong_code() -> Response:
    return message_page(
        403,
        "Mã không đúng hoặc đã hết hạn",
        f"Mã dùng được một lần, trong {LIVES_SECONDS // 60} phút. Hãy xem lại mã, hoặc lấy mã mới ở trang «Màn hình "
        "lớn» trên máy đã đăng nhập.",
        link=_TO_ENTRY,
    )


def _too_many_wrong(sender: str) -> Response:
    LOGGER.warning("screen codes refused: too many wrong ones client=%s", one_line(sender))
    response = message_page(
        429,
        "Gõ sai mã quá nhiều lần",
        f"Vì an toàn, máy này phải chờ {LIVES_SECONDS // 60} phút rồi mới gõ mã được tiếp.",
        link=_TO_ENTRY,
    )
    response.headers["retry-after"] = str(LIVES_SECONDS)
    return response


async def _fields(request: Request) -> dict[str, str] | None:
    try:
        return await read_form(request)
    except (BodyTooLarge, ValueError):
        return None


def _to_sign_in(assessment_id: str) -> Response:
    to = sign_in_address(_address(OPEN_SCREEN_PATH, assessment_id))
    return RedirectResponse(to, status_code=303, headers={"cache-control": "no-store"})


def _refusal(why: Refused) -> Response:
    if isinstance(why, NotFound):
        return message_page(404, "Không tìm thấy bảng chấm", str(why), link=_TO_BOARD)
    return message_page(403, "Không có quyền mở màn hình lớn", str(why), link=_TO_BOARD)


def _stale_form(link: tuple[str, str]) -> Response:
    return message_page(
        403,
        "Biểu mẫu đã cũ hoặc không phải của hệ thống này",
        "Vì an toàn, hệ thống chưa thực hiện. Hãy mở lại trang rồi bấm lần nữa; trình duyệt phải cho phép cookie.",
        link=link,
    )
