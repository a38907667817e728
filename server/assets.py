"""The stylesheets, the icon and plotly's script, each served at an address that changes with its content."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
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
    release: str | None = None

    @property
    def version(self) -> str:
        """What its maker calls this version; without a name the first characters of the content's hash."""
        return self.release or hashlib.sha256(self.content).hexdigest()[:12]

    @property
    def address(self) -> str:
        """Address that may be cached for good."""
        return f"{self.path}?v={self.version}"


STYLE: Final = Asset("/cchc/style.css", (_FOLDER / "style.css").read_bytes())
ICON: Final = Asset("/cchc/icon.svg", (_FOLDER / "icon.svg").read_bytes(), "image/svg+xml")
SIGN_IN_STYLE: Final = Asset("/cchc/sign-in.css", (_FOLDER / "sign_in.css").read_bytes())
PLOTLY: Final = Asset(
    "/cchc/plotly.min.js",
    files("plotly").joinpath("package_data/plotly.min.js").read_bytes(),
    "text/javascript",
    version("plotly"),
)
"""Draws the charts of pages that follow other people's saves."""


def asset_routes() -> list[Route]:
    """Return a route for every asset."""
    return [Route(asset.path, _serve(asset)) for asset in (STYLE, SIGN_IN_STYLE, ICON, PLOTLY)]


def _serve(asset: Asset) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        is_current = request.query_params.get("v") == asset.version
        cache = f"public, max-age={_A_YEAR}, immutable" if is_current else "no-cache"
        return Response(asset.content, media_type=asset.media_type, headers={"cache-control": cache})

    return serve
