"""The workbook of the figures: the form as it is printed, and a sheet with both years and their difference."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from cchc_core.indicators.keeping import TwoYears
from cchc_core.indicators.printed import Level, Line, comparison_table, lines
from cchc_core.rules.decimals import decimals_of
from cchc_core.table import Table
from cchc_core.workbook.head import COUNTRY, MOTTO
from cchc_core.workbook.names import agency_head
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Book, Format, Worksheet, add_sheet, new_book

FORM_SHEET, COMPARISON_SHEET = "Phụ lục", "So sánh hai năm"
_HEAD: Final = 9
"""The row of the form's header, counted from 1; it is two rows high."""
_WIDTHS: Final = (6.5, 43.0, 17.0, 15.0, 15.0, 19.0)
_COMPARED_WIDTHS: Final = (13.0, 52.0, 24.0, 18.0, 13.0, 13.0, 13.0, 30.0)
_LINE: Final = 15.5
_WORDS: Final[dict[str, Any]] = {"valign": "vcenter", "text_wrap": True, "quote_prefix": True}
_NUMBER: Final[dict[str, Any]] = {"valign": "vcenter", "align": "right", "indent": 1}
_OF_LEVEL: Final[dict[Level, dict[str, Any]]] = {
    Level.PART: {"bold": True},
    Level.SECTION: {"bold": True},
    Level.GROUP: {"bold": True, "italic": True},
    Level.INDICATOR: {},
}


class _Formats:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def get(self, **properties: Any) -> Format:
        key = repr(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def figures_workbook(years: TwoYears, unit_name: str) -> bytes:
    """Write the form of a department with both years: numbers as numbers, several numbers of one cell as a text."""
    out = BytesIO()
    book = new_book(out)
    book.set_properties({"title": years.form.title, "subject": f"{unit_name}, năm {years.year}"})
    formats = _Formats(book)
    _write_form(add_sheet(book, FORM_SHEET), formats, years, unit_name)
    _write_comparison(add_sheet(book, COMPARISON_SHEET), formats, comparison_table(years))
    book.close()
    return out.getvalue()


def _write_form(sheet: Worksheet, formats: _Formats, years: TwoYears, unit_name: str) -> None:
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    _write_top(sheet, formats, years, unit_name)
    _write_header(sheet, formats, years.year)
    row = _HEAD + 1
    for line in lines(years):
        _write_line(sheet, formats, row, line)
        row += 1
    _write_foot(sheet, formats, row + 1, unit_name)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=30 / 25.4, right=15 / 25.4, top=20 / 25.4, bottom=20 / 25.4)
    sheet.center_horizontally()
    sheet.repeat_rows(_HEAD - 1, _HEAD)
    sheet.set_header('&C&"Times New Roman,Regular"&13&P', {"scale_with_doc": False})
    sheet.freeze_panes(_HEAD + 1, 2)


def _write_top(sheet: Worksheet, formats: _Formats, years: TwoYears, unit_name: str) -> None:
    head = agency_head(unit_name, "")
    centred = {"align": "center", "valign": "vcenter", "text_wrap": True}
    small, bold = {**centred, "font_size": 12}, {**centred, "font_size": 12, "bold": True}
    appendix = years.form.document.partition(",")[0]
    sent_with = f"(Kèm theo Báo cáo số …/BC-… ngày …/…/{years.year} của {unit_name})"
    title = years.form.title.upper()
    _across(sheet, (0, 0, 1), head.parent, formats.get(**small))
    _across(sheet, (0, 2, 5), COUNTRY, formats.get(**bold))
    _across(sheet, (1, 0, 1), head.agency, formats.get(**bold))
    _across(sheet, (1, 2, 5), MOTTO, formats.get(**{**bold, "font_size": 13, "underline": 1}))
    _across(sheet, (3, 0, 5), appendix, formats.get(**{**bold, "font_size": 14}))
    _across(sheet, (4, 0, 5), title, formats.get(**{**bold, "font_size": 14}))
    _across(sheet, (5, 0, 5), sent_with, formats.get(**{**centred, "italic": True, "font_size": 13}))
    _across(sheet, (6, 0, 5), f"Mẫu: {years.form.document}", formats.get(**{**centred, "italic": True}))
    sheet.set_row(1, _LINE * 1.15 * lines_of(head.agency, 42))
    sheet.set_row(4, 19 * lines_of(title, 92))
    sheet.set_row(5, 18 * lines_of(sent_with, 92))
    sheet.set_row(6, _LINE * lines_of(years.form.document, 110))


