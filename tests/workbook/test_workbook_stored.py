"""What a program sees that opens the workbook without calculating."""

import json
import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from cchc_core.attention import REASON_NAMES, items
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.scoring import RULE_VERSION, Status
from cchc_core.scoring import Sheet
from cchc_core.workbook import file_name
from tests.workbook.compare import differences
from tests.workbook.conftest import NewDesk
from tests.workbook.desk import exported, opened, rows_of, some_answers

SOCTRANG = read_rubric("soctrang-tttt-2022")


@pytest.fixture(scope="module")
def sheet(new_desk: NewDesk) -> Sheet:
    """A year of Sóc Trăng with most criteria answered."""
    desk = new_desk(SOCTRANG)
    desk.save(some_answers(SOCTRANG))
    desk.note("I.1.2", "Đã ban hành Kế hoạch số 05/KH-STTTT")
    return desk.sheet()


@pytest.fixture(scope="module")
def content(sheet: Sheet) -> bytes:
    return exported(sheet)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return opened(content, values=True)


@pytest.fixture(scope="module")
def live(content: bytes) -> Workbook:
    return opened(content, values=False)


def test_the_file_is_a_whole_archive_with_the_four_sheets(content: bytes, book: Workbook) -> None:
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None
    assert book.sheetnames == ["Bảng điểm", "Tổng hợp", "Tiêu chí mất điểm", "_cchc"]
    assert [each.sheet_state for each in book] == ["visible", "visible", "visible", "veryHidden"]


def test_every_total_is_stored_as_the_core_has_it(book: Workbook, sheet: Sheet) -> None:
    assert differences(book, sheet) == []


def test_every_total_is_a_live_formula(live: Workbook, sheet: Sheet) -> None:
    form = live["Bảng điểm"]
    for (kind, _), row in rows_of(form, sheet.rubric).items():
        columns = "EHM" if kind == "leaf" else "CEFGHI"
        assert all(str(form[f"{column}{row}"].value).startswith("=") for column in columns), row
    total_rows = [row for row in live["Tổng hợp"].iter_rows(min_col=2, max_col=9) if row[0].value == "TỔNG CỘNG"]
    assert len(total_rows) == 3
    assert all(str(cell.value).startswith("=") for row in total_rows for cell in row[1:] if cell.value is not None)


def test_points_are_numbers_in_four_decimals_and_days_are_dates(book: Workbook, sheet: Sheet) -> None:
    form = book["Bảng điểm"]
    row = rows_of(form, sheet.rubric)["leaf", "I.1.3"]
    assert form[f"C{row}"].value == 1
    assert form[f"C{row}"].number_format == "#,##0.0000"
    facts = {
        cells[0].value: cells[1] for cells in book["Tổng hợp"].iter_rows(min_row=6, max_row=9, min_col=2, max_col=3)
    }
    assert facts["Số liệu từ ngày"].value == datetime(2021, 12, 15)  # noqa: DTZ001
    assert facts["Số liệu từ ngày"].number_format == "dd/mm/yyyy"
    assert isinstance(facts["Lúc xuất"].value, datetime)
    assert abs(facts["Lúc xuất"].value.date() - date.today()).days <= 1  # noqa: DTZ011


def test_the_head_is_that_of_an_official_paper(book: Workbook) -> None:
    form = book["Bảng điểm"]
    texts = [cell.value for row in form.iter_rows(min_row=1, max_row=7) for cell in row if cell.value]
    assert texts[:2] == ["UBND TỈNH SÓC TRĂNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert texts[2:4] == ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Độc lập - Tự do - Hạnh phúc"]
    assert "BẢNG TỰ ĐÁNH GIÁ, CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH" in texts
    assert "Năm 2022" in texts
    assert any("có 2 chỗ cần hỏi lại nơi ban hành" in text for text in texts)


def test_the_foot_names_the_flaws_of_the_print_and_has_room_to_sign(book: Workbook, sheet: Sheet) -> None:
    form = book["Bảng điểm"]
    below = rows_of(form, sheet.rubric)["total", ""] + 1
    texts = [cell.value for row in form.iter_rows(min_row=below) for cell in row if cell.value]
    assert any("văn bản in 64,0000 điểm" in text for text in texts)
    assert texts[-5:] == [
        "Sóc Trăng, ngày …… tháng …… năm ………",
        "NGƯỜI LẬP BIỂU",
        "THỦ TRƯỞNG ĐƠN VỊ",
        "(Ký, ghi rõ họ tên)",
        "(Ký, ghi rõ họ tên, đóng dấu)",
    ]


def test_codes_are_printed_without_their_part_and_stay_text(book: Workbook, sheet: Sheet) -> None:
    form = book["Bảng điểm"]
    rows = rows_of(form, sheet.rubric)
    shown = {node: form[f"A{row}"].value for node, row in rows.items()}
    assert shown["part", "II"] == "II"
    assert shown["section", "II.4"] == "4"
    assert shown["leaf", "I.1.4.3"] == "1.4.3"
    assert shown["leaf", "I.5.010"] == "5.010"


def test_the_units_points_and_those_of_others_stand_apart(book: Workbook, sheet: Sheet) -> None:
    form = book["Bảng điểm"]
    for (kind, code), row in rows_of(form, sheet.rubric).items():
        if kind != "leaf":
            continue
        score = sheet.scores[code]
        entered = float(score.points) if score.status is Status.SCORED else None
        own, others = (None, entered) if score.is_external else (entered, None)
        assert (form[f"F{row}"].value, form[f"G{row}"].value) == (own, others), code


