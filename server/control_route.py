"""The control route: the command line's way into the process that holds the database.

Only this machine, only with the token of `control.json`. Answers are JSON or the bytes of a file, never a page.
"""

import json
from hmac import compare_digest

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_core import commands, workspace
from cchc_core.control import ALIVE_PATH, APP_NAME, CONTROL_PATH, CommandResult
from cchc_core.errors import CchcError
from server.bodies import BodyTooLarge, read_body
from server.errors import new_reference
from server.local_only import is_local
from server.logs import LOGGER, one_line
from server.version import product_version

_LIMIT = 1024 * 1024
_NEVER_KEPT = {"cache-control": "no-store"}


def control_routes(token: str) -> list[Route]:
    """Return the control route, which takes this token, and the route that says the server is there."""

    async def control(request: Request) -> Response:
        if not is_local(request):
            return _refuse(403, "Lệnh điều khiển chỉ nhận từ chính máy đang chạy chương trình.")
        if not _has_token(request, token):
            return _refuse(401, "Mã điều khiển không đúng: máy chủ này không phục vụ thư mục dữ liệu của bạn.")
        return await _answer(request)

    return [Route(CONTROL_PATH, control, methods=["POST"]), Route(ALIVE_PATH, _alive)]


def _alive(request: Request) -> Response:
    return JSONResponse({"app": APP_NAME, "version": product_version()}, headers=_NEVER_KEPT)


def _has_token(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.casefold() == "bearer" and compare_digest(given.strip().encode(), token.encode())


async def _answer(request: Request) -> Response:
    try:
        name, arguments = _parse(await read_body(request, _LIMIT))
    except BodyTooLarge:
        return _refuse(413, "Lệnh gửi đến máy chủ quá dài.")
    except ValueError:
        return _refuse(400, "Lệnh gửi đến máy chủ không đúng dạng.")
    if name not in commands.NAMES:
        return _refuse(400, f"Máy chủ không có lệnh “{name}”.")
    try:
        return _respond(await run_in_threadpool(commands.run_command, workspace.current(), name, arguments))
    except CchcError as error:
        return _refuse(422, str(error))
    except Exception:
        reference = new_reference()
        LOGGER.exception("command failed reference=%s command=%s", reference, one_line(name))
        return _refuse(500, f"Máy chủ gặp lỗi khi chạy lệnh. Chi tiết trong nhật ký, mã lỗi {reference}.")


def _parse(body: bytes) -> tuple[str, dict[str, str]]:
    message = json.loads(body)
    if not isinstance(message, dict):
        raise ValueError("not an object")
    name, arguments = message.get("command"), message.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        raise ValueError("no command")
    if not all(isinstance(value, str) for value in arguments.values()):
        raise ValueError("arguments are texts")
    return name, arguments


def _respond(result: CommandResult) -> Response:
    if result.content is not None:
        return Response(result.content, media_type="application/octet-stream", headers=_NEVER_KEPT)
    return JSONResponse(result.data, headers=_NEVER_KEPT)


def _refuse(status: int, message: str) -> Response:
    return JSONResponse({"error": message}, status_code=status, headers=_NEVER_KEPT)
