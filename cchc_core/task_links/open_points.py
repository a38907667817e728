"""Points that hang on work still to be done: of a criterion that the unit scores itself, what it has not earned yet."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from cchc_core.rules.decimals import ZERO
from cchc_core.rules.scoring import Status
from cchc_core.sheet import Sheet

_CAN_BE_EARNED: Final = frozenset({Status.MISSING, Status.SCORED, Status.NOT_DUE})


def open_points(sheet: Sheet, code: str) -> Decimal:
    """Give what can still be earned of a criterion: its effective maximum less its points.

    Nothing hangs on what others score, what does not apply, what is voided, and what the scorer has marked as final
    (chốt), nor on a bonus; of a penalty it is what it takes off. A part that only falls due in a later period counts:
    the task is there to earn it.
    """
    score, outlook = sheet.scores.get(code), sheet.outlooks.get(code)
    if score is None or score.is_external or score.status not in _CAN_BE_EARNED:
        return ZERO
    if outlook is not None and outlook.is_final:
        return ZERO
    return max(score.effective_max - score.points, ZERO)


def joined_points(sheet: Sheet, codes: Iterable[str]) -> Decimal:
    """Add up what can still be earned of criteria, each once however often it is named."""
    return sum((open_points(sheet, code) for code in set(codes)), ZERO)
