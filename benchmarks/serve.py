"""Serves one page as the product serves its own: `python -m benchmarks.serve PAGE DATA PORT`.

An extra route collects garbage and tells the memory of the process.
"""

import gc
import sys
from pathlib import Path

import psutil
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_core.control import new_token
from server.application import build_app
from server.lifecycle import Settings
from server.version import ROOT

MEMORY_PATH = "/do/bo-nho"


def tell_memory(request: Request) -> Response:
    """Collect garbage, then answer with the resident bytes of this process."""
    gc.collect()
    return JSONResponse({"resident": psutil.Process().memory_info().rss})


def main() -> None:
    page, data_dir, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    settings = Settings(data_dir, with_sample=True, token=new_token())
    app = build_app(page, settings, [Route(MEMORY_PATH, tell_memory)])
    # Streamlit looks for its settings beside the started script.
    sys.argv = [str(ROOT / "app.py")]
    app.run(
        config={
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.headless": True,
            "logger.hideWelcomeMessage": True,
        }
    )


if __name__ == "__main__":
    main()
