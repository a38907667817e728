"""The leader's board of one department: how soon it is drawn, and what it costs while nothing changes."""

from benchmarks import drawing, polling
from benchmarks.results import Row


def measure() -> list[Row]:
    """Draw the board beside a page with one chart; then let twenty of them poll."""
    return [*drawing.measure(), *polling.measure()]