def test_evidence_note_and_arithmetic_stand_beside_the_points(book: Workbook, sheet: Sheet) -> None:
    form = book["Bảng điểm"]
    text = form[f"J{rows_of(form, sheet.rubric)['leaf', 'I.1.2']}"].value
    assert "Thuyết minh: Đã ban hành Kế hoạch số 05/KH-STTTT" in text
    assert f"Cách tính: {sheet.scores['I.1.2'].explanation}" in text
    asked_for = form[f"J{rows_of(form, sheet.rubric)['leaf', 'I.1.3']}"].value
    assert asked_for.startswith("TLKC cần có:\n- Báo cáo CCHC quý 1")


def test_appraised_points_and_opinions_wait_to_be_filled_in(book: Workbook, sheet: Sheet) -> None:
    form = book["Bảng điểm"]
    assert all(
        form[f"{column}{row}"].value in (None, "") for row in rows_of(form, sheet.rubric).values() for column in "KL"
    )


def test_it_prints_on_a4_landscape_one_page_wide_with_the_header_on_every_page(live: Workbook) -> None:
    form = live["Bảng điểm"]
    assert (form.page_setup.orientation, form.page_setup.paperSize) == ("landscape", 9)
    assert (form.page_setup.fitToWidth or 1, form.page_setup.fitToHeight) == (1, 0)  # one is the default
    assert form.sheet_properties.pageSetUpPr.fitToPage
    assert form.print_title_rows == "$8:$8"
    assert form.freeze_panes == "C9"
    assert form.print_area.startswith("'Bảng điểm'!$A$1:$M$")
    assert "Trang &P/&N" in form.oddFooter.center.text
    assert {cell.font.name for row in form.iter_rows() for cell in row if cell.value} == {"Times New Roman"}


def test_the_summary_has_a_native_stacked_chart_with_a_title(content: bytes) -> None:
    archive = zipfile.ZipFile(BytesIO(content))
    chart = archive.read("xl/charts/chart1.xml").decode()
    assert "Điểm theo lĩnh vực" in chart
    assert '<c:grouping val="stacked"/>' in chart
    assert chart.count("<c:ser>") == 5


def test_lost_points_come_largest_first_and_are_all_there(book: Workbook, sheet: Sheet) -> None:
    rows = [[cell.value for cell in row] for row in book["Tiêu chí mất điểm"].iter_rows(min_row=5)]
    lost = [row for row in rows if isinstance(row[0], int)]
    gaps = [row[6] for row in lost]
    assert gaps == sorted(gaps, reverse=True)
    total = sheet.totals.total
    assert sum(gaps) == pytest.approx(float(total.lost + total.at_risk))
    assert {row[7] for row in lost} == {0}
    listed = items(sheet)
    assert [row[1] for row in lost] == [item.criterion.code for item in listed]
    assert [row[8] for row in lost] == [", ".join(REASON_NAMES[each] for each in item.reasons) for item in listed]
    assert [row[9] or "" for row in lost] == [item.asks_for for item in listed]
    assert {"Chưa chấm", "Dưới mức, Thiếu TLKC"} <= {row[8] for row in lost}
    assert rows[-1][3] == "CỘNG"
    assert rows[-1][6] == pytest.approx(float(total.lost + total.at_risk))
    assert "không tự tính lại" in book["Tiêu chí mất điểm"]["A2"].value


def test_answers_that_contradict_each_other_are_named_on_the_summary(new_desk: NewDesk) -> None:
    namdinh = read_rubric("namdinh-tnmt-2024")
    desk = new_desk(namdinh)
    exclusion = namdinh.exclusions[0]
    first, second = sorted(exclusion.contradictions)[0]
    desk.save({exclusion.criteria[0]: {"level": first}, exclusion.criteria[1]: {"level": second}})
    summary = opened(exported(desk.sheet()), values=True)["Tổng hợp"]
    texts = [str(row[0].value) for row in summary.iter_rows(max_row=16)]
    assert any(text.startswith(f"Cần kiểm tra: Tiêu chí {exclusion.criteria[0]} và") for text in texts)


def test_the_hidden_sheet_says_what_is_needed_to_read_it_back(book: Workbook, sheet: Sheet) -> None:
    rows = [[cell.value for cell in row] for row in book["_cchc"].iter_rows()]
    end = next(index for index, row in enumerate(rows) if row[0] is None)
    identity = {row[0]: row[1] for row in rows[:end]}
    assessment = sheet.assessment
    assert identity["schema_version"] == 1
    assert identity["assessment_id"] == assessment.id
    assert identity["change_number"] == assessment.change_number
    assert (identity["rubric_id"], identity["rubric_sha256"]) == (assessment.rubric_id, assessment.rubric_sha256)
    assert (identity["period_code"], identity["rule_version"]) == ("year", RULE_VERSION)
    assert datetime.strptime(identity["exported_at_utc"], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007
    assert rows[end + 1][:5] == ["code", "row", "version", "status", "entry"]
    placed = rows_of(book["Bảng điểm"], sheet.rubric)
    leaves = {row[0]: row for row in rows[end + 2 :]}
    assert list(leaves) == [leaf.code for leaf in sheet.rubric.leaves]
    for code, (_, row, version, status, entry, *_) in leaves.items():
        answer = sheet.answers.get(code)
        assert row == placed["leaf", code]
        assert version == (answer.version if answer else 0)
        assert status == sheet.scores[code].status.value
        assert json.loads(entry) == (dict(answer.entry_json) if answer else {})


def test_the_file_is_named_after_unit_and_period(sheet: Sheet) -> None:
    expected = "Bảng điểm CCHC - Sở Thông tin và Truyền thông tỉnh Sóc Trăng - Năm 2022.xlsx"
    assert file_name(sheet) == expected
