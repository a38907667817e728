"""From plan to proof: a plan comes in as a workbook, a task is done, its document proves a criterion, a zip goes out.

The department is one that plans and is scored by real papers: the plan of Nam Định's construction department and the
criteria set of 2024 of the same province.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, expect

from cchc_core.plans.files import read_plan
from tests.browser.conftest import NewVisitor
from tests.browser.desk import Tab, Visitor, choose
from tests.browser.office_papers import (
    ABSTRACT,
    DAY,
    NUMBER,
    PAPER_NAME,
    PDF_TYPE,
    SHEET_TYPE,
    printed_plan,
    signed_plan,
)
from tests.browser.proving import ROOMS, RUBRIC, Department, put_in, running_department

pytestmark = pytest.mark.browser

PLAN = read_plan("namdinh-sxd-2024")
TASK, CODE = "9", "3.1.1"
PART = "mục II, trang 2"


@pytest.fixture
def department(tmp_path: Path) -> Iterator[Department]:
    with running_department(tmp_path / "data") as served:
        yield served


def test_a_task_of_the_imported_plan_is_done_and_its_document_proves_a_criterion(
    department: Department, sit_down: NewVisitor, chromium: Browser
) -> None:
    officer, room = sit_down(department.server.port), sit_down(department.server.port)
    desk, rooms = officer.enter("Cán bộ đầu mối"), room.enter("Phòng")
    paper = signed_plan(chromium)
    _import_the_plan(department, officer, desk)
    _do_the_task_and_keep_its_document(department, rooms, paper)
    _tie_the_task_to_the_criterion(department, desk)
    _claim_points_without_proof(department, desk)
    _attach_the_document_and_say_where_it_proves(department, desk)
    _take_everything_away(department, desk, paper)
    assert desk.complaints == rooms.complaints == []


def _import_the_plan(department: Department, officer: Visitor, tab: Tab) -> None:
    """Bring the workbook in; groups and rooms are those of the file of the plan."""
    tab.open("nhiem-vu", bang=department.assessment_id)
    expect(tab.main).to_contain_text("Năm 2024 chưa có nhiệm vụ nào")
    put_in(tab.main, "Tệp kế hoạch", ("Phụ lục kế hoạch CCHC 2024.xlsx", SHEET_TYPE, printed_plan(PLAN)))
    expect(tab.main).to_contain_text(f"Đọc được {len(PLAN.tasks)} nhiệm vụ")
    expect(tab.main).not_to_contain_text("CHƯA NHẬP")
    expect(tab.page.get_by_label("Tên kế hoạch")).to_have_value(PLAN.title.upper())
    expect(tab.page.get_by_label("Năm của kế hoạch")).to_have_value(str(PLAN.year))
    tab.page.get_by_role("button", name=f"Nhập {len(PLAN.tasks)} nhiệm vụ").click()
    expect(tab.main).to_contain_text(f"Đã nhập {len(PLAN.tasks)} nhiệm vụ")
    tab.settle()
    expect(_card(tab, "Nhiệm vụ")).to_contain_text(f"còn {len(PLAN.tasks)} chưa xong")
    rows = _tasks_taken_away(department, officer)
    titles = {group.code: group.title for group in PLAN.groups}
    assert len(PLAN.tasks) == 43
    assert {row["Mã"]: (row["Nhiệm vụ"], row["Nhóm"]) for row in rows} == {
        task.code: (task.title, f"{task.group} {titles[task.group]}") for task in PLAN.tasks
    }
    led = Counter(room for task in PLAN.tasks for room in ROOMS if (task.lead or "").startswith(room))
    first = {row["Mã"]: row for row in reversed(rows)}
    assert Counter(row["Phòng, đơn vị"] for row in first.values() if row["Phòng, đơn vị"]) == led


def _tasks_taken_away(department: Department, officer: Visitor) -> list[dict[str, str]]:
    content = officer.fetch(f"/nhiem-vu-tep/{department.id}/{PLAN.year}/danh-sach.csv")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def _do_the_task_and_keep_its_document(department: Department, tab: Tab, paper: bytes) -> None:
    """The room finds its task, adds the signed paper, confirms what the paper says of itself, and reports."""
    tab.open("nhiem-vu", bang=department.assessment_id)
    search = tab.page.get_by_label("Tìm nhiệm vụ")
    search.fill("ke hoach ra soat, danh gia TTHC")
    search.press("Enter")
    expect(tab.page.get_by_role("button", name="Bỏ lọc")).to_be_visible()
    tab.settle()
    task = next(task for task in PLAN.tasks if task.code == TASK)
    line = tab.page.locator("[class*=st-key-task-line-]").filter(has_text=task.title)
    expect(line).to_have_count(1)
    line.get_by_role("button", name="Mở", exact=True).click()
    line.get_by_text("Thêm tài liệu cho nhiệm vụ", exact=True).click()
    put_in(line, "Thả tệp vào đây", (PAPER_NAME, PDF_TYPE, paper))
    expect(line).to_contain_text("Xem lại thông tin của 1 tài liệu vừa thêm")
    form = line.locator("[class*=st-key-document-data-]")
    expect(form.get_by_role("combobox", name="Loại tài liệu")).to_have_value("Kế hoạch")
    expect(form.get_by_label("Số, ký hiệu")).to_have_value(NUMBER)
    expect(form.get_by_label("Ngày văn bản")).to_have_value(DAY)
    expect(form.get_by_label("Cơ quan ban hành")).to_have_value("Sở Xây dựng")
    expect(form.get_by_label("Trích yếu")).to_have_value(ABSTRACT)
    line.get_by_role("button", name="Xác nhận và lưu").click()
    expect(line).to_contain_text(f"Đã lưu: Kế hoạch số {NUMBER} ngày {DAY}")
    tab.settle()
    report = line.locator("[class*=st-key-occurrence-]")
    report.get_by_role("button", name=f"Điền theo Kế hoạch số {NUMBER}").click()
    expect(report.get_by_label("Số, ký hiệu văn bản kết quả")).to_have_value(NUMBER)
    expect(report.get_by_label("Trạng thái")).to_have_value("Hoàn thành")
    for label, text in (("Ngày hoàn thành", DAY), ("Ngày văn bản", DAY), ("Trích yếu", ABSTRACT)):
        expect(report.get_by_label(label)).to_have_value(text)
    report.get_by_role("button", name="Lưu tiến độ").click()
    expect(line).to_contain_text("Đã lưu tiến độ.")
    expect(line).to_contain_text("Hoàn thành sớm hạn")
    expect(line).to_contain_text("Tài liệu của nhiệm vụ (1)")
    tab.reload()
    expect(_card(tab, "Hoàn thành")).to_contain_text(f"trên {len(PLAN.tasks)}")
    expect(_card(tab, "Hoàn thành").get_by_test_id("stMetricValue")).to_have_text("1")


def _tie_the_task_to_the_criterion(department: Department, tab: Tab) -> None:
    """The criterion is suggested by what the task is about; a person ties them."""
    tab.open("nhiem-vu", bang=department.assessment_id, tim="rà soát, đánh giá TTHC", tt="hoan-thanh")
    line = tab.page.locator("[class*=st-key-task-line-]")
    expect(line).to_have_count(1)
    line.get_by_role("button", name="Mở", exact=True).click()
    offered = line.locator("[class*=st-key-link-line-]").filter(has=tab.page.get_by_text(CODE, exact=True))
    offered.get_by_role("button", name="Gắn", exact=True).click()
    expect(line).to_contain_text("Phục vụ 1 tiêu chí")


def _claim_points_without_proof(department: Department, tab: Tab) -> None:
    """Score the criterion: the form and the check before handing in say that nothing proves it."""
    _open_criterion(department, tab)
    expect(tab.totals).to_contain_text(f"đã chấm 0/{len(RUBRIC.leaves)}")
    expect(tab.row(CODE)).to_contain_text("Nhiệm vụ phục vụ tiêu chí này (1)")
    tab.choose(CODE, 0)
    tab.expect_saved(CODE)
    tab.expect_points(CODE, "1,0000")
    expect(tab.totals).to_contain_text(f"đã chấm 1/{len(RUBRIC.leaves)}")
    expect(tab.row(CODE)).to_contain_text("Thiếu TLKC")
    assert len(RUBRIC.leaves) == 121
    found = _findings(department, tab)
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Tự chấm 1,0000 điểm nhưng chưa gắn tài liệu nào")
    expect(found).to_contain_text("Dễ mất điểm")


def _attach_the_document_and_say_where_it_proves(department: Department, tab: Tab) -> None:
    """Attach it without leaving the form: first the page is missing, then nothing is."""
    _open_criterion(department, tab)
    row = tab.row(CODE)
    row.get_by_text("Gắn tài liệu vào tiêu chí này", exact=True).click()
    tab.settle()
    row.locator("[class*=st-key-store-row-]").filter(has_text=NUMBER).get_by_role("button", name="Gắn").click()
    expect(row).to_contain_text("đã gắn 1")
    expect(row).not_to_contain_text("Thiếu TLKC")
    found = _findings(department, tab)
    expect(found).to_have_count(1)
    expect(found).to_contain_text("chưa ghi mục, trang")
    expect(found).to_contain_text("Nên bổ sung")
    _open_criterion(department, tab)
    part = row.get_by_label("Mục, trang chứng minh")
    part.fill(PART)
    part.press("Tab")
    tab.settle()
    expect(_findings(department, tab)).to_have_count(0)
    expect(_open_criterion(department, tab).row(CODE).get_by_label("Mục, trang chứng minh")).to_have_value(PART)


def _take_everything_away(department: Department, tab: Tab, paper: bytes) -> None:
    """The bundle has the very file in the folder of its criterion, and the list says what proves where."""
    tab.open("bao-cao", bang=department.assessment_id)
    expect(tab.main).to_contain_text(f"1 / {len(RUBRIC.leaves)} tiêu chí có tài liệu")
    bundle = tab.download("Tải trọn bộ TLKC (.zip)")
    with ZipFile(BytesIO(bundle)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith(".pdf")]
        (name,) = names
        place = [leaf.code for leaf in RUBRIC.leaves].index(CODE) + 1
        folder, file_name = name.split("/")
        assert folder.startswith(f"{place:03d} {CODE} {RUBRIC.criterion(CODE).title[:20]}")
        assert file_name == f"01 {PAPER_NAME}"
        assert archive.read(name) == paper
    (listed,) = _rows_of(tab.download("Danh mục TLKC (.xlsx)"), CODE)
    assert {NUMBER, ABSTRACT, PART} <= set(listed)


def test_a_shipped_plan_brings_its_tasks_and_what_it_promises(department: Department, sit_down: NewVisitor) -> None:
    tab = sit_down(department.server.port).enter("Cán bộ đầu mối").open("nhiem-vu", nam=str(PLAN.year))
    tab.page.get_by_role("tab", name="Kế hoạch có sẵn").click()
    box = tab.page.get_by_label("Kế hoạch", exact=True)
    choose(box, f"{PLAN.issuer}, năm {PLAN.year}: {len(PLAN.tasks)} nhiệm vụ")
    tab.page.get_by_role("button", name=f"Lấy kế hoạch này cho năm {PLAN.year}").click()
    expect(_card(tab, "Nhiệm vụ").get_by_test_id("stMetricValue")).to_have_text(str(len(PLAN.tasks)))
    tab.open("chi-tieu", muc="phan-dau", nam=str(PLAN.year))
    expect(tab.page.locator("[class*=st-key-promised-]")).to_have_count(len(PLAN.targets))
    assert (len(PLAN.tasks), len(PLAN.targets)) == (43, 19)
    assert tab.complaints == []


def _open_criterion(department: Department, tab: Tab) -> Tab:
    section = RUBRIC.criterion(CODE).section
    return tab.open("cham-diem", bang=department.assessment_id, lv=section, tc=CODE)


def _findings(department: Department, tab: Tab) -> Locator:
    """Open the check before handing in; give what it finds at the criterion."""
    tab.open("kiem-tra", bang=department.assessment_id)
    expect(tab.main).to_contain_text("Điểm minh hoạ")
    return tab.page.locator(f"[class*=st-key-lost-line-check-][class*='-{CODE.replace('.', '-')}-']")


def _rows_of(workbook: bytes, code: str) -> list[list[str]]:
    sheet = load_workbook(BytesIO(workbook)).worksheets[0]
    rows = [[str(value) for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if code in row]


def _card(tab: Tab, name: str) -> Locator:
    return tab.page.get_by_test_id("stMetric").filter(has=tab.page.get_by_text(name, exact=True))
