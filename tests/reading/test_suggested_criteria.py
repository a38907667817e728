"""The criteria that a document may prove are named with the line of evidence that asks for it."""

import pytest

from cchc_core.evidence.reading import suggest_criteria
from cchc_core.evidence.reading.criteria import strength_for
from cchc_core.rubric_files import read_rubric
from tests.offices import NAM_DINH, SOC_TRANG


@pytest.mark.parametrize(
    ("rubric_id", "title", "code", "line"),
    [
        (SOC_TRANG, "Kế hoạch Cải cách hành chính năm 2022 của Sở", "I.1.1", "Kế hoạch CCHC hàng năm"),
        (SOC_TRANG, "Báo cáo Kết quả cải cách hành chính năm 2022", "I.1.3", "Báo cáo CCHC năm"),
        (SOC_TRANG, "Quyết định Ban hành Quy chế chi tiêu nội bộ", "I.6.1.1", "Quy chế chi tiêu nội bộ"),
        (NAM_DINH, "Quyết định Công bố danh mục thủ tục hành chính", "3.3.2", "Quyết định công bố danh mục TTHC"),
    ],
)
def test_the_likeliest_criterion_asks_for_such_a_paper(rubric_id: str, title: str, code: str, line: str) -> None:
    rubric = read_rubric(rubric_id)
    first = suggest_criteria(title, rubric)[0]
    assert (first.code, rubric.criterion(code).evidence[first.evidence_line].text) == (code, line)


@pytest.mark.parametrize("title", ["", " \n", "Thông báo Nghỉ lễ Quốc khánh", "Hợp đồng Mua sắm máy photocopy"])
def test_nothing_is_suggested_for_what_nothing_asks_for(title: str) -> None:
    assert suggest_criteria(title, read_rubric(SOC_TRANG)) == ()


def test_suggestions_stand_in_order_each_criterion_once_and_only_what_the_unit_brings() -> None:
    rubric = read_rubric(NAM_DINH)
    found = suggest_criteria("Báo cáo Kết quả rà soát thủ tục hành chính năm 2024", rubric)
    assert [each.strength for each in found] == sorted((each.strength for each in found), reverse=True)
    assert len({each.code for each in found}) == len(found) > 1
    assert all(rubric.criterion(each.code).evidence[each.evidence_line].brought_by_unit for each in found)


def test_a_title_is_measured_by_one_line_or_by_the_likeliest_of_a_criterion() -> None:
    rubric, title = read_rubric(SOC_TRANG), "Báo cáo Kết quả thực hiện công tác cải cách hành chính quý I năm 2022"
    by_line = [strength_for(title, rubric, "I.1.3", line) for line in range(4)]
    assert strength_for(title, rubric, "I.1.3", None) == max(by_line) > 45
    assert strength_for(title, rubric, "I.6.1.1", None) < 45
    assert strength_for("", rubric, "I.1.3", None) == strength_for(title, rubric, "I.1.3", 99) == 0
