"""Pictures of bringing a criteria set in, comparing versions and scoring offline: on sample data of their own."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Browser, FilePayload

from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.rubric_out.printed import write_printed_xlsx
from cchc_core.rubric_yaml import to_yaml
from docs.camera import ADMIN, OFFICER, OFFICIAL, ROOT, SIZES, Camera, find_assessment, print_sheets, serve, sign_in

SET = "soctrang-tttt-2022"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIP = {"phieu-excel-tep": "PHIẾU"}


def take_sets(browser: Browser, folder: Path) -> None:
    """Take them all; a second version of the sample's set is issued first, so that there is something to compare."""
    folder.mkdir()
    with serve(folder / "data") as base:
        _issue_second_version(folder)
        _take_slip(browser, base, folder)
        for size in SIZES:
            _take_pages(browser, base, size)


def _issue_second_version(folder: Path) -> None:
    path = folder / "second.yaml"
    path.write_text(to_yaml(_second_version(read_rubric(SET))), encoding="utf-8")
    command = [sys.executable, "-m", "cchc_core", "rubric", "import", str(path), "--issue", "--data"]
    subprocess.run([*command, str(folder / "data")], cwd=ROOT, check=True)  # noqa: S603 (our own module)


def _second_version(rubric: Rubric) -> Rubric:
    """Change a title, take a criterion out and halve the points of another one scored by others."""
    changed = []
    for criterion in rubric.criteria:
        if criterion.code == "I.1.3":
            changed.append(replace(criterion, title=f"{criterion.title} và đột xuất"))
        elif criterion.code == "II.1.4" and criterion.leaf is not None:
            halved = replace(criterion.leaf, max_points=criterion.max_points / Decimal(2))
            changed.append(replace(criterion, leaf=halved, declared_max=halved.max_points))
        elif criterion.code != "I.5.7":
            changed.append(criterion)
    return replace(rubric, criteria=tuple(changed), document="Quyết định số 15/QĐ-STTTT ngày 20/6/2022")


def _next_years_file(*, is_broken: bool) -> FilePayload:
    """Give the printed form of a set of another year, with two errors that people make where it is to be broken."""
    rubric = read_rubric(SET)
    title = rubric.title.replace("2022", "2023")
    made = BytesIO()
    write_printed_xlsx(
        replace(rubric, year=2023, title=title, document="Quyết định số 08/QĐ-STTTT ngày 16/01/2023"), made
    )
    if is_broken:
        workbook = load_workbook(made)
        rows = [row for row in workbook.worksheets[0].iter_rows() if str(row[0].value) in ("1.2", "1.3")]
        rows[0][2].value = "một điểm"
        rows[1][0].value = "1.2"
        made = BytesIO()
        workbook.save(made)
    return {"name": "bo-tieu-chi-2023.xlsx", "mimeType": SHEET_TYPE, "buffer": made.getvalue()}


def _take_pages(browser: Browser, base: str, size: str) -> None:
    camera = sign_in(browser, base, size, ADMIN)
    official = find_assessment(camera.page, OFFICIAL)
    camera.go("/bo-tieu-chi")
    camera.take("bo-tieu-chi-danh-sach")
    _take_bringing_in(camera)
    camera.go(f"/bo-tieu-chi?bo={SET}&ban=1")
    camera.take("bo-tieu-chi")
    camera.go(f"/bo-tieu-chi?bo={SET}&ban=2&so={SET}@1")
    camera.show(camera.page.get_by_role("heading", name="Các thay đổi"), "start")
    camera.take("bo-tieu-chi-so-sanh")
    camera.page.context.close()
    if size == "rong":
        officer = sign_in(browser, base, size, OFFICER)
        officer.go(f"/phieu-excel?bang={official}")
        officer.take("phieu-excel")
        officer.page.context.close()


def _take_bringing_in(camera: Camera) -> None:
    camera.page.get_by_role("button", name="Đưa bộ tiêu chí mới vào").click()
    camera.settle()
    files = camera.page.locator("input[type=file]").first
    files.set_input_files(_next_years_file(is_broken=True))
    camera.page.get_by_text("CHƯA ĐƯA VÀO").first.wait_for()
    camera.settle()
    camera.show(camera.page.get_by_text("CHƯA ĐƯA VÀO").first, "center")
    camera.take("bo-tieu-chi-loi")
    files.set_input_files(_next_years_file(is_broken=False))
    camera.page.get_by_text("không có lỗi nào").first.wait_for()
    camera.settle()
    camera.show(camera.page.get_by_text("không có lỗi nào").first, "start")
    camera.take("bo-tieu-chi-xem-truoc")
    camera.page.get_by_role("button", name="Tạo bản soạn").click()
    camera.page.get_by_text("Đã tạo bản soạn").first.wait_for()
    camera.settle()
    camera.show(camera.page.get_by_role("heading", level=1), "start")
    camera.take("bo-tieu-chi-noi-dung")
    for step, name in (("2 · Cách tính", "bo-tieu-chi-cach-tinh"), ("3 · Kiểm tra", "bo-tieu-chi-kiem-tra")):
        camera.page.get_by_text(step, exact=False).first.click()
        camera.settle()
        camera.take(name)


def _take_slip(browser: Browser, base: str, folder: Path) -> None:
    camera = sign_in(browser, base, "rong", OFFICER)
    answer = camera.page.request.get(f"{base}/phieu-excel-tep/{find_assessment(camera.page, OFFICIAL)}.xlsx")
    workbook = folder / "slip.xlsx"
    workbook.write_bytes(answer.body())
    print_sheets(workbook, SLIP)
    camera.page.context.close()
