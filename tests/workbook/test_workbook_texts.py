"""Texts that people type: nothing of them is ever read as anything but text, and nothing breaks the file."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell

from cchc_core.scoring import Sheet
from cchc_core.workbook import file_name
from cchc_core.workbook.lines import PROOF_WIDTH
from cchc_core.workbook.names import agency_head
from cchc_core.workbook.texts import CONTINUED, MOST_CHARACTERS, cell_text, lines_of
from tests.workbook.conftest import NewDesk
from tests.workbook.desk import exported, opened, rows_of
from tests.workbook.small import HOSTILE, SMALL

LONG = "Sở đã thực hiện đầy đủ nhiệm vụ được giao. " * 400
NOTES = {
    "1.1.1": "=cmd|' /C calc'!A0",
    "1.1.2": "+1\n-2\n@SUM(A1)\t<b>đậm</b> **đậm** _x0041_ & ]]>",
    "1.2": LONG.strip(),
}


@pytest.fixture(scope="module")
def sheet(new_desk: NewDesk) -> Sheet:
    desk = new_desk(SMALL, unit="=Sở Nội vụ <tỉnh> Nam Định")
    desk.save({"1.1.1": {"not_applicable": "=1+1"}, "2.1": {"percent": "50", "source": "@cơ quan"}})
    for code, note in NOTES.items():
        desk.note(code, note)
    return desk.sheet()


@pytest.fixture(scope="module")
def content(sheet: Sheet) -> bytes:
    return exported(sheet)


@pytest.fixture(scope="module")
def live(content: bytes) -> Workbook:
    return opened(content, values=False)


def _proof(live: Workbook, code: str) -> Cell:
    form = live["Bảng điểm"]
    cell = form[f"J{rows_of(form, SMALL)['leaf', code]}"]
    assert isinstance(cell, Cell)
    return cell


def test_texts_that_look_like_formulas_stay_texts(live: Workbook) -> None:
    form = live["Bảng điểm"]
    rows = rows_of(form, SMALL)
    for node, text in (
        (("group", "1.1"), "=1+1"),
        (("leaf", "1.2"), HOSTILE),
        (("section", "1"), "-Chỉ đạo, điều hành"),
    ):
        cell = form[f"B{rows[node]}"]
        assert (cell.value, cell.data_type, cell.quotePrefix, cell.hyperlink) == (text, "s", True, None)
    formulas = [cell.value for each in live for row in each.iter_rows() for cell in row if cell.data_type == "f"]
    assert not [formula for formula in formulas if "cmd" in formula or "HYPERLINK" in formula or "SUM(A1)" in formula]


def test_notes_are_written_letter_by_letter(live: Workbook) -> None:
    for code, note in NOTES.items():
        assert f"Thuyết minh: {note}" in _proof(live, code).value.replace("_x005F_", "_")


def test_a_note_longer_than_a_row_runs_on_over_merged_rows_so_that_print_shows_all(live: Workbook) -> None:
    form = live["Bảng điểm"]
    cell = _proof(live, "1.2")
    merged = next(area for area in form.merged_cells.ranges if cell.coordinate in area)
    room = sum(form.row_dimensions[row].height for row in range(merged.min_row, merged.max_row + 1))
    assert room >= 12 * lines_of(cell.value, PROOF_WIDTH)
    assert max(dimension.height or 0 for dimension in form.row_dimensions.values()) <= 409
    assert "xem đủ ở sheet «Bảng điểm»" in str([row[11].value for row in live["Tiêu chí mất điểm"].iter_rows()])


def test_every_part_of_the_file_is_well_formed(content: bytes) -> None:
    archive = zipfile.ZipFile(BytesIO(content))
    for name in archive.namelist():
        ElementTree.fromstring(archive.read(name))  # noqa: S314 (our own file)


def test_the_file_name_has_only_signs_that_file_systems_take(sheet: Sheet) -> None:
    assert file_name(sheet) == "Bảng điểm CCHC - Sở Nội vụ tỉnh Nam Định - Năm 2024.xlsx"


@pytest.mark.parametrize("text", ["đ" * 40_000, "😀" * 20_000, "x" * (MOST_CHARACTERS + 1)])
def test_a_text_that_no_cell_can_hold_is_cut_and_says_so(text: str) -> None:
    cut = cell_text(text)
    assert cut.endswith(CONTINUED)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert cell_text(text[:16_000]) == text[:16_000]


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert cell_text("a\x00b\x0bc\x1b\ud800d\ufffee\uffff\r\nf\tg") == "abcde\nf\tg"


@pytest.mark.parametrize(
    ("unit", "issuer", "expected"),
    [
        ("Sở Nội vụ tỉnh Nam Định", "", ("UBND TỈNH NAM ĐỊNH", "SỞ NỘI VỤ", "Nam Định")),
        (
            "Sở Nội vụ",
            "Sở Nội vụ tỉnh Bà Rịa - Vũng Tàu",
            ("UBND TỈNH BÀ RỊA - VŨNG TÀU", "SỞ NỘI VỤ", "Bà Rịa - Vũng Tàu"),
        ),
        ("Sở Y tế thành phố Hà Nội", "", ("UBND THÀNH PHỐ HÀ NỘI", "SỞ Y TẾ", "Hà Nội")),
        ("Chi cục Biển", "Sở TN&MT tỉnh Nam Định", ("SỞ TN&MT", "CHI CỤC BIỂN", "Nam Định")),
        ("Sở Thử nghiệm", "Sở Thử nghiệm", ("UBND TỈNH ……………", "SỞ THỬ NGHIỆM", "……………")),
        ("UBND huyện Hải Hậu", "Sở Nội vụ tỉnh Nam Định", ("", "UBND HUYỆN HẢI HẬU", "Nam Định")),
    ],
)
def test_the_body_above_and_the_place_come_from_the_names(unit: str, issuer: str, expected: tuple[str, ...]) -> None:
    head = agency_head(unit, issuer)
    assert (head.parent, head.agency, head.place) == expected
