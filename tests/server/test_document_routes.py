"""The files of documents over HTTP: the right bytes, to the right people, and nothing in them that runs."""

import json
import logging
import re
import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from cchc_core import workspace
from cchc_core.evidence import attaching, keeping
from cchc_core.evidence.bundle import CATALOGUE
from cchc_core.evidence.purging import purge_file
from cchc_core.evidence.vault import vault_of
from cchc_core.permissions import State
from cchc_core.session_cookie import COOKIE, SCREEN_COOKIE
from cchc_core.store import users
from server.document_routes import document_routes
from server.logs import LOGGER
from tests.evidence.files import GOOD, PDF, jpg, pdf, png
from tests.evidence.office import CODE, PEOPLE, Office, open_office, reopen
from tests.server.client import Browser
from tests.server.conftest import Served
from tests.server.serve import TWINS


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Office]:
    folder = tmp_path_factory.mktemp("filled")
    with open_office(folder) as opened:
        return folder, opened


@pytest.fixture
def office(tmp_path: Path, filled: tuple[Path, Office]) -> Iterator[Office]:
    """The two departments in the workspace that the routes serve."""
    shutil.copytree(filled[0], tmp_path / "data")
    shared = reopen(filled[1], tmp_path / "data")
    shared.database.close()
    opened = workspace.open_workspace(tmp_path / "data", with_sample=False)
    yield Office(
        **{**{name: getattr(shared, name) for name in Office.__dataclass_fields__}, "database": opened.database}
    )
    workspace.close_workspace()


class Got:
    """An answer with its body read."""

    def __init__(self, answer: Response) -> None:
        self.status, self.headers = answer.status_code, answer.headers
        self.content = _body(answer)


def _body(answer: Response) -> bytes:
    if not isinstance(answer, StreamingResponse):
        return bytes(answer.body)
    import asyncio

    async def read() -> bytes:
        return b"".join([bytes(part) async for part in answer.body_iterator])  # type: ignore[arg-type]

    return asyncio.run(read())


def _get(office: Office, who: str | None, path: str, cookie: str = COOKIE, token: str = "") -> Got:
    if who is not None:
        token = users.start_session(office.database, office.people[who].id)
    bare, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": bare,
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), (b"cookie", f"{cookie}={token}".encode())],
    }
    for route in document_routes():
        match = route.path_regex.match(bare)
        if match:
            scope["path_params"] = match.groupdict()
            return Got(route.endpoint(Request(scope)))
    pytest.fail(f"no route for {path}")


def _name(got: Got) -> str:
    found = re.search(r"filename\*=UTF-8''(.*)$", got.headers["content-disposition"])
    assert found is not None
    return unquote(found[1])


def test_files_of_one_length_one_kind_and_one_name_come_each_byte_for_byte(browser: Browser, served: Served) -> None:
    told = json.loads(browser.get("/thu/tai-lieu").content)
    browser.sign_in("Lãnh đạo")
    for document, content in zip(told["documents"], TWINS, strict=True):
        for query in ("", "?tai=1"):
            answer = browser.get(f"/tai-lieu-tep/{document}/1{query}")
            assert (answer.status, answer.content == content) == (200, True)
            assert answer.headers["content-length"] == str(len(content))
            assert answer.headers["content-type"] == "application/pdf"
            assert answer.headers["content-disposition"].startswith('attachment; filename="bao cao.pdf"')
            _nothing_runs(answer.headers["content-security-policy"])
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-frame-options"] == "DENY"
    answer = browser.get(f"/tai-lieu-tron-bo/{told['assessment']}.zip")
    archive = zipfile.ZipFile(BytesIO(answer.content))
    assert [archive.read(name) == TWINS[0] for name in archive.namelist()] == [True, False]
    assert browser.get(f"/tai-lieu-danh-muc/{told['assessment']}.xlsx").status == 200
    log = served.log()
    assert f"file document={told['documents'][0]} version=1 user=" in log
    assert f"bundle assessment={told['assessment']} user=" in log


def test_a_stranger_with_a_guessed_address_is_sent_to_sign_in_and_an_appraiser_is_refused_and_logged(
    browser: Browser, served: Served
) -> None:
    told = json.loads(browser.get("/thu/tai-lieu").content)
    path = f"/tai-lieu-tep/{told['documents'][0]}/1"
    answer = browser.get(path)
    assert (answer.status, answer.headers["location"]) == (303, f"/dang-nhap?tiep={path}")
    browser.sign_in("Thẩm định")
    answer = browser.get(path)
    assert answer.status == 403
    assert b"%PDF" not in answer.content
    assert re.search(rf"WARNING.* refused path={path} user=\w+ why=NotAllowedInOffice", served.log())


