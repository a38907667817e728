"""Only a form of ours may sign in or out: a random cookie that the form repeats, and the browser's own word.

Another site can make a browser send a form here but can neither read the cookie nor the page with the field. A site on
another port of this machine shares our cookies, yet its forms name their origin, which is checked as well.
"""

import secrets
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import Response

from server.cookies import put_cookie

_COOKIE = "cchc_form"
FIELD = "ma"


def form_token(request: Request) -> str:
    """Return the token of this browser, a new one when it has none."""
    token = request.cookies.get(_COOKIE, "")
    return token if len(token) == 43 else secrets.token_urlsafe(32)


def remember_token(request: Request, response: Response, token: str) -> None:
    """Let the browser bring the token along with the form."""
    put_cookie(request, response, _COOKIE, token, "strict")


def is_our_form(request: Request, fields: dict[str, str]) -> bool:
    """Tell whether a posted form was a page of this product: same origin, and field and cookie agree."""
    cookie, field = request.cookies.get(_COOKIE, ""), fields.get(FIELD, "")
    agrees = bool(cookie) and compare_digest(cookie.encode(), field.encode())
    return agrees and comes_from_here(request)


def is_sent_by_our_page(request: Request) -> bool:
    """Tell whether the browser vouches that a page of this origin sent the form; enough for signing out."""
    return "origin" in request.headers and comes_from_here(request)


def comes_from_here(request: Request) -> bool:
    """Tell whether nothing that the browser says about the sending page contradicts that it is ours."""
    origin = request.headers.get("origin")
    ours = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if origin is not None and origin.casefold() != ours.casefold():
        return False
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
