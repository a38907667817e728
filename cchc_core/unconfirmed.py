"""How much of an assessment was copied from an earlier one and nobody stands for yet."""

from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rules.decimals import ZERO
from cchc_core.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The unconfirmed answers: how many, the points that they bring, and their codes in printed order."""

    count: int
    points: Decimal
    codes: tuple[str, ...]


def unconfirmed(sheet: Sheet, section: str | None = None) -> Unconfirmed:
    """Add up what is unconfirmed (chưa xác nhận) in an assessment, or in one section of it."""
    leaves = sheet.rubric.leaves if section is None else sheet.rubric.leaves_of(section)
    codes = tuple(leaf.code for leaf in leaves if is_unconfirmed(sheet, leaf.code))
    return Unconfirmed(len(codes), sum((sheet.scores[code].points for code in codes), ZERO), codes)


def is_unconfirmed(sheet: Sheet, code: str) -> bool:
    """Tell whether a criterion's answer was carried forward and is neither confirmed nor changed."""
    stored = sheet.answers.get(code)
    return stored is not None and not stored.is_confirmed