def _nothing_runs(policy: str) -> None:
    directives = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert directives["default-src"] == ["'none'"]
    assert directives["sandbox"] == []
    assert "script-src" not in directives
    assert directives["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_comes_as_it_was_given_with_a_type_and_a_policy_of_its_own(office: Office, name: str) -> None:
    document = office.document(data=GOOD[name], name=name)
    for query, is_saved in (("", False), ("?tai=1", True), ("?tai=0", False)):
        got = _get(office, "officer", f"/tai-lieu-tep/{document.id}/1{query}")
        assert (got.status, got.content) == (200, GOOD[name])
        assert _name(got) == name
        _nothing_runs(got.headers["content-security-policy"])
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "html" not in got.headers["content-type"]
        shown = not is_saved and name.lower().endswith((".png", ".jpeg"))
        assert got.headers["content-disposition"].startswith("inline" if shown else "attachment")


EVERY_FILE = ("/tai-lieu-tep/{id}/1", "/tai-lieu-tep/{id}/1?tai=1", "/tai-lieu-trang/{id}/1/1.png")


def test_by_every_route_a_document_comes_to_who_may_see_it_and_to_nobody_else(office: Office) -> None:
    document = office.document("room", office.room, data=png(40, 40), name="ảnh.png")
    for who in PEOPLE:
        expected = 200 if who in ("officer", "room", "leader", "admin") else 403
        if who == "screen":
            expected = 303
        for path in EVERY_FILE:
            got = _get(office, who, path.format(id=document.id))
            assert got.status == expected, (who, path)
            assert (b"PNG" in got.content) == (expected == 200)


class _Lines(logging.Handler):
    """Gathers what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def test_another_departments_document_by_its_address_is_refused_and_logged(office: Office) -> None:
    document, handler = office.document("stranger", department=office.elsewhere), _Lines()
    LOGGER.addHandler(handler)
    try:
        for path in EVERY_FILE:
            got = _get(office, "officer", path.format(id=document.id))
            assert got.status == 403
            assert "văn bản" not in got.content.decode()
            assert "content-disposition" not in got.headers
    finally:
        LOGGER.removeHandler(handler)
    assert len(handler.lines) == 3
    for line in handler.lines:
        assert document.id in line
        assert f"user={office.people['officer'].id}" in line


@pytest.mark.parametrize(
    "path",
    [
        "/tai-lieu-tep/khong-co/1",
        "/tai-lieu-tep/{id}/0",
        "/tai-lieu-tep/{id}/2",
        "/tai-lieu-tep/{id}/-1",
        "/tai-lieu-tep/{id}/1e3",
        "/tai-lieu-tep/{id}/99999999999999999999",
        "/tai-lieu-tep/{id}/١",
        "/tai-lieu-tep/{sha}/1",
        "/tai-lieu-tep/..%2f..%2fetc%2fpasswd/1",
        "/tai-lieu-trang/{id}/2/1.png",
        "/tai-lieu-tron-bo/khong-co.zip",
        "/tai-lieu-danh-muc/khong-co.xlsx",
    ],
)
def test_a_guessed_address_finds_nothing(office: Office, path: str) -> None:
    document = office.document()
    assert document.file is not None
    got = _get(office, "officer", path.format(id=document.id, sha=document.file.sha256))
    assert got.status == 404
    assert PDF[:8] not in got.content


def test_without_a_session_every_address_leads_over_signing_in_and_back(office: Office) -> None:
    document = office.document()
    session = users.start_session(office.database, office.people["officer"].id)
    users.end_session(office.database, session)
    for path in (
        f"/tai-lieu-tep/{document.id}/1?tai=1",
        f"/tai-lieu-trang/{document.id}/1/1.png",
        f"/tai-lieu-tron-bo/{office.opened['q1'].id}.zip",
        f"/tai-lieu-danh-muc/{office.opened['q1'].id}.xlsx",
    ):
        for cookie, token in ((COOKIE, ""), (COOKIE, "x" * 43), (COOKIE, session), (SCREEN_COOKIE, session)):
            got = _get(office, None, path, cookie, token)
            assert got.status == 303
            assert got.headers["cache-control"] == "no-store"
            assert got.headers["location"].startswith("/dang-nhap?tiep=/tai-lieu-")


def test_a_right_that_is_taken_away_counts_at_the_next_request(office: Office) -> None:
    document = office.document("room", office.room)
    path = f"/tai-lieu-tep/{document.id}/1"
    assert _get(office, "room", path).status == 200
    office.move("room", office.elsewhere)
    assert _get(office, "room", path).status == 403


def test_an_appraiser_gets_the_newest_file_of_what_was_handed_in_and_no_other(office: Office) -> None:
    document = office.document(data=pdf("nhầm"))
    officer = office.people["officer"]
    keeping.add_file(office.database, officer, document.id, BytesIO(pdf("đúng")), "đúng.pdf")
    attaching.attach(office.database, officer, office.opened["year"].id, CODE, document.id)
    assert _get(office, "appraiser", f"/tai-lieu-tep/{document.id}/2").status == 403
    office.put_in("year", State.SUBMITTED)
    assert _get(office, "appraiser", f"/tai-lieu-tep/{document.id}/2").content == pdf("đúng")
    assert _get(office, "appraiser", f"/tai-lieu-tep/{document.id}/1").status == 404
    assert _get(office, "officer", f"/tai-lieu-tep/{document.id}/1").content == pdf("nhầm")


def test_bundle_and_list_come_to_who_may_take_files_away(office: Office) -> None:
    document = office.document(name="kế hoạch.pdf")
    assessment = office.opened["year"]
    attaching.attach(office.database, office.people["officer"], assessment.id, CODE, document.id)
    for who in PEOPLE:
        expected = 200 if who in ("officer", "room", "other_room", "leader", "admin") else 403
        if who == "screen":
            expected = 303
        for path in (f"/tai-lieu-tron-bo/{assessment.id}.zip", f"/tai-lieu-danh-muc/{assessment.id}.xlsx"):
            assert _get(office, who, path).status == expected, (who, path)
    got = _get(office, "room", f"/tai-lieu-tron-bo/{assessment.id}.zip")
    assert _name(got) == "Tài liệu kiểm chứng - Sở Thử nghiệm - Năm 2022.zip"
    archive = zipfile.ZipFile(BytesIO(got.content))
    assert [name.rpartition("/")[2] for name in archive.namelist()] == ["01 kế hoạch.pdf", CATALOGUE]
    got = _get(office, "room", f"/tai-lieu-danh-muc/{assessment.id}.xlsx")
    assert _name(got) == "Danh mục tài liệu kiểm chứng - Sở Thử nghiệm - Năm 2022.xlsx"
    (sheet,) = load_workbook(BytesIO(got.content)).worksheets
    assert CODE in {cell for row in sheet.iter_rows(values_only=True) for cell in row}


def test_a_changed_or_missing_file_is_never_given_out(office: Office) -> None:
    document = office.document()
    assert document.file is not None
    place = vault_of(office.database).path_of(document.file.sha256)
    place.write_bytes(b"x" * document.file.size_bytes)
    for _ in range(2):
        for path in EVERY_FILE:
            got = _get(office, "officer", path.format(id=document.id))
            assert got.status == 500
            assert "TL-12" in got.content.decode()
        place.unlink(missing_ok=True)


def test_a_destroyed_content_is_gone_and_the_page_says_why(office: Office) -> None:
    document = office.document()
    assert document.file is not None
    purge_file(office.database, office.people["admin"], document.file.id, "Có số căn cước")
    got = _get(office, "officer", f"/tai-lieu-tep/{document.id}/1")
    assert got.status == 410
    assert "Có số căn cước" in got.content.decode()
    assert _get(office, "stranger", f"/tai-lieu-tep/{document.id}/1").status == 403


def test_a_name_that_would_break_a_header_breaks_none(office: Office) -> None:
    document = office.document(name='a"; filename=b.html; x="“ngoặc”.pdf')
    got = _get(office, "officer", f"/tai-lieu-tep/{document.id}/1")
    disposition = got.headers["content-disposition"]
    # Everything of the name stands between the only two quotes.
    assert disposition.count('"') == 2
    assert disposition.isascii()
    assert re.sub(r'".*"', "", disposition).startswith("attachment; filename=; filename*=UTF-8''")


def test_a_page_is_shown_as_a_picture_and_what_has_no_pages_says_so(office: Office) -> None:
    picture, broken, text = (
        office.document(data=data, name=name)
        for data, name in ((png(40, 40), "a.png"), (jpg(), "b.jpg"), (GOOD["cũ.doc"], "c.doc"))
    )
    got = _get(office, "officer", f"/tai-lieu-trang/{picture.id}/1/1.png?rong=200")
    assert (got.status, got.headers["content-type"]) == (200, "image/png")
    assert got.content.startswith(b"\x89PNG")
    _nothing_runs(got.headers["content-security-policy"])
    for document in (broken, text):
        assert _get(office, "officer", f"/tai-lieu-trang/{document.id}/1/1.png").status == 422
    for page in ("0", "9", "x", "99999999999"):
        assert _get(office, "officer", f"/tai-lieu-trang/{picture.id}/1/{page}.png?rong=x").status == 422
