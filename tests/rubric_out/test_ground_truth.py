"""Both shipped sets leave in the printed form and come back as a stranger's file: what of them is equal.

The figures are what is reached; whoever changes the reading or the wording must not fall below them.
"""

import pytest

from benchmarks.rubrics_in import Equal, equal_after
from cchc_core.rubric_files import read_rubric


@pytest.mark.parametrize("extension", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("rubric_id", "rows", "leaves"), [("soctrang-tttt-2022", 133, 101), ("namdinh-tnmt-2024", 168, 121)]
)
def test_a_set_comes_back_from_word_and_excel_with_every_code_parent_point_and_kind(
    rubric_id: str, rows: int, leaves: int, extension: str
) -> None:
    found = equal_after(read_rubric(rubric_id), extension)
    assert found == Equal(rows=rows, codes=rows, parents=rows, points=rows, leaves=leaves, kinds=leaves, problems=0)


def test_external_criteria_are_known_without_a_line_that_says_so() -> None:
    found = equal_after(read_rubric("soctrang-tttt-2022"), "xlsx", bare=True)
    assert (found.codes, found.points) == (133, 133)
    assert found.kinds >= 100
