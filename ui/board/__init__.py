"""The parts of the board, each drawn from :class:`cchc_core.board.Board` and by nothing else."""
