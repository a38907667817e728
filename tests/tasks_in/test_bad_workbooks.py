"""Files that are no workbook, or one made to harm: each is refused in words, and the process lives on."""

import struct
from collections.abc import Callable

import pytest

from cchc_core.errors import BadText
from cchc_core.workbook_in import read_workbook
from cchc_core.workbook_in.refusals import MOST_BYTES
from tests.tasks_in.sheets import HEAD, book_of, csv_of, sheet_xml, with_sheet, zip_of

_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600
_XLSX_PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def _encrypted_zip() -> bytes:
    content = bytearray(zip_of({"xl/workbook.xml": b"<workbook/>"}))
    directory = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, directory + 8, 1)
    return bytes(content)


def _hidden(book: object) -> None:
    book.worksheets[0].sheet_state = "hidden"  # type: ignore[attr-defined]
    book.create_sheet("Trống")  # type: ignore[attr-defined]


_REFUSED: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("a.xlsx", lambda: b"", "tệp rỗng", "kiểm tra lại tệp"),
    ("a.xlsx", lambda: b"\r\n  \n", "tệp rỗng", "kiểm tra lại tệp"),
    ("a.csv", lambda: b";;;\r\n;;;\r\n", "tệp rỗng", "kiểm tra lại tệp"),
    ("a.xlsx", lambda: b"x" * (MOST_BYTES + 1), "tệp lớn hơn 10 MB", "chép riêng bảng cần đọc"),
    ("a.xlsx", lambda: b"Day la mot tep van ban.", "không phải bảng tính Excel", "kiểu «Excel Workbook (*.xlsx)»"),
    ("a.xls", lambda: b"<html><table><tr><td>STT</td></tr></table>", "trang web (HTML)", "Hãy mở tệp bằng Excel"),
    ("a.xlsx", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "đang đặt mật khẩu", "bỏ mật khẩu"),
    ("a.xlsx", _encrypted_zip, "đang đặt mật khẩu", "bỏ mật khẩu"),
    ("a.xls", lambda: _OLE + "Workbook".encode("utf-16-le"), "định dạng Excel cũ (.xls", "Lưu thành"),
    ("a.xls", lambda: _OLE + "WordDocument".encode("utf-16-le"), "định dạng Office cũ", "Lưu thành"),
    ("a.xlsx", lambda: zip_of({"word/document.xml": b"<w/>"}), "văn bản Word", "từ Word sang Excel"),
    ("a.xlsx", lambda: zip_of({"mimetype": b"x", "content.xml": b"x"}), ".ods", "Lưu thành"),
    ("a.xlsx", lambda: zip_of({"bai.txt": b"x"}), "không phải bảng tính Excel", "Lưu thành"),
    ("a.xlsx", lambda: zip_of({**_XLSX_PARTS, "xl/vbaProject.bin": b"x"}), "mã macro", "Lưu thành"),
    ("a.xlsx", lambda: zip_of(_XLSX_PARTS), "tệp hỏng", "Lưu thành"),
    ("a.xlsx", lambda: book_of(HEAD)[:-300], "tệp hỏng", "chưa tải lên trọn vẹn"),
    ("a.xlsx", lambda: zip_of({**_XLSX_PARTS, "xl/x.xml": b" " * (60 << 20)}), "lớn bất thường", "chép riêng bảng"),
    ("a.xlsx", lambda: zip_of({str(n): b"" for n in range(2_500)} | _XLSX_PARTS), "lớn bất thường", "chép riêng bảng"),
    ("a.xlsx", lambda: book_of(HEAD, change=_hidden), "không có trang tính nào đang hiện", "bỏ ẩn trang tính"),
    ("a.csv", lambda: "Nhiệm vụ;Chủ trì".encode() + b"\x81\x8d\xff", "bảng mã chữ", "CSV UTF-8"),
    ("a.csv", lambda: ("x" * 200_000).encode(), "tệp hỏng", "Lưu thành"),
    ("a.csv", lambda: ("x" * 30_000).encode(), "Tệp CSV, dòng 1, cột 1 (A) dài quá 20.000 ký tự", "rút gọn"),
    ("a.csv", lambda: (";" * 150 + "x").encode(), "Tệp CSV, dòng 1, cột 151 (EU)", "nằm quá xa bảng"),
    ("a.csv", lambda: b"x;y\r\n" * 20_001, "Tệp CSV, dòng 20001: bảng dài quá 20.000 dòng", "chia bảng"),
]


