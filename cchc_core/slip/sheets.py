"""The other sheets that people see: sums by section, documents with their links, and how to fill the slip in."""

from typing import Final

from cchc_core.rules.explain import one_line
from cchc_core.slip import names as n
from cchc_core.slip.form import about
from cchc_core.slip.layout import Form, Line, sums
from cchc_core.slip.styles import Styles
from cchc_core.slip.totals_live import done_words, share_words
from cchc_core.workbook.lines import Kind as Node
from cchc_core.workbook.lines import asked_for
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Worksheet

_FORM: Final = f"'{n.FORM}'!"
_LONGEST_ADDRESS: Final = 2_000
_SUMMED: Final = (Node.PART, Node.SECTION, Node.TOTAL)


def write_summary(sheet: Worksheet, styles: Styles, form: Form) -> None:
    """Write the sums of parts and sections, each leading to its rows."""
    _begin(sheet, styles, "TỔNG HỢP THEO LĨNH VỰC", form, (9, 56, 13, 13, 13, 14, 24))
    illustrative = " (minh hoạ)" if form.sheet.rubric.is_illustrative else ""
    heads = ("STT", "Lĩnh vực", "Điểm chuẩn", "Sau khi hạ", "Điểm", "Đã làm", "Kết quả")
    for column, head in enumerate(heads):
        words = head + (illustrative if column in (2, 3, 4) else "")
        sheet.write_string(3, column, words, styles.plain("header"))
    sheet.set_row(3, 32)
    lines = [line for line in form.lines if line.kind in _SUMMED]
    for row, line in enumerate(lines, start=4):
        _sum_row(sheet, styles, form, line, row)
    sheet.freeze_panes(4, 0)


def _sum_row(sheet: Worksheet, styles: Styles, form: Form, line: Line, row: int) -> None:
    level = line.kind.value
    sheet.set_row(row, lines_of(line.title, 58) * 14.6 + 6)
    sheet.write_string(row, 0, line.number, styles.row(level, "number"))
    sheet.write_string(row, 1, line.title, styles.row(level, "words"))
    for column, letter, value in zip((2, 3, 4), (n.MAX, n.EFFECTIVE, n.POINTS), sums(form, line), strict=True):
        sheet.write_formula(row, column, f"={_FORM}{letter}{line.row}", styles.row(level, "points"), float(value))
    for column, letter, live in ((5, n.STATE, done_words(form, line)), (6, n.SAID, share_words(form, line))):
        role = "state" if letter == n.STATE else "said"
        sheet.write_formula(row, column, f"={_FORM}{letter}{line.row}", styles.row(level, role), live.value)


def write_proofs(sheet: Worksheet, styles: Styles, form: Form) -> None:
    """Write what each criterion asks to be proved by, and what is attached, with a link to each document."""
    _begin(sheet, styles, "TÀI LIỆU KIỂM CHỨNG", form, (9, 52, 11, 90))
    for column, head in enumerate(("STT", "Tiêu chí", "Loại", "Tài liệu (bấm vào tài liệu đã gắn để mở)")):
        sheet.write_string(3, column, head, styles.plain("header"))
    sheet.set_row(3, 24)
    row = 4
    for line in form.leaves:
        row = _proof_rows(sheet, styles, form, line, row)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    sheet.autofilter(3, 0, max(4, row - 1), 3)


def _proof_rows(sheet: Worksheet, styles: Styles, form: Form, line: Line, row: int) -> int:
    attached = [("Đã gắn", proof.text, proof.address) for proof in form.attached.get(line.code, ())]
    asked = [("Cần có", asked_for(evidence), "") for evidence in line.leaf.evidence]
    listed = [*asked, *attached] or [("", "Không nêu tài liệu", "")]
    for place, (kind, text, address) in enumerate(listed):
        shown = cell_text(text)
        # Once where its lines begin; the number on each says whose they are, also when the list is filtered.
        title = "" if place else line.title
        sheet.set_row(row, max(lines_of(title, 54), lines_of(shown, 94)) * 14.6 + 4)
        sheet.write_string(row, 0, line.number, styles.plain("cell number"))
        sheet.write_string(row, 1, title, styles.plain("cell"))
        sheet.write_string(row, 2, kind, styles.plain("cell number"))
        if address and len(address) <= _LONGEST_ADDRESS:
            sheet.write_url(row, 3, address, styles.plain("link"), shown)
        else:
            sheet.write_string(row, 3, shown, styles.plain("cell"))
        row += 1
    return row


