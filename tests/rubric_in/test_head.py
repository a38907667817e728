"""What stands above a table of criteria."""

import pytest

from cchc_core.rubric_in.head import read_head


@pytest.mark.parametrize(
    "line",
    [
        "(Quyết định số 08/QĐ-STTTT ngày 16/01/2023)",
        "Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh Bắc An",
        "(Kèm theo Công văn số 5/SNV-CCHC ngày 02/02/2023)",
    ],
)
def test_a_line_that_only_names_a_document_is_the_document_of_the_set(line: str) -> None:
    head = read_head(["SỞ NỘI VỤ", "BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH", line], "a.xlsx", 2022)
    assert head.document == line.strip("()")
    assert (head.title, head.year) == ("BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH", 2023)
