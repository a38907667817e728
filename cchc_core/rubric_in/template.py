"""The template workbook: how a criteria set is to be filled in, with lists to choose from and two example rows."""

from collections.abc import Sequence
from typing import IO, Any, Final

from cchc_core.rubric.bodies import BODY_KIND_NAMES
from cchc_core.rubric_in.fields import Field
from cchc_core.rubric_in.template_words import (
    APPLIES_TO_ALL,
    BONUS,
    COLUMNS,
    EXAMPLE,
    GUIDE_SHEET,
    KINDS,
    LINE_KIND,
    PENALTY,
    RATIO_ITEM,
    RULE_KINDS,
    SET_SHEET,
)

_ROWS_TO_FILL: Final = 1_000
_HEADER_ROW: Final = 4
_LINE, _LETTERS_IN_A_LINE = 17, 105
_GUIDE: Final = (
    ("", "Cách điền tệp mẫu bộ tiêu chí"),
    ("1", f"Điền ở trang tính «{SET_SHEET}», mỗi dòng một phần, lĩnh vực, tiêu chí hoặc một ý của tiêu chí ở trên."),
    ("2", "Ghi tên bộ tiêu chí ở dòng 1 và văn bản ban hành (số, ngày, cơ quan) ở dòng 2, thay cho chữ có sẵn."),
    (
        "3",
        f"«Loại dòng»: chọn {', '.join(KINDS)} hoặc {LINE_KIND}. Dòng «{EXAMPLE}» là ví dụ, không được đọc; để lại hay "
        "xoá đi đều được.",
    ),
    ("4", "«Mã»: đúng như bản in (I, 1, 1.1, 1.1.1, a). Cột đã định dạng Text nên 1.10 không bị đổi thành 1.1."),
    ("5", "«Điểm tối đa»: số với dấu phẩy thập phân, ví dụ 0,5. Nhóm có thể ghi tổng của nhóm hoặc để trống."),
    (
        "6",
        "«Cách tính»: chỉ ghi ở tiêu chí được chấm. Ghi vào đây là chắc chắn; để trống thì phần mềm đề xuất từ lời "
        "văn và người quản trị xác nhận từng tiêu chí.",
    ),
    ("7", "«Phương án/mức»: mỗi dòng trong ô một mức, dạng «nội dung: điểm» (Alt+Enter để xuống dòng trong ô)."),
    ("", "Chọn một mức — «Có ban hành: 0,5» và «Không ban hành: 0»."),
    ("", f"Đánh dấu các ý đạt — «Đúng thời hạn: 0,25»; ý tính theo phần trăm thêm {RATIO_ITEM} ở cuối nội dung."),
    ("", "Theo tỷ lệ — ghi «Tử số» và «Mẫu số»; có mức sàn thì ghi «Dưới 70%: 0» ở ô phương án."),
    ("", "Theo khoảng — «Từ 80 đến dưới 100%: 0,5», «Từ 100%: 1», «Dưới 80%: 0»; «Tử số» ghi đại lượng đo."),
    ("", "Theo số trường hợp — lần lượt «0: 2,0», «1: 1,5», «2 trở lên: 0»; «Tử số» ghi đếm cái gì."),
    ("", "So với năm trước — «Cao hơn: 1», «Bằng: 0,5», «Thấp hơn: 0»; «Tử số» ghi so cái gì."),
    ("", "Do bên ngoài chấm — ghi ai chấm. Nhập điểm — ghi cách chấm bằng lời."),
    ("8", "«Tài liệu kiểm chứng»: mỗi dòng một tài liệu; thời gian của tài liệu ghi trong ngoặc, ví dụ (năm 2026)."),
    ("9", f"«Thưởng/trừ»: {BONUS} hoặc {PENALTY}; để trống là tiêu chí thường."),
    (
        "10",
        f"«Áp dụng cho»: để trống hoặc «{APPLIES_TO_ALL}» là mọi cơ quan, đơn vị; nhiều loại cách nhau bằng dấu «;»: "
        f"{'; '.join(BODY_KIND_NAMES.values())}.",
    ),
    ("11", "Dòng tổng cộng: ghi «TỔNG CỘNG» ở cột nội dung và tổng in trong văn bản ở cột điểm, để trống loại dòng."),
)
_EXAMPLES: Final[tuple[dict[Field, str], ...]] = (
    {
        Field.KIND: EXAMPLE,
        Field.CODE: "1.1",
        Field.TITLE: "Ban hành kế hoạch cải cách hành chính năm",
        Field.POINTS: "0,5",
        Field.RULE: "Chọn một mức",
        Field.OPTIONS: "Ban hành đúng thời hạn: 0,5\nBan hành chậm: 0,25\nKhông ban hành: 0",
        Field.EVIDENCE: "Kế hoạch cải cách hành chính (năm 2026)",
        Field.DEADLINE: "Trước ngày 15/01",
        Field.RESPONSIBLE: "Văn phòng Sở",
        Field.NOTE: "VÍ DỤ: dòng này không được đọc",
    },
    {
        Field.KIND: EXAMPLE,
        Field.CODE: "1.2",
        Field.TITLE: "Tỷ lệ hồ sơ thủ tục hành chính được giải quyết đúng hạn",
        Field.POINTS: "2",
        Field.RULE: "Theo tỷ lệ",
        Field.OPTIONS: "Dưới 70%: 0",
        Field.NUMERATOR: "Số hồ sơ giải quyết đúng hạn",
        Field.DENOMINATOR: "Tổng số hồ sơ đã giải quyết",
        Field.EVIDENCE: "Báo cáo thống kê của Hệ thống một cửa điện tử",
        Field.APPLIES_TO: "Sở, ngành có thủ tục hành chính",
        Field.NOTE: "VÍ DỤ: dòng này không được đọc",
    },
)
_NOTES: Final = {
    Field.KIND: "Chọn trong danh sách.",
    Field.CODE: "Đúng như bản in; cột này là Text.",
    Field.POINTS: "Dấu phẩy thập phân, tối đa bốn chữ số.",
    Field.RULE: "Để trống ở nhóm, và ở tiêu chí muốn phần mềm đề xuất cách tính.",
    Field.OPTIONS: "Mỗi dòng «nội dung: điểm».",
    Field.APPLIES_TO: "Để trống: mọi cơ quan, đơn vị.",
}


