"""A criteria set (bộ tiêu chí): parts, sections and criteria in printed order; codes are text, never numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rules.decimals import ZERO
from cchc_core.rules.kinds import Effect, Leaf


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document that a criterion asks for (tài liệu kiểm chứng).

    ``dates`` is what the print says of its dates ("năm trước liền kề"); ``brought_by_unit`` is False for what another
    body follows ("theo dõi của Sở …").
    """

    text: str
    dates: str | None = None
    brought_by_unit: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a criteria set, where it has parts (I kết quả, II tác động)."""

    code: str
    title: str
    declared_max: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section (lĩnh vực) with what the print declares as its maximum."""

    code: str
    part: str | None
    title: str
    declared_max: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A node below a section; only one with a ``leaf`` is scored.

    ``applies_to`` names the kinds of bodies that it is meant for; empty: all. ``place`` is where it stood in the file
    that it was brought in from.
    """

    code: str
    parent: str
    section: str
    title: str
    leaf: Leaf | None = None
    declared_max: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    deadline: str | None = None
    funding: str | None = None
    responsible: str | None = None
    note: str | None = None
    print_note: str | None = None
    reference: str | None = None
    applies_to: tuple[BodyKind, ...] = ()
    place: str | None = None

    @property
    def is_leaf(self) -> bool:
        """Tell whether this criterion is scored itself."""
        return self.leaf is not None

    @property
    def scored(self) -> Leaf:
        """Give what scoring needs of a leaf; a group has none (ValueError)."""
        if self.leaf is None:
            raise ValueError(f"{self.code} is a group")
        return self.leaf

    @property
    def max_points(self) -> Decimal:
        """Give the maximum of a leaf (ValueError for a group: ask the rubric, which adds up the leaves)."""
        return self.scored.max_points

    @property
    def counted_max(self) -> Decimal:
        """Give what a leaf adds to the maximum above it, nothing where it is a bonus or a penalty (as max_points)."""
        return self.scored.counted_max

    @property
    def is_adjustment(self) -> bool:
        """Tell whether this is a leaf that is a bonus or a penalty."""
        return self.leaf is not None and self.leaf.is_adjustment


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Leaves that tell one fact from two sides; ``contradictions`` are level indexes that cannot both be true."""

    criteria: tuple[str, str]
    fact: str
    contradictions: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that the bonuses, or the penalties, of a section, of a group or of the whole set (None) come to."""

    effect: Effect
    most: Decimal
    node: str | None = None


@dataclass(frozen=True)
class Rubric:
    """One issued criteria set. ``points_source`` is "official" or "illustrative".

    ``points_document`` is the document that official points came with, where it is another than the set's own;
    ``applies_to`` names the kinds of bodies that the set is meant for (empty: all), ``body_kind`` the one that it has
    been cut down to, from the set whose SHA-256 is ``cut_from``.
    """

    id: str
    title: str
    issuer: str
    year: int
    document: str
    points_source: str
    declared_total: Decimal | None
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    criteria: tuple[Criterion, ...]
    exclusions: tuple[Exclusion, ...] = ()
    caps: tuple[Cap, ...] = ()
    applies_to: tuple[BodyKind, ...] = ()
    body_kind: BodyKind | None = None
    points_document: str | None = None
    cut_from: str | None = None

    @property
    def full_name(self) -> str:
        """Name the set so that provinces and years can be told apart."""
        return f"{self.issuer}, {self.year}: {self.title}"

    @property
    def is_illustrative(self) -> bool:
        """Tell whether the print has no points, so that no percent or rank may be built on these."""
        return self.points_source == "illustrative"

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """All criteria that are scored, in printed order."""
        return tuple(criterion for criterion in self.criteria if criterion.is_leaf)

    @cached_property
    def adjustments(self) -> tuple[Criterion, ...]:
        """The leaves that are bonuses or penalties, in printed order: they stand beside the maximum."""
        return tuple(leaf for leaf in self.leaves if leaf.is_adjustment)

    @cached_property
    def _by_code(self) -> dict[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def _sections_by_code(self) -> dict[str, Section]:
        return {section.code: section for section in self.sections}

    @cached_property
    def _leaves_below(self) -> dict[str, tuple[Criterion, ...]]:
        below: dict[str, list[Criterion]] = {}
        for leaf in self.leaves:
            for node in self.above(leaf.code):
                below.setdefault(node, []).append(leaf)
        return {node: tuple(leaves) for node, leaves in below.items()}

    def criterion(self, code: str) -> Criterion:
        """Find a criterion by its code (KeyError when there is none)."""
        return self._by_code[code]

    def section(self, code: str) -> Section:
        """Find a section by its code (KeyError when there is none)."""
        return self._sections_by_code[code]

    def children(self, code: str) -> tuple[Criterion, ...]:
        """Give the criteria right below a section or a group."""
        return tuple(criterion for criterion in self.criteria if criterion.parent == code)

    def leaves_of(self, code: str) -> tuple[Criterion, ...]:
        """Give the leaves below a section or group, in printed order."""
        return self._leaves_below.get(code, ())

    def max_points(self, code: str | None = None) -> Decimal:
        """Add up the leaves of the whole set, of a section or of a group; a leaf gives its own maximum.

        Bonuses and penalties stand beside the maximum: they add nothing to what is above them.
        """
        if code is not None and code in self._by_code and self._by_code[code].is_leaf:
            return self._by_code[code].max_points
        leaves = self.leaves if code is None else self.leaves_of(code)
        return sum((leaf.counted_max for leaf in leaves), ZERO)

    def part_max_points(self, part: str) -> Decimal:
        """Add up the leaves of a part."""
        return sum((leaf.counted_max for leaf in self._leaves_below.get(f"part {part}", ())), ZERO)

    def above(self, code: str) -> Iterator[str]:
        """Walk from a criterion to its groups, its section and, as ``part I``, its part."""
        parent = self._by_code[code].parent
        while parent in self._by_code:
            yield parent
            parent = self._by_code[parent].parent
        yield parent
        part = self._sections_by_code[parent].part
        if part is not None:
            yield f"part {part}"
