"""How much of an assessment was copied from an earlier one and nobody stands for yet."""

from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rules.decimals import ZERO
from cchc_core.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The unconfirmed answers: how many, the points that they bring, and their codes in printed order.

    A penalty brings none: what it takes off is lost already.
    """

    count: int
    points: Decimal
    codes: tuple[str, ...]


def unconfirmed(sheet: Sheet, section: str | None = None) -> Unconfirmed:
    """Add up what is unconfirmed (chưa xác nhận) in an assessment, or in one section of it."""
    leaves = sheet.rubric.leaves if section is None else sheet.rubric.leaves_of(section)
    codes = tuple(leaf.code for leaf in leaves if is_unconfirmed(sheet, leaf.code))
    return Unconfirmed(len(codes), sum((unconfirmed_points(sheet, code) for code in codes), ZERO), codes)


def unconfirmed_points(sheet: Sheet, code: str) -> Decimal:
    """Give the points that hang on a criterion's answer being confirmed; of a penalty none."""
    return max(sheet.scores[code].points, ZERO) if is_unconfirmed(sheet, code) else ZERO


def is_unconfirmed(sheet: Sheet, code: str) -> bool:
    """Tell whether a criterion's answer was carried forward and is neither confirmed nor changed."""
    stored = sheet.answers.get(code)
    return stored is not None and not stored.is_confirmed
