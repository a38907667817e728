"""Take every picture of the guide again, from the real app: `python -m docs.take_pictures`.

Starts the server on fresh data of its own (sample, then empty), walks through every page wide and on a phone, and
prints the workbooks' sheets through LibreOffice where that is installed. `python -m docs.take_pictures sets` takes only
the pictures of bringing criteria sets in. Needs the packages of requirements-dev.txt and a Chromium.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from docs.camera import (
    ILLUSTRATIVE,
    LEADER,
    OFFICER,
    OFFICIAL,
    OUT,
    ROOM,
    SIZES,
    Camera,
    find_assessment,
    print_sheets,
    serve,
    sign_in,
)
from docs.set_pictures import take_sets

TELEVISION = (1920, 1080)
SHEETS = {
    "tep-bang-diem": "BẢNG TỰ ĐÁNH GIÁ",
    "tep-tong-hop": "TỔNG HỢP ĐIỂM",
    "tep-mat-diem": "TIÊU CHÍ MẤT ĐIỂM",
}


def take_sample_pages(browser: Browser, base: str, size: str) -> None:
    """Take every page that reads, with the official and the illustrative set."""
    camera = sign_in(browser, base, size, OFFICER, take=True)
    camera.take("bat-dau")
    official, illustrative = (find_assessment(camera.page, period) for period in (OFFICIAL, ILLUSTRATIVE))
    views = {
        "cham-diem": f"/cham-diem?bang={official}&lv=I.1",
        "cham-diem-chi-tiet": f"/cham-diem?bang={official}&lv=I.4&tc=I.4.1.1",
        "cham-diem-huy-diem": f"/cham-diem?bang={illustrative}&lv=7&tc=7.4.4",
        "cham-diem-loc": f"/cham-diem?bang={official}&tim=thu+tuc",
        "bang-diem": f"/bang-diem?bang={official}",
        "bang-diem-minh-hoa": f"/bang-diem?bang={illustrative}",
        "mat-diem": f"/tieu-chi-mat-diem?bang={official}",
        "mat-diem-khac-phuc": f"/tieu-chi-mat-diem?bang={official}&tc=I.2.1.2",
        "bao-cao": f"/bao-cao?bang={official}",
    }
    for name, path in views.items():
        camera.go(path)
        if name in ("cham-diem-chi-tiet", "cham-diem-huy-diem"):
            camera.show(camera.page.get_by_text("Tài liệu kiểm chứng cần có").first, "center")
        camera.take(name)
        if name == "bang-diem":
            _take_charts(camera)
    _take_confirming(camera, official)
    _take_office(camera, official, illustrative)
    _take_what_if(camera, official)
    _take_two_readings(camera, official)
    _take_conflict(browser, camera, official)
    camera.page.context.close()


def _take_charts(camera: Camera) -> None:
    headings = {
        "bang-diem-du-bao": "Dự báo cuối năm",
        "bang-diem-linh-vuc": "Theo lĩnh vực",
        "bang-diem-dien-bien": "Diễn biến trong năm",
    }
    for name, heading in headings.items():
        camera.show(camera.page.get_by_role("heading", name=heading).first, "start")
        camera.take(name)


def _take_confirming(camera: Camera, assessment: str) -> None:
    camera.go(f"/cham-diem?bang={assessment}&lv=I.7&loc=chua-xac-nhan")
    camera.take("cham-diem-xac-nhan")
    camera.go(f"/cham-diem?bang={assessment}&lv=I.1&tc=I.1.5.2")
    camera.show(camera.page.get_by_text("Dự kiến cuối năm").first, "center")
    camera.take("cham-diem-du-kien")


def _take_office(camera: Camera, official: str, illustrative: str) -> None:
    """Take the pages of tasks, documents and figures, and what one of each looks like opened."""
    views = {
        "viec-can-lam": f"/viec-can-lam?bang={official}",
        "viec-can-lam-don-doc": f"/viec-can-lam?bang={official}&muc=don-doc",
        "viec-can-lam-diem": f"/viec-can-lam?bang={official}&muc=diem",
        "viec-can-lam-gan": f"/viec-can-lam?bang={official}&muc=gan-tieu-chi",
        "nhiem-vu": f"/nhiem-vu?bang={official}",
        "nhiem-vu-thoi-gian": f"/nhiem-vu?bang={official}&kieu=thoi-gian",
        "nhiem-vu-phong": f"/nhiem-vu?bang={official}&kieu=theo-phong",
        "tai-lieu": f"/tai-lieu?bang={official}",
        "chi-tieu": f"/chi-tieu?bang={official}",
        "chi-tieu-phan-dau": f"/chi-tieu?bang={illustrative}&muc=phan-dau",
        "kiem-tra": f"/kiem-tra?bang={official}",
        "cham-diem-tai-lieu": f"/cham-diem?bang={official}&lv=I.1&tc=I.1.3",
    }
    on_phone = ("viec-can-lam", "tai-lieu")
    for name, path in views.items():
        if camera.size == "hep" and name not in on_phone:
            continue
        camera.go(path)
        if name == "cham-diem-tai-lieu":
            camera.show(camera.page.get_by_text("Tài liệu kiểm chứng cần có").first, "center")
        camera.take(name)
    if camera.size == "rong":
        _take_opened_task(camera, official)
        _take_opened_document(camera, official)


def _take_opened_task(camera: Camera, assessment: str) -> None:
    camera.go(f"/nhiem-vu?bang={assessment}&tim=tuyên+truyền")
    camera.page.get_by_role("button", name="Mở").first.click()
    camera.settle()
    camera.show(camera.page.get_by_text("1 nhiệm vụ", exact=True).first, "start")
    camera.take("nhiem-vu-mo")


def _take_opened_document(camera: Camera, assessment: str) -> None:
    camera.go(f"/tai-lieu?bang={assessment}&tim=kế+hoạch+số+05")
    camera.page.get_by_role("link", name="Kế hoạch số 05/KH-STTTT").first.click()
    camera.page.locator("img").first.wait_for()
    camera.settle()
    camera.take("tai-lieu-mo")


def _take_what_if(camera: Camera, assessment: str) -> None:
    for number, code in enumerate(("I.1.6", "I.2.1.1")):
        camera.go(f"/thu-diem?bang={assessment}&tc={code}")
        if number == 0:
            camera.type_into("Số trường hợp", "0")
    camera.take("thu-diem")


def take_screen(browser: Browser, base: str) -> None:
    """Take the first two panels of the big screen, as a television shows them."""
    camera = sign_in(browser, base, "rong", LEADER)
    camera.page.set_viewport_size({"width": TELEVISION[0], "height": TELEVISION[1]})
    camera.page.goto(f"{base}/man-hinh?bang={find_assessment(camera.page, OFFICIAL)}")
    camera.page.get_by_role("button", name="Mở trên máy này").click()
    for name, words in (("man-hinh-lon-tong", "Toàn bộ tiêu chí"), ("man-hinh-lon-linh-vuc", "Theo lĩnh vực")):
        camera.page.get_by_text(words).first.wait_for()
        camera.page.wait_for_timeout(1500)
        camera.take(name)
    camera.page.context.close()


def _take_two_readings(camera: Camera, assessment: str) -> None:
    camera.go(f"/cham-diem?bang={assessment}&tim=I.1.2")
    camera.type_into("Mẫu số", "1.234")
    camera.show(camera.page.get_by_role("button", name="Hiểu là").first, "center")
    camera.take("cham-diem-hai-cach-doc")
    camera.page.get_by_role("button", name="Bỏ, lấy lại giá trị đã lưu").click()
    camera.settle()


def _take_conflict(browser: Browser, camera: Camera, assessment: str) -> None:
    mine, theirs = ("1", "3") if camera.size == "rong" else ("0", "2")
    address = f"/cham-diem?bang={assessment}&tim=I.1.6"
    camera.go(address)
    other = sign_in(browser, camera.base, camera.size, ROOM)
    other.go(address)
    other.type_into("Số trường hợp", theirs)
    other.page.context.close()
    camera.type_into("Số trường hợp", mine)
    camera.show(camera.page.get_by_role("button", name="Lưu giá trị của tôi"), "center")
    camera.take("cham-diem-hai-nguoi")


def take_empty_start(browser: Browser, base: str, size: str) -> None:
    """Take the first step of a department that starts without sample data."""
    camera = sign_in(browser, base, size, OFFICER)
    camera.take("bat-dau-trong")
    camera.page.context.close()


def take_workbook(browser: Browser, base: str, folder: Path) -> None:
    """Print the workbook and take the first page of each of its sheets."""
    camera = sign_in(browser, base, "rong", OFFICER)
    answer = camera.page.request.get(f"{base}/xuat/{find_assessment(camera.page, OFFICIAL)}.xlsx")
    workbook = folder / "workbook.xlsx"
    workbook.write_bytes(answer.body())
    print_sheets(workbook, SHEETS)
    camera.page.context.close()


def take_all(browser: Browser, folder: Path) -> None:
    """Take the pictures of everything but criteria sets."""
    with serve(folder / "sample") as base:
        take_workbook(browser, base, folder)
        take_screen(browser, base)
        for size in SIZES:
            take_sample_pages(browser, base, size)
    with serve(folder / "empty", "--no-sample") as base:
        for size in SIZES:
            take_empty_start(browser, base, size)


def main() -> None:
    """Take all pictures, or those of criteria sets alone."""
    OUT.mkdir(exist_ok=True)
    chromium = os.environ.get("CCHC_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        if sys.argv[1:] != ["sets"]:
            take_all(browser, Path(name))
        take_sets(browser, Path(name) / "sets")
        browser.close()
    total = sum(path.stat().st_size for path in OUT.glob("*.png"))
    print(f"{len(list(OUT.glob('*.png')))} pictures, {total // 1024} kB")  # noqa: T201


if __name__ == "__main__":
    main()
