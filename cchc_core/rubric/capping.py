"""Caps (mức trần) on bonuses and penalties: no section, group or set counts more of them than it says.

Points are counted in printed order until a cap is full, so that every sum of counted points holds every cap, at every
level, whoever adds it up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from cchc_core.rubric.model import Cap, Criterion, Rubric
from cchc_core.rules.decimals import ZERO, format_points, round_points
from cchc_core.rules.explain import signed
from cchc_core.rules.kinds import Effect
from cchc_core.rules.scoring import Score

_KINDS: Final[Mapping[Effect, str]] = {Effect.BONUS: "điểm thưởng", Effect.PENALTY: "điểm trừ"}


def capped(rubric: Rubric, scores: Mapping[str, Score]) -> Mapping[str, Score]:
    """Give the scores with the bonuses and penalties that caps leave; scores that are capped already may be among them.

    A criterion of which less counts says so in its explanation and keeps its own score as ``before_cap``.
    """
    if not rubric.caps:
        return scores
    rooms = Rooms(rubric)
    found = dict(scores)
    for leaf in rubric.adjustments:
        if leaf.code in scores:
            given = scores[leaf.code].before_cap or scores[leaf.code]
            counted, cap = rooms.take(leaf, given.points)
            found[leaf.code] = given if cap is None else _clipped(given, counted, cap)
    return found


class Rooms:
    """What the caps of a set still leave, while its bonuses and penalties are counted in printed order."""

    def __init__(self, rubric: Rubric) -> None:
        self._left = {cap: max(ZERO, round_points(cap.most)) for cap in rubric.caps}
        self._above = {leaf.code: caps_above(rubric, leaf) for leaf in rubric.adjustments}

    def take(self, leaf: Criterion, points: Decimal) -> tuple[Decimal, Cap | None]:
        """Count points (negative: of a penalty) as far as there is room, and name the cap that leaves no more."""
        caps = self._above[leaf.code]
        tightest = min(caps, key=lambda cap: self._left[cap], default=None)
        amount = abs(points)
        counted = amount if tightest is None else min(amount, self._left[tightest])
        for cap in caps:
            self._left[cap] -= counted
        return (-counted or ZERO) if points < 0 else counted, tightest if counted < amount else None


def caps_above(rubric: Rubric, leaf: Criterion) -> tuple[Cap, ...]:
    """Give the caps that a bonus or a penalty counts against, the nearest first."""
    nodes = (*rubric.above(leaf.code), None)
    effect = leaf.scored.effect
    found = (cap for node in nodes for cap in rubric.caps if (cap.node, cap.effect) == (node, effect))
    return tuple(dict.fromkeys(found))  # a cap that is written twice counts once


def cap_words(caps: Iterable[Cap]) -> str:
    """Say caps in words: "điểm thưởng của 9 tối đa 2,0000"; empty where there is none."""
    return "; ".join(f"{_of_node(cap)} tối đa {format_points(cap.most)}" for cap in caps)


def _of_node(cap: Cap) -> str:
    return f"{_KINDS[cap.effect]} của {'cả bộ tiêu chí' if cap.node is None else cap.node}"


def _clipped(given: Score, counted: Decimal, cap: Cap) -> Score:
    words = f"chỉ tính {signed(counted)} điểm vì {cap_words((cap,))}"
    return replace(
        given, points=counted, explanation=f"{given.explanation.removesuffix('.')}; {words}.", before_cap=given
    )
