"""Serves the application as the product does, with routes that fail on purpose: `serve.py DATA PORT`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

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


def main() -> None:
    data_dir, port = Path(sys.argv[1]), int(sys.argv[2])
    settings = Settings(data_dir, with_sample=True, token=new_token())
    app = build_app(HERE / "page.py", settings, [Route("/thu/hong", fail), Route("/thu/nua-chung", fail_midway)])
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
