"""The cheap benchmarks run and give rows; what they measure is nobody's business here."""

from pathlib import Path

from benchmarks import core, document, drawing, files, office_data, results, workbook
from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.evidence.listing import DocumentQuery, find_documents
from cchc_core.store.verify import verify
from cchc_core.tasks.listing import Query, find_tasks


def test_the_core_and_the_workbook_are_measured_against_their_alternatives() -> None:
    rows = [*core.measure(), *workbook.measure()]
    table = results.markdown(rows)
    assert "| Core: leaf scores a second, with explanation |" in table
    assert "heavy libraries that come along | none |" in table
    assert any("openpyxl" in row.alternative for row in rows)
    assert all(line.count("|") == 7 for line in table.splitlines())


def test_a_missed_goal_is_printed_as_missed() -> None:
    assert "| **no** |" in results.markdown([results.Row("a", "1", "2", "3×", "≤ 2×", is_met=False)])


def test_the_goal_of_drawing_is_a_median_of_ratios() -> None:
    times = drawing.Times(board=(3.0, 1.0, 1.9), one_chart=(1.0, 1.0, 1.0))
    assert times.row("x", 2.0) == results.Row("x", "1900 ms", "1000 ms (page with one chart)", "1.90×", "≤ 2×", True)
    assert times.row("x", 1.5).is_met is False


def test_the_year_that_pages_are_measured_on_is_as_large_as_told_and_as_true_as_any(tmp_path: Path) -> None:
    database = workspace.open_workspace(tmp_path).database
    try:
        made = office_data.fill_office(database, office_data.Size(tasks=260, documents=30, file_bytes=50))
        query = Query(made.department_id, made.year)
        assert find_tasks(database, made.officer, query, today=today_in_vietnam()).total == 260
        assert find_documents(database, made.officer, DocumentQuery(made.department_id, made.year)).total == 30
        assert verify(database).findings == ()
    finally:
        workspace.close_workspace()


def test_the_zip_of_everything_is_measured_streamed_and_from_memory() -> None:
    against_memory, against_file = files.measure_zip(office_data.Size(200, 20, 50), 8_000_000, large_files=6, rounds=1)
    assert "put together in memory" in against_memory.alternative
    assert against_memory.what.startswith("Zip of 26 files, 48.")
    assert (against_file.goal, against_file.is_met) == ("≤ 2×", True)


def test_the_document_keeps_what_was_not_measured_again() -> None:
    order = ("core", "slip", "files")
    first = document.with_sections("", {"files": "F", "core": "| a |\n| b |"}, order)
    again = document.with_sections(first, {"slip": "S", "files": "newer"}, order)
    assert again.endswith("## core\n\n| a |\n| b |\n\n## slip\n\nS\n\n## files\n\nnewer\n")
    assert document.with_sections(again, {}, order) == again
