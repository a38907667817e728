"""Cookies as this product sets them: no script reads them, and over https they never travel in the clear."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response


def put_cookie(
    request: Request, response: Response, name: str, value: str, same_site: Literal["lax", "strict"]
) -> None:
    """Give the browser a cookie that lasts until it is closed."""
    is_https = request.url.scheme == "https"
    response.set_cookie(name, value, httponly=True, samesite=same_site, secure=is_https, path="/")
