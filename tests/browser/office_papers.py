"""What an office has on its desk: its yearly plan as a workbook, a signed paper as PDF, and files not to take."""

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from playwright.sync_api import Browser

from cchc_core.plans.model import Plan, Task
from tests.evidence.files import MZ, macro_package

PDF_TYPE: Final = "application/pdf"
SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAPER_NAME: Final = "Kế hoạch rà soát TTHC 2024.pdf"
NUMBER, DAY, ABSTRACT = "03/KH-SXD", "10/01/2024", "Rà soát, đánh giá thủ tục hành chính năm 2024"
"""What the signed paper says of itself."""
_LAST: Final = "G"
_TITLE, _FUNDING = 2, 7
_HEAD: Final = (
    ("STT", "Nội dung nhiệm vụ", "Sản phẩm", "Đơn vị thực hiện", None, "Thời gian hoàn thành", "Kinh phí"),
    (None, None, None, "Chủ trì", "Phối hợp", None, None),
)
_MERGED_HEAD: Final = ("A{0}:A{1}", "B{0}:B{1}", "C{0}:C{1}", "D{0}:E{0}", "F{0}:F{1}", "G{0}:G{1}")


def printed_plan(plan: Plan) -> bytes:
    """Write a plan as its office prints it: a head of two rows, merged group rows, one funding for many rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Phụ lục"
    for text in (
        plan.issuer.upper(),
        "PHỤ LỤC",
        plan.title.upper(),
        "(Kèm theo Kế hoạch số 155/KH-SXD ngày 29/12/2023 của Sở Xây dựng tỉnh Nam Định)",
        None,
    ):
        sheet.append([text])
        sheet.merge_cells(f"A{sheet.max_row}:{_LAST}{sheet.max_row}")
    first = sheet.max_row + 1
    for row in _HEAD:
        sheet.append(row)
    for ref in _MERGED_HEAD:
        sheet.merge_cells(ref.format(first, first + 1))
    sheet.append([f"({place})" for place in range(1, len(_HEAD[0]) + 1)])
    for group in plan.groups:
        _put_group(sheet, group.code, group.title, [task for task in plan.tasks if task.group == group.code])
    sheet.append([])
    sheet.append([None, "Nơi nhận:", None, None, None, "GIÁM ĐỐC"])
    _dress(sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _put_group(sheet: Any, code: str, title: str, tasks: Sequence[Task]) -> None:
    sheet.append([code, title])
    sheet.merge_cells(f"B{sheet.max_row}:{_LAST}{sheet.max_row}")
    sheet.cell(sheet.max_row, _TITLE).font = Font(bold=True)
    for funding, alike in groupby(tasks, lambda task: task.funding):
        start = sheet.max_row + 1
        for task in alike:
            products = "\n".join(product.text for product in task.products) or None
            sheet.append([int(task.code), task.title, products, task.lead, task.coordinating, task.time])
        sheet.cell(start, _FUNDING, funding)
        sheet.merge_cells(start_row=start, end_row=sheet.max_row, start_column=_FUNDING, end_column=_FUNDING)


def _dress(sheet: Any) -> None:
    for column, width in zip("ABCDEFG", (6, 60, 24, 24, 24, 20, 18), strict=True):
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="center")


_PAPER: Final = """<!doctype html><html lang="vi"><meta charset="utf-8"><style>
@page { size: A4; margin: 20mm 15mm 20mm 30mm } body { font: 13pt "Times New Roman", "Liberation Serif", serif }
table { width: 100% } td { text-align: center; vertical-align: top } h1 { font-size: 14pt; text-align: center }
.next { break-before: page }</style>
<table><tr><td width="40%">UBND TỈNH NAM ĐỊNH<br><b>SỞ XÂY DỰNG</b></td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr>
<tr><td>Số: {number}</td><td><i>Nam Định, ngày 10 tháng 01 năm 2024</i></td></tr></table>
<h1>KẾ HOẠCH<br>{abstract}</h1>
<p>Thực hiện Kế hoạch số 250/KH-UBND ngày 15 tháng 12 năm 2023 của Ủy ban nhân dân tỉnh, Sở Xây dựng ban hành kế hoạch
rà soát, đánh giá thủ tục hành chính năm 2024 như sau:</p><p>I. MỤC ĐÍCH, YÊU CẦU</p>
<p class="next">II. NỘI DUNG</p><p>1. Rà soát các thủ tục hành chính thuộc phạm vi quản lý của Sở.</p></html>"""


def signed_plan(browser: Browser) -> bytes:
    """Print the plan to review procedures, signed on 10 January 2024, as a PDF of two pages."""
    page = browser.new_page()
    try:
        page.set_content(_PAPER.replace("{number}", NUMBER).replace("{abstract}", ABSTRACT))
        return page.pdf(prefer_css_page_size=True)
    finally:
        page.close()


BAD_FILES: Final = (
    ("hợp đồng.pdf", MZ, "tệp là chương trình"),
    ("báo cáo trống.pdf", b"", "tệp rỗng, không có nội dung"),
    ("thống kê quý I.xlsx", macro_package("xlsx"), "tệp có chứa macro"),
)
"""Files of wrong content under names that may be taken, and what is said of each."""
