"""Which criteria a task may serve, by what both say; a person confirms or refuses each, nothing is linked here."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, assert_never

from cchc_core.likeness import Comparer, Wording
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.kinds import Bands, Checklist, Compare, Count, External, Levels, Manual, Ratio, Rule

WORTH_SHOWING: Final = 32
"""The least strength of a suggestion; how it was chosen stands in docs/suggested-links.md."""
MOST_FOR_A_TASK: Final = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A task may serve a criterion, with the strength of the likeness, 0 to 100."""

    task_id: str
    code: str
    strength: int


def suggest(
    tasks: Iterable[Wording],
    rubric: Rubric,
    known: Set[tuple[str, str]] = frozenset(),
    *,
    least: int = WORTH_SHOWING,
    most: int = MOST_FOR_A_TASK,
) -> tuple[Suggestion, ...]:
    """Suggest criteria for tasks, the strongest first; ``known`` pairs of task and code were decided on by somebody.

    Criteria that others score are not suggested: no task earns their points.
    """
    comparer = _comparer(rubric)
    found = [each for task in tasks for each in _for_one(comparer, task, known, least, most)]
    return tuple(sorted(found, key=lambda each: -each.strength))


def _for_one(comparer: Comparer, task: Wording, known: Set[tuple[str, str]], least: int, most: int) -> list[Suggestion]:
    alike = ((code, round(strength)) for code, strength in comparer.compare(task.lines).items())
    new = [Suggestion(task.key, code, strength) for code, strength in alike if strength >= least]
    new.sort(key=lambda each: -each.strength)
    return [each for each in new if (task.key, each.code) not in known][:most]


def task_wording(task_id: str, title: str, products: Iterable[str]) -> Wording:
    """Give what a task says that may name a criterion: its title and its products."""
    return Wording(task_id, (title, *(product for product in products if product)))


def criterion_wording(leaf: Criterion) -> Wording:
    """Give what a criterion says that a task may name: its title, what earns its points, the documents it wants."""
    return Wording(leaf.code, (leaf.title, *_earned_by(leaf.scored.rule), *(line.text for line in leaf.evidence)))


def _earned_by(rule: Rule) -> tuple[str, ...]:
    match rule:
        case Levels():
            # The first level tells what is wanted; the others say that it was not done.
            return tuple(level.text for level in rule.levels[:1])
        case Checklist():
            return tuple(item.text for item in rule.items)
        case Ratio():
            return (rule.numerator,)
        case Bands() | Count() | Compare() | External() | Manual():
            # What is measured says no more than the title does.
            return ()
        case _:
            assert_never(rule)


@lru_cache(maxsize=8)
def _comparer(rubric: Rubric) -> Comparer:
    return Comparer(criterion_wording(leaf) for leaf in rubric.leaves if not leaf.scored.is_external)
