"""The benchmark of open boards runs against the stock way of polling."""

from benchmarks import polling
from benchmarks.servers import BOARD, STOCK_BOARD


def test_a_board_that_polls_is_sent_less_than_one_that_is_drawn_anew() -> None:
    board, stock = polling.poll_in_turn((BOARD, STOCK_BOARD), sessions=2, seconds=2, turns=1)
    # A run's beginning and end, and the line that says that the board is live.
    assert board.messages < 10 < stock.messages
    assert board.size < stock.size
    assert len(board.percent) == len(stock.percent) == 1
