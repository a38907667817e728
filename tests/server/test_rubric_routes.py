"""The files of criteria sets: each opens in its program, holds the set, and is handed to who is signed in alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pytest
import yaml
from openpyxl import load_workbook
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from cchc_core import workspace
from cchc_core.permissions import Role
from cchc_core.rubric_drafts import issuing, keeping
from cchc_core.rubric_shelf import list_versions, rubric_of
from cchc_core.session_cookie import COOKIE
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from server.rubric_routes import rubric_routes

SOC_TRANG = "soctrang-tttt-2022"
BASE = "/bo-tieu-chi-tep"


@dataclass
class Shelf:
    """A database with the sets of the product, a second version of one, a draft; and the routes."""

    database: Database
    first: str
    second: str
    draft_id: str

    def get(self, path: str, role: Role | None = Role.LEADER) -> Response:
        """Ask for a file as somebody with that role, or without a session."""
        headers = [(b"host", b"localhost")]
        if role is not None:
            token = users.start_session(self.database, _person(self.database, role).id)
            headers.append((b"cookie", f"{COOKIE}={token}".encode()))
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "server": ("localhost", 80),
            "path": f"{BASE}/{path}",
            "raw_path": f"{BASE}/{path}".encode(),
            "query_string": b"",
            "headers": headers,
        }
        found = ((route, *route.matches(scope)) for route in rubric_routes())
        route, _, more = next(each for each in found if each[1] is Match.FULL)
        answer = route.endpoint(Request({**scope, **more}))
        assert isinstance(answer, Response)
        return answer


def _person(database: Database, role: Role) -> User:
    return next(user for user in users.trial_users(database) if user.role is role)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder: Path = tmp_path_factory.mktemp("shelf")
    database = workspace.open_workspace(folder, with_sample=False).database
    admin = _person(database, Role.ADMIN)
    first = next(each.sha256 for each in list_versions(database) if each.rubric_id == SOC_TRANG)
    draft = keeping.start_copy(database, admin, first)
    node = next(node for node in draft.nodes if node.code == "I.1.2")
    keeping.change_node(database, admin, node.id, {"title": "Tên đã đổi"}, expected_version=node.version)
    draft = keeping.open_draft(database, admin, draft.id)
    second = issuing.issue(database, admin, draft.id, expected_version=draft.revision).sha256
    open_draft = keeping.start_copy(database, admin, second)
    yield Shelf(database, first, second, open_draft.id)
    workspace.close_workspace()


def _name(answer: Response) -> str:
    return unquote(answer.headers["content-disposition"].rpartition("''")[2])


def test_the_printed_form_is_handed_out_as_a_workbook(shelf: Shelf) -> None:
    answer = shelf.get(f"{shelf.second}.xlsx")
    assert answer.status_code == 200
    assert _name(answer).startswith("Bộ tiêu chí - ")
    sheet = load_workbook(BytesIO(bytes(answer.body))).worksheets[0]
    assert "Tên đã đổi" in " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_the_printed_form_is_handed_out_as_a_word_document(shelf: Shelf) -> None:
    answer = shelf.get(f"{shelf.second}.docx")
    assert _name(answer).endswith(".docx")
    read = docx.Document(BytesIO(bytes(answer.body)))
    words = " ".join(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    assert "Tên đã đổi" in words


def test_yaml_names_the_set_and_keeps_its_points(shelf: Shelf) -> None:
    answer = shelf.get(f"{shelf.first}.yaml")
    read = yaml.safe_load(bytes(answer.body).decode())
    assert _name(answer) == f"{SOC_TRANG}.yaml"
    assert (read["id"], len(read["sections"])) == (SOC_TRANG, 13)
    assert len(read["criteria"]) == len(rubric_of(shelf.database, shelf.first).criteria)


def test_the_template_is_a_workbook_with_its_instructions(shelf: Shelf) -> None:
    answer = shelf.get("mau.xlsx")
    assert _name(answer) == "Mẫu bộ tiêu chí.xlsx"
    assert load_workbook(BytesIO(bytes(answer.body))).sheetnames[:2] == ["Hướng dẫn", "Bộ tiêu chí"]


def test_a_comparison_is_a_workbook_that_names_what_changed(shelf: Shelf) -> None:
    answer = shelf.get(f"so-sanh/{shelf.first}/{shelf.second}.xlsx")
    book = load_workbook(BytesIO(bytes(answer.body)))
    words = " ".join(str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    assert "Tên đã đổi" in words


def test_the_workbook_for_official_points_is_the_administrators(shelf: Shelf) -> None:
    answer = shelf.get(f"diem/{shelf.draft_id}.xlsx", Role.ADMIN)
    sheet = load_workbook(BytesIO(bytes(answer.body))).worksheets[0]
    assert "I.1.2" in [row[0].value for row in sheet.iter_rows()]
    assert shelf.get(f"diem/{shelf.draft_id}.xlsx", Role.OFFICER).status_code == 403


@pytest.mark.parametrize(
    "path", ["mau.xlsx", "{first}.xlsx", "{first}.docx", "{first}.yaml", "so-sanh/{first}/{second}.xlsx"]
)
def test_who_is_not_signed_in_is_led_to_the_sign_in(shelf: Shelf, path: str) -> None:
    answer = shelf.get(path.format(first=shelf.first, second=shelf.second), None)
    assert answer.status_code == 303
    assert "/dang-nhap" in answer.headers["location"]


@pytest.mark.parametrize("path", ["khong-co.xlsx", "khong-co.yaml", "so-sanh/khong/co.xlsx"])
def test_a_set_that_is_not_there_is_said_so(shelf: Shelf, path: str) -> None:
    answer = shelf.get(path)
    assert answer.status_code == 404
    assert "Về trang Bộ tiêu chí" in bytes(answer.body).decode()


def test_a_draft_that_is_not_there_is_said_so(shelf: Shelf) -> None:
    assert shelf.get("diem/khong-co.xlsx", Role.ADMIN).status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ROOM, Role.APPRAISER, Role.ADMIN])
def test_every_role_takes_sets_away(shelf: Shelf, role: Role) -> None:
    assert shelf.get(f"{shelf.first}.yaml", role).status_code == 200
