"""Serves one page as the product serves its own: `python -m benchmarks.serve PAGE DATA PORT`.

One extra route collects garbage and tells the memory of the process, another gives the zip of an assessment's documents
as it would be given by who puts it together in memory.
"""

import gc
import sys
from pathlib import Path

import psutil
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.control import new_token
from cchc_core.evidence.bundle import stream_bundle
from cchc_core.permissions import Role
from cchc_core.store import users
from server.application import build_app
from server.lifecycle import Settings
from server.version import ROOT

MEMORY_PATH = "/do/bo-nho"
ZIP_IN_MEMORY_PATH = "/do/goi-trong-bo-nho"


def tell_memory(request: Request) -> Response:
    """Collect garbage, then answer with the resident bytes of this process."""
    gc.collect()
    return JSONResponse({"resident": psutil.Process().memory_info().rss})


def zip_in_memory(request: Request) -> Response:
    """Give the zip that the product streams, whole in memory before its first byte is sent."""
    database = workspace.current().database
    officer = next(user for user in users.trial_users(database) if user.role is Role.OFFICER)
    whole = b"".join(stream_bundle(database, officer, request.path_params["assessment_id"]))
    return Response(whole, media_type="application/zip")


_ROUTES = [
    Route(MEMORY_PATH, tell_memory),
    Route(f"{ZIP_IN_MEMORY_PATH}/{{assessment_id}}", zip_in_memory),
]


def main() -> None:
    page, data_dir, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    settings = Settings(data_dir, with_sample=True, token=new_token())
    app = build_app(page, settings, _ROUTES)
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
