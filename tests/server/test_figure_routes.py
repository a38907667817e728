import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.requests import Request
from starlette.responses import Response

from cchc_core import scoring, workspace
from cchc_core.indicators import keeping
from cchc_core.permissions import Role
from cchc_core.session_cookie import COOKIE
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.indicator_values import FigureLine
from cchc_core.store.users import User
from cchc_core.tasks.keeping import adopt_plan
from server.figure_routes import figure_routes

FILES = ("thong-ke.xlsx", "thong-ke.csv", "phan-dau.xlsx", "phan-dau.csv")


class Office:
    """A department with a figure and a plan in this process, and the routes as somebody signed in meets them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        department = scoring.create_department(database, self.user(Role.ADMIN), "Sở Thử nghiệm", ["Văn phòng"])
        self.department_id = department.id
        line = FigureLine(department.id, "sonla-2024", 2024, "I.1.1")
        keeping.save_figures(database, self.user(Role.OFFICER), line, ["43"], expected_version=0)
        adopt_plan(database, self.user(Role.OFFICER), department.id, "namdinh-sxd-2024")

    def user(self, role: Role) -> User:
        return next(user for user in users.trial_users(self.database) if user.role is role)

    def get(self, file: str, role: Role | None = Role.OFFICER, department: str = "", year: str = "2024") -> Response:
        token = "" if role is None else users.start_session(self.database, self.user(role).id)
        department = department or self.department_id
        scope = {
            "type": "http",
            "method": "GET",
            "path": f"/chi-tieu-tep/{department}/{year}/{file}",
            "query_string": b"",
            "headers": [(b"host", b"localhost"), (b"cookie", f"{COOKIE}={token}".encode())],
            "path_params": {"department_id": department, "year": year},
        }
        route = next(route for route in figure_routes() if route.path.endswith(file))
        answer = route.endpoint(Request(scope))
        assert isinstance(answer, Response)
        return answer


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield Office(workspace.open_workspace(tmp_path, with_sample=False).database)
    workspace.close_workspace()


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_files_hold_the_figures_and_targets_of_the_year(office: Office) -> None:
    form, figures, targets, listed = (office.get(file) for file in FILES)
    first = load_workbook(BytesIO(form.body)).worksheets[0]
    assert 43 in [cell.value for cell in first["E"]]
    assert _rows(bytes(figures.body))[1][0:2] == ["I.1.1", "Số nhiệm vụ đề ra trong kế hoạch"]
    assert len(_rows(bytes(listed.body))) == 1 + 19
    assert load_workbook(BytesIO(targets.body)).worksheets[0].max_row >= 19
    for answer in (form, figures, targets, listed):
        assert answer.headers["cache-control"] == "no-store"
        assert "2024" in answer.headers["content-disposition"]


@pytest.mark.parametrize("file", FILES)
def test_without_a_session_the_way_leads_over_signing_in(office: Office, file: str) -> None:
    answer = office.get(file, role=None)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap?tiep=/chi-tieu-tep/")


@pytest.mark.parametrize("file", FILES)
def test_an_appraiser_gets_no_figures(office: Office, file: str) -> None:
    assert office.get(file, Role.APPRAISER).status_code == 403


def test_another_department_gets_nothing(office: Office) -> None:
    other = scoring.create_department(office.database, office.user(Role.ADMIN), "Sở Khác")
    assert [office.get(file, Role.OFFICER, other.id).status_code for file in FILES] == [403] * 4


def test_an_unknown_department_or_year_is_a_page_that_says_so(office: Office) -> None:
    for department, year in (("khongco", "2024"), ("", "abcd"), ("", "20240"), ("", "<b>")):
        answer = office.get("thong-ke.csv", department=department, year=year)
        assert answer.status_code == 404
        assert b"<b>" not in answer.body
