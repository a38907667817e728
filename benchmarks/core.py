"""The core by itself: scores and totals a second, how totals grow, and what importing it brings along."""

import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks.results import Row, median_ratio, ms, times
from cchc_core.rubric.document import canonical_text
from cchc_core.rubric_files import read_rubric, rubric_from_canonical
from cchc_core.rules.answers import Entry, LevelAnswer
from cchc_core.rules.kinds import Levels
from cchc_core.rules.scoring import Score, score
from cchc_core.totals import total_rubric

RUBRIC = "namdinh-tnmt-2024"
_HEAVY = ("pandas", "plotly", "streamlit", "duckdb", "xlsxwriter", "openpyxl", "pydantic")


def measure() -> list[Row]:
    """Score leaves, add up assessments, import the core."""
    return [_leaf_scores(), _totals(), *_imports()]


def _seconds(work: Callable[[], object], rounds: int = 5) -> float:
    taken = []
    for _ in range(rounds):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken)


def _leaf_scores() -> Row:
    rubric = read_rubric(RUBRIC)
    leaves = [leaf.scored for leaf in rubric.leaves if isinstance(leaf.scored.rule, Levels)]
    entry = Entry(LevelAnswer(0))

    def score_all() -> None:
        for _ in range(20):
            for leaf in leaves:
                score(leaf, entry)

    a_second = 20 * len(leaves) / _seconds(score_all)
    return Row("Core: leaf scores a second, with explanation", f"{a_second:,.0f}")


def _assessments(count: int) -> list[dict[str, Score]]:
    rubric = read_rubric(RUBRIC)
    blank = {leaf.code: score(leaf.scored, None) for leaf in rubric.leaves}
    first = rubric.leaves[0]
    some = score(first.scored, Entry(LevelAnswer(0)))
    return [blank | {first.code: some} for _ in range(count)]


def _totals() -> Row:
    pinned = canonical_text(read_rubric(RUBRIC))
    few, many = _assessments(100), _assessments(1_000)

    def add_up(assessments: list[dict[str, Score]]) -> None:
        rubric = rubric_from_canonical(pinned)
        for scores in assessments:
            total_rubric(rubric, scores)

    taken = [(_seconds(lambda: add_up(few), 1), _seconds(lambda: add_up(many), 1)) for _ in range(5)]
    of_few, of_many = (median(seconds) for seconds in zip(*taken, strict=True))
    ratio = median_ratio([many for _, many in taken], [few for few, _ in taken])
    what = "Core: criteria set of 121 leaves read, then all totals of 1,000 assessments"
    return Row(what, ms(of_many), f"{ms(of_few)} (100 assessments)", times(ratio), "≤ 10×", ratio <= 10)


def _imports() -> list[Row]:
    program = (
        "import sys, time; begun = time.perf_counter(); import cchc_core, cchc_core.rules.scoring, cchc_core.totals; "
        f"print(time.perf_counter() - begun, *(name for name in {_HEAVY!r} if name in sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    came_along = printed[1:]
    what = "import cchc_core with rules and totals: heavy libraries that come along"
    return [Row(what, ", ".join(came_along) or "none", f"in {ms(float(printed[0]))}", "", "none", not came_along)]
