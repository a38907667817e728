"""What the current user may do with the open assessment; the table stands in the core."""

from cchc_core import permissions
from cchc_core.permissions import Action
from cchc_core.scoring import Sheet
from cchc_core.store.users import User


def may_answer(user: User, sheet: Sheet) -> bool:
    """Tell whether answers can be changed."""
    return may(user, sheet, Action.ANSWER)


def may_export(user: User, sheet: Sheet) -> bool:
    """Tell whether the workbook can be taken away."""
    return may(user, sheet, Action.EXPORT)


def may(user: User, sheet: Sheet, action: Action) -> bool:
    """Tell whether the user may do something with an assessment that the list has shown to them."""
    assessment = sheet.assessment
    return permissions.may(
        user.role,
        action,
        assessment.state,
        is_provisional=assessment.is_provisional,
        is_locked=assessment.is_locked,
        same_department=True,
    )
