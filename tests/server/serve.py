"""Serves the application as the product does, with routes that fail on purpose: `serve.py DATA PORT`."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from cchc_core import scoring, workspace
from cchc_core.commands import OWNER
from cchc_core.control import new_token
from cchc_core.evidence.attaching import attach
from cchc_core.evidence.keeping import DocumentDraft, DocumentKind, add_document
from cchc_core.offices import offices_for
from cchc_core.permissions import OfficeAction, Role
from cchc_core.store import users
from server.application import build_app
from server.lifecycle import Settings

HERE = Path(__file__).parent
TWINS = tuple(b"%PDF-1.4\n" + bytes(700_000) + mark + bytes(700_000) + b"\n%%EOF\n" for mark in (b"A", b"B"))


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


def department_id(request: Request) -> Response:
    return JSONResponse(offices_for(workspace.current().database, OWNER, OfficeAction.VIEW_TASKS)[0].id)


def add_documents(request: Request) -> Response:
    """Keep two documents of the sample whose files are alike but for their bytes: over 1 MiB, one length, one name."""
    database = workspace.current().database
    people = {user.role: user for user in users.trial_users(database)}
    assessment = next(
        a for a in reversed(scoring.list_assessments(database, OWNER)) if a.rubric_id.startswith("soctrang")
    )
    officer, department = (
        people[Role.OFFICER],
        offices_for(database, people[Role.ADMIN], OfficeAction.VIEW_DOCUMENTS)[0],
    )
    draft = DocumentDraft(DocumentKind.REPORT, "5/BC", abstract="Hai tệp giống nhau bên ngoài")
    added = [
        add_document(database, officer, department.id, 2022, department.id, draft, BytesIO(content), "báo cáo.pdf")
        for content in TWINS
    ]
    attach(database, officer, assessment.id, "I.1.6", added[0].id)
    return JSONResponse({"documents": [document.id for document in added], "assessment": assessment.id})


def main() -> None:
    data_dir, port = Path(sys.argv[1]), int(sys.argv[2])
    settings = Settings(data_dir, with_sample=True, token=new_token())
    routes = [
        Route("/thu/hong", fail),
        Route("/thu/nua-chung", fail_midway),
        Route("/thu/bang", list_assessments),
        Route("/thu/so", department_id),
        Route("/thu/tai-lieu", add_documents),
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
