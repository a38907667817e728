"""What a benchmark gives back: rows of a table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

_HEAD = ("What", "Here", "Alternative", "Ratio", "Goal", "Met")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a figure of the product, the same of the alternative, and what was aimed at.

    ``is_met`` is None where a figure is only stated.
    """

    what: str
    here: str
    alternative: str = ""
    ratio: str = ""
    goal: str = ""
    is_met: bool | None = None


def markdown(rows: Iterable[Row]) -> str:
    """Write rows as a Markdown table."""
    lines = [_HEAD, tuple("---" for _ in _HEAD)]
    lines += [(row.what, row.here, row.alternative, row.ratio, row.goal, _MET[row.is_met]) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_MET = {True: "yes", False: "**no**", None: ""}


def median_ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """Give the median of the ratios of measurements taken in turn, so that a busy moment hits both sides alike."""
    return median(first / second for first, second in zip(above, below, strict=True))


def ms(seconds: float) -> str:
    """Print a duration in milliseconds.

    >>> ms(0.0654)
    '65 ms'
    """
    return f"{seconds * 1000:.0f} ms"


def mb(size: float) -> str:
    """Print bytes in millions of them."""
    return f"{size / 1e6:.1f} MB"


def times(ratio: float) -> str:
    """Print a ratio, with decimals only while they say something."""
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:.0f}×"


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that a piece of work takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun
