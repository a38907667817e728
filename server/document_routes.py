"""Files of documents for whoever is signed in and may see them: each request looks the document's row up anew."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from cchc_core import workspace
from cchc_core.addresses import BUNDLES_PATH, CATALOGUES_PATH, FILES_PATH, PREVIEWS_PATH
from cchc_core.errors import CchcError, NotAllowed, NotFound
from cchc_core.evidence.bundle import take_bundle
from cchc_core.evidence.catalogue import TITLE, taken_catalogue
from cchc_core.evidence.reading import CannotDraw, page_image
from cchc_core.evidence.taking import FileNotWhole, FilePurged, OpenFile, open_file
from cchc_core.evidence.vault import vault_of
from cchc_core.store.users import User
from cchc_core.table_files import to_xlsx
from cchc_core.workbook import table_file_name
from server import sessions
from server.export_route import XLSX, content_disposition
from server.html import message_page
from server.logs import LOGGER, one_line
from server.sign_in import sign_in_address

SAVE: Final = "tai"
WIDTH: Final = "rong"
FILE_POLICY: Final = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""Policy of a file that a stranger made: nothing in it runs, nothing in it leads anywhere."""
_ALONE: Final[Mapping[str, str]] = {
    "cache-control": "no-store",
    "content-security-policy": FILE_POLICY,
    "x-content-type-options": "nosniff",
}
_PICTURES: Final[Mapping[str, str]] = {"png": "image/png", "jpg": "image/jpeg"}
_TYPES: Final[Mapping[str, str]] = {
    **_PICTURES,
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
_NARROWEST, _USUAL, _WIDEST = 100, 900, 2_000
_CHUNK: Final = 256 * 1024
_Answer = Callable[[Request, User], Response]


def document_routes() -> list[Route]:
    """Return the routes of documents: files, pages as pictures, the bundle and the list of an assessment."""
    return [
        Route(f"{FILES_PATH}/{{document_id}}/{{file_version}}", _guarded(_file), methods=["GET"]),
        Route(f"{PREVIEWS_PATH}/{{document_id}}/{{file_version}}/{{page}}.png", _guarded(_preview), methods=["GET"]),
        Route(f"{BUNDLES_PATH}/{{assessment_id}}.zip", _guarded(_bundle), methods=["GET"]),
        Route(f"{CATALOGUES_PATH}/{{assessment_id}}.xlsx", _guarded(_catalogue), methods=["GET"]),
    ]


def _guarded(answer: _Answer) -> Callable[[Request], Response]:
    # Not async on purpose: Starlette runs it in a thread, and the event loop goes on serving.
    def guarded(request: Request) -> Response:
        user = sessions.user_of(request)
        if user is None:
            wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
            headers = {"cache-control": "no-store"}
            return RedirectResponse(sign_in_address(wanted), status_code=303, headers=headers)
        try:
            return answer(request, user)
        except (NotFound, NotAllowed, FilePurged, FileNotWhole, CannotDraw) as error:
            LOGGER.warning(
                "refused path=%s user=%s why=%s", one_line(request.url.path), one_line(user.id), type(error).__name__
            )
            return _refusal(error)

    return guarded


def _refusal(error: CchcError) -> Response:
    match error:
        case NotAllowed():
            return message_page(403, "Không có quyền xem tài liệu", str(error))
        case NotFound():
            return message_page(404, "Không có tài liệu này", str(error))
        case FilePurged():
            return message_page(410, "Nội dung tệp đã bị huỷ", str(error))
        case CannotDraw():
            return message_page(422, "Không vẽ được trang này", str(error))
        case _:
            return message_page(500, "Tệp không còn nguyên vẹn", str(error))


def _file(request: Request, user: User) -> Response:
    taken = _opened(request, user)
    version = taken.version
    LOGGER.info(
        "file document=%s version=%s user=%s bytes=%s",
        one_line(taken.document.id),
        version.file_version,
        one_line(user.id),
        version.size_bytes,
    )
    disposition = content_disposition(version.file_name)
    # Only pictures are shown: anything else could hold more than what one sees.
    if version.extension in _PICTURES and request.query_params.get(SAVE) != "1":
        disposition = disposition.replace("attachment", "inline", 1)
    headers = {**_ALONE, "content-disposition": disposition, "content-length": str(version.size_bytes)}
    media_type = _TYPES.get(version.extension, "application/octet-stream")
    return StreamingResponse(_chunks(taken.stream), media_type=media_type, headers=headers)


def _preview(request: Request, user: User) -> Response:
    taken = _opened(request, user)
    taken.stream.close()
    path = vault_of(workspace.current().database).path_of(taken.version.sha256)
    page, width = _number(request.path_params["page"]), _number(request.query_params.get(WIDTH, str(_USUAL)))
    picture = page_image(path, taken.version.extension, page, min(_WIDEST, max(_NARROWEST, width)))
    return Response(picture, media_type="image/png", headers=dict(_ALONE))


def _bundle(request: Request, user: User) -> Response:
    bundle = take_bundle(workspace.current().database, user, request.path_params["assessment_id"])
    LOGGER.info("bundle assessment=%s user=%s", one_line(bundle.assessment.id), one_line(user.id))
    name = table_file_name("Tài liệu kiểm chứng", bundle.assessment, "zip")
    headers = {**_ALONE, "content-disposition": content_disposition(name)}
    return StreamingResponse(bundle.chunks, media_type="application/zip", headers=headers)


def _catalogue(request: Request, user: User) -> Response:
    assessment, table = taken_catalogue(workspace.current().database, user, request.path_params["assessment_id"])
    LOGGER.info("catalogue assessment=%s user=%s", one_line(assessment.id), one_line(user.id))
    headers = {**_ALONE, "content-disposition": content_disposition(table_file_name(TITLE, assessment, "xlsx"))}
    return Response(to_xlsx(table), media_type=XLSX, headers=headers)


def _opened(request: Request, user: User) -> OpenFile:
    document_id, version = (str(request.path_params[name]) for name in ("document_id", "file_version"))
    return open_file(workspace.current().database, user, document_id, _number(version))


def _number(text: str) -> int:
    # What is no number of a version or page is one that nothing has.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
