"""The stylesheets and the icon that the product serves itself, each at an address that changes with its content."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOLDER = Path(__file__).parent
_A_YEAR = 31_536_000


@dataclass(frozen=True)
class Asset:
    """A small file in memory."""

    path: str
    content: bytes
    media_type: str = "text/css"

    @property
    def version(self) -> str:
        """First characters of the content's hash."""
        return hashlib.sha256(self.content).hexdigest()[:12]

    @property
    def address(self) -> str:
        """Address that may be cached for good."""
        return f"{self.path}?v={self.version}"


STYLE: Final = Asset("/cchc/style.css", (_FOLDER / "style.css").read_bytes())
ICON: Final = Asset("/cchc/icon.svg", (_FOLDER / "icon.svg").read_bytes(), "image/svg+xml")
SIGN_IN_STYLE: Final = Asset("/cchc/sign-in.css", (_FOLDER / "sign_in.css").read_bytes())


def asset_routes() -> list[Route]:
    """Return a route for every asset."""
    return [Route(asset.path, _serve(asset)) for asset in (STYLE, SIGN_IN_STYLE, ICON)]


def _serve(asset: Asset) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        is_current = request.query_params.get("v") == asset.version
        cache = f"public, max-age={_A_YEAR}, immutable" if is_current else "no-cache"
        return Response(asset.content, media_type=asset.media_type, headers={"cache-control": cache})

    return serve
