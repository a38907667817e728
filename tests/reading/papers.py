"""Papers as offices write them by Nghị định 30/2020: two columns on top, number and date, type name and abstract.

``python -m tests.reading.papers FOLDER`` writes them as Word files; the PDF files of ``files/`` are LibreOffice's
prints of three of them.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

COUNTRY: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Paper:
    """What stands in the head of a paper, and the paragraphs below it."""

    above: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    day: str
    type_name: str = ""
    abstract: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    stamp: str = ""
    before_body: tuple[str, ...] = ()
    body: tuple[str, ...] = (
        "Thực hiện Kế hoạch số 120/KH-UBND ngày 15 tháng 11 năm 2021 của Ủy ban nhân dân tỉnh, "
        "đơn vị báo cáo kết quả như sau:",
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
    )


REPORT: Final = Paper(
    above=("ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG"),
    issuer=("SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"),
    number="Số: 05/BC-STTTT",
    day="Sóc Trăng, ngày 05 tháng 01 năm 2022",
    type_name="BÁO CÁO",
    abstract=("Kết quả thực hiện công tác cải cách hành chính năm 2021,", "phương hướng, nhiệm vụ năm 2022"),
)
DRAFT_PLAN: Final = Paper(
    above=("UBND TỈNH NAM ĐỊNH",),
    issuer=("SỞ XÂY DỰNG",),
    number="Số:          /KH-SXD",
    day="Nam Định, ngày       tháng 01 năm 2024",
    type_name="KẾ HOẠCH",
    abstract=("Cải cách hành chính năm 2024 của Sở Xây dựng",),
)
LETTER: Final = Paper(
    above=("UBND TỈNH SƠN LA",),
    issuer=("SỞ NỘI VỤ",),
    number="Số: 1234/SNV-CCHC&VTLT",
    day="Sơn La, ngày 24 tháng 9 năm 2024",
    about=("V/v báo cáo tự kiểm tra", "công tác cải cách hành chính", "năm 2024"),
    before_body=("Kính gửi: Ủy ban nhân dân tỉnh",),
)
DECISION: Final = Paper(
    above=("UBND TỈNH KHÁNH HÒA",),
    issuer=("SỞ NỘI VỤ",),
    number="Số: 77/QĐ-SNV",
    day="Khánh Hòa, ngày 31 tháng 12 năm 2023",
    type_name="QUYẾT ĐỊNH",
    abstract=("Về việc phân công nhiệm vụ cải cách hành chính năm 2024",),
    before_body=("GIÁM ĐỐC SỞ NỘI VỤ", "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021;"),
)
PAPERS: Final[Mapping[str, Paper]] = {
    "bao-cao": REPORT,
    "ke-hoach-du-thao": DRAFT_PLAN,
    "cong-van": LETTER,
    "quyet-dinh": DECISION,
}


def as_docx(paper: Paper, *, font: str = "Times New Roman") -> bytes:
    """Write a paper as Word does."""
    out = BytesIO()
    document(paper, font).save(out)
    return out.getvalue()


def document(paper: Paper, font: str = "Times New Roman") -> Any:
    """Build a paper as a document that can still be changed."""
    made = _blank(font)
    _put_columns(made, paper)
    put(made, "")
    for text in filter(None, (paper.type_name, *paper.abstract)):
        put(made, text, bold=True)
    put(made, "")
    for text in paper.before_body:
        put(made, text, centred=not text.startswith("Căn cứ"), bold=text.isupper())
    for text in paper.body:
        put(made, text, centred=False)
    return made


def put(holder: Any, text: str, *, bold: bool = False, italic: bool = False, centred: bool = True) -> None:
    """Add a paragraph."""
    line = holder.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    line.paragraph_format.space_after = Pt(0 if centred else 6)
    if not centred:
        line.paragraph_format.first_line_indent = Cm(1.27)
    run = line.add_run(text)
    run.bold, run.italic = bold, italic


def _blank(font: str) -> Any:
    made = Document()
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = font, Pt(13)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin = Cm(3), Cm(2), Cm(2)
    return made


def _put_columns(made: Any, paper: Paper) -> None:
    head = made.add_table(rows=2, cols=2)
    head.autofit = False
    for row in head.rows:
        row.cells[0].width, row.cells[1].width = Cm(6.3), Cm(9.7)
    left, right = head.rows[0].cells
    for text in paper.above:
        put(left, text)
    for text in paper.issuer:
        put(left, text, bold=True)
    put(right, COUNTRY, bold=True)
    put(right, MOTTO, bold=True)
    left, right = head.rows[1].cells
    for text in filter(None, (paper.number, *paper.about)):
        put(left, text)
    if paper.stamp:
        put(left, paper.stamp, bold=True)
    put(right, paper.day, italic=True)
    for cell in (*head.rows[0].cells, *head.rows[1].cells):
        cell._element.remove(cell.paragraphs[0]._element)


if __name__ == "__main__":
    for name, paper in PAPERS.items():
        (Path(sys.argv[1]) / f"{name}.docx").write_bytes(as_docx(paper))
