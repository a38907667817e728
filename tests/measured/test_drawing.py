"""The benchmark of the board's first drawing runs in a browser and gives rows."""

import pytest

from benchmarks import drawing


@pytest.mark.browser
def test_the_board_and_the_page_with_one_chart_are_drawn_as_the_browser_benchmark_expects() -> None:
    rows = drawing.measure(rounds=1, warm_up=0, ways=drawing.WAYS[1:])
    assert [row.goal for row in rows] == ["≤ 2×", ""]
    assert all("one chart" in row.alternative and row.ratio.endswith("×") for row in rows)
