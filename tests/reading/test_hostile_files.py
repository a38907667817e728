"""Damaged, locked, scanned and hostile files: each gives a sentence, and this process goes on."""

import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from cchc_core.evidence.reading import CannotDraw, Found, page_image, read_file
from tests.reading.papers import REPORT, as_docx

FILES = Path(__file__).parent / "files"
PNG = b"\x89PNG\r\n\x1a\n"


def read(folder: Path, content: bytes, extension: str) -> Found:
    path = folder / "stored"
    path.write_bytes(content)
    return read_file(path, extension)


def scanned() -> bytes:
    out = BytesIO()
    Image.new("L", (600, 850), 235).save(out, "PDF")
    return out.getvalue()


def locked() -> bytes:
    """Build the smallest PDF that asks for a password."""
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n",
        b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>endobj\n",
    ]
    body, places = b"%PDF-1.4\n", []
    for part in parts:
        places.append(len(body))
        body += part
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    ids = b"00" * 16
    return (
        body
        + b"xref\n0 5\n0000000000 65535 f \n"
        + rows
        + b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<"
        + ids
        + b"><"
        + ids
        + b">]>>\nstartxref\n%d\n%%%%EOF" % len(body)
    )


def of_pages(count: int) -> bytes:
    made, out = pypdfium2.PdfDocument.new(), BytesIO()
    for _ in range(count):
        made.new_page(595, 842)
    made.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(as_docx(REPORT))) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in good.infolist():
            content = good.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"</w:body>", b"<w:p/>" * 8_000_000 + b"</w:body>")
            packed.writestr(entry.filename, content)
    return out.getvalue()


def test_a_scan_says_that_it_has_no_text(tmp_path: Path) -> None:
    found = read(tmp_path, scanned(), "pdf")
    assert (found.has_text, found.pages, found.is_empty) == (False, 1, True)
    assert "tệp quét, không có chữ" in found.warnings[0]


def test_a_locked_pdf_says_that_it_asks_for_a_password(tmp_path: Path) -> None:
    assert read(tmp_path, locked(), "pdf").warnings == (
        "chưa đọc được nội dung: tệp PDF đặt mật khẩu nên không đọc được",
    )


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_a_cut_or_garbled_file_gives_a_sentence(tmp_path: Path, extension: str) -> None:
    whole = (FILES / "bao-cao.pdf").read_bytes() if extension == "pdf" else as_docx(REPORT)
    middle = len(whole) // 2
    for damaged in (b"", b"\0" * 50, whole[:200], whole[:middle], whole[: middle - 99] + b"\xff" * 99 + whole[middle:]):
        found = read(tmp_path, damaged, extension)
        assert found.warnings or found.number == "05/BC-STTTT"
    assert "hỏng" in read(tmp_path, b"\0" * 50, extension).warnings[0]


def test_of_a_pdf_with_two_thousand_pages_only_the_first_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, of_pages(2_000), "pdf")
    assert (found.pages, len(found.text_pages), found.has_text) == (2_000, 20, False)


def test_a_word_file_that_grows_when_unpacked_is_not_read(tmp_path: Path) -> None:
    content = bomb()
    assert len(content) < 1 << 20
    found = read(tmp_path, content, "docx")
    assert found.warnings == ("chưa đọc được nội dung: tệp Word nén bất thường, mở ra quá lớn nên không đọc",)


def test_a_word_file_that_names_itself_within_itself_is_not_followed(tmp_path: Path) -> None:
    out = BytesIO()
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(BytesIO(as_docx(REPORT))) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in good.infolist():
            content = good.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"?>", b"?>" + laughs, 1).replace("BÁO CÁO".encode(), b"&b;")
            packed.writestr(entry.filename, content)
    found = read(tmp_path, out.getvalue(), "docx")
    assert "haha" not in "".join(found.text_pages)


def test_a_page_is_drawn_as_wide_as_asked(tmp_path: Path) -> None:
    drawn = page_image(FILES / "bao-cao.pdf", "pdf", 1, 700)
    assert drawn.startswith(PNG)
    assert Image.open(BytesIO(drawn)).width in range(698, 703)
    path = tmp_path / "stored"
    path.write_bytes(of_pages(2_000))
    assert page_image(path, "pdf", 2_000, 300).startswith(PNG)


def test_a_picture_is_drawn_smaller_and_upright(tmp_path: Path) -> None:
    turned, path = Image.new("RGB", (3_000, 1_000), "red"), tmp_path / "stored"
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(path, "JPEG", exif=exif)
    assert Image.open(BytesIO(page_image(path, "jpg", 1, 400))).size == (400, 1200)


@pytest.mark.parametrize(
    ("content", "extension", "page", "said"),
    [
        (b"", "pdf", 1, "hỏng"),
        (b"\x89PNG\r\n\x1a\n\0\0", "png", 1, "hỏng"),
        (b"x", "docx", 1, "chỉ xem được"),
        (None, "pdf", 2, "không có trang 2"),
        (None, "pdf", 0, "không có trang 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    tmp_path: Path, content: bytes | None, extension: str, page: int, said: str
) -> None:
    path = tmp_path / "stored"
    path.write_bytes((FILES / "bao-cao.pdf").read_bytes() if content is None else content)
    with pytest.raises(CannotDraw, match=said):
        page_image(path, extension, page, 500)


def test_a_picture_of_too_many_points_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stored"
    Image.new("1", (20_000, 20_000)).save(path, "PNG")
    with pytest.raises(CannotDraw):
        page_image(path, "png", 1, 500)
