import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from starlette.requests import Request
from starlette.responses import Response

from cchc_core import scenarios, scoring, screens, workspace
from cchc_core.board import read_board
from cchc_core.board_tables import ALL_UNITS, TITLES, UNITS, board_table, take_table
from cchc_core.errors import NotAllowed
from cchc_core.handing_in.tables import KEY as CHECKS
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.scoring import Assessment
from cchc_core.session_cookie import COOKIE, SCREEN_COOKIE
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.table import Kind
from server.table_route import table_routes
from tests.offices import NAM_DINH, SOC_TRANG, open_quarters
from tests.server.client import Browser
from tests.server.conftest import Served

FROM_ONE_PERIOD = sorted({*TITLES, CHECKS} - {"ky-truoc", "cung-ky"})
HOSTILE = '=HYPERLINK("http://example.com";"bấm")'


@pytest.fixture
def quarter(browser: Browser) -> str:
    """The id of an assessment of the sample, which has none a year ago."""
    listed: dict[str, str] = json.loads(browser.get("/thu/bang").content)
    return listed[f"{SOC_TRANG} q3"]


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_without_a_session_the_way_leads_over_signing_in_and_back(browser: Browser, quarter: str) -> None:
    for ending in ("csv", "xlsx"):
        path = f"/xuat/{quarter}/linh-vuc.{ending}"
        answer = browser.get(path)
        assert (answer.status, answer.headers["location"]) == (303, f"/dang-nhap?tiep={path}")
        assert answer.headers["cache-control"] == "no-store"


def test_a_made_up_session_opens_nothing(served: Served, quarter: str) -> None:
    assert Browser(served.port, {COOKIE: "x" * 43}).get(f"/xuat/{quarter}/linh-vuc.csv").status == 303


@pytest.mark.parametrize("key", FROM_ONE_PERIOD)
def test_whoever_may_export_gets_every_table_in_both_forms_and_nobody_keeps_it(
    browser: Browser, quarter: str, key: str
) -> None:
    browser.sign_in("Lãnh đạo")
    as_csv, as_xlsx = (browser.get(f"/xuat/{quarter}/{key}.{ending}") for ending in ("csv", "xlsx"))
    assert (as_csv.status, as_xlsx.status) == (200, 200)
    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    for answer, ending in ((as_csv, "csv"), (as_xlsx, "xlsx")):
        assert answer.headers["cache-control"] == "no-store"
        name = re.search(r"filename\*=UTF-8''(.*)$", answer.headers["content-disposition"])
        assert name is not None
        assert re.fullmatch(rf".+ - .+ Truyền thông.* - Quý III năm 2022\.{ending}", unquote(name[1]))
    header = _rows(as_csv.content)[0]
    (sheet,) = load_workbook(BytesIO(as_xlsx.content)).worksheets
    headers = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(max_row=5, values_only=True)]
    assert [name.removesuffix(" (%)") for name in header] in headers


def test_an_unknown_table_or_assessment_is_a_page_that_says_so(browser: Browser, quarter: str) -> None:
    browser.sign_in("Quản trị")
    for path in (f"/xuat/{quarter}/khong-co.csv", f"/xuat/{quarter}/khong-co.xlsx"):
        answer = browser.get(path)
        assert answer.status == 404
        assert "không tìm thấy bảng số liệu «khong-co»" in answer.text
    assert browser.get("/xuat/khong-co/linh-vuc.csv").status == 404
    hostile = browser.get(f"/xuat/{quarter}/%3Cimg%20src=x%20onerror=alert(1)%3E.csv")
    assert hostile.status == 404
    assert "<img" not in hostile.text


def test_a_table_that_does_not_exist_here_says_why(browser: Browser, quarter: str) -> None:
    browser.sign_in("Quản trị")
    answer = browser.get(f"/xuat/{quarter}/cung-ky.csv")
    assert answer.status == 404
    assert "không tìm thấy bảng chấm của cùng kỳ năm trước để so với «Quý III 2022»" in answer.text


def test_an_appraiser_gets_no_table_before_it_is_handed_in(browser: Browser, quarter: str) -> None:
    browser.sign_in("Thẩm định")
    answer = browser.get(f"/xuat/{quarter}/mat-diem.csv")
    assert answer.status == 403
    assert "Không có quyền" in answer.text


def test_the_log_tells_who_took_which_table(browser: Browser, served: Served, quarter: str) -> None:
    browser.sign_in("Cán bộ đầu mối")
    browser.get(f"/xuat/{quarter}/du-bao.xlsx")
    assert f"exported table=du-bao.xlsx assessment={quarter} user=" in served.log()


