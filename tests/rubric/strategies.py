"""Whole criteria sets with any rules, and any scores for them."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import strategies as st

from cchc_core.rubric.model import Criterion, Evidence, Exclusion, Part, Rubric, Section
from cchc_core.rules.kinds import Levels
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
def scored_rubrics(draw: st.DrawFn) -> tuple[Rubric, Mapping[str, Score]]:
    rubric = draw(rubrics())
    made = {leaf.code: draw(situations(leaf.scored)) for leaf in rubric.leaves}
    return rubric, {code: score(here.leaf, here.entry, here.period) for code, here in made.items()}
