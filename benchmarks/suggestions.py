"""Suggested links between tasks and criteria: how often they are right, and how long they take.

They are held against links set by hand (tests/task_links/soctrang-links.yaml), apart for the section that the settings
were chosen on and for the others; beside them stands rapidfuzz alone on the whole texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import yaml

from benchmarks.results import Row, times
from cchc_core.likeness import Wording, likeness
from cchc_core.plans.files import list_plans, read_plan
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.task_links.suggesting import MOST_FOR_A_TASK, WORTH_SHOWING, criterion_wording, suggest, task_wording

LINKS: Final = Path(__file__).resolve().parent.parent / "tests" / "task_links" / "soctrang-links.yaml"
SET: Final = "soctrang-tttt-2022"
_LARGE_SET, _TASKS = "namdinh-tnmt-2024", 250
_THRESHOLDS: Final = (24, 28, 32, 36, 40, 44, 48)
_PARTS: Final = {"tuned": "section I.7 (chosen on)", "held_out": "sections I.1 to I.6 (held out)"}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """Right among what was suggested, and what was found among what is right."""

    suggested: int
    right: int
    wanted: int

    @property
    def precision(self) -> float:
        """Give the share of the suggestions that are right."""
        return self.right / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        """Give the share of the links set by hand that were suggested."""
        return self.right / self.wanted

    def __str__(self) -> str:
        return f"{self.precision:.2f} / {self.recall:.2f} ({self.right} of {self.suggested}; {self.wanted} by hand)"


def measure() -> list[Row]:
    """Measure precision and recall by threshold, what stands first, and the seconds of a large set."""
    tasks, rubric = wordings(SET), read_rubric(SET)
    alone = {
        (task.key, leaf.code): likeness(" ".join(task.lines), " ".join(criterion_wording(leaf).lines))
        for task in tasks
        for leaf in rubric.leaves
    }
    rows = []
    for part, name in _PARTS.items():
        by_hand = hand_set(part)
        for least in _THRESHOLDS:
            mark = ", shown to people" if least == WORTH_SHOWING else ""
            here = held_against(by_hand, _pairs(tasks, rubric, least))
            # As many suggestions by rapidfuzz alone: the strongest ones.
            there = held_against(by_hand, _strongest(alone, by_hand, here.suggested))
            what = f"Suggestions, {name}, strength ≥ {least}{mark}: precision / recall"
            rows.append(Row(what, str(here), f"{there} (rapidfuzz alone)"))
    return [*rows, _as_people_see_them(tasks, rubric), _seconds()]


def hand_set(part: str) -> Mapping[str, frozenset[str]]:
    """Read the tasks that were linked by hand, by criterion; one that no task serves has none."""
    content = yaml.safe_load(LINKS.read_text(encoding="utf-8"))
    return {code: frozenset(tasks) for code, tasks in content[part]["links"].items()}


def wordings(plan_id: str) -> tuple[Wording, ...]:
    """Give what the tasks of a shipped plan say, by their codes."""
    tasks = read_plan(plan_id).tasks
    return tuple(task_wording(task.code, task.title, (product.text for product in task.products)) for task in tasks)


def held_against(by_hand: Mapping[str, frozenset[str]], suggested: Sequence[Pair]) -> Measured:
    """Count what was suggested for the criteria that were read by hand, and what of it is right."""
    there = [pair for pair in suggested if pair[1] in by_hand]
    right = sum(task in by_hand[code] for task, code in there)
    return Measured(len(there), right, sum(len(tasks) for tasks in by_hand.values()))


def _pairs(tasks: Sequence[Wording], rubric: Rubric, least: int) -> list[Pair]:
    return [(each.task_id, each.code) for each in suggest(tasks, rubric, least=least)]


def _strongest(strengths: Mapping[Pair, int], by_hand: Mapping[str, frozenset[str]], count: int) -> list[Pair]:
    there = [pair for pair in strengths if pair[1] in by_hand]
    return sorted(there, key=lambda pair: -strengths[pair])[:count]


def _as_people_see_them(tasks: Sequence[Wording], rubric: Rubric) -> Row:
    """Tell for how many tasks that serve a criterion a right one stands first, and among what is shown at all."""
    by_hand = {code: found for part in _PARTS for code, found in hand_set(part).items()}
    serves = {task.key for task in tasks if any(task.key in found for found in by_hand.values())}
    shown: dict[str, list[str]] = {}
    for task_id, code in _pairs(tasks, rubric, WORTH_SHOWING):
        shown.setdefault(task_id, []).append(code)
    first = sum(task in by_hand[shown[task][0]] for task in serves if task in shown)
    there = sum(any(task in by_hand[code] for code in shown.get(task, ())) for task in serves)
    what = f"Suggestions, both: tasks with a right criterion first / among the {MOST_FOR_A_TASK} shown at most"
    return Row(what, f"{first} / {there} of {len(serves)}")


def _seconds() -> Row:
    rubric = read_rubric(_LARGE_SET)
    every = [wording for plan in list_plans() for wording in wordings(plan)]
    many, few = every[:_TASKS], every[: _TASKS // 10]
    taken = []
    for _ in range(5):
        begun = perf_counter()
        suggest(many, rubric)
        between = perf_counter()
        suggest(few, rubric)
        taken.append((between - begun, perf_counter() - between))
    of_many, of_few = (median(seconds) for seconds in zip(*taken, strict=True))
    what = f"Suggestions for {len(rubric.leaves)} criteria × {len(many)} tasks"
    return Row(what, f"{of_many:.2f} s", f"{of_few:.2f} s ({len(few)} tasks)", times(of_many / of_few))
