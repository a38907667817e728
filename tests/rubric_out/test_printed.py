"""What stands in the printed form, on paper and in its cells."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from openpyxl import load_workbook

from cchc_core.rubric.model import Rubric
from cchc_core.rubric_in.importing import read_set_file
from cchc_core.rubric_out.form import TOTAL, form_of
from cchc_core.rubric_out.printed import write_printed_docx, write_printed_xlsx
from cchc_core.rules.kinds import Effect, kind_of
from tests.rubric.strategies import adjusted_rubrics
from tests.rubric_out.sets import EVERY_RULE, every_kind, with_adjustments

Write = Callable[[Rubric, Any], None]


def sheet_of(rubric: Rubric) -> Any:
    out = BytesIO()
    write_printed_xlsx(rubric, out)
    return load_workbook(out).active


def rows_of(rubric: Rubric) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in sheet_of(rubric).iter_rows(values_only=True)]


def document_of(rubric: Rubric) -> Any:
    out = BytesIO()
    write_printed_docx(rubric, out)
    return Document(out)


def test_the_sheet_has_its_head_its_columns_its_rows_and_its_total() -> None:
    rows = rows_of(every_kind())
    assert rows[0][0] == "SỞ NỘI VỤ TỈNH A"
    assert rows[2][0] == "BỘ TIÊU CHÍ CHẤM ĐIỂM"
    assert rows[3][0] == "Năm 2026"
    assert rows[6] == ("STT", "LĨNH VỰC / TIÊU CHÍ / TIÊU CHÍ THÀNH PHẦN", "ĐIỂM CHUẨN")
    assert rows[7] == ("I", "KẾT QUẢ THỰC HIỆN", 8)
    assert rows[8] == ("1", "Chỉ đạo, điều hành", 8)
    assert rows[9] == ("1.1", "Việc thứ 1", 1)
    assert [row[1:] for row in rows[10:12]] == [("- Có", 1), ("- Không", 0)]
    assert rows[-1][1:3] == (TOTAL, 8)


def test_codes_are_text_and_points_are_numbers_with_four_decimals() -> None:
    sheet = sheet_of(every_kind())
    assert sheet["A10"].data_type == "s"
    assert (sheet["C10"].data_type, sheet["C10"].number_format) == ("n", "#,##0.0000")


def test_the_sheet_is_printed_on_a4_with_its_head_row_on_every_page() -> None:
    sheet = sheet_of(with_adjustments())
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.print_title_rows == "$7:$7"


def test_the_document_has_a_table_whose_head_row_repeats_and_the_same_rows_as_the_sheet() -> None:
    rubric = with_adjustments()
    table = document_of(rubric).tables[0]
    xml = table._tbl.xml
    assert xml.count("<w:tblHeader") == 1
    texts = [cell.text for cell in table.columns[1].cells]
    sheet = sheet_of(rubric)
    assert texts == [cell.value for cell in sheet["B"] if cell.row >= 7 and cell.value is not None]


def test_what_the_print_declares_stands_beside_sections_and_in_the_total() -> None:
    rubric = every_kind()
    section = replace(rubric.sections[0], declared_max=Decimal(9))
    rows = rows_of(replace(rubric, sections=(section,), declared_total=Decimal(64)))
    assert rows[8][2] == 9
    assert rows[-1][2] == 64


def test_illustrative_points_say_so_in_the_head_and_in_their_column() -> None:
    rubric = replace(every_kind(), points_source="illustrative")
    rows = rows_of(rubric)
    assert any("điểm minh hoạ" in str(row[0]) for row in rows[:7])
    assert any(row[2] == "ĐIỂM CHUẨN (MINH HOẠ)" for row in rows)
    assert "điểm minh hoạ" in "\n".join(paragraph.text for paragraph in document_of(rubric).paragraphs)


def test_notes_tell_bonuses_penalties_bodies_and_caps() -> None:
    form = form_of(with_adjustments())
    notes = {row.text: row.texts.get("note", "") for row in form.rows}
    assert notes["Có sáng kiến"] == "Điểm thưởng: cộng thêm ngoài điểm chuẩn.\nÁp dụng cho: Phòng, ban thuộc Sở."
    assert notes["Bị nhắc nhở"] == "Điểm trừ: trừ vào tổng điểm."
    assert notes["Chỉ đạo, điều hành"] == "Điểm thưởng tối đa: 0,5000."
    assert form.below == ("Điểm trừ tối đa của cả bộ tiêu chí: 2,0000.",)


def test_evidence_bears_the_dates_that_its_words_do_not_say() -> None:
    texts = [row.texts["evidence"] for row in form_of(with_adjustments()).rows if row.texts.get("evidence")]
    assert texts == ["- =Quyết định (năm 2026)\n- Báo cáo năm 2026"]


def test_texts_that_look_like_formulas_or_markup_stay_texts() -> None:
    rubric = with_adjustments()
    titled = replace(rubric.criteria[0], title="=1+1 <w:t> & \x0b")
    changed = replace(rubric, criteria=(titled, *rubric.criteria[1:]))
    sheet = sheet_of(changed)
    assert sheet["B10"].data_type == "s"
    assert document_of(changed).tables[0].cell(3, 1).text == "=1+1 <w:t> & "


@pytest.mark.parametrize("write", [write_printed_xlsx, write_printed_docx])
def test_every_kind_of_rule_effect_and_clause_comes_back_from_the_printed_form(write: Write) -> None:
    rubric = with_adjustments()
    clauses = {"not_applicable_clause": "Đơn vị không được giao", "void_condition": "văn bản có chỉnh sửa"}
    second = replace(rubric.criteria[1], leaf=replace(rubric.criteria[1].scored, **clauses))  # type: ignore[arg-type]
    rubric = replace(rubric, criteria=(rubric.criteria[0], second, *rubric.criteria[2:]))
    out = BytesIO()
    write(rubric, out)
    extension = "xlsx" if write is write_printed_xlsx else "docx"
    imported = read_set_file(out.getvalue(), f"bo.{extension}", year=2026)
    assert not imported.problems
    # With one part alone no code repeats, and keys need no part in front.
    found = {node.code: node.proposal for node in imported.nodes if node.proposal is not None}
    kinds = [kind_of(proposal.rule) for proposal in found.values() if proposal.rule is not None]
    assert kinds[: len(EVERY_RULE)] == list(EVERY_RULE)
    assert (found["1.9"].effect, found["1.10"].effect) == (Effect.BONUS, Effect.PENALTY)
    assert found["1.2"].not_applicable_clause == "Đơn vị không được giao (hạ điểm chuẩn)"
    assert found["1.2"].void_condition == "Huỷ điểm: văn bản có chỉnh sửa"


@given(adjusted_rubrics())
@settings(max_examples=20)
def test_any_set_is_written_with_all_its_rows(rubric: Rubric) -> None:
    rows = len(form_of(rubric).rows)
    assert len(document_of(rubric).tables[0].rows) == rows + 2
    values = sheet_of(rubric).iter_rows(min_col=2, max_col=2, values_only=True)
    total = [number for number, (value,) in enumerate(values) if value == TOTAL]
    assert total
    assert total[-1] > rows
