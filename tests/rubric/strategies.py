"""Whole criteria sets with any rules, and any scores for them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from cchc_core.rubric.capping import capped
from cchc_core.rubric.model import Cap, Criterion, Evidence, Exclusion, Part, Rubric, Section
from cchc_core.rules.kinds import Effect, Leaf, Levels
from cchc_core.rules.scoring import Score, score
from tests.rules.strategies import TEXTS, leaves, situations

MAYBE = st.none() | TEXTS
MAYBE_POINTS = st.none() | st.integers(0, 100_000).map(lambda units: Decimal(units).scaleb(-4))


@st.composite
def criteria(draw: st.DrawFn, section: str) -> list[Criterion]:
    """A group with some leaves, and some leaves right below the section."""
    group = Criterion(f"{section}.1", section, section, draw(TEXTS), declared_max=draw(MAYBE_POINTS))
    parents = [group.code, *draw(st.lists(st.sampled_from((group.code, section)), max_size=2))]
    return [group, *(draw(leaf_below(parent, section, f"{parent}.{n}0")) for n, parent in enumerate(parents))]


@st.composite
def leaf_below(draw: st.DrawFn, parent: str, section: str, code: str) -> Criterion:
    return Criterion(
        code,
        parent,
        section,
        draw(TEXTS),
        leaf=draw(leaves()),
        declared_max=draw(MAYBE_POINTS),
        evidence=tuple(draw(st.lists(st.builds(Evidence, TEXTS, MAYBE, st.booleans()), max_size=2))),
        deadline=draw(MAYBE),
        note=draw(MAYBE),
        reference=draw(MAYBE),
    )


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    has_parts = draw(st.booleans())
    places = [("I", "I.1"), ("I", "I.2"), ("II", "II.1")][: draw(st.integers(1, 3))]
    below = [criterion for _, section in places for criterion in draw(criteria(section))]
    return Rubric(
        id="bo-tieu-chi",
        title=draw(TEXTS),
        issuer=draw(TEXTS),
        year=2024,
        document=draw(TEXTS),
        points_source=draw(st.sampled_from(("official", "illustrative"))),
        declared_total=draw(MAYBE_POINTS),
        parts=tuple(Part(code, draw(TEXTS), draw(MAYBE_POINTS)) for code in dict.fromkeys(p for p, _ in places))
        if has_parts
        else (),
        sections=tuple(
            Section(code, part if has_parts else None, draw(TEXTS), draw(MAYBE_POINTS)) for part, code in places
        ),
        criteria=tuple(below),
        exclusions=tuple(pairs_of([c.code for c in below if c.leaf and isinstance(c.leaf.rule, Levels)])),
    )


def pairs_of(codes: list[str]) -> list[Exclusion]:
    return [Exclusion((codes[0], codes[1]), "một việc", frozenset({(0, 1), (1, 0)}))] if len(codes) > 1 else []


@st.composite
def adjusted_rubrics(draw: st.DrawFn) -> Rubric:
    """A set some of whose leaves are bonuses and penalties, with caps on them at any level."""
    rubric = draw(rubrics())
    leaves_there = [replace(c, leaf=draw(adjusted(c.leaf))) if c.leaf else c for c in rubric.criteria]
    nodes = [None, *(section.code for section in rubric.sections), *(c.code for c in rubric.criteria if not c.is_leaf)]
    effects = st.sampled_from((Effect.BONUS, Effect.PENALTY))
    most = st.integers(0, 150_000).map(lambda units: Decimal(units).scaleb(-4))
    caps = draw(st.lists(st.builds(Cap, effects, most, st.sampled_from(nodes)), max_size=4))
    return replace(rubric, criteria=tuple(leaves_there), caps=tuple(caps))


def adjusted(leaf: Leaf) -> st.SearchStrategy[Leaf]:
    """The leaf as it is, or as a bonus, or as a penalty, which cannot be voided."""
    bonus, penalty = (replace(leaf, effect=effect) for effect in (Effect.BONUS, Effect.PENALTY))
    return st.sampled_from((leaf, bonus, replace(penalty, void_condition=None)))


@st.composite
def scored_rubrics(draw: st.DrawFn, of: st.SearchStrategy[Rubric] | None = None) -> tuple[Rubric, Mapping[str, Score]]:
    rubric = draw(rubrics() if of is None else of)
    made = {leaf.code: draw(situations(leaf.scored)) for leaf in rubric.leaves}
    scores = {code: score(here.leaf, here.entry, here.period) for code, here in made.items()}
    return rubric, capped(rubric, scores)
