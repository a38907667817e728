"""Narrowing the list of lost points down to a section, a responsible unit or a reason, and what the rest adds up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from cchc_core.attention import Group, Item, by_mark, by_responsible, by_section
from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import ZERO


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed down to; None leaves a side open, an empty ``responsible`` means nobody is named.

    ``reason`` is any reason that an item bears, the main one or a mark.
    """

    section: str | None = None
    responsible: str | None = None
    reason: str | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is left out."""
        return self == Narrowing()

    def keeps(self, item: Item) -> bool:
        """Tell whether an item stays in the list."""
        return (
            self.section in (None, item.criterion.section)
            and self.responsible in (None, item.responsible)
            and (self.reason is None or self.reason in item.reasons)
        )


@dataclass(frozen=True, slots=True)
class Stakes:
    """The sums of a list of items."""

    count: int
    lost: Decimal
    missing: Decimal
    unconfirmed: Decimal

    @property
    def at_stake(self) -> Decimal:
        """Give all points that are lost, missing or unconfirmed."""
        return self.lost + self.missing + self.unconfirmed


def narrowed(listed: Iterable[Item], to: Narrowing) -> tuple[Item, ...]:
    """Give the items that stay, in their order."""
    return tuple(item for item in listed if to.keeps(item))


def stakes(listed: Iterable[Item]) -> Stakes:
    """Add up a list of items."""
    listed = tuple(listed)
    return Stakes(
        len(listed),
        sum((item.lost for item in listed), ZERO),
        sum((item.missing for item in listed), ZERO),
        sum((item.unconfirmed for item in listed), ZERO),
    )


def choices(listed: Iterable[Item], rubric: Rubric, now: Narrowing) -> Mapping[str, tuple[Group, ...]]:
    """Give what each side can be narrowed to, by the name of its field, with what then would be listed.

    Counts and points of a side follow what the other sides are narrowed to.
    """
    listed = tuple(listed)
    without = {each.name: narrowed(listed, replace(now, **{each.name: None})) for each in fields(Narrowing)}
    return {
        "section": by_section(without["section"], rubric),
        "responsible": by_responsible(without["responsible"]),
        "reason": by_mark(without["reason"]),
    }
