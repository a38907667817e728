"""The cheap benchmarks run and give rows; what they measure is nobody's business here."""

from benchmarks import core, results, workbook


def test_the_core_and_the_workbook_are_measured_against_their_alternatives() -> None:
    rows = [*core.measure(), *workbook.measure()]
    table = results.markdown(rows)
    assert "| Core: leaf scores a second, with explanation |" in table
    assert "heavy libraries that come along | none |" in table
    assert any("openpyxl" in row.alternative for row in rows)
    assert all(line.count("|") == 7 for line in table.splitlines())


def test_a_missed_goal_is_printed_as_missed() -> None:
    assert "| **no** |" in results.markdown([results.Row("a", "1", "2", "3×", "≤ 2×", is_met=False)])
