"""Parts side by side on one bar."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from cchc_core.rules.decimals import ZERO, percent_of


def stacked(parts: Sequence[Decimal]) -> tuple[tuple[Decimal, Decimal], ...]:
    """Tell where each part begins and how long it is, in percent of all of them together.

    A part ends exactly where the next one begins; the last one ends at 100. Without a whole there is nothing to place,
    and a part below nothing (penalties that take off more than was earned) has no length.

    >>> stacked([Decimal("2.5000"), Decimal("0.5000"), Decimal("1.0000")])
    ((Decimal('0.00'), Decimal('62.50')), (Decimal('62.50'), Decimal('12.50')), (Decimal('75.00'), Decimal('25.00')))
    >>> stacked([Decimal(0), Decimal(0)])
    ()
    """
    lengths = [max(part, ZERO) for part in parts]
    whole = sum(lengths, ZERO)
    edges = [percent_of(sum(lengths[:number], ZERO), whole) for number in range(len(parts) + 1)]
    known = [edge for edge in edges if edge is not None]
    return tuple((start, end - start) for start, end in pairwise(known))
