"""What files say of themselves, as offices write, print, scan and damage them."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.reading import Found, read_file
from cchc_core.evidence.reading.issuers import issuer_in
from tests.reading.papers import DECISION, DRAFT_PLAN, LETTER, REPORT, Paper, as_docx, document, put

FILES = Path(__file__).parent / "files"
SAMPLES = Path(__file__).parents[2] / "data" / "sample"
DRAFT = "chỗ ghi số còn trống: dự thảo, hoặc số do phần mềm ký số đóng lên"


def read(folder: Path, content: bytes, extension: str = "docx") -> Found:
    path = folder / f"paper.{extension}"
    path.write_bytes(content)
    return read_file(path, extension)


def said(found: Found) -> tuple[object, ...]:
    return found.kind, found.number, found.doc_date, found.issuer, found.abstract


REPORT_SAYS = (
    DocumentKind.REPORT,
    "05/BC-STTTT",
    date(2022, 1, 5),
    "Sở Thông tin và Truyền thông",
    "Kết quả thực hiện công tác cải cách hành chính năm 2021, phương hướng, nhiệm vụ năm 2022",
)
LETTER_SAYS = (
    DocumentKind.LETTER,
    "1234/SNV-CCHC&VTLT",
    date(2024, 9, 24),
    "Sở Nội vụ",
    "Báo cáo tự kiểm tra công tác cải cách hành chính năm 2024",
)
DRAFT_SAYS = (DocumentKind.PLAN, "", None, "Sở Xây dựng", "Cải cách hành chính năm 2024 của Sở Xây dựng")


@pytest.mark.parametrize(
    ("name", "says"),
    [("bao-cao", REPORT_SAYS), ("cong-van", LETTER_SAYS), ("ke-hoach-du-thao", DRAFT_SAYS)],
)
def test_a_printed_pdf_says_number_date_issuer_and_abstract(name: str, says: tuple[object, ...]) -> None:
    found = read_file(FILES / f"{name}.pdf", "pdf")
    assert said(found) == says
    assert (found.pages, found.has_text, found.classification) == (1, True, "")
    assert "Thực hiện Kế hoạch số 120/KH-UBND" in found.text_pages[0]


@pytest.mark.parametrize(
    ("paper", "says"), [(REPORT, REPORT_SAYS), (LETTER, LETTER_SAYS), (DRAFT_PLAN, DRAFT_SAYS)], ids=lambda each: ""
)
def test_a_word_file_says_the_same_as_its_print(tmp_path: Path, paper: Paper, says: tuple[object, ...]) -> None:
    found = read(tmp_path, as_docx(paper))
    assert said(found) == says
    assert (found.pages, found.has_text) == (None, True)


def test_a_decision_says_about_what_it_decides(tmp_path: Path) -> None:
    assert said(read(tmp_path, as_docx(DECISION))) == (
        DocumentKind.DECISION,
        "77/QĐ-SNV",
        date(2023, 12, 31),
        "Sở Nội vụ",
        "Phân công nhiệm vụ cải cách hành chính năm 2024",
    )


def test_a_plan_to_carry_something_out_says_so_and_its_body_that_carries_out_another_plan_is_not_taken(
    tmp_path: Path,
) -> None:
    plan = replace(DRAFT_PLAN, abstract=("Thực hiện công tác cải cách hành chính năm 2024",))
    assert read(tmp_path, as_docx(plan)).abstract == "Thực hiện công tác cải cách hành chính năm 2024"
    printed = read_file(SAMPLES / "ke-hoach-cchc-2022.pdf", "pdf")
    assert printed.abstract == "Thực hiện công tác cải cách hành chính năm 2022"


def test_a_draft_without_number_and_day_says_what_is_open(tmp_path: Path) -> None:
    found = read(tmp_path, as_docx(DRAFT_PLAN))
    assert found.warnings == (DRAFT, "chưa đọc được ngày ban hành: chỗ ghi ngày còn trống hoặc sai")


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "ĐỘ MẬT: TỐI MẬT"])
def test_a_mark_of_secrecy_below_the_number_is_reported(tmp_path: Path, stamp: str) -> None:
    paper = Paper(REPORT.above, REPORT.issuer, REPORT.number, REPORT.day, "BÁO CÁO", ("Kết quả",), stamp=stamp)
    found = read(tmp_path, as_docx(paper))
    assert found.classification == stamp.removeprefix("ĐỘ MẬT: ").capitalize()
    assert (found.number, found.abstract) == ("05/BC-STTTT", "Kết quả")


def test_a_mark_of_secrecy_in_a_text_box_or_above_the_page_is_reported(tmp_path: Path) -> None:
    boxed, above = document(REPORT), document(REPORT)
    put(boxed, "")
    box = f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>TUYỆT MẬT</w:t></w:r></w:p></w:txbxContent>"
    boxed.paragraphs[-1].runs[0]._element.append(parse_xml(box))
    above.sections[0].header.paragraphs[0].text = "MẬT"
    for made, mark in ((boxed, "Tuyệt mật"), (above, "Mật")):
        out = BytesIO()
        made.save(out)
        assert read(tmp_path, out.getvalue()).classification == mark


def test_a_paper_that_only_speaks_of_secrets_bears_no_mark(tmp_path: Path) -> None:
    paper = Paper(
        REPORT.above, REPORT.issuer, REPORT.number, REPORT.day, "BÁO CÁO", ("Công tác bảo vệ bí mật nhà nước năm 2021",)
    )
    found = read(tmp_path, as_docx(paper))
    assert (found.classification, found.abstract) == ("", "Công tác bảo vệ bí mật nhà nước năm 2021")


@pytest.mark.parametrize(("font", "encoding"), [(".VnTime", "TCVN3"), (".VnTimeH", "TCVN3"), ("VNI-Times", "VNI")])
def test_an_old_encoding_is_named_and_its_letters_are_not_believed(tmp_path: Path, font: str, encoding: str) -> None:
    found = read(tmp_path, as_docx(REPORT, font=font))
    assert said(found) == (None, "", None, "", "")
    (warning,) = found.warnings
    assert (font in warning, encoding in warning) == (True, True)


def test_a_head_without_a_table_is_read_by_its_tabs(tmp_path: Path) -> None:
    made = document(Paper((), (), "", "", body=()))
    for element in list(made.element.body)[:-1]:
        made.element.body.remove(element)
    for text in (
        "UBND TỈNH SÓC TRĂNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 9/TB-SNV\tSóc Trăng, ngày 8 tháng 3 năm 2022",
        "",
        "THÔNG BÁO",
        "Kết luận cuộc họp giao ban",
        "Căn cứ chương trình công tác,",
    ):
        put(made, text, bold=text.isupper())
    out = BytesIO()
    made.save(out)
    assert said(read(tmp_path, out.getvalue())) == (
        DocumentKind.NOTICE,
        "9/TB-SNV",
        date(2022, 3, 8),
        "Sở Nội vụ",
        "Kết luận cuộc họp giao ban",
    )


def test_words_in_tables_are_read_too(tmp_path: Path) -> None:
    made = document(REPORT)
    made.add_table(rows=1, cols=3).cell(0, 2).text = "Tỷ lệ hồ sơ đúng hạn"
    out = BytesIO()
    made.save(out)
    assert "Tỷ lệ hồ sơ đúng hạn" in read(tmp_path, out.getvalue()).text_pages[0]


def test_a_kind_whose_text_is_not_read_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, b"PK\x03\x04", "xlsx")
    assert found.is_empty
    assert "chỉ đọc được nội dung tệp PDF và Word" in found.warnings[0]


def test_a_picture_is_known_by_its_kind_alone(tmp_path: Path) -> None:
    found = read(tmp_path, b"\x89PNG", "png")
    assert (found.kind, found.number, found.warnings) == (DocumentKind.PICTURE, "", ())


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (("UBND TỈNH NAM ĐỊNH", "SỞ TÀI NGUYÊN", "VÀ MÔI TRƯỜNG"), "Sở Tài nguyên và Môi trường"),
        (("ỦY BAN NHÂN DÂN", "THÀNH PHỐ SÓC TRĂNG"), "Ủy ban nhân dân thành phố Sóc Trăng"),
        (("SỞ XÂY DỰNG", "BAN QUẢN LÝ DỰ ÁN"), "Ban Quản lý dự án"),
        (("UBND HUYỆN MAI SƠN", "PHÒNG LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"), "Phòng Lao động - Thương binh và Xã hội"),
        (("UBND XÃ HÒA BÌNH",), "UBND xã Hòa Bình"),
    ],
)
def test_the_body_is_named_as_in_a_sentence(above: tuple[str, ...], name: str) -> None:
    assert issuer_in(above) == name
