"""What an official paper has above and below its table: agency, national motto, title, notes, signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_core.rubric.checks import Finding
from cchc_core.rubric.model import Rubric
from cchc_core.unconfirmed import unconfirmed
from cchc_core.workbook import names
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.texts import cell_text, lines_of
from cchc_core.workbook.xlsx import Worksheet

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ILLUSTRATIVE = (
    "ĐIỂM MINH HOẠ: bản in của bộ tiêu chí không có điểm; không dùng để xếp hạng, xếp loại "
    "cho đến khi quản trị đưa điểm chính thức vào."
)


def about(sheet: "Sheet") -> str:
    """Say for which period an assessment speaks, and whether it counts."""
    kind = " (tự chấm tạm tính, dùng nội bộ)" if sheet.assessment.is_provisional else ""
    return names.period_name(sheet.assessment) + kind


def criteria_set(rubric: Rubric) -> str:
    """Name a criteria set by its title and document."""
    return f"{rubric.title.rstrip('. ')}. {rubric.document}"


def warnings(sheet: "Sheet") -> tuple[str, ...]:
    """Say what a reader must know before any figure of an assessment, on every sheet."""
    is_illustrative = sheet.rubric.is_illustrative
    carried = names.unconfirmed_words(unconfirmed(sheet), is_illustrative=is_illustrative)
    return tuple(line for line in (ILLUSTRATIVE if is_illustrative else "", carried) if line)


def alert(sheet: "Sheet", doubts: Sequence[Finding]) -> str:
    """Say in one line what a reader must know before any figure of the form; empty when there is nothing."""
    count = len(doubts)
    unsure = (
        f"Văn bản in của bộ tiêu chí có {count} chỗ cần hỏi lại nơi ban hành: xem ghi chú cuối bảng." if count else ""
    )
    return " ".join(line for line in (*warnings(sheet), unsure) if line)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where head and foot stand, as pairs of columns such as "A:C"."""

    head_left: str
    foot_left: str
    right: str
    across: str


def write_head(sheet: Worksheet, styles: Styles, content: "Sheet", doubts: Sequence[Finding], blocks: Blocks) -> None:
    """Write rows 1 to 7."""
    left, right, across = blocks.head_left, blocks.right, blocks.across
    set_name, warning = criteria_set(content.rubric), alert(content, doubts)
    head = names.agency_head(content.assessment.unit_name, content.rubric.issuer)
    _merge(sheet, styles, left, 1, cell_text(head.parent), "agency")
    _merge(sheet, styles, right, 1, COUNTRY, "agency bold")
    _merge(sheet, styles, left, 2, cell_text(head.agency), "agency bold")
    _merge(sheet, styles, right, 2, MOTTO, "motto")
    _merge(sheet, styles, left, 3, "_" * 24, "rule")
    _merge(sheet, styles, across, 4, names.TITLE, "title")
    _merge(sheet, styles, across, 5, cell_text(about(content)), "subtitle")
    _merge(sheet, styles, across, 6, cell_text(set_name), "about")
    _merge(sheet, styles, across, 7, cell_text(warning), "alert")
    heights = (17.0, 17.0 * lines_of(head.agency, 54), 9.0, 24.0, 17.0)
    for row, height in enumerate(heights):
        sheet.set_row(row, height)
    sheet.set_row(5, 15.5 * lines_of(set_name, 190))
    sheet.set_row(6, 15.5 * lines_of(warning, 165) if warning else 6)


def notes(doubts: Sequence[Finding]) -> Iterator[str]:
    """List what stands below the table: what is wrong with the print of the criteria set."""
    for number, finding in enumerate(doubts, start=1):
        yield f"Ghi chú {number}. {finding.message}"


def write_foot(
    sheet: Worksheet, styles: Styles, content: "Sheet", doubts: Sequence[Finding], row: int, blocks: Blocks
) -> int:
    """Write notes and signatures from a row on; gives the last row used."""
    left, right, across = blocks.foot_left, blocks.right, blocks.across
    for note in notes(doubts):
        _merge(sheet, styles, across, row, cell_text(note), "note")
        sheet.set_row(row - 1, 15.5 * lines_of(note, 190))
        row += 1
    place = names.agency_head(content.assessment.unit_name, content.rubric.issuer).place
    row += 1
    date_line = f"{place}, ngày …… tháng …… năm ………"
    _merge(sheet, styles, right, row, cell_text(date_line), "date line")
    _merge(sheet, styles, left, row + 1, "NGƯỜI LẬP BIỂU", "signer")
    _merge(sheet, styles, right, row + 1, "THỦ TRƯỞNG ĐƠN VỊ", "signer")
    _merge(sheet, styles, left, row + 2, "(Ký, ghi rõ họ tên)", "hint")
    _merge(sheet, styles, right, row + 2, "(Ký, ghi rõ họ tên, đóng dấu)", "hint")
    return row + 7


def _merge(sheet: Worksheet, styles: Styles, columns: str, row: int, text: str, style: str) -> None:
    first, last = columns.split(":")
    sheet.merge_range(f"{first}{row}:{last}{row}", "", styles.plain(style))
    sheet.write_string(f"{first}{row}", text, styles.plain(style))


def set_up_page(sheet: Worksheet, *, header_row: int | None) -> None:
    """Set up printing: A4 landscape, one page wide, margins of Nghị định 30/2020/NĐ-CP, the header on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=30 / 25.4, right=15 / 25.4, top=20 / 25.4, bottom=20 / 25.4)
    sheet.center_horizontally()
    if header_row is not None:
        sheet.repeat_rows(header_row - 1)
    sheet.set_footer('&C&"Times New Roman,Regular"&11Trang &P/&N')