@pytest.mark.parametrize(("name", "make", "said", "to_do"), _REFUSED)
def test_a_file_that_is_no_workbook_is_refused_with_the_reason_and_what_to_do(
    name: str, make: Callable[[], bytes], said: str, to_do: str
) -> None:
    with pytest.raises(BadText) as refused:
        read_workbook(make(), name)
    assert f"Tệp «{name}»" in str(refused.value)
    assert said in str(refused.value)
    assert to_do in str(refused.value)


_CELL = '<row r="{row}"><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>'


@pytest.mark.parametrize(
    ("rows", "dimension", "said"),
    [
        (_CELL.format(row=1, at="XFD1", text="x"), "A1:XFD1", "Trang tính «Trang 1», dòng 1, cột XFD có nội dung"),
        (
            _CELL.format(row=1048576, at="XFD1048576", text="x"),
            "A1:XFD1048576",
            "Trang tính «Trang 1», dòng 1048576, cột XFD có nội dung",
        ),
        (_CELL.format(row=900000, at="B900000", text="x"), "A1:B2", "dòng 900000, cột B có nội dung, nằm quá xa"),
        (_CELL.format(row=4000000000, at="A4000000000", text="x"), "A1", "tệp hỏng"),
        (_CELL.format(row=1, at="A1", text="x" * 25_000), "A1", "dòng 1, cột A dài quá 20.000 ký tự"),
    ],
)
def test_a_sheet_that_reaches_far_is_refused_with_the_cell_named(rows: str, dimension: str, said: str) -> None:
    with pytest.raises(BadText, match="Hãy") as refused:
        read_workbook(with_sheet(sheet_xml(rows, dimension=dimension)), "a.xlsx")
    assert said in str(refused.value)


def test_a_million_rows_are_refused_with_the_row_named() -> None:
    two = '<c t="inlineStr"><is><t>a</t></is></c>' * 2
    many = sheet_xml("".join(f'<row r="{number}">{two}</row>' for number in range(1, 30_000)))
    with pytest.raises(BadText, match=r"dòng 20001, cột B: bảng dài quá 20\.000 dòng"):
        read_workbook(with_sheet(many), "a.xlsx")
    whole = sheet_xml("".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in range(1, 1_000_001)))
    with pytest.raises(BadText, match="Hãy"):
        read_workbook(with_sheet(whole), "a.xlsx")


def test_entities_that_grow_without_end_are_refused() -> None:
    grown = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    xml = sheet_xml(_CELL.format(row=1, at="A1", text="&j;")).replace("<worksheet", f"{grown}]><worksheet", 1)
    with pytest.raises(BadText, match="Hãy"):
        read_workbook(with_sheet(xml), "a.xlsx")


def test_after_every_bad_file_a_good_one_is_read() -> None:
    (sheet,) = read_workbook(book_of(f"{HEAD}\n| 1 | Lập kế hoạch | Kế hoạch | Văn phòng |"), "a.xlsx").sheets
    assert [cell.text for _, cell in sheet.rows[1].filled()] == ["1", "Lập kế hoạch", "Kế hoạch", "Văn phòng"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_file_is_read_in_the_encodings_of_vietnamese_offices(encoding: str, delimiter: str) -> None:
    import unicodedata

    table = "| STT | Nhiệm vụ | Đơn vị chủ trì |\n| 1 | Rà soát, hệ thống hoá văn bản | Phòng Quản lý đất đai |"
    # Windows-1258 writes tone marks apart from their letters.
    written = _tones_apart(table) if encoding == "cp1258" else table
    (sheet,) = read_workbook(csv_of(written, encoding, delimiter), "Bảng.CSV").sheets
    said = [cell.text for row in sheet.rows for _, cell in row.filled()]
    assert said == ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "1", "Rà soát, hệ thống hoá văn bản", "Phòng Quản lý đất đai"]
    assert all(unicodedata.is_normalized("NFC", text) for text in said)


def _tones_apart(text: str) -> str:
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in tones)
        apart.append(unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones)) + tone)
    return "".join(apart)
