"""The files of tasks: each opens in its program, holds what was asked for, and is handed to nobody else."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from urllib.parse import unquote, urlencode

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from starlette.requests import Request
from starlette.responses import Response

from cchc_core import scoring, workspace
from cchc_core.permissions import Role
from cchc_core.plans.files import read_plan
from cchc_core.session_cookie import COOKIE
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.tasks.importing import read_plan_file
from cchc_core.tasks.keeping import Assigned, add_assigned, adopt_plan
from server.task_routes import task_routes

PLAN, YEAR = "namdinh-sxd-2024", 2024
FILES = ("danh-sach.xlsx", "danh-sach.csv", "phu-luc-1.xlsx", "ke-hoach.xlsx", "mau.xlsx", "theo-phong.xlsx")
EVERY_FILE = (*FILES, "theo-phong.csv", "lich.ics")
HOSTILE = '=HYPERLINK("http://example.com";"bấm")'


@dataclass
class Desk:
    """A department with a plan and one assigned task, and the routes as somebody signed in meets them."""

    database: Database
    department_id: str

    def get(self, file: str, role: Role | None = Role.OFFICER, year: str = str(YEAR), **query: str) -> Response:
        """Ask for a file as somebody with that role, or without a session."""
        path = f"/nhiem-vu-tep/{self.department_id}/{year}/{file}"
        headers = [(b"host", b"localhost")]
        if role is not None:
            token = users.start_session(self.database, _person(self.database, role).id)
            headers.append((b"cookie", f"{COOKIE}={token}".encode()))
        scope = {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "server": ("localhost", 80),
            "path": path,
            "raw_path": path.encode(),
            "query_string": urlencode(query).encode(),
            "headers": headers,
            "path_params": {"department_id": self.department_id, "year": year},
        }
        route = next(route for route in task_routes() if route.path.endswith(f"/{file}"))
        answer = route.endpoint(Request(scope))
        assert isinstance(answer, Response)
        return answer


def _person(database: Database, role: Role) -> User:
    return next(user for user in users.trial_users(database) if user.role is role)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = workspace.open_workspace(tmp_path_factory.mktemp("tasks"), with_sample=False)
    database, rooms = opened.database, ["Văn phòng Sở", "Thanh tra Sở"]
    department = scoring.create_department(database, _person(database, Role.ADMIN), "Sở Xây dựng", rooms)
    officer = _person(database, Role.OFFICER)
    adopt_plan(database, officer, department.id, PLAN)
    work = Assigned(HOSTILE, time_text="Quý I/2024", assigning_number="12/UBND")
    add_assigned(database, officer, department.id, YEAR, work)
    yield Desk(database, department.id)
    workspace.close_workspace()


def _rows(answer: Response) -> list[list[str]]:
    return list(csv.reader(StringIO(bytes(answer.body).decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("file", EVERY_FILE)
def test_without_a_session_the_way_leads_over_signing_in_and_back(desk: Desk, file: str) -> None:
    answer = desk.get(file, None, han="qua-han")
    assert answer.status_code == 303
    assert f"/nhiem-vu-tep/{desk.department_id}/2024/{file}?han=qua-han" in unquote(answer.headers["location"])
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("file", EVERY_FILE)
def test_an_appraiser_gets_no_file(desk: Desk, file: str) -> None:
    answer = desk.get(file, Role.APPRAISER)
    assert answer.status_code == 403
    assert "không được xem nhiệm vụ" in bytes(answer.body).decode()


@pytest.mark.parametrize("file", EVERY_FILE)
@pytest.mark.parametrize("role", [Role.LEADER, Role.ROOM])
def test_whoever_may_see_tasks_gets_every_file_under_its_own_name(desk: Desk, file: str, role: Role) -> None:
    answer = desk.get(file, role)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    name = re.search(r"filename\*=UTF-8''(.*)$", answer.headers["content-disposition"])
    assert name is not None
    assert re.fullmatch(rf".+ - .*Xây dựng.* - 2024\.{file.rpartition('.')[2]}", unquote(name[1]))
    if file.endswith(".xlsx"):
        load_workbook(BytesIO(bytes(answer.body)))


@pytest.mark.parametrize("year", ["20", "2024x", "٢٠٢٤", "-2024"])
def test_a_year_that_is_none_is_a_page_that_says_so(desk: Desk, year: str) -> None:
    answer = desk.get("danh-sach.csv", year=year)
    assert answer.status_code == 404
    assert "không tìm thấy năm" in bytes(answer.body).decode()


def test_a_department_that_is_none_is_a_page_that_says_so(desk: Desk) -> None:
    answer = Desk(desk.database, "<img src=x>").get("danh-sach.csv")
    assert answer.status_code == 404
    assert "<img" not in bytes(answer.body).decode()


def test_the_list_has_every_task_and_the_filters_hold_for_it(desk: Desk) -> None:
    codes = {row[0] for row in _rows(desk.get("danh-sach.csv"))[1:]}
    assert {task.code for task in read_plan(PLAN).tasks} <= codes
    kept = _rows(desk.get("danh-sach.csv", loai="duoc-giao"))[1:]
    assert [row[1] for row in kept] == ["Được giao"]
    assert len(_rows(desk.get("danh-sach.csv", tim="khong co nhiem vu nhu vay"))) == 1


def test_what_looks_like_a_formula_stays_text(desk: Desk) -> None:
    (row,) = _rows(desk.get("danh-sach.csv", loai="duoc-giao"))[1:]
    assert f"'{HOSTILE}" in row
    (sheet,) = load_workbook(BytesIO(bytes(desk.get("danh-sach.xlsx").body))).worksheets
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value == HOSTILE]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_plan_that_is_taken_away_is_imported_again_with_its_43_tasks(desk: Desk) -> None:
    content = bytes(desk.get("ke-hoach.xlsx", loai="ke-hoach").body)
    draft = read_plan_file(content, "ke-hoach.xlsx", year=2030).draft
    assert draft is not None
    assert (draft.title, draft.year) == (read_plan(PLAN).title, 2024)
    assert [task.code for task in draft.tasks] == [str(number) for number in range(1, 44)]


def test_the_calendar_has_an_entry_for_each_due_day(desk: Desk) -> None:
    calendar = Calendar.from_ical(bytes(desk.get("lich.ics", loai="duoc-giao").body))
    (event,) = calendar.walk("VEVENT")
    assert event["dtstart"].to_ical() == b"20240331"


def test_the_rooms_add_up_to_all_tasks(desk: Desk) -> None:
    *rooms, total = _rows(desk.get("theo-phong.csv"))[1:]
    assert total[:2] == ["Cộng", "44"]
    assert sum(int(row[1]) for row in rooms) == 44
