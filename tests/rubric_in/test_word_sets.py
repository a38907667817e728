"""Word files: merged cells, several tables, numbers that Word makes itself, old fonts, hostile containers."""

import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from cchc_core.errors import BadText
from cchc_core.rubric_in.importing import read_set_file
from cchc_core.rubric_in.model import ImportedSet
from tests.rubric_in.sets import lines, node, points, word_of
from tests.tasks_in.sheets import book_of, zip_of

HEAD = ["STT", "Lĩnh vực/tiêu chí/tiêu chí thành phần", "Điểm chuẩn", "Tài liệu kiểm chứng"]
ROWS = [
    HEAD,
    ["1", "CHỈ ĐẠO, ĐIỀU HÀNH", "2,0000", ""],
    ["1.1", "Kế hoạch", "1,0000", "- Kế hoạch CCHC\n- Tờ trình"],
    ["", "Đúng hạn", "1,0000", ""],
    ["", "Trễ hạn", "0,0000", ""],
    ["1.2", "Báo cáo", "1,0000", ""],
]


def _read(content: bytes, name: str = "bo.docx") -> ImportedSet:
    return read_set_file(content, name, year=2026)


def test_a_table_of_a_word_file_is_read_with_what_stands_above_it() -> None:
    found = _read(word_of(ROWS, above=("UBND TỈNH BẮC AN", "BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH NĂM 2025")))
    assert found.problems == ()
    assert points(found) == {"1": "2.0000", "1.1": "1.0000", "1.2": "1.0000"}
    assert lines(found, "1.1") == [("Đúng hạn", Decimal(1)), ("Trễ hạn", Decimal(0))]
    assert [each.text for each in node(found, "1.1").evidence] == ["Kế hoạch CCHC", "Tờ trình"]
    assert node(found, "1.1").place == "Bảng 1, dòng 3"
    assert (found.title, found.issuer, found.year) == (
        "BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH NĂM 2025",
        "UBND TỈNH BẮC AN",
        2025,
    )


def test_a_problem_of_a_word_file_names_table_row_and_column() -> None:
    rows = [*ROWS, ["1.2", "Họp", "nhiều", ""]]
    assert sorted(each.where for each in _read(word_of(rows)).problems) == [
        "Bảng 1, dòng 7, cột A",
        "Bảng 1, dòng 7, cột C",
    ]


def test_a_table_that_goes_on_without_a_header_is_read_on() -> None:
    found = _read(
        word_of(ROWS, [["", "Đúng hạn", "1,0000", ""], ["2", "THỂ CHẾ", "1,0000", ""], ["2.1", "Rà soát", "1", ""]])
    )
    assert [each.code for each in found.nodes] == ["1", "1.1", "1.2", "2", "2.1"]
    assert lines(found, "1.2") == [("Đúng hạn", Decimal(1))]
    assert any(note.startswith("Bảng 2: không có dòng tiêu đề") for note in found.notes)


