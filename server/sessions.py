"""The session cookie of a request and the user it stands for, looked up in the database each time."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cchc_core import workspace
from cchc_core.session_cookie import COOKIE
from cchc_core.store import users
from cchc_core.store.users import User
from server.cookies import put_cookie


def user_of(request: Request) -> User | None:
    """Return the signed-in user, None without a valid session; blocks, so not for the event loop."""
    token = request.cookies.get(COOKIE)
    return users.user_of(workspace.current().database, token) if token else None


async def start(request: Request, response: Response, user: User) -> None:
    """Sign a user in; a session that the browser still had ends."""
    await end(request, response)
    token = await run_in_threadpool(users.start_session, workspace.current().database, user.id)
    put_cookie(request, response, COOKIE, token, "lax")


async def end(request: Request, response: Response) -> None:
    """Sign out: the session ends in the database, then the browser forgets its cookie."""
    token = request.cookies.get(COOKIE)
    if token:
        await run_in_threadpool(users.end_session, workspace.current().database, token)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", path="/")
