from decimal import Decimal

from hypothesis import given, settings

from cchc_core.beside import Scope, beside, beside_table, total_beside
from cchc_core.best_answers import best_answers
from cchc_core.rubric_files import read_rubric
from cchc_core.sheet import Sheet
from cchc_core.table import Kind
from cchc_core.what_if import try_out
from tests.sheets import sheet_of, sheets

SOC_TRANG, NAM_DINH = read_rubric("soctrang-tttt-2022"), read_rubric("namdinh-tnmt-2024")


@settings(max_examples=60)
@given(sheets())
def test_the_differences_of_leaves_and_of_sections_add_up_to_that_of_the_whole(sheet: Sheet) -> None:
    trial = try_out(sheet, best_answers(sheet, [leaf.code for leaf in sheet.rubric.leaves]).entries).sheet
    *parts, whole = beside(sheet, trial)
    assert whole == total_beside(sheet, trial)
    assert whole.points == (sheet.totals.total.points, trial.totals.total.points)
    for scope in (Scope.LEAF, Scope.SECTION):
        assert sum((line.difference for line in parts if line.scope is scope), Decimal(0)) == whole.difference


@given(sheets())
def test_an_assessment_beside_itself_has_moved_nowhere(sheet: Sheet) -> None:
    (whole,) = beside(sheet, sheet)
    assert whole.scope is Scope.TOTAL
    assert not whole.has_moved
    assert whole.difference == 0


def test_an_answer_that_brings_the_same_points_is_still_another_answer() -> None:
    real = sheet_of(SOC_TRANG, {"I.1.2": {"numerator": "9", "denominator": "10"}})
    trial = try_out(real, {"I.1.2": {"numerator": "18", "denominator": "20"}}).sheet
    lines = beside(real, trial)
    assert [(line.code, line.difference) for line in lines] == [("I.1.2", Decimal(0)), ("", Decimal(0))]


def test_a_lowered_maximum_is_shown_on_both_sides() -> None:
    real = sheet_of(SOC_TRANG, {})
    trial = try_out(real, {"I.2.1.2": {"not_applicable": "Không được giao"}}).sheet
    table = beside_table(beside(real, trial), SOC_TRANG)
    names = [column.name for column in table.columns]
    assert names[:7] == ["Mã", "Nội dung", "Thật", "Thử", "Chênh lệch", "Điểm chuẩn trước", "Điểm chuẩn sau"]
    code, _, *figures = table.rows[0]
    assert (code, figures[:5]) == ("I.2.1.2", [0, 0, 0, Decimal(1), Decimal(0)])
    assert [row[0] for row in table.rows] == ["I.2.1.2", "I.2", ""]


def test_percents_are_compared_for_official_sets_and_criteria_met_for_illustrative_ones() -> None:
    for rubric, code in ((SOC_TRANG, "I.1.4.2"), (NAM_DINH, "1.1.1")):
        real = sheet_of(rubric, {code: {"level": 1}})
        lines = beside(real, try_out(real, {code: {"level": 0}}).sheet)
        table = beside_table(lines, rubric, ("Một", "Hai"), "so-sanh")
        kinds = {column.name: column.kind for column in table.columns}
        assert (Kind.PERCENT in kinds.values()) is not rubric.is_illustrative
        assert ("Một: đạt" in kinds) is rubric.is_illustrative
        assert table.key == "so-sanh"
        assert lines[-1].percent_difference is not None
        assert lines[0].percent_difference is None