class Office:
    """A department of its own in this process, and the route as somebody signed in meets it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.opened = open_quarters(database)
        self.people = {user.role: user for user in users.trial_users(database)}

    @property
    def officer(self) -> User:
        return self.people[Role.OFFICER]

    def save(self, assessment: Assessment, code: str, raw: dict[str, object], note: str = "") -> None:
        of, by = assessment.id, self.officer
        saved = scoring.save_entry(self.database, by, assessment_id=of, code=code, raw=raw, expected_version=0)
        if note:
            version = saved.version
            scoring.save_note(self.database, by, assessment_id=of, code=code, note=note, expected_version=version)

    def take(self, assessment: Assessment, file: str, query: str = "") -> Response:
        return self.get(users.start_session(self.database, self.officer.id), assessment, file, query=query)

    def get(self, token: str, assessment: Assessment, file: str, cookie: str = COOKIE, query: str = "") -> Response:
        key, _, ending = file.partition(".")
        path = f"/xuat/{assessment.id}/{file}"
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"host", b"localhost"), (b"cookie", f"{cookie}={token}".encode())],
            "path_params": {"assessment_id": assessment.id, "key": key},
        }
        route = next(route for route in table_routes() if route.path.endswith(f".{ending}"))
        answer = route.endpoint(Request(scope))
        assert isinstance(answer, Response)
        return answer


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield Office(workspace.open_workspace(tmp_path, with_sample=False).database)
    workspace.close_workspace()


def test_another_department_gets_nothing(office: Office) -> None:
    scoring.create_department(office.database, office.people[Role.ADMIN], "Sở Khác")
    with office.database.write() as connection:
        connection.change_structure()
        connection.run(
            "UPDATE users SET unit_id = (SELECT id FROM units WHERE name = 'Sở Khác') WHERE id = :id",
            id=office.officer.id,
        )
    answer = office.take(office.opened[SOC_TRANG, "q1"], "linh-vuc.csv")
    assert answer.status_code == 403
    assert b"linh" not in answer.headers.get("content-disposition", "").encode()


def test_a_big_screen_looks_and_takes_nothing_away(office: Office) -> None:
    assessment = office.opened[SOC_TRANG, "q1"]
    token = screens.open_screen(office.database, office.officer, assessment.id)
    screen = users.screen_of(office.database, token)
    assert screen is not None
    assert read_board(office.database, screen, assessment.id).sheet.assessment == assessment
    for key in ("linh-vuc", UNITS, "khong-co"):
        with pytest.raises(NotAllowed, match="vai trò «Màn hình» không được xuất tệp"):
            take_table(office.database, screen, assessment.id, key)
    # Its session is none for any other address, whichever cookie it comes in.
    for cookie in (COOKIE, SCREEN_COOKIE):
        assert office.get(token, assessment, "linh-vuc.csv", cookie).status_code == 303


def test_a_session_is_looked_up_anew_at_every_request(office: Office) -> None:
    assessment = office.opened[SOC_TRANG, "q1"]
    token = users.start_session(office.database, office.officer.id)
    assert office.get(token, assessment, "linh-vuc.csv").status_code == 200
    with office.database.write() as connection:
        connection.change_structure()
        connection.run("UPDATE users SET unit_id = NULL WHERE id = :id", id=office.officer.id)
    assert office.get(token, assessment, "linh-vuc.csv").status_code == 403
    users.end_session(office.database, token)
    assert office.get(token, assessment, "linh-vuc.csv").status_code == 303


def test_the_first_period_has_no_table_of_the_one_before(office: Office) -> None:
    for key in ("ky-truoc", "cung-ky"):
        answer = office.take(office.opened[SOC_TRANG, "q1"], f"{key}.csv")
        assert answer.status_code == 404
        assert "để so với «Quý I 2022»" in bytes(answer.body).decode()


def test_what_looks_like_a_formula_stays_text_in_both_forms(office: Office) -> None:
    assessment = office.opened[SOC_TRANG, "q1"]
    with office.database.write() as connection:
        connection.change_structure()
        connection.run("UPDATE users SET name = :name WHERE id = :id", name=HOSTILE, id=office.officer.id)
    renamed = next(user for user in users.trial_users(office.database) if user.role is Role.OFFICER)
    office.people = {**office.people, Role.OFFICER: renamed}
    office.save(assessment, "I.1.5.1", {"level": 0})
    rows = _rows(bytes(office.take(assessment, "thay-doi.csv").body))
    assert rows[1][1] == f"'{HOSTILE}"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = load_workbook(BytesIO(bytes(office.take(assessment, "thay-doi.xlsx").body)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert [(cell.data_type, cell.hyperlink) for cell in cells if cell.value == HOSTILE] == [("s", None)]
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
def test_the_figures_of_every_file_are_the_cores(office: Office, rubric_id: str) -> None:
    first, third = office.opened[rubric_id, "q1"], office.opened[rubric_id, "q3"]
    code = "I.1.6" if rubric_id == SOC_TRANG else "1.1.1"
    office.save(first, code, {"count": 1} if rubric_id == SOC_TRANG else {"level": 0}, "Đã đối chiếu")
    office.save(third, code, {"count": 0} if rubric_id == SOC_TRANG else {"level": 0})
    board = read_board(office.database, office.officer, third.id)
    for key in sorted({*TITLES} - {"cung-ky"}):
        expected = take_table(office.database, office.officer, third.id, key).table
        if key not in (UNITS, ALL_UNITS):
            assert board_table(board, key) == expected
        assert expected.key == key
        head, *rows = _rows(bytes(office.take(third, f"{key}.csv").body))
        assert len(head) == len(expected.columns)
        assert len(rows) == len(expected.rows)
        for printed, row in zip(rows, expected.rows, strict=True):
            for text, value, column in zip(printed, row, expected.columns, strict=True):
                if column.kind in (Kind.POINTS, Kind.COUNT) and value is not None:
                    assert Decimal(text.replace(",", ".")) == value
        (sheet,) = load_workbook(BytesIO(bytes(office.take(third, f"{key}.xlsx").body))).worksheets
        numbers = [v for row in sheet.iter_rows(values_only=True) for v in row if isinstance(v, int | float)]
        wanted = [
            float(value / 100 if column.kind is Kind.PERCENT else value)
            for row in expected.rows
            for value, column in zip(row, expected.columns, strict=True)
            if isinstance(value, Decimal | int)
        ]
        assert numbers == pytest.approx(wanted)


def test_kept_scenarios_are_taken_away_beside_the_real_one_and_beside_each_other(office: Office) -> None:
    assessment, elsewhere = office.opened[SOC_TRANG, "q3"], office.opened[NAM_DINH, "q3"]
    kept = [
        scenarios.keep_scenario(office.database, office.officer, assessment_id=where.id, name=name, entries={code: raw})
        for where, name, code, raw in (
            (assessment, "Một", "I.1.6", {"count": 0}),
            (assessment, "Hai", "I.1.6", {"count": 1}),
            (elsewhere, "Khác", "1.1.1", {"level": 0}),
        )
    ]
    for query, names in (
        (f"pa={kept[0]}", ["Thật", "Thử"]),
        (f"pb={kept[1]}", ["Thật", "Hai"]),
        (f"pa={kept[0]}&pb={kept[1]}", ["Một", "Hai"]),
    ):
        head, first, *_ = _rows(bytes(office.take(assessment, "thu-diem.csv", query).body))
        assert (head[2:4], first[0]) == (names, "I.1.6")
        assert office.take(assessment, "thu-diem.xlsx", query).status_code == 200
    for query in ("", "pa=khong-co", f"pa={kept[2]}", f"pa={kept[0]}&pb={kept[2]}"):
        assert office.take(assessment, "thu-diem.csv", query).status_code == 404
    nobody = office.get("x" * 43, assessment, "thu-diem.csv", query=f"pa={kept[0]}")
    assert nobody.headers["location"].endswith(f"/thu-diem.csv%3Fpa%3D{kept[0]}")


def test_sections_add_up_to_the_total_of_the_sheet(office: Office) -> None:
    assessment = office.opened[SOC_TRANG, "q1"]
    office.save(assessment, "I.1.6", {"count": 1})
    head, *rows = _rows(bytes(office.take(assessment, "linh-vuc.csv").body))
    place = head.index("Điểm")
    points = [Decimal(row[place].replace(",", ".")) for row in rows]
    total = scoring.open_sheet(office.database, office.officer, assessment.id).totals.total.points
    assert (sum(points[:-1]), points[-1]) == (total, total)
    assert total == Decimal("1.5000")


def test_units_stand_side_by_side_as_far_as_one_may_look(office: Office) -> None:
    assessment = office.opened[SOC_TRANG, "q1"]
    rubric = read_rubric(SOC_TRANG)
    period = next(period for period in periods_for(rubric.id, rubric.year) if period.code == "q1")
    with office.database.read() as connection:
        room = connection.row("SELECT id FROM units WHERE parent_id IS NOT NULL")
    assert room is not None
    scoring.create_assessment(office.database, office.officer, unit_id=room["id"], rubric=rubric, period=period)
    other = scoring.create_department(office.database, office.people[Role.ADMIN], "Sở Khác")
    scoring.create_assessment(
        office.database, office.people[Role.ADMIN], unit_id=other.id, rubric=rubric, period=period
    )
    rows = _rows(bytes(office.take(assessment, "don-vi.csv").body))
    assert [row[0] for row in rows[1:]] == ["Sở Thử nghiệm", "Văn phòng Sở"]
    # Whoever looks across departments takes away what the address names: the department's units, or all.
    admin = users.start_session(office.database, office.people[Role.ADMIN].id)
    for file, names in (
        ("don-vi.csv", ["Sở Thử nghiệm", "Văn phòng Sở"]),
        ("don-vi-tat-ca.csv", ["Sở Khác", "Sở Thử nghiệm", "Văn phòng Sở"]),
    ):
        head, *rows = _rows(bytes(office.get(admin, assessment, file).body))
        assert [row[head.index("Đơn vị")] for row in rows] == names