def write_template(stream: IO[bytes]) -> None:
    """Write the template as an .xlsx workbook; filled in, it is read back without problems."""
    import xlsxwriter

    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _write_guide(book)
    _write_set(book)
    book.get_worksheet_by_name(SET_SHEET).activate()
    book.close()


def _write_guide(book: Any) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    title = book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"})
    text = book.add_format({"text_wrap": True, "valign": "top", "font_name": "Times New Roman", "font_size": 12})
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 110)
    sheet.hide_gridlines(2)
    for row, (number, said) in enumerate(_GUIDE):
        # Only Excel itself makes a row as high as its text; other programs need to be told.
        sheet.set_row(row, _LINE * (1 + len(said) // _LETTERS_IN_A_LINE))
        sheet.write_string(row, 0, number, text)
        sheet.write_string(row, 1, said, text if row else title)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_set(book: Any) -> None:
    sheet = book.add_worksheet(SET_SHEET)
    title = book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"})
    plain = book.add_format({"italic": True, "font_name": "Times New Roman", "font_size": 12})
    sheet.write_string(0, 0, "BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH NĂM …", title)
    sheet.write_string(1, 0, "(Ban hành kèm theo Quyết định số …/QĐ-UBND ngày … của UBND tỉnh …)", plain)
    _write_header(book, sheet)
    _write_rows(book, sheet)
    _add_lists(sheet)
    sheet.freeze_panes(_HEADER_ROW, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW - 1)


def _write_header(book: Any, sheet: Any) -> None:
    form = {"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF7"}
    header = book.add_format({**form, "font_name": "Times New Roman", "font_size": 12})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "font_name": "Times New Roman"})
    for column, (field, name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(_HEADER_ROW - 1, column, name, header)
        if note := _NOTES.get(field):
            sheet.write_comment(_HEADER_ROW - 1, column, note)


def _write_rows(book: Any, sheet: Any) -> None:
    form = {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@", "italic": True, "font_color": "#606060"}
    example = book.add_format({**form, "font_name": "Times New Roman", "bg_color": "#F4F4F4"})
    for row, said in enumerate(_EXAMPLES, start=_HEADER_ROW):
        sheet.set_row(row, 3 * _LINE)
        for column, (field, _, _) in enumerate(COLUMNS):
            sheet.write_string(row, column, said.get(field, ""), example)


def _add_lists(sheet: Any) -> None:
    lists = {
        Field.KIND: [*KINDS, LINE_KIND],
        Field.RULE: list(RULE_KINDS),
        Field.EFFECT: [BONUS, PENALTY],
    }
    for column, (field, name, _) in enumerate(COLUMNS):
        if field in lists:
            _add_list(sheet, column, name, lists[field])


def _add_list(sheet: Any, column: int, name: str, listed: Sequence[str]) -> None:
    first = _HEADER_ROW + len(_EXAMPLES)
    validation = {"validate": "list", "source": list(listed), "ignore_blank": True, "error_title": name}
    validation["error_message"] = "Hãy chọn một mục trong danh sách."
    sheet.data_validation(first, column, first + _ROWS_TO_FILL, column, validation)
