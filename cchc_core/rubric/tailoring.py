"""Cutting a criteria set down to what applies to one kind of body: others' criteria are no part of its maximum.

A criterion names the kinds that it is meant for (``applies_to``; empty: all), and what a group names holds for all
below it. What the print declares of a group that lost a criterion would be wrong of what is left, so it goes too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Cap, Criterion, Exclusion, Part, Rubric, Section


def depends_on_kind(rubric: Rubric) -> bool:
    """Tell whether the kind of a body changes anything: which bodies the set is meant for, or what it asks of them."""
    return bool(rubric.applies_to) or _has_choosy_criteria(rubric)


def is_meant_for(rubric: Rubric, kind: BodyKind) -> bool:
    """Tell whether a set is meant for this kind of body and asks at least one thing of it."""
    if rubric.applies_to and kind not in rubric.applies_to:
        return False
    return any(_is_for(rubric, leaf, kind) for leaf in rubric.leaves)


def kinds_to_choose(rubric: Rubric) -> tuple[BodyKind, ...]:
    """List the kinds of bodies that a set is meant for, in the order of their names on the screen."""
    return tuple(kind for kind in BodyKind if is_meant_for(rubric, kind))


def kinds_of(rubric: Rubric, code: str) -> frozenset[BodyKind] | None:
    """Give the kinds that a criterion is meant for, by itself and by the groups above it; None: all."""
    limits = [frozenset(node.applies_to) for node in _with_groups_above(rubric, code) if node.applies_to]
    return frozenset.intersection(*limits) if limits else None


def tailored(rubric: Rubric, kind: BodyKind) -> Rubric:
    """Cut a criteria set down to one kind of body; a set whose criteria are all for everybody stays the very same.

    Criteria of other kinds go, with groups, sections and parts that are left empty, caps and exclusions that name what
    is gone, and the declared maximum of everything that lost a criterion.
    """
    if not _has_choosy_criteria(rubric):
        return rubric
    gone = {leaf.code for leaf in rubric.leaves if not _is_for(rubric, leaf, kind)}
    kept = {leaf.code for leaf in rubric.leaves} - gone
    standing, changed = _with_all_above(rubric, kept), _with_all_above(rubric, gone)
    total = None if gone else rubric.declared_total
    return replace(
        rubric,
        declared_total=total,
        parts=tuple(_part(part, changed) for part in rubric.parts if f"part {part.code}" in standing),
        sections=tuple(_section(section, changed) for section in rubric.sections if section.code in standing),
        criteria=tuple(_criterion(each, changed) for each in rubric.criteria if each.code in standing),
        exclusions=_standing_exclusions(rubric.exclusions, standing),
        caps=_standing_caps(rubric.caps, standing),
        body_kind=kind,
        cut_from=rubric.cut_from or fingerprint(rubric),
    )


def max_points_by_kind(rubric: Rubric) -> dict[BodyKind, Decimal]:
    """Add up what each kind of body that a set is meant for can reach."""
    return {kind: tailored(rubric, kind).max_points() for kind in kinds_to_choose(rubric)}


def _has_choosy_criteria(rubric: Rubric) -> bool:
    return any(criterion.applies_to for criterion in rubric.criteria)


def _is_for(rubric: Rubric, leaf: Criterion, kind: BodyKind) -> bool:
    kinds = kinds_of(rubric, leaf.code)
    return kinds is None or kind in kinds


def _with_groups_above(rubric: Rubric, code: str) -> Iterator[Criterion]:
    node = rubric.criterion(code)
    yield node
    while node.parent != node.section:
        node = rubric.criterion(node.parent)
        yield node


def _with_all_above(rubric: Rubric, codes: Iterable[str]) -> frozenset[str]:
    return frozenset(node for code in codes for node in (code, *rubric.above(code)))


def _part(part: Part, changed: frozenset[str]) -> Part:
    return replace(part, declared_max=None) if f"part {part.code}" in changed else part


def _section(section: Section, changed: frozenset[str]) -> Section:
    return replace(section, declared_max=None) if section.code in changed else section


def _criterion(criterion: Criterion, changed: frozenset[str]) -> Criterion:
    return replace(criterion, declared_max=None) if criterion.code in changed else criterion


def _standing_exclusions(exclusions: Sequence[Exclusion], standing: frozenset[str]) -> tuple[Exclusion, ...]:
    return tuple(each for each in exclusions if standing.issuperset(each.criteria))


def _standing_caps(caps: Sequence[Cap], standing: frozenset[str]) -> tuple[Cap, ...]:
    return tuple(cap for cap in caps if cap.node is None or cap.node in standing)