def test_a_heading_over_a_table_is_the_part_that_the_table_holds() -> None:
    def add(opened: Any) -> None:
        opened.add_paragraph("II. ĐÁNH GIÁ TÁC ĐỘNG")
        table = opened.add_table(rows=3, cols=4)
        for row, texts in zip(
            table.rows, [HEAD, ["1", "CHẤT LƯỢNG", "2", ""], ["1.1", "Hài lòng", "2", ""]], strict=True
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    found = _read(word_of(ROWS, above=("I. KẾT QUẢ THỰC HIỆN",), change=add))
    assert found.problems == ()
    assert [each.code for each in found.nodes] == ["I", "I.1", "I.1.1", "I.1.2", "II", "II.1", "II.1.1"]
    assert node(found, "II").place == "Bảng 2, phía trên bảng"


def test_cells_merged_both_ways_are_read_once() -> None:
    def merge(opened: Any) -> None:
        table = opened.tables[0]
        table.cell(2, 0).merge(table.cell(4, 0))
        table.cell(2, 3).merge(table.cell(5, 3))
        table.cell(1, 0).merge(table.cell(1, 1))

    found = _read(word_of(ROWS, change=merge))
    assert [each.code for each in found.nodes] == ["1", "1.1", "1.2"]
    assert node(found, "1").title == "CHỈ ĐẠO, ĐIỀU HÀNH"
    assert [text for text, _ in lines(found, "1.1")] == ["Đúng hạn", "Trễ hạn"]
    assert [each.text for each in node(found, "1.2").evidence] == ["Kế hoạch CCHC", "Tờ trình"]


def test_numbers_that_word_makes_itself_are_counted_out() -> None:
    def number(opened: Any) -> None:
        _add_list(opened)
        for row, level in ((1, 0), (2, 1), (5, 1)):
            cell = opened.tables[0].cell(row, 0)
            cell.paragraphs[0].text = ""
            _make_item(cell.paragraphs[0], level)

    found = _read(word_of(ROWS, change=number))
    assert found.problems == ()
    assert [each.code for each in found.nodes] == ["1", "1.1", "1.2"]


def _add_list(opened: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    root = opened.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in ((0, "%1."), (1, "%1.%2."))
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900">{levels}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="901"><w:abstractNumId w:val="900"/></w:num>'))


def _make_item(paragraph: Any, level: int) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    settings = paragraph._p.get_or_add_pPr()
    settings.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="901"/></w:numPr>'))


def test_a_table_within_a_table_is_read_on_its_own() -> None:
    def nest(opened: Any) -> None:
        outer = opened.add_table(rows=1, cols=1)
        inner = outer.cell(0, 0).add_table(rows=len(ROWS), cols=4)
        for row, texts in zip(inner.rows, ROWS, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    assert [each.code for each in _read(word_of(change=nest)).nodes] == ["1", "1.1", "1.2"]


def test_text_in_an_old_font_is_named() -> None:
    def set_font(opened: Any) -> None:
        opened.tables[0].cell(2, 1).paragraphs[0].runs[0].font.name = ".VnTime"

    found = _read(word_of(ROWS, change=set_font))
    assert [(each.where, "phông cũ" in each.problem) for each in found.problems] == [("Bảng 1, dòng 3, cột B", True)]


def test_a_word_file_is_known_by_its_content_too() -> None:
    assert len(_read(word_of(ROWS), "bo-tieu-chi").nodes) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp rỗng"),
        (b"xin chao", "không phải .docx"),
        (b"PK\x03\x04 hong", "hỏng"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100, "Word cũ"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (zip_of({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}), "macro"),
        (zip_of({"word/document.xml": b"<not closed"}), "hỏng"),
        (zip_of({"word/document.xml": b" " * (60 << 20)}), "lớn bất thường"),
        (book_of("| a |"), "không phải là văn bản Word"),
        (word_of(above=("Chỉ có chữ",)), "không có bảng nào"),
    ],
)
def test_a_file_that_is_not_read_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(BadText, match=said) as refused:
        _read(content)
    assert "Hãy " in str(refused.value)


def test_a_bomb_of_nested_entities_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "aaaaaaaaaa">{entities}]><d>&a8;</d>'
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(word_of(ROWS))) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            is_body = item.filename == "word/document.xml"
            target.writestr(item.filename, xml.encode() if is_body else source.read(item.filename))
    with pytest.raises(BadText):
        _read(out.getvalue())


def test_a_small_table_within_a_criterion_gives_its_levels() -> None:
    def put(document: Any) -> None:
        within = document.tables[0].cell(2, 1).add_table(rows=2, cols=2)
        for row, texts in enumerate((("Đúng hạn", "1,0"), ("Trễ hạn", "0"))):
            for column, text in enumerate(texts):
                within.cell(row, column).text = text

    found = _read(word_of([*ROWS[:3], ["1.2", "Báo cáo", "1,0000", ""]], change=put))
    assert [text for text, _ in lines(found, "1.1")] == ["Đúng hạn: 1,0", "Trễ hạn: 0"]
    assert found.tables == ("Bảng 1",)
    assert not any("Bảng 2" in note for note in found.notes)
