"""The workbook of a province's set as somebody types it, right and with planted errors; a slip filled in."""

from collections.abc import Mapping
from io import BytesIO
from typing import Final

from openpyxl import Workbook, load_workbook

SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ABOVE: Final = (
    "UBND TỈNH BẮC AN",
    "BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH NĂM 2026",
    "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND tỉnh Bắc An)",
)
_HEADER: Final = ("STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng", "Chủ trì")
_OFFICE: Final = "Văn phòng Sở"
_ROWS: Final[tuple[tuple[object, ...], ...]] = (
    ("1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 3, "", ""),
    ("1.1", "Ban hành kế hoạch CCHC", 1, "Kế hoạch CCHC", _OFFICE),
    ("", "Ban hành đúng hạn", 1, "", ""),
    ("", "Ban hành chậm", "0,5", "", ""),
    ("", "Không ban hành", 0, "", ""),
    ("1.2", "Gửi báo cáo CCHC định kỳ", 2, "Báo cáo CCHC", _OFFICE),
    ("", "Gửi đủ, đúng hạn", 2, "", ""),
    ("", "Gửi thiếu hoặc chậm", 0, "", ""),
    ("2", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", 3, "", ""),
    ("2.1", "Tỷ lệ hồ sơ giải quyết đúng hạn", 2, "Báo cáo", "Phòng Cải cách hành chính"),
    ("", "Tính theo công thức: (Số hồ sơ đúng hạn/Tổng số hồ sơ) x 2 điểm", "", "", ""),
    ("2.2", "Công khai thủ tục hành chính", 1, "Đường liên kết", "Phòng Cải cách hành chính"),
    ("", "Công khai đầy đủ", 1, "", ""),
    ("", "Không công khai", 0, "", ""),
)
_FIRST: Final = len(_ABOVE) + 2
PLANTED: Final = (
    (_row := _FIRST + 5, "C", "hai điểm"),
    (_row + 4, "C", "1.234"),
    (_row + 6, "A", "2.1"),
)
"""Three errors: points that are words, points that read two ways, a code that is there already."""
_FORM, _KEYS, _INPUTS = "Phiếu chấm", 10, 4


def set_workbook(*, is_broken: bool = False) -> bytes:
    """Write the set; ``is_broken`` with the three planted errors."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Phụ lục"
    for line in _ABOVE:
        sheet.append([line])
    sheet.append(list(_HEADER))
    for row in _ROWS:
        sheet.append([None if cell == "" else cell for cell in row])
    if is_broken:
        for number, column, text in PLANTED:
            sheet[f"{column}{number}"] = text
    return _saved(book)


def filled_slip(content: bytes, cells: Mapping[str, object]) -> bytes:
    """Type into the input cells of a slip, by their keys ("1.1|level")."""
    book = load_workbook(BytesIO(content))
    form = book[_FORM]
    rows = {str(form.cell(row, _KEYS).value): row for row in range(1, form.max_row + 1)}
    for key, value in cells.items():
        form.cell(rows[key], _INPUTS).value = value
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
