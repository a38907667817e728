"""The printed form as a Word document: A4, one table, its head row on every page, page numbers from page 2.

The table is written as its XML, row by row: the library's own cells cost seconds for a thousand rows.
Source of the looks: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt

from cchc_core.rubric_out.form import TOTAL, Form, FormColumn, FormRow, RowKind
from cchc_core.rubric_out.in_excel import blocks
from cchc_core.rubric_out.rule_lines import points_words
from cchc_core.workbook.texts import cell_text

_FONT: Final = "Times New Roman"
_MOST_UPRIGHT: Final = 5
_SHORT_SIDE, _LONG_SIDE = Cm(21.0), Cm(29.7)
_MARGINS: Final = {"left_margin": Cm(3.0), "right_margin": Cm(1.5), "top_margin": Cm(2.0), "bottom_margin": Cm(2.0)}
_FIXED_CM: Final = {"code": 1.7, "points": 2.0}
_SHADES: Final = {RowKind.PART: "CFDDEE", RowKind.SECTION: "E6EEF7"}
_BOLD: Final = (RowKind.PART, RowKind.SECTION, RowKind.GROUP)
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

Element = Any


def draw(form: Form, stream: BinaryIO) -> None:
    """Write the form as a Word document to a binary stream."""
    document = Document()
    _letters(document)
    room = _page(document, len(form.columns) > _MOST_UPRIGHT)
    _head(document, form)
    widths = _widths(form, room)
    document.element.body.insert(len(document.element.body) - 1, _table(form, widths))
    for text in form.below:
        _paragraph(document, text, italic=True, align=WD_ALIGN_PARAGRAPH.LEFT)
    document.save(stream)


def _widths(form: Form, room: Length) -> list[int]:
    """Share the width out in twentieths of a point; codes and points get what they need on one line."""
    fixed = {field: Cm(size).twips for field, size in _FIXED_CM.items()}
    left = room.twips - sum(fixed.values())
    shares = sum(column.share for column in form.columns if column.field not in fixed)
    return [fixed.get(column.field) or int(left * column.share / shares) for column in form.columns]


def _letters(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name = _FONT
    style.font.size = Pt(12)
    # Word keeps a font of its own for letters that it takes for East Asian.
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.author = ""


def _page(document: Any, is_wide: bool) -> Length:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG_SIDE, _SHORT_SIDE) if is_wide else (_SHORT_SIDE, _LONG_SIDE)
    for name, size in _MARGINS.items():
        setattr(section, name, size)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        paragraph.add_run()._r.append(_field(kind, text))
    return Length(section.page_width - section.left_margin - section.right_margin)


def _field(kind: str | None, text: str | None) -> Element:
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = text
    return element


def _head(document: Any, form: Form) -> None:
    _paragraph(document, form.issuer.upper(), bold=True, align=WD_ALIGN_PARAGRAPH.LEFT)
    _paragraph(document, form.title.upper(), bold=True, size=14, before=12)
    for text in form.about:
        _paragraph(document, text, italic=True, size=13)
    if form.alert:
        _paragraph(document, form.alert, bold=True)
    _paragraph(document, "")


def _paragraph(
    document: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 12,
    before: int = 0,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(cell_text(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _table(form: Form, widths: Sequence[int]) -> Element:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = parse_xml(
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid></w:tbl>"
    )
    names = [
        _cell(width, column.name.upper(), bold=True, align="center", shade="DDDDDD")
        for width, column in _with(widths, form)
    ]
    table.append(_row(names, "<w:tblHeader/>"))
    for block in blocks(form.rows):
        for at, row in enumerate(block):
            table.append(_row(_cells(form, widths, block, at, row)))
    table.append(_row(_total(form, widths)))
    return table


def _with(widths: Sequence[int], form: Form) -> Iterator[tuple[int, FormColumn]]:
    return zip(widths, form.columns, strict=True)


def _cells(form: Form, widths: Sequence[int], block: Sequence[FormRow], at: int, row: FormRow) -> Iterator[str]:
    bold, shade = row.kind in _BOLD, _SHADES.get(row.kind, "")
    text = row.text.upper() if row.kind is RowKind.PART else row.text
    yield _cell(widths[0], row.code, align="center", bold=bold, shade=shade)
    yield _cell(widths[1], text, bold=bold, shade=shade)
    yield _cell(widths[2], points_words(row.points), align="right", bold=bold, shade=shade)
    # Evidence and the like stand beside a leaf and all its lines.
    merge = "" if len(block) == 1 else '<w:vMerge w:val="restart"/>' if at == 0 else "<w:vMerge/>"
    for width, column in list(_with(widths, form))[3:]:
        yield _cell(width, row.texts.get(column.field, ""), merge=merge, size=22, shade=shade)


def _total(form: Form, widths: Sequence[int]) -> Iterator[str]:
    yield _cell(widths[0], "", shade="D9D9D9")
    yield _cell(widths[1], TOTAL, bold=True, align="center", shade="D9D9D9")
    yield _cell(widths[2], points_words(form.total), bold=True, align="right", shade="D9D9D9")
    yield from (_cell(width, "", shade="D9D9D9") for width in widths[3:])


def _row(cells: Iterator[str] | Sequence[str], more: str = "") -> Element:
    return parse_xml(f"<w:tr {_NAMESPACE}><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(cells)}</w:tr>")


def _cell(
    width: int, text: str, *, bold: bool = False, align: str = "left", shade: str = "", merge: str = "", size: int = 24
) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    looks = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    paragraphs = "".join(
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r>{looks}<w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>'
        for line in cell_text(text).split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}{fill}</w:tcPr>{paragraphs}</w:tc>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
