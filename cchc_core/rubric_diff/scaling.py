"""Whether the points of two rules stand in the same proportion as the maxima of their criteria."""

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from cchc_core.rules.kinds import Bands, Checklist, Compare, Count, External, Leaf, Levels, Manual, Ratio, Rule


def is_scaled(old: Leaf, new: Leaf) -> bool:
    """Tell whether every point of a rule grew or shrank as the maximum did; both rules are of one shape.

    >>> from cchc_core.rules.kinds import Level
    >>> one, half = (Leaf(Decimal(most), Levels((Level("Có", Decimal(most)),))) for most in ("1", "0.5"))
    >>> is_scaled(one, half)
    True
    """
    pairs = zip(_points(old.rule), _points(new.rule), strict=True)
    return all(before * new.max_points == after * old.max_points for before, after in pairs)


def _points(rule: Rule) -> Iterator[Decimal]:  # noqa: C901 (one case a kind)
    match rule:
        case Levels(levels):
            yield from (level.points for level in levels)
        case Checklist(items):
            yield from (item.points for item in items)
        case Bands(_, _, bands, _):
            for band in bands:
                if band.linear is None:
                    yield band.points or Decimal(0)
                else:
                    yield from (band.linear.factor, band.linear.constant)
        case Count(_, points_by_count):
            yield from points_by_count
        case Compare(_, higher, equal, lower):
            yield from (higher, equal, lower)
        case Ratio() | External() | Manual():
            # How finely points are typed by hand is no point.
            return
        case _:
            assert_never(rule)
