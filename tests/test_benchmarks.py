"""The cheap benchmarks run and give rows; what they measure is nobody's business here."""

import pytest

from benchmarks import core, drawing, polling, results, workbook
from benchmarks.servers import BOARD, STOCK_BOARD


def test_the_core_and_the_workbook_are_measured_against_their_alternatives() -> None:
    rows = [*core.measure(), *workbook.measure()]
    table = results.markdown(rows)
    assert "| Core: leaf scores a second, with explanation |" in table
    assert "heavy libraries that come along | none |" in table
    assert any("openpyxl" in row.alternative for row in rows)
    assert all(line.count("|") == 7 for line in table.splitlines())


def test_a_missed_goal_is_printed_as_missed() -> None:
    assert "| **no** |" in results.markdown([results.Row("a", "1", "2", "3×", "≤ 2×", is_met=False)])


def test_a_board_that_polls_is_sent_less_than_one_that_is_drawn_anew() -> None:
    board, stock = polling.poll_in_turn((BOARD, STOCK_BOARD), sessions=2, seconds=2, turns=1)
    # A run's beginning and end, and the line that says that the board is live.
    assert board.messages < 10 < stock.messages
    assert board.size < stock.size
    assert len(board.percent) == len(stock.percent) == 1


@pytest.mark.browser
def test_the_board_and_the_page_with_one_chart_are_drawn_as_the_browser_benchmark_expects() -> None:
    rows = drawing.measure(rounds=1, warm_up=0)
    assert [row.goal for row in rows] == ["≤ 2×", "≤ 2×", ""]
    assert all("one chart" in row.alternative and row.ratio.endswith("×") for row in rows)


def test_the_goal_of_drawing_is_a_median_of_ratios() -> None:
    times = drawing.Times(board=(3.0, 1.0, 1.9), one_chart=(1.0, 1.0, 1.0))
    assert times.row("x", 2.0) == results.Row("x", "1900 ms", "1000 ms (page with one chart)", "1.90×", "≤ 2×", True)
    assert times.row("x", 1.5).is_met is False
