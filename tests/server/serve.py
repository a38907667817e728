"""Serves the application as the product does, with routes that fail on purpose: `serve.py DATA PORT`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from cchc_core import scoring, workspace
from cchc_core.commands import OWNER
from cchc_core.control import new_token
from server.application import build_app
from server.lifecycle import Settings

HERE = Path(__file__).parent


def fail(request: Request) -> Response:
    raise RuntimeError("nội bộ: mật-khẩu-thử")


def fail_midway(request: Request) -> Response:
    def parts() -> Iterator[bytes]:
        yield b"first half"
        raise RuntimeError("nội bộ: mật-khẩu-thử")

    return StreamingResponse(parts(), headers={"content-length": "1000"})


def list_assessments(request: Request) -> Response:
    known = scoring.list_assessments(workspace.current().database, OWNER)
    # Backwards: the department is listed before the units below it, and is the one that is meant.
    return JSONResponse({f"{a.rubric_id} {a.period_code}": a.id for a in reversed(known)})


def main() -> None:
    data_dir, port = Path(sys.argv[1]), int(sys.argv[2])
    settings = Settings(data_dir, with_sample=True, token=new_token())
    routes = [
        Route("/thu/hong", fail),
        Route("/thu/nua-chung", fail_midway),
        Route("/thu/bang", list_assessments),
    ]
    app = build_app(HERE / "page.py", settings, routes)
    app.run(
        config={
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.headless": True,
            "logger.hideWelcomeMessage": True,
            "browser.gatherUsageStats": False,
        }
    )


if __name__ == "__main__":
    main()