_STEPS: Final = (
    (
        "1. Nhập",
        "Mở trang «Phiếu chấm». Mỗi tiêu chí là một dòng đậm; ngay bên dưới là các ô màu vàng để nhập. "
        "Chỉ ô màu vàng nhập được, mọi ô khác đã khoá.",
    ),
    ("Chọn một mức", "Bấm vào ô, bấm mũi tên rồi chọn một mức trong danh sách."),
    (
        "Đánh dấu các ý đạt",
        "Gõ x ở ý đạt. Ý tính theo tỷ lệ thì nhập số phần trăm, không gõ dấu %. Không đạt ý nào thì gõ x ở dòng cuối.",
    ),
    (
        "Theo tỷ lệ, theo khoảng, theo số trường hợp, so với năm trước",
        "Nhập số liệu; số lẻ gõ theo cách máy của bạn đang dùng (12,5 hoặc 12.5).",
    ),
    ("Do bên ngoài chấm", "Chưa có kết quả thì để trống. Có rồi thì nhập điểm hoặc phần trăm, và ghi nguồn."),
    (
        "Không áp dụng, huỷ điểm, chưa đến kỳ",
        "Chỉ có ở tiêu chí cho phép. Ghi lý do (hoặc gõ x với «Chưa đến kỳ») và để trống các ô kết quả.",
    ),
    ("Thuyết minh", "Ghi rõ căn cứ khi thiếu tài liệu, hoặc điều cần nói thêm. Xuống dòng bằng Alt+Enter."),
    (
        "2. Xem",
        "Điểm, trạng thái và cách tính hiện ngay bên phải. Dòng đầu trang luôn cho biết tổng điểm và số tiêu chí đã "
        "làm. Chỗ ghi «Cần sửa» màu đỏ phải sửa trước khi gửi về.",
    ),
    (
        "3. Gửi về",
        "Lưu tệp (giữ kiểu .xlsx) rồi tải lên ở trang «Phiếu Excel» của phần mềm, hoặc gửi cho cán bộ đầu mối. Chỉ "
        "những ô đã sửa được nhận; nếu trong lúc đó phần mềm cũng đã đổi, hai kết quả hiện cạnh nhau để chọn. "
        "Điểm luôn được tính lại trong phần mềm.",
    ),
    (
        "Lưu ý",
        "Không thêm, xoá, đổi chỗ dòng; không đổi tên trang tính. Tài liệu kiểm chứng gắn trong phần mềm, "
        "không gắn vào tệp này.",
    ),
)


def write_guide(sheet: Worksheet, styles: Styles, form: Form) -> None:
    """Write how to fill the slip in and send it back."""
    _begin(sheet, styles, "HƯỚNG DẪN", form, (30, 100))
    row = 3
    for title, text in _STEPS:
        sheet.set_row(row, max(lines_of(title, 28), lines_of(text, 98)) * 16 + 6)
        sheet.write_string(row, 0, title, styles.plain("step title"))
        sheet.write_string(row, 1, text, styles.plain("step"))
        row += 1


def _begin(sheet: Worksheet, styles: Styles, title: str, form: Form, widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, title, styles.plain("title"))
    sheet.set_row(0, 26)
    sheet.write_string(1, 0, cell_text(one_line(about(form))), styles.plain("hint"))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer('&C&"Times New Roman,Regular"&10Trang &P/&N')
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
