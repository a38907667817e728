"""The printed form as a workbook: one sheet, A4, the head row on every page."""

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final

from cchc_core.rubric_out.form import TOTAL, Form, FormRow, RowKind
from cchc_core.workbook.styles import POINTS_FORMAT
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Book, Format, Worksheet, add_sheet, new_book

_SHEET: Final = "Bộ tiêu chí"
_LINE, _HIGHEST = 15.0, 400.0
_A4: Final = 9
_MOST_UPRIGHT: Final = 5

_Properties = dict[str, Any]
_LOOKS: Final[Mapping[RowKind, _Properties]] = {
    RowKind.PART: {"bold": True, "bg_color": "#CFDDEE"},
    RowKind.SECTION: {"bold": True, "bg_color": "#E6EEF7"},
    RowKind.GROUP: {"bold": True},
    RowKind.LEAF: {},
    RowKind.LINE: {"font_size": 11, "indent": 1},
}
_BORDERED: Final[_Properties] = {"border": 1, "valign": "top", "text_wrap": True, "font_size": 12}
_NUMBERS: Final[_Properties] = {"num_format": POINTS_FORMAT, "align": "right"}


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Format] = {}

    def plain(self, **properties: Any) -> Format:
        key = tuple(f"{name}={value}" for name, value in sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def cell(self, kind: RowKind, field: str) -> Format:
        properties = {**_BORDERED, **_LOOKS[kind]}
        if field != "text":
            properties.pop("indent", None)
        if field == "points":
            return self.plain(**properties, **_NUMBERS)
        if field == "code":
            return self.plain(**properties, align="center", quote_prefix=True)
        small = {"font_size": 11, "bold": False} if field != "text" else {}
        return self.plain(**{**properties, **small}, quote_prefix=True)


def draw(form: Form, stream: BinaryIO) -> None:
    """Write the form as a workbook to a binary stream."""
    book = new_book(stream)
    styles = _Styles(book)
    sheet = add_sheet(book, _SHEET)
    widths = [column.share for column in form.columns]
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    header = _head(sheet, styles, form)
    after = _body(sheet, styles, form, header + 1)
    _foot(sheet, styles, form, after)
    _set_up(sheet, form, header)
    book.close()


def _head(sheet: Worksheet, styles: _Styles, form: Form) -> int:
    lines = [
        (form.issuer.upper(), {"bold": True, "font_size": 12, "align": "left"}),
        ("", {}),
        (form.title.upper(), {"bold": True, "font_size": 14, "align": "center"}),
        *((text, {"italic": True, "font_size": 12, "align": "center"}) for text in form.about),
    ]
    if form.alert:
        lines.append((form.alert, {"bold": True, "font_size": 11, "align": "center", "font_color": "#A61C00"}))
    whole = sum(column.share for column in form.columns)
    for row, (text, looks) in enumerate(lines):
        if text:
            style = styles.plain(**looks, text_wrap=True, valign="vcenter")
            sheet.merge_range(row, 0, row, len(form.columns) - 1, cell_text(text), style)
            # Capitals of the title are larger than the letters that a width counts in.
            sheet.set_row(row, 4 + 18 * lines_of(text, whole * 0.8))
    header = len(lines) + 1
    style = styles.plain(**_BORDERED | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDDDDD"})
    for index, column in enumerate(form.columns):
        sheet.write_string(header, index, column.name.upper(), style)
    sheet.set_row(header, 4 + _LINE * max(lines_of(c.name.upper(), c.share - 2) for c in form.columns))
    return header


def _body(sheet: Worksheet, styles: _Styles, form: Form, first: int) -> int:
    row = first
    for block in blocks(form.rows):
        heights = [_height(form, each) for each in block]
        # A merged cell does not make its rows higher: the last one gets what its text needs beyond them.
        heights[-1] = min(_HIGHEST, heights[-1] + max(0.0, _side_height(form, block[0]) - sum(heights)))
        for offset, (each, height) in enumerate(zip(block, heights, strict=True)):
            _write_row(sheet, styles, form, row + offset, each)
            sheet.set_row(row + offset, height)
        _write_sides(sheet, styles, form, row, block)
        row += len(block)
    return row


def blocks(rows: Sequence[FormRow]) -> list[list[FormRow]]:
    """Put each leaf together with its lines; every other row stands alone."""
    found: list[list[FormRow]] = []
    for row in rows:
        if row.kind is RowKind.LINE:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _height(form: Form, row: FormRow) -> float:
    share = next(column.share for column in form.columns if column.field == "text")
    # A column's width counts figures; Vietnamese words are a little narrower, bold ones are not.
    room = share * (0.95 if _LOOKS[row.kind].get("bold") else 1.05)
    return min(_HIGHEST, 3 + _LINE * lines_of(row.text, room))


def _side_height(form: Form, row: FormRow) -> float:
    sides = [(row.texts.get(column.field, ""), column.share) for column in form.columns[3:]]
    return 3 + _LINE * max((lines_of(text, share) for text, share in sides if text), default=1)


def _write_row(sheet: Worksheet, styles: _Styles, form: Form, at: int, row: FormRow) -> None:
    sheet.write_string(at, 0, cell_text(row.code), styles.cell(row.kind, "code"))
    text = row.text.upper() if row.kind is RowKind.PART else row.text
    sheet.write_string(at, 1, cell_text(text), styles.cell(row.kind, "text"))
    style = styles.cell(row.kind, "points")
    if row.points is None:
        sheet.write_blank(at, 2, None, style)
    else:
        sheet.write_number(at, 2, float(row.points), style)


def _write_sides(sheet: Worksheet, styles: _Styles, form: Form, at: int, block: Sequence[FormRow]) -> None:
    for index, column in enumerate(form.columns[3:], start=3):
        text = cell_text(block[0].texts.get(column.field, ""))
        style = styles.cell(block[0].kind, column.field)
        if len(block) > 1:
            sheet.merge_range(at, index, at + len(block) - 1, index, "", style)
        sheet.write_string(at, index, text, style)


def _foot(sheet: Worksheet, styles: _Styles, form: Form, at: int) -> None:
    looks = {**_BORDERED, "bold": True, "bg_color": "#D9D9D9"}
    sheet.write_blank(at, 0, None, styles.plain(**looks))
    sheet.write_string(at, 1, TOTAL, styles.plain(**looks, align="center"))
    sheet.write_number(at, 2, float(form.total), styles.plain(**looks, **_NUMBERS))
    for index in range(3, len(form.columns)):
        sheet.write_blank(at, index, None, styles.plain(**looks))
    for offset, text in enumerate(form.below, start=1):
        sheet.merge_range(
            at + offset, 0, at + offset, len(form.columns) - 1, cell_text(text), styles.plain(italic=True)
        )


def _set_up(sheet: Worksheet, form: Form, header: int) -> None:
    sheet.freeze_panes(header + 1, 2)
    sheet.repeat_rows(header)
    sheet.set_paper(_A4)
    if len(form.columns) > _MOST_UPRIGHT:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
    sheet.set_footer("&C&P/&N")
