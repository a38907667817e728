"""The application as one thing: pages, routes, middleware, start and stop."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypedDict

from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit.starlette import App

from server.assets import ICON, STYLE, asset_routes
from server.control_route import control_routes
from server.document_routes import document_routes
from server.errors import ErrorPages, report_script_error
from server.export_route import export_routes
from server.figure_routes import figure_routes
from server.headers import SecurityHeaders, content_policy, security_headers
from server.index_page import IndexRewrite, read_index_page
from server.lifecycle import Lifespan, Settings, default_settings, lifespan
from server.rubric_routes import rubric_routes
from server.screen_routes import screen_routes
from server.sign_in import sign_in_routes
from server.slip_routes import slip_routes
from server.table_route import table_routes
from server.task_routes import task_routes
from server.todo_routes import todo_routes
from server.version import ROOT

FRAME: Final = ROOT / "ui" / "frame.py"
"""The script that Streamlit runs for every page."""


class AppParts(TypedDict):
    """What `streamlit.starlette.App` takes beside the script."""

    routes: Sequence[BaseRoute]
    middleware: Sequence[Middleware]
    lifespan: Lifespan
    on_script_error: Callable[[Exception], bool]


def app_parts(settings: Settings | None = None) -> AppParts:
    """Return everything that stands around the pages."""
    settings = settings or default_settings()
    return AppParts(
        routes=_routes(settings),
        middleware=_middleware(),
        lifespan=lifespan(settings),
        on_script_error=report_script_error,
    )


def build_app(script: Path = FRAME, settings: Settings | None = None, extra: Sequence[BaseRoute] = ()) -> App:
    """Return the application around a script; `extra` routes serve the tests."""
    parts = app_parts(settings)
    parts["routes"] = [*parts["routes"], *extra]
    return App(script, **parts)


def _routes(settings: Settings) -> list[BaseRoute]:
    return [
        *sign_in_routes(),
        *screen_routes(),
        *export_routes(),
        *table_routes(),
        *slip_routes(),
        *task_routes(),
        *todo_routes(),
        *document_routes(),
        *figure_routes(),
        *rubric_routes(),
        *control_routes(settings.token),
        *asset_routes(),
    ]


def _middleware() -> list[Middleware]:
    page = read_index_page(STYLE.address, ICON.address)
    headers = security_headers(content_policy(page.script_hashes))
    # Outermost first: an error page carries the headers too.
    return [
        Middleware(SecurityHeaders, headers=headers),
        Middleware(ErrorPages),
        Middleware(IndexRewrite, page=page),
    ]