def _write_header(sheet: Worksheet, formats: _Formats, year: int) -> None:
    header = formats.get(bold=True, align="center", valign="vcenter", text_wrap=True, border=1, bg_color="#E6EEF7")
    top, below = _HEAD - 1, _HEAD
    for column, name in ((0, "STT"), (1, "Chỉ tiêu thống kê"), (5, "Ghi chú")):
        sheet.merge_range(top, column, below, column, name, header)
    sheet.merge_range(top, 2, top, 4, "Kết quả thống kê", header)
    for column, name in ((2, "Đơn vị tính"), (3, f"Năm {year - 1}"), (4, f"Năm {year}")):
        sheet.write_string(below, column, name, header)
    sheet.set_row(top, 18)
    sheet.set_row(below, 18)


def _write_line(sheet: Worksheet, formats: _Formats, row: int, line: Line) -> None:
    level = {"border": 1, **_OF_LEVEL[line.level]}
    words = formats.get(**level, **_WORDS)
    centred = formats.get(**level, **_WORDS, align="center")
    for column, text, style in ((0, line.number, centred), (1, line.title, words), (2, line.unit, centred)):
        sheet.write_string(row, column, cell_text(text), style)
    for column, value in ((3, line.last), (4, line.this)):
        _write_value(sheet, formats, (row, column), value, level)
    sheet.write_string(row, 5, cell_text(line.note), words)
    sheet.set_row(row, _height(line))


def _height(line: Line) -> float:
    several = [value if isinstance(value, str) else "" for value in (line.last, line.this)]
    texts = (line.number, line.title, line.unit, *several, line.note)
    return _LINE * max(lines_of(text, width - 1) for text, width in zip(texts, _WIDTHS, strict=True)) + 3


def _write_value(
    sheet: Worksheet, formats: _Formats, place: tuple[int, int], value: Decimal | str | None, level: dict[str, Any]
) -> None:
    match value:
        case None:
            sheet.write_blank(*place, None, formats.get(**level, **_NUMBER))
        case str():
            text = cell_text(value).replace(" %", "\u00a0%")
            sheet.write_string(*place, text, formats.get(**level, **_WORDS, align="right"))
        case Decimal():
            sheet.write_number(*place, float(value), formats.get(**level, **_NUMBER, num_format=_number_format(value)))


def _number_format(value: Decimal) -> str:
    places = decimals_of(value)
    return "#,##0" if not places else f"#,##0.{'0' * places}"


def _write_foot(sheet: Worksheet, formats: _Formats, row: int, unit_name: str) -> None:
    centred = {"align": "center", "valign": "vcenter"}
    place = agency_head(unit_name, "").place
    dated = f"{place}, ngày …… tháng …… năm ………"
    _across(sheet, (row, 2, 5), dated, formats.get(**centred, italic=True, font_size=12))
    for columns, title, hint in (
        ((0, 1), "NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"),
        ((2, 5), "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên, đóng dấu)"),
    ):
        _across(sheet, (row + 1, *columns), title, formats.get(**centred, bold=True, font_size=12))
        _across(sheet, (row + 2, *columns), hint, formats.get(**centred, italic=True))


def _across(sheet: Worksheet, place: tuple[int, int, int], text: str, style: Format) -> None:
    row, first, last = place
    sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, cell_text(text), style)


def _write_comparison(sheet: Worksheet, formats: _Formats, table: Table) -> None:
    for index, width in enumerate(_COMPARED_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, table.title, formats.get(bold=True, font_size=14))
    header = formats.get(bold=True, align="center", valign="vcenter", text_wrap=True, border=1, bg_color="#E6EEF7")
    for column, named in enumerate(table.columns):
        sheet.write_string(2, column, named.name, header)
    for row, values in enumerate(table.rows, start=3):
        _write_compared(sheet, formats, row, values)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 2)


def _write_compared(sheet: Worksheet, formats: _Formats, row: int, values: Sequence[object]) -> None:
    level: dict[str, Any] = {"border": 1}
    for column, value in enumerate(values):
        if column == 6:
            continue
        if isinstance(value, Decimal) or value is None:
            _write_value(sheet, formats, (row, column), value, level)
        else:
            sheet.write_string(row, column, cell_text(str(value)), formats.get(**level, **_WORDS))
    change = values[6]
    last, this = f"E{row + 1}", f"F{row + 1}"
    formula = f'=IF(OR({last}="",{this}=""),"",{this}-{last})'
    stored, plain = (float(change), _number_format(change)) if isinstance(change, Decimal) else ("", "#,##0")
    style = formats.get(**level, **_NUMBER, num_format=f"+{plain};-{plain};0")
    sheet.write_formula(row, 6, formula, style, stored)
    texts = [value if isinstance(value, str) else "" for value in values]
    height = max(lines_of(text, width - 1) for text, width in zip(texts, _COMPARED_WIDTHS, strict=True))
    sheet.set_row(row, _LINE * height + 1)
