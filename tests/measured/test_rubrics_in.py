"""The way of a file from its bytes to the screen is measured, in small."""

from benchmarks import rubrics_in


def test_a_large_set_has_as_many_leaves_as_are_asked_for_and_no_code_twice() -> None:
    rubric = rubrics_in.large_set(150)
    assert len(rubric.leaves) == 150
    assert len({criterion.code for criterion in rubric.criteria}) == len(rubric.criteria)


def test_bringing_in_is_measured_beside_openpyxl_alone() -> None:
    in_a_process, loaded = rubrics_in.speed(leaves=20, rounds=1)
    assert in_a_process.what == "Set of 20 leaves brought in, shown and checked"
    assert "read " in in_a_process.here
    assert in_a_process.goal == "≤ 3×"
    assert "openpyxl alone" in loaded.alternative
